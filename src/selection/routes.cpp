#include "selection/routes.h"

#include <algorithm>

#include "pathway/activities.h"
#include "pathway/pregnancies.h"

namespace bundel::selection {
using base::Done;
using base::Result;
using facts::Agreements;
using pathway::EndEvidence;
using pathway::Part;
using pathway::Pathway;
using pathway::Phase;
using pathway::Pregnancy;
using rulebook::Answer;
using rulebook::Asked;
using rulebook::Contracting;
using rulebook::Coupled;
using rulebook::Datum;
using rulebook::OutsideEffect;
using rulebook::PaidTogether;
using rulebook::Performance;
using rulebook::Rulebook;
using rulebook::SelectionModel;
using rulebook::TimeOf;
using rulebook::Variable;
using values::BreakExtent;
using values::Period;

namespace {

// ---- Observations: what the facts say, no verdict ----

struct View {
    const Pathway& pathway;
    const std::vector<LineDecision>& lines;
    const PartiesByPhase& parties;
    const Agreements& known;
    const Rulebook& rulebook;
    Date as_of;
};

const Parties& parties_of(const View& view, std::uint32_t pregnancy, PhaseKind kind) {
    return *view.parties[pregnancy][static_cast<std::size_t>(kind)];
}

const Pregnancy& pregnancy_of(const View& view, const PhaseDecision& decision) {
    return view.pathway.pregnancies[decision.pregnancy];
}
const Phase& phase_of(const View& view, const PhaseDecision& decision) {
    return pregnancy_of(view, decision).phase(decision.phase);
}

// Lines of ours in the phase.
std::int64_t own_lines(const View& view, std::uint32_t pregnancy, PhaseKind kind) {
    return std::count_if(view.pathway.parts.begin(), view.pathway.parts.end(), [&](const Part& part) {
        return part.pregnancy == pregnancy && part.phase == kind && view.lines[part.line].ours;
    });
}

// With a member, when the phase began.
bool enrolled(const View& view, std::uint32_t pregnancy, PhaseKind kind) {
    const Pregnancy& whose = view.pathway.pregnancies[pregnancy];
    const Phase& phase = whose.phase(kind);
    return std::any_of(
        view.pathway.known.enrolments.begin(), view.pathway.known.enrolments.end(),
        [&](const auto& enrolment) {
            const Period period{enrolment.fact.begin, enrolment.fact.end.value_or(Date::far_future())};
            return period.contains(phase.period.first) &&
                   pathway::is_for(view.pathway, pregnancy, enrolment.fact, view.rulebook) &&
                   membership_for(whose, kind, parties_of(view, pregnancy, kind), view.known,
                                  enrolment.fact.practice) != nullptr;
        });
}

Result<bool> has_own_care(const View& view, std::uint32_t pregnancy, PhaseKind kind) {
    const SelectionModel& model = *parties_of(view, pregnancy, kind).regime->model;
    rulebook::Observations seen(model);
    const std::int64_t lines = own_lines(view, pregnancy, kind);
    seen.number(Variable::own_lines, lines);
    seen.truth(Variable::enrolled, enrolled(view, pregnancy, kind));
    BUNDEL_TRY(answer, model.ask(Asked::own_care, seen, nullptr));
    return answer.word == 1;
}

// A person who lets a refused claim be sent again says with that that the report of outside care no longer
// holds.
bool set_aside(const View& view, const facts::OutsideCare& outside) {
    return std::any_of(view.pathway.known.judgements.begin(), view.pathway.known.judgements.end(),
                       [&](const auto& judgement) {
                           return judgement.fact.kind == facts::JudgementKind::send_again &&
                                  outside.claim == judgement.fact.claim && !outside.claim.empty();
                       });
}

// Care by somebody outside may be told of several ways: by its own line, by the insurer's file, by the code
// on our refused claim. A refusal tells nothing new when one of the others does of the same days; a row of
// the file tells nothing new when we have the line itself.
bool told_otherwise(const View& view, const facts::OutsideCare& outside) {
    const auto& known = view.pathway.known;
    const bool by_line =
        std::any_of(view.pathway.parts.begin(), view.pathway.parts.end(), [&](const Part& part) {
            if (!view.lines[part.line].outsider) return false;
            const facts::CareLine& line = known.lines[part.line].fact;
            const bool same = line.declarant == outside.declarant && line.care == outside.care;
            return outside.source == facts::OutsideSource::return_code ? line.care.overlaps(outside.care)
                                                                       : same;
        });
    if (by_line || outside.source != facts::OutsideSource::return_code) return by_line;
    return std::any_of(known.outside.begin(), known.outside.end(), [&](const auto& other) {
        return other.fact.source == facts::OutsideSource::overlap_file &&
               other.fact.care.overlaps(outside.care);
    });
}

// What of the care outside lies within reach, told in the trail when there is one.
OutsideSeen outside_care(const View& view, const PhaseDecision& decision, BreakExtent extent,
                         rulebook::Trail* trail) {
    OutsideSeen found;
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    Period reach = phase_of(view, decision).period;
    if (extent == BreakExtent::pregnancy)
        reach = pathway::care_window(view.pathway, decision.pregnancy, view.rulebook);
    for (const Part& part : view.pathway.parts) {
        const bool reaches = part.pregnancy == decision.pregnancy &&
                             (extent == BreakExtent::pregnancy || part.phase == decision.phase);
        if (!reaches || !view.lines[part.line].outsider) continue;
        const facts::CareLine& line = view.pathway.known.lines[part.line].fact;
        if (trail != nullptr)
            trail->fact("outside_line", Datum::line(part.line), Datum::of(line.declarant),
                        Datum::of(line.care.first));
        found.amount += part.amount;
        ++found.count;
    }
    for (const auto& outside : view.pathway.known.outside) {
        const bool reaches = outside.fact.care.overlaps(reach) && outside.fact.care.last >= pregnancy.onset;
        if (!reaches || set_aside(view, outside.fact) || told_otherwise(view, outside.fact)) continue;
        if (trail != nullptr)
            trail->fact("outside_reported", Datum::of(outside.fact.insurer),
                        Datum::of(outside.fact.care.first), Datum::of(outside.received));
        ++found.count;
        if (outside.fact.amount)
            found.amount += *outside.fact.amount;
        else
            ++found.unknown;
    }
    return found;
}

Cents member_value(const View& view, const PhaseDecision& decision) {
    Cents value;
    for (const Part& part : view.pathway.parts) {
        const bool here = part.pregnancy == decision.pregnancy && part.phase == decision.phase;
        if (here && view.lines[part.line].ours) value += part.amount;
    }
    return value;
}

// How heavy her care is by the regime's catalogue; empty when no weight applies. An observation: what was
// done and declared in scope, by anybody.
base::FixedText<16> care_weight(const View& view, const PhaseDecision& decision) {
    const auto has = [](const auto& list, const auto& item) {
        return std::find(list.begin(), list.end(), item) != list.end();
    };
    for (const rulebook::CareWeight& weight : decision.regime->care_weights) {
        bool applies =
            weight.children_at_least > 0 && pregnancy_of(view, decision).children >= weight.children_at_least;
        for (const Part& part : view.pathway.parts) {
            if (applies || part.pregnancy != decision.pregnancy) continue;
            applies = has(weight.performances, view.pathway.known.lines[part.line].fact.performance);
            if (applies || weight.activities.empty()) continue;
            const auto activities = pathway::activities_of(view.pathway.known, part.line);
            applies = std::any_of(activities.begin(), activities.end(), [&](const facts::Activity& activity) {
                return has(weight.activities, activity.code);
            });
        }
        if (applies) return weight.id;
    }
    return {};
}

// The contract is for some performance of the phase.
bool phase_contracted(const PhaseDecision& decision) {
    if (decision.contract == nullptr) return false;
    const auto& all = decision.regime->performances;
    return decision.contract->performances.empty() ||
           std::any_of(all.begin(), all.end(), [&](const Performance& performance) {
               return performance.derivable && performance.phases.contains(decision.phase) &&
                      facts::is_for(*decision.contract, performance.id);
           });
}

// ---- One phase: what is observed for it, what the tables answer, and what that came from ----

struct Judged {
    rulebook::Observations seen;
    Answer route{};
    rulebook::Trail rules{};  // those that gave the route
    OutsideSeen outside{};
    OutsideEffect effect = OutsideEffect::none;
    base::FixedText<16> weight{};  // of Regime::care_weights
    const Performance* performance = nullptr;
    const facts::Price* price = nullptr;
    Date tariff_day{};
    Cents deducted{};
    Date question_day{};  // waiting becomes a question
};

void observe_phase(const View& view, const PhaseDecision& decision, Judged& judged) {
    rulebook::Observations& seen = judged.seen;
    judged.weight = care_weight(view, decision);
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    const Phase& phase = phase_of(view, decision);
    const auto age = pregnancy.days_at_end();
    seen.truth(Variable::due_dates_conflict, pregnancy.contradiction);
    seen.truth(Variable::phase_contracted, phase_contracted(decision));
    seen.truth(Variable::left_early, phase.left_early);
    seen.word(Variable::when_left, decision.regime->left_early.value);
    seen.word(Variable::phase, decision.phase);
    seen.word(Variable::end_evidence, phase.end);
    seen.number(Variable::days_since_end, values::days_between(phase.period.last, view.as_of));
    seen.number(Variable::hold_days,
                decision.regime->hold_days[static_cast<std::size_t>(decision.phase)].value);
    seen.truth(Variable::pregnancy_ended, pregnancy.end.has_value());
    seen.truth(Variable::natal_phase, pregnancy.phase(PhaseKind::natal).exists);
    seen.truth(Variable::age_known, age.has_value());
    seen.number(Variable::age_at_end, age.value_or(0));
    seen.text(Variable::care_weight, judged.weight.empty() ? rulebook::no_care_weight : judged.weight.view());
}

// Without a contract the terms of single lines say when waiting becomes a question.
Date question_day(const View& view, const PhaseDecision& decision) {
    const Date last = phase_of(view, decision).period.last;
    if (decision.contract != nullptr)
        return last.plus_months(decision.contract->submit_months)
            .plus_days(-decision.contract->ask_before_days);
    const auto& terms = view.rulebook.mono_terms();
    return last.plus_months(terms.submit_months.value).plus_days(-terms.ask_before_days.value);
}

BreakExtent break_extent(const PhaseDecision& decision) {
    const BreakExtent usual = decision.regime->break_extent.value;
    return decision.contract == nullptr ? usual : decision.contract->break_extent.value_or(usual);
}

// Care outside is looked for where a contract says what it does.
Result<Done> judge_outside(const View& view, const PhaseDecision& decision, Judged& judged) {
    rulebook::Observations& seen = judged.seen;
    const facts::Contract* contract = decision.contract;
    OutsideSeen here, whole;
    if (contract != nullptr) {
        here = outside_care(view, decision, BreakExtent::phase, nullptr);
        whole = outside_care(view, decision, BreakExtent::pregnancy, nullptr);
    }
    seen.truth(Variable::outside_blocks, decision.regime->overlap_blocks.value);
    seen.word(Variable::overlap, contract == nullptr ? rulebook::no_overlap_policy : contract->overlap);
    seen.word(Variable::break_extent, break_extent(decision));
    seen.number(Variable::outside_in_phase, here.count);
    seen.number(Variable::outside_in_pregnancy, whole.count);
    seen.number(Variable::outside_unknown, here.unknown);
    seen.truth(Variable::fixed_deduction, contract != nullptr && contract->deduct_fixed.has_value());
    BUNDEL_TRY(answer, decision.regime->model->ask(Asked::outside_care, seen, nullptr));
    judged.effect = static_cast<OutsideEffect>(answer.word);
    const bool wide =
        judged.effect == OutsideEffect::breaks && break_extent(decision) == BreakExtent::pregnancy;
    judged.outside = wide ? whole : here;
    if (judged.effect == OutsideEffect::deduct_actual) judged.deducted = here.amount;
    if (judged.effect == OutsideEffect::deduct_fixed && contract != nullptr && contract->deduct_fixed)
        judged.deducted = *contract->deduct_fixed;
    return Done{};
}

Result<Done> judge_price(const View& view, const PhaseDecision& decision, Judged& judged) {
    rulebook::Observations& seen = judged.seen;
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    const facts::Contract* contract = decision.contract;
    auto rule = decision.regime->tariff_day.value;
    if (contract != nullptr) rule = contract->tariff_day.value_or(rule);
    judged.tariff_day =
        pathway::reference_day(rule, pregnancy, leading_phase(*decision.regime, pregnancy, decision.phase));
    BUNDEL_TRY(answer, decision.regime->model->ask(Asked::performance, seen, nullptr));
    judged.performance = decision.regime->performance_on(answer.text, judged.tariff_day);
    const bool agreed = contract != nullptr && judged.performance != nullptr;
    if (agreed) judged.price = facts::price_on(*contract, judged.performance->id, judged.tariff_day);
    const Cents price = judged.price == nullptr ? Cents() : judged.price->amount;
    seen.truth(Variable::performance_listed, judged.performance != nullptr);
    seen.truth(Variable::performance_contracted, agreed && facts::is_for(*contract, judged.performance->id));
    seen.truth(Variable::price_known, judged.price != nullptr);
    seen.number(Variable::net_cents, (price - judged.deducted).count());
    return Done{};
}

// The first day on which time alone gives another route, and the first on which other rules give it.
struct NextChange {
    std::optional<Date> route, rules;
};

bool same_rules(const rulebook::Trail& left, const rulebook::Trail& right) {
    return std::ranges::equal(left.notes(), right.notes(), {}, &rulebook::Note::value,
                              &rulebook::Note::value);
}

Result<NextChange> next_change(const View& view, const PhaseDecision& decision, const Judged& judged) {
    NextChange next;
    const SelectionModel& model = *decision.regime->model;
    const Date last = phase_of(view, decision).period.last;
    for (const int ahead : model.days_ahead(judged.seen)) {
        const Date day = view.as_of.plus_days(ahead);
        rulebook::Observations then = judged.seen;
        then.number(Variable::days_since_end, values::days_between(last, day));
        then.number(Variable::days_since_question_day, values::days_between(judged.question_day, day));
        rulebook::Trail rules;
        BUNDEL_TRY(answer, model.ask(Asked::route, then, &rules));
        const bool same_route =
            answer.word == judged.route.word && std::string_view(answer.reason) == judged.route.reason;
        if (!next.rules && !(same_route && same_rules(rules, judged.rules))) next.rules = day;
        if (same_route) continue;
        next.route = day;
        break;
    }
    return next;
}

// ---- What the answer came from, for the trail: only what the rules that matched looked at ----

void note_outside(const View& view, PhaseDecision& decision, const Judged& judged) {
    rulebook::Trail& trail = decision.trail;
    if (judged.outside.count == 0) return trail.fact("outside_none", Datum::of(decision.phase));
    const facts::Contract& contract = *decision.contract;
    const BreakExtent extent =
        judged.effect == OutsideEffect::breaks ? break_extent(decision) : BreakExtent::phase;
    outside_care(view, decision, extent, &trail);
    const auto word = Datum::of_word(extent == BreakExtent::phase ? "extent_phase" : "extent_pregnancy");
    switch (judged.effect) {
        case OutsideEffect::breaks:
            if (contract.break_extent) return trail.note("break_extent_contract", 0, contract.status, word);
            return trail.note("break_extent", decision.regime->break_extent, word);
        case OutsideEffect::priced_in:
            return trail.note("overlap_priced_in", 0, contract.status, Datum::count(judged.outside.count));
        case OutsideEffect::trued_up:
            return trail.note("overlap_true_up", 0, contract.status, Datum::count(judged.outside.count));
        case OutsideEffect::deduct_actual:
            return trail.note("overlap_deduct_actual", 0, contract.status, Datum::of(judged.deducted));
        case OutsideEffect::deduct_fixed:
            return trail.note("overlap_deduct_fixed", 0, contract.status, Datum::of(judged.deducted));
        case OutsideEffect::none:
        case OutsideEffect::amount_unknown:
        case OutsideEffect::deduction_missing: return;
    }
}

void note_time(const View& view, PhaseDecision& decision, TimeOf time) {
    const Date last = phase_of(view, decision).period.last;
    const auto& days = decision.regime->hold_days[static_cast<std::size_t>(decision.phase)];
    if (time == TimeOf::goes_on)
        decision.trail.fact("phase_goes_on", Datum::of(decision.phase), Datum::of(last));
    if (time == TimeOf::outside_awaited || time == TimeOf::over)
        decision.trail.note("hold_window", days, Datum::of(decision.phase), Datum::of(last),
                            Datum::of(last.plus_days(days.value + 1)));
}

void note_price(PhaseDecision& decision, const Judged& judged) {
    rulebook::Trail& trail = decision.trail;
    const facts::Contract& contract = *decision.contract;
    if (contract.tariff_day)
        trail.note("day_for_tariff_contract", 0, contract.status, Datum::of(judged.tariff_day));
    else
        trail.note("day_for_tariff", decision.regime->tariff_day, Datum::of(judged.tariff_day));
    if (judged.performance == nullptr) return;
    trail.note("performance_derived", judged.performance->id_value, judged.performance->status,
               Datum::of(decision.phase));
    for (const rulebook::CareWeight& one : decision.regime->care_weights) {
        if (one.id == judged.weight) trail.note("care_weight_applies", one.value, one.status);
    }
    if (!facts::is_for(contract, judged.performance->id))
        return trail.note("performance_not_contracted_note", 0, contract.status, Datum::of(decision.phase));
    if (judged.price != nullptr)
        trail.note("price_found", 0, contract.status, Datum::of(judged.price->amount),
                   Datum::of(judged.tariff_day));
}

void note_route(const View& view, PhaseDecision& decision, const Judged& judged) {
    const Phase& phase = phase_of(view, decision);
    if (decision.contract == nullptr) return;
    if (!phase_contracted(decision))
        return decision.trail.note("performance_not_contracted_note", 0, decision.contract->status,
                                   Datum::of(decision.phase));
    if (judged.route.looked_at(Asked::outside_care)) note_outside(view, decision, judged);
    if (judged.route.looked_at(Asked::completeness) && phase.left_early)
        decision.trail.note("phase_left", decision.regime->left_early, Datum::of(phase.period.last));
    if (const auto time = judged.route.words[static_cast<std::size_t>(Asked::time)])
        note_time(view, decision, static_cast<TimeOf>(*time));
    if (judged.route.looked_at(Asked::price)) note_price(decision, judged);
}

Result<Judged> judge(const View& view, const Parties& parties, PhaseDecision& decision) {
    const SelectionModel& model = *decision.regime->model;
    Judged judged{*parties.seen};
    judged.question_day = question_day(view, decision);
    observe_phase(view, decision, judged);
    judged.seen.number(Variable::days_since_question_day,
                       values::days_between(judged.question_day, view.as_of));
    BUNDEL_TRY_DONE(judge_outside(view, decision, judged));
    BUNDEL_TRY_DONE(judge_price(view, decision, judged));
    BUNDEL_TRY(route, model.ask(Asked::route, judged.seen, &judged.rules));
    judged.route = route;
    if (route.looked_at(Asked::outside_care)) decision.outside = judged.outside;
    note_route(view, decision, judged);
    decision.trail.append(judged.rules);
    return judged;
}

// Waiting is looked at again on the first day on which time alone gives another route, waiting for the end of
// pregnancy also on the day on which the pathway changes; the decision holds as long as its rules do.
Result<Done> settle_days(const View& view, PhaseDecision& decision, const Judged& judged) {
    BUNDEL_TRY(next, next_change(view, decision, judged));
    const bool goes_on = judged.route.looked_at(Asked::time) &&
                         phase_of(view, decision).end == EndEvidence::none &&
                         decision.phase == PhaseKind::prenatal && view.pathway.holds_until;
    if (goes_on) {
        const Date pathway_changes = view.pathway.holds_until->plus_days(1);
        next.route = std::min(next.route.value_or(pathway_changes), pathway_changes);
        next.rules = std::min(next.rules.value_or(pathway_changes), pathway_changes);
    }
    if (decision.route.kind == RouteKind::hold) decision.route.until = next.route;
    if (next.rules) decision.holds_until = next.rules->plus_days(-1);
    return Done{};
}

Route route_of(const Answer& answer) {
    Route route;
    route.kind = static_cast<RouteKind>(answer.word);
    route.reason = answer.reason;
    return route;
}

// Lines that stand here in part, by what was done when: the key is a rule of the region.
void note_activities(const View& view, PhaseDecision& decision) {
    for (const Part& part : view.pathway.parts) {
        const bool here = part.pregnancy == decision.pregnancy && part.phase == decision.phase;
        if (!here || part.scope->placement != rulebook::Placement::by_activities) continue;
        if (part.amount == view.pathway.known.lines[part.line].fact.amount) continue;  // wholly here
        decision.trail.note("line_by_activities", decision.regime->activity_key, Datum::line(part.line),
                            Datum::of(part.amount));
    }
}

// Who belongs to the IGO only by a membership that nobody verified.
void note_memberships(const View& view, PhaseDecision& decision) {
    std::vector<AgbCode> noted;
    for (const Part& part : view.pathway.parts) {
        const LineDecision& line = view.lines[part.line];
        const bool here = part.pregnancy == decision.pregnancy && part.phase == decision.phase;
        if (!here || !line.ours || line.membership == values::Status::verified) continue;
        const AgbCode declarant = view.pathway.known.lines[part.line].fact.declarant;
        if (std::find(noted.begin(), noted.end(), declarant) != noted.end()) continue;
        noted.push_back(declarant);
        decision.trail.note("membership_unverified", 0, line.membership, Datum::of(declarant));
    }
}

// Nothing is known of her insurance yet: the first claim line or check tells.
void await_insurer(const View& view, PhaseDecision& decision, const Judged& judged) {
    const auto& terms = view.rulebook.mono_terms();
    decision.latest_submit_day = phase_of(view, decision).period.last.plus_months(terms.submit_months.value);
    decision.trail.note("insurer_awaited", terms.ask_before_days, Datum::of(judged.question_day));
}

Result<Judged> decide_phase(const View& view, const Parties& parties, PhaseDecision& decision) {
    decision.regime = parties.regime;
    decision.payer = parties.payer;
    decision.insurer = parties.insurer;
    decision.contract = parties.contract;
    decision.trail = parties.trail;
    decision.shadow = member_value(view, decision);
    if (parties.contract != nullptr)
        decision.latest_submit_day =
            phase_of(view, decision).period.last.plus_months(parties.contract->submit_months);
    note_activities(view, decision);
    note_memberships(view, decision);
    BUNDEL_TRY(judged, judge(view, parties, decision));
    decision.route = route_of(judged.route);
    decision.seen = std::make_shared<const rulebook::Observations>(judged.seen);
    if (!pregnancy_of(view, decision).contradiction && parties.contracting == Contracting::insurer_unknown)
        await_insurer(view, decision, judged);
    if (decision.route.kind == RouteKind::integrated) {
        if (judged.price == nullptr)
            return base::Error{"rulebook_model_unpriced", {{"file", decision.regime->model->model().name()}}};
        decision.route.performance = judged.performance;
        decision.route.price = judged.price->amount - judged.deducted;
        decision.route.deducted = judged.deducted;
    }
    BUNDEL_TRY_DONE(settle_days(view, decision, judged));
    return judged;
}

// ---- Phases that go together: by a line over more of them, or because one performance pays them ----

// What holds them together is mechanics; what that does to a route is the table "coupling".
class Coupling {
public:
    Coupling(const View& view, std::vector<PhaseDecision>& decisions, const std::vector<Judged>& judged)
        : view_(view), decisions_(decisions), judged_(judged) {}

