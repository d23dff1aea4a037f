// Learns a layout from a BER (berichtspecificatie): the spreadsheet in which Vektis publishes the columns of
// a message. Columns and values are found by the words of their headers, never by where they stand, because
// the form of the sheet has changed over the years:
//   - the head: "Standaardcode", "Code EI-bericht", "Versie", "Versiedatum", "Status", "Kenmerken"
//     ("Recordlengte = 310 posities."), each with its value to the right;
//   - the table of fields: one row per field; the end position (or the first) is checked against the lengths;
//   - sometimes (newer form) a table of records with their nesting. Without it records stand as in the
//   generic
//     format (domain/ei.md section 2): 02 > 98, 03 > 98, 04 > 98, 06 > 98, 16 > 98.
//
// What the sheet does not say, the rules of this house add: the values of the first four fields, counts and
// total of record 99, in an answer how many positions repeat the claim, and the return code of each field:
// that of the same element in a layout already known, else the one in COD954 whose text names the field. A
// BSN that is mandatory in the standard is read as conditional: whether she is somebody is judged above the
// columns.
//
// Status: a sheet with status STANDAARD is a published standard: `verified`. Any other (concept, finaal
// concept) is `provisional`, with the mark of the simulator.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/grid.h"
#include "wire/layout.h"

namespace bundel::wire {

// A code of COD954 as published. Severity: X, T, D, O or blank.
struct ReturnText {
    std::string code;
    std::string text;
    char severity = ' ';
};

struct Learnt {
    std::string json;  // the file of rulebooks/layouts; Layout::parse(json) gives `layout`
    Layout layout;
};

// `file`: name of the spreadsheet, for the source in the layout.
// Errors, those of a row with {sheet, row}: ber_none, ber_head_missing{label}, ber_message, ber_version,
// ber_ei_code, ber_column_missing{sheet, row, column}, ber_record_code{sheet, row},
// ber_field_number, ber_field_empty{column}, ber_type, ber_use, ber_number{column}, ber_gap{field},
// ber_overlap{field}, ber_record_length{record, found, length}, ber_record_double{record},
// ber_constant{field} (a value in the sheet that is not the code, version or record it is of),
// ber_answer_unknown (an answer whose repeated part cannot be told), ber_order_unknown{record} (no rule says
// where this record stands), ber_order{sheet, row}, ber_closing_unknown{what} (no counts, or of a claim no
// total and amount, in fields of these names); and those of Layout::parse.
base::Result<Learnt> learn_layout(const Grid& grid, std::string_view file, const Layouts& known,
                                  std::span<const ReturnText> return_texts);

}  // namespace bundel::wire
