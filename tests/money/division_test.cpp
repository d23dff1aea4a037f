// What was granted, divided: to the cent over all pots, taken back and divided anew on news, in pots of a
// claim and of a period; and what another model would do.
#include <gtest/gtest.h>

#include "engine/books.h"
#include "engine/comparison.h"
#include "engine/division.h"
#include "engine/forget.h"
#include "engine/incentives.h"
#include "office.h"

namespace bundel::testing {
namespace {

using engine::Divided;
using ledger::Account;
using ledger::AccountKind;
using ledger::EventKind;
using values::AgbCode;
using values::Cents;
using values::PhaseKind;

std::string model_file(const std::string& pot, const std::string& steps) {
    return "id = \"proef\"\nfrom = 2017-01-01\nstatus = \"example\"\nsource = \"proef\"\npot = \"" + pot +
           "\"\nvat = \"unknown\"\n" + steps;
}

const std::string by_key =
    "[[step]]\nkind = \"fixed_key\"\nname = \"Sleutel\"\nkey = { 06000102 = 36, 08000101 = 46, 33000401 = 18 "
    "}\n";
const std::string by_activity = "[[step]]\nkind = \"activity\"\nname = \"Activiteit\"\nside = \"gross\"\n";

rulebook::Rulebook dividing_by(const std::string& pot, const std::string& steps) {
    auto files = rulebook_files();
    files["division/example.toml"] = model_file(pot, steps);
    return load_rulebook(files);
}

// A woman who was delivered on that day, with prenatal care of two practices.
Woman woman(std::string_view begin, std::string_view born, std::int64_t ours, std::int64_t theirs) {
    Woman made;
    made.heard_on(begin).enrolled(midwives, begin, born).born(born);
    made.line(midwives, "V-1", "032:1101", begin, ours);
    made.line(other_midwives, "V-2", "032:1101", begin, theirs);
    return made;
}

Divided divide(Office& office, std::string_view on) {
    return must(engine::divide_all(office.world, day(on)));
}

Cents has(Office& office, AgbCode participant) {
    const auto book = must(engine::Books::open(office.world.store));
    return -book.book().balance(Account::of(AccountKind::payable, participant.digits()));
}

std::size_t entries(Office& office, EventKind kind) {
    const auto all = must(office.world.store.entries());
    return static_cast<std::size_t>(
        std::ranges::count(all, kind, [](const auto& entry) { return entry.content.kind; }));
}

const Period prenatal{day("2023-10-20"), day("2024-05-31")};

TEST(Division, NobodyDriftsOverManyBundles) {
    const auto rulebook = dividing_by("claim", by_key);
    Office office(region(), rulebook);
    for (int i = 0; i < 40; ++i)
        granted(office, office.add(woman("2023-10-20", "2024-06-01", 100, 100)),
                ("BD" + std::to_string(i)).c_str(), prenatal, 99'99, "2024-07-01");
    const Divided divided = divide(office, "2024-08-01");
    EXPECT_EQ(divided.claims, 40U);
    EXPECT_EQ(divided.booked, 40U);
    EXPECT_EQ(divided.pot, Cents::of(40 * 99'99));
    // 36, 46 and 18 % of 3999.60, each within a cent of 1439.856, 1839.816 and 719.928.
    for (const auto& [payee, least] :
         std::map<AgbCode, std::int64_t>{{hospital, 1439'85}, {midwives, 1839'81}, {kraamzorg, 719'92}}) {
        EXPECT_GE(has(office, payee), Cents::of(least));
        EXPECT_LE(has(office, payee), Cents::of(least + 2));
    }
    EXPECT_EQ(divide(office, "2024-08-02").booked, 0U);
    EXPECT_EQ(entries(office, EventKind::division_booked), 40U);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Division, NewsTakesBackAndDividesAnew) {
    const auto rulebook = dividing_by("claim", by_activity);
    Office office(region(), rulebook);
    Woman late = woman("2023-10-20", "2024-06-01", 100'00, 100'00);
    late.heard_on("2024-09-01").line(hospital, "Z-1", "032:1101", "2024-02-01", 100'00);
    granted(office, office.add(late), "BD1", prenatal, 100'00, "2024-07-01");
    divide(office, "2024-08-01");
    EXPECT_EQ(has(office, midwives), Cents::of(50'00));
    EXPECT_EQ(divide(office, "2024-09-01").booked, 1U);
    EXPECT_EQ(has(office, hospital) + has(office, midwives) + has(office, other_midwives), Cents::of(100'00));
    EXPECT_EQ(has(office, hospital), Cents::of(33'34));  // the odd cent, at a tie, to the lowest code
    EXPECT_EQ(entries(office, EventKind::division_booked), 2U);
    EXPECT_EQ(entries(office, EventKind::division_reversed), 1U);
    EXPECT_EQ(divide(office, "2024-09-02").booked, 0U);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Division, AMonthIsOnePot) {
    const auto rulebook = dividing_by("month", by_activity);
    Office office(region(), rulebook);
    const Period october{day("2023-10-20"), day("2024-05-31")},
        november{day("2023-11-20"), day("2024-06-30")};
    granted(office, office.add(woman("2023-10-20", "2024-06-01", 300'00, 0)), "BD1", october, 100'00,
            "2024-07-01");
    const auto second = office.add(woman("2023-10-20", "2024-06-01", 0, 100'00));
    granted(office, second, "BD2", october, 100'00, "2024-07-01");
    granted(office, office.add(woman("2023-11-20", "2024-07-01", 0, 5'00)), "BD3", november, 100'00,
            "2024-07-20");
    const Divided divided = divide(office, "2024-08-01");
    EXPECT_EQ(divided.claims, 3U);
    EXPECT_EQ(divided.booked, 2U);
    // October: 200.00 at 3:1; November all to the other practice.
    EXPECT_EQ(has(office, midwives), Cents::of(150'00));
    EXPECT_EQ(has(office, other_midwives), Cents::of(150'00));
    EXPECT_EQ(divide(office, "2024-08-02").booked, 0U);

    granted(office, office.add(woman("2023-10-25", "2024-06-01", 0, 200'00)), "BD4",
            {day("2023-10-25"), day("2024-05-31")}, 40'00, "2024-08-10");
    EXPECT_EQ(divide(office, "2024-08-10").booked, 1U);
    EXPECT_EQ(has(office, midwives), Cents::of(120'00));  // October: 240.00 at 3:3
    EXPECT_EQ(has(office, other_midwives), Cents::of(220'00));
    EXPECT_EQ(office.breaches(), "");

    // Who is forgotten freezes the pot: what was divided with her care stays.
    must(engine::forget(office.world, second, day("2024-09-01")));
    EXPECT_EQ(divide(office, "2024-09-02").booked, 0U);
    EXPECT_EQ(has(office, midwives), Cents::of(120'00));
    EXPECT_EQ(office.breaches(), "");
}

TEST(Division, BoughtCareIsTakenOutOfThePotOfItsPhase) {
    const auto rulebook =
        dividing_by("claim", "[[step]]\nkind = \"bought_care\"\nname = \"Inkoop\"\n" + by_activity);
    Office office(region(), rulebook);
    Woman made = woman("2023-10-20", "2024-06-01", 100'00, 0);
    const auto buy = [&](std::string_view key, std::string_view on, AgbCode buyer) {
        facts::BoughtCare bought;
        bought.key = key_of(key);
        bought.kind = facts::BoughtKind::laboratory;
        bought.buyer = buyer;
        bought.care = Period::day(day(on));
        bought.amount = Cents::of(30'00);
        made.facts.bought.push_back({bought, day("2024-07-01"), {}});
    };
    buy("lab-1", "2024-02-01", igo);
    buy("lab-2", "2024-06-05", igo);       // after the birth: another phase
    buy("lab-3", "2024-02-01", midwives);  // its own cost
    granted(office, office.add(made), "BD1", prenatal, 100'00, "2024-07-01");
    const Divided divided = divide(office, "2024-08-01");
    EXPECT_EQ(divided.covered, Cents::of(30'00));
    EXPECT_EQ(has(office, midwives), Cents::of(70'00));
    const auto book = must(engine::Books::open(office.world.store));
    EXPECT_EQ(book.book().balance(Account::of(AccountKind::covered, "laboratorium")), Cents::of(-30'00));
    EXPECT_EQ(divide(office, "2024-08-02").booked, 0U);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Division, VerifySeesWhoIsMoreThanACentOff) {
    const auto rulebook = dividing_by("claim", by_key);
    Office office(region(), rulebook);
    granted(office, office.add(woman("2023-10-20", "2024-06-01", 100, 100)), "BD1", prenatal, 99'99,
            "2024-07-01");
    divide(office, "2024-08-01");
    auto books = must(engine::Books::open(office.world.store));
    ledger::Event event;
    event.kind = EventKind::rounding_moved;
    event.key = "afronding/1";
    event.booking_day = day("2024-08-02");
    event.care_period = Period::day(day("2024-08-02"));
    event.shares = {{hospital, Cents::of(-2)}, {midwives, Cents::of(2)}};
    must(books.post(event));
    EXPECT_NE(office.breaches().find("breach_rounding payee=06000102"), std::string::npos)
        << office.breaches();
    // The next division puts it right.
    EXPECT_GE(divide(office, "2024-08-03").moved, 1U);
    EXPECT_EQ(office.breaches(), "");
}

// ---- Comparing ----

engine::Side side(const std::string& name, const rulebook::DivisionModel* model = nullptr) {
    return {name, model, {day("2017-01-01"), day("2030-12-31")}};
}

TEST(Comparison, SaysWhoGainsAndWhatItIsMadeOf) {
    const auto rulebook = dividing_by("claim", by_activity);
    Office office(region(), rulebook);
    for (int i = 0; i < 20; ++i)
        granted(office, office.add(woman("2023-10-20", "2024-06-01", 100'00, i % 2 == 0 ? 300'00 : 100'00)),
                ("BD" + std::to_string(i)).c_str(), prenatal, 100'00, "2024-07-01");
    const auto other = must(rulebook::load_division("ander.toml", model_file("year", by_key)));
    const auto compared =
        must(engine::compare(office.world, side("geldend"), side("ander", &other), {}, day("2024-08-01")));
    EXPECT_EQ(compared.a_totals.claims, 20U);
    EXPECT_EQ(compared.a_totals.pregnancies, 20U);
    EXPECT_EQ(compared.a_totals.pot, compared.b_totals.pot);
    ASSERT_EQ(compared.participants.size(), 4U);  // 06 hospital, 08 midwives, 08 others, 33 kraamzorg
    const auto& ours = compared.participants[1];
    EXPECT_EQ(ours.participant, midwives);
    EXPECT_EQ(ours.difference.a, Cents::of(10 * 25'00 + 10 * 50'00));
    EXPECT_EQ(ours.difference.b, Cents::of(920'00));
    EXPECT_EQ(ours.terms.total(), Cents::of(170'00));
    ASSERT_TRUE(ours.difference.cents);
    EXPECT_LE(ours.difference.cents->low, 170'00);
    EXPECT_GE(ours.difference.cents->high, 170'00);
    Cents total;
    for (const auto& row : compared.participants) {
        EXPECT_EQ(row.terms.total(), row.difference.b - row.difference.a);
        EXPECT_EQ(row.terms.of(insight::Factor::volume), Cents());
        EXPECT_EQ(row.terms.of(insight::Factor::mix), Cents());  // the same care: only its price differs
        total += row.difference.b - row.difference.a;
    }
    EXPECT_EQ(total, Cents());  // the same pot, nothing for the reserve
    EXPECT_TRUE(compared.same_care);
    const auto again =
        must(engine::compare(office.world, side("geldend"), side("ander", &other), {}, day("2024-08-01")));
    EXPECT_EQ(engine::to_json(again), engine::to_json(compared));
    const auto itself =
        must(engine::compare(office.world, side("geldend"), side("geldend"), {}, day("2024-08-01")));
    for (const auto& row : itself.participants) EXPECT_EQ(row.terms, insight::Terms());
    EXPECT_EQ(error_of(engine::compare(office.world, {"x", nullptr, {day("2020-01-01"), day("2020-12-31")}},
                                       {"y", nullptr, {day("2020-01-01"), day("2020-12-31")}}, {},
                                       day("2024-08-01"))),
              "comparison_nothing");
}

TEST(Incentives, WhatOneMoreShiftPays) {
    const auto rulebook = dividing_by("claim", by_activity);
    Office office(region(), rulebook);
    for (int i = 0; i < 2; ++i)
        granted(office, office.add(woman("2023-10-20", "2024-06-01", 100'00, 100'00)),
                ("BD" + std::to_string(i)).c_str(), prenatal, 100'00, "2024-07-01");
    granted(office, office.add(woman("2023-10-20", "2024-06-01", 10'00, 100'00)), "BD9", prenatal, 100'00,
            "2024-07-01");
    const auto shift = [&](std::int64_t gives_up, std::int64_t takes_on) {
        return rulebook::TaskShift{"proef",
                                   PhaseKind::prenatal,
                                   midwives,
                                   hospital,
                                   Cents::of(gives_up),
                                   Cents::of(takes_on),
                                   values::Status::example,
                                   "proef"};
    };
    const auto weighed = [&](const rulebook::TaskShift& one) {
        return must(engine::incentives(office.world, side("geldend"), {one}, day("2024-08-01")))
            .shifts.front();
    };
    // 100:100 becomes 50:100:50 of 100.00: a quarter from one to the other, in the two pots that could.
    const auto moved = weighed(shift(50'00, 50'00));
    EXPECT_EQ(moved.pots, 2U);
    EXPECT_EQ(moved.per_unit(moved.parties.at(midwives)), Cents::of(-25'00));
    EXPECT_EQ(moved.per_unit(moved.parties.at(hospital)), Cents::of(25'00));
    EXPECT_EQ(moved.parties.at(other_midwives), Cents());
    // Cheaper elsewhere: 50:100 and 0 taken on. What is left over goes to both others.
    const auto cheaper = weighed(shift(50'00, 0));
    EXPECT_EQ(cheaper.per_unit(cheaper.parties.at(midwives)), Cents::of(-16'67));
    EXPECT_EQ(cheaper.per_unit(cheaper.parties.at(other_midwives)), Cents::of(16'67));
    EXPECT_EQ(weighed(shift(200'00, 200'00)).pots, 0U);
}

}  // namespace
}  // namespace bundel::testing
