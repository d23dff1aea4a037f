// FEEL, text in and text out: each row breaks one rule; then the tables of three-valued logic, and
// parse-print.
#include <gtest/gtest.h>

#include "decision/testing.h"
#include "support/property.h"

namespace bundel::decision {
namespace {

using testing::feel;

struct Row {
    const char* text;
    const char* result;
};

void expect_rows(std::span<const Row> rows) {
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(feel(row.text), row.result);
    }
}

TEST(Feel, Arithmetic) {
    const Row rows[] = {
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"2 ** 3 ** 2", "64"},  // from the left
        {"-2 ** 2", "4"},       // the sign binds first
        {"10 / 4", "2.5"},
        {"1 / 0", "null"},
        {"0.1 + 0.2 = 0.3", "true"},
        {"1 + null", "null"},
        {"1 + \"a\"", "null"},
        {"\"a\" + \"b\"", "\"ab\""},
        {"\"a\" - \"b\"", "null"},
        {"1e6144 * 10", "null"},
        {"1e6145", "feel_number_size"},
        {"1 +", "feel_syntax"},
        {"1 2", "feel_syntax"},
        {"", "feel_syntax"},
        {"// only a comment", "feel_syntax"},
        {"1 /* one */ + /* two */ 2 // three", "3"},
    };
    expect_rows(rows);
}

TEST(Feel, DaysTimesAndDurations) {
    const Row rows[] = {
        {"date(\"2024-02-29\") + duration(\"P1Y\")", "date(\"2025-02-28\")"},
        {"date(\"2024-01-31\") + duration(\"P1M\")", "date(\"2024-02-29\")"},
        {"date(\"2023-02-29\")", "null"},
        {"date(\"2024-02-29\").weekday", "4"},
        {"date(\"2024-12-30\") - date(\"2024-02-29\")", "duration(\"P305D\")"},
        {"date(2024, 2, 30)", "null"},
        {"@\"2024-02-29\" < @\"2024-03-01\"", "true"},
        {"@\"2024-02-30\"", "feel_at_literal"},
        {"date and time(\"2024-02-29T23:00:00\") + duration(\"PT2H\")",
         "date and time(\"2024-03-01T01:00:00\")"},
        {"time(\"23:30:00\") + duration(\"PT1H\")", "time(\"00:30:00\")"},
        {"time(\"10:00:00+01:00\") = time(\"09:00:00Z\")", "true"},
        {"time(\"10:00:00\") = time(\"10:00:00Z\")", "false"},
        {"time(\"10:00:00@Europe/Paris\") = time(\"10:00:00+01:00\")", "null"},  // the offset is not known
        {"duration(\"P1D\") = duration(\"PT24H\")", "true"},
        {"duration(\"P1Y\") = duration(\"P12M\")", "true"},
        {"duration(\"P1Y\") = duration(\"P365D\")", "null"},
        {"duration(\"P1M1D\")", "null"},
        {"-(duration(\"P1M\") * -9223372036854775808)", "null"},  // the smallest integer has no opposite
        {"duration(\"-P1DT1H\").hours", "-1"},
        {"2 * duration(\"PT90M\")", "duration(\"PT3H\")"},
        {"duration(\"P1D\") / duration(\"PT6H\")", "4"},
        {"years and months duration(date(\"2011-12-22\"), date(\"2013-08-24\"))", "duration(\"P1Y8M\")"},
        {"years and months duration(date(\"2024-03-31\"), date(\"2024-02-29\"))", "duration(\"-P1M\")"},
        {"week of year(date(\"2021-01-03\"))", "53"},
        {"week of year(date(\"2021-01-04\"))", "1"},
        {"day of year(date(\"2024-12-31\"))", "366"},
    };
    expect_rows(rows);
}

