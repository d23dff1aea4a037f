// The office of an IGO: an engine on a store in memory that is given facts and claims as they are, without
// messages. Women and region are told as in support/case_builder.h.
#pragma once

#include <map>

#include "engine/books.h"
#include "engine/women.h"
#include "support/case_builder.h"
#include "support/store_fixture.h"

namespace bundel::testing {

// What cannot fail here; an Error ends the test.
template <class Value>
Value must(base::Result<Value> result) {
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : as_text(result.error()));
    return std::move(result).value();
}

template <class Value>
std::string error_of(const base::Result<Value>& result) {
    return result.ok() ? "" : as_text(result.error());
}

class Office {
public:
    explicit Office(const Region& region) : Office(region, real_rulebook()) {}
    Office(const Region& region, const rulebook::Rulebook& rulebook)
        : world{fixture_.store, fixture_.identities, fixture_.outbox, rulebook, layouts_, {igo, false}} {
        facts::Reading reading;
        reading.memberships = region.agreements.memberships;
        reading.contracts = region.agreements.contracts;
        keep(values::PersonId{}, reading, day("2017-01-01"));
    }

    // Everything she tells, each fact received on its own day.
    values::PersonId add(const Woman& woman) {
        const values::PersonId person{1, ++women_};
        std::map<Date, facts::Reading> days;
        const auto sort = [&](const auto& list, auto member) {
            for (const auto& known : list) (days[known.received].*member).push_back(known);
        };
        sort(woman.facts.lines, &facts::Reading::lines);
        sort(woman.facts.enrolments, &facts::Reading::enrolments);
        sort(woman.facts.outcomes, &facts::Reading::outcomes);
        sort(woman.facts.phase_ends, &facts::Reading::phase_ends);
        sort(woman.facts.insurances, &facts::Reading::insurances);
        sort(woman.facts.outside, &facts::Reading::outside);
        sort(woman.facts.bought, &facts::Reading::bought);
        for (auto& [received, reading] : days) {
            for (auto& line : reading.lines) {
                line.fact.person = person;
                line.fact.id =
                    line_id(line.fact.declarant, line.fact.id.reference.str() + "/" + std::to_string(women_));
            }
            keep(person, reading, received);
        }
        return person;
    }

    void assess(std::string_view on) { must(engine::assess_due(world, day(on))); }
    // The book balances, the chains hold, the database agrees.
    std::string breaches();

    const rulebook::Rulebook& rulebook() const { return world.rulebook; }

private:
    void keep(values::PersonId person, const facts::Reading& reading, Date received) {
        const std::string bytes = "message " + std::to_string(++messages_);
        const auto id = base::digest(bytes);
        must(
            world.store.add_message({id, engine::Direction::received, "csv test", bytes}, {{person, bytes}}));
        must(world.store.add_receipt(id, received));
        must(world.store.put_reading(person, id, facts::intake_version, facts::encode(reading)));
        for (const auto& line : reading.lines)
            must(world.store.add_line(
                {line.fact.id, person, facts::content_digest(line.fact), id, line.origin.record, received}));
        if (!person.is_nobody()) must(world.store.mark_dirty(person));
    }

    StoreFixture fixture_;
    wire::Layouts layouts_;
    std::uint64_t women_ = 0;
    int messages_ = 0;

public:
    engine::World world;
};

// A bundle for her prenatal care that was sent, and granted as claimed, on this day.
inline claim::Sent granted(Office& office, values::PersonId person, const char* reference,
                           const values::Period& care, std::int64_t cents, std::string_view on) {
    claim::Sent claim;
    claim.reference = values::Reference::of(reference);
    claim.person = person;
    claim.declarant = igo;
    claim.insurer = insurer;
    claim.performance = performance("069:E01");
    claim.phases = values::PhaseSet::of(values::PhaseKind::prenatal);
    claim.care = care;
    claim.amount = values::Cents::of(cents);
    claim.as_of = day(on);
    must(office.world.store.add_claim(claim));
    claim.state = claim::State::sent;
    claim.sent_day = day(on);
    must(office.world.store.set_claim(claim, day(on), {}));
    auto books = must(engine::Books::open(office.world.store));
    must(engine::book_sent(books, claim, day(on)));
    claim.state = claim::State::approved;
    claim.granted = claim.amount;
    claim.answered_day = day(on);
    must(office.world.store.set_claim(claim, day(on), {}));
    must(engine::book_answer(books, claim, must(office.world.store.claims_of(person)), office.rulebook(),
                             day(on)));
    return claim;
}

}  // namespace bundel::testing
