// What the IGO was granted, divided over the participants: recomputed from the facts, booked as a difference.
// A late line or a credit never re-posts; it reverses the earlier division of that claim and books the new
// one.
#pragma once

#include "distribution/divide.h"
#include "engine/reliance.h"
#include "engine/women.h"

namespace bundel::engine {

// The division of one granted claim that ought to stand now.
struct ClaimDivision {
    claim::Sent claim;
    std::string model;  // id of the division model
    values::Status status = values::Status::example;
    std::vector<distribution::Activity> activity;
    distribution::Division division;  // of zero when the claim no longer stands
};

// Of one woman: every integrated claim that has an answer. Errors: rulebook_value_missing, those of divide().
Result<std::vector<ClaimDivision>> divisions_of(World& world, const Standing& standing);

struct Divided {
    std::size_t claims = 0;
    std::size_t booked = 0;  // new or changed
    Cents pot;
    Cents reserve;
    Cents undivided;
    std::map<AgbCode, Cents> shares;
    Reliance reliance;  // of the claims: of what they were sent on, and of the division model
};
// Divides everything that was granted up to now and books what changed, on `booking_day`. Error:
// book_day_closed.
Result<Divided> divide_all(World& world, Date booking_day);

}  // namespace bundel::engine
