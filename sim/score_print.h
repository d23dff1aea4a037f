// The score as tables and as a picture.
#pragma once

#include <ostream>

#include "sim/score.h"

namespace bundel::sim {

// Minutes are a choice, not a measurement; they stand in score_print.cpp.
void print_score(const Score& score, std::ostream& out);
std::string score_plot(const Score& score);  // SVG

}  // namespace bundel::sim
