// A transition searched for wishes that were written down.
#pragma once

#include "insight/transition.h"
#include "rulebook/transition_file.h"

namespace bundel::engine {

// In whole cents: the target of each year is its pot split by largest remainder, limits are parts per
// million. Errors: wishes_limit{name} (a limit that is no whole number of ppm), ratio_overflow, those of
// values::split.
base::Result<insight::TransitionWishes> wishes_of(const rulebook::TransitionFile& file);

std::string to_json(const insight::TransitionWishes& wishes, const insight::Transition& transition);

}  // namespace bundel::engine
