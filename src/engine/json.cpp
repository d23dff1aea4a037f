// All JSON of the engine, in the one file that includes the library. Amounts are whole cents; days are ISO.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "engine/accrual.h"
#include "engine/bought.h"
#include "engine/ceilings.h"
#include "engine/comparison.h"
#include "engine/explain.h"
#include "engine/forecast.h"
#include "engine/incentives.h"
#include "engine/ready.h"
#include "engine/report.h"
#include "engine/rules.h"
#include "engine/run.h"
#include "engine/settlements.h"
#include "engine/transition.h"
#include "engine/verify.h"

namespace bundel::engine {
namespace {

using Json = nlohmann::ordered_json;
using claim::Sent;
using selection::RouteKind;

constexpr const char* phases[] = {"prenatal", "natal", "postnatal"};
constexpr const char* routes[] = {"integrated", "mono", "hold", "ask"};
constexpr const char* statuses[] = {"verified", "example", "provisional"};
constexpr const char* outcomes[] = {"unknown",     "live_birth", "stillbirth", "miscarriage",
                                    "termination", "ectopic",    "molar"};
constexpr const char* standings[] = {"effective",        "credited",           "credit",        "replaced",
                                     "credit_unmatched", "possible_duplicate", "person_unknown"};
constexpr const char* dispositions[] = {"in_scope",      "beside",   "state", "bought",
                                        "not_maternity", "included", "ask"};

constexpr const char* disciplines[] = {"midwife", "hospital", "kraamzorg", "other"};

template <class Enum, std::size_t N>
const char* word(const char* const (&words)[N], Enum value) {
    const auto index = static_cast<std::size_t>(value);
    BUNDEL_ASSERT(index < N);
    return words[index];
}

Json day(const std::optional<Date>& date) {
    return date ? Json(date->iso()) : Json();
}

Json counts(const std::vector<CountRow>& rows) {
    Json result = Json::array();
    for (const CountRow& row : rows)
        result.push_back({{"group", row.group},
                          {"name", row.name},
                          {"count", row.count},
                          {"amount_cents", row.amount.count()}});
    return result;
}

Json params_json(const base::Params& params) {
    Json result = Json::object();
    for (const auto& [name, value] : params) result[name] = value;
    return result;
}

Json phase_json(const Explanation& explanation, const selection::PhaseDecision& decision) {
    const auto& phase =
        explanation.standing.wanted.pathway.pregnancies[decision.pregnancy].phase(decision.phase);
    Json result{{"phase", word(phases, decision.phase)},
                {"first", phase.period.first.iso()},
                {"last", phase.period.last.iso()},
                {"route", word(routes, decision.route.kind)},
                {"reason", decision.route.reason},
                {"until", day(decision.route.until)},
                {"performance", nullptr},
                {"price_cents", nullptr},
                {"paid_with", decision.paid_with ? Json(word(phases, *decision.paid_with)) : Json()},
                {"deducted_cents", decision.route.deducted.count()},
                {"shadow_cents", decision.shadow.count()},
                {"insurer", decision.insurer.is_none() ? Json() : Json(decision.insurer.digits())},
                {"contract", decision.contract != nullptr ? Json(decision.contract->key.key.str()) : Json()},
                {"regime", decision.regime->id.str()},
                {"latest_submit_day", day(decision.latest_submit_day)},
                {"status", word(statuses, decision.trail.weakest())}};
    if (decision.route.kind == RouteKind::integrated) {
        result["performance"] = decision.route.performance->code.str();
        result["price_cents"] = decision.route.price.count();
    }
    return result;
}

Json pregnancies_json(const Explanation& explanation) {
    Json result = Json::array();
    const auto& wanted = explanation.standing.wanted;
    for (std::size_t i = 0; i < wanted.pathway.pregnancies.size(); ++i) {
        const auto& pregnancy = wanted.pathway.pregnancies[i];
        Json decided = Json::array();
        for (const auto& decision : wanted.selection.phases) {
            if (decision.pregnancy == i) decided.push_back(phase_json(explanation, decision));
        }
        result.push_back({{"onset", pregnancy.onset.iso()},
                          {"due", pregnancy.due ? Json(pregnancy.due->on.iso()) : Json()},
                          {"end", day(pregnancy.end)},
                          {"outcome", word(outcomes, pregnancy.outcome)},
                          {"children", pregnancy.children},
                          {"phases", decided}});
    }
    return result;
}

// Null: she pays something, and how much is not known.
Json own_payment_json(const std::optional<selection::OwnPayment>& own) {
    if (!own) return 0;
    return own->amount ? Json(own->amount->count()) : Json();
}

Json lines_json(const Explanation& explanation) {
    Json result = Json::array();
    const auto& wanted = explanation.standing.wanted;
    for (std::uint32_t i = 0; i < wanted.pathway.known.lines.size(); ++i) {
        const auto& known = wanted.pathway.known.lines[i];
        Json parts = Json::array();
        for (const auto& part : wanted.pathway.parts) {
            if (part.line == i)
                parts.push_back({{"phase", word(phases, part.phase)}, {"cents", part.amount.count()}});
        }
        const auto& decision = wanted.selection.lines[i];
        const auto& own = decision.own_payment;
        result.push_back({{"line", known.fact.id.str()},
                          {"performance", known.fact.performance.str()},
                          {"disposition", word(dispositions, decision.disposition)},
                          {"reason", decision.reason},
                          {"standing", word(standings, wanted.pathway.standings[i])},
                          {"amount_cents", known.fact.amount.count()},
                          {"gross_cents", own ? own->gross.count() : known.fact.amount.count()},
                          {"own_payment_cents", own_payment_json(own)},
                          {"net_cents", own ? own->net.count() : known.fact.amount.count()},
                          {"parts", parts},
                          {"unplaced", parts.empty() ? Json(decision.reason) : Json()}});
    }
    return result;
}

Json reliance_json(const Reliance& reliance) {
    return {{"verified", reliance.verified},
            {"example", reliance.example},
            {"provisional", reliance.provisional}};
}

const char* kind_word(const Sent& claim, claim::Way way) {
    if (claim.kind == claim::Kind::integrated) return "integrated";
    return way == claim::Way::list ? "handed_over" : "forwarded";
}

Json claim_json(const Sent& claim, claim::Way way) {
    Json codes = Json::array();
    for (const auto& code : claim.codes) {
        if (!code.empty()) codes.push_back(code.str());
    }
    return {{"reference", claim.reference.str()},
            {"kind", kind_word(claim, way)},
            {"credit", claim.credit},
            {"debit", claim.credit ? Json(claim.debit.str()) : Json()},
            {"performance", claim.performance.str()},
            {"first", claim.care.first.iso()},
            {"last", claim.care.last.iso()},
            {"insurer", claim.insurer.is_none() ? Json() : Json(claim.insurer.digits())},
            {"declarant", claim.declarant.digits()},
            {"amount_cents", claim.amount.count()},
            {"state", std::string(claim::word(claim.state)).substr(6)},
            {"granted_cents", claim.granted.count()},
            {"paid_cents", claim.paid.count()},
            {"taken_over", claim.message == 0},
            {"codes", codes},
            {"sent_day", day(claim.sent_day)},
            {"answered_day", day(claim.answered_day)},
            {"status", word(statuses, claim.status)}};
}

Json questions_json(const Explanation& explanation) {
    Json result = Json::array();
    for (const auto* list : {&explanation.standing.wanted.questions, &explanation.standing.plan.questions}) {
        for (const auto& question : *list) {
            result.push_back({{"key", question.key.str()},
                              {"code", question.code},
                              {"amount_cents", question.amount.count()},
                              {"deadline", day(question.deadline)}});
        }
    }
    return result;
}

Json division_json(const Explanation& explanation) {
    std::map<AgbCode, Cents> shares;
    for (const auto& division : explanation.divisions) {
        for (const auto& share : division.division.shares) shares[share.payee] += share.amount;
    }
    Json result = Json::array();
    for (const auto& [payee, amount] : shares)
        result.push_back({{"payee", payee.digits()}, {"amount_cents", amount.count()}});
    return result;
}

Json bought_json(const std::vector<CountRow>& rows) {
    Json result = Json::array();
    for (const CountRow& row : rows) {
        const auto parts = base::split(row.name, '/');
        result.push_back({{"buyer", std::string(parts[0])},
                          {"supplier", std::string(parts[1])},
                          {"kind", std::string(parts[2])},
                          {"count", row.count},
                          {"amount_cents", row.amount.count()}});
    }
    return result;
}

Json bought_json(const Explanation& explanation) {
    Json result = Json::array();
    for (const auto& bought : explanation.standing.wanted.pathway.known.bought) {
        result.push_back({{"kind", engine::word(bought.fact.kind)},
                          {"buyer", bought.fact.buyer.digits()},
                          {"supplier", supplier_text(bought.fact)},
                          {"first", bought.fact.care.first.iso()},
                          {"last", bought.fact.care.last.iso()},
                          {"amount_cents", bought.fact.amount.count()}});
    }
    return result;
}

Json enrolments_json(const Explanation& explanation) {
    Json result = Json::array();
    for (const auto& known : explanation.standing.wanted.pathway.known.enrolments) {
        result.push_back({{"key", known.fact.key.key.str()},
                          {"practice", known.fact.practice.digits()},
                          {"first", known.fact.begin.iso()},
                          {"last", day(known.fact.end)}});
    }
    return result;
}

Json explanation_json(const World& world, const Explanation& explanation) {
    Json claims = Json::array();
    for (const Sent& claim : explanation.standing.loaded.sent)
        claims.push_back(claim_json(claim, claim::way_of(claim)));
    Json losses = Json::array();
    for (const auto& loss : explanation.standing.plan.losses) {
        losses.push_back({{"participant", loss.participant.digits()},
                          {"line", loss.line.reference.empty() ? Json() : Json(loss.line.str())},
                          {"amount_cents", loss.amount.count()}});
    }
    Json net = Json::array();
    for (const auto& position : claim::net_position(explanation.standing.loaded.sent, world.rulebook)) {
        net.push_back({{"declarant", position.declarant.digits()},
                       {"insurer", position.insurer.is_none() ? Json() : Json(position.insurer.digits())},
                       {"performance", position.performance.str()},
                       {"amount_cents", position.amount.count()}});
    }
    return {{"as_of", explanation.as_of.iso()},
            {"enrolments", enrolments_json(explanation)},
            {"pregnancies", pregnancies_json(explanation)},
            {"lines", lines_json(explanation)},
            {"claims", claims},
            {"questions", questions_json(explanation)},
            {"losses", losses},
            {"bought", bought_json(explanation)},
            {"net_position", net},
            {"division", division_json(explanation)},
            {"rests_on", reliance_json(reliance_of(explanation.standing.wanted))}};
}

}  // namespace

std::string to_json(const World& world, const Explanation& explanation) {
    return explanation_json(world, explanation).dump(2) + "\n";
}

std::string to_json_line(const World& world, const Explanation& explanation) {
    return explanation_json(world, explanation).dump() + "\n";
}

std::string to_json(const Overview& overview) {
    Json balances = Json::object();
    for (const auto& [account, amount] : overview.balances) balances[account] = amount.count();
    Json shares = Json::object();
    for (const auto& [participant, amount] : overview.shares) shares[participant.digits()] = amount.count();
    Json shadow = Json::object();
    for (const auto& [participant, amount] : overview.shadow) shadow[participant.digits()] = amount.count();
    Json losses = Json::array();
    for (const auto& loss : overview.losses)
        losses.push_back({{"participant", loss.participant.digits()},
                          {"amount_cents", loss.amount.count()},
                          {"latest_submit_day", loss.latest_submit_day.iso()}});
    Json result{{"as_of", overview.as_of.iso()},
                {"live", overview.live},
                {"messages_received", overview.messages_received},
                {"messages_sent", overview.messages_sent},
                {"women", overview.women},
                {"without_bsn", overview.without_bsn},
                {"pregnancies", overview.pregnancies},
                {"dispositions", counts(overview.dispositions)},
                {"routes", counts(overview.routes)},
                {"claims", counts(overview.claims)},
                {"reliance", counts(overview.reliance)},
                {"questions", overview.questions},
                {"questions_amount_cents", overview.questions_amount.count()},
                {"losses", losses},
                {"bought", bought_json(overview.bought)},
                {"balances_cents", balances},
                {"shares_cents", shares},
                {"shadow_cents", shadow},
                {"books_sound", overview.books_sound}};
    return result.dump(2) + "\n";
}

std::string to_json(const std::vector<QuestionRow>& questions, const Reliance& reliance) {
    Json rows = Json::array();
    for (const QuestionRow& row : questions) {
        rows.push_back({{"person", row.person.is_nobody() ? Json() : Json(row.person.hex())},
                        {"key", row.key},
                        {"code", row.code},
                        {"params", params_json(row.params)},
                        {"amount_cents", row.amount.count()},
                        {"deadline", day(row.deadline)}});
    }
    const Json result{{"questions", rows}, {"rests_on", reliance_json(reliance)}};
    return result.dump(2) + "\n";
}

std::string to_json(const std::vector<PlannedClaim>& planned) {
    Json claims = Json::array();
    Reliance reliance;
    for (const PlannedClaim& item : planned) {
        reliance.add(item.claim.status);
        Json claim = claim_json(item.claim, item.way);
        claim["person"] = item.person.hex();
        claims.push_back(claim);
    }
    const Json result{{"claims", claims}, {"rests_on", reliance_json(reliance)}};
    return result.dump(2) + "\n";
}

std::string to_json(const std::vector<Missing>& missing) {
    Json result = Json::array();
    for (const Missing& item : missing)
        result.push_back(
            {{"code", item.code}, {"params", params_json(item.params)}, {"blocks", item.blocks}});
    return result.dump(2) + "\n";
}

std::string to_json(const Verified& verified) {
    Json breaches = Json::array();
    for (const auto& breach : verified.breaches)
        breaches.push_back({{"code", breach.code}, {"params", params_json(breach.params)}});
    Json result{{"claims", verified.claims},
                {"replayed", verified.replayed},
                {"other_rulebook", verified.other_rulebook},
                {"differences", verified.differences},
                {"breaches", breaches},
                {"rests_on", reliance_json(verified.reliance)}};
    return result.dump(2) + "\n";
}

namespace {

Json estimate_json(const insight::Estimate& estimate) {
    return {{"to_come_cents", estimate.to_come.count()},
            {"low_cents", estimate.low.count()},
            {"high_cents", estimate.high.count()}};
}

Json accruals_json(const insight::Accruals& accruals) {
    Json result = Json::array();
    for (const auto& one : accruals.by_kind) {
        result.push_back({{"phase", word(phases, one.kind.phase)},
                          {"discipline", word(disciplines, one.kind.discipline)},
                          {"cases", one.cases},
                          {"history", one.history},
                          {"received_cents", one.received.count()},
                          {"estimate", one.estimate ? estimate_json(*one.estimate) : Json()}});
    }
    return result;
}

}  // namespace

namespace {

Json volume_json(const Volume& volume) {
    return {{"count", volume.count}, {"amount_cents", volume.amount.count()}};
}

constexpr const char* policies[] = {"priced_in", "deduct_actual", "deduct_fixed", "true_up_yearly",
                                    "fall_back"};

}  // namespace

namespace {

Json range_json(const std::optional<insight::Range>& range) {
    return range ? Json::array({range->low, range->high}) : Json();
}

Json terms_json(const insight::Terms& terms) {
    using insight::Factor;
    return {{"price_cents", terms.of(Factor::price).count()},
            {"volume_cents", terms.of(Factor::volume).count()},
            {"mix_cents", terms.of(Factor::mix).count()},
            {"breaks_cents", terms.of(Factor::breaks).count()},
            {"task_shift_cents", terms.of(Factor::task_shift).count()},
            {"rounding_cents", terms.rounding.count()}};
}

Json difference_json(const insight::Difference& difference) {
    return {{"pregnancies", difference.units},
            {"a_cents", difference.a.count()},
            {"b_cents", difference.b.count()},
            {"interval_cents", range_json(difference.cents)},
            {"ppm", difference.ppm ? Json(*difference.ppm) : Json()},
            {"interval_ppm", range_json(difference.ppm_range)},
            {"same_sign", difference.same_sign ? Json(*difference.same_sign) : Json()}};
}

Json side_json(const Side& side, const SideTotals& totals) {
    return {{"model", side.name},
            {"care", {{"first", side.care.first.iso()}, {"last", side.care.last.iso()}}},
            {"status", word(statuses, totals.status)},
            {"claims", totals.claims},
            {"pregnancies", totals.pregnancies},
            {"pot_cents", totals.pot.count()},
            {"reserve_cents", totals.reserve.count()},
            {"covered_cents", totals.covered.count()},
            {"undivided_cents", totals.undivided.count()},
            {"mono_cents", totals.mono.count()}};
}

}  // namespace

std::string to_json(const Comparison& comparison) {
    Json participants = Json::array();
    for (const Comparison::Row& row : comparison.participants)
        participants.push_back({{"participant", row.participant.digits()},
                                {"discipline", word(disciplines, row.discipline)},
                                {"difference", difference_json(row.difference)},
                                {"terms", terms_json(row.terms)}});
    Json groups = Json::array();
    for (const auto& [discipline, difference] : comparison.disciplines)
        groups.push_back(
            {{"discipline", word(disciplines, discipline)}, {"difference", difference_json(difference)}});
    Json result{{"a", side_json(comparison.a, comparison.a_totals)},
                {"b", side_json(comparison.b, comparison.b_totals)},
                {"participants", std::move(participants)},
                {"disciplines", std::move(groups)},
                {"together", difference_json(comparison.together)},
                {"terms", terms_json(comparison.terms)},
                {"replicates", comparison.replicates},
                {"same_care", comparison.same_care},
                {"passed_over", comparison.passed_over}};
    return result.dump(2) + "\n";
}

std::string to_json(const Incentives& incentives) {
    Json shifts = Json::array();
    for (const Incentive& one : incentives.shifts) {
        Json parties = Json::object();
        for (const auto& [party, total] : one.parties)
            parties[party.digits()] = {
                {"total_cents", total.count()},
                {"unit_cents", one.pots == 0 ? Json() : Json(one.per_unit(total).count())}};
        shifts.push_back({{"name", one.shift.name},
                          {"from", one.shift.from.digits()},
                          {"to", one.shift.to.digits()},
                          {"gives_up_cents", one.shift.gives_up.count()},
                          {"takes_on_cents", one.shift.takes_on.count()},
                          {"status", word(statuses, one.shift.status)},
                          {"pots", one.pots},
                          {"parties", std::move(parties)},
                          {"reserve_cents", one.reserve.count()},
                          {"undivided_cents", one.undivided.count()}});
    }
    Json result{{"model", incentives.side.name},
                {"shifts", std::move(shifts)},
                {"passed_over", incentives.passed_over}};
    return result.dump(2) + "\n";
}

std::string to_json(const std::vector<Ceiling>& ceilings) {
    Json result = Json::array();
    for (const Ceiling& one : ceilings) {
        result.push_back({{"contract", one.contract},
                          {"year", one.year},
                          {"most_count", one.most_count ? Json(*one.most_count) : Json()},
                          {"most_cents", one.most_amount ? Json(one.most_amount->count()) : Json()},
                          {"claimed", volume_json(one.claimed)},
                          {"coming", volume_json(one.coming)},
                          {"unpriced", one.unpriced},
                          {"beyond", one.beyond ? volume_json(*one.beyond) : Json()},
                          {"expected", volume_json(one.expected())}});
    }
    return result.dump(2) + "\n";
}

std::string to_json(const std::vector<Outside>& outside, const std::vector<SettledClaim>& settled) {
    Json contracts = Json::array();
    for (const Outside& one : outside) {
        contracts.push_back({{"contract", one.contract},
                             {"year", one.year},
                             {"policy", one.policy ? Json(word(policies, *one.policy)) : Json()},
                             {"phases", one.phases},
                             {"count", one.count},
                             {"unknown", one.unknown},
                             {"amount_cents", one.amount.count()}});
    }
    Json claims = Json::array();
    for (const SettledClaim& one : settled) {
        claims.push_back({{"claim", one.claim.str()},
                          {"insurer", one.insurer.digits()},
                          {"year", one.year},
                          {"ours_cents", one.ours.count()},
                          {"unknown", one.unknown},
                          {"theirs_cents", one.theirs.count()}});
    }
    Json result{{"contracts", std::move(contracts)}, {"settled", std::move(claims)}};
    return result.dump(2) + "\n";
}

std::string to_json(const WorkReport& report) {
    Json true_up = Json::array();
    for (const TrueUp& one : report.true_up) {
        true_up.push_back({{"phase", word(phases, one.kind.phase)},
                           {"discipline", word(disciplines, one.kind.discipline)},
                           {"accrued_cents", one.accrued.count()},
                           {"arrived_cents", one.arrived.count()}});
    }
    Json result{{"as_of", report.now.as_of.iso()},
                {"status", word(statuses, report.now.status)},
                {"accruals", accruals_json(report.now.accruals)},
                {"together", estimate_json(report.now.accruals.together)},
                {"without_estimate", report.now.accruals.without},
                {"passed_over", report.now.passed_over},
                {"month_end", report.month_end.iso()},
                {"booked", report.booked},
                {"true_up", true_up}};
    return result.dump(2) + "\n";
}

namespace {

constexpr const char* problem_kinds[] = {"gap", "overlap", "dead_rule", "performance_unknown",
                                         "performance_never"};

Json rule_json(const RuleName& rule) {
    if (rule.row == 0) return nullptr;
    return {{"id", rule.id}, {"row", rule.row}};
}

Json problem_json(const RuleProblem& problem) {
    Json example = Json::object();
    for (const auto& [variable, value] : problem.example) example[variable] = value;
    return {{"problem", word(problem_kinds, problem.kind)},
            {"rule", rule_json(problem.rule)},
            {"other", rule_json(problem.other)},
            {"example", std::move(example)},
            {"performance", problem.performance}};
}

Json decision_json(const CheckedDecision& decision) {
    Json problems = Json::array();
    for (const RuleProblem& problem : decision.problems) problems.push_back(problem_json(problem));
    return {{"decision", decision.id},
            {"name", decision.name},
            {"rules", decision.rules},
            {"decided", decision.decided},
            {"problems", std::move(problems)}};
}

Json decision_json(const TestedDecision& decision) {
    Json wrong = Json::array();
    for (const WrongRow& row : decision.wrong)
        wrong.push_back({{"line", row.line},
                         {"column", row.column},
                         {"expected", row.expected},
                         {"got", row.got},
                         {"why", row.why}});
    Json unreached = Json::array();
    for (const RuleName& rule : decision.unreached) unreached.push_back(rule_json(rule));
    return {{"decision", decision.id},          {"name", decision.name}, {"file", decision.file},
            {"rules", decision.rules},          {"rows", decision.rows}, {"wrong", std::move(wrong)},
            {"unreached", std::move(unreached)}};
}

template <class Model>
Json model_json(const Model& model) {
    Json decisions = Json::array();
    for (const auto& decision : model.decisions) decisions.push_back(decision_json(decision));
    return {{"regime", model.regime}, {"file", model.file}, {"decisions", std::move(decisions)}};
}

}  // namespace

std::string to_json(const std::vector<CheckedModel>& models) {
    Json result = Json::array();
    for (const CheckedModel& model : models) {
        Json one = model_json(model);
        one["refused"] = Json::array();
        for (const base::Error& error : model.refused)
            one["refused"].push_back({{"code", error.code}, {"params", params_json(error.params)}});
        result.push_back(std::move(one));
    }
    return result.dump(2) + "\n";
}

std::string to_json(const std::vector<TestedModel>& models) {
    Json result = Json::array();
    for (const TestedModel& model : models) result.push_back(model_json(model));
    return result.dump(2) + "\n";
}

std::string to_json(const rulebook::Inventory& inventory) {
    Json result = Json::array();
    for (const rulebook::InventoryEntry& entry : inventory.variables) {
        const bool is_number = entry.type == rulebook::VariableType::number;
        result.push_back({{"id", entry.id},
                          {"name", entry.name},
                          {"english", entry.english},
                          {"kind", rulebook::word_of(entry.kind)},
                          {"type", rulebook::word_of(entry.type)},
                          {"values", entry.values},
                          {"least", is_number ? Json(entry.least) : Json()},
                          {"most", is_number ? Json(entry.most) : Json()},
                          {"meaning", entry.meaning},
                          {"from", entry.from},
                          {"missing", entry.missing},
                          {"filled_by", entry.filled_by}});
    }
    return Json{{"variables", std::move(result)}}.dump(2) + "\n";
}

namespace {

constexpr const char* limits[] = {"loss", "gain", "floor"};

Json proof_json(const insight::TransitionWishes& wishes, const insight::Proof& proof) {
    Json lines = Json::array();
    for (const insight::ProofLine& line : proof)
        lines.push_back({{"limit", word(limits, line.limit)},
                         {"participant", wishes.parties[line.party].name},
                         {"year", line.year},
                         {"times", line.times}});
    return lines;
}

Json path_json(const insight::TransitionWishes& wishes, const insight::Transition& transition) {
    Json rows = Json::array();
    for (std::size_t year = 0; year < transition.path.size(); ++year) {
        for (std::size_t p = 0; p < wishes.parties.size(); ++p)
            rows.push_back({{"year", year},
                            {"participant", wishes.parties[p].name},
                            {"cents", transition.path[year][p].count()}});
    }
    return rows;
}

}  // namespace

std::string to_json(const insight::TransitionWishes& wishes, const insight::Transition& transition) {
    static constexpr const char* found[] = {"found", "none", "unknown"};
    const bool is_found = transition.outcome == insight::TransitionOutcome::found;
    Json blockers = Json::array();
    for (const insight::Blocker& blocker : transition.blockers)
        blockers.push_back(
            {{"limit", word(limits, blocker.limit)}, {"participant", wishes.parties[blocker.party].name}});
    Json proofs = Json::array();
    for (const insight::Proof& proof : transition.proofs) proofs.push_back(proof_json(wishes, proof));
    const Json result{{"outcome", word(found, transition.outcome)},
                      {"path", path_json(wishes, transition)},
                      {"soonest", is_found ? Json(transition.soonest) : Json()},
                      {"largest_loss_ppm", is_found ? Json(transition.largest_loss) : Json()},
                      {"least_possible_loss_ppm", is_found ? Json(transition.least_possible_loss) : Json()},
                      {"blockers", std::move(blockers)},
                      {"minimal", transition.minimal},
                      {"loss_that_would_do_ppm",
                       transition.loss_that_would_do ? Json(*transition.loss_that_would_do) : Json()},
                      {"proofs", std::move(proofs)},
                      {"least_loss_proof", proof_json(wishes, transition.least_loss_proof)}};
    return result.dump(2) + "\n";
}

namespace {

Json by_line(const insight::ByLine& lines) {
    return Json{{"low_cents", lines[0].count()},
                {"expected_cents", lines[1].count()},
                {"high_cents", lines[2].count()}};
}

Json flow_json(const insight::CashFlow& flow) {
    return Json{{"opening_cents", flow.opening.count()},
                {"in_cents", flow.in.count()},
                {"out_cents", flow.out.count()},
                {"closing_cents", flow.closing.count()}};
}

Json insurer_cash_json(const insight::InsurerCash& insurer) {
    Json weeks = Json::array();
    for (const insight::ByLine& week : insurer.in) weeks.push_back(by_line(week));
    return Json{
        {"insurer", insurer.insurer.is_none() ? Json() : Json(insurer.insurer.digits())},
        {"rests_on_history", insurer.basis == insight::DelayBasis::history},
        {"payments", insurer.payments},
        {"days", {{"low", insurer.days[0]}, {"expected", insurer.days[1]}, {"high", insurer.days[2]}}},
        {"open_cents", insurer.open.count()},
        {"late_cents", insurer.late.count()},
        {"answers", insurer.answers.claims},
        {"answers_rejected", insurer.answers.rejected},
        {"rejected_thousandths", insurer.rejected_part ? Json{{"low", insurer.rejected_part->low},
                                                              {"expected", insurer.rejected_part->expected},
                                                              {"high", insurer.rejected_part->high}}
                                                       : Json()},
        {"rejected", by_line(insurer.rejected)},
        {"set_off", by_line(insurer.set_off)},
        {"weeks", std::move(weeks)},
        {"later", by_line(insurer.later)}};
}

}  // namespace

std::string to_json(const CashOutlook& outlook) {
    const insight::CashForecast& forecast = outlook.forecast;
    Json weeks = Json::array();
    for (std::size_t week = 0; week < insight::forecast_weeks; ++week)
        weeks.push_back({{"monday", forecast.mondays[week].iso()},
                         {"low", flow_json(forecast.weeks[week][0])},
                         {"expected", flow_json(forecast.weeks[week][1])},
                         {"high", flow_json(forecast.weeks[week][2])}});
    Json insurers = Json::array();
    for (const insight::InsurerCash& insurer : forecast.insurers)
        insurers.push_back(insurer_cash_json(insurer));
    const Json result{{"as_of", forecast.as_of.iso()},
                      {"status", word(statuses, outlook.status)},
                      {"weeks", std::move(weeks)},
                      {"later_in", by_line(forecast.later_in)},
                      {"later_out", by_line(forecast.later_out)},
                      {"late_cents", forecast.late.count()},
                      {"rejected", by_line(forecast.rejected)},
                      {"set_off_in", by_line(forecast.set_off_in)},
                      {"set_off_out", by_line(forecast.set_off_out)},
                      {"due_cents", outlook.due.count()},
                      {"held_back_cents", outlook.held_back.count()},
                      {"on_the_way_cents", outlook.on_the_way.count()},
                      {"payout_days", outlook.payout_days},
                      {"to_participants", outlook.divided ? Json(outlook.to_participants.str()) : Json()},
                      {"claim_days", outlook.claim_days ? Json(*outlook.claim_days) : Json()},
                      {"claim_history", outlook.claim_history},
                      {"insurers", std::move(insurers)}};
    return result.dump(2) + "\n";
}

}  // namespace bundel::engine
