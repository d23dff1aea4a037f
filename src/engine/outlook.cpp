#include "engine/outlook.h"

#include <algorithm>

#include "engine/bought.h"
#include "engine/closing.h"
#include "engine/counter.h"
#include "rulebook/selection_model.h"

namespace bundel::engine {
using claim::Kind;
using claim::Ought;
using claim::Sent;
using facts::Contract;
using pathway::Phase;
using pathway::Pregnancy;
using rulebook::Performance;
using selection::PhaseDecision;
using selection::RouteKind;
using values::PhaseKind;
using values::PhaseSet;

namespace {

bool is_claimed(const Standing& standing, const Ought& ought, const rulebook::Rulebook& rulebook) {
    const auto& sent = standing.loaded.sent;
    return std::any_of(sent.begin(), sent.end(), [&](const Sent& claim) {
        return claim.kind == Kind::integrated && !claim.credit && claim.contract == ought.contract &&
               claim.performance == ought.performance && claim.care.overlaps(ought.care) &&
               claim::standing(claim, sent, rulebook) != claim::Standing::dead;
    });
}

PhaseSet covered_by_oughts(const Standing& standing, std::uint32_t pregnancy) {
    PhaseSet covered;
    for (const Ought& ought : standing.wanted.oughts) {
        if (ought.kind != Kind::integrated || ought.pregnancy != pregnancy) continue;
        for (const PhaseKind kind : values::all_phases) {
            if (ought.phases.contains(kind)) covered.add(kind);
        }
    }
    return covered;
}

// What a pregnancy that goes its usual way is paid by; none when the contract is not for it.
const Performance* usual_performance(const Pregnancy& pregnancy, const Contract& contract, PhaseKind kind,
                                     Date day) {
    using rulebook::Variable;
    if (pregnancy.regime == nullptr) return nullptr;
    rulebook::Observations usual(*pregnancy.regime->model);
    usual.word(Variable::phase, kind);
    usual.truth(Variable::pregnancy_ended, false);
    usual.truth(Variable::natal_phase, true);
    usual.truth(Variable::left_early, false);
    usual.truth(Variable::age_known, false);
    usual.number(Variable::age_at_end, 0);
    usual.text(Variable::care_weight, rulebook::no_care_weight);
    const auto answer = pregnancy.regime->model->ask(rulebook::Asked::performance, usual, nullptr);
    if (!answer.ok()) return nullptr;
    const Performance* performance = pregnancy.regime->performance_on(answer->text, day);
    const bool agreed = performance != nullptr && facts::is_for(contract, performance->id);
    return agreed ? performance : nullptr;
}

std::optional<Cents> price_of(const Contract& contract, const Performance* performance, Date day) {
    const auto* price = performance == nullptr ? nullptr : facts::price_on(contract, performance->id, day);
    return price == nullptr ? std::nullopt : std::optional(price->amount);
}

// The contract of a phase that waits, or of one after it that is not decided about yet.
const Contract* contract_of(const PhaseDecision& latest, bool is_its_own, Date first,
                            const facts::Agreements& known) {
    const bool goes_on = latest.route.kind == RouteKind::hold || latest.route.kind == RouteKind::integrated;
    if (latest.contract == nullptr || !goes_on) return nullptr;
    if (is_its_own || latest.contract->period.contains(first)) return latest.contract;
    const auto* later = facts::contract_on(known, latest.insurer, first).contract;
    return later == nullptr ? nullptr : &later->fact;
}

void add_phases(const Standing& standing, const facts::Agreements& known, std::uint32_t index,
                std::vector<Coming>& coming) {
    const Pregnancy& pregnancy = standing.wanted.pathway.pregnancies[index];
    PhaseSet covered = covered_by_oughts(standing, index);
    const PhaseDecision* latest = nullptr;
    for (const PhaseKind kind : values::all_phases) {
        const Phase& phase = pregnancy.phase(kind);
        const PhaseDecision* own = standing.wanted.selection.decision_on(index, kind);
        if (own != nullptr) latest = own;
        const bool over = own == nullptr && phase.end != pathway::EndEvidence::none;
        if (!phase.exists || over || latest == nullptr || covered.contains(kind)) continue;
        const Date first = phase.period.first;
        const Contract* contract = contract_of(*latest, own != nullptr, first, known);
        if (contract == nullptr) continue;
        const Performance* performance = usual_performance(pregnancy, *contract, kind, first);
        coming.push_back({contract->key.key, first, price_of(*contract, performance, first)});
        for (const PhaseKind paid : values::all_phases) {
            if (performance != nullptr && performance->phases.contains(paid)) covered.add(paid);
        }
    }
}

// Care outside in phases that are bundled: under a yearly true-up it is settled over all women.
void count_outside(const Standing& standing, Counter& counter) {
    for (const PhaseDecision& decision : standing.wanted.selection.phases) {
        const auto& outside = decision.outside;
        if (decision.route.kind != RouteKind::integrated || decision.contract == nullptr ||
            outside.count == 0)
            continue;
        const auto& phase = standing.wanted.pathway.pregnancies[decision.pregnancy].phase(decision.phase);
        const std::string name =
            decision.contract->key.key.str() + "/" + std::to_string(phase.period.first.year());
        counter.add(group::outside, name, outside.count, outside.amount);
        counter.add(group::outside_unknown, name, outside.unknown);
        counter.add(group::outside_phases, name, 1);
    }
}

}  // namespace

std::vector<Coming> still_to_come(const Standing& standing, const facts::Agreements& known,
                                  const rulebook::Rulebook& rulebook) {
    std::vector<Coming> coming;
    for (const Ought& ought : standing.wanted.oughts) {
        if (ought.kind == Kind::integrated && !is_claimed(standing, ought, rulebook))
            coming.push_back({ought.contract, ought.care.first, ought.amount});
    }
    for (std::uint32_t i = 0; i < standing.wanted.pathway.pregnancies.size(); ++i)
        add_phases(standing, known, i, coming);
    return coming;
}

std::vector<CountRow> outlook(const Standing& standing, const facts::Agreements& known,
                              const rulebook::Rulebook& rulebook) {
    Counter counter;
    for (const Coming& coming : still_to_come(standing, known, rulebook)) {
        counter.add(coming.price ? group::coming : group::coming_unpriced,
                    coming.contract.str() + "/" + month_text(coming.first), 1,
                    coming.price.value_or(Cents()));
    }
    count_outside(standing, counter);
    for (const auto& bought : standing.wanted.pathway.known.bought)
        counter.add(
            group::bought,
            bought.fact.buyer.digits() + "/" + supplier_text(bought.fact) + "/" + word(bought.fact.kind), 1,
            bought.fact.amount);
    return counter.rows();
}

}  // namespace bundel::engine
