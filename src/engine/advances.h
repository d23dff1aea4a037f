// Advances (voorschotten): what insurers paid before they owed it, and what participants were paid before
// they had it coming. Told by the IGO as rows, booked once, and set off by rule at the close of each month.
//
// The book is their only memory: the key of an entry follows from the key of its row, so that the same row
// again is no news and another content under the same key is seen.
#pragma once

#include "engine/books.h"
#include "engine/world.h"
#include "intake/intake.h"

namespace bundel::engine {

// Books rows that are new; gives how many. Inside the caller's transaction. A row that cannot be is refused
// alone (Finding, line_refused): advance_key_reused (known with another content), advance_unknown (withdrawn
// and never booked), advance_above_open (more is paid back or set off than was open), advance_spent
// (withdrawn, but set off or paid back since). Rows that bring an advance go first, whatever their order.
Result<std::size_t> take_advances(World& world, const std::vector<intake::Advance>& advances,
                                  const std::string& name, Date received, base::Findings& findings);

// What was set off at a close.
struct SetOffs {
    Cents insurers;      // counts as paid by insurers
    Cents participants;  // counts as paid to participants
};

// By the rule of the rulebook in force on the last day of `month`; without a rule nothing. Of each party the
// oldest advance first; of each advance at most its share of what it was when it was paid (rounded up to a
// cent, so that it ends) and never more than is open, nor than what is granted and not paid (insurer) or has
// coming (participant). Once per advance and month: booked before is booked.
Result<SetOffs> set_off_advances(World& world, Books& books, const values::Period& month);

// What the closes from `as_of` to `until` are to set off of one account, if there is enough to set it off
// against: by the rule in force at each, what was set off already left out.
struct SetOffToCome {
    ledger::Account account;  // voorschot_verzekeraar or voorschot_deelnemer
    Date on;                  // last day of a month
    Cents amount;             // > 0
};
Result<std::vector<SetOffToCome>> set_offs_to_come(const World& world, const ledger::Book& book, Date as_of,
                                                   Date until);

}  // namespace bundel::engine
