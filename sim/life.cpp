#include "sim/life.h"

#include <algorithm>

#include "base/text.h"

namespace bundel::sim {
namespace {

constexpr int last_day_of_move = 28 * 7;  // no code is known for a second practice after 29 weeks

template <class Item>
std::size_t pick_by_weight(const std::vector<Item>& items, Chance& chance) {
    std::vector<int> weights;
    for (const auto& one : items) weights.push_back(one.weight);
    return chance.pick(weights);
}

std::vector<Insured> insurance(const Calibration& calibration, const CareRegion& region, const Period& period,
                               Chance& chance) {
    std::vector<Insured> insured{{period.first, region.labels[pick_by_weight(region.labels, chance)].uzovi}};
    for (int year = period.first.year() + 1; year <= period.last.year(); ++year) {
        const auto next = region.labels[pick_by_weight(region.labels, chance)].uzovi;
        if (!chance.happens(calibration.insurer_switch) || next == insured.back().label) continue;
        insured.push_back({Date::of(year, 1, 1), next});
    }
    return insured;
}

std::optional<Move> move_in(const Calibration& calibration, const CareRegion& region,
                            const Pregnancy& pregnancy, Chance& chance) {
    const bool moves = chance.happens(calibration.move);
    const auto neighbour = chance.place(region.neighbours.size());
    const int first = days_between(pregnancy.onset, pregnancy.first_visit) + 14;
    const Date care_ends = std::min(pregnancy.end, pregnancy.referred.value_or(pregnancy.end));
    const int last = std::min(days_between(pregnancy.onset, care_ends) - 14, last_day_of_move);
    if (!moves || pregnancy.second_line_from_start || last < first) return std::nullopt;
    return Move{pregnancy.onset.plus_days(chance.between(first, last)), neighbour};
}

Mother mother_of(const Calibration& calibration, Chance& chance) {
    Mother mother;
    mother.parity = draw_parity(calibration, chance);
    mother.age = draw_age(calibration, mother.parity, chance);
    return mother;
}

}  // namespace

UzoviCode Life::insurer_on(Date day) const {
    UzoviCode label = insured.front().label;
    for (const auto& one : insured) {
        if (one.from <= day) label = one.label;
    }
    return label;
}

Life life_of(const Calibration& calibration, const CareRegion& region, std::uint64_t seed, int number,
             const Period& births) {
    Chance chance(seed, "life", static_cast<std::uint64_t>(number));
    Life life;
    life.practice = pick_by_weight(region.practices, chance);
    const Practice& practice = region.practices[life.practice];
    Mother mother = mother_of(calibration, chance);
    life.insured =
        insurance(calibration, region, {births.first.plus_months(-24), births.last.plus_months(24)}, chance);
    Date due = births.first.plus_days(chance.below(births.days()));
    life.woman = {"R" + base::zero_padded(number, 6), practice.agb, life.insurer_on(due),
                  due.plus_months(-12 * mother.age).plus_days(-chance.below(365))};
    do {
        Carried carried{
            course(calibration, mother, practice.effects, due.plus_days(-280), chance), mother, {}};
        carried.move = move_in(calibration, region, carried.pregnancy, chance);
        const bool stays = !carried.move;
        const bool born = carried.pregnancy.is_birth();
        life.pregnancies.push_back(std::move(carried));
        const bool again =
            chance.happens(born ? calibration.pregnant_again : calibration.pregnant_after_loss);
        const int spacing = born ? chance.between(400, 900) : chance.between(60, 200);
        if (!again || !stays) break;
        const Date onset = life.pregnancies.back().pregnancy.end.plus_days(spacing);
        mother.age += days_between(due, onset.plus_days(280)) / 365;
        mother.parity += born ? 1 : 0;
        due = onset.plus_days(280);
    } while (due <= births.last);
    return life;
}

}  // namespace bundel::sim
