// One world in memory with what a test does to it, and the sums that must hold after every step.
#pragma once

#include <optional>
#include <set>

#include "engine/digest.h"
#include "engine/importing.h"
#include "engine/run.h"
#include "engine/verify.h"
#include "engine/women.h"
#include "insurer.h"
#include "region.h"
#include "support/rulebook_files.h"
#include "support/store_fixture.h"

namespace bundel::testing {
using values::PersonId;

const rulebook::Rulebook& shipped_rulebook();
const rulebook::Rulebook& second_catalogue();

class Play {
public:
    // Contract: rules outlives the play.
    explicit Play(const rulebook::Rulebook& rules = shipped_rulebook());

    // Every step throws Broken when the engine gives an Error or a sum does not hold.
    struct Broken {
        std::string what;
    };

    void import(const File& file) { import(file.name, file.bytes, file.received); }
    void import(const std::string& name, const std::string& bytes, values::Date received);
    void assess(values::Date as_of, std::size_t batch = 1000);
    engine::Run run(values::Date as_of);  // assess, send, divide

    // Messages that left for an insurer since the last call; by_name: name in the outbox -> bytes.
    std::vector<std::string> posted();
    std::map<std::string, std::string> posted_by_name();
    std::size_t outgoing();  // how many messages ever left, return messages included

    base::Digest state();
    base::Digest state(PersonId person);
    std::set<PersonId> women(values::Date as_of);  // of several that are one the first
    std::map<PersonId, base::Digest> cases();
    std::map<PersonId, std::vector<claim::Position>> positions(values::Date as_of);

    std::string history();  // every claim that was sent, for the reader of a failure

    // placed + unplaced = read from the source bytes; parts = line; no breach of what was sent.
    void check_sums(values::Date as_of);
    void check_sound();  // verify() without breaches

private:
    struct Source {
        std::vector<Declared> lines;
        values::Date received;
    };
    values::Cents declared(values::Date as_of) const;

    StoreFixture fixture_;
    wire::Layouts layouts_;
    std::map<base::Digest, Source> sources_;
    std::set<std::string> seen_;

public:
    engine::World world;
};

template <class Value>
Value must(const char* step, base::Result<Value> result) {
    if (result.ok()) return std::move(result).value();
    throw Play::Broken{std::string(step) + ": " + as_text(result.error())};
}

inline void expect(bool holds, const char* what) {
    if (!holds) throw Play::Broken{what};
}

template <class Item>
void shuffle(std::vector<Item>& items, Seeded& chance) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[chance.below(i)]);
}

}  // namespace bundel::testing
