// Divides a pot by a model, to the cent.
//
// Laws: shares + reserve + covered + undivided = pot; the order of the lines changes no cent; each share of a
// step is its exact entitlement rounded down or up; the odd cents go to who is owed most by the carry, at a
// tie to the lowest payee code, never to a position; divide(-pot) with the carry reversed mirrors
// divide(pot); more in the pot takes from nobody's entitlement (in cents: at most the one cent of rounding
// per split).
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "distribution/fill.h"
#include "distribution/model.h"
#include "values/cents.h"
#include "values/identifiers.h"

namespace bundel::distribution {

// What a payee did in the pot; several lines of one payee are added up before they count.
struct Activity {
    values::AgbCode payee;
    values::Cents gross, net;  // shadow value, signed: with and without the own payment
    std::int64_t pregnancies = 0;
    bool operator==(const Activity&) const = default;
};

// All that a model looks at beside itself.
struct Pot {
    values::Cents amount;  // may be negative; -pot_max..pot_max
    values::Date day;      // decides the year of a transition and which scores count
    std::vector<Activity> activity;
    std::map<std::string, values::Cents> bought;  // bought care by kind; zero and less does not count
    bool operator==(const Pot&) const = default;
};

struct Share {
    values::AgbCode payee;
    values::Cents amount;
    Exact entitled;
    bool operator==(const Share&) const = default;
};

enum class StepKind { bought_care, reserve, split, subscription, quality, ordered, transition, remaining };
// A transition is two results: what the old split gives and what the new one.
enum class Half { whole, from, to };

// Why: everything needed to redo the step by hand.
struct StepResult {
    std::string step;  // name, source, status and vat of the model's step
    std::string source;
    values::Status status = values::Status::verified;
    Vat vat = Vat::unknown;
    StepKind kind = StepKind::reserve;
    Half half = Half::whole;
    values::Cents basis;    // what was left when the step began
    values::Cents taken;    // to the reserve, to bought care, or what `shares` add up to
    values::Cents left;     // was set apart and not given: stays for the next step
    values::Cents missing;  // what the bounds asked for beyond what there was
    std::int64_t total_weight = 0;
    std::vector<StepShare> shares;  // by payee code; empty for reserve and bought care
    bool operator==(const StepResult&) const = default;
};

struct Division {
    values::Cents pot;
    std::vector<Share> shares;  // by payee code, one per payee that a step names or that did something
    values::Cents reserve;
    std::map<std::string, values::Cents> covered;  // bought care by kind, as far as the pot held it
    values::Cents undivided;  // nothing says whose it is: a question for a person, never invented
    std::vector<StepResult> steps;
    bool operator==(const Division&) const = default;
};

// Contract: the model is valid (validate()). Errors: distribution_pot_range,
// distribution_activity_negative{payee} (a payee nets below zero), distribution_activity_nobody,
// cents_overflow (weights).
base::Result<Division> divide(const Pot& pot, const Model& model, const Carry& carry = {});

void add(Carry& carry, const Division& division);

}  // namespace bundel::distribution
