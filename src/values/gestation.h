// Gestational age (amenorroeduur) and due date (à terme datum).
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"
#include "values/date.h"

namespace bundel::values {

// How a due date was found. Order is not rank: the rank of evidence is a value of the rulebook.
enum class DueDateSource {
    registered,          // definitive due date in an enrolment or birth report
    dating_scan,         // termijnecho
    gestational_age,     // age written in a record, counted on to 40+0
    codes,               // derived from what was declared
    delivery_minus_term  // counted back from a birth at an assumed 40+0
};

// 40+0, with how it was found and how precise: the true day lies within +/- precision_days. Range: precision
// 0..60.
struct DueDate {
    Date on;
    DueDateSource source = DueDateSource::registered;
    int precision_days = 0;

    // First day of the last menstrual period as corrected by dating (0+0).
    Date onset() const { return on.plus_days(-280); }
    auto operator<=>(const DueDate&) const = default;
};

// Completed days since 0+0. Written "39+4": 39 completed weeks and 4 days. Range 0+0 .. 44+6; a value outside
// it is a data error, never a long pregnancy: parse() and between() refuse it, so whoever holds one need not
// check again.
class GestationalAge {
public:
    static constexpr int days_max = 44 * 7 + 6;

    // For literals. Contract: 0 <= weeks, 0 <= days <= 6, in range.
    static GestationalAge of(int weeks, int days);
    // Exactly "W+D" or "WW+D". Errors: gestational_age_syntax, gestational_age_range.
    static base::Result<GestationalAge> parse(std::string_view text);
    // The age on `day` of a pregnancy due on `due`. Error: gestational_age_range.
    static base::Result<GestationalAge> between(const DueDate& due, Date day);

    constexpr int weeks() const { return days_ / 7; }
    constexpr int days_past_week() const { return days_ % 7; }
    constexpr int total_days() const { return days_; }
    constexpr auto operator<=>(const GestationalAge&) const = default;
    std::string format() const;  // "39+4"; parse(x.format()) == x

private:
    constexpr explicit GestationalAge(int days) : days_(days) {}
    int days_;
};

}  // namespace bundel::values
