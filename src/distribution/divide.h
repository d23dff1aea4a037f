// Divides a pot by a model, to the cent.
//
// Laws: shares + reserve + undivided = pot; the order of the activity lines changes no cent (ties go to the
// lowest payee code, never to a position); divide(-pot) mirrors divide(pot).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "distribution/model.h"
#include "values/cents.h"
#include "values/identifiers.h"

namespace bundel::distribution {

// Shadow value of a payee, signed; several lines of one payee are netted before they count.
struct Activity {
    values::AgbCode payee;
    values::Cents value;
    bool operator==(const Activity&) const = default;
};

struct Share {
    values::AgbCode payee;
    values::Cents amount;
    bool operator==(const Share&) const = default;
};

enum class StepKind { reserve, fixed_key, activity };

// One payee in one step: amount is taken * weight / total_weight, rounded down or up.
struct StepShare {
    values::AgbCode payee;
    std::int64_t weight = 0;  // agreed weight, or shadow value in cents
    values::Cents amount;
    bool operator==(const StepShare&) const = default;
};

// Why: everything needed to redo the step by hand.
struct StepResult {
    std::string step;  // name, source and status of the model's step
    std::string source;
    values::Status status = values::Status::verified;
    StepKind kind = StepKind::reserve;
    values::Cents basis;            // what was left when the step began
    values::Cents taken;            // what it took: to the reserve, or divided over `shares`
    std::int64_t total_weight = 0;  // 0 for a reserve, and for an activity step without activity
    std::vector<StepShare> shares;  // by payee code; empty for a reserve
    bool operator==(const StepResult&) const = default;
};

struct Division {
    values::Cents pot;
    std::vector<Share> shares;  // by payee code, one per payee with a weight or activity line, zero included
    values::Cents reserve;
    values::Cents undivided;  // nothing says whose it is: a question for a person, never invented
    std::vector<StepResult> steps;
    bool operator==(const Division&) const = default;
};

// `pot` may be negative. Without activity the activity step takes nothing and the rest stays undivided.
// Errors: those of validate(), distribution_activity_negative {payee} (a payee nets below zero),
// distribution_activity_nobody, cents_overflow.
base::Result<Division> divide(values::Cents pot, const Model& model, std::span<const Activity> activity);

}  // namespace bundel::distribution
