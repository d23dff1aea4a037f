// What practices tell about a woman beside their bills: enrolment, insurer and outcome, as rows of CSV forms.
#pragma once

#include <vector>

#include "sim/life.h"
#include "sim/noise.h"
#include "sim/scenario.h"

namespace bundel::sim {

// Each row on the day on which it is handed in: enrolments and outcomes in the month after, and only by who
// takes part on that day; a practice that joins hands in the women it has in care then. An enrolment may be
// missing or have a wrong due date: that is told in `mishaps`.
std::vector<FormRow> registrations(const NoiseRates& rates, const CareRegion& region, const Life& life,
                                   Chance& chance, std::vector<Mishap>& mishaps);

const char* outcome_word(Outcome outcome);  // "levend geboren"

}  // namespace bundel::sim
