// What happens to a participant's own line: passed on to the insurer, absorbed in a bundle, or not (yet)
// sent.
#pragma once

#include "claim/claim.h"

namespace bundel::claim {

struct Forwarding {
    enum class Kind : std::uint8_t {
        none,      // not ours to send: an outsider's, settled in its lineage, bought
        absorbed,  // its care is in bundles
        send,      // ought to be at the insurer
        wait,      // its phases are not decided yet
        ask        // a person must look: `reason`
    };
    Kind kind = Kind::none;
    const char* reason = "";  // ask: literal, code of the sentence
    Ought ought;              // send; without its trail, which is the caller's
    std::optional<Date> deadline;
    std::optional<Date> holds_until;  // wait: the last day before it becomes a question
};

// For the known line with this index.
Forwarding forward(const pathway::Pathway& pathway, const selection::Selection& selection, std::uint32_t line,
                   const rulebook::Rulebook& rulebook, Date as_of);

}  // namespace bundel::claim
