// Office Open XML (ECMA-376): workbook, its relations, shared texts, styles, sheets.
#include <charconv>
#include <pugixml.hpp>
#include <vector>

#include "base/text.h"
#include "sheet/cells.h"
#include "sheet/package.h"
#include "sheet/workbook.h"

namespace bundel::sheet {

using base::Done;
using base::Error;
using base::Result;
using pugi::xml_node;

namespace {

constexpr const char* workbook_path = "xl/workbook.xml";

// Some programs write "x:row" for "row".
std::string_view local_name(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

xml_node child(xml_node parent, std::string_view name) {
    for (xml_node one : parent) {
        if (local_name(one.name()) == name) return one;
    }
    return {};
}

std::string_view attribute(xml_node node, std::string_view name) {
    for (const auto& one : node.attributes()) {
        if (local_name(one.name()) == name) return one.value();
    }
    return {};
}

// Line ends as \n; pugixml has made them so within the file, a program may have written &#13;.
std::string clean(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const bool is_odd = static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t';
        if (c != '\r') result += is_odd ? '?' : c;
    }
    return result;
}

// A text may stand in pieces, each with its own letter type. Readings (phonetic) are not part of it.
std::string rich_text(xml_node node) {
    std::string text = child(node, "t").text().get();
    for (xml_node run : node) {
        if (local_name(run.name()) == "r") text += child(run, "t").text().get();
    }
    return clean(text);
}

std::optional<double> number_of(std::string_view text) {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

// "BC12": column 54, row 11, both from zero. Nothing when it has another shape.
std::optional<std::pair<std::int64_t, std::int64_t>> place_of(std::string_view reference) {
    std::int64_t column = 0;
    std::size_t letters = 0;
    while (letters < reference.size() && reference[letters] >= 'A' && reference[letters] <= 'Z' &&
           letters < 4) {
        column = column * 26 + (reference[letters] - 'A' + 1);
        ++letters;
    }
    const auto row = base::parse_digits(reference.substr(letters), 10'000'000);
    if (letters == 0 || !row || *row < 1) return std::nullopt;
    return std::pair{*row - 1, column - 1};
}

class Book {
public:
    explicit Book(Package& package) : package_(package) {}

    Result<wire::Grid> read() {
        pugi::xml_document document;
        BUNDEL_TRY_DONE(load(workbook_path, document));
        const xml_node workbook = child(document, "workbook");
        const auto macintosh = attribute(child(workbook, "workbookPr"), "date1904");
        if (macintosh == "1" || macintosh == "true") epoch_ = Epoch::of_1904;
        BUNDEL_TRY_DONE(read_relations());
        BUNDEL_TRY_DONE(read_texts());
        BUNDEL_TRY_DONE(read_styles());
        wire::Grid grid;
        for (xml_node sheet : child(workbook, "sheets")) {
            if (local_name(sheet.name()) != "sheet" || grid.sheets.size() >= sheets_max) continue;
            BUNDEL_TRY(read, read_sheet(sheet));
            grid.sheets.push_back(std::move(read));
        }
        if (grid.sheets.empty()) return damaged(workbook_path);
        return grid;
    }

private:
    Error damaged(const std::string& part) const {
        if (package_.is_too_large()) return Error{"sheet_too_large"};
        return Error{"sheet_xlsx_damaged", {{"part", part}}};
    }

    Result<Done> load(const std::string& path, pugi::xml_document& document) {
        const auto content = package_.file(path);
        if (!content || !document.load_buffer(content->data(), content->size())) return damaged(path);
        return Done{};
    }

    // Which file each sheet is in. A target begins at the root, or beside the workbook.
    Result<Done> read_relations() {
        pugi::xml_document document;
        BUNDEL_TRY_DONE(load("xl/_rels/workbook.xml.rels", document));
        for (xml_node one : child(document, "Relationships")) {
            const std::string target(attribute(one, "Target"));
            if (target.empty()) continue;
            const std::string path = target.front() == '/' ? target.substr(1) : "xl/" + target;
            targets_[std::string(attribute(one, "Id"))] = path;
            const auto type = attribute(one, "Type");
            if (type.ends_with("/sharedStrings")) texts_path_ = path;
            if (type.ends_with("/styles")) styles_path_ = path;
        }
        return Done{};
    }

    Result<Done> read_texts() {
        if (texts_path_.empty()) return Done{};
        pugi::xml_document document;
        BUNDEL_TRY_DONE(load(texts_path_, document));
        for (xml_node one : child(document, "sst")) {
            if (texts_.size() >= cells_max) return Error{"sheet_too_large"};
            texts_.push_back(rich_text(one));
        }
        return Done{};
    }

    Result<Done> read_styles() {
        if (styles_path_.empty()) return Done{};
        pugi::xml_document document;
        BUNDEL_TRY_DONE(load(styles_path_, document));
        const xml_node sheet = child(document, "styleSheet");
        std::map<std::int64_t, bool> is_day;
        for (xml_node one : child(sheet, "numFmts")) {
            const auto id = base::parse_digits(attribute(one, "numFmtId"), 100'000);
            if (id) is_day[*id] = is_day_format(attribute(one, "formatCode"));
        }
        for (xml_node one : child(sheet, "cellXfs")) {
            const auto id = base::parse_digits(attribute(one, "numFmtId"), 100'000).value_or(0);
            const auto found = is_day.find(id);
            styles_.push_back(found != is_day.end() ? found->second
                                                    : is_day_format(static_cast<unsigned>(id)));
        }
        return Done{};
    }

    Result<wire::GridSheet> read_sheet(xml_node sheet) {
        const std::string name = clean(attribute(sheet, "name"));
        // "r:id"; the other id of a sheet is "sheetId".
        const auto target = targets_.find(std::string(attribute(sheet, "id")));
        if (target == targets_.end()) return damaged(workbook_path);
        pugi::xml_document document;
        BUNDEL_TRY_DONE(load(target->second, document));
        Cells cells;
        std::int64_t row = -1;
        for (xml_node one : child(child(document, "worksheet"), "sheetData")) {
            row = base::parse_digits(attribute(one, "r"), rows_max).value_or(row + 2) - 1;
            read_row(one, row, cells);
            if (cells.is_full()) return Error{"sheet_too_large"};
        }
        text_ += cells.text();
        if (text_ > text_max) return Error{"sheet_too_large"};
        return cells.sheet(name);
    }

    void read_row(xml_node row, std::int64_t number, Cells& cells) {
        std::int64_t column = -1;
        for (xml_node cell : row) {
            const auto place = place_of(attribute(cell, "r"));
            column = place ? place->second : column + 1;
            cells.put(number, column, cell_text(cell));
        }
    }

    std::string cell_text(xml_node cell) const {
        const auto type = attribute(cell, "t");
        if (type == "inlineStr") return rich_text(child(cell, "is"));
        const std::string_view value = child(cell, "v").text().get();
        if (type == "s") {
            const auto index = base::parse_digits(value, cells_max);
            return index && static_cast<std::size_t>(*index) < texts_.size()
                       ? texts_[static_cast<std::size_t>(*index)]
                       : "";
        }
        // str: a formula that gives text; d: a day as text; b: 0 or 1; e: an error of a formula.
        if (type == "e") return "";
        const auto number = type.empty() || type == "n" ? number_of(value) : std::nullopt;
        if (!number) return clean(value);
        const auto style = base::parse_digits(attribute(cell, "s"), 1'000'000);
        const bool is_day = style && static_cast<std::size_t>(*style) < styles_.size() &&
                            styles_[static_cast<std::size_t>(*style)];
        return is_day ? day_text(*number, epoch_) : number_text(*number);
    }

    Package& package_;
    std::map<std::string, std::string> targets_;
    std::string texts_path_, styles_path_;
    std::vector<std::string> texts_;
    std::vector<bool> styles_;
    Epoch epoch_ = Epoch::of_1900;
    std::size_t text_ = 0;  // of the sheets read
};

}  // namespace

Result<wire::Grid> read_xlsx(std::string_view bytes) {
    const auto package = Package::open(bytes);
    if (!package) return Error{"sheet_xlsx_damaged", {{"part", "zip"}}};
    return Book(*package).read();
}

}  // namespace bundel::sheet
