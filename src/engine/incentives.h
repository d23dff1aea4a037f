// What one more unit of a shift of tasks pays to each party under a model: every pot that it could have been
// in is divided with and without it.
//
// The pots are those that were granted: what the insurer pays does not change, so what one party gets more
// another gets less, or the reserve, or nobody yet.
#pragma once

#include "engine/comparison.h"
#include "rulebook/task_shifts.h"

namespace bundel::engine {

struct Incentive {
    rulebook::TaskShift shift;
    std::size_t pots = 0;  // in which `from` did at least what it gives up; one unit in each
    // Over all those pots together; a unit pays this divided by their number.
    std::map<AgbCode, Cents> parties;
    Cents reserve, undivided;
    // Per unit, rounded half to even. Contract: pots > 0.
    Cents per_unit(Cents total) const;
};

struct Incentives {
    Side side;
    std::vector<Incentive> shifts;  // in the order of the file
    std::size_t passed_over = 0;
};
Result<Incentives> incentives(World& world, const Side& side, const std::vector<rulebook::TaskShift>& shifts,
                              Date as_of);

std::string to_json(const Incentives& incentives);

}  // namespace bundel::engine
