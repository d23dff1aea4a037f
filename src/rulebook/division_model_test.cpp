#include "rulebook/division_model.h"

#include <gtest/gtest.h>

#include "rulebook/task_shifts.h"
#include "support/rulebook_files.h"

namespace bundel::rulebook {
namespace {

using testing::as_text;
using testing::repository_files;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::Ratio;

DivisionModel example(const std::string& name) {
    const auto files = repository_files("examples/verdeelmodellen");
    const auto model = load_division(name, files.at(name));
    EXPECT_TRUE(model.ok()) << (model.ok() ? "" : as_text(model.error()));
    return *model;
}

template <class Rule>
const Rule& rule(const DivisionModel& model, std::size_t step) {
    return std::get<Rule>(model.model.steps.at(step).rule);
}

const AgbCode first = AgbCode::of(8'000'101), second = AgbCode::of(8'000'102);

TEST(DivisionModel, EveryKindOfStepIsRead) {
    const DivisionModel subscription = example("abonnement.toml");
    EXPECT_EQ(subscription.pot, PotPeriod::claim);
    EXPECT_TRUE(std::holds_alternative<distribution::BoughtCareRule>(subscription.model.steps[0].rule));
    EXPECT_EQ(rule<distribution::SubscriptionRule>(subscription, 2).amounts.at(first), Cents::of(50'00));

    const DivisionModel quality = example("kwaliteit.toml");
    EXPECT_EQ(quality.pot, PotPeriod::year);
    const auto& earned = rule<distribution::QualityRule>(quality, 0);
    EXPECT_EQ(earned.gate, Ratio::of(3, 5));
    ASSERT_EQ(earned.scores.size(), 2U);
    EXPECT_EQ(earned.scores[1].points, Ratio::of(11, 20));
    EXPECT_EQ(rule<distribution::SplitRule>(quality, 1).split.most.at(first), Cents::of(500'000'00));
    EXPECT_TRUE(std::holds_alternative<distribution::RemainingRule>(quality.model.steps[2].rule));

    const DivisionModel transition = example("overgang.toml");
    const auto& ordered = rule<distribution::OrderedRule>(transition, 0);
    ASSERT_EQ(ordered.groups.size(), 2U);
    EXPECT_EQ(ordered.groups[1].at(second), Cents::of(10'00));
    const auto& years = rule<distribution::TransitionRule>(transition, 1);
    EXPECT_EQ(years.rounding, values::Rounding::half_even);
    EXPECT_EQ(years.to_part.at(2019), Ratio::of(1, 2));
    EXPECT_EQ(years.to.corridor->down, Ratio::of(1, 20));
}

TEST(DivisionModel, ADecisionHasItsDayAndVotes) {
    std::string file = repository_files("examples/verdeelmodellen").at("abonnement.toml");
    const std::string status = "status = \"example\"";
    file.replace(file.find(status), status.size(), "status = \"verified\"");
    EXPECT_EQ(as_text(load_division("m.toml", file).error()).substr(0, 47),
              "rulebook_value_missing file=m.toml key=decision");
    const std::string decision =
        "[decision]\nday = 2016-12-31\nby = \"ledenraad\"\nin_favour = 11\nagainst = 2\nabstained = 1\n"
        "source = \"notulen\"\n";
    file.insert(file.find("[[step]]"), decision);
    const auto model = load_division("m.toml", file);
    ASSERT_TRUE(model.ok()) << as_text(model.error());
    EXPECT_EQ(model->decision->day, Date::of(2016, 12, 31));
    EXPECT_EQ(model->decision->in_favour, 11);
    EXPECT_EQ(model->decision->against, 2);
    EXPECT_EQ(model->decision->abstained, 1);
}

TEST(DivisionModel, WordsOfASetPart) {
    const auto word = [](Ratio part) {
        return word_of(distribution::ReserveRule{part, values::Rounding::down});
    };
    EXPECT_EQ(word(Ratio::of(1, 50)), "reserve 2%");
    EXPECT_EQ(word(Ratio::of(1, 8)), "reserve 12.5%");
    EXPECT_EQ(word(Ratio::of(1, 3)), "reserve 33.3333%");
}

TEST(TaskShifts, AreRead) {
    const auto files = repository_files("examples/verdeelmodellen");
    const auto shifts = load_task_shifts("v.toml", files.at("verschuivingen.toml"));
    ASSERT_TRUE(shifts.ok()) << as_text(shifts.error());
    ASSERT_EQ(shifts->size(), 1U);
    EXPECT_EQ(shifts->front().from, first);
    EXPECT_EQ(shifts->front().gives_up, Cents::of(50'00));
    struct Row {
        const char* from;
        const char* to;
        const char* error;
    };
    for (const Row& row : {Row{"\"08000101\"", "\"8000101\"", "rulebook_value_wrong"},
                           Row{"gives_up = \"50,00\"", "gives_up = \"0,00\"", "rulebook_value_wrong"},
                           Row{"phase = \"prenatal\"", "phase = \"voor\"", "rulebook_value_wrong"},
                           Row{"[[shift]]", "[[shifts]]", "rulebook_value_missing"}}) {
        std::string file = files.at("verschuivingen.toml");
        file.replace(file.find(row.from), std::string(row.from).size(), row.to);
        EXPECT_EQ(load_task_shifts("v.toml", file).error().code, row.error) << row.to;
    }
}

}  // namespace
}  // namespace bundel::rulebook
