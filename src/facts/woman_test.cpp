#include "facts/woman.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "support/any_reading.h"
#include "support/property.h"

namespace bundel::facts {
namespace {

using testing::expect_law;

const Date jan1 = Date::of(2024, 1, 1);
const Date jan2 = Date::of(2024, 1, 2);
const Date jan3 = Date::of(2024, 1, 3);
const AgbCode igo = AgbCode::of(53'000'001);
const AgbCode midwives = AgbCode::of(8'000'101);

Known<Enrolment> enrolment(std::string_view key, std::uint16_t version, Date received,
                           bool withdrawn = false) {
    Enrolment fact;
    fact.key = {FixedText<40>::of(key), version, withdrawn};
    fact.practice = midwives;
    return {fact, received, {}};
}

std::string keys(const std::vector<Known<Enrolment>>& enrolments) {
    std::string text;
    for (const auto& known : enrolments)
        text += known.fact.key.key.str() + std::to_string(known.fact.key.version) + " ";
    return text;
}

TEST(KnownOn, KeyedFactsTable) {
    struct Row {
        const char* why;
        std::vector<Known<Enrolment>> facts;
        Date as_of;
        const char* known;
    };
    const Row rows[] = {
        {"nothing", {}, jan2, ""},
        {"received on the day itself", {enrolment("a", 1, jan2)}, jan2, "a1 "},
        {"received the day after", {enrolment("a", 1, jan3)}, jan2, ""},
        {"the highest version holds", {enrolment("a", 2, jan1), enrolment("a", 1, jan2)}, jan2, "a2 "},
        {"a version of tomorrow does not", {enrolment("a", 1, jan1), enrolment("a", 2, jan3)}, jan2, "a1 "},
        {"withdrawn", {enrolment("a", 1, jan1), enrolment("a", 2, jan2, true)}, jan2, ""},
        {"not yet withdrawn", {enrolment("a", 1, jan1), enrolment("a", 2, jan3, true)}, jan2, "a1 "},
        {"withdrawn and back", {enrolment("a", 2, jan1, true), enrolment("a", 3, jan2)}, jan2, "a3 "},
        {"by key", {enrolment("b", 1, jan1), enrolment("a", 10, jan1)}, jan2, "a10 b1 "},
        {"twice the same", {enrolment("a", 1, jan1), enrolment("a", 1, jan2)}, jan2, "a1 "},
        {"same version, other content: the first received stands",
         {enrolment("a", 1, jan2, true), enrolment("a", 1, jan1)},
         jan2,
         "a1 "},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        Woman woman;
        woman.enrolments = row.facts;
        EXPECT_EQ(keys(known_on(woman, row.as_of).enrolments), row.known);
    }
}

Known<CareLine> line(std::string_view reference, Date care, Date received, std::uint8_t message) {
    CareLine fact;
    fact.id = {midwives, Reference::of(reference)};
    fact.care = Period::day(care);
    Origin origin;
    origin.message.bytes[0] = message;
    return {fact, received, origin};
}

TEST(KnownOn, ALineIsKnownFromItsEarliestReceipt) {
    Woman woman;
    woman.lines = {line("1", jan1, jan3, 1), line("1", jan1, jan2, 2), line("1", jan1, jan2, 1)};
    EXPECT_TRUE(known_on(woman, jan1).lines.empty());
    ASSERT_EQ(known_on(woman, jan2).lines.size(), 1u);
    ASSERT_EQ(known_on(woman, jan3).lines.size(), 1u);
    EXPECT_EQ(known_on(woman, jan3).lines[0].received, jan2);
    EXPECT_EQ(known_on(woman, jan3).lines[0].origin.message.bytes[0], 1);
}

TEST(KnownOn, LinesByCareThenIdentity) {
    Woman woman;
    woman.lines = {line("1", jan2, jan1, 1), line("3", jan1, jan1, 1), line("2", jan1, jan1, 1)};
    const auto known = known_on(woman, jan1).lines;
    ASSERT_EQ(known.size(), 3u);
    EXPECT_EQ(known[0].fact.id.reference.view(), "2");
    EXPECT_EQ(known[1].fact.id.reference.view(), "3");
    EXPECT_EQ(known[2].fact.id.reference.view(), "1");
}

Woman woman_of(const Reading& reading) {
    Woman woman;
    woman.lines = reading.lines;
    woman.enrolments = reading.enrolments;
    woman.outcomes = reading.outcomes;
    woman.phase_ends = reading.phase_ends;
    woman.insurances = reading.insurances;
    woman.outside = reading.outside;
    woman.judgements = reading.judgements;
    for (const auto& known : reading.lines) {
        const Successor successor{known.fact.id, {midwives, Reference::of("later")}, known.fact.credit};
        woman.successors.push_back({successor, known.received, known.origin});
    }
    return woman;
}

bool same(const Woman& a, const Woman& b) {
    return a.person == b.person && a.lines == b.lines && a.enrolments == b.enrolments &&
           a.outcomes == b.outcomes && a.phase_ends == b.phase_ends && a.insurances == b.insurances &&
           a.outside == b.outside && a.judgements == b.judgements && a.successors == b.successors;
}

TEST(KnownOn, LawsOfOrderRepetitionAndRest) {
    expect_law("known_on does not depend on order or repetition, and rests", [](std::uint64_t seed) {
        AnyReading any(seed);
        Woman woman = woman_of(any.reading());
        woman.lines.reserve(2 * woman.lines.size());
        const Date as_of = any.received();
        const Woman known = known_on(woman, as_of);
        RC_ASSERT(same(known_on(known, as_of), known));
        std::mt19937_64 chance(seed);
        const std::vector<Known<CareLine>> again = woman.lines;
        woman.lines.insert(woman.lines.end(), again.begin(), again.end());
        const auto shuffle = [&](auto& facts) { std::shuffle(facts.begin(), facts.end(), chance); };
        shuffle(woman.lines);
        shuffle(woman.enrolments);
        shuffle(woman.outcomes);
        shuffle(woman.phase_ends);
        shuffle(woman.insurances);
        shuffle(woman.outside);
        shuffle(woman.judgements);
        shuffle(woman.successors);
        RC_ASSERT(same(known_on(woman, as_of), known));
    });
}

Known<Membership> membership(std::string_view key, AgbCode organisation, AgbCode of, Period period) {
    return {{{FixedText<40>::of(key), 1, false}, organisation, of, period, Status::verified}, jan1, {}};
}

TEST(MembershipOn, Table) {
    const AgbCode other = AgbCode::of(53'000'002);
    Agreements agreements;
    agreements.igo = igo;
    agreements.memberships = {membership("b", midwives, igo, {jan1, jan2}),
                              membership("a", midwives, igo, {jan2, jan2}),
                              membership("c", AgbCode::of(8'000'102), other, Period::from(jan1))};
    const Agreements known = known_on(agreements, jan1);
    struct Row {
        const char* why;
        std::uint32_t organisation;
        Date day;
        const char* key;
    };
    const Row rows[] = {
        {"day before", 8'000'101, Date::of(2023, 12, 31), ""}, {"first day", 8'000'101, jan1, "b"},
        {"two say so: first by key", 8'000'101, jan2, "a"},    {"day after", 8'000'101, jan3, ""},
        {"member of another igo", 8'000'102, jan1, ""},        {"nobody", 8'000'103, jan1, ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const auto* found = membership_on(known, AgbCode::of(row.organisation), row.day);
        EXPECT_EQ(found == nullptr ? "" : found->fact.key.key.str(), row.key);
    }
}

Known<Contract> contract(std::string_view key, AgbCode of, std::vector<UzoviCode> labels, Period period) {
    Contract fact;
    fact.key.key = FixedText<40>::of(key);
    fact.igo = of;
    fact.labels = std::move(labels);
    fact.period = period;
    return {fact, jan1, {}};
}

TEST(ContractOn, Table) {
    const UzoviCode one = UzoviCode::of(1111);
    const UzoviCode two = UzoviCode::of(2222);
    Agreements agreements;
    agreements.igo = igo;
    agreements.contracts = {contract("b", igo, {one, two}, {jan1, jan2}),
                            contract("a", igo, {two}, {jan2, jan2}),
                            contract("c", AgbCode::of(53'000'002), {one}, Period::from(jan1))};
    const Agreements known = known_on(agreements, jan1);
    struct Row {
        const char* why;
        UzoviCode insurer;
        Date day;
        const char* key;
        bool ambiguous;
    };
    const Row rows[] = {
        {"day before", one, Date::of(2023, 12, 31), "", false},
        {"first day", one, jan1, "b", false},
        {"one contract for this label", one, jan2, "b", false},
        {"two for this label: first by key", two, jan2, "a", true},
        {"day after; that of another igo is not ours", one, jan3, "", false},
        {"label nobody named", UzoviCode::of(3333), jan1, "", false},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const ContractFound found = contract_on(known, row.insurer, row.day);
        EXPECT_EQ(found.contract == nullptr ? "" : found.contract->fact.key.key.str(), row.key);
        EXPECT_EQ(found.ambiguous, row.ambiguous);
    }
}

}  // namespace
}  // namespace bundel::facts
