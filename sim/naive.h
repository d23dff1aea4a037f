// What ought to come out of a pregnancy, worked out by a short model of its own from the rules in
// domain/nza.md, once everything is known. It shares no code with selection and claim, so that the two can
// disagree. What the sources leave open is read from the same table as bundel's: rulebooks/regimes and the
// contracts of the region.
//
// The rules, in words:
// - Care stands when it was not taken back. Guided by its code it is in the bundle or beside it.
// - A provider is inside when it takes part on the day the pregnancy began (reference day of membership).
// - A phase exists for the IGO when somebody inside gave care of the bundle in it.
// - Regime 2017: care of the bundle by an outsider breaks the bundle of the whole pregnancy: mono.
// - Regime 2023: it does not. Who left for another region before the end of a phase: that phase is mono.
// - Otherwise the phase is integrated, at the price and with the insurer of the day it began, less what the
//   contract deducts for care from outside.
#pragma once

#include <optional>
#include <vector>

#include "sim/care.h"

namespace bundel::sim {

enum class Phase { prenatal, natal, postnatal };
const char* phase_word(Phase phase);  // "prenatal"

struct DuePhase {
    std::size_t pregnancy;
    Phase phase;
    bool integrated;
    const char* reason;  // "inside", "outside_care", "left_early", "no_contract"
    UzoviCode insurer;
    Cents price;  // integrated; zero else
};

std::vector<DuePhase> phases_due(const CareRegion& region, const Life& life,
                                 const std::vector<Delivered>& lines);

}  // namespace bundel::sim
