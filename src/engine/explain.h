// Why: for one woman, everything that was decided, with rule, source, day and party. Recomputed, never
// stored.
#pragma once

#include "engine/division.h"
#include "engine/women.h"
#include "texts/texts.h"

namespace bundel::engine {

// Codes of the sentences for a phase and for its route, in the order of their types.
inline constexpr const char* phase_words[] = {"phase_prenatal", "phase_natal", "phase_postnatal"};
inline constexpr const char* route_words[] = {"route_integrated", "route_mono", "route_hold", "route_ask"};

struct Explanation {
    facts::Agreements known;  // the contracts that `standing` points into
    Standing standing;
    std::vector<ClaimDivision> divisions;
    Date as_of;
};
Result<Explanation> explain(World& world, PersonId person, Date as_of);

// Everybody once, in the order of the store. Gives how many could not be decided because a rule value is
// missing: they are passed over.
using Told = std::function<Result<Done>(const Explanation&)>;
Result<std::size_t> explain_all(World& world, Date as_of, const Told& told);

// Who is meant: "08000101/PAT-1" (patient number of a declarant), "BD0000000001" (a claim of ours),
// "08000101/V-1" (a claim line), a BSN, or the first 8 or more digits of a PersonId. Errors: explain_nobody,
// explain_ambiguous.
Result<PersonId> whom(World& world, std::string_view name);

// Rulebooks say "not found: ..." where a source is missing; people read Dutch.
std::string source_text(const std::string& source, const texts::Texts& texts);

// Why a phase goes the way it does, step by step; how the dates of a pregnancy were found (by index); and
// what would have to be otherwise for the nearest other outcome (empty: nothing near). Dutch.
std::vector<std::string> phase_reasons(const World& world, const Explanation& explanation,
                                       const selection::PhaseDecision& decision, const texts::Texts& texts);
std::vector<std::string> pregnancy_reasons(const World& world, const Explanation& explanation,
                                           std::size_t pregnancy, const texts::Texts& texts);
std::string nearest_other(const World& world, const Explanation& explanation,
                          const selection::PhaseDecision& decision, const texts::Texts& texts);

// In Dutch, for a back-office reader.
std::string to_text(const World& world, const Explanation& explanation, const texts::Texts& texts);
std::string to_json(const World& world, const Explanation& explanation);
std::string to_json_line(const World& world, const Explanation& explanation);  // the same, on one line

}  // namespace bundel::engine
