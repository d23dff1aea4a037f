// What a hospital did under a line, and what that tells.
#pragma once

#include <optional>
#include <vector>

#include "pathway/pathway.h"

namespace bundel::pathway {

// The activities declared with this known line and those that came apart from it, sorted by code and day; the
// same activity of one day told twice counts once, as often as it was told at most. What lies outside the
// days of its line is a slip of the pen and counts for nothing: it would tell of births that never were.
std::vector<facts::Activity> activities_of(const facts::Woman& known, std::size_t line);

// The birth that a line tells of without a report: its day of birth, an activity of a birth, or a performance
// that is given at birth. children: at least so many, 0 when it does not say.
struct BirthTold {
    Date day;
    int children = 0;
};
std::optional<BirthTold> birth_told(const facts::Woman& known, std::size_t line,
                                    const rulebook::Rulebook& rulebook);

}  // namespace bundel::pathway
