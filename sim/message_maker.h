// From what happened on a day to the files that providers hand in: claim messages and CSV forms. Persons are
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

// Nine digits. Contract: a number as "7" or "02a", or as "R000017" below R690000 (scenario_value otherwise).
Result<std::string> synthetic_bsn(const std::string& number);
Result<std::string> written_bsn(const std::string& number, BsnUse use);  // what stands in the message
std::string patient_number(const Woman& woman);                          // "V02a"

// The files of one day over all scenarios: one message per provider, insurer and kind of message ("csv": a
// table instead), one CSV per form. Errors: scenario_provider_unknown{file, agb},
// scenario_message_unknown{file, message}; those of claim_file.
Result<std::vector<File>> files_of_day(const std::vector<Scenario>& scenarios, const Region& region, Date day,
                                       const wire::Layouts& layouts);

}  // namespace bundel::sim
