#include "values/gestation.h"

#include "base/text.h"

namespace bundel::values {
using base::Error;
using base::Result;

GestationalAge GestationalAge::of(int weeks, int days) {
    BUNDEL_ASSERT(weeks >= 0 && weeks <= 44 && days >= 0 && days <= 6 && weeks * 7 + days <= days_max);
    return GestationalAge(weeks * 7 + days);
}

Result<GestationalAge> GestationalAge::parse(std::string_view text) {
    const auto plus = text.find('+');
    if (plus == std::string_view::npos || plus < 1 || plus > 2 || text.size() != plus + 2)
        return Error{"gestational_age_syntax"};
    const auto weeks = base::parse_digits(text.substr(0, plus));
    const auto days = base::parse_digits(text.substr(plus + 1));
    if (!weeks || !days || *days > 6) return Error{"gestational_age_syntax"};
    if (*weeks > 44) return Error{"gestational_age_range"};
    return of(static_cast<int>(*weeks), static_cast<int>(*days));
}

Result<GestationalAge> GestationalAge::between(const DueDate& due, Date day) {
    const int days = 280 + days_between(due.on, day);
    if (days < 0 || days > days_max) return Error{"gestational_age_range"};
    return GestationalAge(days);
}

std::string GestationalAge::format() const {
    return std::to_string(weeks()) + "+" + std::to_string(days_past_week());
}

}  // namespace bundel::values
