#include "pathway/placing.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "pathway/activities.h"
#include "pathway/pregnancies.h"

namespace bundel::pathway {
using base::Done;
using base::Result;
using facts::CareLine;
using facts::Standing;
using rulebook::BirthDayRule;
using rulebook::Disposition;
using rulebook::Placement;
using rulebook::Rulebook;
using rulebook::Scope;

namespace {

std::optional<UnplacedReason> settled(Standing standing) {
    switch (standing) {
        case Standing::effective: return std::nullopt;
        case Standing::credited:
        case Standing::credit:
        case Standing::replaced: return UnplacedReason::settled_in_lineage;
        case Standing::credit_unmatched: return UnplacedReason::credit_unmatched;
        case Standing::possible_duplicate: return UnplacedReason::possible_duplicate;
        case Standing::person_unknown: return UnplacedReason::person_unknown;
    }
    BUNDEL_ASSERT(false);
    return std::nullopt;
}

// By the day of birth it tells, else by its first day, else by its last.
std::optional<std::uint32_t> pregnancy_of(const Pathway& pathway, const CareLine& line, std::uint32_t index,
                                          const Rulebook& rulebook) {
    const auto find = [&](auto matches) -> std::optional<std::uint32_t> {
        for (std::size_t i = 0; i < pathway.pregnancies.size(); ++i) {
            if (matches(i)) return static_cast<std::uint32_t>(i);
        }
        return std::nullopt;
    };
    const int tolerance = rulebook.windows().due_tolerance_days.value;
    if (const auto told = birth_told(pathway.known, index, rulebook)) {
        const auto born = find([&](std::size_t i) {
            const auto& end = pathway.pregnancies[i].end;
            return end && std::abs(values::days_between(*end, told->day)) <= tolerance;
        });
        if (born) return born;
    }
    const auto within = [&](Date day) {
        return find([&](std::size_t i) { return care_window(pathway, i, rulebook).contains(day); });
    };
    const auto first = within(line.care.first);
    return first ? first : within(line.care.last);
}

PhaseKind phase_on(const Pregnancy& pregnancy, Date day) {
    if (!pregnancy.phase(PhaseKind::natal).exists)
        return PhaseKind::prenatal;  // a loss, or she left: no other phase
    const Date birth = pregnancy.phase(PhaseKind::natal).period.first;
    if (day < birth) return PhaseKind::prenatal;
    if (day > birth) return PhaseKind::postnatal;
    switch (pregnancy.regime->birth_day.value) {
        case BirthDayRule::prenatal: return PhaseKind::prenatal;
        case BirthDayRule::natal: return PhaseKind::natal;
        case BirthDayRule::postnatal: return PhaseKind::postnatal;
    }
    BUNDEL_ASSERT(false);
    return PhaseKind::natal;
}

// Integer weights in the proportion of exact fractions.
std::array<std::int64_t, 3> weights_of(const std::array<values::Ratio, 3>& split) {
    std::int64_t common = 1;
    for (const auto& ratio : split) common = std::lcm(common, ratio.denominator());
    std::array<std::int64_t, 3> weights{};
    for (std::size_t i = 0; i < 3; ++i) weights[i] = split[i].numerator() * (common / split[i].denominator());
    return weights;
}

class Placer {
public:
    Placer(Pathway& pathway, std::uint32_t line) : pathway_(pathway), line_(line) {}

