// Month close: what it refuses, what it books, and that nothing is booked in a closed month any more.
#include <gtest/gtest.h>

#include "engine/answers.h"
#include "engine/books.h"
#include "engine/closing.h"
#include "engine/digest.h"
#include "engine/division.h"
#include "engine/payments.h"
#include "engine/sending.h"
#include "office.h"

namespace bundel::testing {
namespace {

using ledger::Account;
using ledger::AccountKind;
using values::Cents;

std::string close(Office& office, const char* month, std::string_view as_of) {
    const auto first = engine::parse_month(month);
    if (!first.ok()) return as_text(first.error());
    const auto closed = engine::close_month(office.world, *first, day(as_of));
    if (!closed.ok()) return as_text(closed.error());
    return closed->again ? "again" : "closed";
}

// A claim of the IGO that went out in a message of ours on that day.
claim::Sent sent_claim(Office& office, std::string_view on) {
    engine::Outgoing outgoing;
    outgoing.kind = "KZ301 3.2-provisional";
    outgoing.file_name = "verzekeraars/9101/1.txt";
    outgoing.invoice = "F1";
    outgoing.declarant = igo;
    outgoing.insurer = insurer;
    outgoing.message = base::digest("sent");
    outgoing.as_of = day(on);
    must(office.world.store.add_message({outgoing.message, engine::Direction::sent, outgoing.kind, "1"},
                                        {{values::PersonId{}, "sent"}}));
    claim::Sent claim;
    claim.reference = values::Reference::of("BD1");
    claim.person = {9, 9};
    claim.declarant = igo;
    claim.insurer = insurer;
    claim.performance = performance("069:E01");
    claim.care = {day("2024-03-01"), day("2024-03-01")};
    claim.amount = Cents::of(770'00);
    claim.message = must(office.world.store.add_outgoing(outgoing));
    must(office.world.store.set_outgoing(claim.message, engine::OutgoingState::sent, day(on)));
    claim.as_of = day(on);
    must(office.world.store.add_claim(claim));
    claim.state = claim::State::sent;
    claim.sent_day = day(on);
    must(office.world.store.set_claim(claim, day(on), {}));
    auto books = must(engine::Books::open(office.world.store));
    must(engine::book_sent(books, claim, day(on)));
    return claim;
}

// In the order in which they are looked at: each breaks its own rule and every later one.
TEST(Close, RefusalsByDescendingPrecedence) {
    Office office(region());
    sent_claim(office, "2024-04-15");
    struct Row {
        const char* month;
        const char* as_of;
        const char* result;
    };
    const Row rows[] = {
        {"2024-4", "2024-06-01", "close_month_syntax text=2024-4"},
        {"2024-13", "2024-06-01", "close_month_syntax text=2024-13"},
        {"2024-04-01", "2024-06-01", "close_month_syntax text=2024-04-01"},
        {"mei 2024", "2024-06-01", "close_month_syntax text=mei 2024"},
        {"2024-06", "2024-05-31", "close_month_not_over month=2024-06 last=30-06-2024"},
        {"2024-05", "2024-05-31", "close_month_not_over month=2024-05 last=31-05-2024"},
        {"2024-05", "2024-06-01", "close_out_of_order month=2024-05 expected=2024-04"},
        {"2024-04", "2024-04-30", "close_month_not_over month=2024-04 last=30-04-2024"},
        {"2024-04", "2024-05-01", "closed"},
        {"2024-04", "2024-05-01", "again"},
        {"2024-04", "2024-04-01", "again"},
        {"2024-03", "2024-05-01", "close_out_of_order month=2024-03 expected=2024-05"},
        {"2024-06", "2024-07-01", "close_out_of_order month=2024-06 expected=2024-05"},
        {"2024-05", "2025-01-01", "closed"},
    };
    for (const Row& row : rows) EXPECT_EQ(close(office, row.month, row.as_of), row.result) << row.month;
    EXPECT_EQ(must(office.world.store.closings()).size(), 2U);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Close, TheFirstMonthMayLieBeforeTheFirstBooking) {
    Office office(region());
    sent_claim(office, "2024-04-15");
    EXPECT_EQ(close(office, "2024-02", "2024-05-01"), "closed");
    EXPECT_EQ(close(office, "2024-04", "2024-05-01"), "close_out_of_order month=2024-04 expected=2024-03");
    Office empty(region());
    EXPECT_EQ(close(empty, "2024-02", "2024-03-01"), "closed");
}

TEST(Close, AClosedMonthIsWorkedInNoMore) {
    Office office(region());
    sent_claim(office, "2024-04-15");
    ASSERT_EQ(close(office, "2024-04", "2024-05-01"), "closed");
    const auto before = must(engine::state_digest(office.world));
    const std::string refusal = "book_day_closed day=30-04-2024 open=01-05-2024";
    EXPECT_EQ(error_of(engine::resume(office.world, day("2024-04-30"))), refusal);
    EXPECT_EQ(error_of(engine::send_all(office.world, day("2024-04-30"))), refusal);
    EXPECT_EQ(error_of(engine::divide_all(office.world, day("2024-04-30"))), refusal);
    EXPECT_EQ(must(engine::state_digest(office.world)), before);
    for (const char* open : {"2024-03-31", "2024-05-01"}) {
        EXPECT_EQ(error_of(engine::send_all(office.world, day(open))), "");
        EXPECT_EQ(error_of(engine::divide_all(office.world, day(open))), "");
    }
}

TEST(Close, AnAnswerHeardLateIsBookedOnTheFirstOpenDay) {
    struct Row {
        const char* received;
        const char* booked;
    };
    const Row rows[] = {
        {"2024-04-16", "2024-06-01"}, {"2024-04-30", "2024-06-01"}, {"2024-05-31", "2024-06-01"},
        {"2024-06-01", "2024-06-01"}, {"2024-06-02", "2024-06-02"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.received);
        Office office(region());
        const claim::Sent claim = sent_claim(office, "2024-04-15");
        ASSERT_EQ(close(office, "2024-04", "2024-06-01"), "closed");
        ASSERT_EQ(close(office, "2024-05", "2024-06-01"), "closed");
        intake::Answers answers;
        answers.declarant = igo;
        answers.invoice = "F1";
        answers.lines.push_back({});
        answers.lines.back().reference = claim.reference;
        base::Findings findings;
        must(engine::apply(office.world, answers, base::digest("answer"), "a", day(row.received), findings));
        const auto entries = must(office.world.store.entries());
        EXPECT_EQ(entries.back().content.kind, ledger::EventKind::claim_rejected);
        EXPECT_EQ(entries.back().content.booking_day, day(row.booked));
        EXPECT_EQ(office.breaches(), "");
    }
}

TEST(Close, APaymentHeardLateIsBookedOnTheFirstOpenDay) {
    Office office(region());
    const claim::Sent claim = sent_claim(office, "2024-04-15");
    ASSERT_EQ(close(office, "2024-04", "2024-06-01"), "closed");
    intake::Payment payment;
    payment.insurer = insurer;
    payment.key = base::FixedText<40>::of("p1");
    payment.declarant = igo;
    payment.claim = claim.reference;
    payment.day = day("2024-04-20");
    payment.amount = Cents::of(5'00);
    const auto message = base::digest("betalingen");
    must(office.world.store.add_message({message, engine::Direction::received, "csv betalingen", "p"},
                                        {{values::PersonId{}, "betalingen"}}));
    must(office.world.store.add_receipt(message, day("2024-04-25")));
    base::Findings findings;
    EXPECT_EQ(must(engine::take_payments(office.world, {payment}, message, "betalingen.csv",
                                         day("2024-04-25"), findings)),
              1U);
    EXPECT_EQ(must(office.world.store.entries()).back().content.booking_day, day("2024-05-01"));
    EXPECT_EQ(office.breaches(), "");
}

// ---- What it books ----

const rulebook::Rulebook& two_are_enough() {
    static const rulebook::Rulebook book =
        changed_rulebook("rulebook.toml", "least_history = { value = 30,", "least_history = { value = 2,");
    return book;
}

Woman whole_pregnancy() {
    Woman woman;
    woman.heard_on("2023-10-21").enrolled(midwives, "2023-10-20", "2024-06-01");
    woman.heard_on("2024-06-02").born("2024-06-01");
    woman.heard_on("2024-07-10").line(midwives, "V-1", "032:1001", "2023-10-20", 1200'00, "2024-06-30");
    return woman;
}

Woman under_way() {
    Woman woman;
    woman.heard_on("2024-11-21").enrolled(midwives, "2024-11-20", "2025-07-02");
    return woman;
}

struct Money {
    Cents accrued, expected;
    bool operator==(const Money&) const = default;
};
Money accrued_in(Office& office) {
    const auto books = must(engine::Books::open(office.world.store));
    return {books.book().balance(Account::of(AccountKind::accrued, "prenataal:verloskunde")),
            books.book().balance(Account::of(AccountKind::expected, "prenataal:verloskunde"))};
}

TEST(Close, BooksTheAccrualAndTakesTheLastOneBack) {
    Office office(region(), two_are_enough());
    office.add(whole_pregnancy());
    office.add(whole_pregnancy());
    office.add(under_way());
    const auto december = must(engine::close_month(office.world, day("2024-12-01"), day("2025-01-05")));
    EXPECT_EQ(december.taken_back, Cents());
    EXPECT_GT(december.accrued, Cents());
    EXPECT_EQ(december.entries, 4U) << "the accrual, and what is still to be claimed of three performances";
    EXPECT_EQ(accrued_in(office), (Money{december.accrued, -december.accrued}));
    const auto january = must(engine::close_month(office.world, day("2025-01-01"), day("2025-02-05")));
    EXPECT_EQ(january.taken_back, december.accrued);
    EXPECT_GT(january.accrued, december.accrued);
    EXPECT_EQ(january.planned, december.planned);
    EXPECT_EQ(january.entries, 8U) << "each booked anew, and that of December taken back";
    EXPECT_EQ(accrued_in(office), (Money{january.accrued, -january.accrued}));
    for (const auto& entry : must(office.world.store.entries())) {
        const bool first = entry.number <= 4;
        EXPECT_EQ(entry.content.booking_day, day(first ? "2024-12-31" : "2025-01-31"));
    }
    // What is heard after the month changes the estimate of later months, not what was booked.
    EXPECT_EQ(must(engine::booked_accruals(office.world, day("2024-12-31")))->size(), 1U);
    EXPECT_EQ(must(engine::booked_accruals(office.world, day("2025-02-28"))), std::nullopt);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Close, WithoutHistoryNothingIsBookedAndItSaysSo) {
    Office office(region());
    office.add(under_way());
    const auto closed = must(engine::close_month(office.world, day("2024-12-01"), day("2025-01-05")));
    EXPECT_EQ(closed.accrued, Cents());
    EXPECT_EQ(closed.entries, 0U);
    EXPECT_EQ(closed.without, 3U);  // of a midwife, of the hospital and of kraamzorg
}

}  // namespace
}  // namespace bundel::testing
