#include "intake/completeness.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bundel::intake {
namespace {

using values::AgbCode;
using values::Date;

const AgbCode star = AgbCode::of(8'000'101);
const AgbCode moon = AgbCode::of(8'000'102);

rulebook::Completeness rules() {
    rulebook::Completeness rules;
    rules.habit_invoices.value = 4;
    rules.largest_gap.value = 3;
    rules.gap_months.value = 2;
    rules.history_months.value = 3;
    rules.low_percent.value = 50;
    rules.least_lines.value = 10;
    rules.patience_days.value = 13;
    rules.month_closed_days.value = 14;
    return rules;
}

// "F2-3 08000101; low 2024-03 4 of 10 08000101"
std::string told(const std::vector<Suspicion>& found) {
    std::string text;
    for (const Suspicion& one : found) {
        text += text.empty() ? "" : "; ";
        if (one.kind == Suspicion::Kind::numbers)
            text += one.first + (one.missing > 1 ? "-" + one.last : "");
        else
            text += "low " + one.month.first.iso().substr(0, 7) + " " + std::to_string(one.lines) + " of " +
                    std::to_string(one.usual);
        text += one.declarant == star ? "" : " " + one.declarant.digits();
    }
    return text;
}

std::vector<Delivery> invoices(const std::vector<const char*>& numbers) {
    std::vector<Delivery> known;
    for (const char* number : numbers) known.push_back({star, number, Date::of(2024, 5, 1), 1});
    return known;
}

TEST(Completeness, GapsInNumbers) {
    struct Row {
        const char* why;
        std::vector<const char*> invoices;
        std::string found;
    };
    const Row rows[] = {
        {"nothing known", {}, ""},
        {"one", {"F1"}, ""},
        {"no gap", {"F1", "F2", "F3", "F4", "F5"}, ""},
        {"a gap, and a habit", {"F1", "F2", "F3", "F5", "F6", "F7"}, "F4"},
        {"a step of one short of a habit", {"F1", "F2", "F3", "F5", "F6"}, ""},
        {"the largest gap", {"F1", "F2", "F3", "F7", "F8", "F9"}, "F4-F6"},
        {"one more is another series", {"F1", "F2", "F3", "F8", "F9", "F10"}, ""},
        {"as often otherwise", {"F1", "F2", "F3", "F4", "F5", "F7", "F9", "F11", "F13"}, ""},
        {"more often by one", {"F1", "F2", "F3", "F4", "F5", "F7", "F9", "F11"}, "F10; F6; F8"},
        {"the same again is no step", {"F1", "F1", "F2", "F2", "F3", "F5", "F5"}, ""},
        {"nines become tens", {"F8", "F9", "F10", "F11", "F12", "F14"}, "F13"},
        {"as it would be written", {"F08", "F09", "F10", "F11", "F12", "F14", "F98"}, "F13"},
        {"digits only", {"001", "002", "003", "004", "005", "007"}, "006"},
        {"each text its own series", {"A1", "A2", "A3", "A4", "A5", "B1", "B3", "A7"}, "A6"},
        {"a year is another text", {"24-1", "24-2", "24-3", "24-4", "24-5", "25-1"}, ""},
        {"no number at the end", {"1F", "2F", "4F", "5F", "6F", "7F", "8F"}, ""},
        {"no invoice at all", {"", "", "", ""}, ""},
        {"no number that fits", {"99999999999999999998", "99999999999999999999"}, ""},
    };
    for (const Row& row : rows)
        EXPECT_EQ(told(suspicions(invoices(row.invoices), rules(), Date::of(2024, 5, 20))), row.found)
            << row.why;
}

TEST(Completeness, NumbersAreOfOneDeclarantAndNotOld) {
    auto known = invoices({"F1", "F2", "F3", "F4", "F5", "F7"});
    known.push_back({moon, "F6", Date::of(2024, 5, 1), 1});
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 20))), "F6") << "of another";
    known.push_back({star, "F6", Date::of(2023, 1, 31), 1});
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 20))), "") << "however old, it is there";
    known.pop_back();
    known[5].dated = Date::of(2024, 3, 20);
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 20))), "F6") << "the first day looked at";
    known[5].dated = Date::of(2024, 3, 19);
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 20))), "") << "the day before";
}

TEST(Completeness, AHabitIsOfAllThatWasEverDelivered) {
    auto known = invoices({"F1", "F2", "F3", "F4", "F5", "F7"});
    for (std::size_t i = 0; i < 5; ++i) known[i].dated = Date::of(2023, 1, 1);
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 20))), "F6");
}

