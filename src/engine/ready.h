// What is still missing before a first live claim: files, contracts and values. Nothing missing: ready.
#pragma once

#include "engine/world.h"

namespace bundel::engine {

struct Missing {
    std::string code;  // sentence: what is missing, and what to do
    base::Params params;
    bool blocks = true;  // false: claims can go, but not all, or not well
};

// What blocks first; then in the order in which it is best loaded. Reads everybody's facts: it is meant for
// the days before the first claim. (Without its keys no data directory opens at all.)
Result<std::vector<Missing>> ready(World& world, Date as_of);

std::string to_json(const std::vector<Missing>& missing);

}  // namespace bundel::engine
