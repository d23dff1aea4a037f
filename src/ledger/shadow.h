// The book `shadow`: what each participant's own lines were worth. A pure function of the lines; recomputed,
// never closed, never chained.
#pragma once

#include <compare>
#include <map>
#include <span>
#include <string>

#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::ledger {

struct ShadowKey {
    values::AgbCode participant;
    std::string phase;           // the caller's word, as given
    values::Period care_period;  // as given: the caller chooses how fine
    auto operator<=>(const ShadowKey&) const = default;
};

// A received line or part of one, valued at its declared amount, signed (a credit line is negative).
struct ShadowLine {
    ShadowKey key;
    values::Cents amount;
};

using ShadowBook = std::map<ShadowKey, values::Cents>;

// Independent of the order of the lines. Error: cents_overflow.
base::Result<ShadowBook> shadow_book(std::span<const ShadowLine> lines);

}  // namespace bundel::ledger