TEST(Completeness, ANumberIsLateBeforeItIsMissing) {
    const auto known = invoices({"F1", "F2", "F3", "F4", "F5", "F7"});  // of 1 May
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 13))), "");
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 14))), "F6");
}

// Lines dated in January, February, ...
std::vector<Delivery> months(const std::vector<std::int64_t>& lines) {
    std::vector<Delivery> known;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Date day = Date::of(2024, 1, 31).plus_months(static_cast<int>(i));
        if (lines[i] > 0) known.push_back({star, "", day, lines[i]});
    }
    return known;
}

TEST(Completeness, LowMonths) {
    struct Row {
        const char* why;
        std::vector<std::int64_t> lines;  // from January
        Date as_of;
        std::string found;
    };
    const Date may_14 = Date::of(2024, 5, 14);
    const Row rows[] = {
        {"nothing known", {}, may_14, ""},
        {"April is not whole yet", {20, 20, 20, 1}, may_14, ""},
        {"April is whole", {20, 20, 20, 1}, Date::of(2024, 5, 15), "low 2024-04 1 of 20"},
        {"half is enough", {20, 20, 10}, may_14, ""},
        {"less than half", {20, 20, 9}, may_14, "low 2024-03 9 of 20"},
        {"nothing at all", {20, 0, 20}, may_14, "low 2024-02 0 of 20"},
        {"the first of them", {9, 20, 20}, may_14, "low 2024-01 9 of 20"},
        {"the median says something", {10, 10, 4}, may_14, "low 2024-03 4 of 10"},
        {"a smaller one does not", {9, 9, 1}, may_14, ""},
        {"high is not low", {20, 20, 90}, may_14, ""},
        {"it began later", {0, 20, 1, 20}, may_14, ""},
        {"only the months looked at", {1, 20, 20, 20}, Date::of(2024, 5, 15), ""},
    };
    for (const Row& row : rows)
        EXPECT_EQ(told(suspicions(months(row.lines), rules(), row.as_of)), row.found) << row.why;
}

TEST(Completeness, ATableBeginsAtOne) {
    const auto found = [](const std::vector<const char*>& numbers) {
        return told(suspicions(invoices(numbers), rules(), Date::of(2024, 5, 20)));
    };
    EXPECT_EQ(found({"uitkomsten 1", "uitkomsten 2", "uitkomsten 3"}), "");
    EXPECT_EQ(found({"uitkomsten 02", "uitkomsten 04"}), "uitkomsten 01; uitkomsten 03") << "no habit needed";
    EXPECT_EQ(found({"F 02", "F 03", "F 04", "F 05", "F 06"}), "") << "an invoice may begin anywhere";
}

TEST(Completeness, WhatBroughtNoClaimLineSaysNothingOfAMonth) {
    auto known = months({0, 20, 1, 20});
    known.push_back({star, "uitkomsten 1", Date::of(2024, 1, 5), 0});
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 14))), "");
    known.back().lines = 20;
    EXPECT_EQ(told(suspicions(known, rules(), Date::of(2024, 5, 14))), "low 2024-03 1 of 20");
}

TEST(Completeness, TheLowerOfTwoInTheMiddleIsTheMedian) {
    auto even = rules();
    even.history_months.value = 4;
    EXPECT_EQ(told(suspicions(months({5, 12, 30, 30}), even, Date::of(2024, 5, 15))), "low 2024-01 5 of 12");
    even.history_months.value = 0;
    EXPECT_EQ(told(suspicions(months({5, 12, 30, 30}), even, Date::of(2024, 5, 15))), "") << "no history";
}

TEST(Completeness, AnyOrderGivesTheSame) {
    std::vector<Delivery> known = invoices({"F1", "F2", "F3", "F4", "F5", "F7", "F9", "G1"});
    for (const Delivery& one : months({20, 20, 1})) known.push_back(one);
    for (Delivery one : months({20, 9, 20})) {
        one.declarant = moon;
        known.push_back(one);
    }
    const auto found = suspicions(known, rules(), Date::of(2024, 5, 14));
    EXPECT_EQ(told(found), "F6; F8; low 2024-03 1 of 20; low 2024-02 9 of 20 08000102");
    std::mt19937 chance(1);
    for (int i = 0; i < 200; ++i) {
        std::shuffle(known.begin(), known.end(), chance);
        ASSERT_EQ(suspicions(known, rules(), Date::of(2024, 5, 14)), found);
    }
}

}  // namespace
}  // namespace bundel::intake