    Result<Done> run() {
        bool changed = true;
        while (changed) {
            BUNDEL_TRY(by_lines, pull(false));
            BUNDEL_TRY(by_units, pull(true));
            changed = by_lines || by_units;
        }
        for (std::size_t i = 0; i < decisions_.size(); ++i) {
            const auto unit = together(i);
            if (unit.size() < 2 || unit.front() != i) continue;
            BUNDEL_TRY_DONE(wait_together(unit));
            BUNDEL_TRY_DONE(pay_together(unit));
        }
        return Done{};
    }

private:
    using Unit = std::vector<std::size_t>;

    bool is_mono(std::size_t index) const { return decisions_[index].route.kind == RouteKind::mono; }

    std::optional<std::size_t> index_of(const Part& part) const {
        for (std::size_t i = 0; i < decisions_.size(); ++i) {
            if (decisions_[i].pregnancy == part.pregnancy && decisions_[i].phase == part.phase) return i;
        }
        return std::nullopt;
    }

    // A member's line in this phase that also covers a mono phase: forwarded it stays whole, and the same
    // care may not also be in a bundle.
    std::optional<std::uint32_t> line_into_mono(std::size_t index) const {
        const auto& parts = view_.pathway.parts;
        for (const Part& here : parts) {
            if (!view_.lines[here.line].ours || index_of(here) != index) continue;
            const bool pulls = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
                const auto other = part.line == here.line ? index_of(part) : std::nullopt;
                return other && is_mono(*other);
            });
            if (pulls) return here.line;
        }
        return std::nullopt;
    }

