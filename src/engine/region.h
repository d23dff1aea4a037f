// Questions about nobody: the region, a message, money. They are asked anew each time.
#pragma once

#include <set>

#include "engine/world.h"

namespace bundel::engine {

// Keys of the questions about nobody that a person said are settled, as known on `as_of`.
Result<std::set<std::string>> settled_questions(World& world, Date as_of);

// Everything there is to ask about the region on `as_of`, in the place of what was asked before.
Result<Done> ask_about_region(World& world, Date as_of);

}  // namespace bundel::engine
