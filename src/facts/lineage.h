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
    possible_duplicate,  // same declarant, performance and care as an earlier received line, without
                         // evidence: ask
    person_unknown,      // no valid BSN: waits for a person or a corrected line
};

// The standing of each line of `known` (a result of known_on), same index. Independent of the order of
// arrival and of the order of the lines. The first that applies:
//
//   1. A credit that names a debit of the same amount, also through a credit in between, cancels it: `credit`
//      and `credited`. A debit is cancelled once, by the credit received first (then lowest reference). A
//      credit that a later credit names is `replaced`. Every other credit is `credit_unmatched`, and its
//      debit goes on counting.
//   2. A debit that names a line replaces the debit behind that name, unless it was credited. Lines that name
//      each other in a circle are no evidence.
//   3. A line of another person (Woman::successors) that names hers credits or replaces it. Its amount is not
//      known here.
//   4. A line without a known person that would count or ask is `person_unknown`.
//   5. Of effective lines with the same declarant, performance and care the one received first (then lowest
//      reference) counts. Two lines that both replace one line are such lines too: a lineage counts once.
std::vector<Standing> standings(const Woman& known);

}  // namespace bundel::facts
