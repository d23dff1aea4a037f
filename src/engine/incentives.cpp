#include "engine/incentives.h"

#include <algorithm>
#include <set>

namespace bundel::engine {
using claim::Sent;
using distribution::Activity;
using distribution::Division;
using distribution::Pot;
using rulebook::TaskShift;

namespace {

struct PotNow {
    PotOfClaim of;
    values::PhaseSet phases;
    Pot pot;
};

// None: who gives up did not do that much of it.
std::optional<Pot> shifted(const Pot& pot, const TaskShift& shift) {
    Pot after = pot;
    const auto from = std::ranges::find(after.activity, shift.from, &Activity::payee);
    if (from == after.activity.end() || from->gross < shift.gives_up) return std::nullopt;
    from->gross -= shift.gives_up;
    from->net = std::max(from->net - shift.gives_up, Cents());
    after.activity.push_back({shift.to, shift.takes_on, shift.takes_on, 0});
    drop_negative(after);
    const auto to = std::ranges::find(after.activity, shift.to, &Activity::payee);
    to->pregnancies = std::max<std::int64_t>(to->pregnancies, 1);
    return after;
}

void add_difference(Incentive& incentive, const Division& before, const Division& after) {
    for (const auto& share : before.shares) incentive.parties[share.payee] -= share.amount;
    for (const auto& share : after.shares) incentive.parties[share.payee] += share.amount;
    incentive.reserve += after.reserve - before.reserve;
    incentive.undivided += after.undivided - before.undivided;
}

Result<Done> weigh(Incentive& incentive, const PotNow& now) {
    if (!now.phases.contains(incentive.shift.phase)) return Done{};
    const auto after = shifted(now.pot, incentive.shift);
    if (!after) return Done{};
    BUNDEL_TRY(before, distribution::divide(now.pot, now.of.model->model));
    BUNDEL_TRY(then, distribution::divide(*after, now.of.model->model));
    ++incentive.pots;
    add_difference(incentive, before, then);
    return Done{};
}

}  // namespace

Cents Incentive::per_unit(Cents total) const {
    BUNDEL_ASSERT(pots > 0);
    const auto unit = values::scale(total, values::Ratio::of(1, static_cast<std::int64_t>(pots)),
                                    values::Rounding::half_even);
    BUNDEL_ASSERT(unit.ok());
    return *unit;
}

Result<Incentives> incentives(World& world, const Side& side, const std::vector<TaskShift>& shifts, Date as_of) {
    Incentives result{side, {}, 0};
    for (const TaskShift& shift : shifts) result.shifts.push_back({shift, 0, {}, {}, {}});
    std::map<std::string, PotNow> shared;
    const auto see = [&](const Standing& standing, const Sent& claim) -> Result<Done> {
        BUNDEL_TRY(of, pot_in(world.rulebook, side, claim));
        Pot brought = brought_by(standing, claim, world.settings.igo, world.rulebook);
        if (brought.amount.is_zero()) return Done{};
        if (of.shared) {
            PotNow& pot = shared.try_emplace(of.name, PotNow{of, claim.phases, {}}).first->second;
            pot.pot.day = of.period.first;
            add(pot.pot, brought);
            return Done{};
        }
        drop_negative(brought);
        for (Incentive& incentive : result.shifts)
            BUNDEL_TRY_DONE(weigh(incentive, {of, claim.phases, brought}));
        return Done{};
    };
    BUNDEL_TRY(passed_over, for_each_standing(world, as_of, [&](const Standing& standing) -> Result<Done> {
        for (const Sent& claim : standing.loaded.sent) {
            if (is_divided(claim) && side.care.contains(claim.care.first)) BUNDEL_TRY_DONE(see(standing, claim));
        }
        return Done{};
    }));
    result.passed_over = passed_over;
    for (auto& [name, pot] : shared) {
        drop_negative(pot.pot);
        for (Incentive& incentive : result.shifts) BUNDEL_TRY_DONE(weigh(incentive, pot));
    }
    return result;
}

}  // namespace bundel::engine
