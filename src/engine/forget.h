// Forgetting one person, after the retention period and on a person's order: her vault row, messages,
// readings and case go; a tombstone with her net postings stays, so that books and chains still verify.
#pragma once

#include "engine/world.h"

namespace bundel::engine {

// Error: forget_open_claims when something of hers is still on its way or waits for an answer.
Result<Done> forget(World& world, PersonId person, Date day);

}  // namespace bundel::engine
