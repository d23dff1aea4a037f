// Is everything we hold still true? Invariants of the database, the books, what we sent, and the replay of
// each sent claim under the rulebook it was decided by.
#pragma once

#include <functional>
#include <memory>

#include "engine/reliance.h"
#include "engine/world.h"
#include "ledger/book.h"

namespace bundel::engine {

struct Verified {
    std::size_t claims = 0;
    std::size_t replayed = 0;        // under the rulebook they were decided by
    std::size_t other_rulebook = 0;  // that rulebook was not kept: compared with today's, not a failure
    // Claims that would not be decided like that today: received later under an earlier day, or other
    // rules. A report, not a failure.
    std::vector<std::string> differences;
    std::vector<base::Error> breaches;  // empty: sound
    Reliance reliance;                  // of all claims
};

// The rulebook with this digest, which was in force before; none when it was not kept. An Error of it is a
// breach: what we kept is not what it was.
using KeptRulebook = std::function<Result<std::shared_ptr<const rulebook::Rulebook>>(const Digest& digest)>;

// Without `kept` nothing is kept.
Result<Verified> verify(World& world, const KeptRulebook& kept = {});

// What each insurer owes by the claims must be what the book says of them. Breach: breach_receivable.
Result<Done> compare_receivables(World& world, const ledger::Book& book, std::vector<base::Error>& breaches);

std::string to_json(const Verified& verified);

}  // namespace bundel::engine
