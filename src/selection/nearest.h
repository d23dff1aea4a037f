// The nearest other outcome: one observation that, had it been otherwise, would have sent the phase another
// way.
#pragma once

#include "rulebook/selection_model.h"
#include "selection/selection.h"

namespace bundel::selection {

struct Alternative {
    rulebook::Variable variable = rulebook::Variable::payer;
    decision::Value now, instead;
    RouteKind kind = RouteKind::ask;
    const char* reason = "";
};

// Of a phase that was decided or waits: the route integrated or mono that one other observation would have
// given, integrated first; of the variables in the order in which a person would look at them, the value
// nearest to what was seen. Only what was observed is varied, not the choices of a regime or contract, and
// not time. None when no single observation makes that difference, or the phase goes its way because of
// another. Errors: those of SelectionModel::ask.
base::Result<std::optional<Alternative>> nearest_other(const PhaseDecision& decision);

}  // namespace bundel::selection
