#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "ledger/check.h"
#include "ledger/journal.h"
#include "ledger/shadow.h"
#include "support/any_book.h"
#include "support/property.h"

namespace bundel::ledger {
namespace {

using bundel::testing::any_events;
using bundel::testing::book_of;
using bundel::testing::expect_law;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::Period;
using values::UzoviCode;

const Date first_day = Date::of(2024, 1, 15);
const AgbCode midwives = AgbCode::of(8'000'101);
const AgbCode hospital = AgbCode::of(6'000'102);
const Account owed = Account::of(AccountKind::receivable, "1234");
const Account granted = Account::of(AccountKind::granted, "1234");
const Account pot = Account::of(AccountKind::to_divide, "069:E01");
const Account reserve = Account::of(AccountKind::reserve);
const Account bank = Account::of(AccountKind::bank);

std::string code_of(const auto& result) {
    return result.ok() ? "" : result.error().code;
}

Event event(EventKind kind, std::string key, std::int64_t cents) {
    Event result;
    result.kind = kind;
    result.key = std::move(key);
    result.booking_day = first_day;
    result.care_period = {Date::of(2023, 6, 1), Date::of(2024, 1, 1)};
    result.insurer = UzoviCode::of(1234);
    result.performance = "069:E01";
    result.amount = Cents::of(cents);
    return result;
}

Event division(EventKind kind, std::string key, std::vector<Share> shares, std::int64_t kept) {
    Event result = event(kind, std::move(key), 0);
    result.shares = std::move(shares);
    result.reserve = Cents::of(kept);
    return result;
}

TEST(Account, Table) {
    for (const char* path :
         {"vordering:1234", "te_verdelen:069:E01", "deelnemer:08000101", "reserve", "bank", "onverwerkt:1234",
          "te_verdelen:a.b-c_d/e:F", "deelnemer:123456789012345678901234"}) {
        SCOPED_TRACE(path);
        EXPECT_EQ(Account::parse(path)->path(), path);
    }
    struct Row {
        const char* path;
        const char* error;
    };
    const Row rows[] = {
        {"", "ledger_account_unknown"},
        {"Vordering:1234", "ledger_account_unknown"},
        {"kas", "ledger_account_unknown"},
        {"vordering", "ledger_party_missing"},
        {"vordering:", "ledger_party_syntax"},
        {"reserve:", "ledger_party_syntax"},
        {"reserve:1", "ledger_party_unexpected"},
        {"vordering::1", "ledger_party_syntax"},
        {"vordering:1:", "ledger_party_syntax"},
        {"vordering:1::2", "ledger_party_syntax"},
        {"vordering:1 2", "ledger_party_syntax"},
        {"vordering:1;2", "ledger_party_syntax"},
        {"vordering:\xc3\xa9", "ledger_party_syntax"},
        {"vordering:1234567890123456789012345", "ledger_party_syntax"},
    };
    for (const Row& row : rows) EXPECT_EQ(code_of(Account::parse(row.path)), row.error) << row.path;
    EXPECT_DEATH(static_cast<void>(Account::of(AccountKind::bank, "x")), "account.ok");
}

TEST(Chart, OneRowPerKindUnderItsOwnName) {
    std::set<std::string_view> names;
    std::set<AccountKind> kinds;
    for (const ChartRow& row : chart_rows()) {
        names.insert(row.name);
        kinds.insert(row.kind);
        EXPECT_FALSE(row.meaning.empty());
        EXPECT_EQ(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), std::string_view::npos);
    }
    EXPECT_EQ(names.size(), chart_rows().size());
    EXPECT_EQ(kinds.size(), 18U);
}

TEST(Events, OneRowPerKindUnderItsOwnCode) {
    std::set<std::string_view> codes;
    for (const EventRow& row : event_rows()) {
        EXPECT_EQ(*parse_event_kind(row.code), row.kind);
        EXPECT_EQ(&row_of(row.kind), &row);
        codes.insert(row.code);
    }
    EXPECT_EQ(codes.size(), 40U);
    EXPECT_EQ(code_of(parse_event_kind("claim_lost")), "ledger_event_unknown");
}

TEST(EntryFor, EachKindMovesMoneyBetweenItsAccounts) {
    const Account unapplied = Account::of(AccountKind::unapplied, "1234");
    const Account planned = Account::of(AccountKind::planned, "1234");
    const Account advance = Account::of(AccountKind::insurer_advance, "1234");
    struct Row {
        EventKind kind;
        Account debit, credit;
    };
    const Row rows[] = {
        {EventKind::claim_sent, owed, pot},
        {EventKind::claim_reduced, pot, owed},
        {EventKind::claim_rejected, pot, owed},
        {EventKind::claim_approved, granted, owed},
        {EventKind::claim_paid, bank, granted},
        {EventKind::credit_accepted, pot, granted},
        {EventKind::payment_unapplied, bank, unapplied},
        {EventKind::payment_applied, unapplied, granted},
        {EventKind::payment_reversed, granted, bank},
        {EventKind::unapplied_reversed, unapplied, bank},
        {EventKind::reversal_applied, granted, unapplied},
        {EventKind::claim_planned, planned, Account::of(AccountKind::planned_contra, "069:E01")},
        {EventKind::advance_received, bank, advance},
        {EventKind::advance_repaid, advance, bank},
        {EventKind::advance_set_off, advance, granted},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row_of(row.kind).code);
        std::vector<Posting> wanted{{row.debit, Cents::of(1310'75)}, {row.credit, Cents::of(-1310'75)}};
        std::sort(wanted.begin(), wanted.end());
        EXPECT_EQ(entry_for(event(row.kind, "k", 1310'75))->postings, wanted);
        EXPECT_EQ(code_of(entry_for(event(row.kind, "k", 0))), "ledger_amount_not_positive");
        EXPECT_EQ(code_of(entry_for(event(row.kind, "k", -1))), "ledger_amount_not_positive");
        Event nobody = event(row.kind, "k", 1);
        nobody.insurer = UzoviCode::none();
        EXPECT_EQ(code_of(entry_for(nobody)), "ledger_insurer_missing");
    }
    Event nothing = event(EventKind::claim_sent, "k", 1);
    nothing.performance = "";
    EXPECT_EQ(code_of(entry_for(nothing)), "ledger_performance_missing");
    nothing.performance = "069 E01";
    EXPECT_EQ(code_of(entry_for(nothing)), "ledger_party_syntax");
}

TEST(EntryFor, WhatIsOfAParticipantOrASupplierMovesOnItsOwnAccount) {
    const Account coming = Account::of(AccountKind::payable, "08000101");
    const Account advance = Account::of(AccountKind::participant_advance, "08000101");
    const Account on_its_way = Account::of(AccountKind::in_transit, "08000101");
    struct Row {
        EventKind kind;
        Account debit, credit;
    };
    const Row rows[] = {
        {EventKind::participant_advanced, advance, bank},
        {EventKind::participant_advance_repaid, bank, advance},
        {EventKind::participant_advance_set_off, coming, advance},
        {EventKind::payout_ordered, coming, on_its_way},
        {EventKind::payout_paid, on_its_way, bank},
        {EventKind::payout_returned, on_its_way, coming},
        {EventKind::payout_refunded, bank, coming},
        {EventKind::supplier_paid, Account::of(AccountKind::supplier, "50000001"), bank},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row_of(row.kind).code);
        Event good = event(row.kind, "k", 12'34);
        good.participant = midwives;
        good.supplier = "50000001";
        std::vector<Posting> wanted{{row.debit, Cents::of(12'34)}, {row.credit, Cents::of(-12'34)}};
        std::sort(wanted.begin(), wanted.end());
        EXPECT_EQ(entry_for(good)->postings, wanted);
        const bool of_supplier = row.kind == EventKind::supplier_paid;
        Event nobody = good;
        nobody.participant = AgbCode::none();
        EXPECT_EQ(code_of(entry_for(nobody)), of_supplier ? "" : "ledger_participant_missing");
        nobody.supplier = "";
        EXPECT_EQ(code_of(entry_for(nobody)),
                  of_supplier ? "ledger_party_missing" : "ledger_participant_missing");
        nobody.amount = -good.amount;
        EXPECT_EQ(code_of(entry_for(nobody)), "ledger_amount_not_positive");
    }
}

TEST(EntryFor, WhatIsSettledWithAnInsurerFillsAPotOfItsOwn) {
    struct Row {
        EventKind booked, reversed;
        const char* pot;
    };
    const Row rows[] = {{EventKind::true_up_booked, EventKind::true_up_reversed, "samenloop"},
                        {EventKind::reward_booked, EventKind::reward_reversed, "kwaliteit"}};
    for (const Row& row : rows) {
        for (const std::int64_t cents : {70'00, -70'00}) {
            SCOPED_TRACE(row.pot + std::to_string(cents));
            const Account filled = Account::of(AccountKind::to_divide, row.pot);
            EXPECT_EQ(entry_for(event(row.booked, "k", cents))->postings,
                      (std::vector<Posting>{{owed, Cents::of(cents)}, {filled, Cents::of(-cents)}}));
            Event back = event(row.reversed, "k", cents);
            EXPECT_EQ(code_of(entry_for(back)), "ledger_earlier_missing");
            back.earlier_key = "e";
            EXPECT_EQ(entry_for(back)->postings,
                      (std::vector<Posting>{{owed, Cents::of(-cents)}, {filled, Cents::of(cents)}}));
        }
        EXPECT_EQ(code_of(entry_for(event(row.booked, "k", 0))), "ledger_amount_not_positive");
    }
}

TEST(EntryFor, WhatIsPaidOfASettlementGoesBothWays) {
    for (const std::int64_t cents : {70'00, -70'00}) {
        auto paid = entry_for(event(EventKind::settlement_paid, "k", cents))->postings;
        std::vector<Posting> expected{{bank, Cents::of(cents)}, {owed, Cents::of(-cents)}};
        std::ranges::sort(expected);
        EXPECT_EQ(paid, expected);
        auto applied = entry_for(event(EventKind::settlement_applied, "k", cents))->postings;
        expected = {{Account::of(AccountKind::unapplied, "1234"), Cents::of(cents)},
                    {owed, Cents::of(-cents)}};
        std::ranges::sort(expected);
        EXPECT_EQ(applied, expected);
    }
}

TEST(EntryFor, ASetOffIsReversedByItsMirror) {
    const Account advance = Account::of(AccountKind::insurer_advance, "1234");
    Event back = event(EventKind::advance_set_off_reversed, "k", 5);
    EXPECT_EQ(code_of(entry_for(back)), "ledger_earlier_missing");
    back.earlier_key = "e";
    EXPECT_EQ(entry_for(back)->postings,
              (std::vector<Posting>{{granted, Cents::of(5)}, {advance, Cents::of(-5)}}));
    back.kind = EventKind::participant_advance_set_off_reversed;
    back.participant = midwives;
    EXPECT_EQ(
        entry_for(back)->postings,
        (std::vector<Posting>{{Account::of(AccountKind::payable, "08000101"), Cents::of(-5)},
                              {Account::of(AccountKind::participant_advance, "08000101"), Cents::of(5)}}));
}

TEST(EntryFor, APlanIsWithdrawnByItsMirror) {
    Event back = event(EventKind::plan_withdrawn, "k", 5);
    EXPECT_EQ(code_of(entry_for(back)), "ledger_earlier_missing");
    back.earlier_key = "e";
    EXPECT_EQ(entry_for(back)->postings,
              (std::vector<Posting>{{Account::of(AccountKind::planned, "1234"), Cents::of(-5)},
                                    {Account::of(AccountKind::planned_contra, "069:E01"), Cents::of(5)}}));
}

TEST(EntryFor, ABookOpensWithAnyAccountThatIsOnTheBalanceSheet) {
    const Account other_side = Account::of(AccountKind::opening);
    Event opened = event(EventKind::opening_booked, "k", -250'00);
    EXPECT_EQ(code_of(entry_for(opened)), "ledger_opening_account");
    for (const ChartRow& row : chart_rows()) {
        SCOPED_TRACE(row.name);
        opened.account = Account::of(row.kind, row.has_party ? "1234" : "");
        const bool fits = row.kind != AccountKind::opening && row.kind != AccountKind::planned &&
                          row.kind != AccountKind::planned_contra;
        const auto entry = entry_for(opened);
        EXPECT_EQ(code_of(entry), fits ? "" : "ledger_opening_account");
        if (!fits) continue;
        EXPECT_EQ(entry->postings, (std::vector<Posting>{{*opened.account, Cents::of(-250'00)},
                                                         {other_side, Cents::of(250'00)}}));
    }
    opened.account = bank;
    opened.amount = Cents();
    EXPECT_EQ(code_of(entry_for(opened)), "ledger_entry_empty");
    opened.amount = Cents::of(INT64_MIN);
    EXPECT_EQ(code_of(entry_for(opened)), "cents_overflow");
}

TEST(EntryFor, RoundingMovesBetweenParticipantsAndNowhereElse) {
    Event moved = event(EventKind::rounding_moved, "k", 0);
    moved.shares = {{midwives, Cents::of(1)}, {hospital, Cents::of(-1)}};
    EXPECT_EQ(entry_for(moved)->postings,
              (std::vector<Posting>{{Account::of(AccountKind::payable, "06000102"), Cents::of(1)},
                                    {Account::of(AccountKind::payable, "08000101"), Cents::of(-1)}}));
    moved.shares[0].amount = Cents::of(2);
    EXPECT_EQ(code_of(entry_for(moved)), "ledger_shares_unbalanced");
    moved.shares = {{midwives, Cents::of(1)}, {midwives, Cents::of(-1)}};
    EXPECT_EQ(code_of(entry_for(moved)), "ledger_entry_empty");
    moved.shares[1].participant = AgbCode::none();
    EXPECT_EQ(code_of(entry_for(moved)), "ledger_participant_missing");
}

TEST(EntryFor, ADivisionKeepsWhatBoughtCareCost) {
    Event booked = division(EventKind::division_booked, "d", {{midwives, Cents::of(60'00)}}, 0);
    booked.covered = {{"laboratorium", Cents::of(45'00)}, {"overig", Cents::of(-5'00)}};
    const std::vector<Posting> wanted{
        {pot, Cents::of(100'00)},
        {Account::of(AccountKind::payable, "08000101"), Cents::of(-60'00)},
        {Account::of(AccountKind::covered, "laboratorium"), Cents::of(-45'00)},
        {Account::of(AccountKind::covered, "overig"), Cents::of(5'00)},
    };
    EXPECT_EQ(entry_for(booked)->postings, wanted);
    Event back = booked;
    back.kind = EventKind::division_reversed;
    back.earlier_key = "d";
    const auto reversed = entry_for(back);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        EXPECT_EQ(reversed->postings[i], (Posting{wanted[i].account, -wanted[i].amount}));
    booked.covered[0].kind = "";
    EXPECT_EQ(code_of(entry_for(booked)), "ledger_party_missing");
}

TEST(EntryFor, AccrualsAndBoughtCareMoveMoneyOfWhatTheyAreOf) {
    const Account accrued = Account::of(AccountKind::accrued, "prenataal:verloskunde");
    const Account expected = Account::of(AccountKind::expected, "prenataal:verloskunde");
    const Account cost = Account::of(AccountKind::bought_care, "prenataal:verloskunde");
    const Account supplier = Account::of(AccountKind::supplier, "onbekend");
    struct Row {
        EventKind kind;
        Account debit, credit;
        bool earlier, supplier;
    };
    const Row rows[] = {
        {EventKind::accrual_booked, accrued, expected, false, false},
        {EventKind::accrual_reversed, expected, accrued, true, false},
        {EventKind::bought_booked, cost, supplier, false, true},
        {EventKind::bought_reversed, supplier, cost, true, true},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row_of(row.kind).code);
        Event good;
        good.kind = row.kind;
        good.key = "k";
        good.subject = "prenataal:verloskunde";
        if (row.supplier) good.supplier = "onbekend";
        good.amount = Cents::of(12'34);
        if (row.earlier) {
            EXPECT_EQ(code_of(entry_for(good)), "ledger_earlier_missing");
            good.earlier_key = "e";
        }
        std::vector<Posting> wanted{{row.debit, Cents::of(12'34)}, {row.credit, Cents::of(-12'34)}};
        std::sort(wanted.begin(), wanted.end());
        EXPECT_EQ(entry_for(good)->postings, wanted);
        Event poor = good;
        poor.supplier = "";
        EXPECT_EQ(code_of(entry_for(poor)), row.supplier ? "ledger_party_missing" : "");
        Event negative = good;
        negative.amount = -good.amount;
        EXPECT_EQ(code_of(entry_for(negative)), row.supplier ? "" : "ledger_amount_not_positive");
        poor = good;
        poor.subject = "";
        EXPECT_EQ(code_of(entry_for(poor)), "ledger_subject_missing");
        poor.amount = Cents();
        EXPECT_EQ(code_of(entry_for(poor)), "ledger_amount_not_positive");
    }
}

TEST(EntryFor, ADivisionPaysSharesAndReserveOutOfThePot) {
    const std::vector<Share> shares{
        {midwives, Cents::of(60'00)}, {hospital, Cents::of(30'01)}, {midwives, Cents::of(-1'00)}};
    const auto booked = entry_for(division(EventKind::division_booked, "d", shares, 5'00));
    const std::vector<Posting> wanted{
        {pot, Cents::of(94'01)},
        {Account::of(AccountKind::payable, "06000102"), Cents::of(-30'01)},
        {Account::of(AccountKind::payable, "08000101"), Cents::of(-59'00)},
        {reserve, Cents::of(-5'00)},
    };
    EXPECT_EQ(booked->postings, wanted);

    Event back = division(EventKind::division_reversed, "r", shares, 5'00);
    EXPECT_EQ(code_of(entry_for(back)), "ledger_earlier_missing");
    back.earlier_key = "d";
    const auto reversed = entry_for(back);
    for (std::size_t i = 0; i < wanted.size(); ++i)
        EXPECT_EQ(reversed->postings[i], (Posting{wanted[i].account, -wanted[i].amount}));

    EXPECT_EQ(code_of(entry_for(division(EventKind::division_booked, "d", {}, 0))), "ledger_entry_empty");
    EXPECT_EQ(code_of(entry_for(division(EventKind::division_booked, "d", {{midwives, Cents()}}, 0))),
              "ledger_entry_empty");
    EXPECT_EQ(code_of(entry_for(division(EventKind::division_booked, "d", {}, INT64_MIN))), "cents_overflow");
    EXPECT_EQ(
        code_of(entry_for(division(EventKind::division_booked, "d", {{midwives, Cents::of(INT64_MAX)}}, 1))),
        "cents_overflow");
}

TEST(Post, RefusalsByDescendingPrecedenceChangeNothing) {
    Book book;
    ASSERT_TRUE(book.post(event(EventKind::claim_sent, "known", 100)).ok());
    ASSERT_TRUE(book.close(Period::day(Date::of(2024, 1, 1))).ok());
    ASSERT_EQ(book.balance(owed), Cents::of(100));
    const Draft good = *entry_for(event(EventKind::claim_sent, "new", 100));
    const Cents most = Cents::of(INT64_MAX);
    const auto with = [&](auto change) {
        Draft draft = good;
        change(draft);
        return draft;
    };
    struct Row {
        const char* error;
        Draft draft;
    };
    const Row rows[] = {
        {"ledger_key_syntax", with([](Draft& d) {
             d.key = "";
             d.postings.clear();
         })},
        {"ledger_key_syntax", with([](Draft& d) { d.key = "a\nb"; })},
        {"ledger_key_syntax", with([](Draft& d) { d.key = std::string(201, 'k'); })},
        {"ledger_entry_empty", with([](Draft& d) { d.postings.clear(); })},
        {"ledger_postings_disordered", with([](Draft& d) { std::swap(d.postings[0], d.postings[1]); })},
        {"ledger_postings_disordered", with([](Draft& d) { d.postings[1] = d.postings[0]; })},
        {"ledger_postings_disordered", with([](Draft& d) { d.postings[0].amount = Cents(); })},
        {"ledger_unbalanced", with([](Draft& d) {
             d.postings[0].amount += Cents::of(1);
             d.key = "known";
         })},
        {"ledger_key_reused", with([](Draft& d) {
             d.key = "known";
             d.booking_day = Date::of(2024, 1, 1);
         })},
        {"ledger_period_closed", with([](Draft& d) {
             d.booking_day = Date::of(2024, 1, 1);
             d.earlier_key = "x";
         })},
        {"ledger_earlier_unknown", with([&](Draft& d) {
             d.earlier_key = "x";
             d.postings[0].amount = most;
             d.postings[1].amount = -most;
         })},
        {"cents_overflow", with([&](Draft& d) {
             d.postings[0].amount = most;
             d.postings[1].amount = -most;
         })},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(code_of(book.post(row.draft)), row.error);
        EXPECT_EQ(book.entries().size(), 1U);
        EXPECT_EQ(book.balance(owed), Cents::of(100));
        EXPECT_EQ(book.balance(pot), Cents::of(-100));
    }
    EXPECT_TRUE(check(book).empty());
    EXPECT_TRUE(book.post(with([](Draft& d) { d.key = std::string(200, 'k'); })).ok());
}

TEST(Post, TheSameEventTwiceIsOneEntry) {
    Book book;
    const Event sent = event(EventKind::claim_sent, "sent", 100);
    const auto first = book.post(sent);
    EXPECT_EQ(first->number, 1U);
    EXPECT_TRUE(first->fresh);
    ASSERT_TRUE(book.close({Date::of(2024, 1, 1), Date::of(2024, 1, 31)}).ok());
    const auto again = book.post(sent);
    EXPECT_EQ(again->number, 1U);
    EXPECT_FALSE(again->fresh) << "also in a closed period";
    EXPECT_EQ(book.entries().size(), 1U);

    // Every part of the content counts.
    const std::function<void(Event&)> changes[] = {
        [](Event& e) { e.amount = Cents::of(101); },
        [](Event& e) { e.kind = EventKind::claim_paid; },
        [](Event& e) { e.booking_day = Date::of(2024, 2, 1); },
        [](Event& e) { e.care_period.last = Date::of(2024, 1, 2); },
        [](Event& e) { e.insurer = UzoviCode::of(1235); },
        [](Event& e) { e.performance = "069:E02"; },
        [](Event& e) { e.earlier_key = "sent"; },
    };
    for (const auto& change : changes) {
        Event other = sent;
        change(other);
        EXPECT_EQ(code_of(book.post(other)), "ledger_key_reused");
    }
}

TEST(Close, ForbidsBookingInThePeriodAndNothingElse) {
    Book book;
    const auto on = [&](const char* key, Date date) {
        Event sent = event(EventKind::claim_sent, key, 100);
        sent.booking_day = date;
        return code_of(book.post(sent));
    };
    ASSERT_EQ(on("a", Date::of(2024, 1, 1)), "");
    ASSERT_EQ(on("b", Date::of(2024, 2, 1)), "");
    const Period january{Date::of(2024, 1, 1), Date::of(2024, 1, 31)};
    const auto closing = book.close(january);
    EXPECT_EQ(closing->entries, 1U);
    EXPECT_EQ(closing->after, 2U);
    EXPECT_EQ(on("c", Date::of(2023, 12, 31)), "");
    EXPECT_EQ(on("d", Date::of(2024, 1, 1)), "ledger_period_closed");
    EXPECT_EQ(on("e", Date::of(2024, 1, 31)), "ledger_period_closed");
    EXPECT_EQ(on("f", Date::of(2024, 2, 1)), "");

    EXPECT_EQ(*book.close(january), *closing) << "closing twice is closing once";
    EXPECT_EQ(code_of(book.close({Date::of(2024, 1, 31), Date::of(2024, 2, 29)})), "ledger_period_overlaps");
    EXPECT_EQ(code_of(book.close({Date::of(2024, 3, 2), Date::of(2024, 3, 1)})), "period_reversed");
    EXPECT_EQ(book.close({Date::of(2024, 2, 1), Date::of(2024, 2, 29)})->entries, 2U);
    EXPECT_EQ(book.contents().closings.size(), 2U);
    EXPECT_NE(book.contents().closings[0].digest, book.contents().closings[1].digest);
    EXPECT_TRUE(check(book).empty());
}

TEST(Balance, MoneyTakenBackLessensWhatWasPaid) {
    Book book;
    const auto post = [&](Event e) { ASSERT_TRUE(book.post(e).ok()); };
    post(event(EventKind::claim_sent, "1", 1000'00));
    post(event(EventKind::claim_approved, "1a", 1000'00));
    post(event(EventKind::claim_paid, "2", 1000'00));
    post(event(EventKind::payment_reversed, "3", 400'00));
    post(event(EventKind::unapplied_reversed, "4", 70'00));
    EXPECT_EQ(book.balance(Account::of(AccountKind::unapplied, "1234")), Cents::of(70'00));
    post(event(EventKind::reversal_applied, "5", 50'00));
    EXPECT_EQ(receivables(book.contents())->at(owed).paid, Cents::of(550'00));
    EXPECT_EQ(book.balance(owed), Cents());
    EXPECT_EQ(book.balance(granted), Cents::of(450'00));
    EXPECT_EQ(book.balance(bank), Cents::of(530'00));
    EXPECT_EQ(book.balance(Account::of(AccountKind::unapplied, "1234")), Cents::of(20'00));
    EXPECT_TRUE(check(book).empty());
}

TEST(Balance, FollowsOneClaimToItsEnd) {
    Book book;
    const auto post = [&](Event e) { ASSERT_TRUE(book.post(e).ok()); };
    post(event(EventKind::claim_sent, "1", 1000'00));
    post(event(EventKind::claim_sent, "2", 500'00));
    post(event(EventKind::claim_sent, "3", 300'00));
    post(event(EventKind::claim_reduced, "4", 100'00));
    post(event(EventKind::claim_rejected, "5", 500'00));
    EXPECT_EQ(book.balance(owed), Cents::of(1200'00));
    post(event(EventKind::claim_approved, "5a", 900'00));
    EXPECT_EQ(book.balance(owed), Cents::of(300'00));
    EXPECT_EQ(book.balance(granted), Cents::of(900'00));
    post(event(EventKind::claim_paid, "6", 900'00));
    post(event(EventKind::payment_unapplied, "7", 300'00));
    EXPECT_EQ(book.balance(granted), Cents());
    post(event(EventKind::claim_approved, "7a", 300'00));
    post(event(EventKind::payment_applied, "8", 200'00));
    post(event(EventKind::credit_accepted, "9", 50'00));
    const auto parts = receivables(book.contents())->at(owed);
    EXPECT_EQ(parts, (Receivable{Cents::of(1800'00), Cents::of(100'00), Cents::of(500'00), Cents::of(1100'00),
                                 Cents::of(50'00), Cents(), Cents(), Cents()}));
    EXPECT_EQ(parts.open(), Cents::of(50'00));
    EXPECT_EQ(book.balance(owed), Cents());
    EXPECT_EQ(book.balance(granted), Cents::of(50'00));
    EXPECT_EQ(book.balance(bank), Cents::of(1200'00));
    EXPECT_EQ(book.balance(Account::of(AccountKind::unapplied, "1234")), Cents::of(-100'00));
    EXPECT_EQ(book.balance(pot), Cents::of(-1150'00));
    EXPECT_EQ(book.balance(reserve), Cents()) << "never posted to";
    ASSERT_NE(book.find("3"), nullptr);
    EXPECT_EQ(book.find("3")->number, 3U);
    EXPECT_EQ(book.find("33"), nullptr);
}

TEST(Balance, WhatAnInsurerOwesIsMoreThanItsClaims) {
    Book book;
    const auto post = [&](Event e) { ASSERT_TRUE(book.post(e).ok()); };
    Event opened = event(EventKind::opening_booked, "1", 80'00);
    opened.account = granted;
    post(opened);
    post(event(EventKind::claim_sent, "2", 1000'00));
    post(event(EventKind::advance_received, "3", 600'00));
    EXPECT_EQ(receivables(book.contents())->at(owed).open(), Cents::of(1080'00)) << "an advance is its own";
    post(event(EventKind::claim_approved, "4", 1000'00));
    post(event(EventKind::advance_set_off, "5", 600'00));
    post(event(EventKind::true_up_booked, "6", -30'00));
    post(event(EventKind::reward_booked, "7", 7'00));
    const auto parts = receivables(book.contents())->at(owed);
    EXPECT_EQ(parts.opening, Cents::of(80'00));
    EXPECT_EQ(parts.of_claims(), Cents::of(1000'00));
    EXPECT_EQ(parts.settled, Cents::of(-23'00));
    EXPECT_EQ(parts.set_off, Cents::of(600'00));
    EXPECT_EQ(parts.open(), Cents::of(457'00));
    EXPECT_EQ(book.balance(owed), Cents::of(-23'00));
    EXPECT_EQ(book.balance(granted), Cents::of(480'00));
    post(event(EventKind::settlement_paid, "8", 7'00));
    post(event(EventKind::settlement_applied, "9", -20'00));
    EXPECT_EQ(receivables(book.contents())->at(owed).settled, Cents::of(-10'00)) << "what is open of it";
    EXPECT_EQ(book.balance(owed), Cents::of(-10'00));
    EXPECT_TRUE(check(book).empty());
}

// A book from before toegekend: what came after the answer stands on vordering.
TEST(Check, AnOlderBookThatKnewNoGrantedIsSound) {
    Book book;
    const auto post = [&](EventKind kind, const char* key, std::int64_t cents) {
        Draft draft = *entry_for(event(kind, key, cents));
        for (Posting& posting : draft.postings) {
            if (posting.account == granted) posting.account = owed;
        }
        std::sort(draft.postings.begin(), draft.postings.end());
        ASSERT_TRUE(book.post(draft).ok());
    };
    post(EventKind::claim_sent, "1", 100);
    post(EventKind::claim_paid, "2", 60);
    post(EventKind::payment_reversed, "3", 10);
    post(EventKind::credit_accepted, "4", 50);
    EXPECT_TRUE(check(book).empty());
    EXPECT_TRUE(receivables(book.contents())->at(owed).open().is_zero());
}

Book example_book() {
    Book book;
    for (const char* key : {"a", "b", "c"}) {
        const auto posted = book.post(event(EventKind::claim_sent, key, 100));
        BUNDEL_ASSERT(posted.ok());
    }
    Event back = event(EventKind::claim_rejected, "d", 100);
    back.earlier_key = "b";
    back.booking_day = Date::of(2024, 2, 1);
    BUNDEL_ASSERT(book.post(back).ok());
    BUNDEL_ASSERT(book.close({Date::of(2024, 1, 1), Date::of(2024, 1, 31)}).ok());
    BUNDEL_ASSERT(book.close({Date::of(2024, 2, 1), Date::of(2024, 2, 29)}).ok());
    return book;
}

void seal(BookContents& book) {  // makes the chain of a damaged book fit again, so that other laws show
    base::Digest previous;
    for (Entry& entry : book.entries)
        previous = entry.digest = entry_digest(previous, entry.number, entry.content);
    previous = {};
    for (Closing& closing : book.closings)
        previous = closing.digest = closing_digest(previous, closing.period, book.entries);
}

TEST(Check, EveryDamageIsSeen) {
    struct Row {
        const char* damage;
        std::function<void(BookContents&)> change;
        std::set<std::string> breaches;
    };
    const Row rows[] = {
        {"none", [](BookContents&) {}, {}},
        {"a day",
         [](BookContents& b) { b.entries[0].content.booking_day = Date::of(2024, 1, 16); },
         {"ledger_breach_chain"}},
        {"a key", [](BookContents& b) { b.entries[0].content.key = "z"; }, {"ledger_breach_chain"}},
        {"a kind",
         [](BookContents& b) { b.entries[3].content.kind = EventKind::claim_paid; },
         {"ledger_breach_chain"}},
        {"a care period",
         [](BookContents& b) { b.entries[3].content.care_period.first = Date(); },
         {"ledger_breach_chain"}},
        {"a link", [](BookContents& b) { b.entries[3].content.earlier_key = "a"; }, {"ledger_breach_chain"}},
        {"a digest",
         [](BookContents& b) { b.entries[1].digest = {}; },
         {"ledger_breach_chain", "ledger_breach_closing"}},
        {"the last entry is gone",
         [](BookContents& b) { b.entries.pop_back(); },
         {"ledger_breach_balance", "ledger_breach_receivable", "ledger_breach_closing"}},
        {"an entry in the middle is gone",
         [](BookContents& b) {
             b.entries.erase(b.entries.begin());
             seal(b);
         },
         {"ledger_breach_number", "ledger_breach_balance", "ledger_breach_receivable",
          "ledger_breach_closing"}},
        {"a key twice",
         [](BookContents& b) {
             b.entries[2].content.key = "a";
             seal(b);
         },
         {"ledger_breach_key"}},
        {"a link to later",
         [](BookContents& b) {
             b.entries[0].content.earlier_key = "c";
             seal(b);
         },
         {"ledger_breach_earlier"}},
        {"a link to itself",
         [](BookContents& b) {
             b.entries[0].content.earlier_key = "a";
             seal(b);
         },
         {"ledger_breach_earlier"}},
        {"one cent",
         [](BookContents& b) {
             b.entries[0].content.postings[0].amount += Cents::of(1);
             seal(b);
         },
         {"ledger_breach_unbalanced", "ledger_breach_balance", "ledger_breach_receivable"}},
        {"no postings",
         [](BookContents& b) {
             b.entries[0].content.postings.clear();
             seal(b);
         },
         {"ledger_breach_unbalanced", "ledger_breach_balance", "ledger_breach_receivable"}},
        {"a claim booked the wrong way round",
         [](BookContents& b) {
             for (Posting& p : b.entries[0].content.postings) p.amount = -p.amount;
             for (auto& [account, balance] : b.balances)
                 balance = balance - Cents::of(account == owed ? 200 : -200);
             seal(b);
         },
         {"ledger_breach_direction"}},
        {"an approval booked the wrong way round",
         [](BookContents& b) {
             b.entries[3].content.kind = EventKind::claim_approved;
             b.entries[3].content.postings = {{owed, Cents::of(100)}, {granted, Cents::of(-100)}};
             b.balances = {{owed, Cents::of(400)}, {pot, Cents::of(-300)}, {granted, Cents::of(-100)}};
             seal(b);
         },
         {"ledger_breach_direction"}},
        {"a granted amount that nobody owes",
         [](BookContents& b) { b.balances[granted] = Cents::of(1); },
         {"ledger_breach_balance", "ledger_breach_receivable"}},
        {"a division that touches a receivable",
         [](BookContents& b) {
             b.entries[3].content.kind = EventKind::division_booked;
             seal(b);
         },
         {"ledger_breach_direction", "ledger_breach_receivable"}},
        {"a kept balance",
         [](BookContents& b) { b.balances[owed] += Cents::of(1); },
         {"ledger_breach_balance", "ledger_breach_receivable"}},
        {"a balance from nowhere",
         [](BookContents& b) { b.balances[bank] = Cents::of(1); },
         {"ledger_breach_balance"}},
        {"a balance that is gone", [](BookContents& b) { b.balances.erase(pot); }, {"ledger_breach_balance"}},
        {"a closing", [](BookContents& b) { b.closings[0].digest = {}; }, {"ledger_breach_closing"}},
        {"the first closing is gone",
         [](BookContents& b) { b.closings.erase(b.closings.begin()); },
         {"ledger_breach_closing"}},
        {"a count of a closing", [](BookContents& b) { ++b.closings[1].entries; }, {"ledger_breach_closing"}},
        {"booked after closing",
         [](BookContents& b) { b.closings[0].after = 2; },
         {"ledger_breach_closed_period"}},
        {"amounts beyond all measure",
         [](BookContents& b) {
             for (Entry& entry : b.entries) {
                 entry.content.postings[0].amount = Cents::of(entry.number == 4 ? INT64_MIN : INT64_MAX);
                 entry.content.postings[1].amount = Cents::of(entry.number == 4 ? INT64_MAX : INT64_MIN);
             }
             seal(b);
         },
         {"ledger_breach_unbalanced", "ledger_breach_balance", "ledger_breach_overflow"}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.damage);
        BookContents contents = example_book().contents();
        row.change(contents);
        std::set<std::string> codes;
        for (const Breach& breach : check(contents)) codes.insert(breach.code);
        EXPECT_EQ(codes, row.breaches);
    }
}

TEST(Restored, TheBookGoesOnWhereItWas) {
    const Book book = example_book();
    auto restored = Book::restored(book.contents());
    ASSERT_TRUE(restored.ok());
    EXPECT_EQ(code_of(restored->post(event(EventKind::claim_sent, "a", 101))), "ledger_key_reused");
    Event next = event(EventKind::claim_sent, "e", 1);
    EXPECT_EQ(code_of(restored->post(next)), "ledger_period_closed");
    next.booking_day = Date::of(2024, 3, 1);
    EXPECT_EQ(restored->post(next)->number, 5U);
    EXPECT_TRUE(check(*restored).empty());

    BookContents contents = book.contents();
    contents.entries[1].content.key = "a";
    EXPECT_EQ(code_of(Book::restored(contents)), "ledger_key_reused");
    contents = book.contents();
    std::swap(contents.entries[0], contents.entries[1]);
    EXPECT_EQ(code_of(Book::restored(contents)), "ledger_numbers_broken");
}

TEST(Journal, IsWrittenToTheLetter) {
    Book book;
    ASSERT_TRUE(book.post(event(EventKind::claim_sent, "sent:53000001/B 1;[x]", 1310'75)).ok());
    Event credit = event(EventKind::credit_accepted, "credit", 5);
    credit.earlier_key = "sent:53000001/B 1;[x]";
    ASSERT_TRUE(book.post(credit).ok());
    EXPECT_EQ(export_journal(book),
              "2024-01-15 (1) declaratie verzonden\n"
              "    ; event=sent:53000001/B%201%3B%5Bx%5D\n"
              "    ; care=2023-06-01..2024-01-01\n"
              "    vordering:1234  1310.75 EUR\n"
              "    te_verdelen:069:E01  -1310.75 EUR\n"
              "\n"
              "2024-01-15 (2) creditering aanvaard\n"
              "    ; event=credit\n"
              "    ; care=2023-06-01..2024-01-01\n"
              "    ; earlier=sent:53000001/B%201%3B%5Bx%5D\n"
              "    te_verdelen:069:E01  0.05 EUR\n"
              "    toegekend:1234  -0.05 EUR\n"
              "\n");
    EXPECT_EQ(export_journal(Book()), "");
}

TEST(Shadow, SumsSignedLinesPerParticipantPhaseAndPeriod) {
    const Period january{Date::of(2024, 1, 1), Date::of(2024, 1, 31)};
    const Period february{Date::of(2024, 2, 1), Date::of(2024, 2, 29)};
    const ShadowKey natal{midwives, "natal", january};
    const ShadowLine lines[] = {
        {natal, Cents::of(500)},
        {{midwives, "natal", february}, Cents::of(7)},
        {{midwives, "prenatal", january}, Cents::of(70)},
        {{hospital, "natal", january}, Cents::of(700)},
        {natal, Cents::of(-200)},
    };
    const auto book = shadow_book(lines);
    EXPECT_EQ(book->size(), 4U);
    EXPECT_EQ(book->at(natal), Cents::of(300));
    EXPECT_TRUE(shadow_book({})->empty());
    const ShadowLine large[] = {{natal, Cents::of(INT64_MAX)}, {natal, Cents::of(1)}, {natal, Cents::of(-1)}};
    EXPECT_EQ(shadow_book(large)->at(natal), Cents::of(INT64_MAX)) << "only the total has to fit";
    EXPECT_EQ(code_of(shadow_book(std::span(large).first(2))), "cents_overflow");
}

TEST(Laws, ABookIsSoundAndItsAccountsAddUpToZero) {
    expect_law("sound", [] {
        const auto events = any_events(30);
        Book book = book_of(events);
        RC_ASSERT(check(book).empty());
        Cents total;
        for (const auto& [account, balance] : book.balances()) total += balance;
        RC_ASSERT(total.is_zero());
        const auto owing = *receivables(book.contents());
        for (const auto& [account, parts] : owing)
            RC_ASSERT(parts.open() == book.balance(account) +
                                          book.balance(Account::of(AccountKind::granted, account.party())));

        // Everything once more changes nothing.
        const BookContents before = book.contents();
        for (const Event& again : events) RC_ASSERT(!book.post(again)->fresh);
        RC_ASSERT(book.entries() == before.entries);
        RC_ASSERT(book.balances() == before.balances);
    });
}

TEST(Laws, BalancesDoNotDependOnTheOrderAndTheChainDoes) {
    expect_law("order", [](std::uint32_t seed) {
        auto events = any_events(20);
        std::erase_if(events, [](const Event& e) { return !e.earlier_key.empty(); });
        RC_PRE(!events.empty());
        const Book before = book_of(events);
        auto shuffled = events;
        std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(seed));
        const Book after = book_of(shuffled);
        RC_ASSERT(after.balances() == before.balances());
        const bool same_chain = after.entries().back().digest == before.entries().back().digest;
        RC_ASSERT(same_chain == (shuffled == events));
    });
}

TEST(Laws, WhatIsReversedCancels) {
    expect_law("reversal", [] {
        std::vector<Event> events = any_events(20);
        const Balances all = book_of(events).balances();
        std::set<std::string> undone;
        for (const Event& e : events) {
            if (!e.earlier_key.empty()) undone.insert({e.key, e.earlier_key});
        }
        std::erase_if(events, [&](const Event& e) { return undone.contains(e.key); });
        const Book rest = book_of(events);
        for (const auto& [account, balance] : all) RC_ASSERT(rest.balance(account) == balance);
    });
}

TEST(Laws, OneChangedCentAnywhereBreaksTheChain) {
    expect_law("tamper", [] {
        BookContents contents = book_of(any_events(20)).contents();
        const auto at = *rc::gen::inRange<std::size_t>(0, contents.entries.size());
        std::vector<Posting>& postings = contents.entries[at].content.postings;
        const Cents cents = Cents::of(*rc::gen::element(-1, 1));
        postings.front().amount += cents;
        postings.back().amount -= cents;
        const auto breaches = check(contents);
        RC_ASSERT(std::any_of(breaches.begin(), breaches.end(), [&](const Breach& breach) {
            return breach.code == "ledger_breach_chain" &&
                   breach.params.front().second == std::to_string(at + 1);
        }));
    });
}

}  // namespace
}  // namespace bundel::ledger
