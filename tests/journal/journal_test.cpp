// hledger and ledger read our journal and must come to our balances, to the cent.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "base/text.h"
#include "ledger/journal.h"
#include "support/any_book.h"
#include "support/property.h"

namespace bundel {
namespace {

using ledger::Book;
using values::Cents;

using ByAccount = std::map<std::string, std::int64_t>;

struct Program {
    const char* name;
    // Prints "account|amount" per account, with the amount as "-12.34 EUR".
    const char* balances;
};

const Program programs[] = {
    {"hledger", "bal --flat --no-total --format '%(account)|%(total)'"},
    {"ledger", "bal --flat --no-total --format '%(account)|%(amount)\\n'"},
};

struct Output {
    std::string text;
    int status = -1;
};

Output run(const std::string& command) {
    Output output;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return output;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe))
        output.text.append(buffer.data(), size);
    output.status = pclose(pipe);
    return output;
}

std::int64_t cents_of(std::string amount) {
    EXPECT_TRUE(amount.ends_with(" EUR")) << amount;
    amount.resize(amount.size() - 4);
    std::replace(amount.begin(), amount.end(), '.', ',');
    const auto cents = Cents::parse_euros(amount);
    EXPECT_TRUE(cents.ok()) << amount;
    return cents.ok() ? cents->count() : 0;
}

ByAccount theirs(const Program& program, const std::filesystem::path& journal) {
    const Output output = run(std::string(program.name) + " -f " + journal.string() + " " + program.balances);
    EXPECT_EQ(output.status, 0) << output.text;
    ByAccount balances;
    std::istringstream lines(output.text);
    for (std::string line; std::getline(lines, line);) {
        if (base::trim(line).empty()) continue;
        const auto bar = line.find('|');
        EXPECT_NE(bar, std::string::npos) << line;
        if (bar == std::string::npos) continue;
        const auto amount = base::trim(std::string_view(line).substr(bar + 1));
        balances[std::string(base::trim(std::string_view(line).substr(0, bar)))] =
            amount == "0" ? 0 : cents_of(std::string(amount));
    }
    return balances;
}

// Both programs leave out accounts that stand at zero.
ByAccount ours(const Book& book) {
    ByAccount balances;
    for (const auto& [account, balance] : book.balances()) {
        if (!balance.is_zero()) balances[account.path()] = balance.count();
    }
    return balances;
}

class Journal : public ::testing::TestWithParam<Program> {
protected:
    void SetUp() override {
        if (run(std::string(GetParam().name) + " --version").status == 0) return;
        const char* ci = std::getenv("CI");
        if (ci != nullptr && std::string(ci) == "true") FAIL() << GetParam().name << " is absent";
        std::cout << "NOT RUN: " << GetParam().name << " absent\n";
        GTEST_SKIP();
    }

    void expect_agreement(const Book& book) {
        std::ofstream(file_) << ledger::export_journal(book);
        const ByAccount wanted = ours(book);
        ASSERT_FALSE(wanted.empty());
        EXPECT_EQ(theirs(GetParam(), file_), wanted);
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

INSTANTIATE_TEST_SUITE_P(Programs, Journal, ::testing::ValuesIn(programs),
                         [](const auto& program) { return std::string(program.param.name); });

}  // namespace
}  // namespace bundel
