// The whole loop over what was taken in: assess, send, divide, book what was bought, look at ceilings; until
// nothing more can be done today.
#pragma once

#include "engine/division.h"
#include "engine/sending.h"

namespace bundel::engine {

struct Run {
    std::size_t resumed = 0;  // messages that an earlier stop had left on their way
    Assessed assessed;
    Sending sending;
    Divided divided;
    std::size_t bought = 0;  // facts of care that the IGO bought that were booked, changed or taken back
};
Result<Run> run(World& world, Date as_of, const Progress& progress = {});

}  // namespace bundel::engine
