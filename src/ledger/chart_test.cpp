#include "ledger/chart.h"

#include <gtest/gtest.h>

#include "ledger/check.h"
#include "ledger/journal.h"
#include "ledger/trial_balance.h"
#include "support/any_book.h"
#include "support/property.h"
#include "support/rulebook_files.h"

namespace bundel::ledger {
namespace {

using bundel::testing::any_events;
using bundel::testing::as_text;
using bundel::testing::book_of;
using bundel::testing::expect_law;
using values::Cents;
using values::Date;

std::vector<ChartLine> shipped_lines() {
    static const rulebook::Rulebook book = bundel::testing::load_rulebook();
    return book.chart();
}

Chart shipped_chart() {
    return *Chart::make(shipped_lines());
}

TEST(Chart, TheShippedOneNamesEveryAccountAndIsAnExample) {
    const auto lines = shipped_lines();
    EXPECT_EQ(lines.size(), chart_rows().size());
    const Chart chart = shipped_chart();
    for (const ChartRow& row : chart_rows()) EXPECT_EQ(chart.of(row.kind).account, row.name);
    for (const ChartLine& line : lines) EXPECT_EQ(line.status, values::Status::example) << line.account;
    EXPECT_EQ(chart.of(AccountKind::bank).number, "1000");
    EXPECT_EQ(chart.of(AccountKind::granted).type, AccountType::asset);
    EXPECT_EQ(chart.of(AccountKind::supplier).type, AccountType::liability);
    EXPECT_EQ(chart.of(AccountKind::bought_care).type, AccountType::expense);
    EXPECT_EQ(chart.of(AccountKind::covered).type, AccountType::income);
    EXPECT_EQ(chart.of(AccountKind::planned).type, AccountType::off_balance);
    EXPECT_EQ(chart.of(AccountKind::planned_contra).type, AccountType::off_balance);
}

TEST(Chart, FaultsAreNamed) {
    struct Row {
        const char* error;
        std::function<void(std::vector<ChartLine>&)> change;
    };
    const Row rows[] = {
        {"rulebook_file_missing file=chart.toml", [](auto& lines) { lines.clear(); }},
        {"ledger_chart_unknown account=kas", [](auto& lines) { lines[3].account = "kas"; }},
        {"ledger_chart_twice account=reserve", [](auto& lines) { lines[3].account = "reserve"; }},
        {"ledger_chart_missing account=vordering",
         [](auto& lines) { std::erase_if(lines, [](auto& line) { return line.account == "vordering"; }); }},
    };
    for (const Row& row : rows) {
        auto lines = shipped_lines();
        row.change(lines);
        const auto chart = Chart::make(lines);
        EXPECT_EQ(chart.ok() ? "" : as_text(chart.error()), row.error);
    }
}

Event sent(std::string key, Date day, std::int64_t cents, EventKind kind = EventKind::claim_sent) {
    Event event;
    event.kind = kind;
    event.key = std::move(key);
    event.booking_day = day;
    event.care_period = values::Period::day(day);
    event.insurer = values::UzoviCode::of(9101);
    event.performance = "069:990001";
    event.amount = Cents::of(cents);
    return event;
}

Book two_years() {
    return book_of({sent("1", Date::of(2023, 12, 31), 100'00), sent("2", Date::of(2024, 1, 1), 1310'75),
                    sent("3", Date::of(2024, 3, 31), 10'00, EventKind::claim_reduced),
                    sent("4", Date::of(2024, 4, 1), 700'00, EventKind::claim_approved),
                    sent("5", Date::of(2024, 4, 1), 5'00, EventKind::claim_planned)});
}

TEST(TrialBalance, IsOfTheYearUpToTheDay) {
    const Book book = two_years();
    const Account owed = Account::of(AccountKind::receivable, "9101");
    struct Row {
        Date on;
        std::int64_t opening, debit, credit, balance;
    };
    const Row rows[] = {
        {Date::of(2023, 12, 30), 0, 0, 0, 0},
        {Date::of(2023, 12, 31), 0, 100'00, 0, 100'00},
        {Date::of(2024, 1, 1), 100'00, 1310'75, 0, 1410'75},
        {Date::of(2024, 3, 30), 100'00, 1310'75, 0, 1410'75},
        {Date::of(2024, 3, 31), 100'00, 1310'75, 10'00, 1400'75},
        {Date::of(2024, 4, 1), 100'00, 1310'75, 710'00, 700'75},
        {Date::of(2025, 1, 1), 700'75, 0, 0, 700'75},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.on.iso());
        const auto found = trial_balance(book.contents(), row.on);
        ASSERT_TRUE(found.ok());
        TrialLine line{owed, {}, {}, {}, {}};
        for (const TrialLine& one : found->lines) {
            if (one.account == owed) line = one;
        }
        EXPECT_EQ(line, (TrialLine{owed, Cents::of(row.opening), Cents::of(row.debit), Cents::of(row.credit),
                                   Cents::of(row.balance)}));
    }
}

TEST(TrialBalance, IsWrittenToTheLetter) {
    const auto balance = trial_balance(two_years().contents(), Date::of(2024, 12, 31));
    EXPECT_EQ(
        *to_csv(*balance, shipped_chart()),
        "nummer;rekening;naam;soort;begin;debet;credit;saldo\r\n"
        "1300;vordering:9101;Declaraties bij "
        "verzekeraars;activa;\"100,00\";\"1310,75\";\"710,00\";\"700,75\"\r\n"
        "1310;toegekend:9101;Toegekend door verzekeraars;activa;\"0,00\";\"700,00\";\"0,00\";\"700,00\"\r\n"
        "1800;te_verdelen:069:990001;Nog te "
        "verdelen;passiva;\"-100,00\";\"10,00\";\"1310,75\";\"-1400,75\"\r\n"
        "9900;gepland:9101;Nog te declareren;buiten de balans;\"0,00\";\"5,00\";\"0,00\";\"5,00\"\r\n"
        "9910;verwacht_te_declareren:069:990001;Tegenrekening nog te declareren;buiten de "
        "balans;\"0,00\";\"0,00\";\"5,00\";\"-5,00\"\r\n"
        ";;balans en resultaat;;\"0,00\";\"2020,75\";\"2020,75\";\"0,00\"\r\n"
        ";;buiten de balans;;\"0,00\";\"5,00\";\"5,00\";\"0,00\"\r\n"
        ";;totaal;;\"0,00\";\"2025,75\";\"2025,75\";\"0,00\"\r\n");
}

TEST(TrialBalance, ADamagedBookIsAnError) {
    BookContents contents = two_years().contents();
    contents.entries[1].content.postings[0].amount += Cents::of(1);
    const auto balance = trial_balance(contents, Date::of(2024, 12, 31));
    EXPECT_EQ(balance.ok() ? "" : as_text(balance.error()), "ledger_trial_balance difference=0,01");
}

TEST(TrialBalance, AddsUpOnEveryDayOfEveryBook) {
    expect_law("trial balance", [] {
        const Book book = book_of(any_events(40));
        const Date on = Date::of(2023, 12, 1).plus_days(*rc::gen::inRange(0, 430));
        const auto balance = trial_balance(book.contents(), on);
        RC_ASSERT(balance.ok());
        Cents opening, debit, credit, total;
        for (const TrialLine& line : balance->lines) {
            RC_ASSERT(line.opening + line.debit - line.credit == line.balance);
            opening += line.opening;
            debit += line.debit;
            credit += line.credit;
            total += line.balance;
            if (on >= Date::of(2024, 12, 31)) RC_ASSERT(line.balance == book.balance(line.account));
        }
        RC_ASSERT(opening.is_zero());
        RC_ASSERT(total.is_zero());
        RC_ASSERT(debit == credit);
    });
}

TEST(Beancount, IsWrittenToTheLetter) {
    Book book = book_of({sent("verzonden:53000001/B 1", Date::of(2024, 1, 15), 1310'75)});
    Event accrued = sent("k", Date::of(2024, 1, 10), 5, EventKind::accrual_booked);
    accrued.subject = "prenataal:verloskunde";
    accrued.earlier_key = "verzonden:53000001/B 1";
    ASSERT_TRUE(book.post(accrued).ok());
    EXPECT_EQ(export_beancount(book.contents(), shipped_chart()),
              "option \"operating_currency\" \"EUR\"\n"
              "\n"
              "2024-01-15 open Assets:Vordering:9101 EUR\n"
              "  path: \"vordering:9101\"\n"
              "2024-01-15 open Liabilities:Te-verdelen:069:990001 EUR\n"
              "  path: \"te_verdelen:069:990001\"\n"
              "2024-01-10 open Assets:Onderhanden-werk:Prenataal:Verloskunde EUR\n"
              "  path: \"onderhanden_werk:prenataal:verloskunde\"\n"
              "2024-01-10 open Liabilities:Verwacht-te-verdelen:Prenataal:Verloskunde EUR\n"
              "  path: \"verwacht_te_verdelen:prenataal:verloskunde\"\n"
              "\n"
              "2024-01-15 * \"declaratie verzonden\"\n"
              "  number: \"1\"\n"
              "  event: \"verzonden:53000001/B%201\"\n"
              "  care: \"2024-01-15..2024-01-15\"\n"
              "  Assets:Vordering:9101  1310.75 EUR\n"
              "  Liabilities:Te-verdelen:069:990001  -1310.75 EUR\n"
              "\n"
              "2024-01-10 * \"onderhanden werk geboekt\"\n"
              "  number: \"2\"\n"
              "  event: \"k\"\n"
              "  care: \"2024-01-10..2024-01-10\"\n"
              "  earlier: \"verzonden:53000001/B%201\"\n"
              "  Assets:Onderhanden-werk:Prenataal:Verloskunde  0.05 EUR\n"
              "  Liabilities:Verwacht-te-verdelen:Prenataal:Verloskunde  -0.05 EUR\n");
}

TEST(Beancount, TwoPathsNeverBecomeOneAccount) {
    Book book;
    const char* subjects[] = {"a-b", "A-b", "a.b", "_a", "X-a", "-a", "1"};
    for (const char* subject : subjects) {
        Event bought = sent(subject, Date::of(2024, 1, 15), 1, EventKind::bought_booked);
        bought.subject = subject;
        bought.supplier = "50000001";
        ASSERT_TRUE(book.post(bought).ok());
    }
    const std::string text = export_beancount(book.contents(), shipped_chart());
    for (const char* name : {"A-b", "A-b-2", "A-b-3", "X-a", "X-a-2", "X-a-3", "1"})
        EXPECT_NE(text.find(" open Expenses:Ingekochte-zorg:" + std::string(name) + " EUR\n"),
                  std::string::npos)
            << name;
}

TEST(Journal, TheChartStandsAboveIt) {
    const std::string text = chart_comment(shipped_chart());
    EXPECT_NE(text.find("; 1310 toegekend: Toegekend door verzekeraars (activa)\n"), std::string::npos);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 19);
}

}  // namespace
}  // namespace bundel::ledger
