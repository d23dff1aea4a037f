// The disposition of each line.
#pragma once

#include "selection/parties.h"

namespace bundel::selection {

// One decision per known line, same index.
base::Result<std::vector<LineDecision>> decide_lines(const pathway::Pathway& pathway,
                                                     const PartiesByPhase& parties,
                                                     const facts::Agreements& known,
                                                     const rulebook::Rulebook& rulebook);

}  // namespace bundel::selection
