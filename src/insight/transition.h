// The search for a transition: the path that reaches the target soonest and, of those, the one whose largest
// yearly loss is smallest; or that there is none, with the wishes that stand in the way.
//
// It proposes with linear programmes in floating point and believes nothing of them: a path is rounded to
// cents and must pass fault_in(), "none" must pass proves(), for every year. What passes neither is
// `unknown`, and is never told as "none".
#pragma once

#include <optional>
#include <vector>

#include "insight/transition_check.h"

namespace bundel::insight {

enum class TransitionOutcome : std::uint8_t { found, none, unknown };

struct Transition {
    TransitionOutcome outcome = TransitionOutcome::unknown;

    // found: path, checked. largest_loss: in ppm of the base, rounded up; zero when nobody loses.
    TransitionPath path;
    std::int64_t largest_loss = 0;
    bool soonest = false;  // each earlier year is proved impossible (proofs)
    // In ppm; no path to the target in that year loses less, not even in fractions of a cent. At most
    // largest_loss; above zero proved by least_loss_proof, for the wishes
    // with_loss_at_most(wishes, least_possible_loss - 1).
    std::int64_t least_possible_loss = 0;
    Proof least_loss_proof;

    // By year of arrival from 1: of every year before the path, or of all years when there is none.
    std::vector<Proof> proofs;

    // none: wishes of which the proofs make use, and nothing else; each year is impossible by these alone.
    std::vector<Blocker> blockers;
    bool minimal = false;  // without any one of them there is a path (checked)
    // none: the smallest limit on the loss, in ppm, that would do for all who have a lower one, all else as
    // wished (a path was checked). None: the losses are not what blocks, or it is not known.
    std::optional<std::int64_t> loss_that_would_do;
};

// Contract: at least one year and one participant; the amounts of today add up to the first total, the
// targets of each year to the total of that year; limits in their ranges. The same wishes give the same
// answer.
Transition find_transition(const TransitionWishes& wishes);

// The same wishes, but for everybody no larger loss than this in any year.
TransitionWishes with_loss_at_most(TransitionWishes wishes, std::int64_t ppm);

// The largest loss of a year in ppm of its base, rounded up; a loss of nothing left of nothing is none.
std::int64_t largest_loss(const TransitionWishes& wishes, const TransitionPath& path);

}  // namespace bundel::insight
