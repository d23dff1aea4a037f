#include "distribution/divide.h"

#include <algorithm>

namespace bundel::distribution {
using base::Done;
using base::Error;
using base::Int128;
using base::Result;
using values::AgbCode;
using values::Cents;
using values::Ratio;

namespace {

constexpr std::int64_t millionths = 1'000'000;

// By payee code, so that a tie never falls by position.
using Weights = std::map<AgbCode, std::int64_t>;

struct Added {
    Int128 gross = 0, net = 0, pregnancies = 0;
};
using Activities = std::map<AgbCode, Added>;

Result<Activities> added_up(std::span<const Activity> lines) {
    Activities activities;
    for (const Activity& line : lines) {
        if (line.payee.is_none()) return Error{"distribution_activity_nobody"};
        Added& sum = activities[line.payee];
        sum.gross += line.gross.count();
        sum.net += line.net.count();
        sum.pregnancies += line.pregnancies;
    }
    return activities;
}

Result<Weights> weights_from(const Activities& activities, Int128 Added::*what) {
    Weights weights;
    for (const auto& [payee, sum] : activities) {
        const Int128 value = sum.*what;
        if (value < 0) return Error{"distribution_activity_negative", {{"payee", payee.digits()}}};
        if (value > pot_max.count()) return Error{"cents_overflow"};
        weights.emplace_hint(weights.end(), payee, static_cast<std::int64_t>(value));
    }
    return weights;
}

Result<std::int64_t> total_of(const Weights& weights) {
    Int128 total = 0;
    for (const auto& [payee, weight] : weights) total += weight;
    if (total > INT64_MAX) return Error{"cents_overflow"};
    return static_cast<std::int64_t>(total);
}

// Takes the steps one by one. The pot is zero or more here.
class Waterfall {
public:
    Waterfall(const Pot& pot, const Activities& activities, Carry carry)
        : pot_(pot), activities_(activities), carry_(std::move(carry)) {
        division_.pot = pot.amount;
        division_.undivided = pot.amount;
        for (const auto& [payee, sum] : activities) share_of(payee);
    }

    Result<Division> run(const Model& model) {
        for (const Step& step : model.steps) {
            if (!step.period.contains(pot_.day)) continue;
            step_ = &step;
            BUNDEL_TRY_DONE(std::visit([this](const auto& rule) { return take(rule); }, step.rule));
        }
        for (const auto& [payee, share] : shares_) division_.shares.push_back(share);
        return std::move(division_);
    }

private:
    Share& share_of(AgbCode payee) { return shares_.try_emplace(payee, Share{payee, {}, {}}).first->second; }

    StepResult begun(StepKind kind, Half half = Half::whole) const {
        StepResult result;
        result.step = step_->name;
        result.source = step_->source;
        result.status = step_->status;
        result.vat = step_->vat;
        result.kind = kind;
        result.half = half;
        result.basis = division_.undivided;
        return result;
    }

    void keep(StepResult result) {
        division_.undivided -= result.taken;
        for (const StepShare& share : result.shares) {
            Share& all = share_of(share.payee);
            all.amount += share.amount;
            all.entitled = all.entitled + share.entitled;
            carry_.add(share.payee, share.entitled, share.amount);
        }
        division_.steps.push_back(std::move(result));
    }

    void give(StepResult result, Cents apart, std::span<const Claimant> claimants) {
        Filling filling = fill(apart, claimants, carry_);
        result.taken = filling.given;
        result.left = apart - filling.given;
        result.missing = filling.missing;
        result.shares = std::move(filling.shares);
        keep(std::move(result));
    }

    Result<Weights> weights(const Split& split) const {
        if (const auto* key = std::get_if<ByKey>(&split.by)) return key->weights;
        if (std::holds_alternative<ByPregnancies>(split.by))
            return weights_from(activities_, &Added::pregnancies);
        const Side side = std::get<ByActivity>(split.by).side;
        return weights_from(activities_, side == Side::gross ? &Added::gross : &Added::net);
    }

    static std::vector<Claimant> claimants(const Split& split, Weights weights, Cents amount) {
        std::map<AgbCode, Claimant> by_payee;
        const auto of = [&](AgbCode payee) -> Claimant& {
            return by_payee.try_emplace(payee, payee).first->second;
        };
        for (const auto& [payee, weight] : weights) of(payee).weight = weight;
        for (const auto& [payee, least] : split.least) of(payee).least = least;
        for (const auto& [payee, most] : split.most) of(payee).most = most;
        if (split.corridor) bind(*split.corridor, amount, of);
        std::vector<Claimant> claimants;
        for (const auto& [payee, claimant] : by_payee) claimants.push_back(claimant);
        return claimants;
    }