TEST(Feel, ListsContextsAndNames) {
    const Row rows[] = {
        {"[1,2,3][2]", "2"},
        {"[1,2,3][-1]", "3"},
        {"[1,2,3][4]", "null"},
        {"[1,2,3][0]", "null"},
        {"[1,2,3][item > 1]", "[2, 3]"},
        {"[{a b: 1}, {a b: 2}][a b = 2].a b", "[2]"},
        {"[{x: 1}, {x: 2}].x", "[1, 2]"},
        {"{a: 1, b: a + 1}.b", "2"},
        {"{a: 1, a: 2}", "feel_name_twice"},
        {"for i in 1..3 return i * i", "[1, 4, 9]"},
        {"for i in 3..1 return i", "[3, 2, 1]"},
        {"for i in [1,2], j in [10,20] return i + j", "[11, 21, 12, 22]"},
        {"for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3, 5]"},
        {"some i in [1,2] satisfies i > 1", "true"},
        {"every i in [1,2] satisfies i > 1", "false"},
        {"every i in [] satisfies false", "true"},
        {"5 in [1..5]", "true"},
        {"5 in [1..5)", "false"},
        {"5 in (5..6)", "false"},
        {"5 in (< 6)", "true"},
        {"5 in (1, 5)", "true"},
        {"5 in < 5", "false"},
        {"5 in [1..3] or 5 = 5", "true"},
        {"null in [1..3]", "null"},
        {"5 between 1 and 5 and true", "true"},
        {"1 instance of number", "true"},
        {"[1] instance of list<number>", "true"},
        {"[1, \"a\"] instance of list<number>", "false"},
        {"null instance of number", "false"},
        {"{a: 1} instance of context<a: number>", "true"},
        {"1 instance of nothing", "feel_unknown_type"},
        {"(function(x, y) x + y)(1, 2)", "3"},
        {"(function(x, y) x + y)(y: 1, x: 2)", "3"},
        {"(function(x) x)(1, 2)", "null"},
        {"{f: function(n) if n = 0 then 1 else 2, r: f(0)}.r", "1"},
        {"nothing + 1", "feel_unknown_name"},
        {"abs(1, 2)", "feel_arguments"},
        {"abs(m: 1)", "feel_arguments"},
        {"substring(string: \"abc\", start position: 2)", "\"bc\""},
        {"function(x) external {java: {}}", "feel_external_function"},
        {"today()", "feel_unknown_name"},  // the day is an input
        {"if \"a\" then 1 else 2", "null"},
        {"if null then 1 else 2", "2"},
    };
    expect_rows(rows);
}

TEST(Feel, Functions) {
    const Row rows[] = {
        {"sum([])", "null"},
        {"sum(1, 2, 3)", "6"},
        {"mean([1, 2])", "1.5"},
        {"median([3, 1, 2])", "2"},
        {"mode([1, 2, 2, 1, 3])", "[1, 2]"},
        {"stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"},
        {"min([\"b\", \"a\"])", "\"a\""},
        {"max([1, \"a\"])", "null"},
        {"count([1, null])", "2"},
        {"append([1], 2, 3)", "[1, 2, 3]"},
        {"distinct values([1, 2, 1])", "[1, 2]"},
        {"flatten([[1], [[2]]])", "[1, 2]"},
        {"sort([3, 1, 2], function(a, b) a > b)", "[3, 2, 1]"},
        {"sublist([1, 2, 3], 2, 1)", "[2]"},
        {"sublist([1, 2, 3], 4)", "null"},
        {"insert before([1, 3], 2, 2)", "[1, 2, 3]"},
        {"list replace([1, 2], function(item, new) item = 2, 9)", "[1, 9]"},
        {"decimal(1/3, 2)", "0.33"},
        {"decimal(2.5, 0)", "2"},
        {"round half up(2.5, 0)", "3"},
        {"modulo(-12, 5)", "3"},
        {"number(\"1.000,5\", \".\", \",\")", "1000.5"},
        {"number(\"1,5\", \",\", \",\")", "null"},
        {"string(1.10)", "\"1.1\""},
        {"string([\"a\", 1])", "\"[\\\"a\\\", 1]\""},
        {"upper case(\"abcé\")", "\"ABCÉ\""},
        {"string length(\"\\U01F600a\")", "2"},
        {"substring(\"foobar\", -2)", "\"ar\""},
        {"replace(\"abc\", \"(b)\", \"[$1]\")", "\"a[b]c\""},
        {"matches(\"abc\", \"^a.c$\")", "true"},
        {"matches(\"abc\", \"[a-z-[aeiou]]\")", "decision_pattern"},
        {"matches(\"abc\", \"(\")", "null"},
        {"split(\"a;b;;c\", \";\")", "[\"a\", \"b\", \"\", \"c\"]"},
        {"get value({a: 1}, \"a\")", "1"},
        {"context put({a: {b: 1}}, [\"a\", \"b\"], 2)", "{\"a\": {\"b\": 2}}"},
        {"context merge([{a: 1}, {a: 2, b: 3}])", "{\"a\": 2, \"b\": 3}"},
        {"before([1..5], 6)", "true"},
        {"overlaps([1..5], [5..8])", "true"},
        {"overlaps([1..5), [5..8])", "false"},
        {"is(1, 1.0)", "true"},
    };
    expect_rows(rows);
}

