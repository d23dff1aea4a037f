#include "selection/parties.h"

#include <algorithm>

#include "pathway/pregnancies.h"

namespace bundel::selection {
using base::Done;
using base::Result;
using facts::Agreements;
using pathway::Pathway;
using pathway::Pregnancy;
using rulebook::Asked;
using rulebook::Contracting;
using rulebook::Count;
using rulebook::Datum;
using rulebook::InsurerEvidence;
using rulebook::RegimeOf;
using rulebook::Rulebook;
using rulebook::Variable;
using values::Payer;

namespace {

struct InsurerFound {
    UzoviCode insurer;
    Payer payer = Payer::insurer;
    InsurerEvidence evidence = InsurerEvidence::none;
};

// A check of insurance (COV) beats what claim lines say; of lines the nearest before the day, else the
// nearest after.
InsurerFound insurer_on(const facts::Woman& known, Date day, rulebook::Trail& trail) {
    const facts::Insurance* checked = nullptr;
    for (const auto& insurance : known.insurances) {
        if (!insurance.fact.period.contains(day)) continue;
        const bool other = checked != nullptr && (checked->insurer != insurance.fact.insurer ||
                                                  checked->payer != insurance.fact.payer);
        if (other) return {{}, Payer::insurer, InsurerEvidence::contradiction};
        checked = &insurance.fact;
    }
    if (checked != nullptr) {
        trail.fact("insurer_by_check", Datum::of(day), Datum::of(checked->insurer));
        return {checked->insurer, checked->payer, InsurerEvidence::check};
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
    if (nearest == nullptr) return {};
    trail.fact("insurer_by_line", Datum::of(day), Datum::of(nearest->insurer),
               Datum::of(nearest->care.first));
    return {nearest->insurer, Payer::insurer, InsurerEvidence::line};
}

// An insurer is known for her, whether or not it pays.
bool observe_insurer(const Pathway& pathway, const Pregnancy& pregnancy, PhaseKind kind, Parties& parties) {
    const auto& rule = parties.regime->insurer_day;
    const Date day = pathway::reference_day(rule.value, pregnancy, kind);
    parties.trail.note("day_for_insurer", rule, Datum::of(day));
    const InsurerFound found = insurer_on(pathway.known, day, parties.trail);
    parties.seen->word(Variable::insurer_evidence, found.evidence);
    parties.seen->word(Variable::payer, found.payer);
    parties.payer = found.payer;
    if (found.payer == Payer::insurer) parties.insurer = found.insurer;
    return found.payer == Payer::insurer &&
           (found.evidence == InsurerEvidence::check || found.evidence == InsurerEvidence::line);
}

Count count_of(const facts::ContractFound& found) {
    if (found.ambiguous) return Count::more;
    return found.contract == nullptr ? Count::none : Count::one;
}

RegimeOf regime_of(const facts::ContractFound& found, const rulebook::Regime& regime) {
    const bool other = found.contract != nullptr && found.contract->fact.regime.view() != regime.id.view();
    return other ? RegimeOf::other : RegimeOf::same;
}

Result<Done> find_contract(const Pregnancy& pregnancy, PhaseKind kind, const Agreements& known,
                           bool insurer_known, Parties& parties) {
    const rulebook::Regime& regime = *parties.regime;
    const Date day = pathway::reference_day(regime.contract_day.value, pregnancy, kind);
    const auto found =
        insurer_known ? facts::contract_on(known, parties.insurer, day) : facts::ContractFound{};
    const auto own = facts::uncontracted_on(known, day);
    rulebook::Observations& seen = *parties.seen;
    seen.word(Variable::contracts, count_of(found));
    seen.word(Variable::contract_regime, regime_of(found, regime));
    seen.word(Variable::no_contract, regime.no_contract.value);
    seen.word(Variable::price_lists, count_of(own));
    seen.word(Variable::price_list_regime, regime_of(own, regime));
    BUNDEL_TRY(answer, regime.model->ask(Asked::contracting, seen, nullptr));
    const auto contracting = static_cast<Contracting>(answer.word);
    parties.contracting = contracting;
    if (!insurer_known) return Done{};
    parties.trail.note("day_for_contract", regime.contract_day, Datum::of(day));
    if (found.contract == nullptr && !found.ambiguous)
        parties.trail.note("contract_none", regime.no_contract, Datum::of(parties.insurer), Datum::of(day));
    const auto take = [&](const facts::ContractFound& one, const char* step) {
        parties.contract = &one.contract->fact;
        parties.trail.note(step, 0, parties.contract->status, Datum::of(parties.insurer), Datum::of(day));
    };
    if (contracting == Contracting::contract && found.contract != nullptr) take(found, "contract_found");
    if (contracting == Contracting::price_list && own.contract != nullptr) take(own, "price_list_found");
    return Done{};
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
    parties.seen.emplace(*regime->model);
    parties.trail.note("day_for_regime", rule, Datum::of(day));
    const bool insurer_known = observe_insurer(pathway, pregnancy, kind, parties);
    BUNDEL_TRY_DONE(find_contract(pregnancy, kind, known, insurer_known, parties));
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
