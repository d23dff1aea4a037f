// Does it look as if something of a participant never arrived? A suspicion for a person to look at: it
// decides nothing.
#pragma once

#include <string>
#include <vector>

#include "base/hash.h"
#include "rulebook/rulebook.h"
#include "values/cents.h"

namespace bundel::intake {

// What one message brought of one declarant.
struct Delivery {
    values::AgbCode declarant;
    std::string invoice;  // empty: a table
    values::Date dated;
    std::int64_t lines = 0;
};

struct Suspicion {
    enum class Kind : std::uint8_t {
        numbers,  // invoices `first` to `last` are missing in a row of numbers
        month     // fewer lines than usual
    };
    Kind kind = Kind::numbers;
    values::AgbCode declarant;
    std::string first, last;   // numbers: as they would have been written
    std::int64_t missing = 0;  // numbers: how many
    values::Period month;      // of the month; of numbers that of the invoice after the gap
    std::int64_t lines = 0;    // month
    std::int64_t usual = 0;    // month: the median
    auto operator<=>(const Suspicion&) const = default;
};

// Pure; independent of the order of `known`. Looked at are the last whole months before `as_of`.
//
// Numbers: of one declarant, the numbers at the end of invoices with the same text before them. Numbering one
// by one is a habit when it was done often enough and more often than not; then a small gap is a suspicion,
// once the invoice after it is old enough for the missing one not to be only late. Months: the median is that
// of the months looked at, the lower of the two in the middle; a declarant of which the first of these months
// is not known (it began later) is not judged.
std::vector<Suspicion> suspicions(const std::vector<Delivery>& known, const rulebook::Completeness& rules,
                                  values::Date as_of);  // sorted

}  // namespace bundel::intake
