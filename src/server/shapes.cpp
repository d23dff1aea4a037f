#include "server/shapes.h"

#include "engine/bought.h"
#include "server/sentences.h"
#include "server/timeline.h"

namespace bundel::server {
using claim::Sent;
using engine::Explanation;
using engine::World;
using selection::RouteKind;

namespace {

constexpr const char* phase_names[] = {"prenatal", "natal", "postnatal"};
constexpr const char* route_names[] = {"integrated", "mono", "hold", "ask"};
constexpr const char* outcome_names[] = {"unknown",     "live_birth", "stillbirth", "miscarriage",
                                         "termination", "ectopic",    "molar"};
constexpr const char* disposition_names[] = {"in_scope",      "beside",   "state", "bought",
                                             "not_maternity", "included", "ask"};
constexpr const char* status_codes[] = {"verified", "example", "provisional"};

template <class Enum, std::size_t N>
const char* name_of(const char* const (&names)[N], Enum value) {
    const auto index = static_cast<std::size_t>(value);
    BUNDEL_ASSERT(index < N);
    return names[index];
}

Json insurer_shape(values::UzoviCode insurer) {
    return insurer.is_none() ? Json() : Json(insurer.digits());
}

Json agb_shape(values::AgbCode code) {
    return code.is_none() ? Json() : Json(code.digits());
}

Json parts_shape(const Explanation& explanation, std::uint32_t line) {
    Json parts = Json::array();
    for (const auto& part : explanation.standing.wanted.pathway.parts) {
        if (part.line == line)
            parts.add({{"pregnancy", part.pregnancy + 1},
                       {"phase", name_of(phase_names, part.phase)},
                       {"phase_label", label(engine::phase_words[static_cast<std::size_t>(part.phase)])},
                       {"cents", part.amount}});
    }
    return parts;
}

Json pregnancy_shape(const World& world, const Explanation& explanation, std::size_t index) {
    const auto& wanted = explanation.standing.wanted;
    const auto& pregnancy = wanted.pathway.pregnancies[index];
    Json phases = Json::array();
    for (const auto& decision : wanted.selection.phases) {
        if (decision.pregnancy == index) phases.add(phase_shape(world, explanation, decision));
    }
    const std::string outcome = name_of(outcome_names, pregnancy.outcome);
    return {{"number", index + 1},
            {"onset", pregnancy.onset},
            {"due", pregnancy.due ? Json(pregnancy.due->on) : Json()},
            {"end", pregnancy.end},
            {"outcome", outcome},
            {"outcome_label", label("outcome_" + outcome)},
            {"children", pregnancy.children},
            {"trail", list(engine::pregnancy_reasons(world, explanation, index, dutch()),
                           [](const std::string& text) { return Json(text); })},
            {"phases", std::move(phases)}};
}

Json bought_shape(const Explanation& explanation) {
    return list(explanation.standing.wanted.pathway.known.bought, [](const auto& known) {
        return Json{{"kind_label", label(std::string("bought_") + engine::word(known.fact.kind))},
                    {"buyer", agb_shape(known.fact.buyer)},
                    {"supplier", agb_shape(known.fact.supplier)},
                    {"first", known.fact.care.first},
                    {"last", known.fact.care.last},
                    {"amount_cents", known.fact.amount}};
    });
}

Json division_shape(const Explanation& explanation) {
    std::map<values::AgbCode, values::Cents> shares;
    for (const auto& division : explanation.divisions) {
        for (const auto& share : division.division.shares) shares[share.payee] += share.amount;
    }
    return list(shares, [](const auto& share) {
        return Json{{"payee", share.first.digits()}, {"amount_cents", share.second}};
    });
}

}  // namespace

std::string short_name(values::PersonId person) {
    return person.is_nobody() ? std::string() : person.hex().substr(0, 8);
}

std::vector<engine::CountRow> counts_of(const std::vector<engine::CountRow>& totals, std::string_view group) {
    std::vector<engine::CountRow> found;
    for (const engine::CountRow& row : totals) {
        if (row.group == group) found.push_back(row);
    }
    return found;
}

Json status_fields(values::Status status) {
    const char* code = name_of(status_codes, status);
    return Json{{"status", code}, {"status_label", label(std::string("status_") + code)}};
}

Json rests_shape(const engine::Reliance& reliance) {
    return {{"verified", reliance.verified},
            {"example", reliance.example},
            {"provisional", reliance.provisional}};
}

Json findings_shape(const base::Findings& findings) {
    static constexpr const char* severities[] = {"file_refused", "claim_refused", "line_refused", "note"};
    return list(findings, [](const base::Finding& finding) {
        return Json{{"severity", name_of(severities, finding.severity)}, {"text", dutch().finding(finding)}};
    });
}

Json counts_shape(const std::vector<engine::CountRow>& rows, const std::string& prefix) {
    return list(rows, [&](const engine::CountRow& row) {
        return Json{{"name", row.name},
                    {"label", label(prefix + row.name)},
                    {"count", row.count},
                    {"amount_cents", row.amount}};
    });
}

Json codes_shape(const std::array<base::FixedText<4>, 3>& codes, const rulebook::Rulebook& rulebook) {
    Json out = Json::array();
    for (const auto& code : codes) {
        if (code.empty()) continue;
        const auto* known = rulebook.return_code(code.view());
        out.add({{"code", code.str()}, {"text", known != nullptr ? known->text : label("code_unknown")}});
    }
    return out;
}

Json claim_shape(const Sent& claim, const rulebook::Rulebook& rulebook) {
    const std::string state = std::string(claim::word(claim.state)).substr(6);
    const std::string kind = claim::word(claim.kind, claim::way_of(claim), claim.credit);
    return {{"declarant", claim.declarant.digits()},
            {"reference", claim.reference.str()},
            {"kind", kind.substr(6)},
            {"kind_label", label(kind)},
            {"credit", claim.credit},
            {"debit", claim.credit ? Json(claim.debit.str()) : Json()},
            {"performance", claim.performance.str()},
            {"first", claim.care.first},
            {"last", claim.care.last},
            {"insurer", insurer_shape(claim.insurer)},
            {"amount_cents", claim.amount},
            {"granted_cents", claim.granted},
            {"paid_cents", claim.paid},
            {"state", state},
            {"state_label", label("state_" + state)},
            {"codes", codes_shape(claim.codes, rulebook)},
            {"sent_day", claim.sent_day},
            {"answered_day", claim.answered_day},
            {"status", name_of(status_codes, claim.status)},
            {"status_label", label(std::string("status_") + name_of(status_codes, claim.status))},
            {"woman", claim.person.is_nobody() ? Json() : Json(claim.person.hex())}};
}

Json question_shape(const engine::QuestionRow& question) {
    return {{"id", question.id()},
            {"woman", question.person.is_nobody() ? Json() : Json(question.person.hex())},
            {"key", question.key},
            {"code", question.code},
            {"sentence", dutch().sentence(question.code, question.params)},
            {"amount_cents", question.amount},
            {"deadline", question.deadline}};
}

Json phase_shape(const World& world, const Explanation& explanation,
                 const selection::PhaseDecision& decision) {
    const auto& phase =
        explanation.standing.wanted.pathway.pregnancies[decision.pregnancy].phase(decision.phase);
    const bool integrated = decision.route.kind == RouteKind::integrated;
    const auto status = decision.trail.weakest();
    const std::string nearest = engine::nearest_other(world, explanation, decision, dutch());
    return {{"phase", name_of(phase_names, decision.phase)},
            {"label", label(engine::phase_words[static_cast<std::size_t>(decision.phase)])},
            {"first", phase.period.first},
            {"last", phase.period.last},
            {"route", name_of(route_names, decision.route.kind)},
            {"route_label", label(engine::route_words[static_cast<std::size_t>(decision.route.kind)])},
            {"reason_label", label(decision.route.reason)},
            {"until", decision.route.until},
            {"performance", integrated ? Json(decision.route.performance->code.str()) : Json()},
            {"performance_name", integrated ? Json(decision.route.performance->name) : Json()},
            {"price_cents", integrated ? Json(decision.route.price) : Json()},
            {"insurer", insurer_shape(decision.insurer)},
            {"contract", decision.contract != nullptr ? Json(decision.contract->key.key.str()) : Json()},
            {"regime", decision.regime->id.str()},
            {"latest_submit_day", decision.latest_submit_day},
            {"status", name_of(status_codes, status)},
            {"status_label", label(std::string("status_") + name_of(status_codes, status))},
            {"shadow_cents", decision.shadow},
            {"trail", list(engine::phase_reasons(world, explanation, decision, dutch()),
                           [](const std::string& text) { return Json(text); })},
            {"nearest", nearest.empty() ? Json() : Json(nearest)}};
}

Json line_shape(const Explanation& explanation, std::uint32_t index) {
    const auto& known = explanation.standing.wanted.pathway.known.lines[index];
    const auto& care = known.fact;
    const auto& decision = explanation.standing.wanted.selection.lines[index];
    const auto& own = decision.own_payment;
    const std::string disposition = name_of(disposition_names, decision.disposition);
    return {{"line", care.id.str()},
            {"declarant", agb_shape(care.declarant)},
            {"treating", agb_shape(care.treating)},
            {"performance", care.performance.str()},
            {"first", care.care.first},
            {"last", care.care.last},
            {"amount_cents", care.amount},
            {"own_payment_cents", own && own->amount ? Json(*own->amount) : Json()},
            {"net_cents", own ? own->net : care.amount},
            {"disposition", disposition},
            {"disposition_label", label("disposition_" + disposition)},
            {"reason_label", label(decision.reason)},
            {"by_member", decision.by_member},
            {"received", known.received},
            {"parts", parts_shape(explanation, index)}};
}

Json lines_shape(const Explanation& explanation) {
    Json lines = Json::array();
    for (std::uint32_t i = 0; i < explanation.standing.wanted.pathway.known.lines.size(); ++i)
        lines.add(line_shape(explanation, i));
    return lines;
}

Json woman_shape(const World& world, const Explanation& explanation,
                 const std::vector<engine::QuestionRow>& questions,
                 const std::map<std::string, std::string>& names) {
    const auto& wanted = explanation.standing.wanted;
    const values::PersonId person = wanted.pathway.known.person;
    Json pregnancies = Json::array();
    for (std::size_t i = 0; i < wanted.pathway.pregnancies.size(); ++i)
        pregnancies.add(pregnancy_shape(world, explanation, i));
    return {{"id", person.hex()},
            {"short", short_name(person)},
            {"as_of", explanation.as_of},
            {"pregnancies", std::move(pregnancies)},
            {"lines", lines_shape(explanation)},
            {"claims", list(explanation.standing.loaded.sent,
                            [&](const Sent& claim) { return claim_shape(claim, world.rulebook); })},
            {"questions", list(questions, question_shape)},
            {"losses", list(explanation.standing.plan.losses,
                            [](const auto& loss) {
                                return Json{{"participant", loss.participant.digits()},
                                            {"line", loss.line.str()},
                                            {"amount_cents", loss.amount},
                                            {"latest_submit_day", loss.latest_submit_day}};
                            })},
            {"bought", bought_shape(explanation)},
            {"net_position", list(claim::net_position(explanation.standing.loaded.sent, world.rulebook),
                                  [](const auto& position) {
                                      return Json{{"declarant", position.declarant.digits()},
                                                  {"insurer", insurer_shape(position.insurer)},
                                                  {"performance", position.performance.str()},
                                                  {"amount_cents", position.amount}};
                                  })},
            {"division", division_shape(explanation)},
            {"rests_on", rests_shape(engine::reliance_of(wanted))},
            {"timeline_svg", timeline_svg(explanation, names)},
            {"explanation", engine::to_text(world, explanation, dutch())}};
}

}  // namespace bundel::server
