// The route of each phase with care in scope.
#pragma once

#include "selection/selection.h"

namespace bundel::selection {

// One decision per phase with care of ours, by pregnancy, then phase. Error: rulebook_value_missing.
base::Result<std::vector<PhaseDecision>> decide_routes(const pathway::Pathway& pathway,
                                                       const std::vector<LineDecision>& lines,
                                                       const facts::Agreements& known,
                                                       const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::selection
