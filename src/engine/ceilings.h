// Contract ceilings (plafonds) with a forecast, and what a yearly true-up is about: sums over all women, a
// stage of its own that decides nothing about any claim.
//
// Both follow from the last assessment, like the report. A bundle belongs to the calendar year of its first
// day of care.
#pragma once

#include "engine/world.h"

namespace bundel::engine {

struct Volume {
    std::int64_t count = 0;
    Cents amount;
    bool operator==(const Volume&) const = default;
};

struct Ceiling {
    std::string contract;
    int year = 0;
    std::optional<std::int32_t> most_count;  // none: the contract has no such ceiling
    std::optional<Cents> most_amount;
    Volume claimed;             // sent and not lost: as granted, else as claimed
    Volume coming;              // known, and not claimed yet
    std::int64_t unpriced = 0;  // of those coming: the contract has no price, so no euros are counted
    // Of women who are not known yet. Inflow is what began in the twelve calendar months before this one, in
    // as many of them as the contract was in force; as much is expected in each month of the year from this
    // one on, rounded half to even over all of them, less what is known to begin in those. None: the contract
    // was not in force in any of the twelve.
    std::optional<Volume> beyond;
    Volume expected() const;  // all three
    bool operator==(const Ceiling&) const = default;
};

// Every contract known on `as_of`, in every year in which it has anything, and in the year of `as_of` when it
// is in force then; by contract, year. Error: cents_overflow.
Result<std::vector<Ceiling>> ceilings(World& world, Date as_of);

// One question for each ceiling that is reached (ceiling_count_reached, ceiling_amount_reached) or that the
// forecast is above (..._forecast). The amount is what is above it, in euros.
std::vector<QuestionRow> ceiling_questions(const std::vector<Ceiling>& ceilings);
// Replaces those of the last time.
Result<Done> ask_about_ceilings(World& world, Date as_of);

// Care outside in phases that are bundled, by contract and calendar year of the phase.
struct Outside {
    std::string contract;
    int year = 0;
    std::optional<facts::OverlapPolicy> policy;  // none: the contract is no longer known
    std::int64_t phases = 0;
    std::int64_t count = 0;    // pieces of care outside in them
    std::int64_t unknown = 0;  // of those: the amount is not known
    Cents amount;              // of the others
    bool operator==(const Outside&) const = default;
};
Result<std::vector<Outside>> outside_by_year(World& world, Date as_of);  // by contract, year

std::string to_json(const std::vector<Ceiling>& ceilings);

}  // namespace bundel::engine
