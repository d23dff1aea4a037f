#include "sim/calibration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace bundel::sim {
namespace {

std::string shipped() {
    std::stringstream text;
    text << std::ifstream(BUNDEL_SOURCE_DIR "/sim/calibration.toml").rdbuf();
    return text.str();
}

std::string with(const std::string& old, const std::string& now) {
    std::string text = shipped();
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), now);
}

TEST(Calibration, ReadsTheFileThatIsShipped) {
    const auto read = parse_calibration(shipped(), "c.toml");
    ASSERT_TRUE(read.ok()) << read.error().code << " " << read.error().params[2].second;
    EXPECT_EQ(read->parity, (std::vector<int>{4596, 3650, 1226, 528}));
    EXPECT_EQ(read->multiple, 15'040);
    EXPECT_EQ(read->referred_in_labour.nulliparous, 617'392);
    EXPECT_EQ(read->referred_in_labour.parous, 255'945);
    EXPECT_EQ(read->kraamzorg_mean, 44 * 60);
    EXPECT_EQ(read->spread_home, 335);
}

struct Broken {
    const char* old;
    const char* now;
    const char* code;
    const char* key;
};

// Each with the line of the figure, but for one that is not there.
TEST(Calibration, NamesFileLineAndKeyOfWhatIsWrong) {
    const Broken table[] = {
        {"[parity]", "[parities]", "scenario_key_missing", "parity"},
        {"[multiple]", "[tree]\nvalue = 1\nunit = \"u\"\nstatus = \"memory\"\nsource = \"s\"\n[multiple]",
         "scenario_key_unknown", "tree"},
        {"value = 15040\n", "", "scenario_key_missing", "value"},
        {"value = 15040\n", "value = 15040\ncolour = 1\n", "scenario_key_unknown", "colour"},
        {"value = 15040\n", "value = 1.5\n", "scenario_value", "value"},
        {"value = 15040\n", "value = -1\n", "scenario_value", "value"},
        {"value = 15040\n", "value = 1000001\n", "scenario_value", "multiple"},
        {"value = 15040\n", "value = [15040]\n", "scenario_value", "multiple"},
        {"value = 15040\nunit = \"per million\"", "value = 15040\nunit = \"weight\"", "scenario_value",
         "multiple"},
        {"value = 15040\nunit = \"per million\"\nstatus = \"sourced\"",
         "value = 15040\nunit = \"per million\"\nstatus = \"sure\"", "scenario_value", "status"},
        {"value = [4596, 3650, 1226, 528]", "value = [4596, 3650, 1226]", "scenario_value", "parity"},
        {"value = [4596, 3650, 1226, 528]", "value = [0, 0, 0, 0]", "scenario_value", "parity"},
        {"value = [4596, 3650, 1226, 528]", "value = 4596", "scenario_value", "parity"},
        {"value = 1440\n", "value = 4801\n", "scenario_value", "kraamzorg_least"},
        {"value = [850, 70, 60, 20]", "value = ", "scenario_syntax", nullptr},
    };
    for (const auto& row : table) {
        SCOPED_TRACE(row.now);
        const std::string text = with(row.old, row.now);
        const auto read = parse_calibration(text, "c.toml");
        ASSERT_FALSE(read.ok());
        EXPECT_EQ(read.error().code, row.code);
        EXPECT_EQ(read.error().params[0], (std::pair<std::string, std::string>("file", "c.toml")));
        const bool named = row.key == nullptr || read.error().params[2].second == row.key;
        EXPECT_TRUE(named) << read.error().params[2].second;
    }
}

TEST(Calibration, TheLineIsThatOfTheFigure) {
    const auto read = parse_calibration(with("value = 15040\n", "value = 1000001\n"), "c.toml");
    ASSERT_FALSE(read.ok());
    const std::string text = shipped();
    const auto before = text.substr(0, text.find("[multiple]"));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    EXPECT_EQ(read.error().params[1].second, std::to_string(line));
}

// A figure that is not memory says what it was published as: an id of the page, or the table it is from.
TEST(Calibration, OnlyMemoryMaySayThatNothingWasFound) {
    const auto figures = parse_figures(shipped(), "c.toml");
    ASSERT_TRUE(figures.ok());
    for (const Figure& figure : *figures) {
        SCOPED_TRACE(figure.name);
        const bool not_found =
            figure.source.starts_with("not found") || figure.source.starts_with("a choice");
        EXPECT_FALSE(not_found && figure.status != "memory");
    }
}

}  // namespace
}  // namespace bundel::sim
