// The women of examples/delta in this process: what arrives on which day, the answers of the insurers
// included.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/world.h"
#include "sim/message_maker.h"

namespace bundel::testing {

// One day: files that arrive, then the round is run.
struct Step {
    values::Date day;
    std::vector<sim::File> files;
};

// Gives the files to the engine and runs the round: what `bundel run` does. The test fails on an Error.
void live_through(engine::World& world, const Step& step);

// Plays the women with these numbers on an empty world, until the day after which nothing is due. `before`
// and `after` each step; days on which nothing arrives are steps too. `outbox` is where messages leave.
std::vector<Step> play(engine::World& world, const std::vector<std::string>& numbers,
                       const std::string& outbox, const std::function<void(const Step&)>& before,
                       const std::function<void(const Step&)>& after);

}  // namespace bundel::testing
