// What another way to divide would do to whom, on what really happened: two divisions of the same claims, or
// of two periods, side by side, with how sure the difference is and what it is made of.
//
// Nothing is booked. Each side is divided with its own odd cents carried on, as if it had always been so.
#pragma once

#include <string>

#include "engine/division.h"
#include "insight/accrual.h"
#include "insight/bootstrap.h"
#include "insight/decomposition.h"

namespace bundel::engine {

// One side: a model (none: those in force) over the granted claims whose care begins in the period.
struct Side {
    std::string name;
    const rulebook::DivisionModel* model = nullptr;
    values::Period care;
};

// The pot of a claim on this side. Error: rulebook_value_missing.
Result<PotOfClaim> pot_in(const rulebook::Rulebook& rulebook, const Side& side, const claim::Sent& claim);

// Every woman once, with all that was sent for her. Gives how many could not be decided.
Result<std::size_t> for_each_standing(World& world, Date as_of,
                                      const std::function<Result<Done>(const Standing&)>& see);

// What a side is about, and what it kept apart.
struct SideTotals {
    std::size_t claims = 0;
    std::size_t pregnancies = 0;
    Cents pot, reserve, covered, undivided;
    Cents mono;  // declared care of participants in phases that went mono: theirs without a division
    values::Status status = values::Status::verified;  // the weakest that it rests on
    bool operator==(const SideTotals&) const = default;
};

struct Comparison {
    Side a, b;
    SideTotals a_totals, b_totals;
    struct Row {
        AgbCode participant;
        insight::Discipline discipline = insight::Discipline::other;
        insight::Difference difference;
        insight::Terms terms;
    };
    std::vector<Row> participants;  // by code
    std::vector<std::pair<insight::Discipline, insight::Difference>> disciplines;
    insight::Difference together;
    insight::Terms terms;
    int replicates = 0;
    bool same_care = false;       // both sides are about the same claims: then the intervals mean something
    std::size_t passed_over = 0;  // women whose care could not be decided
};

// Errors: comparison_nothing (no granted claims on either side), those of divide_all,
// insight::compare_models and insight::decompose.
Result<Comparison> compare(World& world, const Side& a, const Side& b, const insight::Resampling& resampling,
                           Date as_of);

std::string to_json(const Comparison& comparison);

}  // namespace bundel::engine
