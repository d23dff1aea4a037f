// Claims that ought to be, claims that were sent, and the words for what can happen to them.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "selection/selection.h"

namespace bundel::claim {
using base::Digest;
using base::FixedText;
using values::AgbCode;
using values::Cents;
using values::Date;
using values::LineId;
using values::PerformanceCode;
using values::Period;
using values::PersonId;
using values::Reference;
using values::Status;
using values::UzoviCode;

enum class Kind : std::uint8_t {
    integrated,  // the IGO declares a performance of the bundle
    forwarded    // a participant's own line, passed on (proxy): never an IGO receivable
};

// How a forwarded line goes. list: bundel has no message of it that could be passed on (a row of a table), or
// no insurer pays it; then the participant must declare it itself, and gets it on a list of such lines.
enum class Way : std::uint8_t { message, list };

// Code of the word for what goes out, in the text table: "claim_integrated", "claim_handed_over_credit".
const char* word(Kind kind, Way way, bool credit);

// A claim that ought to exist, given what is known.
struct Ought {
    Kind kind = Kind::integrated;
    AgbCode declarant;  // the IGO, or the participant
    UzoviCode insurer;
    PerformanceCode performance;
    Period care;
    Cents amount;
    LineId line;  // forwarded: the line
    Way way = Way::message;
    values::Payer payer = values::Payer::insurer;  // who pays; another than an insurer only on a list
    std::uint32_t pregnancy = 0;
    values::PhaseSet phases;  // integrated: the phases it pays
    Date latest_submit_day;
    FixedText<40> contract;           // integrated: key of the contract
    Status status = Status::example;  // weakest value that took part
    Digest trail;
    // What makes it the same claim as one that was refused: no dates of knowing, no reference.
    Digest content() const;
};

// Life cycle. `ought` claims are not stored; a stored claim starts as planned.
enum class State : std::uint8_t {
    planned,
    staged,
    sent,
    received,
    approved,
    approved_other_amount,
    rejected,
    paid,
    handed_over  // on a list to the participant, who declares (or takes back) it itself: no answer comes
};
inline constexpr State all_states[] = {State::planned,  State::staged,   State::sent,
                                       State::received, State::approved, State::approved_other_amount,
                                       State::rejected, State::paid,     State::handed_over};
const char* word(State state);  // code of the word in the text table: "state_planned"
// The table of transitions. A step that is not in it is refused (Finding by the caller for answers, assertion
// for us).
bool may_follow(State from, State to);
inline bool is_final(State state) {
    return state >= State::approved;
}

// A claim that we sent (or are about to): history, never rewritten. A credit is a claim of its own that names
// its debit.
struct Sent {
    Reference reference;  // as sent; unique per declarant for five years
    PersonId person;
    Kind kind = Kind::integrated;
    bool credit = false;
    Reference debit;  // credit: the reference it credits
    AgbCode declarant;
    UzoviCode insurer;
    PerformanceCode performance;
    Period care;
    Cents amount;             // magnitude, >= 0; a credit takes it back
    LineId line;              // forwarded: the line it carries
    values::PhaseSet phases;  // integrated: the phases it pays
    FixedText<40> contract;
    Status status = Status::example;
    Digest content;  // Ought::content() it answered
    Digest trail;
    Digest rulebook;
    Date as_of;                // what was known then decided it
    std::int64_t message = 0;  // outgoing message that carries it; 0: taken over from before the first day
    State state = State::planned;
    std::optional<Date> sent_day;
    std::optional<Date> answered_day;
    Cents granted;                        // magnitude granted, when answered
    Cents paid;                           // debit: what came on it less what was taken back
    std::array<FixedText<4>, 3> codes{};  // return codes, when answered
    bool operator==(const Sent&) const = default;
};

// On a list since it was handed over; before that nothing in it tells.
inline Way way_of(const Sent& claim) {
    return claim.state == State::handed_over ? Way::list : Way::message;
}

// Is money of this debit standing at the insurer? `sent` holds all claims of the woman.
enum class Standing : std::uint8_t {
    open,       // no final answer yet
    live,       // approved (wholly or in part) and not credited
    crediting,  // approved, a credit is under way
    stuck,      // approved, and its credit was refused for a reason a person must look at
    dead        // rejected, or its credit was accepted (or turned out to be done before)
};
Standing standing(const Sent& debit, std::span<const Sent> sent, const rulebook::Rulebook& rulebook);

// ---- Money ----

// Of a payment, or (negative) of money taken back, what belongs on this debit. Nothing before the final
// answer: it waits. A payment fills up to what was granted as long as the debit stands; what is taken back
// comes off what was paid. Same sign as `amount`, never more than it.
Cents applicable(Cents amount, const Sent& debit, Standing standing);
// The state that goes with what was paid: paid when all that was granted is there, else as it was answered.
// Contract: final. A refused debit stays refused.
State state_when_paid(const Sent& debit);

// Net live position: what all this comes to, whatever way it came about.
struct Position {
    AgbCode declarant;
    UzoviCode insurer;
    PerformanceCode performance;
    Cents amount;  // granted
    auto operator<=>(const Position&) const = default;
};
std::vector<Position> net_position(std::span<const Sent> sent,
                                   const rulebook::Rulebook& rulebook);  // sorted, no zeros

// Invariants about what we sent (DESIGN section 8). Each breach is a code of the text table and the
// reference.
struct Breach {
    const char* code;
    Reference reference;
};
std::vector<Breach> breaches(std::span<const Sent> sent, const rulebook::Rulebook& rulebook);

}  // namespace bundel::claim
