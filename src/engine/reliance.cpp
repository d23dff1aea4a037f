#include "engine/reliance.h"

namespace bundel::engine {

Reliance reliance_of(const claim::Case& made) {
    Reliance reliance;
    for (const auto& decision : made.selection.phases) {
        const auto dates = made.pathway.trails[decision.pregnancy].weakest();
        reliance.add(values::weakest(dates, decision.trail.weakest()));
    }
    return reliance;
}

Result<Reliance> reliance_of_phases(Store& store) {
    BUNDEL_TRY(totals, store.totals());
    Reliance reliance;
    for (const CountRow& row : totals) {
        if (row.group != "phase_status") continue;
        if (row.name == "verified") reliance.add(values::Status::verified, row.count);
        if (row.name == "example") reliance.add(values::Status::example, row.count);
        if (row.name == "provisional") reliance.add(values::Status::provisional, row.count);
    }
    return reliance;
}

}  // namespace bundel::engine
