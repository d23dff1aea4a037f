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
    std::string invoice;  // of a table "uitkomsten 12"; empty: it has no number
    values::Date dated;
    std::int64_t lines = 0;  // claim lines
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

// Pure; independent of the order of `known`.
//
// Numbers: of one declarant, the numbers at the end of invoices with the same text before them. Numbering one
// by one is a habit when it was ever done often enough and more often than not; tables are numbered from 1 by
// prescription. Then a small gap is a suspicion, once the invoice after it is old enough for the missing one
// not to be only late, and as long as something can be done about it. Months: looked at are the last whole
// ones before `as_of`; the median is that of those, the lower of the two in the middle; a declarant of which
// the first of them is not known (it began later) is not judged.
std::vector<Suspicion> suspicions(const std::vector<Delivery>& known, const rulebook::Completeness& rules,
                                  values::Date as_of);  // sorted

}  // namespace bundel::intake
