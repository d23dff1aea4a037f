#include "engine/sentences.h"

#include "engine/explain.h"

namespace bundel::engine {
using texts::Texts;

namespace {

std::string number(std::size_t count, const Texts& texts) {
    return texts.number(static_cast<std::int64_t>(count));
}

const char* code_of(RuleProblem::Kind kind) {
    switch (kind) {
        case RuleProblem::Kind::gap: return "rules_gap";
        case RuleProblem::Kind::overlap: return "rules_overlap";
        case RuleProblem::Kind::dead_rule: return "rules_dead";
        case RuleProblem::Kind::performance_unknown: return "rules_performance_unknown";
        case RuleProblem::Kind::performance_never: break;
    }
    return "rules_performance_never";
}

}  // namespace

std::string sentence_of(const Imported& imported, const std::string& name, const Texts& texts) {
    const char* code = imported.refused ? "imported_refused" : imported.again ? "imported_again" : "imported";
    return texts.sentence(code,
                          {{"file", name},
                           {"kind", imported.kind.empty() ? texts.sentence("kind_unknown") : imported.kind},
                           {"lines", number(imported.lines, texts)},
                           {"women", number(imported.persons, texts)}});
}

std::vector<std::string> sentences_of(const Sending& sending, const Texts& texts) {
    std::vector<std::string> lines{texts.sentence("sent_lines", {{"files", number(sending.files, texts)},
                                                                 {"claims", number(sending.claims, texts)},
                                                                 {"credits", number(sending.credits, texts)},
                                                                 {"amount", texts.amount(sending.amount)}})};
    if (sending.handed_over > 0)
        lines.push_back(
            texts.sentence("handed_over_lines", {{"lines", number(sending.handed_over, texts)},
                                                 {"amount", texts.amount(sending.handed_over_amount)}}));
    return lines;
}

std::string sentence_of(const Refusal& refusal, const Texts& texts) {
    return texts.sentence(word(refusal), {{"claims", number(refusal.claims, texts)},
                                          {"amount", texts.amount(refusal.amount)},
                                          {"file", refusal.file},
                                          {"key", refusal.key}});
}

std::string sentence_of(const RuleProblem& problem, const Texts& texts) {
    return texts.sentence(code_of(problem.kind), {{"row", std::to_string(problem.rule.row)},
                                                  {"rule", problem.rule.id},
                                                  {"other_row", std::to_string(problem.other.row)},
                                                  {"other", problem.other.id},
                                                  {"performance", problem.performance}});
}

std::string sentence_of(const std::optional<PhaseOutcome>& outcome, const Texts& texts) {
    if (!outcome) return texts.sentence("rules_diff_none");
    std::string text = texts.sentence(route_words[static_cast<std::size_t>(outcome->kind)]);
    if (!outcome->performance.empty())
        text += " " + outcome->performance + " " + texts.amount(outcome->price);
    return text + " (" + texts.sentence(outcome->reason) + ")";
}

}  // namespace bundel::engine
