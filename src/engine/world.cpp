#include "engine/world.h"

namespace bundel::engine {

Result<Transaction> Transaction::begin(Store& store) {
    BUNDEL_TRY_DONE(store.begin());
    return Transaction(store);
}

Result<Done> Transaction::commit() {
    BUNDEL_ASSERT(store_ != nullptr);
    return std::exchange(store_, nullptr)->commit();
}

Digest law_digest(const World& world) {
    return base::Hasher()
        .add(world.rulebook.digest())
        .add(engine_version)
        .add(facts::intake_version)
        .finish();
}

}  // namespace bundel::engine
