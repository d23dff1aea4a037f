// Counts for who may see no small cell.
#pragma once

#include <vector>

#include "engine/ports.h"

namespace bundel::server {

inline constexpr std::int64_t smallest_cell = 10;

// Of each group the cells of smallest_cell or more. When one cell of a group is left out another goes too,
// the smallest: else it would be what is left of the sum.
std::vector<engine::CountRow> large_enough(const std::vector<engine::CountRow>& cells);

}  // namespace bundel::server
