#include "distribution/model.h"

#include <algorithm>
#include <set>

namespace bundel::distribution {
using base::Done;
using base::Error;
using base::Result;
using values::Ratio;

namespace {

Result<Done> check_ratio(const Ratio& part, const std::string& step) {
    if (part < Ratio() || part > Ratio::of(1, 1)) return Error{"distribution_ratio_range", {{"step", step}}};
    return Done{};
}

Result<Done> check_weights(const FixedKeyRule& rule, const std::string& step) {
    if (rule.weights.empty()) return Error{"distribution_key_empty", {{"step", step}}};
    for (const auto& [payee, weight] : rule.weights) {
        if (payee.is_none()) return Error{"distribution_key_nobody", {{"step", step}}};
        if (weight < 0 || weight > weight_max)
            return Error{"distribution_key_weight_range", {{"step", step}, {"payee", payee.digits()}}};
    }
    if (std::all_of(rule.weights.begin(), rule.weights.end(), [](const auto& w) { return w.second == 0; }))
        return Error{"distribution_key_all_zero", {{"step", step}}};
    return Done{};
}

Result<Done> check_rule(const Step& step) {
    if (const auto* reserve = std::get_if<ReserveRule>(&step.rule))
        return check_ratio(reserve->part, step.name);
    if (const auto* key = std::get_if<FixedKeyRule>(&step.rule)) {
        BUNDEL_TRY_DONE(check_ratio(key->part, step.name));
        return check_weights(*key, step.name);
    }
    return Done{};
}

}  // namespace

Result<Done> validate(const Model& model) {
    if (model.steps.empty()) return Error{"distribution_no_steps", {{"model", model.name}}};
    std::set<std::string> names;
    for (const Step& step : model.steps) {
        if (step.name.empty()) return Error{"distribution_step_unnamed", {{"model", model.name}}};
        if (!names.insert(step.name).second)
            return Error{"distribution_step_repeated", {{"step", step.name}}};
        if (step.source.empty()) return Error{"distribution_source_missing", {{"step", step.name}}};
        if (step.period.last < step.period.first)
            return Error{"distribution_step_period", {{"step", step.name}}};
        BUNDEL_TRY_DONE(check_rule(step));
        if (std::holds_alternative<ActivityRule>(step.rule) && &step != &model.steps.back())
            return Error{"distribution_activity_not_last", {{"step", step.name}}};
    }
    return Done{};
}

Result<Done> in_force(const Model& model, values::Date day) {
    for (const Step& step : model.steps) {
        if (!step.period.contains(day))
            return Error{"distribution_step_not_in_force", {{"step", step.name}, {"day", day.dutch()}}};
    }
    return Done{};
}

}  // namespace bundel::distribution
