#include "server/table_file.h"

#include "base/text.h"
#include "paper/workbook.h"
#include "server/sentences.h"
#include "wire/csv.h"

namespace bundel::server {
using base::Error;

namespace {

// What a spreadsheet would carry out is given as text.
std::string safe(const std::string& text) {
    const bool is_formula =
        !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string::npos;
    return is_formula ? "'" + text : text;
}

// "-1234,50": for a spreadsheet, so without a point and a sign for the currency.
std::string decimal(std::int64_t cents) {
    const std::string sign = cents < 0 ? "-" : "";
    const std::uint64_t size =
        cents < 0 ? 0 - static_cast<std::uint64_t>(cents) : static_cast<std::uint64_t>(cents);
    const std::string rest = std::to_string(size % 100);
    return sign + std::to_string(size / 100) + "," + (rest.size() == 1 ? "0" : "") + rest;
}

std::string cell(const VisibleField& field, const Json* value) {
    if (value == nullptr) return "";
    if (const std::int64_t* number = value->number())
        return field.type == "cents" ? decimal(*number) : std::to_string(*number);
    if (const bool* yes = value->boolean()) return label(*yes ? "word_yes" : "word_no");
    const std::string* text = value->string();
    return text == nullptr ? "" : safe(*text);
}

paper::Cell paper_cell(const VisibleField& field, const Json* value) {
    if (value == nullptr) return {};
    if (const std::int64_t* number = value->number()) {
        if (field.type == "cents") return values::Cents::of(*number);
        return *number;
    }
    if (const bool* yes = value->boolean()) return label(*yes ? "word_yes" : "word_no");
    const std::string* text = value->string();
    if (text == nullptr) return {};
    if (field.type == "day") {
        if (const auto day = values::Date::parse(*text); day.ok()) return *day;
    }
    return *text;
}

paper::Column::Kind kind_of(const VisibleField& field) {
    if (field.type == "cents") return paper::Column::Kind::amount;
    if (field.type == "day") return paper::Column::Kind::date;
    return field.type == "number" ? paper::Column::Kind::count : paper::Column::Kind::text;
}

std::vector<const VisibleField*> columns_of(const Visibility& table, const std::string& type, Role role) {
    std::string resource = type;  // of the items
    for (const VisibleField& field : table.fields()) {
        if (field.resource == type && field.field == "items")
            resource = field.type.substr(1, field.type.size() - 2);
    }
    std::vector<const VisibleField*> columns;
    for (const VisibleField& field : table.fields()) {
        const bool is_plain = field.type == "text" || field.type == "number" || field.type == "cents" ||
                              field.type == "day" || field.type == "bool";
        if (field.resource == resource && !field.field.empty() && is_plain &&
            field.rights[static_cast<std::size_t>(role)] != Right::none)
            columns.push_back(&field);
    }
    return columns;
}

std::string csv(const std::vector<const VisibleField*>& columns, const Json::Array& items) {
    std::vector<std::string> cells;
    for (const VisibleField* column : columns) cells.push_back(column->meaning);
    std::string out =
        "\xEF\xBB\xBF" + wire::csv_line(cells);  // without this mark Excel takes UTF-8 for something else
    for (const Json& item : items) {
        cells.clear();
        for (const VisibleField* column : columns) cells.push_back(cell(*column, item.field(column->field)));
        out += wire::csv_line(cells);
    }
    return out;
}

base::Result<std::string> xlsx(const std::vector<const VisibleField*>& columns, const Json::Array& items,
                               const std::string& scratch) {
    paper::Table sheet;
    for (const VisibleField* column : columns) sheet.columns.push_back({column->meaning, kind_of(*column)});
    for (const Json& item : items) {
        paper::Row row;
        for (const VisibleField* column : columns)
            row.cells.push_back(paper_cell(*column, item.field(column->field)));
        sheet.rows.push_back(std::move(row));
    }
    paper::Document document;
    document.title = "bundel";
    document.author = "bundel";
    document.made = values::Date::of(2000, 1, 1);
    document.sections.push_back({label("table_sheet"), label("table_sheet"), false, {std::move(sheet)}});
    return paper::workbook(document, scratch);
}

}  // namespace

Response table_file(const Visibility& table, const std::string& type, Role role, const Json& list,
                    const std::string& format, const std::string& scratch) {
    const auto columns = columns_of(table, type, role);
    const Json* items = list.field("items");
    static const Json::Array none;
    const Json::Array& rows = items != nullptr && items->items() != nullptr ? *items->items() : none;
    if (format == "csv")
        return {200,
                "text/csv; charset=utf-8",
                csv(columns, rows),
                {{"Content-Disposition", "attachment; filename=\"bundel.csv\""}}};
    if (format == "xlsx") {
        auto bytes = xlsx(columns, rows, scratch);
        if (!bytes.ok()) return problem(500, bytes.error());
        return {200,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                std::move(*bytes),
                {{"Content-Disposition", "attachment; filename=\"bundel.xlsx\""}}};
    }
    return problem(400, {"parameter_wrong", {{"name", "format"}}});
}

}  // namespace bundel::server
