// One woman over time: weeks on the axis, phases shaded, a lane for each provider, claims below.
#pragma once

#include <map>
#include <string>

#include "engine/explain.h"

namespace bundel::server {

// Empty when no pregnancy of her is known. What it shows stands in the tables of the page as well. `names` of
// providers by code; one without is shown by its code.
std::string timeline_svg(const engine::Explanation& explanation,
                         const std::map<std::string, std::string>& names);

}  // namespace bundel::server
