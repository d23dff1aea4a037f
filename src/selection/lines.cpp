#include "selection/lines.h"

#include <map>

#include "pathway/pregnancies.h"

namespace bundel::selection {
using base::Done;
using base::Result;
using facts::CareLine;
using pathway::Part;
using pathway::Pathway;
using pathway::Unplaced;
using pathway::UnplacedReason;
using rulebook::Asked;
using rulebook::LinePlace;
using rulebook::Scope;
using rulebook::SelectionModel;
using rulebook::Variable;
using rulebook::WhoseCare;

namespace {

LinePlace place_of(UnplacedReason reason) {
    switch (reason) {
        case UnplacedReason::settled_in_lineage: return LinePlace::settled;
        case UnplacedReason::credit_unmatched: return LinePlace::credit_unmatched;
        case UnplacedReason::possible_duplicate: return LinePlace::possible_duplicate;
        case UnplacedReason::person_unknown: return LinePlace::person_unknown;
        case UnplacedReason::no_pregnancy: return LinePlace::no_pregnancy;
        case UnplacedReason::not_in_rulebook: return LinePlace::not_in_rulebook;
        case UnplacedReason::outside_the_bundle: return LinePlace::outside_the_bundle;
        case UnplacedReason::activities_unknown: return LinePlace::activities_unknown;
        case UnplacedReason::phase_unknown: return LinePlace::phase_unknown;
        case UnplacedReason::spans_phases: return LinePlace::spans_phases;
    }
    return LinePlace::no_pregnancy;
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
std::vector<bool> above_limit(const Pathway& pathway) {
    std::vector<bool> above(pathway.known.lines.size());
    std::map<std::tuple<std::uint32_t, AgbCode, rulebook::ValueId>, int> seen;
    std::optional<std::uint32_t> last;
    for (const Part& part : pathway.parts) {
        if (part.scope->at_most == 0 || last == part.line) continue;  // counted once, however many its parts
        last = part.line;
        const AgbCode declarant = pathway.known.lines[part.line].fact.declarant;
        if (++seen[{part.pregnancy, declarant, part.scope->group}] > part.scope->at_most)
            above[part.line] = true;
    }
    return above;
}

// Of a line that stands in no pregnancy: the regime of its first day, else the oldest.
const SelectionModel& model_for(const CareLine& line, const Part* part, const PartiesByPhase& parties,
                                const rulebook::Rulebook& rulebook) {
    if (part != nullptr)
        return *parties[part->pregnancy][static_cast<std::size_t>(part->phase)]->regime->model;
    const auto regime = rulebook.regime_on(line.care.first);
    return regime.ok() ? *(*regime)->model : *rulebook.regimes().front().model;
}

struct Seen {
    LinePlace place;
    bool above_limit;
    const Scope* scope;
    bool by_member;
};

Result<Done> judge(const SelectionModel& model, const CareLine& line, const Seen& seen,
                   LineDecision& decision) {
    rulebook::Observations observed(model);
    observed.word(Variable::line_place, seen.place);
    observed.truth(Variable::above_limit, seen.above_limit);
    observed.word(Variable::payer, line.payer);
    observed.word(Variable::scope,
                  seen.scope == nullptr ? rulebook::unlisted_scope : seen.scope->disposition);
    observed.truth(Variable::by_member, seen.by_member);
    BUNDEL_TRY(where, model.ask(Asked::disposition, observed, nullptr));
    BUNDEL_TRY(whose, model.ask(Asked::whose_care, observed, nullptr));
    const auto care = static_cast<WhoseCare>(whose.word);
    decision.disposition = static_cast<Disposition>(where.word);
    decision.reason = where.reason;
    decision.ours = care == WhoseCare::ours;
    decision.outsider = care == WhoseCare::outside && seen.place == LinePlace::in_phase;
    decision.status = values::weakest(where.status, whose.status);
    if (seen.scope != nullptr) decision.status = values::weakest(decision.status, seen.scope->status);
    return Done{};
}

}  // namespace

Result<std::vector<LineDecision>> decide_lines(const Pathway& pathway, const PartiesByPhase& parties,
                                               const facts::Agreements& known,
                                               const rulebook::Rulebook& rulebook) {
    std::vector<LineDecision> decisions(pathway.known.lines.size());
    const std::vector<bool> above = above_limit(pathway);
    const auto decide = [&](std::uint32_t index, const Scope* scope, const Part* part,
                            LinePlace place) -> Result<Done> {
        const CareLine& line = pathway.known.lines[index].fact;
        LineDecision& decision = decisions[index];
        const auto* member = membership_of(pathway, line, part, parties, known);
        const auto* sender = facts::membership_on(known, line.declarant, pathway.known.lines[index].received);
        BUNDEL_TRY_DONE(judge(model_for(line, part, parties, rulebook), line,
                              {place, above[index], scope, member != nullptr}, decision));
        decision.by_member = member != nullptr;
        decision.handed_in = sender != nullptr;
        if (const auto* membership = member != nullptr ? member : sender)
            decision.membership = membership->fact.status;
        decision.status = values::weakest(decision.status, decision.membership);
        decision.own_payment = own_payment(line, contract_for(part, parties), rulebook);
        return Done{};
    };
    for (const Part& part : pathway.parts)
        BUNDEL_TRY_DONE(decide(part.line, part.scope, &part, LinePlace::in_phase));
    for (const Unplaced& unplaced : pathway.unplaced)
        BUNDEL_TRY_DONE(decide(unplaced.line, unplaced.scope, nullptr, place_of(unplaced.reason)));
    return decisions;
}

}  // namespace bundel::selection
