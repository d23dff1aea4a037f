// Other programs that keep books, and the balances they read from a journal of ours.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>
#include <string>

#include "base/text.h"
#include "values/cents.h"

namespace bundel::testing {

// Path of an account to cents; accounts at zero are left out.
using ByAccount = std::map<std::string, std::int64_t>;

struct Bookkeeper {
    const char* name;
    const char* version;  // command that says whether it is there
    // Command on a journal ("@") that prints "account|amount" per account, with the amount as "-12.34 EUR".
    std::string balances;
    const char* format;  // of bundel export journal --format
};

inline const Bookkeeper bookkeepers[] = {
    {"hledger", "hledger --version", "hledger -f @ bal --flat --no-total --format '%(account)|%(total)'",
     "hledger"},
    {"ledger", "ledger --version", "ledger -f @ bal --flat --no-total --format '%(account)|%(amount)\\n'",
     "hledger"},
    // Its own query program cannot print the largest amount; this reads with the same library, by the same
    // Python.
    {"beancount", "bean-check --version",
     "$(sed -n '1s/^#!//p' \"$(command -v bean-check)\") '" BUNDEL_SOURCE_DIR
     "/tests/support/beancount_balances.py' @",
     "beancount"},
};

struct Ran {
    std::string text;
    int status = -1;
};

inline Ran run(const std::string& command) {
    Ran ran;
    FILE* pipe = popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return ran;
    std::array<char, 4096> buffer{};
    while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe))
        ran.text.append(buffer.data(), size);
    ran.status = pclose(pipe);
    return ran;
}

// False: absent, and that is said; where CI is "true" it is a failure.
inline bool is_there(const Bookkeeper& bookkeeper) {
    if (run(bookkeeper.version).status == 0) return true;
    const char* ci = std::getenv("CI");
    if (ci != nullptr && std::string(ci) == "true") ADD_FAILURE() << bookkeeper.name << " is absent";
    std::cout << "NOT RUN: " << bookkeeper.name << " absent\n";
    return false;
}

inline std::int64_t cents_of(std::string amount) {
    EXPECT_TRUE(amount.ends_with(" EUR")) << amount;
    amount.resize(amount.size() - 4);
    std::replace(amount.begin(), amount.end(), '.', ',');
    const auto cents = values::Cents::parse_euros(amount);
    EXPECT_TRUE(cents.ok()) << amount;
    return cents.ok() ? cents->count() : 0;
}

inline ByAccount balances_by(const Bookkeeper& bookkeeper, const std::filesystem::path& journal) {
    std::string command = bookkeeper.balances;
    command.replace(command.find('@'), 1, "'" + journal.string() + "'");
    const Ran ran = run(command);
    EXPECT_EQ(ran.status, 0) << ran.text;
    ByAccount balances;
    std::istringstream lines(ran.text);
    for (std::string line; std::getline(lines, line);) {
        if (base::trim(line).empty()) continue;
        const auto bar = line.find('|');
        EXPECT_NE(bar, std::string::npos) << line;
        if (bar == std::string::npos) continue;
        const auto amount = base::trim(std::string_view(line).substr(bar + 1));
        if (amount == "0") continue;
        balances[std::string(base::trim(std::string_view(line).substr(0, bar)))] =
            cents_of(std::string(amount));
    }
    return balances;
}

}  // namespace bundel::testing
