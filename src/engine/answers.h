// An insurer's answers onto the claims they answer: states, books, facts of outside care, and the return
// messages to the participants whose lines were passed on.
#pragma once

#include "engine/sending.h"
#include "intake/intake.h"

namespace bundel::engine {

struct Applied {
    std::size_t lines = 0;
    std::size_t persons = 0;
};

// Inside the caller's transaction. A return message in a provisional layout never leaves a live directory:
// then there is the note answer_not_returned in its place. Findings: answer_unknown_invoice (nothing is
// applied), answer_unknown_reference, answer_wrong_side, answer_above_claim, answer_contradicts (line_refused
// each).
Result<Applied> apply(World& world, const intake::Answers& answers, const Digest& message,
                      const std::string& name, Date received, base::Findings& findings);

}  // namespace bundel::engine
