// Dates, times and durations of FEEL, in the proleptic Gregorian calendar with a year 0 (ISO 8601).
//
// Ranges: year -999,999,999..999,999,999; a time to the nanosecond; a duration of days and time to about
// 9e18 seconds, of years and months to about 9e18 months. parse() gives nothing outside them, and
// parse(x.format()) == x.
//
// A time may carry an offset or the name of a zone ("@Europe/Paris"). This room has no zone database: a name
// is kept and compared as a name, so its offset is not known (docs/reference/feel-coverage.md).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bundel::decision {

inline constexpr std::int64_t nanos_per_second = 1'000'000'000;
inline constexpr std::int64_t nanos_per_day = 86'400 * nanos_per_second;

struct Date {
    std::int64_t day = 0;  // since 1970-01-01

    static std::optional<Date> of(std::int64_t year, int month, int day);
    static std::optional<Date> parse(std::string_view text);  // "2024-02-29", "-0044-03-15"
    std::int64_t year() const;
    int month() const;
    int day_of_month() const;
    int day_of_year() const;
    int weekday() const;  // 1 Monday .. 7 Sunday
    int week() const;     // ISO 8601, 1..53
    // The last day of the month where the day does not exist. Nothing outside the range of years.
    std::optional<Date> plus_months(std::int64_t months) const;
    std::optional<Date> plus_days(std::int64_t days) const;
    std::string format() const;
    auto operator<=>(const Date&) const = default;
};

struct Zone {
    enum class Kind : std::uint8_t { none, offset, named };
    Kind kind = Kind::none;
    std::int32_t offset = 0;  // seconds east of UTC
    std::string name;         // "Europe/Paris"; of an offset only as it was written ("Etc/UTC")

    static std::optional<Zone> parse(std::string_view text);  // "", "Z", "+01:00", "@Europe/Paris"
    std::string format() const;
    bool operator==(const Zone&) const = default;
};

struct Time {
    std::int64_t nanos = 0;  // since midnight
    Zone zone{};

    static std::optional<Time> of(std::int64_t hour, std::int64_t minute, std::int64_t second,
                                  std::int64_t nano);
    static std::optional<Time> parse(std::string_view text);  // "10:30:00.5+01:00"
    std::int64_t hour() const { return nanos / (3600 * nanos_per_second); }
    std::int64_t minute() const { return nanos / (60 * nanos_per_second) % 60; }
    std::int64_t second() const { return nanos / nanos_per_second % 60; }
    std::string format() const;
    bool operator==(const Time&) const = default;
};

struct DateTime {
    Date date{};
    Time time{};

    static std::optional<DateTime> parse(
        std::string_view text);  // "2024-02-29T10:30:00", or a date: midnight
    std::string format() const;
    bool operator==(const DateTime&) const = default;
};

// Days and time: "P1DT2H". One sign for both parts: seconds and nanos never differ in sign.
struct DayTimeDuration {
    std::int64_t seconds = 0;
    std::int32_t nanos = 0;

    static std::optional<DayTimeDuration> parse(std::string_view text);
    std::string format() const;
    auto operator<=>(const DayTimeDuration&) const = default;
};

struct YearMonthDuration {
    std::int64_t months = 0;

    static std::optional<YearMonthDuration> parse(std::string_view text);  // "P1Y2M"
    std::string format() const;
    auto operator<=>(const YearMonthDuration&) const = default;
};

// Nothing when the two cannot be compared: one has a zone and the other has none, or two named zones differ.
std::optional<std::strong_ordering> compare(const Time& a, const Time& b);
std::optional<std::strong_ordering> compare(const DateTime& a, const DateTime& b);
// b - a in nanoseconds' worth of duration; nothing when they cannot be compared, or it does not fit.
std::optional<DayTimeDuration> between(const Time& a, const Time& b);
std::optional<DayTimeDuration> between(const DateTime& a, const DateTime& b);
std::optional<DateTime> plus(const DateTime& moment, const DayTimeDuration& duration);
Time plus(const Time& time, const DayTimeDuration& duration);  // around midnight
std::optional<DayTimeDuration> plus(const DayTimeDuration& a, const DayTimeDuration& b);
DayTimeDuration negated(const DayTimeDuration& duration);
// Whole months from a to b, towards zero.
YearMonthDuration months_between(const DateTime& a, const DateTime& b);

}  // namespace bundel::decision
