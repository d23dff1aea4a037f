#include "sim/chance.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace bundel::sim {
namespace {

// The first words of xoshiro256** seeded by splitmix64 over "a", and what is made of them: the same bytes on
// every machine. Whoever changes a draw changes every region that was ever made.
TEST(Chance, IsTheSameOnEveryMachine) {
    Chance words(1, "a", 0);
    EXPECT_EQ(words.next(), 2525240153922096050U);
    EXPECT_EQ(words.next(), 17584818940150151093U);
    Chance draws(1, "a", 0);
    std::vector<int> drawn;
    for (int i = 0; i < 4; ++i) drawn.push_back(draws.below(1'000));
    for (int i = 0; i < 4; ++i) drawn.push_back(draws.normal_thousandths());
    for (int i = 0; i < 4; ++i) drawn.push_back(static_cast<int>(draws.pick({1, 2, 3})));
    EXPECT_EQ(drawn, (std::vector<int>{136, 953, 806, 725, -108, -567, -1'277, 37, 1, 1, 1, 0}));
}

TEST(Chance, EveryPurposeAndIndexHasAStreamOfItsOwn) {
    const auto first = [](std::uint64_t seed, std::string_view purpose, std::uint64_t index) {
        return Chance(seed, purpose, index).next();
    };
    EXPECT_EQ(first(1, "course", 7), first(1, "course", 7));
    EXPECT_NE(first(1, "course", 7), first(2, "course", 7));
    EXPECT_NE(first(1, "course", 7), first(1, "course", 8));
    EXPECT_NE(first(1, "course", 7), first(1, "noise", 7));
    EXPECT_NE(first(1, "ab", 0), first(1, "ba", 0));
    EXPECT_NE(first(1, "", 0), first(1, std::string_view("\0", 1), 0));
}

RC_GTEST_PROP(Chance, StaysWithinItsBounds, (std::uint64_t seed)) {
    Chance chance(seed, "bounds", 0);
    const int count = *rc::gen::inRange(1, 1'000'000'000);
    const int below = chance.below(count);
    RC_ASSERT(0 <= below && below < count);
    const int between = chance.between(-count, count / 2);
    RC_ASSERT(-count <= between && between <= count / 2);
    RC_ASSERT(!chance.happens(0));
    RC_ASSERT(chance.happens(always));
    RC_ASSERT(chance.pick({0, 5, 0}) == 1U);
    RC_ASSERT(std::abs(chance.normal_thousandths()) <= 4'325);
}

// Four times the sampling error around what must come out.
TEST(Chance, DrawsAsOftenAsItShould) {
    Chance chance(1, "often", 0);
    constexpr int draws = 100'000;
    std::vector<int> sixes(6), picks(3);
    int happened = 0;
    for (int i = 0; i < draws; ++i) {
        ++sixes[static_cast<std::size_t>(chance.between(1, 6) - 1)];
        ++picks[chance.pick({1, 0, 3})];
        happened += chance.happens(20'000) ? 1 : 0;
    }
    for (const int six : sixes) EXPECT_NEAR(six, draws / 6, 472);
    EXPECT_NEAR(picks[0], draws / 4, 548);
    EXPECT_EQ(picks[1], 0);
    EXPECT_NEAR(happened, draws / 50, 177);
}

// 2^32 holds this count 2 2/3 times: without a second draw every third number would come a quarter of the
// time.
TEST(Chance, FavoursNoNumberOfALargeCount) {
    Chance chance(1, "large", 0);
    constexpr int draws = 100'000;
    std::vector<int> thirds(3);
    for (int i = 0; i < draws; ++i) ++thirds[static_cast<std::size_t>(chance.below(3 * (1 << 29)) % 3)];
    for (const int third : thirds) EXPECT_NEAR(third, draws / 3, 597);
}

// Of a standard normal 68.27 % lies within 1, 95.00 % within 1.96, 99.73 % within 3 and 0.0063 % beyond 4.
TEST(Chance, TheBellHasTheShapeOfABell) {
    Chance chance(1, "bell", 0);
    constexpr int draws = 400'000;
    int within_one = 0, within_two = 0, within_three = 0, beyond_four = 0, above = 0;
    std::int64_t squares = 0;
    for (int i = 0; i < draws; ++i) {
        const int drawn = chance.normal_thousandths();
        const int size = std::abs(drawn);
        within_one += size < 1'000 ? 1 : 0;
        within_two += size < 1'960 ? 1 : 0;
        within_three += size < 3'000 ? 1 : 0;
        beyond_four += size > 4'000 ? 1 : 0;
        above += drawn > 0 ? 1 : 0;
        squares += static_cast<std::int64_t>(drawn) * drawn;
    }
    EXPECT_NEAR(within_one, 273'076, 1'177);
    EXPECT_NEAR(within_two, 380'002, 551);
    EXPECT_NEAR(within_three, 398'920, 131);
    EXPECT_NEAR(beyond_four, 25, 20);
    EXPECT_NEAR(above, draws / 2, 1'265);
    EXPECT_NEAR(static_cast<int>(squares / draws), 1'000'000, 8'900);
}

struct Shift {
    PerMillion probability;
    int effect;
    PerMillion expected;
};

// Worked out by the logistic function itself; 0.4 % of the rarer side is allowed.
TEST(Shifted, MovesTheLogit) {
    const Shift table[] = {
        {500'000, 0, 500'000},    {500'000, 1'000, 731'059},  {500'000, -1'000, 268'941},
        {244'000, 290, 301'379},  {244'000, -290, 194'521},   {378'000, 300, 450'655},
        {45'000, 1'000, 113'543}, {45'000, -1'000, 17'039},   {900'000, 125, 910'694},
        {1'000, 2'000, 7'342},    {999'000, -2'000, 992'658}, {1'000, -2'000, 135},
    };
    for (const auto& [probability, effect, expected] : table) {
        const int rare = std::min(expected, always - expected);
        EXPECT_NEAR(shifted(probability, effect), expected, rare / 250 + 3) << probability << " " << effect;
    }
}

TEST(Shifted, LeavesCertaintyAndNoEffectAlone) {
    EXPECT_EQ(shifted(0, 5'000), 0);
    EXPECT_EQ(shifted(always, -5'000), always);
    for (const int probability : {1, 6, 7, 123'456, 999'999}) EXPECT_EQ(shifted(probability, 0), probability);
    EXPECT_EQ(shifted(500'000, 100'000), 999'994);
    EXPECT_EQ(shifted(500'000, -100'000), 6);
}

RC_GTEST_PROP(Shifted, NeverTurnsAnOrderRound, ()) {
    const int low = *rc::gen::inRange(1, always - 1);
    const int high = *rc::gen::inRange(low, always);
    const int effect = *rc::gen::inRange(1, 3'000);
    RC_ASSERT(shifted(low, effect) <= shifted(high, effect));
    RC_ASSERT(shifted(low, -effect) <= shifted(low, effect));
}

}  // namespace
}  // namespace bundel::sim
