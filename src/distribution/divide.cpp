#include "distribution/divide.h"

#include <map>

#include "base/int128.h"

namespace bundel::distribution {
using base::Done;
using base::Error;
using base::Int128;
using base::Result;
using values::AgbCode;
using values::Cents;

namespace {

// By payee code, so that a tie never falls by position.
using Weights = std::map<AgbCode, std::int64_t>;

Result<Weights> netted(std::span<const Activity> activity) {
    std::map<AgbCode, Int128> totals;
    for (const Activity& line : activity) {
        if (line.payee.is_none()) return Error{"distribution_activity_nobody"};
        totals[line.payee] += line.value.count();
    }
    Weights weights;
    for (const auto& [payee, total] : totals) {
        if (total < 0) return Error{"distribution_activity_negative", {{"payee", payee.digits()}}};
        if (total > INT64_MAX) return Error{"cents_overflow"};
        weights.emplace_hint(weights.end(), payee, static_cast<std::int64_t>(total));
    }
    return weights;
}

Result<std::int64_t> total_of(const Weights& weights) {
    Int128 total = 0;
    for (const auto& [payee, weight] : weights) total += weight;
    if (total > INT64_MAX) return Error{"cents_overflow"};
    return static_cast<std::int64_t>(total);
}

Result<Done> share_out(StepResult& result, const Weights& weights) {
    std::vector<std::int64_t> plain;
    for (const auto& [payee, weight] : weights) plain.push_back(weight);
    BUNDEL_TRY(parts, values::split(result.taken, plain));
    auto part = parts.begin();
    for (const auto& [payee, weight] : weights) result.shares.push_back({payee, weight, *part++});
    return Done{};
}

Result<StepResult> take_reserve(StepResult result, const ReserveRule& rule) {
    result.kind = StepKind::reserve;
    BUNDEL_TRY(taken, values::scale(result.basis, rule.part, rule.rounding));
    result.taken = taken;
    return result;
}

Result<StepResult> take_fixed_key(StepResult result, const FixedKeyRule& rule) {
    result.kind = StepKind::fixed_key;
    BUNDEL_TRY(taken, values::scale(result.basis, rule.part, rule.rounding));
    BUNDEL_TRY(total, total_of(rule.weights));
    result.taken = taken;
    result.total_weight = total;
    BUNDEL_TRY_DONE(share_out(result, rule.weights));
    return result;
}

Result<StepResult> take_activity(StepResult result, const Weights& activity) {
    result.kind = StepKind::activity;
    BUNDEL_TRY(total, total_of(activity));
    result.total_weight = total;
    if (total == 0) return result;
    result.taken = result.basis;
    BUNDEL_TRY_DONE(share_out(result, activity));
    return result;
}

Result<StepResult> take(const Step& step, Cents basis, const Weights& activity) {
    StepResult result;
    result.step = step.name;
    result.source = step.source;
    result.status = step.status;
    result.basis = basis;
    if (const auto* reserve = std::get_if<ReserveRule>(&step.rule)) return take_reserve(result, *reserve);
    if (const auto* key = std::get_if<FixedKeyRule>(&step.rule)) return take_fixed_key(result, *key);
    return take_activity(result, activity);
}

}  // namespace

Result<Division> divide(Cents pot, const Model& model, std::span<const Activity> activity) {
    BUNDEL_TRY_DONE(validate(model));
    BUNDEL_TRY(weights, netted(activity));
    if (pot.count() == INT64_MIN) return Error{"cents_overflow"};

    Division division;
    division.pot = pot;
    division.undivided = pot;
    std::map<AgbCode, Cents> shares;
    for (const auto& [payee, weight] : weights) shares[payee];
    for (const Step& step : model.steps) {
        BUNDEL_TRY(result, take(step, division.undivided, weights));
        division.undivided -= result.taken;
        if (result.kind == StepKind::reserve) division.reserve += result.taken;
        for (const StepShare& share : result.shares) shares[share.payee] += share.amount;
        division.steps.push_back(std::move(result));
    }
    for (const auto& [payee, amount] : shares) division.shares.push_back({payee, amount});
    return division;
}

}  // namespace bundel::distribution
