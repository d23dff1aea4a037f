// Care that the IGO bought: booked once, rebooked when its fact changes, taken back when it is withdrawn.
#include <gtest/gtest.h>

#include "engine/books.h"
#include "engine/bought.h"
#include "engine/closing.h"
#include "engine/report.h"
#include "office.h"

namespace bundel::testing {
namespace {

using facts::BoughtKind;
using ledger::Account;
using ledger::AccountKind;
using values::Cents;

facts::BoughtCare bought(std::int64_t cents, std::uint16_t version = 1, bool withdrawn = false) {
    facts::BoughtCare fact;
    fact.key = {base::FixedText<40>::of("lab-1"), version, withdrawn};
    fact.kind = BoughtKind::laboratory;
    fact.buyer = igo;
    fact.supplier = values::AgbCode::of(50'000'001);
    fact.care = Period::day(day("2024-03-01"));
    fact.amount = Cents::of(cents);
    return fact;
}

struct Told {
    const char* on;
    facts::BoughtCare fact;
};

values::PersonId add(Office& office, const std::vector<Told>& told) {
    Woman woman;
    woman.heard_on("2023-10-21").enrolled(midwives, "2023-10-20", "2024-06-01");
    std::int32_t record = 100;
    for (const Told& one : told) {
        facts::Known<facts::BoughtCare> known{one.fact, day(one.on), {}};
        known.origin.record = ++record;
        woman.facts.bought.push_back(known);
    }
    return office.add(woman);
}

Cents balance(Office& office, AccountKind kind, std::string_view party) {
    return must(engine::Books::open(office.world.store)).book().balance(Account::of(kind, party));
}

// Looks and books on that day.
std::size_t book(Office& office, std::string_view on) {
    office.assess(on);
    return must(engine::book_bought(office.world, day(on)));
}

TEST(Bought, IsBookedOnceRebookedAndTakenBack) {
    Office office(region());
    add(office, {{"2024-03-10", bought(45'00)},
                 {"2024-04-10", bought(40'00, 2)},
                 {"2024-05-10", bought(40'00, 3, true)},
                 {"2024-06-10", bought(41'00, 4)}});
    struct Row {
        const char* on;
        std::size_t changed;
        std::int64_t cost;
        std::size_t entries;
    };
    const Row rows[] = {
        {"2024-03-09", 0, 0, 0},     {"2024-03-10", 1, 45'00, 1}, {"2024-04-09", 0, 45'00, 1},
        {"2024-04-10", 1, 40'00, 3}, {"2024-05-10", 1, 0, 4},     {"2024-05-11", 0, 0, 4},
        {"2024-06-10", 1, 41'00, 5}, {"2024-06-11", 0, 41'00, 5},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.on);
        EXPECT_EQ(book(office, row.on), row.changed);
        EXPECT_EQ(balance(office, AccountKind::bought_care, "laboratorium"), Cents::of(row.cost));
        EXPECT_EQ(balance(office, AccountKind::supplier, "50000001"), Cents::of(-row.cost));
        EXPECT_EQ(must(office.world.store.entries()).size(), row.entries);
    }
    EXPECT_EQ(office.breaches(), "");
}

TEST(Bought, ACreditNoteIsBelowZeroAndNothingIsNotBooked) {
    Office office(region());
    add(office, {{"2024-03-10", bought(-45'00)}, {"2024-04-10", bought(0, 2)}});
    EXPECT_EQ(book(office, "2024-03-10"), 1U);
    EXPECT_EQ(balance(office, AccountKind::bought_care, "laboratorium"), Cents::of(-45'00));
    EXPECT_EQ(book(office, "2024-04-10"), 1U);
    EXPECT_EQ(balance(office, AccountKind::bought_care, "laboratorium"), Cents());
    EXPECT_EQ(book(office, "2024-04-11"), 0U);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Bought, ByAParticipantIsItsOwn) {
    Office office(region());
    facts::BoughtCare own = bought(45'00);
    own.buyer = midwives;
    add(office, {{"2024-03-10", own}});
    EXPECT_EQ(book(office, "2024-03-10"), 0U);
    const auto overview = must(engine::overview(office.world, day("2024-03-10")));
    ASSERT_EQ(overview.bought.size(), 1U);
    EXPECT_EQ(overview.bought[0].name, "08000101/50000001/laboratory");
    EXPECT_EQ(overview.bought[0].amount, Cents::of(45'00));
}

TEST(Bought, WithoutSupplierTheSupplierIsUnknown) {
    Office office(region());
    facts::BoughtCare from_somebody = bought(45'00);
    from_somebody.supplier = values::AgbCode::none();
    add(office, {{"2024-03-10", from_somebody}});
    EXPECT_EQ(book(office, "2024-03-10"), 1U);
    EXPECT_EQ(balance(office, AccountKind::supplier, "onbekend"), Cents::of(-45'00));
}

TEST(Bought, ChangesAreBookedInAnOpenMonth) {
    Office office(region());
    add(office, {{"2024-03-10", bought(45'00)}, {"2024-03-20", bought(40'00, 2)}});
    EXPECT_EQ(book(office, "2024-03-10"), 1U);
    must(engine::close_month(office.world, day("2024-03-01"), day("2024-04-01")));
    EXPECT_EQ(error_of(engine::book_bought(office.world, day("2024-03-31"))),
              "book_day_closed day=31-03-2024 open=01-04-2024");
    EXPECT_EQ(book(office, "2024-04-01"), 1U);
    EXPECT_EQ(must(office.world.store.entries()).back().content.booking_day, day("2024-04-01"));
    EXPECT_EQ(office.breaches(), "");
}

TEST(Bought, OfWhoIsForgottenStaysAsItWasBooked) {
    Office office(region());
    const auto person = add(office, {{"2024-03-10", bought(45'00)}});
    EXPECT_EQ(book(office, "2024-03-10"), 1U);
    must(office.world.store.forget(person, day("2024-03-11")));
    EXPECT_EQ(book(office, "2024-03-12"), 0U);
    EXPECT_EQ(balance(office, AccountKind::bought_care, "laboratorium"), Cents::of(45'00));
}

}  // namespace
}  // namespace bundel::testing
