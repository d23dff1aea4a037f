// The scenario files of the repository can all be read, and the player keeps to its protocol with a program
// that writes down how it was called.
#include "sim/player.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sim/program.h"

namespace bundel::sim {
namespace fs = std::filesystem;
namespace {

const fs::path source = BUNDEL_SOURCE_DIR;

std::string content(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

TEST(Delta, EveryScenarioCanBeRead) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(source / "examples/delta/vrouwen")) {
        const auto scenario = parse_scenario(content(entry.path()), entry.path().filename().string());
        ASSERT_TRUE(scenario.ok()) << entry.path() << scenario.error().code << " "
                                   << scenario.error().params[1].second << " "
                                   << scenario.error().params[2].second;
        EXPECT_TRUE(entry.path().filename().string().starts_with(scenario->woman.number + "-"));
        EXPECT_FALSE(scenario->expectations.empty());
        ++count;
    }
    EXPECT_EQ(count, 57);
}

TEST(Player, QuietDaysPassEveryDeadline) {
    Scenario scenario;
    EXPECT_TRUE(quiet_days(scenario).empty());
    scenario.rows.push_back({Date::of(2018, 1, 31), "inschrijvingen", {}});
    const auto days = quiet_days(scenario);
    EXPECT_EQ(days.front(), Date::of(2018, 2, 1));  // a Thursday, as every first day of a week
    EXPECT_EQ(days[1], Date::of(2018, 2, 8));
    EXPECT_EQ(days.back(), Date::of(2019, 4, 1));
    EXPECT_TRUE(std::is_sorted(days.begin(), days.end()));
}

TEST(Program, OutputAndExitCode) {
    const auto ran = run_program({"sh", "-c", "echo out; echo err >&2; exit 3"}, Complaints::captured);
    ASSERT_TRUE(ran.ok());
    EXPECT_EQ(ran->exit_code, 3);
    EXPECT_EQ(ran->output, "out\nerr\n");
    EXPECT_FALSE(run_program({"/no such program"}, Complaints::captured).ok());
    EXPECT_FALSE(run_program({"sh", "-c", "kill -9 $$"}, Complaints::captured).ok());
}

// A program that files away its inbox, sends nothing, and knows nothing.
class PlayerTest : public ::testing::Test {
protected:
    void SetUp() override {
        fs::remove_all(folder);
        fs::create_directories(folder);
        write_program(
            "echo '{\"pregnancies\":[],\"lines\":[],\"claims\":[],\"questions\":[],\"losses\":[],"
            "\"net_position\":[],\"division\":[]}'");
        play.examples = source / "examples/delta";
        play.layouts = source / "rulebooks/layouts";
        play.data = folder / "data";
        play.program = (folder / "bundel").string();
        play.only = {"01"};
        play.check = true;
    }
    void TearDown() override { fs::remove_all(folder); }

    void write_program(const std::string& explain) {
        std::ofstream(folder / "bundel") << "#!/bin/sh\necho \"$*\" >> '" << (folder / "calls").string()
                                         << "'\ncase $1 in\ninit) mkdir -p \"$3\";;\n"
                                         << "run) ls \"$3/inbox\" >> '" << (folder / "files").string()
                                         << "' 2>/dev/null; rm -f \"$3\"/inbox/*;;\n"
                                         << "report) echo overzicht;;\nexplain) " << explain << ";;\nesac\n";
        fs::permissions(folder / "bundel", fs::perms::owner_all);
    }

    fs::path folder = fs::path(::testing::TempDir()) / "bundel player test";
    Play play;
};

TEST_F(PlayerTest, HandsInRunsReportsAndCompares) {
    std::ostringstream out;
    std::ostringstream progress;
    const auto failed = sim::play(play, out, progress);
    ASSERT_TRUE(failed.ok()) << failed.error().code;
    EXPECT_EQ(*failed, 1);  // the program knows nothing of her
    EXPECT_EQ(out.str().substr(0, 10), "overzicht\n");
    EXPECT_NE(out.str().find("01-alles-binnen.toml"), std::string::npos);
    EXPECT_EQ(progress.str(), "");
    const auto files = content(folder / "files");
    for (const char* name : {"contracten.csv", "lidmaatschappen.csv", "inschrijvingen-20170405.csv",
                             "VK301-08000101-9101-20180105.txt"}) {
        EXPECT_NE(files.find(name), std::string::npos) << name;
    }
    const auto calls = content(folder / "calls");
    EXPECT_EQ(calls.substr(0, 14), "init --example");
    EXPECT_LT(calls.find("--as-of 2017-01-05"), calls.find("--as-of 2017-04-05"));
}

TEST_F(PlayerTest, AProgramThatFailsStopsThePlay) {
    write_program("exit 4");
    std::ostringstream out;
    const auto failed = sim::play(play, out, out);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, "program_failed");
}

TEST_F(PlayerTest, NoSuchScenario) {
    play.only = {"99"};
    std::ostringstream out;
    const auto failed = sim::play(play, out, out);
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().code, "scenario_none");
}

}  // namespace
}  // namespace bundel::sim
