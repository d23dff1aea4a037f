#include <gtest/gtest.h>

#include "support/property.h"
#include "values/date.h"
#include "values/gestation.h"

namespace bundel::values {
namespace {

using testing::expect_law;

std::string code_of(const auto& result) {
    return result.ok() ? "" : result.error().code;
}

Date day(std::string_view text) {
    return *Date::parse(text);
}

rc::Gen<Date> any_date() {
    const auto edges = rc::gen::element(Date::earliest_day, Date::latest_day, 0, -1);
    const auto all = rc::gen::inRange(Date::earliest_day, Date::latest_day + 1);
    return rc::gen::map(rc::gen::weightedOneOf<std::int32_t>({{1, edges}, {9, all}}), Date::from_day_number);
}

TEST(DateParse, Table) {
    struct Row {
        const char* text;
        const char* iso;
        const char* error;
    };
    const Row rows[] = {
        {"2024-02-29", "2024-02-29", ""},  {"20240229", "2024-02-29", ""},
        {"20000229", "2000-02-29", ""},    {"00010101", "0001-01-01", ""},
        {"99991231", "9999-12-31", ""},    {"2023-02-29", "", "date_range"},
        {"19000229", "", "date_range"},    {"20230230", "", "date_range"},
        {"20230431", "", "date_range"},    {"20231301", "", "date_range"},
        {"20230001", "", "date_range"},    {"20230100", "", "date_range"},
        {"20230132", "", "date_range"},    {"00000101", "", "date_range"},
        {"00000000", "", "date_range"},    {"", "", "date_syntax"},
        {"2024-2-29", "", "date_syntax"},  {"2024-0229", "", "date_syntax"},
        {"202402-29", "", "date_syntax"},  {"2024/02/29", "", "date_syntax"},
        {"29-02-2024", "", "date_syntax"}, {"2024-02-29 ", "", "date_syntax"},
        {" 2024022", "", "date_syntax"},   {"+2024022", "", "date_syntax"},
        {"2024-02-2x", "", "date_syntax"}, {"-024-02-29", "", "date_syntax"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto got = Date::parse(row.text);
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(got->iso(), row.iso);
        }
    }
}

TEST(Date, ContractOfLiterals) {
    EXPECT_EQ(Date::of(1970, 1, 1), Date());
    EXPECT_EQ(Date::of(1, 1, 1).day_number(), Date::earliest_day);
    EXPECT_EQ(Date::far_future().day_number(), Date::latest_day);
    EXPECT_DEATH(static_cast<void>(Date::of(2023, 2, 29)), "ok()");
    EXPECT_DEATH(static_cast<void>(Date::of(0, 1, 1)), "year >= 1");
    EXPECT_DEATH(static_cast<void>(Date::of(10000, 1, 1)), "year >= 1");
    EXPECT_DEATH(static_cast<void>(Date::of(2024, 257, 1)), "month") << "257 is 1 in eight bits";
    EXPECT_DEATH(static_cast<void>(Date::of(2024, 1, 257)), "day") << "257 is 1 in eight bits";
    EXPECT_DEATH(static_cast<void>(Date::from_day_number(Date::latest_day + 1)), "latest_day");
    EXPECT_DEATH(static_cast<void>(Date::from_day_number(Date::earliest_day - 1)), "earliest_day");
}

TEST(Date, WritesInThreeNotations) {
    const Date date = Date::of(812, 3, 4);
    EXPECT_EQ(date.iso(), "0812-03-04");
    EXPECT_EQ(date.ei(), "08120304");
    EXPECT_EQ(date.dutch(), "04-03-0812");
    EXPECT_EQ(date.year(), 812);
    EXPECT_EQ(date.month(), 3);
    EXPECT_EQ(date.day(), 4);
}

TEST(Date, PlusMonths) {
    struct Row {
        const char* from;
        int months;
        const char* to;
    };
    const Row rows[] = {
        {"2023-01-31", 1, "2023-02-28"},       {"2024-01-31", 1, "2024-02-29"},
        {"2024-02-29", 12, "2025-02-28"},      {"2024-02-29", 48, "2028-02-29"},
        {"2024-02-29", -1, "2024-01-29"},      {"2024-03-31", -1, "2024-02-29"},
        {"2024-01-15", -1, "2023-12-15"},      {"2024-12-15", 1, "2025-01-15"},
        {"2024-05-15", 0, "2024-05-15"},       {"2024-08-31", 13, "2025-09-30"},
        {"0001-02-28", -1, "0001-01-28"},      {"0001-01-28", -1, "0001-01-01"},
        {"9999-11-30", 1, "9999-12-30"},       {"9999-12-01", 1, "9999-12-31"},
        {"2024-01-01", INT_MAX, "9999-12-31"}, {"2024-01-01", INT_MIN, "0001-01-01"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(::testing::Message() << row.from << " + " << row.months);
        EXPECT_EQ(day(row.from).plus_months(row.months), day(row.to));
    }
}

TEST(Date, PlusDaysHoldsInsideTheRange) {
    EXPECT_EQ(day("2023-12-31").plus_days(1), day("2024-01-01"));
    EXPECT_EQ(day("2024-03-01").plus_days(-1), day("2024-02-29"));
    EXPECT_EQ(day("9999-12-30").plus_days(1), day("9999-12-31"));
    EXPECT_EQ(day("9999-12-31").plus_days(1), day("9999-12-31"));
    EXPECT_EQ(day("0001-01-01").plus_days(-1), day("0001-01-01"));
    EXPECT_EQ(day("0001-01-01").plus_days(INT_MAX), day("9999-12-31"));
    EXPECT_EQ(day("9999-12-31").plus_days(INT_MIN), day("0001-01-01"));
}

TEST(Date, NotationsAndDayNumbersGoRound) {
    expect_law("every day", [] {
        const Date date = *any_date();
        RC_ASSERT(*Date::parse(date.iso()) == date);
        RC_ASSERT(*Date::parse(date.ei()) == date);
        RC_ASSERT(Date::of(date.year(), date.month(), date.day()) == date);
        RC_ASSERT(Date::from_day_number(date.day_number()) == date);
        const Date next = date.plus_days(1);
        RC_ASSERT(days_between(date, next) == (date == Date::far_future() ? 0 : 1));
        RC_ASSERT((date < next) == (date.iso() < next.iso()));
    });
}

TEST(Date, MonthsLaterIsInThatMonthOnThatDayOrItsLast) {
    expect_law("plus_months", [] {
        const Date date = *any_date();
        const int months = *rc::gen::inRange(-600, 600);
        const int index = date.year() * 12 + date.month() - 1 + months;
        RC_PRE(index >= 12 && index < 120'000);
        const Date later = date.plus_months(months);
        RC_ASSERT(later.year() * 12 + later.month() - 1 == index);
        const bool last_of_month = later == Date::far_future() || later.plus_days(1).day() == 1;
        RC_ASSERT(later.day() == date.day() || (later.day() < date.day() && last_of_month));
    });
}

TEST(Period, BothDaysAreIncluded) {
    const Period march = *Period::between(day("2024-03-01"), day("2024-03-31"));
    EXPECT_EQ(march.days(), 31);
    EXPECT_TRUE(march.contains(day("2024-03-01")));
    EXPECT_TRUE(march.contains(day("2024-03-31")));
    EXPECT_FALSE(march.contains(day("2024-02-29")));
    EXPECT_FALSE(march.contains(day("2024-04-01")));
    EXPECT_TRUE(march.overlaps(Period::day(day("2024-03-31"))));
    EXPECT_FALSE(march.overlaps(Period::from(day("2024-04-01"))));
    EXPECT_TRUE(march.contains(march));
    EXPECT_FALSE(Period::day(day("2024-03-01")).contains(march));
    EXPECT_EQ(Period::day(day("2024-03-01")).days(), 1);
    EXPECT_EQ(Period::from(day("2024-03-01")).last, Date::far_future());
    EXPECT_EQ(Period::between(day("2024-03-02"), day("2024-03-01")).error().code, "period_reversed");
    EXPECT_TRUE(Period::between(day("2024-03-01"), day("2024-03-01")).ok());
}

TEST(Period, IntersectionIsTheDaysOfBoth) {
    expect_law("intersection", [] {
        const auto near = [] { return Date::from_day_number(*rc::gen::inRange(0, 40)); };
        const auto period = [&] {
            const Date a = near(), b = near();
            return Period{std::min(a, b), std::max(a, b)};
        };
        const Period a = period(), b = period();
        const auto both = intersection(a, b);
        RC_ASSERT(both.has_value() == a.overlaps(b));
        RC_ASSERT(both == intersection(b, a));
        for (int i = 0; i <= 40; ++i) {
            const Date date = Date::from_day_number(i);
            RC_ASSERT((both && both->contains(date)) == (a.contains(date) && b.contains(date)));
        }
        RC_ASSERT(a.contains(b) == (both == b));
    });
}

TEST(GestationalAge, ParseTable) {
    struct Row {
        const char* text;
        int days;
        const char* error;
    };
    const Row rows[] = {
        {"0+0", 0, ""},
        {"39+4", 277, ""},
        {"09+6", 69, ""},
        {"44+6", 314, ""},
        {"45+0", 0, "gestational_age_range"},
        {"99+6", 0, "gestational_age_range"},
        {"39+7", 0, "gestational_age_syntax"},
        {"39+", 0, "gestational_age_syntax"},
        {"+4", 0, "gestational_age_syntax"},
        {"39", 0, "gestational_age_syntax"},
        {"039+4", 0, "gestational_age_syntax"},
        {"39+44", 0, "gestational_age_syntax"},
        {"39 + 4", 0, "gestational_age_syntax"},
        {"39w4d", 0, "gestational_age_syntax"},
        {"-9+4", 0, "gestational_age_syntax"},
        {"3a+4", 0, "gestational_age_syntax"},
        {"39++", 0, "gestational_age_syntax"},
        {"", 0, "gestational_age_syntax"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto got = GestationalAge::parse(row.text);
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(got->total_days(), row.days);
        }
    }
}

TEST(GestationalAge, BetweenTable) {
    const DueDate due{day("2024-10-07")};  // 40+0; 0+0 is 280 days earlier
    EXPECT_EQ(due.onset(), day("2024-01-01"));
    struct Row {
        const char* day;
        const char* age;
    };
    const Row rows[] = {
        {"2023-12-31", ""},     {"2024-01-01", "0+0"},  {"2024-02-29", "8+3"},
        {"2024-10-07", "40+0"}, {"2024-11-10", "44+6"}, {"2024-11-11", ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.day);
        const auto got = GestationalAge::between(due, day(row.day));
        EXPECT_EQ(code_of(got), row.age[0] == '\0' ? "gestational_age_range" : "");
        if (got) {
            EXPECT_EQ(got->format(), row.age);
        }
    }
    // 0+0 lies before the first day that can be written; the age does not.
    EXPECT_EQ(GestationalAge::between({Date::of(1, 1, 1)}, Date::of(1, 1, 1))->format(), "40+0");
}

TEST(GestationalAge, ContractOfLiterals) {
    EXPECT_EQ(GestationalAge::of(44, 6).total_days(), GestationalAge::days_max);
    EXPECT_DEATH(static_cast<void>(GestationalAge::of(45, 0)), "weeks");
    EXPECT_DEATH(static_cast<void>(GestationalAge::of(1, 7)), "days <= 6");
    EXPECT_DEATH(static_cast<void>(GestationalAge::of(-1, 0)), "weeks >= 0");
    EXPECT_DEATH(static_cast<void>(GestationalAge::of(INT_MAX, 0)), "weeks");
}

TEST(GestationalAge, EveryAgeGoesRound) {
    for (int days = 0; days <= GestationalAge::days_max; ++days) {
        const GestationalAge age = GestationalAge::of(days / 7, days % 7);
        EXPECT_EQ(*GestationalAge::parse(age.format()), age);
        EXPECT_EQ(age.weeks() * 7 + age.days_past_week(), days);
        const DueDate due{day("2024-10-07")};
        EXPECT_EQ(*GestationalAge::between(due, due.onset().plus_days(days)), age);
    }
}

}  // namespace
}  // namespace bundel::values
