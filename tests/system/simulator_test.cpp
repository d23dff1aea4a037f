// Small made-up regions, played month by month against the program and held against the truth.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "sim/any_pregnancy.h"
#include "sim/files.h"
#include "sim/program.h"
#include "sim/region_files.h"
#include "sim/region_insurers.h"
#include "sim/region_play.h"
#include "sim/score_print.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;

constexpr const char* source = BUNDEL_SOURCE_DIR;

class Simulator : public testing::Test {
protected:
    void TearDown() override { fs::remove_all(folder_); }

    void make(Regime regime, bool noise, std::uint64_t seed, int women) {
        const int year = regime == Regime::y2017 ? 2018 : 2024;
        RegionOrder order{seed,   women, {Date::of(year, 1, 1), Date::of(year, 12, 31)},
                          regime, noise, folder_ / "region"};
        order.choices = shipped_choices(regime);
        if (rates_) order.rates = *rates_;
        const auto fees = Fees::parse(*read_file(fs::path(source) / "sim/fees.csv"));
        ASSERT_TRUE(fees.ok());
        const auto size = write_region(order, shipped_calibration(), *fees, *read_layouts(layouts_));
        ASSERT_TRUE(size.ok()) << size.error().code;
        ASSERT_EQ(size->women, women);
        ASSERT_EQ(size->mishaps > 0, noise);
    }

    // The program ends each run well: no file refused, no invariant broken.
    Score play() {
        std::ostringstream progress;
        const auto played =
            play_region({folder_ / "region", layouts_, folder_ / "data", BUNDEL_PROGRAM, false}, progress);
        EXPECT_TRUE(played.ok()) << played.error().code << played.error().params.back().second;
        if (!played.ok()) return {};
        EXPECT_EQ(played->sent, played->answered);
        check_paid(played->day);
        check_program(played->day);
        const auto found = score({folder_ / "region", folder_ / "data", BUNDEL_PROGRAM, played->day});
        EXPECT_TRUE(found.ok()) << found.error().code;
        return found.ok() ? *found : Score();
    }

    // All that was granted is paid: no insurer owes anything, and no money waits for a claim.
    void check_paid(Date day) {
        const auto ran = run_program(
            {BUNDEL_PROGRAM, "report", "--data", (folder_ / "data").string(), "--as-of", day.iso(), "--json"},
            Complaints::captured);
        ASSERT_TRUE(ran.ok() && ran->exit_code == 0) << ran->output;
        const auto balances = nlohmann::json::parse(ran->output).at("balances_cents");
        int insurers = 0;
        for (const auto& [account, cents] : balances.items()) {
            if (account.starts_with("vordering:")) ++insurers;
            if (account.starts_with("vordering:") || account.starts_with("toegekend:") ||
                account.starts_with("onverwerkt:")) {
                EXPECT_EQ(cents, 0) << account;
            }
        }
        EXPECT_GT(insurers, 2);
        EXPECT_GT(balances.at("bank"), 0);
    }

    // The program gives what the play gave, and nothing more when it runs again.
    void check_program(Date day) {
        const auto out = folder_ / "insurers";
        const auto run = [&] {
            return run_program({BUNDEL_SIM_PROGRAM, "insurer", "--region", (folder_ / "region").string(),
                                "--outbox", (folder_ / "data/outbox").string(), "--as-of", day.iso(), "--out",
                                out.string(), "--layouts", layouts_.string()},
                               Complaints::captured);
        };
        const auto first = run();
        ASSERT_TRUE(first.ok() && first->exit_code == 0) << first->output;
        std::set<std::string> given;
        for (const auto& entry : fs::directory_iterator(out)) {
            const auto name = entry.path().filename().string();
            given.insert(name);
            const auto played = read_file(folder_ / "data/inbox/verwerkt" / name);
            ASSERT_TRUE(played.ok()) << name;
            EXPECT_EQ(*read_file(entry.path()), *played) << name;
        }
        const std::vector<const char*> kinds = {"VK302-", "KZ302-", "ZH309-", "samenloop-", "betalingen-"};
        for (const auto& entry : fs::directory_iterator(folder_ / "data/inbox/verwerkt")) {
            const auto name = entry.path().filename().string();
            const bool of_insurer = std::any_of(kinds.begin(), kinds.end(),
                                                [&](const char* kind) { return name.starts_with(kind); });
            EXPECT_EQ(given.contains(name), of_insurer) << name;
        }
        EXPECT_GT(given.size(), 20U);
        const auto again = run();
        ASSERT_TRUE(again.ok());
        EXPECT_NE(again->output.find("\n0 nieuwe bestanden geschreven"), std::string::npos) << again->output;
    }

    static std::string all(const std::vector<std::string>& lines) {
        std::string text;
        for (const auto& line : lines) text += line + "\n";
        return text;
    }

    std::optional<NoiseRates> rates_;
    fs::path layouts_ = fs::path(source) / "rulebooks/layouts";
    fs::path folder_ = fs::path(testing::TempDir()) / "bundel simulator test";
};

TEST_F(Simulator, WithoutNoiseEverythingIsRightUnderBothRegimes) {
    for (const Regime regime : {Regime::y2017, Regime::y2023}) {
        SCOPED_TRACE(regime == Regime::y2017 ? "2017" : "2023");
        fs::remove_all(folder_);
        make(regime, false, 7, 60);
        const Score found = play();
        EXPECT_EQ(all(found.differences), "");
        EXPECT_GT(found.phases.right, 120);
        EXPECT_EQ(found.straight, found.phases.all());
        EXPECT_GT(found.lines.right, 400);
        EXPECT_EQ(found.lines.right, found.lines.all());
        EXPECT_EQ(found.claims.wrong, 0);
        // The region ends with its births, and bundel asks why so little comes in.
        for (const auto& [code, count] : found.questions) EXPECT_EQ(code, "delivery_month_low") << count;
        std::ostringstream printed;
        print_score(found, {15, {{"rest", 10}}}, printed);
        EXPECT_NE(printed.str().find("zonder mensenhand                 100,0 %"), std::string::npos)
            << printed.str();
        EXPECT_NE(score_plot(found).find("100,0 %"), std::string::npos);
    }
}

// Files are lost and nothing else goes wrong: each that is lost is asked about by its number, but for those
// at the beginning and the end of a series.
TEST_F(Simulator, LostFilesAreSuspected) {
    rates_ = NoiseRates::none();
    rates_->lost_file = 40'000;
    make(Regime::y2023, true, 21, 300);
    const Score found = play();
    EXPECT_GE(found.lost_files, 15);
    EXPECT_GE(found.suspected * 10, found.lost_files * 9) << all(found.differences);
    EXPECT_FALSE(found.false_suspicions.contains("delivery_numbers_missing"));
}

// With mishaps some things could not be known; what could be known is right, every day.
TEST_F(Simulator, WithNoiseNothingIsWrongThatCouldBeKnown) {
    make(Regime::y2023, true, 11, 80);
    const Score found = play();
    EXPECT_GT(found.phases.right, 160);
    EXPECT_EQ(found.phases.wrong, 0) << all(found.differences);
    EXPECT_EQ(found.lines.wrong, 0) << all(found.differences);
    EXPECT_EQ(found.claims.wrong, 0) << all(found.differences);
    EXPECT_GE(found.straight * 100, found.phases.all() * 90) << all(found.differences);
}

}  // namespace
}  // namespace bundel::sim
