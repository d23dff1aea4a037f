// Advances and opening balances: booked once, whatever is told twice; set off at the close of a month by the
// rule of the rulebook.
#include "engine/advances.h"

#include <gtest/gtest.h>

#include "engine/closing.h"
#include "engine/opening.h"
#include "ledger/check.h"
#include "office.h"
#include "support/property.h"

namespace bundel::testing {
namespace {

using engine::OpeningAt;
using intake::Advance;
using intake::AdvanceMove;
using intake::OpeningBalance;
using ledger::Account;
using ledger::AccountKind;
using values::Cents;

const Account from_insurer = Account::of(AccountKind::insurer_advance, "9101");
const Account to_midwives = Account::of(AccountKind::participant_advance, "08000101");
const Account granted = Account::of(AccountKind::granted, "9101");
const Account coming = Account::of(AccountKind::payable, "08000101");
const Account bank = Account::of(AccountKind::bank);

Advance row(const char* key, bool of_insurer, AdvanceMove move, std::int64_t cents, bool withdrawn = false) {
    Advance advance;
    advance.key = base::FixedText<40>::of(key);
    advance.withdrawn = withdrawn;
    advance.of_insurer = of_insurer;
    if (of_insurer) advance.insurer = insurer;
    if (!of_insurer) advance.participant = values::AgbCode::of(8'000'101);
    advance.day = day("2024-01-10");
    advance.move = move;
    advance.amount = Cents::of(cents);
    return advance;
}

std::string codes(const base::Findings& findings) {
    std::string text;
    for (const auto& finding : findings) text += (text.empty() ? "" : " ") + finding.code;
    return text;
}

// Fresh rows, or what was refused.
std::string take(Office& office, const std::vector<Advance>& rows, const char* on = "2024-01-15") {
    base::Findings findings;
    const auto fresh = must(engine::take_advances(office.world, rows, "v.csv", day(on), findings));
    return findings.empty() ? std::to_string(fresh) : codes(findings);
}

Cents balance(Office& office, const Account& account) {
    return must(engine::Books::open(office.world.store)).book().balance(account);
}

void post(Office& office, ledger::EventKind kind, const char* key, std::int64_t cents, const char* on) {
    auto books = must(engine::Books::open(office.world.store));
    ledger::Event event;
    event.kind = kind;
    event.key = key;
    event.booking_day = day(on);
    event.care_period = values::Period::day(event.booking_day);
    event.insurer = insurer;
    event.performance = "069:990001";
    event.participant = values::AgbCode::of(8'000'101);
    event.amount = Cents::of(cents);
    if (kind == ledger::EventKind::division_booked) {
        event.shares = {{event.participant, event.amount}};
        event.amount = Cents();
    }
    must(books.post(event));
}

TEST(Advances, EachRowMovesMoneyBetweenItsAccounts) {
    struct Row {
        Advance row;
        std::int64_t open, bank, other;
    };
    const Row rows[] = {
        {row("a", true, AdvanceMove::received, 100'00), -100'00, 100'00, 0},
        {row("b", true, AdvanceMove::paid, 30'00), -70'00, 70'00, 0},
        {row("c", true, AdvanceMove::set_off, 20'00), -50'00, 70'00, -20'00},
        {row("c", true, AdvanceMove::set_off, 20'00, true), -70'00, 70'00, 0},
        {row("b", true, AdvanceMove::paid, 30'00, true), -100'00, 100'00, 0},
        {row("a", true, AdvanceMove::received, 100'00, true), 0, 0, 0},
    };
    Office office(region());
    for (const Row& one : rows) {
        SCOPED_TRACE(one.row.key.str() + (one.row.withdrawn ? " back" : ""));
        EXPECT_EQ(take(office, {one.row}), "1");
        EXPECT_EQ(take(office, {one.row}), "0") << "told again";
        EXPECT_EQ(balance(office, from_insurer), Cents::of(one.open));
        EXPECT_EQ(balance(office, bank), Cents::of(one.bank));
        EXPECT_EQ(balance(office, granted), Cents::of(one.other));
    }
    EXPECT_EQ(take(office, {row("p", false, AdvanceMove::paid, 40'00)}), "1");
    EXPECT_EQ(take(office, {row("q", false, AdvanceMove::received, 10'00)}), "1");
    EXPECT_EQ(take(office, {row("r", false, AdvanceMove::set_off, 5'00)}), "1");
    EXPECT_EQ(balance(office, to_midwives), Cents::of(25'00));
    EXPECT_EQ(balance(office, bank), Cents::of(-30'00));
    EXPECT_EQ(balance(office, coming), Cents::of(5'00));
    EXPECT_EQ(take(office, {row("r", false, AdvanceMove::set_off, 5'00, true)}), "1");
    EXPECT_EQ(balance(office, coming), Cents());
    EXPECT_EQ(office.breaches(), "");
}

TEST(Advances, WhatCannotBeIsRefusedAloneAndChangesNothing) {
    struct Row {
        const char* refusal;
        Advance row;
    };
    const Row rows[] = {
        {"advance_key_reused", row("a", true, AdvanceMove::received, 101'00)},
        {"advance_key_reused", row("a", true, AdvanceMove::paid, 100'00)},
        {"advance_key_reused", row("a", false, AdvanceMove::paid, 100'00)},
        {"advance_key_reused", row("a", true, AdvanceMove::received, 101'00, true)},
        {"advance_unknown", row("z", true, AdvanceMove::received, 100'00, true)},
        {"advance_above_open", row("z", true, AdvanceMove::paid, 60'01)},
        {"advance_above_open", row("z", true, AdvanceMove::set_off, 60'01)},
        {"advance_above_open", row("z", false, AdvanceMove::received, 1)},
        {"advance_spent", row("a", true, AdvanceMove::received, 100'00, true)},
    };
    Office office(region());
    ASSERT_EQ(take(office, {row("a", true, AdvanceMove::received, 100'00),
                            row("s", true, AdvanceMove::set_off, 40'00)}),
              "2");
    const auto before = must(office.world.store.entries());
    for (const Row& one : rows) {
        SCOPED_TRACE(one.row.key.str() + " " + one.refusal);
        EXPECT_EQ(take(office, {one.row}), one.refusal);
        EXPECT_EQ(must(office.world.store.entries()), before);
    }
    EXPECT_EQ(take(office, {row("z", true, AdvanceMove::paid, 60'00)}), "1") << "all that is open";
}

TEST(Advances, TheOrderOfTheRowsDoesNotMatter) {
    const std::vector<Advance> rows = {
        row("w", true, AdvanceMove::received, 5'00, true), row("s", true, AdvanceMove::set_off, 40'00),
        row("a", true, AdvanceMove::received, 100'00), row("w", true, AdvanceMove::received, 5'00)};
    Office office(region());
    EXPECT_EQ(take(office, rows), "4");
    EXPECT_EQ(balance(office, from_insurer), Cents::of(-60'00));
}

TEST(Advances, WhatIsHeardOfAClosedMonthIsBookedAfterIt) {
    Office office(region());
    must(engine::close_month(office.world, day("2024-01-01"), day("2024-02-01")));
    EXPECT_EQ(take(office, {row("a", true, AdvanceMove::received, 1)}, "2024-01-31"), "1");
    EXPECT_EQ(must(office.world.store.entries()).back().content.booking_day, day("2024-02-01"));
}

// ---- Set-off by rule: a twelfth of each advance a month ----

engine::Closed close(Office& office, const char* month) {
    const auto first = must(engine::parse_month(month));
    return must(engine::close_month(office.world, first, first.plus_days(45)));
}

TEST(SetOff, TheOldestFirstATwelfthAMonthAndNoMoreThanIsGranted) {
    Office office(region());
    ASSERT_EQ(take(office, {row("a", true, AdvanceMove::received, 120'00)}, "2024-01-10"), "1");
    ASSERT_EQ(take(office, {row("b", true, AdvanceMove::received, 25)}, "2024-01-11"), "1");
    EXPECT_EQ(close(office, "2024-01").set_off.insurers, Cents()) << "nothing is granted";
    post(office, ledger::EventKind::claim_sent, "s", 20'05, "2024-02-01");
    EXPECT_EQ(close(office, "2024-02").set_off.insurers, Cents()) << "claimed is not granted";
    post(office, ledger::EventKind::claim_approved, "g", 20'05, "2024-03-01");
    const auto march = close(office, "2024-03");
    EXPECT_EQ(march.set_off.insurers, Cents::of(10'03)) << "10,00 of a, 0,03 of b: up to a cent";
    const auto entries = must(office.world.store.entries());
    const auto& last = entries.back().content;
    EXPECT_EQ(last.kind, ledger::EventKind::advance_set_off);
    EXPECT_EQ(last.booking_day, day("2024-03-31"));
    EXPECT_EQ(last.earlier_key, entries[1].content.key) << "b: it names the advance";
    EXPECT_EQ(close(office, "2024-04").set_off.insurers, Cents::of(10'02)) << "what is left of the grant";
    EXPECT_EQ(balance(office, granted), Cents());
    EXPECT_EQ(balance(office, from_insurer), Cents::of(-(120'25 - 20'05)));
    EXPECT_EQ(close(office, "2024-05").set_off.insurers, Cents());
    EXPECT_TRUE(close(office, "2024-05").again);
    EXPECT_EQ(office.breaches(), "");
}

TEST(SetOff, AParticipantIsSetOffAgainstWhatItHasComing) {
    Office office(region());
    ASSERT_EQ(take(office, {row("p", false, AdvanceMove::paid, 24'00)}), "1");
    post(office, ledger::EventKind::division_booked, "d", 3'00, "2024-01-20");
    EXPECT_EQ(close(office, "2024-01").set_off.participants, Cents::of(2'00));
    EXPECT_EQ(balance(office, coming), Cents::of(-1'00));
    EXPECT_EQ(close(office, "2024-02").set_off.participants, Cents::of(1'00));
    EXPECT_EQ(balance(office, coming), Cents());
    EXPECT_EQ(balance(office, to_midwives), Cents::of(21'00));
    EXPECT_EQ(office.breaches(), "");
}

TEST(SetOff, WhatCameAfterTheMonthIsNotOfTheMonth) {
    Office office(region());
    ASSERT_EQ(take(office, {row("a", true, AdvanceMove::received, 120'00)}, "2024-01-10"), "1");
    post(office, ledger::EventKind::claim_sent, "s", 50'00, "2024-01-15");
    post(office, ledger::EventKind::claim_approved, "g", 50'00, "2024-02-01");
    EXPECT_EQ(close(office, "2024-01").set_off.insurers, Cents()) << "granted the day after";
    post(office, ledger::EventKind::claim_paid, "p", 45'00, "2024-03-01");
    EXPECT_EQ(close(office, "2024-02").set_off.insurers, Cents::of(5'00)) << "paid since, but for five";
}

TEST(SetOff, WithoutARuleNothingIsSetOff) {
    static const rulebook::Rulebook silent = [] {
        auto files = rulebook_files();
        files.erase("set_off.toml");
        return load_rulebook(files);
    }();
    Office office(region(), silent);
    ASSERT_EQ(take(office, {row("a", true, AdvanceMove::received, 120'00)}), "1");
    post(office, ledger::EventKind::claim_sent, "s", 50'00, "2024-01-15");
    post(office, ledger::EventKind::claim_approved, "g", 50'00, "2024-01-15");
    EXPECT_EQ(close(office, "2024-01").set_off.insurers, Cents());
}

TEST(SetOff, AnOpeningBalanceIsTheOldestAdvance) {
    Office office(region());
    base::Findings findings;
    EXPECT_EQ(must(engine::take_openings(office.world,
                                         {{"voorschot_verzekeraar:9101", Cents::of(-12'00), 2},
                                          {"toegekend:9101", Cents::of(12'00), 3}},
                                         "o.csv", day("2024-01-01"), OpeningAt::empty_book, findings)),
              2U);
    ASSERT_EQ(take(office, {row("a", true, AdvanceMove::received, 24'00)}), "1");
    EXPECT_EQ(close(office, "2024-01").set_off.insurers, Cents::of(3'00));
    EXPECT_EQ(must(office.world.store.entries())[3].content.earlier_key,
              "beginsaldo:voorschot_verzekeraar:9101");
}

// ---- Opening balances ----

struct Opened {
    std::size_t booked = 0;
    std::string refused;
};
Opened open(Office& office, const std::vector<OpeningBalance>& rows, OpeningAt at = OpeningAt::empty_book) {
    base::Findings findings;
    const auto booked =
        must(engine::take_openings(office.world, rows, "o.csv", day("2024-01-01"), at, findings));
    return {booked, codes(findings)};
}

const std::vector<OpeningBalance> sound = {{"bank", Cents::of(100'00), 2},
                                           {"toegekend:9101", Cents(), 3},
                                           {"deelnemer:08000101", Cents::of(-90'00), 4},
                                           {"reserve", Cents::of(-10'00), 5}};

TEST(Opening, IsBookedOnceAndComesToZero) {
    Office office(region());
    EXPECT_EQ(open(office, sound).booked, 3U) << "nothing is nothing to book";
    EXPECT_EQ(balance(office, bank), Cents::of(100'00));
    EXPECT_EQ(balance(office, coming), Cents::of(-90'00));
    EXPECT_EQ(balance(office, Account::of(AccountKind::opening)), Cents());
    EXPECT_EQ(open(office, sound).refused, "opening_book_begun");
    EXPECT_EQ(open(office, sound, OpeningAt::cutover).refused, "opening_twice");
    EXPECT_EQ(must(office.world.store.entries()).size(), 3U);
    EXPECT_EQ(office.breaches(), "");
}

TEST(Opening, AnyFaultAndNothingIsBooked) {
    struct Row {
        const char* refused;
        OpeningBalance last;
    };
    const Row rows[] = {
        {"opening_account_unknown opening_unbalanced", {"kas", Cents::of(1), 6}},
        {"opening_account_unknown", {"vordering", Cents(), 6}},
        {"opening_account_wrong", {"openingsbalans", Cents(), 6}},
        {"opening_account_wrong", {"gepland:9101", Cents(), 6}},
        {"opening_account_wrong", {"verwacht_te_declareren:069:990001", Cents(), 6}},
        {"opening_account_wrong", {"onderhanden_werk:nataal:overig", Cents(), 6}},
        {"opening_account_wrong", {"verwacht_te_verdelen:nataal:overig", Cents(), 6}},
        {"opening_account_twice", {"bank", Cents(), 6}},
        {"opening_unbalanced", {"onverwerkt:9101", Cents::of(1), 6}},
    };
    Office office(region());
    for (const Row& one : rows) {
        auto openings = sound;
        openings.push_back(one.last);
        const Opened opened = open(office, openings);
        EXPECT_EQ(opened.refused, one.refused) << one.last.account;
        EXPECT_EQ(opened.booked, 0U);
        EXPECT_TRUE(must(office.world.store.entries()).empty());
    }
    base::Findings unread(1);
    EXPECT_EQ(must(engine::take_openings(office.world, sound, "o.csv", day("2024-01-01"),
                                         OpeningAt::empty_book, unread)),
              0U);
    EXPECT_EQ(unread.back().code, "opening_incomplete");
}

TEST(Opening, AtTheCutOverItMayStandBesideWhatIsTakenOver) {
    Office office(region());
    post(office, ledger::EventKind::claim_sent, "s", 50'00, "2024-01-01");
    EXPECT_EQ(open(office, sound).refused, "opening_book_begun");
    EXPECT_EQ(open(office, sound, OpeningAt::cutover).booked, 3U);
}

TEST(Opening, AnAmountBeyondAllMeasureIsAnError) {
    Office office(region());
    base::Findings findings;
    const auto opened =
        engine::take_openings(office.world, {{"bank", Cents::of(INT64_MAX), 2}, {"reserve", Cents::of(1), 3}},
                              "o.csv", day("2024-01-01"), OpeningAt::empty_book, findings);
    EXPECT_EQ(error_of(opened), "cents_overflow");
}

}  // namespace
}  // namespace bundel::testing
