// What ought to come out of a pregnancy, worked out by a short model of its own from the rules in
// domain/nza.md, once everything is known. It shares no code with selection and claim, so that the two can
// disagree. Where the sources leave a choice open it makes the one of the rulebook (sim/choices.h); policies
// and prices are those of the region's contracts.
//
// The rules, in words:
// - A hospital line counts in each phase by what was done in it, an activity as often as it was done; of a
// cent
//   that cannot be shared the largest remainder takes it, of equals the earliest phase.
// - Care stands when it was not taken back. Guided by its code it is in the bundle or beside it.
// - A provider is inside when it takes part on the day the pregnancy began (reference day of membership).
// - A phase exists for the IGO when somebody inside gave care of the bundle in it, or has her enrolled on the
// day
//   it begins.
// - Care of the bundle by an outsider breaks it, where the regime says so (2017): mono, of the phase or of
// the
//   whole pregnancy. Who left for another region before the end of a phase: that phase is mono, if so chosen.
// - Otherwise the phase is integrated, at the price and with the insurer of the day it began, less what the
//   contract deducts for care from outside.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "sim/care.h"

namespace bundel::sim {

// Advanced ultrasound is no part of the bundle (ruling R12).
bool is_beside(const PerformanceCode& code);

enum class Phase { prenatal, natal, postnatal };
const char* phase_word(Phase phase);      // "prenatal"
Phase phase_of(const std::string& word);  // contract: one of them

struct DuePhase {
    std::size_t pregnancy;
    Phase phase;
    bool integrated;
    const char* reason;  // "inside", "outside_care", "left_early", "no_contract"
    UzoviCode insurer;
    Cents price;  // integrated; zero else
};

// What becomes of a line: where it stands, and its amount by phase. The parts of what stands are the line.
struct DueLine {
    enum class Standing { effective, credited, credit };
    Standing standing;
    bool beside;                   // else in the bundle
    std::map<Phase, Cents> parts;  // of what stands in the bundle
};
const char* standing_word(DueLine::Standing standing);  // "effective"

// One for each of `lines`, in their order. What was handed in twice is one line.
std::vector<DueLine> lines_due(const CareRegion& region, const Life& life,
                               const std::vector<Delivered>& lines);

// Lines that were not taken back, each once. They point into `lines`.
std::vector<const Delivered*> standing(const std::vector<Delivered>& lines);

// `rows`: what was told of her (sim/registration.h).
std::vector<DuePhase> phases_due(const CareRegion& region, const Life& life,
                                 const std::vector<Delivered>& lines, const std::vector<FormRow>& rows);

}  // namespace bundel::sim
