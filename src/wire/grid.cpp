#include "wire/grid.h"

#include "base/text.h"

namespace bundel::wire {

using base::Error;
using base::Result;

namespace {

constexpr std::int64_t row_number_max = 1'048'576;

void append_escaped(std::string& text, const std::string& cell) {
    for (const char c : cell) {
        if (c == '\\') {
            text += "\\\\";
        } else if (c == '\t') {
            text += "\\t";
        } else if (c == '\n') {
            text += "\\n";
        } else {
            text += c;
        }
    }
}

// Nothing when a backslash stands before something else than \, t or n.
std::optional<std::string> unescaped(std::string_view cell) {
    std::string text;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (cell[i] != '\\') {
            text += cell[i];
            continue;
        }
        const char next = ++i < cell.size() ? cell[i] : ' ';
        if (next != '\\' && next != 't' && next != 'n') return std::nullopt;
        text += next == 't' ? '\t' : next == 'n' ? '\n' : '\\';
    }
    return text;
}

bool read_row(const std::vector<std::string_view>& words, GridSheet& sheet) {
    const auto number = base::parse_digits(words[1], row_number_max);
    if (!number || *number <= (sheet.rows.empty() ? 0 : sheet.rows.back().number)) return false;
    GridRow row{static_cast<int>(*number), {}};
    for (std::size_t i = 2; i < words.size(); ++i) {
        auto cell = unescaped(words[i]);
        if (!cell) return false;
        row.cells.push_back(std::move(*cell));
    }
    if (row.cells.empty() || row.cells.back().empty()) return false;
    sheet.rows.push_back(std::move(row));
    return true;
}

bool read_line(std::string_view line, Grid& grid) {
    const auto words = base::split(line, '\t');
    if (words.size() == 2 && words[0] == "sheet") {
        auto name = unescaped(words[1]);
        if (name) grid.sheets.push_back({std::move(*name), {}});
        return name.has_value();
    }
    return words.size() > 2 && words[0] == "row" && !grid.sheets.empty() &&
           read_row(words, grid.sheets.back());
}

}  // namespace

const std::string& GridRow::cell(std::size_t index) const {
    static const std::string none;
    return index < cells.size() ? cells[index] : none;
}

std::string write_grid(const Grid& grid) {
    std::string text;
    for (const GridSheet& sheet : grid.sheets) {
        text += "sheet\t";
        append_escaped(text, sheet.name);
        text += '\n';
        for (const GridRow& row : sheet.rows) {
            text += "row\t" + std::to_string(row.number);
            for (const std::string& cell : row.cells) {
                text += '\t';
                append_escaped(text, cell);
            }
            text += '\n';
        }
    }
    return text;
}

Result<Grid> read_grid(std::string_view text) {
    if (text.size() > grid_bytes_max) {
        return Error{"grid_too_large", {{"megabytes", std::to_string(grid_bytes_max >> 20)}}};
    }
    Grid grid;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const auto end = text.find('\n');
        const bool is_read = end != std::string_view::npos && read_line(text.substr(0, end), grid);
        if (!is_read) return Error{"grid_syntax", {{"line", std::to_string(number)}}};
        text.remove_prefix(end + 1);
    }
    return grid;
}

}  // namespace bundel::wire