// What passes a limit is refused by name, and nothing overflows.
TEST(Feel, Limits) {
    const auto nested = [](const std::string& open, const std::string& inside, const std::string& close,
                           int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += open;
        text += inside;
        for (int i = 0; i < times; ++i) text += close;
        return text;
    };
    EXPECT_EQ(feel(nested("(", "1", ")", 50)), "1");
    EXPECT_EQ(feel(nested("(", "1", ")", 30'000)), "feel_too_deep");
    EXPECT_EQ(feel(nested("[", "1", "]", 30'000)), "feel_too_deep");
    EXPECT_EQ(feel(nested("{a:", "1", "}", 10'000)), "feel_too_deep");
    EXPECT_EQ(feel(nested("-", "1", "", 30'000)), "feel_too_deep");
    EXPECT_EQ(feel(nested("if true then ", "1", " else 0", 2'000)), "feel_too_deep");
    EXPECT_EQ(feel(nested("function() ", "1", "", 5'000)), "feel_too_deep");
    EXPECT_EQ(feel("1" + nested("+1", "", "", 30'000)), "feel_too_deep");
    EXPECT_EQ(feel("[1]" + nested("[1]", "", "", 10'000)), "feel_too_deep");
    EXPECT_EQ(feel("1 in " + nested("(", "1", ")", 10'000)), "feel_too_deep");
    EXPECT_EQ(feel("1 instance of " + nested("list<", "number", ">", 10'000)), "feel_too_deep");
    EXPECT_EQ(feel(std::string(70'000, '1')), "feel_too_long");
    EXPECT_EQ(feel("for i in 1..10000000 return i"), "decision_limit_size");
    EXPECT_EQ(feel("for i in 1..1e300 return i"), "null");
    EXPECT_EQ(feel("for i in 1..100000, j in 1..100000 return i"), "decision_limit_size");
    EXPECT_EQ(feel("count(for i in 1..10000 return for j in 1..10000 return i)"), "decision_limit_steps");
    EXPECT_EQ(feel("for i in 1..10000 return if i = 1 then [1] else [partial[-1]]"), "decision_limit_depth");
    EXPECT_EQ(
        feel("(for i in 1..40 return if i = 1 then \"aaaaaaaaaaaaaaaa\" else partial[-1] + partial[-1])[-1]"),
        "decision_limit_size");
    EXPECT_EQ(feel("{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r"), "decision_limit_depth");
    EXPECT_EQ(feel("matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\", \"(a+)+[bd]\")"), "decision_limit_steps");
}

// FEEL and Kleene: "and" is the weaker of the two, "or" the stronger, with null between false and true.
TEST(Feel, ThreeValuedLogic) {
    const char* truths[] = {"false", "null", "true"};
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b) {
            const std::string left = truths[a];
            const std::string right = truths[b];
            EXPECT_EQ(feel(left + " and " + right), truths[std::min(a, b)]);
            EXPECT_EQ(feel(left + " or " + right), truths[std::max(a, b)]);
            EXPECT_EQ(feel("not(" + left + " and " + right + ")"),
                      feel("not(" + left + ") or not(" + right + ")"));
            EXPECT_EQ(feel("all([" + left + ", " + right + "])"), truths[std::min(a, b)]);
            EXPECT_EQ(feel("any([" + left + ", " + right + "])"), truths[std::max(a, b)]);
        }
    }
}

Value any_value(int depth) {
    switch (*rc::gen::inRange(0, depth > 0 ? 10 : 7)) {
        case 0: return {};
        case 1: return Value::of(*rc::gen::arbitrary<bool>());
        case 2: return Value::of(*Number::of(*rc::gen::arbitrary<std::int64_t>()).over(Number::of(1000)));
        case 3:
            return Value::of(*rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab\"\\\n é"))));
        case 4: return Value::of(Date{*rc::gen::inRange<std::int64_t>(-800'000, 3'000'000)});
        case 5: return Value::of(DayTimeDuration{*rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000), 0});
        case 6: return Value::of(YearMonthDuration{*rc::gen::inRange<std::int64_t>(-1'000, 1'000)});
        case 7: return Value::of(List{any_value(depth - 1), any_value(depth - 1)});
        case 8: return Value::of(Context{{"a b", any_value(depth - 1)}, {"c", any_value(depth - 1)}});
        default: {
            const auto low = *rc::gen::inRange(-100, 100);
            return Value::of(Range{Value::of(low), Value::of(low + 5), *rc::gen::arbitrary<bool>(), true});
        }
    }
}

TEST(Feel, TheTextOfAValueIsThatValue) {
    bundel::testing::expect_law("parse what was printed", [] {
        const Value value = any_value(3);
        const Value again = testing::value(value.format());
        RC_ASSERT(same(value, again));
    });
}

}  // namespace
}  // namespace bundel::decision
