// A declared way to divide a pot: an ordered waterfall of steps, each taking from what the steps before left.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "values/care.h"
#include "values/date.h"
#include "values/identifiers.h"
#include "values/ratio.h"

namespace bundel::distribution {

// Keeps `part` of what is left for the reserve.
struct ReserveRule {
    values::Ratio part;  // 0..1
    values::Rounding rounding = values::Rounding::down;
    bool operator==(const ReserveRule&) const = default;
};

// Divides `part` of what is left by agreed weights.
struct FixedKeyRule {
    values::Ratio part;  // 0..1
    values::Rounding rounding = values::Rounding::down;
    std::map<values::AgbCode, std::int64_t> weights;  // each 0..weight_max, not all zero
    bool operator==(const FixedKeyRule&) const = default;
};

// Divides all that is left by the shadow value of each participant. Only as the last step.
struct ActivityRule {
    bool operator==(const ActivityRule&) const = default;
};

inline constexpr std::int64_t weight_max = 1'000'000'000;

struct Step {
    std::string name;                                  // unique in the model
    values::Period period;                             // in force on these days, both included
    std::string source;                                // who decided it and where it is written
    values::Status status = values::Status::verified;  // carried to the explanation, not judged here
    std::variant<ReserveRule, FixedKeyRule, ActivityRule> rule;
    bool operator==(const Step&) const = default;
};

struct Model {
    std::string name;
    std::vector<Step> steps;  // in the order in which they are taken
    bool operator==(const Model&) const = default;
};

// Errors, each with {step} where there is one: distribution_no_steps, distribution_step_unnamed,
// distribution_step_repeated, distribution_source_missing, distribution_step_period,
// distribution_ratio_range, distribution_key_empty, distribution_key_weight_range,
// distribution_key_all_zero, distribution_key_nobody (weight for an empty code),
// distribution_activity_not_last.
base::Result<base::Done> validate(const Model& model);

// Whether every step is in force on `day`; the caller chooses the day that counts.
// Error: distribution_step_not_in_force {step, day}.
base::Result<base::Done> in_force(const Model& model, values::Date day);

}  // namespace bundel::distribution
