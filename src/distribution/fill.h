// An amount over payees in proportion to their weights, each within its bounds (water-filling), to the cent.
//
// The exact answer is min(most, max(least, level * weight)) with one level for all; it is found in whole
// numbers. Then each share is its exact amount rounded down or up; the odd cents go to whom the carry and the
// rest owe most (without a carry: the largest remainder), at a tie to the lowest code.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "distribution/exact.h"
#include "values/cents.h"
#include "values/identifiers.h"

namespace bundel::distribution {

// The most that a pot, a bound or an agreed amount may be, in cents: ten thousand billion euros. With it no
// product below leaves 128 bits.
inline constexpr values::Cents pot_max = values::Cents::of(1'000'000'000'000'000);

struct Claimant {
    values::AgbCode payee;
    std::int64_t weight = 0;       // 0 or more
    values::Cents least{};         // 0 or more
    values::Cents most = pot_max;  // at least `least`
};

enum class Bound { free, least, most };

// One payee in one step. `amount` is `entitled` rounded down or up.
struct StepShare {
    values::AgbCode payee;
    std::int64_t weight = 0;  // agreed weight, shadow value in cents, pregnancies, claim in cents
    values::Cents amount;
    Exact entitled;
    Bound bound = Bound::free;
    bool operator==(const StepShare&) const = default;
};

struct Filling {
    values::Cents given;    // what the shares add up to: less than the amount when all are at their most
    values::Cents missing;  // what is short of all the least together; they got it in proportion then
    std::vector<StepShare> shares;  // by payee code
};

// Contract: 0 <= amount <= pot_max; claimants sorted by payee, one per payee, weights adding up to no more
// than INT64_MAX.
Filling fill(values::Cents amount, std::span<const Claimant> claimants, const Carry& carry);

}  // namespace bundel::distribution
