#include "insight/decomposition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "insight/chance.h"
#include "support/property.h"

namespace bundel::insight {
namespace {

using Factors = std::array<Exact, factor_count>;
constexpr auto integrated = CareRoute::integrated;
constexpr auto mono = CareRoute::mono;

ValuedRow row(const char* kind, CareRoute route, const char* participant, std::int64_t units,
              std::int64_t cents) {
    return {kind, "nataal", route, participant, units, Cents::of(cents), Exact::of(cents)};
}

Decomposition decomposed(const ValuedBook& a, const ValuedBook& b) {
    const auto result = decompose(a, b);
    BUNDEL_ASSERT(result.ok());
    return *result;
}

Terms terms(std::int64_t price, std::int64_t volume, std::int64_t mix, std::int64_t breaks,
            std::int64_t task_shift, std::int64_t rounding) {
    return {{Cents::of(price), Cents::of(volume), Cents::of(mix), Cents::of(breaks), Cents::of(task_shift)},
            Cents::of(rounding)};
}

// docs/explanation/decomposition.md, first and second example.
TEST(Decomposition, TheExamplesOfTheExplanation) {
    EXPECT_EQ(decomposed({10, {row("laag", integrated, "praktijk", 10, 1000'00)}},
                         {12, {row("laag", integrated, "praktijk", 12, 1320'00)}})
                  .together,
              terms(110'00, 210'00, 0, 0, 0, 0));
    const ValuedBook a{100,
                       {row("laag", integrated, "praktijk", 54, 27'000'00),
                        row("laag", integrated, "ziekenhuis", 36, 28'800'00),
                        row("laag", mono, "ziekenhuis", 10, 7'000'00)}};
    const ValuedBook b{100,
                       {row("laag", integrated, "praktijk", 40, 20'000'00),
                        row("laag", integrated, "ziekenhuis", 40, 32'000'00),
                        row("laag", mono, "ziekenhuis", 20, 14'000'00)}};
    const auto got = decomposed(a, b);
    EXPECT_EQ(got.participants.at("praktijk"), terms(0, 0, 0, -2'750'00, -4'250'00, 0));
    EXPECT_EQ(got.participants.at("ziekenhuis"), terms(0, 0, 0, 3'400'00, 6'800'00, 0));
    EXPECT_EQ(got.together, terms(0, 0, 0, 650'00, 2'550'00, 0));
}

TEST(Decomposition, WhatIsRefused) {
    struct Row {
        const char* name;
        ValuedBook book;
        const char* code;
    };
    const Row rows[] = {
        {"money without units", {0, {row("laag", mono, "a", 0, 1)}}, "decomposition_units"},
        {"fewer than no units", {0, {row("laag", mono, "a", -1, -1)}}, "decomposition_units"},
        {"rows of one leaf cancel in units only",
         {1, {row("laag", mono, "a", 1, 5), row("laag", mono, "a", -1, -4)}},
         "decomposition_units"},
        {"care and no cases", {0, {row("laag", mono, "a", 1, 1)}}, "decomposition_cases"},
        {"too much money",
         {1, {row("laag", mono, "a", 1, INT64_MAX), row("laag", mono, "a", 1, 1)}},
         "cents_overflow"},
    };
    for (const Row& one : rows) {
        SCOPED_TRACE(one.name);
        for (const auto& result : {decompose(one.book, {}), decompose({}, one.book)}) {
            ASSERT_FALSE(result.ok());
            EXPECT_EQ(result.error().code, one.code);
        }
    }
    EXPECT_TRUE(decompose({0, {row("laag", mono, "a", 1, 5), row("laag", mono, "a", -1, -5)}}, {}).ok());
}

// 100 is divided in three by two books; the second rounds the other way. What is exact did not change.
TEST(Decomposition, WhatTheBooksRoundedIsRounding) {
    const auto third = [](const char* who, std::int64_t cents) {
        return ValuedRow{"laag", "nataal", integrated, who, 1, Cents::of(cents), Exact::of(100, 3)};
    };
    const auto got = decomposed({1, {third("a", 34), third("b", 33), third("c", 33)}},
                                {1, {third("a", 33), third("b", 33), third("c", 34)}});
    EXPECT_EQ(got.participants.at("a"), terms(0, 0, 0, 0, 0, -1));
    EXPECT_EQ(got.participants.at("b"), terms(0, 0, 0, 0, 0, 0));
    EXPECT_EQ(got.participants.at("c"), terms(0, 0, 0, 0, 0, 1));
    EXPECT_EQ(got.together, terms(0, 0, 0, 0, 0, 0));
}

// One cent more by price and volume together, each half a cent: the tie goes to price.
TEST(Decomposition, ATieGoesToTheFirst) {
    const ValuedRow less{"laag", "nataal", integrated, "a", 1, Cents::of(0), Exact::of(1, 2)};
    const ValuedRow more{"laag", "nataal", integrated, "a", 2, Cents::of(2), Exact::of(3, 2)};
    // 1 case at 1/2, 2 cases at 3/4: price (1 + 2) / 2 * 1/4 = 3/8, volume (1/2 + 3/4) / 2 = 5/8; in all 1.
    EXPECT_EQ(decomposed({1, {less}}, {2, {more}}).together, terms(0, 1, 0, 0, 0, 1));
    const ValuedRow even{"laag", "nataal", integrated, "a", 3, Cents::of(0), Exact::of(3, 2)};
    // 1 case at 1/2, 3 cases at 1/2: volume alone, 1.
    EXPECT_EQ(decomposed({1, {less}}, {3, {even}}).together, terms(0, 1, 0, 0, 0, -1));
    const ValuedRow dearer{"laag", "nataal", integrated, "a", 1, Cents::of(1), Exact::of(1)};
    // 1 case at 1/2 becomes 1 case at 1: half a cent, rounded away from zero, in both directions.
    EXPECT_EQ(decomposed({1, {less}}, {1, {dearer}}).together, terms(1, 0, 0, 0, 0, 0));
    EXPECT_EQ(decomposed({1, {dearer}}, {1, {less}}).together, terms(-1, 0, 0, 0, 0, 0));
    const ValuedRow both{"laag", "nataal", integrated, "a", 2, Cents::of(1), Exact::of(4)};
    // 1 case at 1, 2 cases at 2: price 3/2, volume 3/2.
    EXPECT_EQ(decomposed({1, {dearer}}, {2, {both}}).together, terms(2, 1, 0, 0, 0, -3));
}

TEST(Shapley, IsTheMeanOfAllOrders) {
    Chance chance(5);
    for (int round = 0; round < 50; ++round) {
        Factors a;
        Factors b;
        for (std::size_t i = 0; i < factor_count; ++i) {
            a[i] = Exact::of(static_cast<std::int64_t>(chance.below(9)),
                             1 + static_cast<std::int64_t>(chance.below(7)));
            b[i] = Exact::of(static_cast<std::int64_t>(chance.below(9)) - 2,
                             1 + static_cast<std::int64_t>(chance.below(7)));
        }
        const auto product = [](const Factors& factors) {
            Exact result = Exact::of(1);
            for (const Exact& factor : factors) result = result * factor;
            return result;
        };
        std::array<std::size_t, factor_count> order{0, 1, 2, 3, 4};
        Factors mean;
        do {
            Factors now = a;
            for (const std::size_t changed : order) {
                const Exact before = product(now);
                now[changed] = b[changed];
                mean[changed] = mean[changed] + (product(now) - before) * Exact::of(1, 120);
            }
        } while (std::next_permutation(order.begin(), order.end()));
        EXPECT_EQ(shapley(a, b), mean);
    }
}

// Two kinds, two items, two routes, three participants, most leaves there; entitlements are fractions and
// what is booked is a cent off now and then.
ValuedBook any_book(Chance& chance) {
    ValuedBook book{static_cast<std::int64_t>(1 + chance.below(40)), {}};
    for (const char* kind : {"laag", "hoog"}) {
        for (const char* item : {"prenataal", "nataal"}) {
            for (const CareRoute route : {integrated, mono}) {
                for (const char* who : {"a", "b", "c"}) {
                    if (chance.below(4) == 0) continue;
                    const auto units = static_cast<std::int64_t>(1 + chance.below(30));
                    const auto cents = static_cast<std::int64_t>(chance.below(100'000)) - 2'000;
                    const auto off = static_cast<std::int64_t>(chance.below(3)) - 1;
                    book.rows.push_back({kind, item, route, who, units, Cents::of(cents + off),
                                         Exact::of(3 * cents + off, 3)});
                }
            }
        }
    }
    return book;
}

Terms negated(const Terms& from) {
    Terms result;
    for (std::size_t i = 0; i < factor_count; ++i) result.factors[i] = -from.factors[i];
    result.rounding = -from.rounding;
    return result;
}

Cents booked(const ValuedBook& book, const std::string& participant) {
    Cents total;
    for (const ValuedRow& one : book.rows) total += one.participant == participant ? one.cents : Cents();
    return total;
}

TEST(DecompositionLaw, AddsUpMirrorsAndIsNothingAgainstItself) {
    testing::expect_law("decomposition", [](std::uint64_t seed) {
        Chance chance(seed);
        const ValuedBook a = any_book(chance);
        const ValuedBook b = any_book(chance);
        const auto there = decomposed(a, b);
        const auto back = decomposed(b, a);
        Terms sum;
        for (const auto& [participant, got] : there.participants) {
            RC_ASSERT(got.total() == booked(b, participant) - booked(a, participant));
            RC_ASSERT(back.participants.at(participant) == negated(got));
            for (std::size_t i = 0; i < factor_count; ++i) sum.factors[i] += got.factors[i];
            sum.rounding += got.rounding;
        }
        RC_ASSERT(there.together == sum);
        RC_ASSERT(back.together == negated(sum));
        for (const auto& [participant, got] : decomposed(a, a).participants) RC_ASSERT(got == Terms{});
        auto turned = b;
        std::reverse(turned.rows.begin(), turned.rows.end());
        RC_ASSERT(decomposed(a, turned) == there);
    });
}

// A book from its ingredients, so that one of them can be changed alone. Units are multiples of 10,000, so
// that shares in tenths of tenths come out whole.
struct Recipe {
    std::int64_t cases = 10;
    std::array<std::int64_t, 2> units_per_case{2, 3};     // per item
    std::array<std::int64_t, 2> tenths_integrated{7, 4};  // per item
    std::array<std::int64_t, 2> tenths_first{6, 5};       // per route
    std::array<std::int64_t, 2> price{100, 130};          // per participant
};

ValuedBook cooked(const Recipe& recipe) {
    ValuedBook book{recipe.cases * 100, {}};
    for (std::size_t item = 0; item < 2; ++item) {
        for (std::size_t route = 0; route < 2; ++route) {
            for (std::size_t who = 0; who < 2; ++who) {
                const auto of_route = recipe.tenths_integrated[item];
                const auto of_first = recipe.tenths_first[route];
                const std::int64_t units = recipe.cases * recipe.units_per_case[item] *
                                           (route == 0 ? of_route : 10 - of_route) *
                                           (who == 0 ? of_first : 10 - of_first);
                const std::int64_t cents = units * (recipe.price[who] + (route == 0 ? 0 : 25));
                book.rows.push_back({"laag", item == 0 ? "prenataal" : "nataal",
                                     route == 0 ? integrated : mono, who == 0 ? "a" : "b", units,
                                     Cents::of(cents), Exact::of(cents)});
            }
        }
    }
    return book;
}

TEST(DecompositionLaw, OnlyWhatChangedHasATerm) {
    testing::expect_law("one ingredient", [](std::uint64_t seed) {
        Chance chance(seed);
        const auto tenth = [&] { return static_cast<std::int64_t>(chance.below(11)); };
        const auto some = [&] { return static_cast<std::int64_t>(1 + chance.below(50)); };
        Recipe first;
        first.cases = some();
        first.units_per_case = {some(), some()};
        first.tenths_integrated = {tenth(), tenth()};
        first.tenths_first = {tenth(), tenth()};
        for (std::size_t i = 0; i < factor_count; ++i) {
            Recipe second = first;
            switch (static_cast<Factor>(i)) {
                case Factor::price: second.price = {some(), some()}; break;
                case Factor::volume: second.cases = some(); break;
                case Factor::mix: second.units_per_case = {some(), some()}; break;
                case Factor::breaks: second.tenths_integrated = {tenth(), tenth()}; break;
                case Factor::task_shift: second.tenths_first = {tenth(), tenth()}; break;
            }
            const auto got = decomposed(cooked(first), cooked(second));
            for (const auto& [participant, terms] : got.participants) {
                RC_ASSERT(terms.rounding == Cents());
                for (std::size_t other = 0; other < factor_count; ++other)
                    RC_ASSERT(other == i || terms.factors[other] == Cents());
            }
        }
    });
}

TEST(Exact, HoldsWhatDoesNotFit) {
    Exact product = Exact::of(1);
    for (int i = 0; i < 10; ++i) product = product * Exact::of(INT64_MAX, 3);
    EXPECT_EQ(product.whole(), std::nullopt);
    for (int i = 0; i < 10; ++i) product = product / Exact::of(INT64_MAX, 3);
    EXPECT_EQ(product, Exact::of(1));
    EXPECT_EQ(Exact::of(-7, 2).whole(), -3);
    EXPECT_EQ(Exact::of(-14, 4).str(), "-7/2");
    EXPECT_EQ(Exact::of(INT64_MIN).whole(), INT64_MIN);
    EXPECT_EQ(sum({Exact::of(1, 2), Exact::of(1, 3), Exact::of(1, 6)}), Exact::of(1));
    EXPECT_EQ(sum({}), Exact());
    EXPECT_LT(Exact::of(1, 3), Exact::of(1, 2));
}

}  // namespace
}  // namespace bundel::insight
