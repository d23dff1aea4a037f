#include "selection/selection.h"

#include "selection/lines.h"
#include "selection/routes.h"

namespace bundel::selection {

base::Result<Selection> decide(const pathway::Pathway& pathway, const facts::Agreements& known,
                               const rulebook::Rulebook& rulebook, Date as_of) {
    Selection selection;
    BUNDEL_TRY(lines, decide_lines(pathway, known));
    selection.lines = std::move(lines);
    BUNDEL_TRY(phases, decide_routes(pathway, selection.lines, known, rulebook, as_of));
    selection.phases = std::move(phases);
    for (const PhaseDecision& decision : selection.phases) {
        if (!decision.holds_until) continue;
        selection.holds_until =
            std::min(selection.holds_until.value_or(*decision.holds_until), *decision.holds_until);
    }
    return selection;
}

}  // namespace bundel::selection
