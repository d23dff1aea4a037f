// `bundel rules test`: the rows beside the shipped models come out, and reach every rule.
#include <gtest/gtest.h>

#include <regex>

#include "engine/rules.h"
#include "support/rulebook_files.h"

namespace bundel::engine {
namespace {

using testing::as_text;
using testing::load_rulebook;
using Files = std::map<std::string, std::string>;

base::Result<std::vector<TestedModel>> run(const Files& files) {
    return test_rules(load_rulebook(files), files);
}

TEST(Rows, AllComeOutAndReachEveryRule) {
    const auto models = run(testing::rulebook_files());
    ASSERT_TRUE(models.ok()) << as_text(models.error());
    std::size_t rows = 0;
    for (const TestedModel& model : *models) {
        EXPECT_EQ(model.decisions.size(), 11U);
        for (const TestedDecision& one : model.decisions) {
            EXPECT_TRUE(one.wrong.empty()) << to_json(*models);
            EXPECT_TRUE(one.unreached.empty()) << one.file << ": " << one.unreached.front().id;
            rows += one.rows;
        }
    }
    EXPECT_GT(rows, 300U);
}

TEST(Rows, ThePerformancesOfTheSecondCatalogueAreReached) {
    const auto models = run(testing::second_catalogue_files());
    ASSERT_TRUE(models.ok()) << as_text(models.error());
    EXPECT_TRUE(all_right(*models)) << to_json(*models);
    for (const TestedModel& model : *models) {
        for (const TestedDecision& one : model.decisions) {
            if (one.id != "performance") continue;
            EXPECT_TRUE(one.unreached.empty()) << to_json(*models);
        }
    }
}

// Rulings of the authority that the tables carry, each in a row of its own.
TEST(Rows, TheRulingsAreThere) {
    std::set<std::string> named;
    for (const auto& [file, bytes] : testing::rulebook_files()) {
        if (!file.starts_with("models/") || !file.ends_with(".csv")) continue;
        static const std::regex ruling(";(R[0-9]+[ab]?);");
        for (std::sregex_iterator i(bytes.begin(), bytes.end(), ruling), end; i != end; ++i)
            named.insert((*i)[1]);
    }
    for (const char* one : {"R1", "R3", "R5a", "R5b", "R6", "R7", "R11", "R12", "R13", "R14", "R15", "R16",
                            "R17", "R19", "R20", "R21", "R22", "R24", "R27"})
        EXPECT_TRUE(named.contains(one)) << one;
}

TEST(Rows, AWrongRowSaysLineExpectedAndGot) {
    auto files = testing::rulebook_files();
    files["models/2023/own_care.csv"] =
        "eigen regels;ingeschreven bij een deelnemer;verwacht;uitspraak;waarom\n"
        "1;;ja;;goed\n"
        "0;nee;ja;;fout\n"
        ";;ja;;niets gegeven\n";
    const auto models = run(files);
    ASSERT_TRUE(models.ok()) << as_text(models.error());
    EXPECT_FALSE(all_right(*models));
    const TestedDecision& one = (*models)[1].decisions[2];
    ASSERT_EQ(one.wrong.size(), 2U);
    EXPECT_EQ(one.wrong[0].line, 3);
    EXPECT_EQ(one.wrong[0].column, "verwacht");
    EXPECT_EQ(one.wrong[0].expected, "ja");
    EXPECT_EQ(one.wrong[0].got, "nee");
    EXPECT_EQ(one.wrong[0].why, "fout");
    EXPECT_EQ(one.wrong[1].got, "");
    ASSERT_EQ(one.unreached.size(), 1U);
    EXPECT_EQ(one.unreached[0], (RuleName{"own_care_2", 2}));
}

TEST(Rows, WhatCannotBeReadIsRefusedByName) {
    const std::string own = "models/2023/own_care.csv";
    const struct {
        const char* name;
        std::string file, bytes, error;
    } rows[] = {
        {"no decision", "models/2023/oewn_care.csv", "verwacht\nja\n",
         "rules_test_file file=models/2023/oewn_care.csv"},
        {"no model", "models/2022/own_care.csv", "verwacht\nja\n",
         "rules_test_file file=models/2022/own_care.csv"},
        {"column unknown", own, "eigen regel;verwacht\n1;ja\n",
         "rules_test_column file=" + own + " column=eigen regel"},
        {"no outcome", own, "eigen regels\n1\n", "rules_test_column file=" + own + " column=verwacht"},
        {"no reason here", own, "eigen regels;verwacht;reden\n1;ja;x\n",
         "rules_test_column file=" + own + " column=reden"},
        {"no number", own, "eigen regels;verwacht\neen;ja\n",
         "rules_test_cell file=" + own + " line=2 column=eigen regels found=een"},
        {"no truth", own, "ingeschreven bij een deelnemer;verwacht\ntrue;ja\n",
         "rules_test_cell file=" + own + " line=2 column=ingeschreven bij een deelnemer found=true"},
        {"no word of the type", "models/2023/completeness.csv", "bij vertrek;verwacht\nmonoo;volledig\n",
         "rules_test_cell file=models/2023/completeness.csv line=2 column=bij vertrek found=monoo"},
        {"too narrow", own, "eigen regels;verwacht\n1\n", "rules_test_unreadable file=" + own + " line=2"},
        {"outside the range", own, "eigen regels;verwacht\n-1;ja\n",
         "decision_input_type file=models/2023.dmn input=eigen regels"},
    };
    for (const auto& row : rows) {
        SCOPED_TRACE(row.name);
        auto files = testing::rulebook_files();
        files[row.file] = row.bytes;
        const auto models = run(files);
        ASSERT_FALSE(models.ok());
        EXPECT_EQ(as_text(models.error()), row.error);
    }
}

}  // namespace
}  // namespace bundel::engine
