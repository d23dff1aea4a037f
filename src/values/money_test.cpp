#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "base/int128.h"
#include "support/property.h"
#include "values/cents.h"
#include "values/ratio.h"

namespace bundel::values {
namespace {

using base::Int128;
using testing::expect_law;

constexpr Rounding all_roundings[] = {Rounding::down, Rounding::up, Rounding::half_up, Rounding::half_even};

// Edges are likely: the ends of the range, their neighbours, zero, and everything between at any size.
rc::Gen<std::int64_t> any_number() {
    return rc::gen::weightedOneOf<std::int64_t>({
        {1, rc::gen::element<std::int64_t>(INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX)},
        {3, rc::gen::inRange<std::int64_t>(-20, 20)},
        {3, rc::gen::inRange<std::int64_t>(-1'000'000'00, 1'000'000'00)},
        {2, rc::gen::resize(100, rc::gen::arbitrary<std::int64_t>())},
    });
}

rc::Gen<std::int64_t> any_above(std::int64_t least) {
    return rc::gen::suchThat(any_number(), [=](std::int64_t n) { return n >= least; });
}

rc::Gen<Ratio> any_ratio() {
    return rc::gen::map(rc::gen::pair(any_above(-INT64_MAX), any_above(1)),
                        [](const auto& pair) { return Ratio::of(pair.first, pair.second); });
}

std::string code_of(const auto& result) {
    return result.ok() ? "" : result.error().code;
}

TEST(CentsParse, Euros) {
    struct Row {
        const char* text;
        std::int64_t cents;
        const char* error;
    };
    const Row rows[] = {
        {"1310,75", 131075, ""},
        {"-0,05", -5, ""},
        {"12", 1200, ""},
        {"0", 0, ""},
        {"-0,00", 0, ""},
        {"007,00", 700, ""},
        {"92233720368547758,07", INT64_MAX, ""},
        {"-92233720368547758,07", -INT64_MAX, ""},
        {"92233720368547758,08", 0, "cents_overflow"},
        {"-92233720368547758,08", 0, "cents_overflow"},
        {"99999999999999999999", 0, "cents_overflow"},
        {"", 0, "cents_syntax"},
        {"-", 0, "cents_syntax"},
        {"--1", 0, "cents_syntax"},
        {"+1", 0, "cents_syntax"},
        {"1,5", 0, "cents_syntax"},
        {"1,505", 0, "cents_syntax"},
        {"1,", 0, "cents_syntax"},
        {",50", 0, "cents_syntax"},
        {"1.50", 0, "cents_syntax"},
        {"1.310,75", 0, "cents_syntax"},
        {"1,-5", 0, "cents_syntax"},
        {"1,2,3", 0, "cents_syntax"},
        {" 1", 0, "cents_syntax"},
        {"1e3", 0, "cents_syntax"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto got = Cents::parse_euros(row.text);
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(got->count(), row.cents);
        }
    }
}

TEST(CentsParse, Field) {
    EXPECT_EQ(Cents::parse_field("00131075")->count(), 131075);
    EXPECT_EQ(Cents::parse_field("00000000")->count(), 0);
    EXPECT_EQ(Cents::parse_field("9223372036854775807")->count(), INT64_MAX);
    EXPECT_EQ(Cents::parse_field("9223372036854775808").error().code, "cents_overflow");
    for (const char* text : {"", "-1", "1,00", "1 ", "12A"})
        EXPECT_EQ(Cents::parse_field(text).error().code, "cents_syntax") << text;
}

TEST(CentsWrite, DutchNotation) {
    struct Row {
        std::int64_t cents;
        const char* text;
    };
    const Row rows[] = {
        {0, "0,00"},
        {5, "0,05"},
        {-5, "-0,05"},
        {99'99, "99,99"},
        {999'99, "999,99"},
        {1'000'00, "1.000,00"},
        {-1'310'75, "-1.310,75"},
        {1'234'567'89, "1.234.567,89"},
        {INT64_MAX, "92.233.720.368.547.758,07"},
        {INT64_MIN, "-92.233.720.368.547.758,08"},
    };
    for (const Row& row : rows) EXPECT_EQ(Cents::of(row.cents).euros(), row.text);
}

TEST(CentsWrite, ReadBackIsTheAmount) {
    expect_law("parse_euros(euros without dots) is the amount", [] {
        const Cents amount = Cents::of(*any_above(-INT64_MAX));
        std::string text = amount.euros();
        std::erase(text, '.');
        RC_ASSERT(text == amount.plain_euros());
        RC_ASSERT(*Cents::parse_euros(text) == amount);
    });
}

TEST(CentsArithmetic, OverflowIsAnErrorOrOurBugByName) {
    const Cents most = Cents::of(INT64_MAX);
    const Cents least = Cents::of(INT64_MIN);
    const Cents one = Cents::of(1);
    EXPECT_DEATH(static_cast<void>(most + one), "overflow");
    EXPECT_DEATH(static_cast<void>(least - one), "overflow");
    EXPECT_DEATH(static_cast<void>(-least), "overflow");
    EXPECT_EQ(-most, Cents::of(-INT64_MAX));
    EXPECT_EQ(add(most, one).error().code, "cents_overflow");
    EXPECT_EQ(add(least, -one).error().code, "cents_overflow");
    EXPECT_EQ(*add(most, -one), Cents::of(INT64_MAX - 1));
    EXPECT_EQ(sum(std::vector{most, one}).error().code, "cents_overflow");
    EXPECT_EQ(sum(std::vector{least, -one}).error().code, "cents_overflow");
    EXPECT_EQ(*sum(std::vector{most, one, -one}), most) << "only the total has to fit";
    EXPECT_EQ(*sum({}), Cents());
    Cents running = one;
    running += Cents::of(4);
    running -= Cents::of(7);
    EXPECT_EQ(running.count(), -2);
    EXPECT_TRUE(running.is_negative());
    EXPECT_FALSE(running.is_zero());
}

TEST(Scale, Table) {
    struct Row {
        std::int64_t amount;
        Ratio ratio;
        std::int64_t down, up, half_up, half_even;
    };
    const Row rows[] = {
        {100, Ratio::of(1, 3), 33, 34, 33, 33},
        {200, Ratio::of(1, 3), 66, 67, 67, 67},
        {5, Ratio::of(1, 2), 2, 3, 3, 2},
        {7, Ratio::of(1, 2), 3, 4, 4, 4},
        {-5, Ratio::of(1, 2), -2, -3, -3, -2},
        {-7, Ratio::of(1, 2), -3, -4, -4, -4},
        {5, Ratio::of(-1, 2), -2, -3, -3, -2},
        {1, Ratio::of(49, 100), 0, 1, 0, 0},
        {1, Ratio::of(51, 100), 0, 1, 1, 1},
        {9999, Ratio::of(3, 4), 7499, 7500, 7499, 7499},
        {1000, Ratio::of(0, 1), 0, 0, 0, 0},
        {1000, Ratio::of(1, 1), 1000, 1000, 1000, 1000},
        {0, Ratio::of(7, 3), 0, 0, 0, 0},
        {600, Ratio::of(21, 100), 126, 126, 126, 126},
        {INT64_MAX, Ratio::of(1, 1), INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(::testing::Message() << row.amount << " * " << row.ratio.str());
        const std::int64_t wanted[] = {row.down, row.up, row.half_up, row.half_even};
        for (std::size_t i = 0; i < 4; ++i)
            EXPECT_EQ(scale(Cents::of(row.amount), row.ratio, all_roundings[i])->count(), wanted[i]) << i;
    }
    const Ratio half_and_a_bit = Ratio::of(INT64_MAX / 2 + 2, INT64_MAX);
    EXPECT_EQ(scale(Cents::of(1), half_and_a_bit, Rounding::half_even)->count(), 1);
    EXPECT_EQ(scale(Cents::of(INT64_MAX), Ratio::of(2, 1), Rounding::down).error().code, "cents_overflow");
    EXPECT_EQ(scale(Cents::of(INT64_MIN), Ratio::of(1, 1), Rounding::down).error().code, "cents_overflow");
}

TEST(Scale, IsTheNearestAllowedNeighbourOfTheExactProduct) {
    expect_law("scale against exact 128-bit arithmetic", [] {
        const std::int64_t amount = *any_above(-INT64_MAX);
        const Ratio ratio = *any_ratio();
        const Rounding rounding = *rc::gen::elementOf(std::vector(all_roundings, all_roundings + 4));
        const auto got = scale(Cents::of(amount), ratio, rounding);
        const auto mirrored = scale(Cents::of(-amount), ratio, rounding);
        RC_ASSERT(got.ok() == mirrored.ok());
        const Int128 product = static_cast<Int128>(amount) * ratio.numerator();
        if (!got) {
            const Int128 magnitude = product < 0 ? -product : product;
            RC_ASSERT(magnitude / ratio.denominator() >= INT64_MAX);
            return;
        }
        RC_ASSERT(*mirrored == -*got);
        const Int128 error = static_cast<Int128>(got->count()) * ratio.denominator() - product;
        const Int128 distance = error < 0 ? -error : error;
        RC_ASSERT(distance < ratio.denominator());
        const bool away = product < 0 ? error < 0 : error > 0;
        if (rounding == Rounding::down) RC_ASSERT(!away);
        if (rounding == Rounding::up) RC_ASSERT(distance == 0 || away);
        if (rounding == Rounding::half_up) {
            RC_ASSERT(2 * distance <= ratio.denominator());
            RC_ASSERT(2 * distance != ratio.denominator() || away);
        }
        if (rounding == Rounding::half_even) {
            RC_ASSERT(2 * distance <= ratio.denominator());
            RC_ASSERT(2 * distance != ratio.denominator() || got->count() % 2 == 0);
        }
    });
}

std::vector<std::int64_t> counts(const std::vector<Cents>& parts) {
    std::vector<std::int64_t> result;
    for (const Cents part : parts) result.push_back(part.count());
    return result;
}

using Numbers = std::vector<std::int64_t>;

TEST(Split, Table) {
    struct Row {
        const char* why;
        std::int64_t total;
        Numbers weights;
        Numbers parts;
        const char* error;
    };
    const Row rows[] = {
        {"74.9925 and 24.9975: the missing cent goes to the larger rest", 9999, {75, 25}, {7499, 2500}, ""},
        {"rests 99, 104, 99, 99 of 401", 5, {100, 101, 100, 100}, {1, 2, 1, 1}, ""},
        {"exact", 1000, {3, 2}, {600, 400}, ""},
        {"a tie goes to the earlier weight", 1, {1, 1}, {1, 0}, ""},
        {"two cents, three equal weights", 2, {5, 5, 5}, {1, 1, 0}, ""},
        {"the mirror image", -5, {100, 101, 100, 100}, {-1, -2, -1, -1}, ""},
        {"zero weight gets nothing, also of the rest", 1, {0, 1, 1}, {0, 1, 0}, ""},
        {"one weight gets all", -7, {3}, {-7}, ""},
        {"nothing to divide", 0, {1, 2}, {0, 0}, ""},
        {"nothing to divide over nothing", 0, {0, 0}, {0, 0}, ""},
        {"weights whose sum does not fit in 64 bits", INT64_MAX, {INT64_MAX, INT64_MAX}, {}, "halves"},
        {"no weights", 5, {}, {}, "split_no_weights"},
        {"no weights beats a zero total", 0, {}, {}, "split_no_weights"},
        {"negative weight", 5, {1, -1}, {}, "split_negative_weight"},
        {"negative beats zero sum", 5, {0, -1}, {}, "split_negative_weight"},
        {"all zero", 5, {0, 0}, {}, "split_zero_weights"},
        {"cannot be mirrored", INT64_MIN, {1}, {}, "cents_overflow"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.why);
        const auto got = split(Cents::of(row.total), row.weights);
        if (std::string_view(row.error) == "halves") {
            EXPECT_EQ(counts(*got), (Numbers{INT64_MAX / 2 + 1, INT64_MAX / 2}));
            continue;
        }
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(counts(*got), row.parts);
        }
    }
}

TEST(Split, PartsAddUpReversalCancelsAndEachIsItsEntitlementRoundedDownOrUp) {
    expect_law("split", [] {
        const std::int64_t total = *any_above(-INT64_MAX);
        const Numbers weights = *rc::gen::nonEmpty(rc::gen::container<Numbers>(any_above(0))).as("weights");
        Int128 weight_sum = 0;
        for (const std::int64_t weight : weights) weight_sum += weight;
        RC_PRE(weight_sum > 0);

        const auto parts = split(Cents::of(total), weights);
        const auto reversed = split(Cents::of(-total), weights);
        RC_ASSERT(*sum(*parts) == Cents::of(total));
        for (std::size_t i = 0; i < weights.size(); ++i) {
            RC_ASSERT((*parts)[i] == -(*reversed)[i]);
            const std::int64_t part = (*parts)[i].count();
            // Whole cents by division: the products do not fit in 128 bits when multiplied back.
            const Int128 entitled = static_cast<Int128>(total) * weights[i];
            const Int128 towards_zero = entitled / weight_sum;
            const Int128 step = entitled % weight_sum == 0 ? 0 : (total < 0 ? -1 : 1);
            RC_ASSERT(part == towards_zero || part == towards_zero + step);
            for (std::size_t j = 0; j < weights.size(); ++j) {
                if (weights[i] > weights[j])
                    RC_ASSERT(((*parts)[i] >= (*parts)[j] || total < 0) &&
                              ((*parts)[i] <= (*parts)[j] || total >= 0));
            }
        }
    });
}

TEST(RatioParse, Table) {
    struct Row {
        const char* text;
        const char* value;
        const char* error;
    };
    const Row rows[] = {
        {"3/4", "3/4", ""},
        {"6/8", "3/4", ""},
        {"-6/8", "-3/4", ""},
        {"0/5", "0/1", ""},
        {"-0/5", "0/1", ""},
        {"0.25", "1/4", ""},
        {"-0.5", "-1/2", ""},
        {"1", "1/1", ""},
        {"12.5%", "1/8", ""},
        {"100%", "1/1", ""},
        {"-50%", "-1/2", ""},
        {"0.000000000000001", "1/1000000000000000", ""},
        {"9223372036854775807/1", "9223372036854775807/1", ""},
        {"1/9223372036854775807", "1/9223372036854775807", ""},
        {"9223372036854775808/1", "", "ratio_overflow"},
        {"1/9223372036854775808", "", "ratio_overflow"},
        {"99999999999999999999", "", "ratio_overflow"},
        {"9999999999.9999999999", "", "ratio_overflow"},
        {"1/0", "", "ratio_syntax"},
        {"1/-2", "", "ratio_syntax"},
        {"1/", "", "ratio_syntax"},
        {"/2", "", "ratio_syntax"},
        {"-/2", "", "ratio_syntax"},
        {"1/2/3", "", "ratio_syntax"},
        {"1/2%", "", "ratio_syntax"},
        {"", "", "ratio_syntax"},
        {"-", "", "ratio_syntax"},
        {"%", "", "ratio_syntax"},
        {".5", "", "ratio_syntax"},
        {"5.", "", "ratio_syntax"},
        {"0,25", "", "ratio_syntax"},
        {"1 %", "", "ratio_syntax"},
        {"+1", "", "ratio_syntax"},
        {"1.5.5", "", "ratio_syntax"},
        {"0.0000000000000001", "", "ratio_syntax"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto got = Ratio::parse(row.text);
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(got->str(), row.value);
        }
    }
}

TEST(Ratio, ContractOfLiterals) {
    EXPECT_EQ(Ratio::of(2, -4), Ratio::of(-1, 2));
    EXPECT_EQ(Ratio(), Ratio::of(0, 9));
    EXPECT_DEATH(static_cast<void>(Ratio::of(1, 0)), "denominator != 0");
    EXPECT_DEATH(static_cast<void>(Ratio::of(INT64_MIN, 1)), "INT64_MIN");
    EXPECT_DEATH(static_cast<void>(Ratio::of(1, INT64_MIN)), "INT64_MIN");
}

TEST(Ratio, OverflowIsByName) {
    const Ratio large = Ratio::of(INT64_MAX, 1);
    const Ratio tiny = Ratio::of(1, INT64_MAX);
    EXPECT_EQ(add(large, Ratio::of(1, 1)).error().code, "ratio_overflow");
    EXPECT_EQ(subtract(Ratio::of(-INT64_MAX, 1), Ratio::of(1, 1)).error().code, "ratio_overflow");
    EXPECT_EQ(multiply(tiny, Ratio::of(1, 2)).error().code, "ratio_overflow");
    EXPECT_EQ(add(tiny, Ratio::of(1, INT64_MAX - 1)).error().code, "ratio_overflow");
    EXPECT_EQ(*multiply(large, tiny), Ratio::of(1, 1));
    EXPECT_EQ(*subtract(large, large), Ratio());
}

TEST(Ratio, TextRoundTripOrderAndArithmetic) {
    expect_law("parse(str) and order", [] {
        const Ratio a = *any_ratio();
        const Ratio b = *any_ratio();
        RC_ASSERT(*Ratio::parse(a.str()) == a);
        RC_ASSERT((a < b) == (b > a));
        RC_ASSERT((a == b) == ((a <=> b) == 0));
        RC_ASSERT(a.denominator() > 0);
        if (const auto total = add(a, b)) {
            RC_ASSERT(*add(b, a) == *total);
            if (const auto back = subtract(*total, b)) RC_ASSERT(*back == a);
            RC_ASSERT((*total > a) == (b > Ratio()));
        }
        if (const auto product = multiply(a, b)) RC_ASSERT(*multiply(b, a) == *product);
    });
}

}  // namespace
}  // namespace bundel::values
