#include "selection/lines.h"

#include <map>

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
        case UnplacedReason::activities_unknown: return "line_activities_unknown";
        case UnplacedReason::spans_phases: return "line_spans_phases";
        case UnplacedReason::settled_in_lineage:
        case UnplacedReason::outside_the_bundle: return nullptr;
    }
    return nullptr;
}

LineDecision by_scope(const CareLine& line, const Scope* scope) {
    LineDecision decision;
    if (line.payer == Payer::state) {
        decision.disposition = Disposition::state;
        decision.reason = "line_payer_state";
        return decision;
    }
    if (scope == nullptr) {
        decision.reason = "line_not_in_rulebook";
        return decision;
    }
    decision.disposition = scope->disposition;
    decision.reason = scope_reason(scope->disposition);
    decision.status = scope->status;
    return decision;
}

// A line without a pregnancy is looked up on its first day.
const facts::Known<facts::Membership>* membership_of(const Pathway& pathway, const CareLine& line,
                                                     const Part* part, const PartiesByPhase& all,
                                                     const facts::Agreements& known) {
    if (part == nullptr) return facts::membership_on(known, line.declarant, line.care.first);
    const Parties& parties = *all[part->pregnancy][static_cast<std::size_t>(part->phase)];
    return membership_for(pathway.pregnancies[part->pregnancy], part->phase, parties, known, line.declarant);
}

// By the rate of the year; where the amount that was declared leaves it out, the care is worth more.
std::optional<OwnPayment> own_payment(const CareLine& line, const facts::Contract* contract,
                                      const rulebook::Rulebook& rulebook) {
    if (!rulebook.bears_own_payment(line.performance)) return std::nullopt;
    OwnPayment own;
    own.gross = own.net = line.amount;
    const auto* rate = rulebook.own_payment_on(line.performance, line.care.first);
    if (rate == nullptr || rate != rulebook.own_payment_on(line.performance, line.care.last)) return own;
    own.rate = rate->id;
    own.status = values::weakest(rate->status, rulebook.own_payment_in().status);
    const auto minutes =
        values::scale(rate->per_hour, values::Ratio::of(line.minutes, 60), values::Rounding::half_up);
    if (!minutes.ok()) return own;
    own.amount = line.credit ? -*minutes : *minutes;
    auto where = rulebook.own_payment_in().value;
    if (contract != nullptr) where = contract->own_payment.value_or(where);
    if (where == values::OwnPaymentIn::not_declared) own.gross = line.amount + *own.amount;
    own.net = own.gross - *own.amount;
    return own;
}

const facts::Contract* contract_for(const Part* part, const PartiesByPhase& all) {
    return part == nullptr ? nullptr : all[part->pregnancy][static_cast<std::size_t>(part->phase)]->contract;
}

// Lines of one declarant above what the law allows in a pregnancy: the first by care count.
void mark_too_many(const Pathway& pathway, std::vector<LineDecision>& decisions) {
    std::map<std::tuple<std::uint32_t, AgbCode, rulebook::ValueId>, int> seen;
    std::optional<std::uint32_t> last;
    for (const Part& part : pathway.parts) {
        if (part.scope->at_most == 0 || last == part.line) continue;  // counted once, however many its parts
        last = part.line;
        const CareLine& line = pathway.known.lines[part.line].fact;
        if (++seen[{part.pregnancy, line.declarant, part.scope->group}] <= part.scope->at_most) continue;
        decisions[part.line].disposition = Disposition::ask;
        decisions[part.line].reason = "line_too_many";
    }
}

}  // namespace

std::vector<LineDecision> decide_lines(const Pathway& pathway, const PartiesByPhase& parties,
                                       const facts::Agreements& known, const rulebook::Rulebook& rulebook) {
    std::vector<LineDecision> decisions(pathway.known.lines.size());
    const auto decide = [&](std::uint32_t index, const Scope* scope, const Part* part) -> LineDecision& {
        const CareLine& line = pathway.known.lines[index].fact;
        decisions[index] = by_scope(line, scope);
        const auto* member = membership_of(pathway, line, part, parties, known);
        const auto* sender = facts::membership_on(known, line.declarant, pathway.known.lines[index].received);
        decisions[index].by_member = member != nullptr;
        decisions[index].handed_in = sender != nullptr;
        if (const auto* membership = member != nullptr ? member : sender)
            decisions[index].membership = membership->fact.status;
        decisions[index].status = values::weakest(decisions[index].status, decisions[index].membership);
        decisions[index].own_payment = own_payment(line, contract_for(part, parties), rulebook);
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
    mark_too_many(pathway, decisions);
    return decisions;
}

}  // namespace bundel::selection
