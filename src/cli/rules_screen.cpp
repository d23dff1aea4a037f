#include "cli/rules_screen.h"

#include <cstdint>

#include "engine/sentences.h"

namespace bundel::cli {
using engine::CheckedDecision;
using engine::RuleProblem;
using engine::TestedDecision;
using texts::Texts;

namespace {

std::string count(const Texts& texts, const char* noun, std::size_t number) {
    return texts.count(noun, static_cast<std::int64_t>(number));
}

std::string problem_lines(const RuleProblem& problem, const Texts& texts) {
    std::string out = "    - " + engine::sentence_of(problem, texts) + "\n";
    for (const auto& [variable, value] : problem.example) out += "        " + variable + " = " + value + "\n";
    return out;
}

std::string decision_lines(const CheckedDecision& decision, const Texts& texts) {
    const char* code = decision.holds()    ? "rules_check_holds"
                       : !decision.decided ? "rules_check_undecided"
                                           : "rules_check_broken";
    std::string out =
        "  " +
        texts.sentence(code, {{"name", decision.name},
                              {"decision", decision.id},
                              {"rules", count(texts, "noun_rule", decision.rules)},
                              {"problems", count(texts, "noun_problem", decision.problems.size())}}) +
        "\n";
    for (const RuleProblem& problem : decision.problems) out += problem_lines(problem, texts);
    return out;
}

std::string decision_lines(const TestedDecision& decision, const Texts& texts) {
    const char* code = decision.rows == 0 ? "rules_test_none" : "rules_test_decision";
    std::string out =
        "  " +
        texts.sentence(
            code,
            {{"name", decision.name},
             {"decision", decision.id},
             {"rows", count(texts, "noun_test", decision.rows)},
             {"wrong", texts.number(static_cast<std::int64_t>(decision.wrong.size()))},
             {"reached", texts.number(static_cast<std::int64_t>(decision.rules - decision.unreached.size()))},
             {"rules", count(texts, "noun_rule", decision.rules)}}) +
        "\n";
    for (const engine::WrongRow& row : decision.wrong) {
        out += "    - " +
               texts.sentence(row.got.empty() ? "rules_test_wrong_none" : "rules_test_wrong",
                              {{"file", decision.file},
                               {"line", std::to_string(row.line)},
                               {"column", row.column},
                               {"expected", row.expected},
                               {"got", row.got},
                               {"why", row.why}}) +
               "\n";
    }
    // Of a table without rows the line above says it all.
    for (const engine::RuleName& rule : decision.unreached) {
        if (decision.rows == 0) break;
        out +=
            "    - " +
            texts.sentence("rules_test_unreached", {{"row", std::to_string(rule.row)}, {"rule", rule.id}}) +
            "\n";
    }
    return out;
}

template <class Model>
std::string model_lines(const Model& model, const Texts& texts) {
    std::string out = texts.sentence("rules_model", {{"regime", model.regime}, {"file", model.file}}) + "\n";
    for (const auto& decision : model.decisions) out += decision_lines(decision, texts);
    return out;
}

}  // namespace

std::string checked_lines(const std::vector<engine::CheckedModel>& models, const Texts& texts) {
    std::string out;
    for (const auto& model : models) {
        out += model_lines(model, texts);
        for (const base::Error& error : model.refused) out += "  - " + texts.error(error) + "\n";
    }
    return out + texts.sentence(engine::holds(models) ? "rules_check_sound" : "rules_check_unsound") + "\n";
}

std::string tested_lines(const std::vector<engine::TestedModel>& models, const Texts& texts) {
    std::string out;
    for (const auto& model : models) out += model_lines(model, texts);
    return out + texts.sentence(engine::all_right(models) ? "rules_test_sound" : "rules_test_unsound") + "\n";
}

}  // namespace bundel::cli