    // The phases that the catalogue pays together with this one, itself among them, in order.
    Unit together(std::size_t index) const {
        Unit unit;
        const auto leader = [&](const PhaseDecision& decision) {
            return leading_phase(*decision.regime, pregnancy_of(view_, decision), decision.phase);
        };
        for (std::size_t i = 0; i < decisions_.size(); ++i) {
            const bool same = decisions_[i].pregnancy == decisions_[index].pregnancy &&
                              leader(decisions_[i]) == leader(decisions_[index]);
            if (same) unit.push_back(i);
        }
        return unit;
    }

    // The one that decides for the others: mono before open before integrated.
    std::optional<std::size_t> companion(std::size_t index) const {
        std::optional<std::size_t> found;
        const auto weight = [&](std::size_t i) {
            if (is_mono(i)) return 2;
            return decisions_[i].route.kind == RouteKind::integrated ? 0 : 1;
        };
        for (const std::size_t other : together(index)) {
            if (other != index && (!found || weight(other) > weight(*found))) found = other;
        }
        return found;
    }

    PaidTogether state_of(std::optional<std::size_t> other) const {
        if (!other) return PaidTogether::none;
        if (is_mono(*other)) return PaidTogether::mono;
        return decisions_[*other].route.kind == RouteKind::integrated ? PaidTogether::integrated
                                                                      : PaidTogether::open;
    }

