// What one woman adds to the money of the region beside her claims: as counts that add up over all women, so
// that nobody has to be looked at again for a total. Pure; depends on the day only as her case does.
#pragma once

#include "engine/women.h"

namespace bundel::engine {

// A bundle under a contract that is not claimed yet: it ought to be claimed, or waits, or belongs to a later
// phase of the same pregnancy that has not ended.
struct Coming {
    facts::FixedText<40> contract;
    Date first;                  // of its care
    std::optional<Cents> price;  // none: the contract has no price for it (yet)
    bool operator==(const Coming&) const = default;
};
std::vector<Coming> still_to_come(const Standing& standing, const facts::Agreements& known,
                                  const rulebook::Rulebook& rulebook);

// Groups of totals. Names are made of parts with a slash between them.
namespace group {
inline constexpr const char* coming = "coming";                    // contract/YYYY-MM; amount = price
inline constexpr const char* coming_unpriced = "coming_unpriced";  // contract/YYYY-MM
inline constexpr const char* outside = "outside";                  // contract/YYYY; amount where known
inline constexpr const char* outside_unknown = "outside_unknown";  // contract/YYYY
inline constexpr const char* outside_phases = "outside_phases";    // contract/YYYY
inline constexpr const char* bought = "bought";                    // buyer/supplier/kind of care
}  // namespace group

// Sorted, one row per group and name.
std::vector<CountRow> outlook(const Standing& standing, const facts::Agreements& known,
                              const rulebook::Rulebook& rulebook);

}  // namespace bundel::engine
