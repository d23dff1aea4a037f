// CSV files that are handed in: the rows of scenarios, the lines of a hospital that keeps a table instead of
// sending messages, and the activities that have no room in its message. The forms are docs/reference/csv.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/claim_file.h"
#include "sim/scenario.h"

namespace bundel::sim {

using Cells = std::map<std::string, std::string>;  // column -> cell

// "1310,75": what a form takes. Contract: not below zero.
std::string amount_cell(Cents amount);

// What the form needs and no scenario says: whose row it is and its key. `place` makes the key: the number of
// the row in its scenario. Error: that of synthetic_bsn.
Result<Cells> form_cells(const Scenario& scenario, const FormRow& row, int place);

// A line as a row of the form declaraties. Error: that of written_bsn.
Result<Cells> line_cells(const WomanLine& line, const Parties& parties);

// Rows of the form zorgactiviteiten, one for each activity of the line. Error: that of written_bsn.
Result<std::vector<Cells>> activity_cells(const WomanLine& line, const Parties& parties);

// All columns that some row fills.
std::string csv(const std::vector<Cells>& rows);

}  // namespace bundel::sim
