// What a BER says, before anything is added or checked beyond its columns. Only for this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/grid.h"
#include "wire/layout_reader.h"

namespace bundel::wire {

struct BerField {
    Field field;  // rule: what the sheet says about filling it, parts joined by " | "
    int row = 0;  // of the sheet of fields
};

struct BerRecord {
    std::string code;
    std::string name;
    std::vector<BerField> fields;
};

struct Ber {
    std::string message;                // "KZ301"
    int version = 0;                    // 3
    int subversion = 0;                 // 2
    std::string title, status, issued;  // "STANDAARD"; "2007-12-17" or as written
    std::vector<std::string> ei_codes;  // "133"; more when one standard serves more messages
    int record_length = 0;
    std::string sheet;  // of the fields
    std::vector<BerRecord> records;
    std::vector<Place> structure;  // empty: the spreadsheet does not say
};

// Errors: those of learn_layout that are about the sheet.
base::Result<Ber> read_ber(const Grid& grid);

// The words of a header, so that "Code\ngegevens-element " and "CODE GEGEVENSELEMENT" are the same: letters
// and digits, lower case.
std::string header_word(std::string_view cell);

// Where a table begins and which of its columns is which. Only the row of headers is looked at.
struct ColumnNames {
    std::string_view key;                 // as an Error names it
    std::vector<std::string_view> words;  // header words, the usual one first
};
struct Table {
    const GridSheet* sheet = nullptr;
    std::size_t header = 0;    // index into sheet->rows
    std::vector<int> columns;  // by the index of the name; -1: not there

    const std::string& cell(const GridRow& row, std::size_t name) const;
};
// The row with the most of these columns in any sheet; `found` is how many.
Table find_table(const Grid& grid, const std::vector<ColumnNames>& names, std::size_t& found);

// Of the newer form. Nothing in it: no such sheet. Error: ber_order{sheet, row}.
base::Result<std::vector<Place>> read_ber_structure(const Grid& grid);

}  // namespace bundel::wire
