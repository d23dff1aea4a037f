#include "wire/ber_sheet.h"

namespace bundel::wire {
namespace {

int column_of(const GridRow& row, const ColumnNames& name) {
    for (const std::string_view word : name.words) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (header_word(row.cells[i]) == word) return static_cast<int>(i);
        }
    }
    return -1;
}

}  // namespace

std::string header_word(std::string_view cell) {
    std::string word;
    for (const char c : cell) {
        if (c >= 'A' && c <= 'Z') word += static_cast<char>(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) word += c;
    }
    return word;
}

const std::string& Table::cell(const GridRow& row, std::size_t name) const {
    static const std::string none;
    return columns[name] < 0 ? none : row.cell(static_cast<std::size_t>(columns[name]));
}

Table find_table(const Grid& grid, const std::vector<ColumnNames>& names, std::size_t& found) {
    Table best;
    found = 0;
    for (const GridSheet& sheet : grid.sheets) {
        for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
            std::vector<int> columns;
            std::size_t count = 0;
            for (const ColumnNames& name : names) {
                columns.push_back(column_of(sheet.rows[i], name));
                if (columns.back() >= 0) ++count;
            }
            if (count <= found) continue;
            found = count;
            best = Table{&sheet, i, std::move(columns)};
        }
    }
    return best;
}

}  // namespace bundel::wire
