#include "selection/parties.h"

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
        if (line.fact.insurer.is_none() || line.fact.payer != Payer::insurer) continue;
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

std::optional<Route> find_contract(const Pregnancy& pregnancy, PhaseKind kind, const Agreements& known,
                                   Parties& parties) {
    const rulebook::Regime& regime = *parties.regime;
    const Date day = pathway::reference_day(regime.contract_day.value, pregnancy, kind);
    parties.trail.note("day_for_contract", regime.contract_day, Datum::of(day));
    const auto found = facts::contract_on(known, parties.insurer, day);
    if (found.ambiguous) return ask("contract_ambiguous");
    if (found.contract == nullptr) {
        parties.trail.note("contract_none", regime.no_contract, Datum::of(parties.insurer), Datum::of(day));
        const bool falls_to_mono = regime.no_contract.value == rulebook::NoContract::mono;
        return falls_to_mono ? mono("contract_none") : ask("contract_none");
    }
    const facts::Contract& contract = found.contract->fact;
    if (contract.regime.view() != regime.id.view()) return ask("contract_other_regime");
    parties.contract = &contract;
    parties.trail.note("contract_found", 0, contract.status, Datum::of(parties.insurer), Datum::of(day));
    return std::nullopt;
}

}  // namespace

Result<Parties> parties_of(const Pathway& pathway, const Agreements& known, const Rulebook& rulebook,
                           std::uint32_t index, PhaseKind kind) {
    Parties parties;
    const Pregnancy& pregnancy = pathway.pregnancies[index];
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
