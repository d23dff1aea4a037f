#include "selection/lines.h"

#include "pathway/pregnancies.h"

namespace bundel::selection {
using facts::CareLine;
using pathway::Part;
using pathway::Pathway;
using pathway::Unplaced;
using pathway::UnplacedReason;
using rulebook::Scope;
using values::Payer;

namespace {

const char* scope_reason(Disposition disposition) {
    switch (disposition) {
        case Disposition::in_scope: return "line_in_scope";
        case Disposition::beside: return "line_beside";
        case Disposition::state: return "line_state";
        case Disposition::bought: return "line_bought";
        case Disposition::not_maternity: return "line_not_maternity";
        case Disposition::included: return "line_included";
        case Disposition::ask: return "line_scope_unclear";
    }
    return "line_scope_unclear";
}

// What the line's standing and place say before the scope is looked at. Null: the scope decides.
const char* open_question(UnplacedReason reason) {
    switch (reason) {
        case UnplacedReason::credit_unmatched: return "line_credit_unmatched";
        case UnplacedReason::possible_duplicate: return "line_possible_duplicate";
        case UnplacedReason::person_unknown: return "line_person_unknown";
        case UnplacedReason::not_in_rulebook: return "line_not_in_rulebook";
        case UnplacedReason::no_pregnancy: return "line_no_pregnancy";
        case UnplacedReason::phase_unknown: return "line_phase_unknown";
        case UnplacedReason::spans_phases: return "line_spans_phases";
        case UnplacedReason::settled_in_lineage:
        case UnplacedReason::outside_the_bundle: return nullptr;
    }
    return nullptr;
}

LineDecision by_scope(const CareLine& line, const Scope* scope) {
    LineDecision decision;
    if (line.payer == Payer::state)
        return {Disposition::state, "line_payer_state", false, false, rulebook::Status::verified};
    if (scope == nullptr)
        return {Disposition::ask, "line_not_in_rulebook", false, false, rulebook::Status::verified};
    decision.disposition = scope->disposition;
    decision.reason = scope_reason(scope->disposition);
    decision.status = scope->status;
    return decision;
}

// Membership of the declarant on the day the contract, else the regime names; a line without a pregnancy is
// looked up on its first day.
bool declared_by_member(const Pathway& pathway, const CareLine& line, const Part* part,
                        const PartiesByPhase& all, const facts::Agreements& known) {
    Date day = line.care.first;
    if (part != nullptr) {
        const Parties& parties = *all[part->pregnancy][static_cast<std::size_t>(part->phase)];
        auto rule = parties.regime->membership_day.value;
        if (parties.contract != nullptr) rule = parties.contract->membership_day.value_or(rule);
        day = pathway::reference_day(rule, pathway.pregnancies[part->pregnancy], part->phase);
    }
    return facts::membership_on(known, line.declarant, day) != nullptr;
}

}  // namespace

std::vector<LineDecision> decide_lines(const Pathway& pathway, const PartiesByPhase& parties,
                                       const facts::Agreements& known) {
    std::vector<LineDecision> decisions(pathway.known.lines.size());
    const auto decide = [&](std::uint32_t index, const Scope* scope, const Part* part) -> LineDecision& {
        const CareLine& line = pathway.known.lines[index].fact;
        decisions[index] = by_scope(line, scope);
        decisions[index].by_member = declared_by_member(pathway, line, part, parties, known);
        return decisions[index];
    };
    for (const Part& part : pathway.parts) {
        LineDecision& decision = decide(part.line, part.scope, &part);
        decision.outsider = decision.disposition == Disposition::in_scope && !decision.by_member;
    }
    for (const Unplaced& unplaced : pathway.unplaced) {
        LineDecision& decision = decide(unplaced.line, unplaced.scope, nullptr);
        if (unplaced.reason == UnplacedReason::settled_in_lineage)
            decision.reason = "line_settled_in_lineage";
        if (const char* question = open_question(unplaced.reason)) {
            decision.disposition = Disposition::ask;
            decision.reason = question;
        }
    }
    return decisions;
}

}  // namespace bundel::selection
