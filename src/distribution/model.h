// A declared way to divide a pot (verdeelmodel): an ordered waterfall of steps, each taking from what the
// steps before left. What it is about is a pot of zero or more; a pot below zero is divided as its mirror
// image.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "values/care.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"
#include "values/ratio.h"

namespace bundel::distribution {

// Agreed weights (verdeelsleutel): each 0..weight_max, not all zero.
using Key = std::map<values::AgbCode, std::int64_t>;
inline constexpr std::int64_t weight_max = 1'000'000'000;

// Which side of the own payment (eigen bijdrage) counts in shadow value (schaduwwaarde).
enum class Side { gross, net };

struct ByKey {
    Key weights;
    bool operator==(const ByKey&) const = default;
};
struct ByActivity {
    Side side = Side::gross;
    bool operator==(const ByActivity&) const = default;
};
struct ByPregnancies {  // how many of the pregnancies in the pot the payee had in care
    bool operator==(const ByPregnancies&) const = default;
};

// No share further below or above that of the key than these parts of it; the borders are widened to whole
// cents, so that the key itself always fits. Who is not in the key is not bound.
struct Corridor {
    Key key;
    values::Ratio down, up;  // 0..1, and 0 or more; denominators up to 1,000,000
    bool operator==(const Corridor&) const = default;
};

// How a step is divided: in proportion, but within the bounds. What a bound takes or leaves is made up by the
// others in proportion (water-filling).
struct Split {
    std::variant<ByKey, ByActivity, ByPregnancies> by;
    std::map<values::AgbCode, values::Cents> least, most;  // per pot, 0 or more, least <= most
    std::optional<Corridor> corridor;                      // instead of least and most
    bool operator==(const Split&) const = default;
};

// What the IGO bought (ingekochte zorg) goes first: as much of it as the pot holds.
struct BoughtCareRule {
    bool operator==(const BoughtCareRule&) const = default;
};
// Keeps `part` of what is left for the reserve.
struct ReserveRule {
    values::Ratio part;  // 0..1
    values::Rounding rounding = values::Rounding::down;
    bool operator==(const ReserveRule&) const = default;
};
// Divides `part` of what is left.
struct SplitRule {
    values::Ratio part;  // 0..1
    values::Rounding rounding = values::Rounding::down;
    Split split;
    bool operator==(const SplitRule&) const = default;
};
// An agreed amount for each pregnancy in care (abonnement). When there is not enough, all get the same part
// of it.
struct SubscriptionRule {
    std::map<values::AgbCode, values::Cents> amounts;  // above 0
    bool operator==(const SubscriptionRule&) const = default;
};
// How well a payee did (kwaliteitsscore), measured elsewhere and agreed: 0..1.
struct Score {
    values::AgbCode payee;
    values::Period period;
    values::Ratio points;  // in whole millionths
    std::string source;
    bool operator==(const Score&) const = default;
};
// `part` of what is left is set apart by the split; each payee earns its score of its share. Below the gate,
// or without a score, it earns nothing. What nobody earned stays for the next step.
struct QualityRule {
    values::Ratio part;                                  // 0..1
    values::Rounding rounding = values::Rounding::down;  // of what is set apart, and of what is earned
    Split split;                                         // without bounds
    values::Ratio gate;                                  // 0..1
    std::vector<Score> scores;                           // one per payee and day
    bool operator==(const QualityRule&) const = default;
};
// The first group until it has what it is allowed, then the next. In a group that cannot have all: in
// proportion.
struct OrderedRule {
    std::vector<std::map<values::AgbCode, values::Cents>> groups;  // the most for each, 0 or more
    bool operator==(const OrderedRule&) const = default;
};
// From one split to another over the years (transitie). The part that the new one gets in a year holds until
// a later year is named; before the first it is zero.
struct TransitionRule {
    values::Ratio part;                                  // 0..1
    values::Rounding rounding = values::Rounding::down;  // of the part, and of what the new split gets
    Split from, to;
    std::map<int, values::Ratio> to_part;  // by calendar year, each 0..1
    bool operator==(const TransitionRule&) const = default;
};
// All that is left goes to the reserve. Only as the last step; without it what is left stays undivided.
struct RemainingRule {
    bool operator==(const RemainingRule&) const = default;
};
using Rule = std::variant<BoughtCareRule, ReserveRule, SplitRule, SubscriptionRule, QualityRule, OrderedRule,
                          TransitionRule, RemainingRule>;

// Value added tax (btw) on what a step gives. Carried to statement and journal; never computed.
enum class Vat { exempt, taxed, unknown };

struct Step {
    std::string name;                                  // one step of this name on any day
    values::Period period;                             // a pot of another day passes it by
    std::string source;                                // who decided it and where it is written
    values::Status status = values::Status::verified;  // carried to the explanation, not judged here
    Vat vat = Vat::unknown;
    Rule rule;
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
// distribution_key_all_zero, distribution_payee_nobody (something for an empty code),
// distribution_amount_range{payee}, distribution_bounds_crossed{payee}, distribution_bounds_twice (corridor
// beside least or most), distribution_bounds_quality, distribution_empty (no amounts, groups, years),
// distribution_score_twice{payee}, distribution_remaining_not_last.
base::Result<base::Done> validate(const Model& model);

}  // namespace bundel::distribution
