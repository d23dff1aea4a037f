// Dates, times and durations: text that is one and text that is not, on both sides of each border; and the
// laws.
#include "decision/calendar.h"

#include <gtest/gtest.h>

#include "support/property.h"

namespace bundel::decision {
namespace {

template <class T>
std::string read(const char* text) {
    const auto parsed = T::parse(text);
    return parsed ? parsed->format() : "nothing";
}

TEST(Calendar, TextOfDates) {
    EXPECT_EQ(read<Date>("2024-02-29"), "2024-02-29");
    EXPECT_EQ(read<Date>("2023-02-29"), "nothing");
    EXPECT_EQ(read<Date>("2000-02-29"), "2000-02-29");
    EXPECT_EQ(read<Date>("1900-02-29"), "nothing");
    EXPECT_EQ(read<Date>("-0001-12-31"), "-0001-12-31");
    EXPECT_EQ(read<Date>("0000-01-01"), "0000-01-01");
    EXPECT_EQ(read<Date>("999999999-12-31"), "999999999-12-31");
    EXPECT_EQ(read<Date>("1000000000-01-01"), "nothing");
    EXPECT_EQ(read<Date>("02024-01-01"), "nothing");
    EXPECT_EQ(read<Date>("2024-1-01"), "nothing");
    EXPECT_EQ(read<Date>("2024-13-01"), "nothing");
    EXPECT_EQ(read<Date>("2024-04-31"), "nothing");
    EXPECT_EQ(read<Date>("2024-04-00"), "nothing");
    EXPECT_EQ(read<Date>("2024-04-01 "), "nothing");
    EXPECT_EQ(read<Date>("+2024-04-01"), "nothing");
}

TEST(Calendar, TextOfTimes) {
    EXPECT_EQ(read<Time>("23:59:59.999999999"), "23:59:59.999999999");
    EXPECT_EQ(read<Time>("24:00:00"), "nothing");
    EXPECT_EQ(read<Time>("23:60:00"), "nothing");
    EXPECT_EQ(read<Time>("10:30"), "nothing");
    EXPECT_EQ(read<Time>("10:30:00."), "nothing");
    EXPECT_EQ(read<Time>("10:30:00Z"), "10:30:00Z");
    EXPECT_EQ(read<Time>("10:30:00-00:00"), "10:30:00Z");
    EXPECT_EQ(read<Time>("10:30:00+18:00"), "10:30:00+18:00");
    EXPECT_EQ(read<Time>("10:30:00+18:01"), "nothing");
    EXPECT_EQ(read<Time>("10:30:00@Europe/Amsterdam"), "10:30:00@Europe/Amsterdam");
    EXPECT_EQ(read<Time>("10:30:00@"), "nothing");
    EXPECT_EQ(read<Time>("10:30:00+01:00@Europe/Amsterdam"), "nothing");
}

TEST(Calendar, TextOfDurations) {
    EXPECT_EQ(read<DayTimeDuration>("P1DT2H3M4.5S"), "P1DT2H3M4.5S");
    EXPECT_EQ(read<DayTimeDuration>("-PT90M"), "-PT1H30M");
    EXPECT_EQ(read<DayTimeDuration>("PT0S"), "PT0S");
    EXPECT_EQ(read<DayTimeDuration>("P"), "nothing");
    EXPECT_EQ(read<DayTimeDuration>("P1DT"), "nothing");
    EXPECT_EQ(read<DayTimeDuration>("P1.5D"), "nothing");
    EXPECT_EQ(read<DayTimeDuration>("PT1S1M"), "nothing");
    EXPECT_EQ(read<DayTimeDuration>("P1Y"), "nothing");
    EXPECT_EQ(read<DayTimeDuration>("P99999999999999999999D"), "nothing");
    EXPECT_EQ(read<YearMonthDuration>("P1Y14M"), "P2Y2M");
    EXPECT_EQ(read<YearMonthDuration>("-P11M"), "-P11M");
    EXPECT_EQ(read<YearMonthDuration>("P0Y"), "P0M");
    EXPECT_EQ(read<YearMonthDuration>("P1M1Y"), "nothing");
    EXPECT_EQ(read<YearMonthDuration>("P1D"), "nothing");
}

TEST(Calendar, Laws) {
    using bundel::testing::expect_law;
    const auto any_date = [] { return Date{*rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000)}; };
    expect_law("a date is its year, month and day, and its text", [&] {
        const Date date = any_date();
        RC_ASSERT(Date::of(date.year(), date.month(), date.day_of_month()) == date);
        RC_ASSERT(Date::parse(date.format()) == date);
    });
    expect_law("weeks go round, and a week of a year is one of 53", [&] {
        const Date date = any_date();
        RC_ASSERT(date.plus_days(1)->weekday() == date.weekday() % 7 + 1);
        RC_ASSERT(date.week() >= 1 && date.week() <= 53);
    });
    expect_law("months there and back stay in the month, and end on a day not later", [&] {
        const Date date = any_date();
        const auto months = *rc::gen::inRange<std::int64_t>(-100'000, 100'000);
        const auto back = date.plus_months(months)->plus_months(-months);
        RC_ASSERT(back->year() == date.year() && back->month() == date.month());
        RC_ASSERT(back->day_of_month() <= date.day_of_month());
    });
    expect_law("what is between two moments leads from one to the other", [&] {
        const DateTime a{any_date(), {*rc::gen::inRange<std::int64_t>(0, nanos_per_day), {}}};
        const DateTime b{any_date(), {*rc::gen::inRange<std::int64_t>(0, nanos_per_day), {}}};
        const auto duration = between(a, b);
        RC_ASSERT(plus(a, *duration) == b);
        RC_ASSERT(DayTimeDuration::parse(duration->format()) == *duration);
    });
}

}  // namespace
}  // namespace bundel::decision