    Result<Answer> ask(std::size_t index, bool spans, std::optional<std::size_t> other) const {
        const PhaseDecision& decision = decisions_[index];
        rulebook::Observations seen(*decision.regime->model);
        seen.word(Variable::own_route, decision.route.kind);
        seen.truth(Variable::line_spans_mono, spans);
        seen.word(Variable::spanning_line, decision.regime->spanning_line.value);
        seen.word(Variable::paid_together, state_of(other));
        seen.number(Variable::days_since_question_day,
                    values::days_between(judged_[index].question_day, view_.as_of));
        return decision.regime->model->ask(Asked::coupling, seen, nullptr);
    }

    // Mono spreads: over lines first, over phases that are paid together after that.
    Result<bool> pull(bool by_units) {
        bool changed = false;
        for (std::size_t i = 0; i < decisions_.size(); ++i) {
            if (is_mono(i)) continue;
            const auto line = line_into_mono(i);
            const auto other = by_units ? companion(i) : std::nullopt;
            BUNDEL_TRY(answer, ask(i, line.has_value(), other));
            if (static_cast<Coupled>(answer.word) != Coupled::mono) continue;
            PhaseDecision& decision = decisions_[i];
            if (by_units)
                decision.trail.fact("paid_together_couples", Datum::of(decisions_[*other].phase));
            else
                decision.trail.note("spanning_line_couples", decision.regime->spanning_line,
                                    Datum::line(*line));
            decision.route = {RouteKind::mono, answer.reason, {}, nullptr, {}, {}};
            changed = true;
        }
        return changed;
    }

