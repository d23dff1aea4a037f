// The lines of one file against each other: what no line can see alone. Only for this room.
#pragma once

#include <functional>
#include <vector>

#include "facts/facts.h"

namespace bundel::intake {

struct ReadLine {
    facts::CareLine line;
    std::size_t place = 0;  // in the file, the reader's own count
    bool refused = false;
};

// Marks as refused, and tells `refuse` of each: a reference that came before in this file
// (intake_reference_repeated 8021: the first holds), then a debit and the credit that says the same
// (intake_debit_and_credit 8062: both). Two debits of equal content are two lines.
using Refuse = std::function<void(const ReadLine& line, const char* code, const char* return_code)>;
void refuse_within_file(std::vector<ReadLine>& lines, const Refuse& refuse);

}  // namespace bundel::intake
