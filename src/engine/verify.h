// Is everything we hold still true? Invariants of the database, the books, what we sent, and the replay of
// each sent claim under the rulebook it was decided by.
#pragma once

#include "engine/reliance.h"
#include "engine/world.h"

namespace bundel::engine {

struct Verified {
    std::size_t claims = 0;
    std::size_t replayed = 0;        // under the same rulebook digest
    std::size_t other_rulebook = 0;  // decided under another rulebook: compared by a report, not a failure
    // Claims that would not be decided like that today: received later under an earlier day, or other
    // rules. A report, not a failure.
    std::vector<std::string> differences;
    std::vector<base::Error> breaches;  // empty: sound
    Reliance reliance;                  // of all claims
};
Result<Verified> verify(World& world);

std::string to_json(const Verified& verified);

}  // namespace bundel::engine
