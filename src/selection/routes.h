// The route of each phase with care in scope.
#pragma once

#include "selection/parties.h"

namespace bundel::selection {

// One decision per phase with care of ours, by pregnancy, then phase.
base::Result<std::vector<PhaseDecision>> decide_routes(const pathway::Pathway& pathway,
                                                       const std::vector<LineDecision>& lines,
                                                       const PartiesByPhase& parties,
                                                       const facts::Agreements& known,
                                                       const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::selection
