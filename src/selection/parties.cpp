#include "selection/parties.h"

#include <algorithm>

#include "pathway/pregnancies.h"

namespace bundel::selection {
using base::Result;
using facts::Agreements;
using pathway::Pathway;
using pathway::Pregnancy;
using rulebook::Datum;
using rulebook::Rulebook;
using values::Payer;

namespace {

struct InsurerFound {
    UzoviCode insurer;
    Payer payer = Payer::insurer;
    const char* problem = nullptr;
    bool may_still_show = false;
};

// A check of insurance (COV) beats what claim lines say; of lines the nearest before the day, else the
// nearest after.
InsurerFound insurer_on(const facts::Woman& known, Date day, rulebook::Trail& trail) {
    const facts::Insurance* checked = nullptr;
    for (const auto& insurance : known.insurances) {
        if (!insurance.fact.period.contains(day)) continue;
        const bool other = checked != nullptr && (checked->insurer != insurance.fact.insurer ||
                                                  checked->payer != insurance.fact.payer);
        if (other) return {{}, Payer::insurer, "insurer_contradiction"};
        checked = &insurance.fact;
    }
    if (checked != nullptr) {
        trail.fact("insurer_by_check", Datum::of(day), Datum::of(checked->insurer));
        return {checked->insurer, checked->payer, nullptr};
    }
    const facts::CareLine* nearest = nullptr;
    const auto distance = [&](const facts::CareLine& line) {
        const int days = values::days_between(line.care.first, day);
        return std::pair(days < 0, std::abs(days));  // before the day first
    };
    for (const auto& line : known.lines) {
        const bool speaks =
            !line.fact.insurer.is_none() && line.fact.payer == Payer::insurer && !line.fact.of_child;
        if (!speaks) continue;
        if (nearest == nullptr || distance(line.fact) < distance(*nearest)) nearest = &line.fact;
    }
    if (nearest == nullptr) return {{}, Payer::insurer, "insurer_unknown", true};
    trail.fact("insurer_by_line", Datum::of(day), Datum::of(nearest->insurer),
               Datum::of(nearest->care.first));
    return {nearest->insurer, Payer::insurer, nullptr};
}

Route without_contract(RouteKind kind, const char* reason) {
    return {kind, reason, {}, nullptr, {}, {}};
}

Route ask(const char* reason) {
    return without_contract(RouteKind::ask, reason);
}

Route mono(const char* reason) {
    return without_contract(RouteKind::mono, reason);
}

std::optional<Route> find_insurer(const Pathway& pathway, const Pregnancy& pregnancy, PhaseKind kind,
                                  Parties& parties) {
    const auto& rule = parties.regime->insurer_day;
    const Date day = pathway::reference_day(rule.value, pregnancy, kind);
    parties.trail.note("day_for_insurer", rule, Datum::of(day));
    const InsurerFound found = insurer_on(pathway.known, day, parties.trail);
    parties.may_still_show = found.problem != nullptr && found.may_still_show;
    if (found.problem != nullptr) return ask(found.problem);
    parties.payer = found.payer;
    if (found.payer != Payer::insurer) return mono("payer_no_insurer");
    parties.insurer = found.insurer;
    return std::nullopt;
}

std::optional<Route> take_contract(const facts::Contract& contract, const char* step, Date day,
                                   Parties& parties) {
    if (contract.regime.view() != parties.regime->id.view()) return ask("contract_other_regime");
    parties.contract = &contract;
    parties.trail.note(step, 0, contract.status, Datum::of(parties.insurer), Datum::of(day));
    return std::nullopt;
}

std::optional<Route> find_contract(const Pregnancy& pregnancy, PhaseKind kind, const Agreements& known,
                                   Parties& parties) {
    const rulebook::Regime& regime = *parties.regime;
    const Date day = pathway::reference_day(regime.contract_day.value, pregnancy, kind);
    parties.trail.note("day_for_contract", regime.contract_day, Datum::of(day));
    const auto found = facts::contract_on(known, parties.insurer, day);
    if (found.ambiguous) return ask("contract_ambiguous");
    if (found.contract != nullptr) return take_contract(found.contract->fact, "contract_found", day, parties);
    parties.trail.note("contract_none", regime.no_contract, Datum::of(parties.insurer), Datum::of(day));
    switch (regime.no_contract.value) {
        case rulebook::NoContract::mono: return mono("contract_none");
        case rulebook::NoContract::ask: return ask("contract_none");
        case rulebook::NoContract::integrated: break;
    }
    const auto own = facts::uncontracted_on(known, day);
    if (own.ambiguous) return ask("price_list_ambiguous");
    if (own.contract == nullptr) return ask("price_list_none");
    return take_contract(own.contract->fact, "price_list_found", day, parties);
}

}  // namespace

PhaseKind leading_phase(const rulebook::Regime& regime, const Pregnancy& pregnancy, PhaseKind kind) {
    for (const PhaseKind earlier : values::all_phases) {
        if (earlier >= kind || !pregnancy.phase(earlier).exists) continue;
        const bool together = std::any_of(
            regime.performances.begin(), regime.performances.end(), [&](const rulebook::Performance& one) {
                return one.derivable && one.phases.contains(earlier) && one.phases.contains(kind);
            });
        if (together) return earlier;
    }
    return kind;
}

const facts::Known<facts::Membership>* membership_for(const Pregnancy& pregnancy, PhaseKind kind,
                                                      const Parties& parties, const Agreements& known,
                                                      AgbCode organisation) {
    auto rule = parties.regime->membership_day.value;
    if (parties.contract != nullptr) rule = parties.contract->membership_day.value_or(rule);
    const PhaseKind leading = leading_phase(*parties.regime, pregnancy, kind);
    return facts::membership_on(known, organisation, pathway::reference_day(rule, pregnancy, leading));
}

Result<Parties> parties_of(const Pathway& pathway, const Agreements& known, const Rulebook& rulebook,
                           std::uint32_t index, PhaseKind of) {
    Parties parties;
    const Pregnancy& pregnancy = pathway.pregnancies[index];
    const PhaseKind kind = leading_phase(*pregnancy.regime, pregnancy, of);
    const auto& rule = rulebook.regime_day();
    const Date day = pathway::reference_day(rule.value, pregnancy, kind);
    BUNDEL_TRY(regime, rulebook.regime_on(day));
    parties.regime = regime;
    parties.trail.note("day_for_regime", rule, Datum::of(day));
    parties.settled = find_insurer(pathway, pregnancy, kind, parties);
    if (!parties.settled) parties.settled = find_contract(pregnancy, kind, known, parties);
    return parties;
}

Result<PartiesByPhase> all_parties(const Pathway& pathway, const Agreements& known,
                                   const Rulebook& rulebook) {
    PartiesByPhase all(pathway.pregnancies.size());
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        for (const PhaseKind kind : values::all_phases) {
            if (!pathway.pregnancies[i].phase(kind).exists) continue;
            BUNDEL_TRY(parties, parties_of(pathway, known, rulebook, i, kind));
            all[i][static_cast<std::size_t>(kind)] = std::move(parties);
        }
    }
    return all;
}

}  // namespace bundel::selection
