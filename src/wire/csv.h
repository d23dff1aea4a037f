// CSV for enrolments, births, phase ends, memberships, contracts. RFC 4180, strict: every row as wide as the
// header, quotes only around a whole cell, doubled inside. Line ends CRLF or LF. UTF-8, with or without BOM.
// The separator is the one of ';' (Dutch spreadsheets) and ',' that occurs most outside quotes in the header
// line; ';' when neither.
//
// Which columns there are is the caller's: a CsvForm is data (intake defines the forms).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"

namespace bundel::wire {

struct CsvRow {
    long line = 0;                   // 1-based line where the row starts
    std::vector<std::string> cells;  // as wide as the header
};

struct CsvTable {
    std::string file;  // as the user named it
    char separator = ';';
    std::vector<std::string> header;
    std::vector<CsvRow> rows;

    // Index of the column, or -1.
    int column(std::string_view name) const;
};

// Findings: file_empty, file_over_limit, csv_not_utf8, csv_control_character, csv_header_empty,
// csv_header_double, csv_quote_open, csv_quote_inside, csv_text_after_quote: file_refused; csv_width:
// line_refused (row left out). At most findings_max. Nothing when any is file_refused.
std::optional<CsvTable> read_csv(std::string_view bytes, const std::string& file, base::Findings& findings);

// One row, CRLF included; a cell is quoted when it has to be.
std::string csv_line(std::span<const std::string> cells, char separator = ';');

enum class CsvKind {
    text,         // anything
    day,          // "2024-02-29", "20240229" or "29-02-2024", a day that exists
    euros,        // "1310,75" or "12"; a minus in front allowed
    cents,        // whole cents, digits only, a minus in front allowed
    digits,       // digits only
    agb,          // 8 digits
    uzovi,        // 4 digits
    bsn,          // 8 or 9 digits; whether it is somebody is intake's
    performance,  // "032:1101"
    yes_no        // "ja" or "nee"
};

struct CsvColumn {
    std::string_view name;  // header, lower case
    CsvKind kind = CsvKind::text;
    bool column_required = true;  // the header must have it
    bool cell_required = true;    // a cell may not be empty
    std::string_view meaning;     // one Dutch sentence, for the documentation of the form
};

struct CsvForm {
    std::string_view name;  // "aanmeldingen"
    std::span<const CsvColumn> columns;
};

// A table in the order of the form: cell i is of form.columns[i], empty when an optional column is absent;
// trimmed.
struct CsvRecord {
    long line = 0;
    std::vector<std::string> cells;
};

// Level 3 for a form. Header names are compared without case and outer spaces, order free. Findings:
// csv_column_missing, csv_column_unknown: file_refused; csv_cell_empty, csv_cell_<kind>: line_refused (row
// left out). At most findings_max. Nothing when any is file_refused.
std::optional<std::vector<CsvRecord>> read_form(const CsvTable& table, const CsvForm& form,
                                                base::Findings& findings);

}  // namespace bundel::wire
