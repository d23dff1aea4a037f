// Lineages: lines that credit or replace each other count once.
#pragma once

#include <span>
#include <vector>

#include "facts/woman.h"

namespace bundel::facts {

enum class Standing : std::uint8_t {
    effective,           // counts
    credited,            // cancelled by a credit line of the same amount
    credit,              // that credit line; nets to zero with its debit
    replaced,            // a later line names it as previous (repaired, or rejected and sent again)
    credit_unmatched,    // a credit whose debit is not known (yet), or of another amount: ask
    possible_duplicate,  // same declarant, performance and care as an earlier received line, without evidence: ask
    person_unknown,      // no valid BSN: waits for a person or a corrected line
};

// The standing of each line of `known` (a result of known_on), same index. Independent of arrival order: of possible
// duplicates the one received first (then lowest reference) counts.
std::vector<Standing> standings(const Woman& known);

}  // namespace bundel::facts
