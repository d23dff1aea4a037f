#include "engine/forget.h"

#include <algorithm>

namespace bundel::engine {

Result<Done> forget(World& world, PersonId person, Date day) {
    BUNDEL_TRY(claims, world.store.claims_of(person));
    const bool open = std::any_of(claims.begin(), claims.end(),
                                  [](const claim::Sent& c) { return !claim::is_final(c.state); });
    if (open) return Error{"forget_open_claims"};
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.forget(person, day));
    BUNDEL_TRY_DONE(transaction.commit());
    return world.identities.forget(person);
}

}  // namespace bundel::engine
