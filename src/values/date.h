// Date: a day in the proleptic Gregorian calendar. Period: first and last day, BOTH included ("t/m").
// There is no today() here: the day is always an argument.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::values {

class Date {
public:
    constexpr Date() = default;  // 1970-01-01

    // Contract: a day that exists, year 1..9999. For literals.
    static Date of(int year, int month, int day);
    // "2024-02-29" or "20240229", a day that exists, year 1..9999. Errors: date_syntax, date_range.
    static base::Result<Date> parse(std::string_view text);
    // Days since 1970-01-01. Contract: earliest_day .. latest_day.
    static constexpr Date from_day_number(std::int32_t day) {
        BUNDEL_ASSERT(day >= earliest_day && day <= latest_day);
        return Date(day);
    }
    static constexpr std::int32_t earliest_day = -719162;  // 0001-01-01
    static constexpr std::int32_t latest_day = 2932896;    // 9999-12-31
    static Date far_future();                              // 9999-12-31: "no end known"

    constexpr std::int32_t day_number() const { return day_; }
    int year() const;
    int month() const;  // 1..12
    int day() const;    // 1..31

    constexpr auto operator<=>(const Date&) const = default;

    // Days later / earlier, held inside the range that can be written (0001-01-01 .. 9999-12-31).
    Date plus_days(int days) const;
    // The same day of the month n months on; the last day of that month when it has no such day (31 Jan + 1 =
    // 28/29 Feb).
    Date plus_months(int months) const;

    std::string iso() const;    // "2024-02-29"
    std::string ei() const;     // "20240229"
    std::string dutch() const;  // "29-02-2024"

private:
    constexpr explicit Date(std::int32_t day) : day_(day) {}
    std::int32_t day_ = 0;
};

inline int days_between(Date from, Date to) {
    return to.day_number() - from.day_number();
}

struct Period {
    Date first;
    Date last;

    // Error: period_reversed when last < first.
    static base::Result<Period> between(Date first, Date last);
    static Period day(Date date) { return {date, date}; }
    static Period from(Date first) { return {first, Date::far_future()}; }
    static Period month_of(Date date);  // the calendar month it is in

    bool contains(Date date) const { return first <= date && date <= last; }
    bool contains(const Period& other) const { return first <= other.first && other.last <= last; }
    bool overlaps(const Period& other) const { return first <= other.last && other.first <= last; }
    int days() const { return days_between(first, last) + 1; }
    auto operator<=>(const Period&) const = default;
};

std::optional<Period> intersection(const Period& a, const Period& b);

}  // namespace bundel::values