    // Of phases that are paid together: one waits or asks, then the others wait for it.
    Result<Done> wait_together(const Unit& unit) {
        const auto open = std::find_if(unit.begin(), unit.end(), [&](std::size_t i) {
            const RouteKind kind = decisions_[i].route.kind;
            return kind == RouteKind::hold || kind == RouteKind::ask;
        });
        if (open == unit.end()) return Done{};
        for (const std::size_t i : unit) {
            BUNDEL_TRY(answer, ask(i, line_into_mono(i).has_value(),
                                   *open == i ? std::nullopt : std::optional(*open)));
            const auto coupled = static_cast<Coupled>(answer.word);
            if (coupled == Coupled::waits || coupled == Coupled::asks) wait_for(i, *open, answer);
        }
        return Done{};
    }

    void wait_for(std::size_t index, std::size_t open, const Answer& answer) {
        PhaseDecision& decision = decisions_[index];
        const PhaseDecision& awaited = decisions_[open];
        const bool waits = static_cast<Coupled>(answer.word) == Coupled::waits;
        decision.trail.fact("paid_together_waits", Datum::of(awaited.phase));
        decision.route = {waits ? RouteKind::hold : RouteKind::ask, answer.reason, {}, nullptr, {}, {}};
        std::optional<Date> next = awaited.route.until;
        if (waits) {
            next = std::min(next.value_or(judged_[index].question_day), judged_[index].question_day);
            decision.route.until = next;
        }
        if (next) decision.holds_until = next->plus_days(-1);
    }

