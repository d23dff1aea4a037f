// All that a use case needs, handed over explicitly.
#pragma once

#include <functional>
#include <string>

#include "engine/ports.h"
#include "rulebook/rulebook.h"
#include "wire/layout.h"

namespace bundel::engine {

// Of the data directory. `live`: nothing that rests on a value that is not verified may leave.
struct Settings {
    AgbCode igo;
    bool live = false;
};

struct World {
    Store& store;
    Identities& identities;
    Outbox& outbox;
    const rulebook::Rulebook& rulebook;
    const wire::Layouts& layouts;
    Settings settings;
};

// Told now and then during long work: done so far, of how many (0: not known). Empty: nobody is looking.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

// Rolls back unless commit() was reached.
class Transaction {
public:
    static Result<Transaction> begin(Store& store);
    Transaction(Transaction&& other) noexcept : store_(std::exchange(other.store_, nullptr)) {}
    Transaction(const Transaction&) = delete;
    ~Transaction() {
        if (store_ != nullptr) store_->rollback();
    }
    Result<Done> commit();

private:
    explicit Transaction(Store& store) : store_(&store) {}
    Store* store_;
};

// Changes whenever the engine would decide differently from the same facts and rulebook.
inline constexpr int engine_version = 1;
Digest law_digest(const World& world);

}  // namespace bundel::engine
