// What bundel explains against what a scenario expects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/insurer.h"
#include "sim/scenario.h"

namespace bundel::sim {

// The rows of the JSON of `bundel explain`, by kind, in the writing of an Expectation. What the insurers
// decided adds the column `na_creditering` of claims: she had an accepted credit on or before the day the
// claim was sent. Error: explain_unreadable{what}.
Result<std::map<std::string, std::vector<Row>>> explained_rows(std::string_view json, const std::string& bsn,
                                                               const std::vector<Verdict>& verdicts);

// One line for each kind of rows that differs: what was expected and found nowhere, what was found and not
// expected. Every expected row takes another found row that agrees on all its columns.
std::vector<std::string> mismatches(const Expectation& expected,
                                    const std::map<std::string, std::vector<Row>>& found);

}  // namespace bundel::sim
