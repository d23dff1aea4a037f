#include "claim/case.h"

#include <algorithm>

#include "claim/forwarding.h"

namespace bundel::claim {
using base::Result;
using rulebook::Rulebook;
using selection::PhaseDecision;
using selection::RouteKind;

namespace {

FixedText<64> question_key(std::string text) {
    if (text.size() > 64) text = text.substr(0, 31) + base::digest(text).hex().substr(0, 32);
    return FixedText<64>::of(text);
}

Ought bundle(const Case& made, const PhaseDecision& decision, AgbCode igo) {
    Ought ought;
    ought.kind = Kind::integrated;
    ought.declarant = igo;
    ought.insurer = decision.insurer;
    ought.performance = decision.route.performance->code;
    ought.care = made.pathway.pregnancies[decision.pregnancy].phase(decision.phase).period;
    ought.amount = decision.route.price;
    ought.pregnancy = decision.pregnancy;
    ought.phase = decision.phase;
    ought.latest_submit_day = *decision.latest_submit_day;
    ought.contract = decision.contract->key.key;
    rulebook::Trail trail = made.pathway.trails[decision.pregnancy];
    trail.append(decision.trail);
    ought.status = trail.weakest();
    ought.trail = trail.digest();
    return ought;
}

Question phase_question(const PhaseDecision& decision) {
    static constexpr const char* names[] = {"prenataal", "nataal", "postnataal"};
    Question question;
    question.key =
        question_key("fase/" + std::to_string(decision.pregnancy + 1) + "/" +
                     names[static_cast<std::size_t>(decision.phase)] + "/" + decision.route.reason);
    question.code = decision.route.reason;
    question.amount = decision.shadow;
    question.deadline = decision.latest_submit_day;
    return question;
}

Question line_question(const Case& made, std::uint32_t index, const char* code,
                       std::optional<Date> deadline) {
    const facts::CareLine& line = made.pathway.known.lines[index].fact;
    Question question;
    question.key = question_key("regel/" + line.id.str() + "/" + code);
    question.code = code;
    question.amount = line.amount;
    question.deadline = deadline;
    question.line = index;
    return question;
}

void add_lines(Case& made, const Rulebook& rulebook, Date as_of) {
    for (std::uint32_t i = 0; i < made.pathway.known.lines.size(); ++i) {
        const Forwarding forwarding = forward(made.pathway, made.selection, i, rulebook, as_of);
        if (forwarding.kind == Forwarding::Kind::send) made.oughts.push_back(forwarding.ought);
        if (forwarding.kind == Forwarding::Kind::ask) {
            made.questions.push_back(line_question(made, i, forwarding.reason, forwarding.deadline));
        }
        if (forwarding.holds_until) made.valid_until = std::min(made.valid_until, *forwarding.holds_until);
    }
}

bool accepted(const Case& made, const Question& question) {
    return std::any_of(made.pathway.known.judgements.begin(), made.pathway.known.judgements.end(),
                       [&](const auto& judgement) {
                           return judgement.fact.kind == facts::JudgementKind::accept &&
                                  judgement.fact.question.view() == question.key.view();
                       });
}

}  // namespace

Result<Case> assess(const facts::Woman& woman, const facts::Agreements& agreements, const Rulebook& rulebook,
                    Date as_of) {
    const facts::Agreements known = facts::known_on(agreements, as_of);
    return assess_known(facts::known_on(woman, as_of), known, rulebook, as_of);
}

Result<Case> assess_known(facts::Woman woman, const facts::Agreements& known, const Rulebook& rulebook,
                          Date as_of) {
    Case made;
    made.valid_until = Date::far_future();
    BUNDEL_TRY(pathway, pathway::build(std::move(woman), rulebook, as_of));
    made.pathway = std::move(pathway);
    BUNDEL_TRY(selection, selection::decide(made.pathway, known, rulebook, as_of));
    made.selection = std::move(selection);
    for (const auto& until : {made.pathway.holds_until, made.selection.holds_until}) {
        if (until) made.valid_until = std::min(made.valid_until, *until);
    }
    for (const PhaseDecision& decision : made.selection.phases) {
        if (decision.route.kind == RouteKind::integrated)
            made.oughts.push_back(bundle(made, decision, known.igo));
        if (decision.route.kind == RouteKind::ask) made.questions.push_back(phase_question(decision));
    }
    add_lines(made, rulebook, as_of);
    std::erase_if(made.questions, [&](const Question& question) { return accepted(made, question); });
    std::sort(made.oughts.begin(), made.oughts.end(), [](const Ought& a, const Ought& b) {
        return std::tuple(a.kind, a.performance, a.insurer, a.care, a.line) <
               std::tuple(b.kind, b.performance, b.insurer, b.care, b.line);
    });
    std::sort(made.questions.begin(), made.questions.end(),
              [](const Question& a, const Question& b) { return a.key < b.key; });
    made.valid_until = std::max(made.valid_until, as_of);
    return made;
}

Digest Case::digest() const {
    base::Hasher hasher;
    for (const auto& trail : pathway.trails) hasher.add(trail.digest());
    for (const auto& part : pathway.parts) {
        hasher.add(part.line).add(part.pregnancy).add(static_cast<int>(part.phase)).add(part.amount.count());
    }
    for (const auto& unplaced : pathway.unplaced)
        hasher.add(unplaced.line).add(static_cast<int>(unplaced.reason));
    for (const auto& line : selection.lines)
        hasher.add(static_cast<int>(line.disposition)).add(std::string_view(line.reason));
    for (const auto& phase : selection.phases) {
        hasher.add(static_cast<int>(phase.route.kind))
            .add(std::string_view(phase.route.reason))
            .add(phase.trail.digest());
    }
    for (const auto& ought : oughts)
        hasher.add(ought.content()).add(ought.trail).add(ought.latest_submit_day.day_number());
    for (const auto& question : questions) hasher.add(question.key.view()).add(question.amount.count());
    return hasher.finish();
}

}  // namespace bundel::claim
