// Three made-up years, played month by month with mishaps, each month closed: hledger, ledger and beancount
// come to our balance of every account, and so does the trial balance.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "sim/any_pregnancy.h"
#include "sim/files.h"
#include "sim/program.h"
#include "sim/region_files.h"
#include "sim/region_play.h"
#include "support/bookkeepers.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;
using bundel::testing::ByAccount;

constexpr const char* source = BUNDEL_SOURCE_DIR;

class Books : public ::testing::Test {
protected:
    void TearDown() override { fs::remove_all(folder_); }

    void make_region() {
        fs::remove_all(folder_);
        RegionOrder order{
            23, 42, {Date::of(2023, 1, 1), Date::of(2025, 12, 31)}, Regime::y2023, true, folder_ / "region"};
        order.choices = shipped_choices(order.regime);
        const auto fees = Fees::parse(*read_file(fs::path(source) / "sim/fees.csv"));
        ASSERT_TRUE(fees.ok());
        const auto size = write_region(order, shipped_calibration(), *fees, *read_layouts(layouts_));
        ASSERT_TRUE(size.ok()) << size.error().code;
    }

    // Plays with the program behind a script: advances lie in the inbox from the first day, and each month is
    // closed when bundel ran on the 15th of the next. Of 42 women in three years at most 28 cases of a kind
    // end in the two years that are history: with the thirty that the rulebook asks for there would be no
    // onderhanden werk at all, so here five are enough.
    Date play() {
        const auto advances = folder_ / "voorschotten.csv";
        std::ofstream(advances) << "sleutel;vervallen;voorschot;partij;dag;beweging;bedrag\n"
                                   "v-1;;verzekeraar;"
                                << insurer()
                                << ";2023-01-10;ontvangen;12000,00\n"
                                   "v-2;;deelnemer;08000101;2023-01-10;betaald;1200,00\n";
        const auto script = folder_ / "bundel.sh";
        std::ofstream(script) << "#!/bin/bash\n"
                                 "set -e\n"
                                 "'" BUNDEL_PROGRAM
                                 "' \"$@\"\n"
                                 "if [ \"$1\" = init ]; then\n"
                                 "cp '"
                              << advances.string() << "' '" << (folder_ / "data/inbox").string()
                              << "'\n"
                                 "sed -i 's/^least_history = { value = 30/least_history = { value = 5/' '"
                              << (folder_ / "data/regelboek/rulebook.toml").string()
                              << "'\n"
                                 "fi\n"
                                 "if [ \"$1\" != run ]; then exit 0; fi\n"
                                 "while [ $# -gt 1 ]; do case $1 in --as-of) day=$2;; esac; shift; done\n"
                                 "'" BUNDEL_PROGRAM
                                 "' close \"$(date -d \"$day -1 month\" +%Y-%m)\" "
                                 "--as-of \"$day\" --data '"
                              << (folder_ / "data").string() << "' >>'" << (folder_ / "closed.txt").string()
                              << "'\n";
        fs::permissions(script, fs::perms::owner_all);
        std::ostringstream progress;
        const auto played =
            play_region({folder_ / "region", layouts_, folder_ / "data", script.string(), false}, progress);
        EXPECT_TRUE(played.ok()) << played.error().code << played.error().params.back().second;
        return played.ok() ? played->day : Date();
    }

    // An insurer that has a contract in the region.
    std::string insurer() {
        const auto contracts = read_file(folder_ / "region/regio/contracten.csv");
        EXPECT_TRUE(contracts.ok());
        std::istringstream lines(contracts.ok() ? *contracts : "");
        std::string line;
        std::getline(lines, line);
        const auto header = base::split(base::trim(base::trim_right(line, '\r')), ';');
        const auto column = std::find(header.begin(), header.end(), "labels") - header.begin();
        std::string row;
        std::getline(lines, row);
        return std::string(base::split(row, ';')[static_cast<std::size_t>(column)].substr(0, 4));
    }

    std::string bundel(std::vector<std::string> words) {
        words.insert(words.begin(), BUNDEL_PROGRAM);
        words.insert(words.end(), {"--data", (folder_ / "data").string()});
        const auto ran = run_program(words, Complaints::captured);
        EXPECT_TRUE(ran.ok() && ran->exit_code == 0) << (ran.ok() ? ran->output : "");
        return ran.ok() ? ran->output : "";
    }

    fs::path layouts_ = fs::path(source) / "rulebooks/layouts";
    fs::path folder_ = fs::path(::testing::TempDir()) / "bundel books test";
};

ByAccount without_zeros(const nlohmann::json& balances) {
    ByAccount found;
    for (const auto& [account, cents] : balances.items()) {
        if (cents != 0) found[account] = cents;
    }
    return found;
}

// nummer;rekening;naam;soort;begin;debet;credit;saldo
ByAccount of_trial_balance(const std::string& csv) {
    ByAccount found;
    std::istringstream lines(csv);
    for (std::string line; std::getline(lines, line);) {
        std::erase_if(line, [](char c) { return c == '"' || c == '\r'; });
        const auto cells = base::split(line, ';');
        if (cells.size() != 8 || cells[0] == "nummer") continue;
        const auto balance = values::Cents::parse_euros(cells[7]);
        EXPECT_TRUE(balance.ok()) << line;
        if (cells[1].empty()) {
            EXPECT_EQ(cells[7], "0,00") << line;
        } else if (balance.ok() && !balance->is_zero()) {
            found[std::string(cells[1])] = balance->count();
        }
    }
    return found;
}

TEST_F(Books, ThreeYearsComeToTheSameBalancesEverywhere) {
    make_region();
    if (HasFatalFailure()) return;
    const Date day = play();
    const auto closed = read_file(folder_ / "closed.txt");
    ASSERT_TRUE(closed.ok());
    const auto months = std::count(closed->begin(), closed->end(), '\n');
    EXPECT_GE(months, 36);
    EXPECT_NE(closed->find("Voorschotten verrekend"), std::string::npos) << *closed;

    const auto report = nlohmann::json::parse(bundel({"report", "--as-of", day.iso(), "--json"}));
    const ByAccount ours = without_zeros(report.at("balances_cents"));
    EXPECT_EQ(of_trial_balance(bundel({"export", "trial-balance", "--on", day.iso()})), ours);
    std::set<std::string> kinds;
    for (const auto& [account, cents] : report.at("balances_cents").items())
        kinds.insert(account.substr(0, account.find(':')));
    for (const char* kind :
         {"vordering", "toegekend", "te_verdelen", "deelnemer", "reserve", "bank", "voorschot_verzekeraar",
          "voorschot_deelnemer", "gepland", "onderhanden_werk", "verwacht_te_verdelen"})
        EXPECT_TRUE(kinds.contains(kind)) << kind;
    for (const auto& bookkeeper : bundel::testing::bookkeepers) {
        SCOPED_TRACE(bookkeeper.name);
        if (!bundel::testing::is_there(bookkeeper)) continue;
        const auto journal = folder_ / "boek.journal";
        std::ofstream(journal) << bundel({"export", "journal", "--format", bookkeeper.format});
        EXPECT_EQ(bundel::testing::balances_by(bookkeeper, journal), ours);
    }
    EXPECT_EQ(bundel({"verify", "--as-of", day.iso(), "--json"}).find("breach_"), std::string::npos);
}

}  // namespace
}  // namespace bundel::sim
