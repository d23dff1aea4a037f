// The cash forecast: which claims are open, what their payments tell, what participants get.
#include "engine/forecast.h"

#include <gtest/gtest.h>

#include "engine/books.h"
#include "engine/payouts.h"
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
    EXPECT_EQ(enough.forecast.weeks[3][1].in, Cents::of(700'00));   // 4 July, in the week of 1 July
    EXPECT_EQ(enough.forecast.weeks[4][1].out, Cents::of(700'00));  // payout.wait_days later
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
    EXPECT_EQ(got.forecast.weeks[5][1].out, Cents::of(975'00));
}

void post(Office& office, ledger::Event event, std::string_view on) {
    event.booking_day = day(on);
    event.care_period = values::Period::day(day(on));
    auto books = must(engine::Books::open(office.world.store));
    must(books.post(event));
}

ledger::Event event(ledger::EventKind kind, const std::string& key, std::int64_t cents) {
    ledger::Event event;
    event.kind = kind;
    event.key = key;
    event.insurer = insurer;
    event.participant = midwives;
    event.performance = "069:E01";
    event.amount = Cents::of(cents);
    return event;
}

// Answered on the day it was sent.
void keep_answered(Office& office, claim::Sent claim, claim::State state, std::int64_t granted) {
    claim.answered_day = claim.sent_day;
    keep(office, claim, state, granted);
}

TEST(CashOutlook, ForeseesRejectionsAsSoFar) {
    struct Row {
        const char* name;
        int rejected, approved;
        std::string_view as_of;
        std::int64_t in;  // expected, of 700.00 that is not answered
        std::optional<insight::RejectedPart> part;
    };
    const Row rows[] = {{"too few", 2, 0, "2024-06-10", 700'00, std::nullopt},
                        {"just enough", 2, 1, "2024-06-10", 233'10, insight::RejectedPart{253, 667, 922}},
                        {"none rejected", 0, 4, "2024-06-10", 700'00, insight::RejectedPart{0, 0, 404}},
                        {"answers of after the day", 2, 1, "2024-06-01", 700'00, std::nullopt}};
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Office office(region(), three_are_enough());
        keep(office, claim_of("A", "2024-05-31", 700'00), claim::State::sent);
        int number = 0;
        const auto more = [&](int count, claim::State state, std::int64_t granted) {
            for (int i = 0; i < count; ++i)
                keep_answered(office, claim_of("C" + std::to_string(number++), "2024-06-02", 700'00), state,
                              granted);
        };
        more(row.rejected, claim::State::rejected, 0);
        more(row.approved, claim::State::approved_other_amount, 1);
        const auto got = must(engine::cash_outlook(office.world, day(row.as_of)));
        ASSERT_EQ(got.forecast.insurers.size(), 1U);
        EXPECT_EQ(got.forecast.insurers[0].rejected_part, row.part);
        Cents in;
        for (const auto& week : got.forecast.weeks) in += week[1].in;
        EXPECT_EQ(in, Cents::of(row.in + (row.as_of == "2024-06-10" ? row.approved : 0)));
    }
}

// An advance of 1200.00, of which 100.00 was set off in May and the rule sets off 100.00 at each close.
TEST(CashOutlook, WhatAnInsurerPaidInAdvanceDoesNotComeAgain) {
    Office office(region());
    post(office, event(ledger::EventKind::advance_received, "voorschot:1", 1200'00), "2024-05-01");
    ledger::Event off = event(ledger::EventKind::advance_set_off, "verrekend:2024-05/x", 100'00);
    off.earlier_key = "voorschot:1";
    post(office, off, "2024-05-31");
    keep(office, claim_of("A", "2024-06-01", 80'00), claim::State::approved, 80'00);
    keep(office, claim_of("B", "2024-06-02", 1000'00), claim::State::approved, 1000'00);
    const auto got = must(engine::cash_outlook(office.world, day("2024-06-03")));
    // 80.00 and 20.00 of what was granted are paid by the set-off of May; 980.00 is left, due by the term on
    // 2 July, in the week of 1 July. The close of June comes before, in the week of 24 June.
    ASSERT_EQ(got.forecast.insurers.size(), 1U);
    EXPECT_EQ(got.forecast.insurers[0].open, Cents::of(980'00));
    EXPECT_EQ(got.forecast.weeks[0][1].opening, Cents::of(1200'00));
    EXPECT_EQ(got.forecast.weeks[4][1].in, Cents::of(880'00));
    EXPECT_EQ(got.forecast.set_off_in[1], Cents::of(100'00));  // after 2 July nothing comes any more
    EXPECT_EQ(got.forecast.weeks[5][1].out, Cents::of(980'00));
}

TEST(CashOutlook, PayoutsAndAdvancesOfParticipants) {
    struct Row {
        const char* name;
        std::int64_t advanced;
        engine::PayoutState state;
        std::string_view approved;
        std::int64_t due, held_back, on_the_way;
        std::int64_t first_out, second_out;  // in the weeks of 3 and 10 June
    };
    using enum engine::PayoutState;
    // 1000.00 is divided of money that is here; a payout of 300.00 is for 12 June.
    const Row rows[] = {
        {"proposed only", 0, proposed, "2024-06-03", 1000'00, 0, 0, 1000'00, 0},
        {"approved", 0, approved, "2024-06-03", 700'00, 0, 300'00, 700'00, 300'00},
        {"approved after the day", 0, approved, "2024-06-04", 1000'00, 0, 0, 1000'00, 0},
        {"ordered", 0, ordered, "2024-06-03", 700'00, 0, 300'00, 700'00, 300'00},
        {"dropped", 0, dropped, "2024-06-03", 1000'00, 0, 0, 1000'00, 0},
        {"advanced", 250'00, approved, "2024-06-03", 450'00, 250'00, 300'00, 450'00, 300'00},
        {"advanced more than is due", 900'00, approved, "2024-06-03", 0, 700'00, 300'00, 0, 300'00},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Office office(region());
        ledger::Event divided = event(ledger::EventKind::division_booked, "verdeeld:1", 0);
        divided.shares = {{midwives, Cents::of(1000'00)}};
        post(office, divided, "2024-06-01");
        if (row.advanced > 0)
            post(office, event(ledger::EventKind::participant_advanced, "voorschot:2", row.advanced),
                 "2024-06-01");
        engine::PayoutRow payout;
        payout.number = 1;
        payout.proposed = day("2024-06-02");
        payout.pay_on = day("2024-06-12");
        payout.state = row.state;
        payout.approved = day(row.approved);
        payout.lines = {{midwives, Cents::of(300'00), base::digest("account"), false}};
        must(office.world.store.add_payout(payout));
        if (row.state == ordered)
            post(office,
                 event(ledger::EventKind::payout_ordered, engine::ordered_key(engine::reference_of(1, 1)),
                       300'00),
                 "2024-06-03");
        const auto got = must(engine::cash_outlook(office.world, day("2024-06-03")));
        EXPECT_EQ(got.due, Cents::of(row.due));
        EXPECT_EQ(got.held_back, Cents::of(row.held_back));
        EXPECT_EQ(got.on_the_way, Cents::of(row.on_the_way));
        EXPECT_EQ(got.forecast.weeks[0][1].out, Cents::of(row.first_out));
        EXPECT_EQ(got.forecast.weeks[1][1].out, Cents::of(row.second_out));
    }
}

TEST(CashOutlook, AnAdvanceAboveWhatIsDueIsHeldBackLater) {
    Office office(region());
    keep(office, claim_of("A", "2024-06-03", 1000'00), claim::State::sent);
    post(office, event(ledger::EventKind::participant_advanced, "voorschot:2", 400'00), "2024-06-01");
    const auto got = must(engine::cash_outlook(office.world, day("2024-06-03")));
    EXPECT_EQ(got.due, Cents());
    EXPECT_EQ(got.forecast.weeks[4][1].in, Cents::of(1000'00));
    EXPECT_EQ(got.forecast.weeks[5][1].out, Cents::of(600'00));
    EXPECT_EQ(got.forecast.set_off_out[1], Cents::of(400'00));
}

// Seen on a statement, it is off the bank and no longer on its way.
TEST(CashOutlook, APayoutOnAStatementIsOver) {
    Office office(region());
    ledger::Event divided = event(ledger::EventKind::division_booked, "verdeeld:1", 0);
    divided.shares = {{midwives, Cents::of(1000'00)}};
    post(office, divided, "2024-06-01");
    engine::PayoutRow payout;
    payout.number = 1;
    payout.proposed = payout.pay_on = day("2024-06-02");
    payout.state = engine::PayoutState::ordered;
    payout.approved = day("2024-06-02");
    payout.lines = {{midwives, Cents::of(300'00), base::digest("account"), false}};
    must(office.world.store.add_payout(payout));
    const std::string reference = engine::reference_of(1, 1);
    post(office, event(ledger::EventKind::payout_ordered, engine::ordered_key(reference), 300'00),
         "2024-06-02");
    post(office, event(ledger::EventKind::payout_paid, engine::paid_key(reference), 300'00), "2024-06-04");
    const auto before = must(engine::cash_outlook(office.world, day("2024-06-03")));
    EXPECT_EQ(before.on_the_way, Cents::of(300'00));
    EXPECT_EQ(before.forecast.weeks[0][1].closing, Cents::of(-1000'00));
    const auto after = must(engine::cash_outlook(office.world, day("2024-06-04")));
    EXPECT_EQ(after.on_the_way, Cents());
    EXPECT_EQ(after.forecast.weeks[0][1].closing, Cents::of(-1000'00));
}

}  // namespace
}  // namespace bundel::testing
