// hledger, ledger and beancount read our journal and must come to our balances, to the cent.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "ledger/journal.h"
#include "support/any_book.h"
#include "support/bookkeepers.h"
#include "support/property.h"
#include "support/rulebook_files.h"

namespace bundel {
namespace {

using ledger::Book;
using testing::Bookkeeper;
using testing::ByAccount;
using values::Cents;

ledger::Chart chart() {
    static const rulebook::Rulebook book = testing::load_rulebook();
    return *ledger::Chart::make(book.chart());
}

// The programs leave out accounts that stand at zero, or say nothing of them.
ByAccount ours(const Book& book) {
    ByAccount balances;
    for (const auto& [account, balance] : book.balances()) {
        if (!balance.is_zero()) balances[account.path()] = balance.count();
    }
    return balances;
}

class Journal : public ::testing::TestWithParam<Bookkeeper> {
protected:
    void SetUp() override {
        if (!testing::is_there(GetParam())) GTEST_SKIP();
    }

    void expect_agreement(const Book& book) {
        std::ofstream(file_) << (std::string(GetParam().format) == "beancount"
                                     ? ledger::export_beancount(book.contents(), chart())
                                     : ledger::chart_comment(chart()) + ledger::export_journal(book));
        const ByAccount wanted = ours(book);
        ASSERT_FALSE(wanted.empty());
        EXPECT_EQ(testing::balances_by(GetParam(), file_), wanted);
    }

    void TearDown() override { std::filesystem::remove(file_); }

    const std::filesystem::path file_ =
        std::filesystem::path(::testing::TempDir()) /
        (std::string("bundel_") + GetParam().name + std::to_string(getpid()) + ".journal");
};

TEST_P(Journal, AgreesOnGeneratedBooks) {
    // One program start per book: few books, each of many entries.
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        const auto shrinkable = rc::gen::exec([] { return testing::any_events(300); })(rc::Random(seed), 100);
        expect_agreement(testing::book_of(shrinkable.value()));
    }
}

TEST_P(Journal, NoKeyCanChangeWhatIsRead) {
    Book book;
    const char* keys[] = {
        "date:2020-01-01", "[2020-01-01]", "x  ; y", ":tag:", "a: b", "%41", "vordering:1  5 EUR", "é", "|*!",
        "= = @ {}"};
    ledger::Event event;
    event.booking_day = values::Date::of(2024, 2, 29);
    event.care_period = values::Period::day(event.booking_day);
    event.insurer = values::UzoviCode::of(1234);
    event.performance = "069:E01";
    event.amount = Cents::of(1310'75);
    for (const char* key : keys) {
        event.key = key;
        ASSERT_TRUE(book.post(event).ok()) << key;
    }
    expect_agreement(book);
}

TEST_P(Journal, AgreesOnTheLargestAmount) {
    Book book;
    ledger::Event event;
    event.key = "large";
    event.insurer = values::UzoviCode::of(1);
    event.performance = "069:E01";
    event.amount = Cents::of(INT64_MAX);
    ASSERT_TRUE(book.post(event).ok());
    expect_agreement(book);
}

INSTANTIATE_TEST_SUITE_P(Programs, Journal, ::testing::ValuesIn(testing::bookkeepers),
                         [](const auto& program) { return std::string(program.param.name); });

}  // namespace
}  // namespace bundel
