// assess: everything that ought to be for one woman, as a pure function of what was known.
#pragma once

#include <optional>
#include <vector>

#include "claim/claim.h"
#include "selection/selection.h"

namespace bundel::claim {

// A question for a person. Ranked at the edge by euros and deadline.
struct Question {
    FixedText<64> key;      // stable while it is the same question; what a judgement `accept` names
    const char* code = "";  // literal: code of the sentence
    Cents amount;           // what is at stake
    std::optional<Date> deadline;
    std::optional<std::uint32_t> line;  // index in the known lines
    Reference claim;                    // may be empty
};

// Care that can no longer be claimed in time: per participant, in cents (DESIGN section 8).
struct Loss {
    AgbCode participant;
    LineId line;
    Cents amount;
    Date latest_submit_day;
};

struct Case {
    pathway::Pathway pathway;
    selection::Selection selection;
    std::vector<Ought> oughts;  // sorted: kind, performance, insurer, care, line
    std::vector<Question> questions;
    Date valid_until;                      // last day this holds without news
    std::vector<Digest> pregnancy_trails;  // of Pathway::trails, same index
    std::vector<Digest> phase_trails;      // of the trails of Selection::phases, same index
    Digest digest() const;                 // over sorted values and the digests of the trails
};

// Pure; independent of arrival order. Takes what known_on() gave, so that the agreements are looked up once
// for many women; the case points into `known`, which must outlive it. Error: rulebook_value_missing.
base::Result<Case> assess_known(facts::Woman woman, const facts::Agreements& known,
                                const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::claim
