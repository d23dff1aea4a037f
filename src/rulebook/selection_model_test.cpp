// The tables as they are carried out, beside the engine that carries out any model.
#include "rulebook/selection_model.h"

#include <gtest/gtest.h>

#include "support/rulebook_files.h"
#include "support/small_rulebook.h"
#include "wire/testing.h"

namespace bundel::rulebook {
namespace {

constexpr Asked all_asked[] = {Asked::disposition,  Asked::whose_care,   Asked::own_care, Asked::contracting,
                               Asked::outside_care, Asked::completeness, Asked::time,     Asked::performance,
                               Asked::price,        Asked::route,        Asked::coupling};

// Every input of the model with a value that its type allows, borders more often than not.
Observations any_case(const SelectionModel& model, wire::testing::Seeded& chance) {
    Observations seen(model);
    for (std::size_t i = 0; i < variable_count; ++i) {
        const auto variable = static_cast<Variable>(i);
        const decision::InputData* input = model.input_of(variable);
        if (input == nullptr) continue;
        if (!input->type->allowed_values.empty()) {
            const auto& allowed = input->type->allowed_values;
            seen.put(variable, allowed[chance.below(allowed.size())]);
        } else if (input->type->kind == decision::Kind::boolean) {
            seen.truth(variable, chance.below(2) == 1);
        } else {
            const auto borders = model.border_values(variable);
            const auto any = static_cast<std::int64_t>(chance.below(400));
            const bool border = !borders.empty() && chance.below(3) > 0;
            const auto number = border ? *borders[chance.below(borders.size())].number().to_integer() : any;
            seen.number(variable, std::max<std::int64_t>(number, 0));
        }
    }
    return seen;
}

std::string text_of(const decision::Value& value) {
    const decision::Value* first = &value;
    if (value.kind() == decision::Kind::context) first = &value.context().front().second;
    return first->kind() == decision::Kind::string ? first->string() : first->format();
}

TEST(SelectionModel, TheCompiledTablesAnswerAsTheEngineDoes) {
    for (const auto& files : {testing::rulebook_files(), testing::second_catalogue_files()}) {
        const Rulebook book = testing::load_rulebook(files);
        for (const Regime& regime : book.regimes()) {
            const SelectionModel& model = *regime.model;
            wire::testing::Seeded chance(7);
            for (int i = 0; i < 2'000; ++i) {
                const Observations seen = any_case(model, chance);
                const Asked asked = all_asked[static_cast<std::size_t>(i) % std::size(all_asked)];
                const auto found = model.model().decision(id_of(asked));
                const auto slow = model.model().evaluate(*found, seen.values());
                const auto fast = model.ask(asked, seen, nullptr);
                ASSERT_TRUE(slow.ok() && fast.ok()) << id_of(asked);
                ASSERT_EQ(std::string(fast->text), text_of(*slow)) << id_of(asked);
            }
        }
    }
}

TEST(SelectionModel, ARuleRestsOnWhatItLooksAt) {
    const Rulebook book = testing::load_rulebook();
    const SelectionModel& model = *book.regimes().back().model;
    Observations seen(model);
    seen.truth(Variable::due_dates_conflict, true);
    seen.word(Variable::insurer_evidence, InsurerEvidence::none);
    Trail trail;
    // The other tables have nothing to go by, and are not looked at.
    EXPECT_EQ(model.ask(Asked::route, seen, &trail).error().code, "rulebook_model_gap");
    wire::testing::Seeded chance(1);
    Observations whole = any_case(model, chance);
    whole.truth(Variable::due_dates_conflict, true);
    const auto answer = model.ask(Asked::route, whole, &trail);
    ASSERT_TRUE(answer.ok());
    EXPECT_STREQ(answer->text, "vragen");
    EXPECT_STREQ(answer->reason, "due_dates_conflict");
    for (const Asked asked : all_asked) EXPECT_FALSE(answer->looked_at(asked)) << id_of(asked);
    ASSERT_EQ(trail.notes().size(), 1U);
    EXPECT_EQ(book.values()[trail.notes()[0].value].key, "route.route_1");
}

TEST(SelectionModel, DaysAheadAreThoseOnWhichABorderIsReached) {
    const Rulebook book = testing::load_rulebook();
    const SelectionModel& model = *book.regimes().back().model;
    Observations seen(model);
    seen.number(Variable::days_since_end, -10);
    seen.number(Variable::hold_days, 30);
    seen.number(Variable::days_since_question_day, -300);
    EXPECT_EQ(model.days_ahead(seen), (std::vector<int>{10, 11, 41, 42, 300, 301}));
    seen.number(Variable::days_since_end, 40);
    seen.number(Variable::days_since_question_day, 0);
    EXPECT_EQ(model.days_ahead(seen), std::vector<int>{1});
}

TEST(SelectionModel, WhatTheProgramCannotCarryOutIsRefused) {
    struct Row {
        const char* why;
        const char* from;
        const char* to;
        const char* code;
    };
    const Row rows[] = {
        {"no DMN", "<definitions", "<definitie", "decision_xml"},
        {"an input that nobody observes", "id=\"when_left\"", "id=\"mood\"", "decision_reference"},
        {"a word that can be observed and is not allowed",
         "\"controle\", \"regel\", \"tegenstrijdig\", \"geen\"", "\"controle\", \"regel\", \"tegenstrijdig\"",
         "rulebook_model_word"},
        {"an answer that nobody knows", "<outputEntry><text>\"van buiten\"</text></outputEntry>",
         "<outputEntry><text>\"buitenom\"</text></outputEntry>", "decision_result_type"},
        {"a status without a source",
         "<description>verified: CONTRIBUTING, regel 1: wat niet vaststaat beslist een mens</description>",
         "<description>verified:</description>", "rulebook_model_source"},
        {"another hit policy", "id=\"route_table\" hitPolicy=\"UNIQUE\"",
         "id=\"route_table\" hitPolicy=\"FIRST\"", "rulebook_model_table"},
        {"a source without a status", "<description>verified: CONTRIBUTING", "<description>CONTRIBUTING",
         "rulebook_model_source"},
        {"a status that is none", "<description>verified: ", "<description>sure: ", "rulebook_model_source"},
        {"verified and not found", "<description>verified: ", "<description>verified: not found, ",
         "rulebook_model_source"},
        {"a cell that is worked out", "<inputEntry><text>&lt; 112</text></inputEntry>",
         "<inputEntry><text>&lt; 100 + wachtdagen</text></inputEntry>", "feel_unknown_name"},
        {"a decision that is not there", "id=\"own_care\"", "id=\"own\"", "rulebook_model_decision"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        std::string bytes = shipped_model("2017");
        const auto at = bytes.find(row.from);
        ASSERT_NE(at, std::string::npos);
        bytes.replace(at, std::string_view(row.from).size(), row.to);
        const auto loaded = SelectionModel::load(bytes, "m.dmn");
        EXPECT_EQ(loaded.ok() ? "none" : loaded.error().code, row.code);
    }
}

}  // namespace
}  // namespace bundel::rulebook
