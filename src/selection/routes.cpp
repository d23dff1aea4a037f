#include "selection/routes.h"

#include <algorithm>

#include "pathway/pregnancies.h"

namespace bundel::selection {
using facts::Agreements;
using pathway::EndEvidence;
using pathway::Part;
using pathway::Pathway;
using pathway::Phase;
using pathway::Pregnancy;
using rulebook::Datum;
using rulebook::Performance;
using rulebook::Rulebook;
using rulebook::Status;
using values::BreakExtent;
using values::OverlapPolicy;
using values::Payer;
using values::Period;

namespace {

// ---- Observations: what the facts say, no verdict ----

struct View {
    const Pathway& pathway;
    const std::vector<LineDecision>& lines;
    const Agreements& known;
    const Rulebook& rulebook;
    Date as_of;
};

const Pregnancy& pregnancy_of(const View& view, const PhaseDecision& decision) {
    return view.pathway.pregnancies[decision.pregnancy];
}
const Phase& phase_of(const View& view, const PhaseDecision& decision) {
    return pregnancy_of(view, decision).phase(decision.phase);
}

// Care of ours: a member's line in scope, or a woman enrolled for it with a member when the phase began.
bool has_member_care(const View& view, std::uint32_t pregnancy, PhaseKind kind) {
    for (const Part& part : view.pathway.parts) {
        if (part.pregnancy == pregnancy && part.phase == kind && view.lines[part.line].by_member) return true;
    }
    const Phase& phase = view.pathway.pregnancies[pregnancy].phase(kind);
    return std::any_of(
        view.pathway.known.enrolments.begin(), view.pathway.known.enrolments.end(),
        [&](const auto& enrolment) {
            const Period enrolled{enrolment.fact.begin, enrolment.fact.end.value_or(Date::far_future())};
            return enrolled.contains(phase.period.first) &&
                   pathway::is_for(view.pathway, pregnancy, enrolment.fact, view.rulebook) &&
                   facts::membership_on(view.known, enrolment.fact.practice, phase.period.first) != nullptr;
        });
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

OutsideSeen outside_care(const View& view, const PhaseDecision& decision, BreakExtent extent,
                         rulebook::Trail& trail) {
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
        trail.fact("outside_line", Datum::line(part.line), Datum::of(line.declarant),
                   Datum::of(line.care.first));
        found.amount += part.amount;
        ++found.count;
    }
    for (const auto& outside : view.pathway.known.outside) {
        const bool reaches = outside.fact.care.overlaps(reach) && outside.fact.care.last >= pregnancy.onset;
        if (!reaches || set_aside(view, outside.fact)) continue;
        trail.fact("outside_reported", Datum::of(outside.fact.insurer), Datum::of(outside.fact.care.first),
                   Datum::of(outside.received));
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
        if (here && view.lines[part.line].by_member) value += part.amount;
    }
    return value;
}

// ---- Rules: one step each; null or false when the step says nothing ----

Route ask(const char* reason) {
    return {RouteKind::ask, reason, {}, nullptr, {}, {}};
}
Route mono(const char* reason) {
    return {RouteKind::mono, reason, {}, nullptr, {}, {}};
}

struct PerformanceFound {
    const Performance* performance = nullptr;
    const char* problem = nullptr;
};

// The narrowest performance of the phase that fits how the pregnancy ended.
PerformanceFound performance_for(const View& view, const PhaseDecision& decision, Date day) {
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    const bool lost =
        pregnancy.end && !pregnancy.phase(PhaseKind::natal).exists && !phase_of(view, decision).left_early;
    for (const Performance& performance : decision.regime->performances) {
        if (!performance.phases.contains(decision.phase) || !performance.derivable ||
            !performance.period.contains(day))
            continue;
        if (performance.ended_before_days == 0) return {&performance, nullptr};
        if (!lost) continue;
        const auto days = pregnancy.days_at_end();
        if (!days) return {nullptr, "age_at_end_unknown"};
        if (*days < performance.ended_before_days) return {&performance, nullptr};
    }
    return {nullptr, "performance_none"};
}

const facts::Price* price_on(const facts::Contract& contract, const Performance& performance, Date day) {
    for (const auto& price : contract.prices) {
        if (price.performance == performance.id && price.period.contains(day)) return &price;
    }
    return nullptr;
}

// Care outside that breaks nothing: what it takes off the price.
struct Outside {
    bool any = false;
    Cents deducted;
};

std::optional<Route> by_outside_care(const View& view, PhaseDecision& decision, Outside& settled) {
    const rulebook::Regime& regime = *decision.regime;
    const facts::Contract& contract = *decision.contract;
    // What does not break is settled with the phase it falls in, whatever the extent of a break.
    const bool breaks = regime.overlap_blocks || contract.overlap == OverlapPolicy::fall_back;
    const BreakExtent extent =
        breaks ? contract.break_extent.value_or(regime.break_extent.value) : BreakExtent::phase;
    const OutsideSeen outside = outside_care(view, decision, extent, decision.trail);
    decision.outside = outside;
    if (outside.count == 0) {
        decision.trail.fact("outside_none", Datum::of(decision.phase));
        return std::nullopt;
    }
    settled.any = true;
    if (breaks) {
        if (contract.break_extent)
            decision.trail.note(
                "break_extent_contract", 0, contract.status,
                Datum::of_word(extent == BreakExtent::phase ? "extent_phase" : "extent_pregnancy"));
        else
            decision.trail.note(
                "break_extent", regime.break_extent,
                Datum::of_word(extent == BreakExtent::phase ? "extent_phase" : "extent_pregnancy"));
        return mono("broken_by_outside_care");
    }
    switch (contract.overlap) {
        case OverlapPolicy::priced_in:
            decision.trail.note("overlap_priced_in", 0, contract.status, Datum::count(outside.count));
            break;
        case OverlapPolicy::true_up_yearly:
            decision.trail.note("overlap_true_up", 0, contract.status, Datum::count(outside.count));
            break;
        case OverlapPolicy::deduct_actual:
            if (outside.unknown > 0) return ask("outside_amount_unknown");
            decision.trail.note("overlap_deduct_actual", 0, contract.status, Datum::of(outside.amount));
            settled.deducted = outside.amount;
            break;
        case OverlapPolicy::deduct_fixed:
            if (!contract.deduct_fixed) return ask("deduct_fixed_missing");
            decision.trail.note("overlap_deduct_fixed", 0, contract.status,
                                Datum::of(*contract.deduct_fixed));
            settled.deducted = *contract.deduct_fixed;
            break;
        case OverlapPolicy::fall_back: break;
    }
    return std::nullopt;
}

std::optional<Route> by_completeness(const View& view, PhaseDecision& decision) {
    const Phase& phase = phase_of(view, decision);
    if (!phase.left_early) return std::nullopt;
    decision.trail.note("phase_left", decision.regime->left_early, Datum::of(phase.period.last));
    switch (decision.regime->left_early.value) {
        case rulebook::LeftEarly::integrated: return std::nullopt;
        case rulebook::LeftEarly::mono: return mono("phase_left_early");
        case rulebook::LeftEarly::ask: return ask("phase_left_early");
    }
    return std::nullopt;
}

// Waits until a day on which time alone decides anew; without one it waits for news. A hold never passes the
// latest day to submit: some days before, it becomes a question, and stays one until that same day.
Route hold(const View& view, PhaseDecision& decision, const char* reason, std::optional<Date> until) {
    if (until) decision.holds_until = until->plus_days(-1);
    const Date question_day = decision.latest_submit_day->plus_days(-decision.contract->ask_before_days);
    if (view.as_of >= question_day) return ask("hold_meets_deadline");
    const Date next = std::min(until.value_or(question_day), question_day);
    decision.holds_until = next.plus_days(-1);
    return {RouteKind::hold, reason, next, nullptr, {}, {}};
}

// Nothing is known of her insurance yet: the first claim line or check tells. Without a contract the terms of
// single lines say when waiting becomes a question.
Route wait_for_insurer(const View& view, PhaseDecision& decision) {
    const auto& terms = view.rulebook.mono_terms();
    decision.latest_submit_day = phase_of(view, decision).period.last.plus_months(terms.submit_months.value);
    const Date question_day = decision.latest_submit_day->plus_days(-terms.ask_before_days.value);
    decision.trail.note("insurer_awaited", terms.ask_before_days, Datum::of(question_day));
    if (view.as_of >= question_day) return ask("insurer_unknown");
    decision.holds_until = question_day.plus_days(-1);
    return {RouteKind::hold, "insurer_unknown", question_day, nullptr, {}, {}};
}

std::optional<Route> by_time(const View& view, PhaseDecision& decision) {
    const Phase& phase = phase_of(view, decision);
    const auto& days = decision.regime->hold_days[static_cast<std::size_t>(decision.phase)];
    const Date free = phase.period.last.plus_days(days.value + 1);
    if (phase.end == EndEvidence::none || view.as_of < phase.period.last) {
        decision.trail.fact("phase_goes_on", Datum::of(decision.phase), Datum::of(phase.period.last));
        std::optional<Date> until;  // an expected end decides nothing; long past the due date it does
        if (phase.end != EndEvidence::none)
            until = phase.period.last;
        else if (decision.phase == PhaseKind::prenatal && view.pathway.holds_until)
            until = view.pathway.holds_until->plus_days(1);
        return hold(view, decision, "phase_not_ended", until);
    }
    if (phase.end == EndEvidence::window && decision.phase == PhaseKind::prenatal)
        return ask("outcome_unknown_question");
    decision.trail.note("hold_window", days, Datum::of(decision.phase), Datum::of(phase.period.last),
                        Datum::of(free));
    if (view.as_of < free) return hold(view, decision, "wait_for_outside_care", free);
    return std::nullopt;
}

Route by_price(const View& view, PhaseDecision& decision, const Outside& outside) {
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    const auto& rule = decision.regime->tariff_day;
    const Date day =
        pathway::reference_day(decision.contract->tariff_day.value_or(rule.value), pregnancy, decision.phase);
    if (decision.contract->tariff_day)
        decision.trail.note("day_for_tariff_contract", 0, decision.contract->status, Datum::of(day));
    else
        decision.trail.note("day_for_tariff", rule, Datum::of(day));
    const PerformanceFound found = performance_for(view, decision, day);
    if (found.problem != nullptr) return ask(found.problem);
    decision.trail.note("performance_derived", found.performance->id_value, found.performance->status,
                        Datum::of(decision.phase));
    const facts::Price* price = price_on(*decision.contract, *found.performance, day);
    if (price == nullptr) return ask("price_missing");
    decision.trail.note("price_found", 0, decision.contract->status, Datum::of(price->amount),
                        Datum::of(day));
    const Cents net = price->amount - outside.deducted;
    if (net.is_negative()) return ask("deduction_above_price");
    const char* reason = outside.any ? "outside_care_settled" : "all_care_inside";
    return {RouteKind::integrated, reason, {}, found.performance, net, outside.deducted};
}

// The order is the law's order of precedence: what cannot be known, who pays, what breaks, what is not
// complete, what must wait, what it costs.
Route route_for(const View& view, const Parties& parties, PhaseDecision& decision) {
    if (pregnancy_of(view, decision).contradiction) return ask("due_dates_conflict");
    if (parties.may_still_show) return wait_for_insurer(view, decision);
    if (parties.settled) return *parties.settled;
    Outside outside;
    if (auto route = by_outside_care(view, decision, outside)) return *route;
    if (auto route = by_completeness(view, decision)) return *route;
    if (auto route = by_time(view, decision)) return *route;
    return by_price(view, decision, outside);
}

PhaseDecision decide_phase(const View& view, const Parties& parties, std::uint32_t index, PhaseKind kind) {
    PhaseDecision decision;
    decision.pregnancy = index;
    decision.phase = kind;
    decision.regime = parties.regime;
    decision.payer = parties.payer;
    decision.insurer = parties.insurer;
    decision.contract = parties.contract;
    decision.trail = parties.trail;
    decision.shadow = member_value(view, decision);
    if (parties.contract != nullptr)
        decision.latest_submit_day =
            phase_of(view, decision).period.last.plus_months(parties.contract->submit_months);
    decision.route = route_for(view, parties, decision);
    return decision;
}

bool goes_mono(RouteKind kind) {
    return kind == RouteKind::mono;
}

PhaseDecision* find(std::vector<PhaseDecision>& decisions, const Part& part) {
    for (PhaseDecision& decision : decisions) {
        if (decision.pregnancy == part.pregnancy && decision.phase == part.phase) return &decision;
    }
    return nullptr;
}

// A member's line that covers a mono phase and others pulls them along, where the regime says so: forwarded
// it stays whole, and the same care may not also be in a bundle. Repeats until nothing changes.
void couple(const View& view, std::vector<PhaseDecision>& decisions) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (const Part& pulled : view.pathway.parts) {
            if (!view.lines[pulled.line].by_member) continue;
            PhaseDecision* decision = find(decisions, pulled);
            if (decision == nullptr || goes_mono(decision->route.kind)) continue;
            const auto& rule = decision->regime->spanning_line;
            if (rule.value != rulebook::SpanningLine::couple_to_mono) continue;
            const bool pulls =
                std::any_of(view.pathway.parts.begin(), view.pathway.parts.end(), [&](const Part& part) {
                    const PhaseDecision* other = part.line == pulled.line ? find(decisions, part) : nullptr;
                    return other != nullptr && goes_mono(other->route.kind);
                });
            if (!pulls) continue;
            decision->trail.note("spanning_line_couples", rule, Datum::line(pulled.line));
            decision->route = mono("coupled_by_line");
            changed = true;
        }
    }
}

}  // namespace

std::vector<PhaseDecision> decide_routes(const Pathway& pathway, const std::vector<LineDecision>& lines,
                                         const PartiesByPhase& parties, const Agreements& known,
                                         const Rulebook& rulebook, Date as_of) {
    const View view{pathway, lines, known, rulebook, as_of};
    std::vector<PhaseDecision> decisions;
    for (std::uint32_t i = 0; i < pathway.pregnancies.size(); ++i) {
        for (const PhaseKind kind : values::all_phases) {
            if (!pathway.pregnancies[i].phase(kind).exists || !has_member_care(view, i, kind)) continue;
            decisions.push_back(decide_phase(view, *parties[i][static_cast<std::size_t>(kind)], i, kind));
        }
    }
    couple(view, decisions);
    return decisions;
}

}  // namespace bundel::selection