    // All may be paid: the first phase carries the claim, with the price once and all that goes off it. What
    // is left of the price is judged anew.
    Result<Done> pay_together(const Unit& unit) {
        const bool all = std::all_of(unit.begin(), unit.end(), [&](std::size_t i) {
            return decisions_[i].route.kind == RouteKind::integrated;
        });
        if (!all) return Done{};
        PhaseDecision& first = decisions_[unit.front()];
        for (auto other = unit.begin() + 1; other != unit.end(); ++other) {
            PhaseDecision& decision = decisions_[*other];
            decision.paid_with = first.phase;
            decision.trail.fact("paid_together", Datum::of(first.phase));
            first.route.price -= decision.route.deducted;
            first.route.deducted += decision.route.deducted;
            if (decision.latest_submit_day > first.latest_submit_day)
                first.latest_submit_day = decision.latest_submit_day;
            if (decision.outside.count > 0) first.route.reason = decision.route.reason;
            decision.route.price = {};
            decision.route.deducted = {};
        }
        rulebook::Observations seen = judged_[unit.front()].seen;
        seen.number(Variable::net_cents, first.route.price.count());
        BUNDEL_TRY(answer, first.regime->model->ask(Asked::route, seen, nullptr));
        if (static_cast<RouteKind>(answer.word) == RouteKind::integrated) return Done{};
        for (const std::size_t i : unit) {
            decisions_[i].paid_with.reset();
            decisions_[i].route = route_of(answer);
        }
        return Done{};
    }

