// What is held, as one value: equal when two stores say the same, whatever the way they came to it. For laws
// and for comparing copies.
#pragma once

#include "engine/world.h"

namespace bundel::engine {

// Over sorted values, never over the bytes of a database: messages, receipts, readings, lines, cases,
// questions, losses, totals, claims and the book. Left out, because they follow the order of work and decide
// nothing: names of files, findings, numbers of outgoing messages, and the day a case was last looked at with
// how long it holds.
Result<Digest> state_digest(World& world);

// Of one woman only: her readings, lines, case, questions, losses and claims.
Result<Digest> state_digest(World& world, PersonId person);

}  // namespace bundel::engine
