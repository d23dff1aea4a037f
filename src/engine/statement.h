// What one participant has coming and got in a period (afrekening): its own lines and its own money only. Of
// others there is one amount per claim, all of them together; never a code, a name or an amount of one of
// them.
//
// Laws, asserted: opening + movements = closing. The closings of all participants add up to what the book
// says (tests/money).
#pragma once

#include "distribution/divide.h"
#include "engine/reliance.h"
#include "engine/world.h"

namespace bundel::engine {

// What the IGO owes a participant, by where it stands. Each part is signed: > 0, the participant has it
// coming.
struct Position {
    Cents coming;      // deelnemer
    Cents advanced;    // voorschot_deelnemer: what was paid before it was owed, so <= 0
    Cents in_transit;  // onderweg: ordered at the bank, on no statement of it yet
    Cents total() const { return coming + advanced + in_transit; }
    Position operator-(const Position& other) const {
        return {coming - other.coming, advanced - other.advanced, in_transit - other.in_transit};
    }
    bool operator==(const Position&) const = default;
};

// One step of the model, as it went for the participant.
struct OwnStep {
    std::string name, source;
    values::Status status = values::Status::example;
    distribution::StepKind kind = distribution::StepKind::reserve;
    Cents basis;  // what was left when the step began
    Cents taken;  // what it took: to the reserve, or divided
    Cents own;    // of it
    // own less the exact entitlement, in millionths of a cent, towards zero; a size below a million.
    std::int64_t rounding = 0;
};

// A line of the participant that counted, or the part of it in the phases of the claim.
struct OwnLine {
    Reference claim;
    LineId line;
    values::Period care;
    Cents value;  // as declared, signed
};

// How the share of the participant came to be. Recomputed from what was known on the booking day.
struct Reasoning {
    Cents pot, reserve, undivided;
    Cents covered;  // for care the IGO bought
    Cents others;   // all other participants together
    Cents value;    // sum of the own lines: the shadow value (schaduwwaarde)
    std::vector<OwnStep> steps;
    std::vector<OwnLine> lines;
};

// A pot whose division moved in the period: a claim of the IGO, or all claims of a performance in a month,
// quarter or year, as the model says.
struct PotShare {
    std::string pot;               // the reference of the claim, or "model/2024-05/069:E01"
    std::size_t claims = 0;        // zero when the model of today makes no such pot any more
    std::string performance;       // "069:E01"
    std::string performance_name;  // of the catalogue; empty when it no longer has it
    values::PhaseSet phases;
    values::Period care;
    values::Status status = values::Status::example;  // weakest value under its claims and the model
    std::string model;
    Date booked;  // last entry of the period that moved it
    std::uint64_t entry = 0;
    Cents before;  // share at the start of the period
    Cents after;   // and at its end
    // The entry that was replaced, of an earlier period. None: divided for the first time.
    struct Earlier {
        std::uint64_t entry = 0;
        Date booked;
    };
    std::optional<Earlier> earlier;
    // None: not to be recomputed any more (she was forgotten, or the rules changed), or nothing stands at the
    // end.
    std::optional<Reasoning> reasoning;
    Cents change() const { return after - before; }
};

// What else moved: an advance, a payout, rounding.
struct Payment {
    std::uint64_t entry = 0;
    Date booked;
    ledger::EventKind kind = ledger::EventKind::claim_paid;
    Position change;
};

// An own line that could not be claimed in time.
struct LateLine {
    LineId line;
    Date latest_submit_day;
    Cents amount;
};

struct Statement {
    AgbCode participant, igo;
    values::Period period;  // of booking days
    Date as_of;
    std::optional<Date> open_from;  // first day of the period on which can still be booked; none: it is final
    Position opening, closing;
    std::vector<PotShare> divided;      // for the first time; by entry
    std::vector<PotShare> corrections;  // of what was divided in an earlier period; by entry
    std::vector<Payment> payments;      // by entry
    std::vector<LateLine> late;         // last day to submit in the period; by day, line
    Reliance reliance;                  // of the claims above
};

// "2024-05", "2024-K2", "2024", "2024-05-01:2024-06-15". Errors: statement_period_syntax{text},
// period_reversed.
Result<values::Period> parse_statement_period(std::string_view text);
// When none is asked for: the last month that was closed, else the month of `as_of`.
Result<values::Period> usual_statement_period(World& world, Date as_of);

// Of one participant, or (none) of everybody who had an account by its end or was a member in it; by code.
// Recomputes each division once. Error: statement_participant_unknown{participant}; those of the store and of
// stand().
Result<std::vector<Statement>> statements_of(World& world, std::optional<AgbCode> participant,
                                             const values::Period& period, Date as_of);

}  // namespace bundel::engine
