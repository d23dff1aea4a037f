#include "claim/forwarding.h"

#include <algorithm>

namespace bundel::claim {
using facts::CareLine;
using rulebook::Disposition;
using rulebook::Rulebook;
using selection::LineDecision;
using selection::PhaseDecision;
using selection::RouteKind;

namespace {

// The routes of the phases a line has a part in.
struct Routes {
    bool any = false;
    bool mono = false;
    bool integrated = false;
    bool open = false;                             // hold or ask
    values::Payer payer = values::Payer::insurer;  // another: the participant declares the phase itself
    Status status = Status::verified;
};

Routes routes_of(const pathway::Pathway& pathway, const selection::Selection& selection, std::uint32_t line) {
    Routes routes;
    for (const pathway::Part& part : pathway.parts) {
        if (part.line != line) continue;
        const auto* decision = selection.decision_on(part.pregnancy, part.phase);
        if (decision == nullptr) continue;
        routes.any = true;
        routes.mono |= decision->route.kind == RouteKind::mono;
        routes.integrated |= decision->route.kind == RouteKind::integrated;
        routes.open |= decision->route.kind == RouteKind::hold || decision->route.kind == RouteKind::ask;
        if (decision->payer != values::Payer::insurer) routes.payer = decision->payer;
        routes.status = values::weakest(routes.status, decision->trail.weakest());
    }
    return routes;
}

Ought mono_claim(const CareLine& line, Date latest_submit_day, Status status) {
    Ought ought;
    ought.kind = Kind::forwarded;
    ought.declarant = line.declarant;
    ought.insurer = line.insurer;
    ought.performance = line.performance;
    ought.care = line.care;
    ought.amount = line.amount;
    ought.line = line.id;
    ought.latest_submit_day = latest_submit_day;
    ought.status = status;
    return ought;
}

Forwarding ask(const char* reason, Date deadline) {
    Forwarding forwarding;
    forwarding.kind = Forwarding::Kind::ask;
    forwarding.reason = reason;
    forwarding.deadline = deadline;
    return forwarding;
}

// Waits, but never past its latest day: some days before, it becomes a question.
Forwarding wait(Date deadline, const Rulebook& rulebook, Date as_of) {
    const Date question_day = deadline.plus_days(-rulebook.mono_terms().ask_before_days.value);
    if (as_of >= question_day) return ask("line_meets_deadline", deadline);
    Forwarding forwarding;
    forwarding.kind = Forwarding::Kind::wait;
    forwarding.deadline = deadline;
    forwarding.holds_until = question_day.plus_days(-1);
    return forwarding;
}

// To the participant, who declares it itself to whoever pays.
Forwarding hand_over(const CareLine& line, values::Payer payer, Date deadline, Status status) {
    Forwarding forwarding;
    forwarding.kind = Forwarding::Kind::send;
    forwarding.deadline = deadline;
    forwarding.ought = mono_claim(line, deadline, status);
    forwarding.ought.insurer = {};
    forwarding.ought.way = Way::list;
    forwarding.ought.payer = payer;
    return forwarding;
}

Forwarding send(const CareLine& line, Date deadline, Status status) {
    if (line.payer != values::Payer::insurer) return hand_over(line, line.payer, deadline, status);
    if (line.insurer.is_none()) return ask("line_without_insurer", deadline);
    Forwarding forwarding;
    forwarding.kind = Forwarding::Kind::send;
    forwarding.deadline = deadline;
    forwarding.ought = mono_claim(line, deadline, status);
    if (line.delivery == facts::Delivery::table) forwarding.ought.way = Way::list;
    return forwarding;
}

Forwarding by_routes(const Routes& routes, const CareLine& line, const LineDecision& decision, Date deadline,
                     const Rulebook& rulebook, Date as_of) {
    BUNDEL_ASSERT(routes.any);  // care in scope that is placed has a phase that was decided
    if (routes.mono && routes.integrated) return ask("line_needs_part_codes", deadline);
    if (routes.open) return wait(deadline, rulebook, as_of);
    if (routes.mono && routes.payer != values::Payer::insurer)
        return hand_over(line, routes.payer, deadline, values::weakest(decision.status, routes.status));
    if (routes.mono) return send(line, deadline, values::weakest(decision.status, routes.status));
    Forwarding absorbed;
    absorbed.kind = Forwarding::Kind::absorbed;
    return absorbed;
}

bool evidence_may_come(const char* reason) {
    static constexpr std::string_view waiting[] = {"line_no_pregnancy", "line_phase_unknown",
                                                   "line_credit_unmatched", "line_activities_unknown"};
    return std::find(std::begin(waiting), std::end(waiting), reason) != std::end(waiting);
}

}  // namespace

Forwarding forward(const pathway::Pathway& pathway, const selection::Selection& selection,
                   std::uint32_t index, const Rulebook& rulebook, Date as_of) {
    const CareLine& line = pathway.known.lines[index].fact;
    const LineDecision& decision = selection.lines[index];
    const auto standing = pathway.standings[index];
    const bool settled = standing == facts::Standing::credited || standing == facts::Standing::credit ||
                         standing == facts::Standing::replaced;
    if (settled) return {};
    const Date deadline = line.care.last.plus_months(rulebook.mono_terms().submit_months.value);
    if (!decision.by_member && !decision.handed_in) {
        // Not ours to send, but whether it breaks a bundle must be known.
        const bool unknown = std::string_view(decision.reason) == "line_not_in_rulebook";
        return unknown ? ask(decision.reason, deadline) : Forwarding{};
    }
    switch (decision.disposition) {
        case Disposition::in_scope:
            // Who joined after this pregnancy began has no part in its bundle, but sends through us.
            if (!decision.by_member) return send(line, deadline, decision.status);
            return by_routes(routes_of(pathway, selection, index), line, decision, deadline, rulebook, as_of);
        case Disposition::beside:
        case Disposition::not_maternity: return send(line, deadline, decision.status);
        case Disposition::state: return hand_over(line, values::Payer::state, deadline, decision.status);
        case Disposition::bought:
        case Disposition::included: return {};
        case Disposition::ask:
            if (evidence_may_come(decision.reason)) return wait(deadline, rulebook, as_of);
            return ask(decision.reason, deadline);
    }
    BUNDEL_ASSERT(false);
    return {};
}

}  // namespace bundel::claim