    template <class Of>
    static void bind(const Corridor& corridor, Cents amount, Of of) {
        Int128 total = 0;
        for (const auto& [payee, weight] : corridor.key) total += weight;
        const auto border = [&](std::int64_t weight, std::int64_t numerator, std::int64_t denominator,
                                bool up) {
            const Int128 product = static_cast<Int128>(amount.count()) * weight * numerator;
            const Int128 by = total * denominator;
            const Int128 cents = product / by + (up && product % by != 0 ? 1 : 0);
            return Cents::of(static_cast<std::int64_t>(std::min<Int128>(cents, pot_max.count())));
        };
        for (const auto& [payee, weight] : corridor.key) {
            const Ratio down = corridor.down, up = corridor.up;
            of(payee).least =
                border(weight, down.denominator() - down.numerator(), down.denominator(), false);
            of(payee).most = border(weight, up.denominator() + up.numerator(), up.denominator(), true);
        }
    }

    Result<Done> divide_by(StepResult result, const Split& split, Cents apart) {
        BUNDEL_TRY(weights, this->weights(split));
        BUNDEL_TRY(total, total_of(weights));
        result.total_weight = total;
        const auto claimants = this->claimants(split, weights, apart);
        give(std::move(result), apart, claimants);
        return Done{};
    }

    Result<Done> take(const BoughtCareRule&) {
        StepResult result = begun(StepKind::bought_care);
        std::vector<std::int64_t> asked;
        std::vector<std::string> kinds;
        Int128 total = 0;
        for (const auto& [kind, amount] : pot_.bought) {
            if (amount <= Cents()) continue;
            kinds.push_back(kind);
            asked.push_back(amount.count());
            total += amount.count();
        }
        if (total > pot_max.count()) return Error{"cents_overflow"};
        const Cents wanted = Cents::of(static_cast<std::int64_t>(total));
        result.taken = std::min(result.basis, wanted);
        result.missing = wanted - result.taken;
        if (!kinds.empty()) {
            BUNDEL_TRY(parts, values::split(result.taken, asked));
            for (std::size_t i = 0; i < kinds.size(); ++i) division_.covered[kinds[i]] += parts[i];
        }
        keep(std::move(result));
        return Done{};
    }

    Result<Done> take(const ReserveRule& rule) {
        StepResult result = begun(StepKind::reserve);
        BUNDEL_TRY(taken, values::scale(result.basis, rule.part, rule.rounding));
        result.taken = taken;
        division_.reserve += taken;
        keep(std::move(result));
        return Done{};
    }

    Result<Done> take(const RemainingRule&) {
        StepResult result = begun(StepKind::remaining);
        result.taken = result.basis;
        division_.reserve += result.taken;
        keep(std::move(result));
        return Done{};
    }

    Result<Done> take(const SplitRule& rule) {
        StepResult result = begun(StepKind::split);
        BUNDEL_TRY(apart, values::scale(result.basis, rule.part, rule.rounding));
        return divide_by(std::move(result), rule.split, apart);
    }

    Result<Done> take(const SubscriptionRule& rule) {
        std::vector<Claimant> claimants;
        Int128 total = 0;
        for (const auto& [payee, amount] : rule.amounts) {
            const auto found = activities_.find(payee);
            const Int128 pregnancies = found == activities_.end() ? 0 : found->second.pregnancies;
            if (pregnancies < 0 || pregnancies > millionths) return Error{"cents_overflow"};
            total += amount.count() * pregnancies;
            if (total > pot_max.count()) return Error{"cents_overflow"};
            const auto asked = static_cast<std::int64_t>(amount.count() * pregnancies);
            claimants.push_back({payee, asked, Cents(), Cents::of(asked)});
        }
        StepResult result = begun(StepKind::subscription);
        const Cents asked = Cents::of(static_cast<std::int64_t>(total));
        const Cents apart = std::min(result.basis, asked);
        result.total_weight = asked.count();
        give(std::move(result), apart, claimants);
        division_.steps.back().missing = asked - apart;
        return Done{};
    }

    std::int64_t points_of(const QualityRule& rule, AgbCode payee) const {
        for (const Score& score : rule.scores) {
            if (score.payee != payee || !score.period.contains(pot_.day)) continue;
            if (score.points < rule.gate) return 0;
            return score.points.numerator() * (millionths / score.points.denominator());
        }
        return 0;
    }

