// The cash forecast: which claims are open, what their payments tell, what participants get.
#include "engine/forecast.h"

#include <gtest/gtest.h>

#include "engine/books.h"
#include "office.h"

namespace bundel::testing {
namespace {

using insight::DelayBasis;
using values::Cents;

// Three payments of an insurer are enough.
const rulebook::Rulebook& three_are_enough() {
    static const rulebook::Rulebook book =
        changed_rulebook("rulebook.toml", "least_history = { value = 30,", "least_history = { value = 3,");
    return book;
}

claim::Sent claim_of(std::string_view reference, std::string_view sent, std::int64_t cents) {
    claim::Sent claim;
    claim.reference = values::Reference::of(reference);
    claim.person = {9, static_cast<std::uint64_t>(reference.back())};
    claim.declarant = igo;
    claim.insurer = insurer;
    claim.performance = performance("069:E01");
    claim.care = {day(sent).plus_days(-100), day(sent)};
    claim.amount = Cents::of(cents);
    claim.as_of = day(sent);
    claim.sent_day = day(sent);
    return claim;
}

void keep(Office& office, claim::Sent claim, claim::State state, std::int64_t granted = 0,
          std::int64_t paid = 0) {
    must(office.world.store.add_claim(claim));
    claim.state = state;
    claim.granted = Cents::of(granted);
    claim.paid = Cents::of(paid);
    must(office.world.store.set_claim(claim, *claim.sent_day, {}));
}

void pay(Office& office, std::string_view key, std::string_view claim, std::string_view on,
         std::int64_t cents, bool withdrawn = false) {
    engine::PaymentRow row;
    row.insurer = insurer;
    row.key = base::FixedText<40>::of(key);
    row.withdrawn = withdrawn;
    row.declarant = igo;
    row.claim = values::Reference::of(claim);
    row.day = day(on);
    row.amount = Cents::of(cents);
    const std::string bytes(key);
    const auto id = base::digest(bytes);
    must(office.world.store.add_message({id, engine::Direction::received, "csv betalingen", bytes},
                                        {{values::PersonId{}, bytes}}));
    must(office.world.store.add_receipt(id, day(on)));
    row.message = id;
    must(office.world.store.put_payment(row));
}

TEST(CashOutlook, OfNothingIsThirteenWeeksOfNothing) {
    Office office(region());
    const auto got = must(engine::cash_outlook(office.world, day("2024-06-03")));
    EXPECT_EQ(got.forecast.mondays[0], day("2024-06-03"));
    EXPECT_TRUE(got.forecast.insurers.empty());
    EXPECT_EQ(got.forecast.weeks[12][1].closing, Cents());
    EXPECT_FALSE(got.divided);
    EXPECT_EQ(got.claim_days, std::nullopt);
}

TEST(CashOutlook, CountsWhatInsurersStillOwe) {
    Office office(region(), three_are_enough());
    keep(office, claim_of("A", "2024-05-01", 700'00), claim::State::sent);
    keep(office, claim_of("B", "2024-05-01", 700'00), claim::State::approved_other_amount, 650'00, 50'00);
    keep(office, claim_of("C", "2024-05-01", 700'00), claim::State::rejected);
    keep(office, claim_of("D", "2024-05-01", 700'00), claim::State::paid, 700'00, 700'00);
    keep(office, claim_of("E", "2024-06-04", 700'00), claim::State::sent);  // after the day
    pay(office, "p1", "B", "2024-05-11", 50'00);
    pay(office, "p2", "D", "2024-06-30", 700'00);        // after the day
    pay(office, "p3", "D", "2024-05-21", 700'00, true);  // as if it never came
    pay(office, "p4", "D", "2024-05-31", -1'00);         // taken back
    const auto few = must(engine::cash_outlook(office.world, day("2024-06-03")));
    ASSERT_EQ(few.forecast.insurers.size(), 1U);
    EXPECT_EQ(few.forecast.insurers[0].open, Cents::of(1300'00));
    EXPECT_EQ(few.forecast.insurers[0].payments, 1U);
    EXPECT_EQ(few.forecast.insurers[0].basis, DelayBasis::term);
    EXPECT_EQ(few.forecast.late, Cents::of(1300'00));  // 33 days, and the term is 30
    pay(office, "p5", "D", "2024-05-31", 300'00);
    pay(office, "p6", "D", "2024-06-03", 300'00);
    pay(office, "p7", "D", "2024-06-10", 100'00);
    const auto enough = must(engine::cash_outlook(office.world, day("2024-06-10")));
    ASSERT_EQ(enough.forecast.insurers.size(), 1U);
    EXPECT_EQ(enough.forecast.insurers[0].payments, 4U);
    EXPECT_EQ(enough.forecast.insurers[0].basis, DelayBasis::history);
    EXPECT_EQ(enough.forecast.insurers[0].days, (std::array{40, 30, 10}));
    // A and B waited 40 days, as long as any payment took; E waited 6, and the middle of the payments is 30
    // days.
    EXPECT_EQ(enough.forecast.late, Cents::of(1300'00));
    EXPECT_EQ(enough.forecast.weeks[3][1].in, Cents::of(700'00));  // 4 July, in the week of 1 July
    EXPECT_EQ(enough.forecast.weeks[3][1].out, Cents::of(700'00));
    EXPECT_EQ(enough.claim_days, 100);
}

TEST(CashOutlook, ParticipantsGetTheirPartOfIt) {
    Office office(region(), three_are_enough());
    keep(office, claim_of("A", "2024-06-03", 1000'00), claim::State::approved, 1000'00, 0);
    keep(office, claim_of("B", "2024-06-03", 1000'00), claim::State::paid, 1000'00, 1000'00);
    auto books = must(engine::Books::open(office.world.store));
    ledger::Event divided;
    divided.kind = ledger::EventKind::division_booked;
    divided.key = "division:A+B";
    divided.booking_day = day("2024-06-03");
    divided.care_period = {day("2024-01-01"), day("2024-01-31")};
    divided.performance = "069:E01";
    divided.shares = {{midwives, Cents::of(1950'00)}};
    divided.reserve = Cents::of(50'00);
    must(books.post(divided));
    const auto got = must(engine::cash_outlook(office.world, day("2024-06-03")));
    EXPECT_TRUE(got.divided);
    EXPECT_EQ(got.to_participants, values::Ratio::of(39, 40));
    EXPECT_EQ(got.due, Cents::of(975'00));  // of B, which was paid
    EXPECT_EQ(got.forecast.weeks[0][1].out, Cents::of(975'00));
    EXPECT_EQ(got.forecast.weeks[4][1].in, Cents::of(1000'00));  // the term: 3 July
    EXPECT_EQ(got.forecast.weeks[4][1].out, Cents::of(975'00));
}

}  // namespace
}  // namespace bundel::testing
