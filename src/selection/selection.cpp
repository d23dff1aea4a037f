#include "selection/selection.h"

#include <algorithm>

#include "selection/lines.h"
#include "selection/routes.h"

namespace bundel::selection {

const PhaseDecision* Selection::decision_on(std::uint32_t pregnancy, PhaseKind phase) const {
    const auto found = std::find_if(phases.begin(), phases.end(), [&](const PhaseDecision& decision) {
        return decision.pregnancy == pregnancy && decision.phase == phase;
    });
    return found == phases.end() ? nullptr : &*found;
}

base::Result<Selection> decide(const pathway::Pathway& pathway, const facts::Agreements& known,
                               const rulebook::Rulebook& rulebook, Date as_of) {
    Selection selection;
    BUNDEL_TRY(parties, all_parties(pathway, known, rulebook));
    BUNDEL_TRY(lines, decide_lines(pathway, parties, known, rulebook));
    selection.lines = std::move(lines);
    BUNDEL_TRY(phases, decide_routes(pathway, selection.lines, parties, known, rulebook, as_of));
    selection.phases = std::move(phases);
    for (const PhaseDecision& decision : selection.phases) {
        if (!decision.holds_until) continue;
        selection.holds_until =
            std::min(selection.holds_until.value_or(*decision.holds_until), *decision.holds_until);
    }
    return selection;
}

}  // namespace bundel::selection
