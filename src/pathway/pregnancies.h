// Which pregnancies the facts speak of, and their phases.
#pragma once

#include "pathway/pathway.h"

namespace bundel::pathway {

// Fills pregnancies, trails and holds_until. Evidence used and rejected is kept with each pregnancy.
// Error: rulebook_value_missing (no regime for the reference day).
base::Result<base::Done> find_pregnancies(Pathway& pathway, const rulebook::Rulebook& rulebook, Date as_of);

// Days in which care can belong to this pregnancy: from its onset up to the last postnatal (or aftercare)
// day, but not into the next pregnancy.
Period care_window(const Pathway& pathway, std::size_t pregnancy, const rulebook::Rulebook& rulebook);

// Is this an enrolment for this pregnancy? By its own due date when it has one, else by the day it began.
bool is_for(const Pathway& pathway, std::size_t pregnancy, const facts::Enrolment& enrolment,
            const rulebook::Rulebook& rulebook);

// The day a rule of the reference-day kind means for this pregnancy and phase.
Date reference_day(values::ReferenceDay rule, const Pregnancy& pregnancy, PhaseKind phase);

}  // namespace bundel::pathway