    Result<Done> take(const QualityRule& rule) {
        StepResult result = begun(StepKind::quality);
        BUNDEL_TRY(apart, values::scale(result.basis, rule.part, rule.rounding));
        BUNDEL_TRY(weights, this->weights(rule.split));
        BUNDEL_TRY(total, total_of(weights));
        if (total > INT64_MAX / millionths) return Error{"cents_overflow"};
        std::vector<Claimant> claimants;
        std::int64_t earned = 0;
        for (const auto& [payee, weight] : weights) {
            const std::int64_t part = weight * points_of(rule, payee);
            claimants.push_back({payee, part});
            earned += part;
        }
        result.total_weight = earned;
        Cents given;
        if (earned > 0) {
            BUNDEL_TRY(scaled, values::scale(apart, Ratio::of(earned, total * millionths), rule.rounding));
            given = scaled;
        }
        give(std::move(result), given, claimants);
        division_.steps.back().left = apart - given;
        return Done{};
    }

    Result<Done> take(const OrderedRule& rule) {
        StepResult result = begun(StepKind::ordered);
        Cents left = result.basis;
        std::map<AgbCode, StepShare> by_payee;
        Carry carry = carry_;
        for (const auto& group : rule.groups) {
            std::vector<Claimant> claimants;
            for (const auto& [payee, most] : group) claimants.push_back({payee, most.count(), Cents(), most});
            const Filling filling = fill(left, claimants, carry);
            left -= filling.given;
            for (const StepShare& share : filling.shares) {
                carry.add(share.payee, share.entitled, share.amount);
                StepShare& all =
                    by_payee.try_emplace(share.payee, StepShare{share.payee, 0, {}, {}, share.bound})
                        .first->second;
                all.weight += share.weight;
                all.amount += share.amount;
                all.entitled = all.entitled + share.entitled;
                all.bound = share.bound;
            }
        }
        for (const auto& [payee, share] : by_payee) result.shares.push_back(share);
        for (const StepShare& share : result.shares) result.total_weight += share.weight;
        result.taken = result.basis - left;
        keep(std::move(result));
        return Done{};
    }

    static Ratio to_part(const TransitionRule& rule, values::Date day) {
        const auto after = rule.to_part.upper_bound(day.year());
        return after == rule.to_part.begin() ? Ratio() : std::prev(after)->second;
    }

    Result<Done> take(const TransitionRule& rule) {
        StepResult from = begun(StepKind::transition, Half::from);
        BUNDEL_TRY(apart, values::scale(from.basis, rule.part, rule.rounding));
        BUNDEL_TRY(to, values::scale(apart, to_part(rule, pot_.day), rule.rounding));
        BUNDEL_TRY_DONE(divide_by(std::move(from), rule.from, apart - to));
        return divide_by(begun(StepKind::transition, Half::to), rule.to, to);
    }

    const Pot& pot_;
    const Activities& activities_;
    Carry carry_;
    const Step* step_ = nullptr;
    Division division_;
    std::map<AgbCode, Share> shares_;
};

void mirror(Division& division) {
    division.pot = -division.pot;
    division.reserve = -division.reserve;
    division.undivided = -division.undivided;
    for (auto& [kind, amount] : division.covered) amount = -amount;
    for (Share& share : division.shares) {
        share.amount = -share.amount;
        share.entitled = -share.entitled;
    }
    for (StepResult& result : division.steps) {
        for (Cents StepResult::*amount :
             {&StepResult::basis, &StepResult::taken, &StepResult::left, &StepResult::missing})
            result.*amount = -(result.*amount);
        for (StepShare& share : result.shares) {
            share.amount = -share.amount;
            share.entitled = -share.entitled;
        }
    }
}

Carry reversed(const Carry& carry) {
    Carry result;
    for (const auto& [payee, owed] : carry.owed()) result.add(payee, -owed, Cents());
    return result;
}

Cents total(const Division& division) {
    Cents total = division.reserve + division.undivided;
    for (const Share& share : division.shares) total += share.amount;
    for (const auto& [kind, amount] : division.covered) total += amount;
    return total;
}

}  // namespace

Result<Division> divide(const Pot& pot, const Model& model, const Carry& carry) {
    const bool negative = pot.amount.is_negative();
    if (pot.amount > pot_max || pot.amount < -pot_max) return Error{"distribution_pot_range"};
    BUNDEL_TRY(activities, added_up(pot.activity));
    Pot positive = pot;
    if (negative) positive.amount = -pot.amount;
    BUNDEL_TRY(division, Waterfall(positive, activities, negative ? reversed(carry) : carry).run(model));
    if (negative) mirror(division);
    BUNDEL_ASSERT(total(division) == pot.amount);
    return division;
}

void add(Carry& carry, const Division& division) {
    for (const Share& share : division.shares) carry.add(share.payee, share.entitled, share.amount);
}

}  // namespace bundel::distribution
