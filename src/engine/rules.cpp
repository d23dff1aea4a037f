#include "engine/rules.h"

#include <algorithm>
#include <optional>
#include <set>

#include "decision/proof.h"
#include "engine/rule_words.h"
#include "rulebook/selection_model.h"

namespace bundel::engine {
using base::Error;
using decision::DecisionInfo;
using decision::Model;
using decision::Table;
using rulebook::Regime;

namespace {

RuleName rule_name(const Table& table, std::size_t rule) {
    return {table.rules[rule].id, rule + 1};
}

// The decision and all that it requires, at whatever distance.
std::set<std::uint32_t> cone_of(const Model& model, std::uint32_t decision) {
    std::set<std::uint32_t> cone{decision};
    std::vector<std::uint32_t> ahead{decision};
    while (!ahead.empty()) {
        const std::uint32_t one = ahead.back();
        ahead.pop_back();
        for (const std::uint32_t required : model.decisions()[one].decisions) {
            if (cone.insert(required).second) ahead.push_back(required);
        }
    }
    return cone;
}

// First those that no other requires: their cones tell of the others too. Then the others, for when a cone
// cannot be proved as a whole.
std::vector<std::uint32_t> final_first(const Model& model) {
    std::set<std::uint32_t> required;
    for (const DecisionInfo& info : model.decisions())
        required.insert(info.decisions.begin(), info.decisions.end());
    std::vector<std::uint32_t> order;
    for (const bool is_required : {false, true}) {
        for (std::uint32_t i = 0; i < model.decisions().size(); ++i) {
            const bool has_table = model.decisions()[i].table != nullptr;
            if (has_table && required.contains(i) == is_required) order.push_back(i);
        }
    }
    return order;
}

RuleProblem problem_of(const Table& table, const decision::ProofProblem& found) {
    RuleProblem problem;
    switch (found.kind) {
        case decision::ProofProblem::Kind::gap: break;
        case decision::ProofProblem::Kind::overlap:
            problem.kind = RuleProblem::Kind::overlap;
            problem.rule = rule_name(table, found.rule);
            problem.other = rule_name(table, found.other);
            break;
        case decision::ProofProblem::Kind::dead_rule:
            problem.kind = RuleProblem::Kind::dead_rule;
            problem.rule = rule_name(table, found.rule);
            break;
    }
    for (const auto& [variable, value] : found.example)
        problem.example.emplace_back(variable, word_of(value));
    return problem;
}

using ByDecision = std::map<std::uint32_t, CheckedDecision>;

// What the cone of `final` says of decisions that no cone before it spoke of.
void take(const Model& model, std::uint32_t final, const decision::Proof& proof, ByDecision& checked) {
    for (const std::uint32_t one : cone_of(model, final)) {
        const auto found = checked.find(one);
        if (found == checked.end() || found->second.decided) continue;
        found->second.decided = true;
        for (const auto& problem : proof.problems) {
            if (problem.decision == one)
                found->second.problems.push_back(problem_of(*model.decisions()[one].table, problem));
        }
    }
}

void prove_all(const Model& model, ByDecision& checked, std::vector<Error>& refused) {
    for (const std::uint32_t decision : final_first(model)) {
        if (checked.at(decision).decided) continue;
        const auto proof = decision::prove(model, decision, decision::Reach::graph);
        if (proof.ok()) {
            take(model, decision, *proof, checked);
        } else if (std::ranges::find(refused, proof.error()) == refused.end()) {
            refused.push_back(proof.error());
        }
    }
}

// A text that the price table knows by name ("duur onbekend") is a question, not a performance.
bool is_asked_about(const Model& model, const Table& price, std::string_view performance,
                    const std::string& given) {
    const auto named = model.decision(performance);
    for (std::size_t column = 0; named && column < price.inputs.size(); ++column) {
        if (price.inputs[column].expression.text != model.decisions()[*named].name) continue;
        for (const decision::TableRule& rule : price.rules) {
            if (rule.inputs[column].text == "\"" + given + "\"") return true;
        }
    }
    return false;
}

// What the model can give and what the catalogue has must be the same performances.
std::vector<RuleProblem> compare_catalogue(const Regime& regime, const Table& performance,
                                           const Table& price) {
    std::vector<RuleProblem> problems;
    std::set<std::string> derivable, given;
    for (const auto& one : regime.performances) {
        if (one.derivable) derivable.insert(one.id.str());
    }
    for (std::size_t rule = 0; rule < performance.rules.size(); ++rule) {
        const std::string text = word_of(performance.rules[rule].outputs.front().node.value);
        given.insert(text);
        const bool known =
            derivable.contains(text) ||
            is_asked_about(regime.model->model(), price, id_of(rulebook::Asked::performance), text);
        if (known) continue;
        RuleProblem problem{RuleProblem::Kind::performance_unknown, rule_name(performance, rule)};
        problem.performance = text;
        problems.push_back(std::move(problem));
    }
    for (const std::string& one : derivable) {
        if (given.contains(one)) continue;
        RuleProblem problem{RuleProblem::Kind::performance_never};
        problem.performance = one;
        problems.push_back(std::move(problem));
    }
    return problems;
}

const Table& table_of(const Model& model, rulebook::Asked asked) {
    return *model.decisions()[*model.decision(id_of(asked))].table;  // the loader saw to it
}

CheckedModel check_model(const Regime& regime) {
    const Model& model = regime.model->model();
    CheckedModel result{regime.id.str(), model.name(), {}, {}};
    ByDecision checked;
    for (std::uint32_t i = 0; i < model.decisions().size(); ++i) {
        const DecisionInfo& info = model.decisions()[i];
        if (info.table != nullptr) checked[i] = {info.id, info.name, info.table->rules.size()};
    }
    prove_all(model, checked, result.refused);
    auto& performance = checked.at(*model.decision(id_of(rulebook::Asked::performance)));
    std::ranges::copy(compare_catalogue(regime, table_of(model, rulebook::Asked::performance),
                                        table_of(model, rulebook::Asked::price)),
                      std::back_inserter(performance.problems));
    for (auto& [number, decision] : checked) result.decisions.push_back(std::move(decision));
    return result;
}

}  // namespace

bool CheckedModel::holds() const {
    return refused.empty() && std::ranges::all_of(decisions, &CheckedDecision::holds);
}

std::vector<CheckedModel> check_rules(const rulebook::Rulebook& rulebook) {
    std::vector<CheckedModel> models;
    for (const Regime& regime : rulebook.regimes()) models.push_back(check_model(regime));
    return models;
}

bool holds(const std::vector<CheckedModel>& models) {
    return std::ranges::all_of(models, &CheckedModel::holds);
}

}  // namespace bundel::engine
