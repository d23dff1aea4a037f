#include "pathway/pathway.h"

#include <algorithm>

#include "pathway/placing.h"
#include "pathway/pregnancies.h"

namespace bundel::pathway {

std::optional<int> Pregnancy::days_at_end() const {
    if (!end || !age_known) return std::nullopt;
    return values::days_between(onset, *end);
}

base::Result<Pathway> build(facts::Woman known, const rulebook::Rulebook& rulebook, Date as_of) {
    Pathway pathway;
    pathway.known = std::move(known);
    pathway.standings = facts::standings(pathway.known);
    BUNDEL_TRY_DONE(find_pregnancies(pathway, rulebook, as_of));
    BUNDEL_TRY_DONE(place_lines(pathway, rulebook));
    return pathway;
}

}  // namespace bundel::pathway
