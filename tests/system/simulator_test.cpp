// Small made-up regions, played month by month against the program and held against the truth.
#include <gtest/gtest.h>

#include <sstream>

#include "sim/any_pregnancy.h"
#include "sim/files.h"
#include "sim/region_files.h"
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
        const RegionOrder order{seed,   women, {Date::of(year, 1, 1), Date::of(year, 12, 31)},
                                regime, noise, folder_ / "region"};
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
        const auto found = score({folder_ / "region", folder_ / "data", BUNDEL_PROGRAM, played->day});
        EXPECT_TRUE(found.ok()) << found.error().code;
        return found.ok() ? *found : Score();
    }

    static std::string all(const std::vector<std::string>& lines) {
        std::string text;
        for (const auto& line : lines) text += line + "\n";
        return text;
    }

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
        EXPECT_TRUE(found.questions.empty());
        std::ostringstream printed;
        print_score(found, printed);
        EXPECT_NE(printed.str().find("zonder mensenhand                 100,0 %"), std::string::npos)
            << printed.str();
        EXPECT_NE(score_plot(found).find("100,0 %"), std::string::npos);
    }
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
