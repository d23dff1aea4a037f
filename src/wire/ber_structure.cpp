// The table of records of the newer form: each row a record, with how deep it stands or below which record,
// and how often.
#include <optional>

#include "base/text.h"
#include "wire/ber_sheet.h"

namespace bundel::wire {

using base::Error;
using base::Result;

namespace {

enum Name : std::size_t { record, level, parent, least, most, times };

const std::vector<ColumnNames>& names() {
    static const std::vector<ColumnNames> all = {
        {"Recordcode", {"recordcode", "coderecord", "recordtype", "kenmerkrecord", "record"}},
        {"Niveau", {"niveau", "recordniveau", "level"}},
        {"Bovenliggend record",
         {"bovenliggendrecord", "bovenliggenderecordcode", "coderecordbovenliggend", "bovenliggend",
          "recordcodebovenliggend", "hoortbij", "onderdeelvan"}},
        {"Minimum", {"minimum", "min", "minimaal", "minimumaantal", "minimaalaantal", "minvoorkomen"}},
        {"Maximum", {"maximum", "max", "maximaal", "maximumaantal", "maximaalaantal", "maxvoorkomen"}},
        {"Voorkomen",
         {"voorkomen", "aantal", "aantalvoorkomens", "kardinaliteit", "multipliciteit", "herhaling"}}};
    return all;
}

std::string record_code(std::string_view cell) {
    const auto number = base::parse_digits(base::trim(cell), 99);
    return number ? base::zero_padded(*number, 2) : "";
}

// "0", "1", "1..1", "0-n", "1:*", "*": the first number and whether there may be more.
struct Often {
    bool is_required = false;
    bool may_repeat = false;
};
std::optional<Often> often_of(const std::string& least, const std::string& most) {
    const auto low = base::parse_digits(base::trim(least), 1);
    if (!low) return std::nullopt;
    const auto high = base::parse_digits(base::trim(most), 1'000'000);
    const auto word = header_word(most);
    const bool is_many = word == "n" || word == "m" || word == "onbeperkt" || base::trim(most) == "*";
    if (!high && !is_many) return std::nullopt;
    if (high && *high < 1) return std::nullopt;
    return Often{*low == 1, is_many || *high > 1};
}

std::optional<Often> often_of(const Table& table, const GridRow& row) {
    if (table.columns[least] >= 0 && table.columns[most] >= 0) {
        return often_of(table.cell(row, least), table.cell(row, most));
    }
    const std::string& text = table.cell(row, times);
    const auto first = text.find_first_of("0123456789");
    const auto last = text.find_last_of("0123456789nNmM*");
    if (first == std::string::npos) return std::nullopt;
    return often_of(text.substr(first, 1), text.substr(last, 1));
}

struct Row {
    Place place;
    int level = 0;
    std::string parent;
    int number = 0;
};

// Rows stand in the order of the file: the last open place one level up, or with the code of the parent.
bool add(std::vector<Place>& places, const Row& row, int depth) {
    if (places.empty() || depth > 6) return false;
    const bool is_parent = row.parent.empty() ? depth == row.level - 1 : places.back().code == row.parent;
    if (!is_parent && add(places.back().children, row, depth + 1)) return true;
    if (is_parent) places.back().children.push_back(row.place);
    return is_parent;
}

bool add_row(std::vector<Place>& structure, const Row& row) {
    const bool is_top = row.parent.empty() && row.level <= 1;
    if (is_top) structure.push_back(row.place);
    return is_top || add(structure, row, 1);
}

}  // namespace

Result<std::vector<Place>> read_ber_structure(const Grid& grid) {
    std::size_t found = 0;
    std::vector<Place> structure;
    const Table table = find_table(grid, names(), found);
    const auto has = [&](Name name) { return found > 0 && table.columns[name] >= 0; };
    const bool is_nested = has(record) && (has(level) || has(parent));
    if (!is_nested || !((has(least) && has(most)) || has(times))) return structure;
    for (std::size_t i = table.header + 1; i < table.sheet->rows.size(); ++i) {
        const GridRow& row = table.sheet->rows[i];
        const std::string code = record_code(table.cell(row, record));
        if (code.empty()) continue;
        const auto often = often_of(table, row);
        const auto depth = base::parse_digits(base::trim(table.cell(row, level)), 9);
        const bool is_known = often && (depth || !has(level));
        const Row one{{code, is_known && often->is_required, is_known && often->may_repeat, {}},
                      static_cast<int>(depth.value_or(0)),
                      has(level) ? "" : record_code(table.cell(row, parent)),
                      row.number};
        if (!is_known || !add_row(structure, one)) {
            return Error{"ber_order", {{"sheet", table.sheet->name}, {"row", std::to_string(row.number)}}};
        }
    }
    return structure;
}

}  // namespace bundel::wire
