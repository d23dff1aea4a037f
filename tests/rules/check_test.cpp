// `bundel rules check`: the shipped models hold, and 30 faults put into them by a seed are all found.
#include <gtest/gtest.h>

#include <random>

#include "engine/rules.h"
#include "support/rulebook_files.h"

namespace bundel::engine {
namespace {

using testing::as_text;
using testing::load_rulebook;
using Files = std::map<std::string, std::string>;
using Kind = RuleProblem::Kind;

std::vector<CheckedModel> check(const Files& files) {
    return check_rules(load_rulebook(files));
}

const CheckedDecision& decision_of(const std::vector<CheckedModel>& models, std::string_view regime,
                                   std::string_view id) {
    for (const CheckedModel& model : models) {
        for (const CheckedDecision& one : model.decisions) {
            if (model.regime == regime && one.id == id) return one;
        }
    }
    ADD_FAILURE() << "no " << id << " in " << regime;
    static const CheckedDecision none;
    return none;
}

TEST(Check, TheFourShippedModelsHold) {
    for (const auto& files : {testing::rulebook_files(), testing::second_catalogue_files()}) {
        const auto models = check(files);
        ASSERT_EQ(models.size(), 2U);
        for (const CheckedModel& model : models) {
            EXPECT_TRUE(model.holds()) << model.file << to_json(models);
            EXPECT_EQ(model.decisions.size(), 11U);
        }
    }
}

// ---- The text of a model, rule by rule ----

struct Text {
    std::size_t first = 0;
    std::size_t last = 0;  // behind it
};

Text rule_text(const std::string& model, const std::string& id) {
    const auto first = model.find("<rule id=\"" + id + "\">");
    EXPECT_NE(first, std::string::npos) << id;
    const std::string end = "</rule>";
    return {first, model.find(end, first) + end.size()};
}

std::string& model_in(Files& files, const std::string& regime) {
    return files.at("models/" + regime + ".dmn");
}

void remove_rule(std::string& model, const std::string& id) {
    const Text text = rule_text(model, id);
    model.erase(text.first, text.last - text.first);
}

// Directly below itself, under another name. `widened`: from the cells; empty: all of them "-".
void add_below(std::string& model, const std::string& id, bool widened) {
    const Text text = rule_text(model, id);
    std::string copy = model.substr(text.first, text.last - text.first);
    copy.replace(copy.find(id), id.size(), id + "_fault");
    const std::string open = "<inputEntry><text>";
    for (auto at = copy.find(open); widened && at != std::string::npos; at = copy.find(open, at + 1)) {
        const auto begin = at + open.size();
        copy.replace(begin, copy.find("</text>", begin) - begin, "-");
    }
    model.insert(text.last, copy);
}

// The cell in this column, from 0, becomes "-". False when it already was.
bool widen_cell(std::string& model, const std::string& id, std::size_t column) {
    const Text text = rule_text(model, id);
    const std::string open = "<inputEntry><text>";
    auto at = model.find(open, text.first);
    for (std::size_t i = 0; i < column; ++i) at = model.find(open, at + 1);
    const auto begin = at + open.size();
    const auto size = model.find("</text>", begin) - begin;
    if (model.compare(begin, size, "-") == 0) return false;
    model.replace(begin, size, "-");
    return true;
}

struct Place {
    std::string decision;
    std::size_t rules;
    std::size_t columns;
};
const std::vector<Place> places{{"disposition", 27, 4}, {"whose_care", 3, 2},    {"own_care", 3, 2},
                                {"contracting", 12, 7}, {"outside_care", 16, 7}, {"completeness", 4, 2},
                                {"time", 7, 4},         {"performance", 3, 7},   {"price", 5, 5},
                                {"route", 27, 8},       {"coupling", 12, 5}};

enum class Fault { removed, widened, duplicated, shadowed, unreachable };

// The only rule that gives its word; with another word in its place a rule of route is never reached.
struct Only {
    std::string rule;
    std::string word;
    std::string other;
};
const std::vector<Only> only_ones{{"contracting_1", "verzekeraars spreken elkaar tegen", "contract"},
                                  {"contracting_2", "geen verzekeraar bekend", "contract"},
                                  {"contracting_4", "meer contracten", "contract"},
                                  {"contracting_9", "meer prijslijsten", "prijslijst"},
                                  {"outside_care_14", "bedrag onbekend", "geen"},
                                  {"outside_care_16", "aftrek niet afgesproken", "geen"},
                                  {"completeness_3", "vertrokken: mono", "volledig"},
                                  {"completeness_4", "vertrokken: vragen", "volledig"},
                                  {"time_3", "uitkomst onbekend", "voorbij"},
                                  {"price_1", "geen prestatie", "akkoord"},
                                  {"price_4", "aftrek boven de prijs", "akkoord"}};

void replace_word(std::string& model, const Only& only) {
    const Text text = rule_text(model, only.rule);
    const std::string word = "<outputEntry><text>\"" + only.word + "\"";
    const auto at = model.find(word, text.first);
    ASSERT_LT(at, text.last) << only.rule;
    model.replace(at, word.size(), "<outputEntry><text>\"" + only.other + "\"");
}

// One fault in the model of 2023, by the seed. Nothing when the seed chose a cell that says nothing.
struct Seeded {
    Fault fault;
    std::string decision;
    std::string rule;
};
std::optional<Seeded> put_fault(std::uint32_t seed, Files& files) {
    std::mt19937 chance(seed);
    const auto any = [&](std::size_t size) { return static_cast<std::size_t>(chance()) % size; };
    const Place& place = places[any(places.size())];
    Seeded seeded{static_cast<Fault>(seed % 5), place.decision,
                  place.decision + "_" + std::to_string(1 + any(place.rules))};
    std::string& model = model_in(files, "2023");
    switch (seeded.fault) {
        case Fault::removed: remove_rule(model, seeded.rule); return seeded;
        case Fault::duplicated: add_below(model, seeded.rule, false); return seeded;
        case Fault::shadowed: add_below(model, seeded.rule, true); return seeded;
        case Fault::unreachable:
            replace_word(model, only_ones[any(only_ones.size())]);
            return Seeded{seeded.fault, "route", "route_"};
        case Fault::widened: break;
    }
    if (!widen_cell(model, seeded.rule, any(place.columns))) return std::nullopt;
    return seeded;
}

// What the fault must be told as, in the table where it was put.
Kind expected(Fault fault) {
    if (fault == Fault::unreachable) return Kind::dead_rule;
    return fault == Fault::removed ? Kind::gap : Kind::overlap;
}

TEST(Check, ThirtySeededFaultsAreFound) {
    int found = 0;
    std::map<Fault, int> of_kind;
    for (std::uint32_t seed = 1; found < 30; ++seed) {
        ASSERT_LT(seed, 200U);
        auto files = testing::rulebook_files();
        const auto seeded = put_fault(seed, files);
        if (!seeded) continue;
        SCOPED_TRACE(::testing::Message() << "seed " << seed << ", " << seeded->rule);
        const auto models = check(files);
        EXPECT_FALSE(holds(models));
        const auto& problems = decision_of(models, "2023", seeded->decision).problems;
        EXPECT_TRUE(std::ranges::any_of(problems, [&](const RuleProblem& problem) {
            return problem.kind == expected(seeded->fault) &&
                   (problem.kind == Kind::gap || problem.rule.id.starts_with(seeded->rule) ||
                    problem.other.id.starts_with(seeded->rule));
        })) << to_json(models);
        EXPECT_TRUE(decision_of(models, "2017", seeded->decision).holds());
        ++found;
        ++of_kind[seeded->fault];
    }
    for (const Fault fault :
         {Fault::removed, Fault::widened, Fault::duplicated, Fault::shadowed, Fault::unreachable})
        EXPECT_GE(of_kind[fault], 3);
}

// ---- What is told ----

TEST(Check, AGapIsToldAsACaseInTheWordsOfTheModel) {
    auto files = testing::rulebook_files();
    remove_rule(model_in(files, "2023"), "own_care_2");
    const auto models = check(files);
    const CheckedDecision& decision = decision_of(models, "2023", "own_care");
    ASSERT_EQ(decision.problems.size(), 1U);
    using Example = std::vector<std::pair<std::string, std::string>>;
    EXPECT_EQ(decision.problems.front().example,
              (Example{{"eigen regels", "0"}, {"ingeschreven bij een deelnemer", "ja"}}));
}

TEST(Check, AProblemIsNotRepeatedByWhatRestsOnIt) {
    auto files = testing::rulebook_files();
    remove_rule(model_in(files, "2023"), "completeness_4");  // route rests on it
    std::size_t problems = 0;
    for (const CheckedModel& model : check(files)) {
        for (const CheckedDecision& one : model.decisions) problems += one.problems.size();
    }
    // The gap itself, and the rule of route that now never applies.
    EXPECT_EQ(problems, 2U);
}

TEST(Check, ARuleThatNothingReachesIsDead) {
    auto files = testing::rulebook_files();
    std::string& model = model_in(files, "2023");
    const Text text = rule_text(model, "completeness_3");
    const std::string word = "\"vertrokken: mono\"";
    model.replace(model.find(word, text.first), word.size(), "\"volledig\"");
    const auto models = check(files);
    const auto& problems = decision_of(models, "2023", "route").problems;
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems.front().kind, Kind::dead_rule);
    EXPECT_EQ(problems.front().rule, (RuleName{"route_16", 16}));
}

TEST(Check, TheCatalogueAndTheModelHaveTheSamePerformances) {
    auto files = testing::rulebook_files();
    std::string& regime = files.at("regimes/2023.toml");
    regime.replace(regime.find("id = \"natal\""), 12, "id = \"natale\"");
    const auto models = check(files);
    const auto& problems = decision_of(models, "2023", "performance").problems;
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_EQ(problems[0].kind, Kind::performance_unknown);
    EXPECT_EQ(problems[0].performance, "natal");
    EXPECT_EQ(problems[0].rule, (RuleName{"performance_2", 2}));
    EXPECT_EQ(problems[1].kind, Kind::performance_never);
    EXPECT_EQ(problems[1].performance, "natale");
}

std::string refused_at_load(const std::map<std::string, std::string>& files) {
    const auto loaded = rulebook::Rulebook::load(files);
    return loaded.ok() ? "" : testing::as_text(loaded.error());
}

// What cannot be proved cannot be carried out either: it is refused before it is asked anything.
TEST(Check, WhatCannotBeProvedIsRefusedByColumn) {
    auto files = testing::rulebook_files();
    std::string& model = model_in(files, "2023");
    const Text text = rule_text(model, "own_care_1");
    const std::string cell = "&gt;= 1";
    model.replace(model.find(cell, text.first), cell.size(), "floor(?) &gt;= 1");
    const std::string refused = refused_at_load(files);
    EXPECT_TRUE(refused.starts_with("rulebook_model_column file=models/2023.dmn")) << refused;
    EXPECT_TRUE(refused.ends_with("decision=zorg van ons column=eigen regels")) << refused;
}

TEST(Check, ATableWithAnotherHitPolicyIsRefusedByName) {
    auto files = testing::rulebook_files();
    std::string& model = model_in(files, "2023");
    model.insert(model.find("<decision id="), R"(
<decision id="extra" name="extra"><variable name="extra" typeRef="boolean"/>
<informationRequirement id="extra_needs"><requiredInput href="#by_member"/></informationRequirement>
<decisionTable id="extra_table" hitPolicy="FIRST">
<input id="extra_input"><inputExpression typeRef="boolean"><text>deelnemer</text></inputExpression></input>
<output id="extra_output" typeRef="boolean"/><annotation name="bron"/><annotation name="status"/>
<rule id="extra_1"><inputEntry><text>-</text></inputEntry><outputEntry><text>true</text></outputEntry>
<annotationEntry><text>s</text></annotationEntry><annotationEntry><text>example</text></annotationEntry></rule>
</decisionTable></decision>
)");
    const std::string refused = refused_at_load(files);
    EXPECT_TRUE(refused.starts_with("rulebook_model_table file=models/2023.dmn")) << refused;
    EXPECT_TRUE(refused.ends_with("decision=extra")) << refused;
}

}  // namespace
}  // namespace bundel::engine
