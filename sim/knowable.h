// What could be known of a woman on a day: the truth, with no more than what had been received by then. The
// difference between this and the final truth nobody can decide away; the difference between this and bundel
// is a fault.
//
// The IGO knows
// - the lines that reached it with her number on them;
// - her enrolments, and with them her due date as it was written; her insurers as they were told;
// - that she is pregnant from an enrolment, an outcome, a line of a midwife or a line that tells of a birth.
// An
//   ultrasound or an enrolment for kraamzorg alone does not tell of which pregnancy it is.
// When a birth was it knows too, if it knows of the pregnancy: every line after it tells.
#pragma once

#include <optional>
#include <vector>

#include "sim/naive.h"

namespace bundel::sim {

// A row of a form, and the day it reached the IGO; none: lost.
struct ToldRow {
    FormRow row;
    std::optional<Date> received;
};

struct KnownPhase {
    Date from;     // until the next one of the same phase and `outside`
    bool outside;  // with what the insurers had received by then, or without
    DuePhase due;
    bool gone;  // there is no such phase any more
};

// Every change, in order of day. Without care from outside there is nothing under `outside`.
std::vector<KnownPhase> knowable(const CareRegion& region, const Life& life,
                                 const std::vector<Delivered>& lines, const std::vector<ToldRow>& rows);

}  // namespace bundel::sim
