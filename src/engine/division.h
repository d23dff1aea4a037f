// What the IGO was granted, divided over the participants: recomputed from the facts, booked as a difference.
// A late line or a credit never re-posts; it reverses the earlier division of that pot and books the new one.
//
// The odd cents follow what was divided before (distribution::Carry), so that no participant is ever more
// than one cent from what it is entitled to over all that stands; what cannot be kept within a cent that way
// moves from one participant to another by an entry of its own.
#pragma once

#include "distribution/divide.h"
#include "engine/reliance.h"
#include "engine/women.h"

namespace bundel::engine {

// The pot that a granted claim falls in. `name` is the key of its entries without their number.
struct PotOfClaim {
    const rulebook::DivisionModel* model = nullptr;
    std::string name;
    values::Period period;  // of the care that it is about
    bool shared = false;    // with other claims
};
// By the model in force on the first day of care. Error: rulebook_value_missing.
Result<PotOfClaim> pot_of(const rulebook::Rulebook& rulebook, const claim::Sent& claim);
// By a model, whether in force or not.
PotOfClaim pot_of(const rulebook::DivisionModel& model, const claim::Sent& claim);

// What one granted claim of a woman brings: the amount, zero when it no longer stands, and what her care
// says of who did what.
distribution::Pot brought_by(const Standing& standing, const claim::Sent& claim, AgbCode igo,
                             const rulebook::Rulebook& rulebook);
// Is this phase of that pregnancy one that the claim is for?
bool is_for(const claim::Sent& claim, const pathway::Pathway& pathway, std::uint32_t pregnancy,
            values::PhaseKind phase);
// Is it a claim that is divided: of the IGO, answered, no credit.
bool is_divided(const claim::Sent& claim);
// Adds what a claim brings to the pot.
void add(distribution::Pot& pot, const distribution::Pot& brought);
// A participant that nets below zero did nothing; its lines stay visible in the shadow book.
void drop_negative(distribution::Pot& pot);

// The division of one granted claim that ought to stand now. Of a pot that it shares with others only what it
// brings is known here: then `division` has no steps.
struct ClaimDivision {
    claim::Sent claim;
    PotOfClaim of;
    distribution::Pot pot;
    distribution::Division division;
};
// Of one woman: every integrated claim that has an answer; with the odd cents as they were booked. Errors:
// rulebook_value_missing, those of distribution::divide().
Result<std::vector<ClaimDivision>> divisions_of(World& world, const Standing& standing);

// The pot divided with the odd cents as they fell in the entry of this key; without a carry when there is no
// such entry.
Result<distribution::Division> divided_as(Store& store, const std::string& key, const distribution::Pot& pot,
                                          const rulebook::DivisionModel& model);

struct Divided {
    std::size_t claims = 0;
    std::size_t booked = 0;  // pots new or changed
    std::size_t moved = 0;   // cents moved to keep rounding fair
    Cents pot;
    Cents reserve;
    Cents covered;  // for bought care
    Cents undivided;
    std::map<AgbCode, Cents> shares;
    Reliance reliance;  // of the claims: of what they were sent on, and of the division model
};
// Divides everything that was granted up to now and books what changed, on `booking_day`. Error:
// book_day_closed.
Result<Divided> divide_all(World& world, Date booking_day);

// The laws of what is divided: each division that stands can be made again from what is kept of it, and
// nobody is more than a cent off. Adds to `breaches` (breach_division, breach_rounding).
Result<Done> check_divisions(World& world, const ledger::Book& book, std::vector<Error>& breaches);

}  // namespace bundel::engine
