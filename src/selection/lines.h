// The disposition of each line.
#pragma once

#include "selection/selection.h"

namespace bundel::selection {

// One decision per known line, same index. Error: rulebook_value_missing.
base::Result<std::vector<LineDecision>> decide_lines(const pathway::Pathway& pathway,
                                                     const facts::Agreements& known);

}  // namespace bundel::selection