    const View& view_;
    std::vector<PhaseDecision>& decisions_;
    const std::vector<Judged>& judged_;
};

}  // namespace

Result<std::vector<PhaseDecision>> decide_routes(const Pathway& pathway,
                                                 const std::vector<LineDecision>& lines,
                                                 const PartiesByPhase& parties, const Agreements& known,
                                                 const Rulebook& rulebook, Date as_of) {
    const View view{pathway, lines, parties, known, rulebook, as_of};
    std::vector<PhaseDecision> decisions;
    std::vector<Judged> judged;
    for (std::uint32_t i = 0; i < pathway.pregnancies.size(); ++i) {
        for (const PhaseKind kind : values::all_phases) {
            if (!pathway.pregnancies[i].phase(kind).exists) continue;
            BUNDEL_TRY(own, has_own_care(view, i, kind));
            if (!own) continue;
            PhaseDecision decision;
            decision.pregnancy = i;
            decision.phase = kind;
            BUNDEL_TRY(one, decide_phase(view, parties_of(view, i, kind), decision));
            judged.push_back(std::move(one));
            decisions.push_back(std::move(decision));
        }
    }
    BUNDEL_TRY_DONE(Coupling(view, decisions, judged).run());
    return decisions;
}

}  // namespace bundel::selection
