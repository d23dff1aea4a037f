#include "selection/routes.h"

#include <algorithm>

#include "pathway/activities.h"
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

// Care of ours: a member's line in scope, or a woman enrolled for it with a member when the phase began.
bool has_member_care(const View& view, std::uint32_t pregnancy, PhaseKind kind) {
    for (const Part& part : view.pathway.parts) {
        if (part.pregnancy == pregnancy && part.phase == kind && view.lines[part.line].ours()) return true;
    }
    const Pregnancy& whose = view.pathway.pregnancies[pregnancy];
    const Phase& phase = whose.phase(kind);
    return std::any_of(
        view.pathway.known.enrolments.begin(), view.pathway.known.enrolments.end(),
        [&](const auto& enrolment) {
            const Period enrolled{enrolment.fact.begin, enrolment.fact.end.value_or(Date::far_future())};
            return enrolled.contains(phase.period.first) &&
                   pathway::is_for(view.pathway, pregnancy, enrolment.fact, view.rulebook) &&
                   membership_for(whose, kind, parties_of(view, pregnancy, kind), view.known,
                                  enrolment.fact.practice) != nullptr;
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
        if (!reaches || set_aside(view, outside.fact) || told_otherwise(view, outside.fact)) continue;
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
        if (here && view.lines[part.line].ours()) value += part.amount;
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

// The narrowest performance of the phase that fits how the pregnancy ended and how heavy the care is.
PerformanceFound performance_for(const View& view, const PhaseDecision& decision, Date day) {
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    const auto weight = care_weight(view, decision);
    const bool lost =
        pregnancy.end && !pregnancy.phase(PhaseKind::natal).exists && !phase_of(view, decision).left_early;
    for (const Performance& performance : decision.regime->performances) {
        if (!performance.phases.contains(decision.phase) || !performance.derivable ||
            !performance.period.contains(day))
            continue;
        if (!performance.care_weight.empty() && performance.care_weight != weight) continue;
        if (performance.ended_before_days == 0) return {&performance, nullptr};
        if (!lost) continue;
        const auto days = pregnancy.days_at_end();
        if (!days) return {nullptr, "age_at_end_unknown"};
        if (*days < performance.ended_before_days) return {&performance, nullptr};
    }
    return {nullptr, "performance_none"};
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

void note_weight(const rulebook::Regime& regime, const Performance& performance, rulebook::Trail& trail) {
    for (const rulebook::CareWeight& weight : regime.care_weights) {
        if (weight.id == performance.care_weight)
            trail.note("care_weight_applies", weight.value, weight.status);
    }
}

// A contract for some performances only: none that it names pays this phase.
std::optional<Route> by_contracted(PhaseDecision& decision) {
    const facts::Contract& contract = *decision.contract;
    if (contract.performances.empty()) return std::nullopt;
    const auto& all = decision.regime->performances;
    const bool any = std::any_of(all.begin(), all.end(), [&](const Performance& performance) {
        return performance.derivable && performance.phases.contains(decision.phase) &&
               facts::is_for(contract, performance.id);
    });
    if (any) return std::nullopt;
    decision.trail.note("performance_not_contracted_note", 0, contract.status, Datum::of(decision.phase));
    return mono("performance_not_contracted");
}

Route by_price(const View& view, PhaseDecision& decision, const Outside& outside) {
    const Pregnancy& pregnancy = pregnancy_of(view, decision);
    const auto& rule = decision.regime->tariff_day;
    const PhaseKind leading = leading_phase(*decision.regime, pregnancy, decision.phase);
    const Date day =
        pathway::reference_day(decision.contract->tariff_day.value_or(rule.value), pregnancy, leading);
    if (decision.contract->tariff_day)
        decision.trail.note("day_for_tariff_contract", 0, decision.contract->status, Datum::of(day));
    else
        decision.trail.note("day_for_tariff", rule, Datum::of(day));
    const PerformanceFound found = performance_for(view, decision, day);
    if (found.problem != nullptr) return ask(found.problem);
    decision.trail.note("performance_derived", found.performance->id_value, found.performance->status,
                        Datum::of(decision.phase));
    note_weight(*decision.regime, *found.performance, decision.trail);
    if (!facts::is_for(*decision.contract, found.performance->id)) {
        decision.trail.note("performance_not_contracted_note", 0, decision.contract->status,
                            Datum::of(decision.phase));
        return mono("performance_not_contracted");
    }
    const facts::Price* price = facts::price_on(*decision.contract, found.performance->id, day);
    if (price == nullptr) return ask("price_missing");
    decision.trail.note("price_found", 0, decision.contract->status, Datum::of(price->amount),
                        Datum::of(day));
    const Cents net = price->amount - outside.deducted;
    if (net.is_negative()) return ask("deduction_above_price");
    const char* reason = outside.any ? "outside_care_settled" : "all_care_inside";
    return {RouteKind::integrated, reason, {}, found.performance, net, outside.deducted};
}

// The order is the law's order of precedence: what cannot be known, who pays and for what, what breaks, what
// is not complete, what must wait, what it costs.
Route route_for(const View& view, const Parties& parties, PhaseDecision& decision) {
    if (pregnancy_of(view, decision).contradiction) return ask("due_dates_conflict");
    if (parties.may_still_show) return wait_for_insurer(view, decision);
    if (parties.settled) return *parties.settled;
    if (auto route = by_contracted(decision)) return *route;
    Outside outside;
    if (auto route = by_outside_care(view, decision, outside)) return *route;
    if (auto route = by_completeness(view, decision)) return *route;
    if (auto route = by_time(view, decision)) return *route;
    return by_price(view, decision, outside);
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
        if (!here || !line.ours() || line.membership == values::Status::verified) continue;
        const AgbCode declarant = view.pathway.known.lines[part.line].fact.declarant;
        if (std::find(noted.begin(), noted.end(), declarant) != noted.end()) continue;
        noted.push_back(declarant);
        decision.trail.note("membership_unverified", 0, line.membership, Datum::of(declarant));
    }
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
    note_activities(view, decision);
    note_memberships(view, decision);
    decision.route = route_for(view, parties, decision);
    return decision;
}

bool goes_mono(RouteKind kind) {
    return kind == RouteKind::mono;
}

PhaseDecision* find(std::vector<PhaseDecision>& decisions, std::uint32_t pregnancy, PhaseKind kind) {
    for (PhaseDecision& decision : decisions) {
        if (decision.pregnancy == pregnancy && decision.phase == kind) return &decision;
    }
    return nullptr;
}

PhaseDecision* find(std::vector<PhaseDecision>& decisions, const Part& part) {
    return find(decisions, part.pregnancy, part.phase);
}

// A member's line that covers a mono phase and others pulls them along, where the regime says so: forwarded
// it stays whole, and the same care may not also be in a bundle.
bool couple_by_lines(const View& view, std::vector<PhaseDecision>& decisions) {
    bool changed = false;
    for (const Part& pulled : view.pathway.parts) {
        if (!view.lines[pulled.line].ours()) continue;
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
    return changed;
}

// ---- Phases that the catalogue pays together: one claim, so one way for all of them ----

// The decisions on the phases that are led by the phase of `leader`, itself first.
std::vector<PhaseDecision*> together(const View& view, std::vector<PhaseDecision>& decisions,
                                     const PhaseDecision& leader) {
    std::vector<PhaseDecision*> unit;
    for (PhaseDecision& decision : decisions) {
        if (decision.pregnancy != leader.pregnancy) continue;
        const Pregnancy& whose = pregnancy_of(view, decision);
        if (leading_phase(*decision.regime, whose, decision.phase) ==
            leading_phase(*leader.regime, whose, leader.phase))
            unit.push_back(&decision);
    }
    return unit;
}

// One that goes mono takes the others along.
bool couple_units(const View& view, std::vector<PhaseDecision>& decisions) {
    bool changed = false;
    for (PhaseDecision& decision : decisions) {
        if (goes_mono(decision.route.kind)) continue;
        for (const PhaseDecision* other : together(view, decisions, decision)) {
            if (goes_mono(decision.route.kind) || !goes_mono(other->route.kind)) continue;
            decision.trail.fact("paid_together_couples", Datum::of(other->phase));
            decision.route = mono("coupled_by_performance");
            changed = true;
        }
    }
    return changed;
}

// Of phases that are paid together: one waits or asks, then the others wait for it.
void wait_together(const View& view, const std::vector<PhaseDecision*>& unit) {
    const auto open = std::find_if(unit.begin(), unit.end(), [](const PhaseDecision* one) {
        return one->route.kind == RouteKind::hold || one->route.kind == RouteKind::ask;
    });
    if (open == unit.end()) return;
    const PhaseDecision& awaited = **open;
    for (PhaseDecision* decision : unit) {
        if (decision->route.kind != RouteKind::integrated) continue;
        decision->trail.fact("paid_together_waits", Datum::of(awaited.phase));
        decision->route = hold(view, *decision, "waits_for_other_phase", awaited.route.until);
    }
}

// All may be paid: the first phase carries the claim, with the price once and all that goes off it.
void pay_together(const std::vector<PhaseDecision*>& unit) {
    const bool all = std::all_of(unit.begin(), unit.end(), [](const PhaseDecision* one) {
        return one->route.kind == RouteKind::integrated;
    });
    if (!all) return;
    PhaseDecision& first = *unit.front();
    for (auto other = unit.begin() + 1; other != unit.end(); ++other) {
        PhaseDecision& decision = **other;
        decision.paid_with = first.phase;
        decision.trail.fact("paid_together", Datum::of(first.phase));
        first.route.price -= decision.route.deducted;
        first.route.deducted += decision.route.deducted;
        if (decision.latest_submit_day > first.latest_submit_day)
            first.latest_submit_day = decision.latest_submit_day;
        if (std::string_view(decision.route.reason) == "outside_care_settled")
            first.route.reason = decision.route.reason;
        decision.route.price = {};
        decision.route.deducted = {};
    }
    if (!first.route.price.is_negative()) return;
    for (PhaseDecision* decision : unit) {
        decision->paid_with.reset();
        decision->route = ask("deduction_above_price");
    }
}

// Mono spreads over lines and over phases that are paid together, until nothing changes; then what is left is
// paid together.
void couple(const View& view, std::vector<PhaseDecision>& decisions) {
    bool changed = true;
    while (changed) {
        const bool by_lines = couple_by_lines(view, decisions);
        changed = couple_units(view, decisions) || by_lines;
    }
    for (PhaseDecision& decision : decisions) {
        const auto unit = together(view, decisions, decision);
        if (unit.size() < 2 || unit.front() != &decision) continue;
        wait_together(view, unit);
        pay_together(unit);
    }
}

}  // namespace

std::vector<PhaseDecision> decide_routes(const Pathway& pathway, const std::vector<LineDecision>& lines,
                                         const PartiesByPhase& parties, const Agreements& known,
                                         const Rulebook& rulebook, Date as_of) {
    const View view{pathway, lines, parties, known, rulebook, as_of};
    std::vector<PhaseDecision> decisions;
    for (std::uint32_t i = 0; i < pathway.pregnancies.size(); ++i) {
        for (const PhaseKind kind : values::all_phases) {
            if (!pathway.pregnancies[i].phase(kind).exists || !has_member_care(view, i, kind)) continue;
            decisions.push_back(decide_phase(view, parties_of(view, i, kind), i, kind));
        }
    }
    couple(view, decisions);
    return decisions;
}

}  // namespace bundel::selection
