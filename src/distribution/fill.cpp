#include "distribution/fill.h"

#include <algorithm>

namespace bundel::distribution {
using base::Int128;
using values::Cents;

namespace {

constexpr Int128 cent = 1'000'000'000'000'000'000;

// The level: `amount` for each `weight`.
struct Level {
    Int128 amount = 0;
    Int128 weight = 0;
};

class Water {
public:
    Water(Cents amount, std::span<const Claimant> claimants)
        : claimants_(claimants), bounds_(claimants.size(), Bound::free), amount_(amount.count()) {}

    // Who is out of bounds at a level stays so at the true one, when the whole lies on that side of it.
    Level run() {
        for (;;) {
            const Level level = level_of_free();
            if (level.weight == 0) {
                rest_without_weight();
                return level;
            }
            const Int128 off = excess(level);
            if (!freeze(level, off)) return level;
        }
    }
    const std::vector<Bound>& bounds() const { return bounds_; }

private:
    Level level_of_free() const {
        Level level{amount_, 0};
        for (std::size_t i = 0; i < claimants_.size(); ++i) {
            if (bounds_[i] == Bound::least) level.amount -= claimants_[i].least.count();
            if (bounds_[i] == Bound::most) level.amount -= claimants_[i].most.count();
            if (bounds_[i] == Bound::free) level.weight += claimants_[i].weight;
        }
        return level;
    }

    Int128 above_most(const Level& level, std::size_t i) const {
        return level.amount * claimants_[i].weight - claimants_[i].most.count() * level.weight;
    }
    Int128 below_least(const Level& level, std::size_t i) const {
        return claimants_[i].least.count() * level.weight - level.amount * claimants_[i].weight;
    }

    // What bounds would take more than the level gives, less what they would leave, times the weight.
    Int128 excess(const Level& level) const {
        Int128 off = 0;
        for (std::size_t i = 0; i < claimants_.size(); ++i) {
            if (bounds_[i] != Bound::free) continue;
            off += std::max<Int128>(below_least(level, i), 0) - std::max<Int128>(above_most(level, i), 0);
        }
        return off;
    }

    bool freeze(const Level& level, Int128 off) {
        bool changed = false;
        for (std::size_t i = 0; i < claimants_.size(); ++i) {
            if (bounds_[i] != Bound::free) continue;
            const bool to_least = off >= 0 && below_least(level, i) > 0;
            const bool to_most = off <= 0 && above_most(level, i) > 0;
            if (!to_least && !to_most) continue;
            bounds_[i] = to_least ? Bound::least : Bound::most;
            changed = true;
        }
        return changed;
    }

    void rest_without_weight() {
        for (std::size_t i = 0; i < claimants_.size(); ++i) {
            if (bounds_[i] == Bound::free) bounds_[i] = Bound::least;
        }
    }

    std::span<const Claimant> claimants_;
    std::vector<Bound> bounds_;
    Int128 amount_;
};

// amount * weight / total in units of Exact, rounded down.
Exact part_of(Int128 amount, Int128 weight, Int128 total) {
    const Int128 product = amount * weight;
    return Exact::of_units(product / total * cent + product % total * cent / total);
}

void entitle(std::vector<StepShare>& shares, const Level& level) {
    Exact left = Exact::of_units(level.amount * cent);
    for (StepShare& share : shares) {
        if (share.bound != Bound::free) continue;
        share.entitled = part_of(level.amount, share.weight, level.weight);
        left = left - share.entitled;
    }
    for (StepShare& share : shares) {
        if (left == Exact()) break;
        if (share.bound != Bound::free || share.weight == 0) continue;
        share.entitled = share.entitled + Exact::of_units(1);
        left = left - Exact::of_units(1);
    }
}

void round(std::vector<StepShare>& shares, Cents given, const Carry& carry) {
    struct Rest {
        Exact owed;
        StepShare* share;
    };
    std::vector<Rest> rests;
    Cents left = given;
    for (StepShare& share : shares) {
        share.amount = Cents::of(static_cast<std::int64_t>(share.entitled.units() / cent));
        left -= share.amount;
        const Exact rest = share.entitled - Exact::of(share.amount);
        if (rest > Exact()) rests.push_back({carry.of(share.payee) + rest, &share});
    }
    std::ranges::stable_sort(rests, std::ranges::greater(), &Rest::owed);
    BUNDEL_ASSERT(left >= Cents() && left <= Cents::of(static_cast<std::int64_t>(rests.size())));
    for (std::int64_t i = 0; i < left.count(); ++i)
        rests[static_cast<std::size_t>(i)].share->amount += Cents::of(1);
}

Cents sum(std::span<const Claimant> claimants, Cents Claimant::*amount) {
    Int128 total = 0;
    for (const Claimant& claimant : claimants) total += (claimant.*amount).count();
    return Cents::of(static_cast<std::int64_t>(std::min<Int128>(total, INT64_MAX)));
}

// What all can be given at most: who has no weight gets no more than its least.
Cents room(std::span<const Claimant> claimants) {
    Int128 total = 0;
    for (const Claimant& one : claimants) total += (one.weight == 0 ? one.least : one.most).count();
    return Cents::of(static_cast<std::int64_t>(std::min<Int128>(total, INT64_MAX)));
}

// The bounds ask more than there is: what they ask becomes the weight.
std::vector<Claimant> in_proportion_to_least(std::span<const Claimant> claimants) {
    std::vector<Claimant> asked;
    for (const Claimant& claimant : claimants)
        asked.push_back({claimant.payee, claimant.least.count(), Cents(), claimant.least});
    return asked;
}

Filling filled(Cents amount, std::span<const Claimant> claimants, const Carry& carry) {
    Filling filling;
    filling.given = std::min(amount, room(claimants));
    Water water(filling.given, claimants);
    const Level level = water.run();
    for (std::size_t i = 0; i < claimants.size(); ++i) {
        const Claimant& claimant = claimants[i];
        StepShare share{claimant.payee, claimant.weight, {}, {}, water.bounds()[i]};
        if (share.bound == Bound::least) share.entitled = Exact::of(claimant.least);
        if (share.bound == Bound::most) share.entitled = Exact::of(claimant.most);
        filling.shares.push_back(share);
    }
    if (level.weight != 0) entitle(filling.shares, level);
    round(filling.shares, filling.given, carry);
    return filling;
}

}  // namespace

Filling fill(Cents amount, std::span<const Claimant> claimants, const Carry& carry) {
    BUNDEL_ASSERT(amount >= Cents() && amount <= pot_max);
    const Cents least = sum(claimants, &Claimant::least);
    if (least <= amount) return filled(amount, claimants, carry);
    Filling filling = filled(amount, in_proportion_to_least(claimants), carry);
    filling.missing = least - amount;
    for (std::size_t i = 0; i < claimants.size(); ++i) {
        filling.shares[i].weight = claimants[i].weight;
        filling.shares[i].bound = Bound::least;
    }
    return filling;
}

}  // namespace bundel::distribution
