// Grid: a spreadsheet as text. What it was (.xls, .xlsx) is forgotten; numbers and days are written as a
// person would type them: "310", "1.3", "2007-12-17".
//
// As a file (what the program bundel-sheet prints): one line per sheet and per row that has text, cells
// separated by tabs; inside a cell \\, \t and \n stand for backslash, tab and line end.
//   sheet<TAB>name
//   row<TAB>number<TAB>first cell<TAB>second cell ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bundel::wire {

struct GridRow {
    int number = 0;                  // 1-based, as the spreadsheet shows it; rising within a sheet
    std::vector<std::string> cells;  // UTF-8; empty cells at the end are left out

    // Empty when there is no such cell.
    const std::string& cell(std::size_t index) const;
};

struct GridSheet {
    std::string name;
    std::vector<GridRow> rows;  // those with text
};

struct Grid {
    std::vector<GridSheet> sheets;  // in the order of the tabs
};

inline constexpr std::size_t grid_bytes_max = std::size_t{64} << 20;

// read_grid(write_grid(x)) == x.
std::string write_grid(const Grid& grid);

// Errors: grid_syntax{line}, grid_too_large{megabytes}.
base::Result<Grid> read_grid(std::string_view text);

}  // namespace bundel::wire
