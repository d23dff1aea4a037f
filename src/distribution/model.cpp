#include "distribution/model.h"

#include <algorithm>

#include "distribution/divide.h"

namespace bundel::distribution {
using base::Done;
using base::Error;
using base::Result;
using values::AgbCode;
using values::Cents;
using values::Ratio;

namespace {

const Ratio whole = Ratio::of(1, 1);
constexpr std::int64_t denominator_max = 1'000'000;

// Judges one step; every Error names it.
class StepCheck {
public:
    explicit StepCheck(const Step& step) : step_(step) {}

    Result<Done> check() const {
        return std::visit([this](const auto& rule) { return of(rule); }, step_.rule);
    }

private:
    Error wrong(const char* code) const { return Error{code, {{"step", step_.name}}}; }
    Error wrong(const char* code, AgbCode payee) const {
        return Error{code, {{"step", step_.name}, {"payee", payee.digits()}}};
    }

    Result<Done> part(Ratio part) const {
        if (part < Ratio() || part > whole) return wrong("distribution_ratio_range");
        return Done{};
    }

    Result<Done> key(const Key& key) const {
        if (key.empty()) return wrong("distribution_key_empty");
        for (const auto& [payee, weight] : key) {
            if (payee.is_none()) return wrong("distribution_payee_nobody");
            if (weight < 0 || weight > weight_max) return wrong("distribution_key_weight_range", payee);
        }
        if (std::ranges::all_of(key, [](const auto& one) { return one.second == 0; }))
            return wrong("distribution_key_all_zero");
        return Done{};
    }

    Result<Done> amounts(const std::map<AgbCode, Cents>& amounts, Cents at_least) const {
        for (const auto& [payee, amount] : amounts) {
            if (payee.is_none()) return wrong("distribution_payee_nobody");
            if (amount < at_least || amount > pot_max) return wrong("distribution_amount_range", payee);
        }
        return Done{};
    }

    Result<Done> corridor(const Corridor& corridor) const {
        BUNDEL_TRY_DONE(key(corridor.key));
        const bool in_range = corridor.down >= Ratio() && corridor.down <= whole && corridor.up >= Ratio() &&
                              corridor.down.denominator() <= denominator_max &&
                              corridor.up.denominator() <= denominator_max &&
                              corridor.up <= Ratio::of(denominator_max, 1);
        if (!in_range) return wrong("distribution_ratio_range");
        return Done{};
    }

    Result<Done> split(const Split& split) const {
        if (const auto* by = std::get_if<ByKey>(&split.by)) BUNDEL_TRY_DONE(key(by->weights));
        BUNDEL_TRY_DONE(amounts(split.least, Cents()));
        BUNDEL_TRY_DONE(amounts(split.most, Cents()));
        for (const auto& [payee, least] : split.least) {
            const auto most = split.most.find(payee);
            if (most != split.most.end() && most->second < least)
                return wrong("distribution_bounds_crossed", payee);
        }
        if (!split.corridor) return Done{};
        if (!split.least.empty() || !split.most.empty()) return wrong("distribution_bounds_twice");
        return corridor(*split.corridor);
    }

    Result<Done> of(const BoughtCareRule&) const { return Done{}; }
    Result<Done> of(const RemainingRule&) const { return Done{}; }
    Result<Done> of(const ReserveRule& rule) const { return part(rule.part); }
    Result<Done> of(const SplitRule& rule) const {
        BUNDEL_TRY_DONE(part(rule.part));
        return split(rule.split);
    }
    Result<Done> of(const SubscriptionRule& rule) const {
        if (rule.amounts.empty()) return wrong("distribution_empty");
        return amounts(rule.amounts, Cents::of(1));
    }
    Result<Done> of(const QualityRule& rule) const {
        BUNDEL_TRY_DONE(part(rule.part));
        BUNDEL_TRY_DONE(part(rule.gate));
        BUNDEL_TRY_DONE(split(rule.split));
        if (!rule.split.least.empty() || !rule.split.most.empty() || rule.split.corridor)
            return wrong("distribution_bounds_quality");
        for (std::size_t i = 0; i < rule.scores.size(); ++i) {
            const Score& score = rule.scores[i];
            if (score.payee.is_none()) return wrong("distribution_payee_nobody");
            BUNDEL_TRY_DONE(part(score.points));
            if (denominator_max % score.points.denominator() != 0) return wrong("distribution_ratio_range");
            for (std::size_t j = 0; j < i; ++j) {
                const Score& other = rule.scores[j];
                if (other.payee == score.payee && other.period.overlaps(score.period))
                    return wrong("distribution_score_twice", score.payee);
            }
        }
        return Done{};
    }
    Result<Done> of(const OrderedRule& rule) const {
        if (rule.groups.empty()) return wrong("distribution_empty");
        for (const auto& group : rule.groups) {
            if (group.empty()) return wrong("distribution_empty");
            BUNDEL_TRY_DONE(amounts(group, Cents()));
        }
        return Done{};
    }
    Result<Done> of(const TransitionRule& rule) const {
        BUNDEL_TRY_DONE(part(rule.part));
        BUNDEL_TRY_DONE(split(rule.from));
        BUNDEL_TRY_DONE(split(rule.to));
        if (rule.to_part.empty()) return wrong("distribution_empty");
        for (const auto& [year, share] : rule.to_part) BUNDEL_TRY_DONE(part(share));
        return Done{};
    }

    const Step& step_;
};

}  // namespace

Result<Done> validate(const Model& model) {
    if (model.steps.empty()) return Error{"distribution_no_steps", {{"model", model.name}}};
    for (const Step& step : model.steps) {
        if (step.name.empty()) return Error{"distribution_step_unnamed", {{"model", model.name}}};
        const bool repeated = std::any_of(model.steps.data(), &step, [&](const Step& before) {
            return before.name == step.name && before.period.overlaps(step.period);
        });
        if (repeated) return Error{"distribution_step_repeated", {{"step", step.name}}};
        if (step.source.empty()) return Error{"distribution_source_missing", {{"step", step.name}}};
        if (step.period.last < step.period.first)
            return Error{"distribution_step_period", {{"step", step.name}}};
        BUNDEL_TRY_DONE(StepCheck(step).check());
        if (std::holds_alternative<RemainingRule>(step.rule) && &step != &model.steps.back())
            return Error{"distribution_remaining_not_last", {{"step", step.name}}};
    }
    return Done{};
}

}  // namespace bundel::distribution
