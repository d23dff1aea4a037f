// What several files of a rulebook write in the same way.
#pragma once

#include <string>

#include "rulebook/table.h"
#include "values/care.h"
#include "values/date.h"

namespace bundel::rulebook {

inline const values::Period always{values::Date::from_day_number(values::Date::earliest_day),
                                   values::Date::far_future()};

template <std::size_t N>
base::FixedText<N> short_text(Table& table, std::string_view key) {
    const std::string text = table.text(key);
    if (base::FixedText<N>::fits(text)) return base::FixedText<N>::of(text);
    table.wrong(key, "<= " + std::to_string(N));
    return {};
}

// from and to, both included; what is not written is open up to the ends of `widest`.
values::Period period_of(Table& table, const values::Period& widest);

struct Standing {
    values::Status status = values::Status::example;
    std::string source;
};
// status and source, both required.
Standing standing_of(Table& table);

}  // namespace bundel::rulebook
