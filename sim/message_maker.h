// From what happened on a day to the files that practices hand in: VK301 messages and CSV forms. Persons are
// made up: the name is "Test Vrouw 02a", the BSN passes the eleven test and follows from the number of the
// scenario.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"
#include "wire/layout.h"

namespace bundel::sim {

struct File {
    std::string name;
    std::string bytes;
};

// Nine digits. Contract: a number as "7" or "02a" (scenario_value otherwise).
Result<std::string> synthetic_bsn(const std::string& number);
std::string written_bsn(const std::string& own, BsnUse use);  // what the practice writes
std::string patient_number(const Woman& woman);               // "V02a"

// The files of one day over all scenarios: one VK301 per practice and insurer, one CSV per form.
// Errors: scenario_practice_unknown{file, agb}; those of wire::Writer and wire::Layout::column.
Result<std::vector<File>> files_of_day(const std::vector<Scenario>& scenarios, const Region& region, Date day,
                                       const wire::LayoutRef& vk301);

}  // namespace bundel::sim
