#include <gtest/gtest.h>

#include "money/desk.h"
#include "support/property.h"

namespace bundel::testing {
namespace {
using ledger::AccountKind;
using Codes = std::vector<std::string>;

constexpr int insurer_account = 9991;

// Two answered invoices and one that waits, of an insurer that pays from a known account.
void open_office(Desk& desk) {
    desk.accounts(Desk::account_row("53000001", 1) + Desk::account_row("9991", insurer_account));
    const auto first = desk.invoice("B000000001");
    desk.claim(first, "BD01", 100'00);
    desk.claim(first, "BD02", 50'00);
    const auto second = desk.invoice("B000000002");
    desk.claim(second, "BD03", 70'00);
    const auto third = desk.invoice("B000000003");
    desk.claim(third, "BD04", 35'00, false);
}

bank::Detail from_insurer(std::int64_t cents, const std::string& remittance) {
    return Desk::movement(cents, "", remittance, insurer_account);
}

TEST(Banking, APaymentFindsItsClaims) {
    struct Row {
        const char* name;
        std::int64_t cents;
        const char* remittance;
        std::map<std::string, std::int64_t> paid;
        std::int64_t aside;
        Codes questions;
    };
    const Row rows[] = {
        {"invoice named", 150'00, "B000000001", {{"BD01", 100'00}, {"BD02", 50'00}}, 0, {}},
        {"claim named", 50'00, "BD02", {{"BD02", 50'00}}, 0, {}},
        {"claim named, too much", 60'00, "BD02", {{"BD02", 50'00}}, 10'00, {"payment_above_granted"}},
        {"claim named, not answered", 35'00, "BD04", {}, 35'00, {}},
        {"one invoice by amount", 70'00, "juni", {{"BD03", 70'00}}, 0, {}},
        {"a combination", 220'00, "", {{"BD01", 100'00}, {"BD02", 50'00}, {"BD03", 70'00}}, 0, {}},
        {"invoice named, other amount", 149'99, "B000000001", {}, 149'99, {"bank_amount_differs"}},
        {"invoice named, not answered", 35'00, "B000000003", {}, 35'00, {"bank_not_answered"}},
        {"nothing open", 12'34, "", {}, 12'34, {"bank_nothing_open"}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Desk desk;
        open_office(desk);
        desk.bring({desk.statement(1, 0, {from_insurer(row.cents, row.remittance)})});
        for (const char* reference : {"BD01", "BD02", "BD03", "BD04"}) {
            const auto found = row.paid.find(reference);
            EXPECT_EQ(desk.paid(reference), Cents::of(found == row.paid.end() ? 0 : found->second))
                << reference;
        }
        EXPECT_EQ(desk.balance(AccountKind::bank, ""), Cents::of(row.cents));
        EXPECT_EQ(desk.balance(AccountKind::unapplied, "9991"), Cents::of(-row.aside));
        EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
        EXPECT_EQ(desk.questions(), row.questions);
        EXPECT_EQ(desk.breaches(), "");
    }
}

// A reward of 20.00 and care outside of 5.00, settled with the insurer.
void settle_with_insurer(Desk& desk) {
    desk.import("afrekeningen.csv",
                "sleutel;afrekening;uzovi;jaar;claim;bedrag\n"
                "kw-2023;kwaliteit;9991;2023;;20,00\nsl-2023;samenloop;9991;2023;BD01;-5,00\n",
                desk_day);
}

TEST(Banking, APaymentFindsTheSettlementItNames) {
    struct Row {
        const char* name;
        std::int64_t cents;
        const char* remittance;
        std::int64_t settled;  // open afterwards, of 15.00
        std::int64_t aside;
        Codes questions;
    };
    const Row rows[] = {
        {"reward", 20'00, "beloning kw-2023", -5'00, 0, {}},
        {"what we owe", -5'00, "sl-2023", 20'00, 0, {}},
        {"in part", 19'99, "kw-2023", -4'99, 0, {}},
        {"too much", 20'01, "kw-2023", -5'00, 1, {"payment_above_settled"}},
        {"both together", 15'00, "kw-2023 sl-2023", 0, 0, {}},
        {"taken off an invoice", 145'00, "B000000001 sl-2023", 20'00, 0, {}},
        {"off an invoice, other amount",
         146'00,
         "B000000001 sl-2023",
         15'00,
         146'00,
         {"bank_amount_differs"}},
        {"not named", 20'00, "beloning", 15'00, 20'00, {"bank_nothing_open"}},
    };
    for (const Row& row : rows) {
        for (const bool settled_first : {true, false}) {
            SCOPED_TRACE(row.name);
            SCOPED_TRACE(settled_first);
            Desk desk;
            open_office(desk);
            if (settled_first) settle_with_insurer(desk);
            desk.bring({desk.statement(1, 0, {from_insurer(row.cents, row.remittance)})});
            if (!settled_first) settle_with_insurer(desk);
            EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
            // Three answered claims of 220.00 less what is paid on them stand on toegekend.
            EXPECT_EQ(desk.balance(AccountKind::receivable, "9991") - Cents::of(35'00),
                      Cents::of(row.settled));
            EXPECT_EQ(desk.balance(AccountKind::unapplied, "9991"), Cents::of(-row.aside));
            EXPECT_EQ(desk.balance(AccountKind::bank, ""), Cents::of(row.cents));
            EXPECT_EQ(desk.questions(), row.questions);
            EXPECT_EQ(desk.breaches(), "");
        }
    }
}

TEST(Banking, WhatWaitsIsSettledWhenItsAnswerComes) {
    Desk desk;
    open_office(desk);
    desk.bring({desk.statement(1, 0, {from_insurer(35'00, "B000000003")})});
    desk.answer("BD04");
    EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
    EXPECT_EQ(desk.paid("BD04"), Cents::of(35'00));
    EXPECT_EQ(desk.balance(AccountKind::unapplied, "9991"), Cents());
    EXPECT_EQ(desk.balance(AccountKind::bank, ""), Cents::of(35'00));
    EXPECT_EQ(desk.questions(), Codes{});
    EXPECT_EQ(desk.breaches(), "");
}

TEST(Banking, WhatIsTakenBackComesOffTheClaimItNames) {
    Desk desk;
    open_office(desk);
    desk.bring({desk.statement(1, 0, {from_insurer(70'00, "BD03")})});
    desk.bring({desk.statement(2, 70'00, {from_insurer(-70'00, "terug BD03")})});
    EXPECT_EQ(desk.paid("BD03"), Cents());
    EXPECT_EQ(desk.balance(AccountKind::bank, ""), Cents());
    EXPECT_EQ(desk.breaches(), "");
}

TEST(Banking, WhatIsNobodysIsAskedAndNotBooked) {
    Desk desk;
    open_office(desk);
    desk.bring(
        {desk.statement(1, 100'00, {Desk::movement(-13'25, ""), Desk::movement(70'00, "", "BD03", 4321)})});
    EXPECT_EQ(desk.balance(AccountKind::bank, ""), Cents());
    EXPECT_EQ(desk.questions(), (Codes{"bank_unknown", "bank_unknown"}));
    // The account turns out to be another one of the insurer.
    desk.accounts(Desk::account_row("9991", 4321));
    EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
    EXPECT_EQ(desk.paid("BD03"), Cents::of(70'00));
    EXPECT_EQ(desk.questions(), Codes{"bank_unknown"});
    EXPECT_EQ(desk.breaches(), "");
}

TEST(Banking, TheSameTwiceChangesNothing) {
    Desk desk;
    open_office(desk);
    const auto statement = desk.statement(1, 0, {from_insurer(70'00, "BD03")});
    desk.bring({statement});
    const auto entries = desk.world.store.entries()->size();
    EXPECT_TRUE(desk.bring({statement}).again);
    // In another file: the same statement; and the same movement on another statement.
    desk.import("kopie.xml", bank::testing::CamtWriter(false).write({statement}), desk_day);
    auto other = statement;
    other.id = "S1-bis";
    const auto imported = desk.import("dag.xml", bank::testing::CamtWriter(true).write({other}), desk_day);
    ASSERT_FALSE(imported.findings.empty());
    EXPECT_EQ(imported.findings.front().code, "bank_movement_known");
    EXPECT_EQ(desk.world.store.entries()->size(), entries);
    EXPECT_EQ(desk.paid("BD03"), Cents::of(70'00));
    auto changed = statement;
    changed.opening.amount = Cents::of(1);
    changed.closing.amount += Cents::of(1);
    EXPECT_EQ(desk.bring({changed}).findings.front().code, "bank_statement_differs");
    EXPECT_EQ(desk.world.store.entries()->size(), entries);
}

// Two payments that say the same are two, on one statement.
TEST(Banking, EqualPaymentsOnOneStatementAreTwo) {
    Desk desk;
    open_office(desk);
    desk.bring({desk.statement(1, 0, {from_insurer(25'00, "BD02"), from_insurer(25'00, "BD02")})});
    EXPECT_EQ(desk.paid("BD02"), Cents::of(50'00));
}

TEST(Banking, StatementsThatDoNotJoinAreQuestions) {
    Desk desk;
    open_office(desk);
    desk.bring({desk.statement(3, 10'00, {})});
    desk.bring({desk.statement(1, 10'00, {})});
    EXPECT_EQ(desk.questions(), Codes{"bank_number_skipped"});
    desk.bring({desk.statement(2, 10'00, {})});
    EXPECT_EQ(desk.questions(), Codes{});
    desk.bring({desk.statement(4, 9'99, {})});
    EXPECT_EQ(desk.questions(), Codes{"bank_balance_gap"});
}

TEST(Banking, AStatementOfAnotherAccountIsRefusedAndCanComeAgain) {
    Desk desk;
    const auto statement = desk.statement(1, 0, {});
    const auto refused = desk.bring({statement});
    EXPECT_TRUE(refused.refused);
    EXPECT_EQ(refused.findings.front().code, "bank_account_unknown");
    desk.accounts(Desk::account_row("53000001", 1));
    EXPECT_FALSE(desk.bring({statement}).refused);
    EXPECT_EQ(desk.world.store.statements()->size(), 1U);
}

TEST(Banking, AccountsThatWaitAndContradictAreOnTheWorkList) {
    Desk desk;
    desk.accounts(Desk::account_row("53000001", 1) + Desk::account_row("08000101", 801));
    EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
    EXPECT_EQ(desk.questions(), Codes{"bank_account_waits"});
    ASSERT_EQ(code_of(engine::approve_account(desk.world, account_number(801), "Ben", desk_day)), "");
    EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
    EXPECT_EQ(desk.questions(), Codes{});
    desk.accounts(Desk::account_row("08000101", 802));
    EXPECT_EQ(code_of(engine::ask_about_region(desk.world, desk_day)), "");
    EXPECT_EQ(desk.questions(), Codes{"bank_two_accounts"});
}

// However the movements are spread over statements, and in whatever order these come: the same money on the
// same claims.
TEST(Banking, TheOrderOfStatementsDoesNotCount) {
    expect_law("order of statements", [] {
        const std::vector<bank::Detail> movements{from_insurer(100'00, "BD01"), from_insurer(50'00, "BD02"),
                                                  from_insurer(70'00, "BD03"), from_insurer(35'00, "BD04")};
        Desk desk;
        open_office(desk);
        std::vector<bank::Statement> statements;
        std::int64_t balance = 0;
        for (std::size_t i = 0; i < movements.size(); ++i) {
            statements.push_back(desk.statement(static_cast<int>(i) + 1, balance, {movements[i]}));
            balance += movements[i].amount.count();
        }
        for (std::size_t i = statements.size(); i > 1; --i)
            std::swap(statements[i - 1], statements[*rc::gen::inRange<std::size_t>(0, i)]);
        const auto answer_before = *rc::gen::inRange<std::size_t>(0, 5);
        for (std::size_t i = 0; i < statements.size(); ++i) {
            if (i == answer_before) desk.answer("BD04");
            desk.bring({statements[i]});
        }
        if (answer_before >= statements.size()) desk.answer("BD04");
        RC_ASSERT(engine::ask_about_region(desk.world, desk_day).ok());
        RC_ASSERT(desk.paid("BD01") == Cents::of(100'00));
        RC_ASSERT(desk.paid("BD02") == Cents::of(50'00));
        RC_ASSERT(desk.paid("BD03") == Cents::of(70'00));
        RC_ASSERT(desk.paid("BD04") == Cents::of(35'00));
        RC_ASSERT(desk.balance(AccountKind::bank, "") == Cents::of(255'00));
        RC_ASSERT(desk.balance(AccountKind::unapplied, "9991").is_zero());
        RC_ASSERT(desk.questions().empty());
        RC_ASSERT(desk.breaches().empty());
    });
}

}  // namespace
}  // namespace bundel::testing
