// The world of the engine in memory: an empty store and vault, an outbox that keeps what it was given, a
// clock that stands still. Quick enough to make anew for every case of a law.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/ports.h"
#include "store/store.h"
#include "store/vault.h"

namespace bundel::testing {

class MemoryOutbox final : public engine::Outbox {
public:
    std::map<std::string, std::string> staged;
    std::map<std::string, std::string> sent;

    base::Result<base::Done> stage(const std::string& file_name, std::string_view bytes) override {
        staged[file_name] = std::string(bytes);
        return base::Done{};
    }
    bool is_staged(const std::string& file_name) override { return staged.contains(file_name); }
    base::Result<base::Done> release(const std::string& file_name) override {
        if (sent.contains(file_name)) return base::Error{"outbox_exists", {{"file", file_name}}};
        const auto found = staged.find(file_name);
        if (found == staged.end()) return base::Error{"outbox_not_staged", {{"file", file_name}}};
        sent.insert(staged.extract(found));
        return base::Done{};
    }
};

class StandingClock final : public engine::Clock {
public:
    values::Date day = values::Date::of(2024, 1, 1);
    values::Date today() override { return day; }
};

// Persons get the same id for the same identity in every StoreFixture, whatever the order in which they
// arrive.
struct StoreFixture {
    StoreFixture()
        : vault(store::open_vault(":memory:", key(), store::PersonIds::from_identity).value()),
          kept(store::open_store(":memory:", key()).value()),
          store(*kept),
          identities(*vault) {}

    static store::Key key() { return store::Key::from_raw(std::string(store::Key::size, 'k')); }

    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<engine::Store> kept;
    engine::Store& store;
    engine::Identities& identities;
    MemoryOutbox outbox;
    StandingClock clock;
};

}  // namespace bundel::testing