    void unplaced(UnplacedReason reason, const Scope* scope) {
        pathway_.unplaced.push_back({line_, reason, amount(), scope});
    }
    void part(std::uint32_t pregnancy, PhaseKind phase, Cents cents, const Scope* scope) {
        pathway_.parts.push_back({line_, pregnancy, phase, cents, scope});
    }
    Cents amount() const { return pathway_.known.lines[line_].fact.amount; }

private:
    Pathway& pathway_;
    std::uint32_t line_;
};

void place_split(const Pathway& pathway, std::uint32_t pregnancy, const Scope& scope, Placer& placer) {
    for (const PhaseKind kind : values::all_phases) {
        const bool needed = scope.split[static_cast<std::size_t>(kind)].numerator() != 0;
        if (needed && !pathway.pregnancies[pregnancy].phase(kind).exists)
            return placer.unplaced(UnplacedReason::phase_unknown, &scope);
    }
    const auto parts = values::split(placer.amount(), weights_of(scope.split));
    BUNDEL_ASSERT(parts.ok());  // the rulebook checked that the split adds up to one
    for (const PhaseKind kind : values::all_phases) {
        const auto i = static_cast<std::size_t>(kind);
        if (scope.split[i].numerator() != 0) placer.part(pregnancy, kind, (*parts)[i], &scope);
    }
}

// Each activity speaks for the phase of its day. Without activities it must lie in one phase.
void place_by_activities(const Pathway& pathway, std::uint32_t pregnancy, std::uint32_t index,
                         const Scope& scope, Placer& placer) {
    const Pregnancy& whose = pathway.pregnancies[pregnancy];
    const CareLine& line = pathway.known.lines[index].fact;
    const auto activities = activities_of(pathway.known, index);
    std::array<std::int64_t, 3> weights{};
    std::array<std::set<Date>, 3> days;
    const bool by_count = whose.regime->activity_key.value == rulebook::ActivityKey::by_count;
    for (const facts::Activity& activity : activities) {
        const auto phase = static_cast<std::size_t>(phase_on(whose, activity.day));
        if (by_count || days[phase].insert(activity.day).second)
            weights[phase] += by_count ? std::max(activity.count, 0) : 1;
    }
    if (std::all_of(weights.begin(), weights.end(), [](std::int64_t weight) { return weight == 0; })) {
        const PhaseKind kind = phase_on(whose, line.care.first);
        if (kind != phase_on(whose, line.care.last))
            return placer.unplaced(UnplacedReason::activities_unknown, &scope);
        return placer.part(pregnancy, kind, line.amount, &scope);
    }
    const auto parts = values::split(line.amount, weights);
    BUNDEL_ASSERT(parts.ok());  // some weight, none below zero
    for (const PhaseKind kind : values::all_phases) {
        const auto i = static_cast<std::size_t>(kind);
        if (weights[i] != 0) placer.part(pregnancy, kind, (*parts)[i], &scope);
    }
}

void place_in_scope(const Pathway& pathway, std::uint32_t pregnancy, std::uint32_t index, const Scope& scope,
                    Placer& placer) {
    if (scope.placement == Placement::split) return place_split(pathway, pregnancy, scope, placer);
    if (scope.placement == Placement::by_activities)
        return place_by_activities(pathway, pregnancy, index, scope, placer);
    const CareLine& line = pathway.known.lines[index].fact;
    PhaseKind kind = PhaseKind::prenatal;
    const Pregnancy& whose = pathway.pregnancies[pregnancy];
    if (scope.placement == Placement::by_day) {
        kind = phase_on(whose, line.care.first);
        if (kind != phase_on(whose, line.care.last))
            return placer.unplaced(UnplacedReason::spans_phases, &scope);
    } else {
        kind = static_cast<PhaseKind>(scope.placement);
    }
    if (!whose.phase(kind).exists) return placer.unplaced(UnplacedReason::phase_unknown, &scope);
    placer.part(pregnancy, kind, line.amount, &scope);
}

Result<Done> place(Pathway& pathway, std::uint32_t index, const Rulebook& rulebook) {
    const CareLine& line = pathway.known.lines[index].fact;
    Placer placer(pathway, index);
    const auto pregnancy = pregnancy_of(pathway, line, index, rulebook);
    const rulebook::Regime* regime = pregnancy ? pathway.pregnancies[*pregnancy].regime : nullptr;
    if (regime == nullptr) {
        BUNDEL_TRY(found, rulebook.regime_on(line.care.first));
        regime = found;
    }
    const Scope* scope = regime->scope_on(line.performance, line.care.first);
    if (const auto reason = settled(pathway.standings[index]))
        placer.unplaced(*reason, scope);
    else if (scope == nullptr)
        placer.unplaced(UnplacedReason::not_in_rulebook, nullptr);
    else if (scope->disposition != Disposition::in_scope || line.payer == values::Payer::state)
        placer.unplaced(UnplacedReason::outside_the_bundle, scope);
    else if (!pregnancy)
        placer.unplaced(UnplacedReason::no_pregnancy, scope);
    else
        place_in_scope(pathway, *pregnancy, index, *scope, placer);
    return Done{};
}

void assert_conserved(const Pathway& pathway) {
    Cents read;
    Cents kept;
    for (const auto& line : pathway.known.lines) read += line.fact.amount;
    for (const Part& part : pathway.parts) kept += part.amount;
    for (const Unplaced& unplaced : pathway.unplaced) kept += unplaced.amount;
    BUNDEL_ASSERT(read == kept);
}

}  // namespace

Result<Done> place_lines(Pathway& pathway, const Rulebook& rulebook) {
    static_assert(static_cast<int>(Placement::prenatal) == static_cast<int>(PhaseKind::prenatal));
    static_assert(static_cast<int>(Placement::postnatal) == static_cast<int>(PhaseKind::postnatal));
    const auto count = static_cast<std::uint32_t>(pathway.known.lines.size());
    pathway.parts.reserve(count + 2);  // a line that is split has three
    pathway.unplaced.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) BUNDEL_TRY_DONE(place(pathway, i, rulebook));
    assert_conserved(pathway);
    return Done{};
}

}  // namespace bundel::pathway
