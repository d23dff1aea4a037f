// reconcile: the smallest lawful set of next actions, given what ought to be and what we did. There is no
// other code path for corrections: a breaker found late, a moved due date, a rejection, a lost answer are all
// news and come here.
#pragma once

#include <span>
#include <vector>

#include "claim/case.h"

namespace bundel::claim {

struct Action {
    enum class Kind : std::uint8_t {
        send,   // plan a claim for `ought`
        credit  // plan a credit of the sent claim `debit`
    };
    Kind kind = Kind::send;
    std::size_t ought = 0;  // index in Case::oughts
    Reference debit;    // credit; also send of a forwarded line that was credited before: see new_reference
    AgbCode declarant;  // of the debit
    LineId carrier;     // credit of a forwarded line: the participant's own credit line, when there is one
    bool new_reference = false;  // forwarded: its own reference was used before and needs a new one
};

struct Plan {
    std::vector<Action> actions;
    std::vector<Question> questions;  // await past its term, rejected without news, credit stuck, ...
    std::vector<Loss> losses;
    bool awaiting = false;            // something waits for an answer
    std::optional<Date> holds_until;  // last day on which this plan is the same without news
};

// With no news a second call gives no further actions, as soon as those of the first are planned (rests in
// one step). An answer is news: a replacement waits for the acceptance of the credit before it.
//
// A judgement `send_again` names the claim (or the credit) that was refused or reduced; it is good for one
// try.
//
// `earlier` is what ought to be claimed on the day before the cut-over, as it was known then; empty when
// nothing was taken over. What ought to be then already and was not claimed since is not sent, and a claim
// that was taken over is not credited for a difference that was there then: each is a question, until a
// judgement `send_anyway` names it. What became different since is news and goes as always.
Plan reconcile(const Case& wanted, std::span<const Sent> sent, const facts::Agreements& known,
               const rulebook::Rulebook& rulebook, Date as_of, std::span<const Ought> earlier = {});

}  // namespace bundel::claim
