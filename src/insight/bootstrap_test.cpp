#include "insight/bootstrap.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "insight/chance.h"
#include "support/property.h"

namespace bundel::insight {
namespace {

constexpr std::uint32_t one_group[] = {0};
constexpr Resampling quick{1, 399, 950};

UnitShares row(std::uint32_t unit, std::uint32_t party, std::int64_t a, std::int64_t b) {
    return {unit, party, Cents::of(a), Cents::of(b)};
}

ModelComparison compared(const std::vector<UnitShares>& rows, std::uint32_t units,
                         std::span<const std::uint32_t> group_of, const Resampling& how = quick) {
    const auto result = compare_models(rows, units, group_of, how);
    BUNDEL_ASSERT(result.ok());
    return *result;
}

// The first numbers of the published generator with seed 0: on any machine these.
TEST(Chance, IsThePublishedGenerator) {
    Chance chance(0);
    EXPECT_EQ(chance.next(), 0xe220a8397b1dcdafULL);
    EXPECT_EQ(chance.next(), 0x6e789e6aa1b965f4ULL);
    EXPECT_EQ(chance.next(), 0x06c45d188009454fULL);
}

TEST(Bootstrap, DegenerateCasesAreSaid) {
    struct Row {
        const char* name;
        std::vector<UnitShares> rows;
        std::uint32_t units;
        Spread spread;
        PercentBase base;
        std::optional<std::int64_t> ppm;
        std::optional<int> same_sign;
    };
    std::vector<UnitShares> alike;
    std::vector<UnitShares> once;
    for (std::uint32_t i = 0; i < 50; ++i) alike.push_back(row(i, 0, 100'00, 90'00));
    once.push_back(row(7, 0, 100'00, 90'00));
    const Row rows[] = {
        {"no pregnancy", {}, 0, Spread::unknown, PercentBase::not_positive, std::nullopt, std::nullopt},
        {"one pregnancy",
         {row(0, 0, 100, 80)},
         1,
         Spread::unknown,
         PercentBase::sound,
         -200'000,
         std::nullopt},
        {"all equal", alike, 50, Spread::none, PercentBase::sound, -100'000, 399},
        {"total of A is zero",
         {row(0, 0, 0, 50), row(1, 0, 0, 60)},
         2,
         Spread::some,
         PercentBase::not_positive,
         std::nullopt,
         399},
        {"total of A is below zero",
         {row(0, 0, -10, 50), row(1, 0, -10, 60)},
         2,
         Spread::some,
         PercentBase::not_positive,
         std::nullopt,
         399},
        {"one of fifty has any", once, 50, Spread::some, PercentBase::unsteady, std::nullopt, std::nullopt},
        {"no difference",
         {row(0, 0, 10, 10), row(1, 0, 20, 20)},
         2,
         Spread::none,
         PercentBase::sound,
         0,
         std::nullopt},
    };
    for (const Row& one : rows) {
        SCOPED_TRACE(one.name);
        const Difference got = compared(one.rows, one.units, one_group).together;
        EXPECT_EQ(got.spread, one.spread);
        EXPECT_EQ(got.base, one.base);
        EXPECT_EQ(got.ppm, one.ppm);
        EXPECT_EQ(got.cents.has_value(), one.spread != Spread::unknown);
        EXPECT_EQ(got.ppm_range.has_value(), one.base == PercentBase::sound && one.spread != Spread::unknown);
        if (one.same_sign) {
            EXPECT_EQ(got.same_sign, one.same_sign);
        }
        if (one.spread == Spread::none) {
            EXPECT_EQ(got.cents->low, got.cents->high);
        }
    }
}

TEST(Bootstrap, ASumThatCouldLeaveItsRangeIsAnError) {
    // Two pregnancies, and a difference of twice the amount: a quarter of the range is the most.
    EXPECT_TRUE(
        compare_models(std::vector{row(0, 0, INT64_MAX / 4, 0), row(1, 0, 1, 1)}, 2, one_group, quick).ok());
    const std::vector<UnitShares> rows{row(0, 0, INT64_MAX / 4 + 1, 0), row(1, 0, 1, 1)};
    const auto result = compare_models(rows, 2, one_group, quick);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "cents_overflow");
}

// Two pregnancies, -10 and +30: a replicate has 0, 1 or 2 times the second, so it is -20, 20 or 60, with
// chances of a quarter, a half, a quarter.
TEST(Bootstrap, TwoPregnanciesByHand) {
    const Difference got =
        compared({row(0, 0, 100, 90), row(1, 0, 100, 130)}, 2, one_group, {1, 1999, 950}).together;
    EXPECT_EQ(got.units, 2U);
    EXPECT_EQ(got.cents, (Range{-20, 60}));
    EXPECT_EQ(got.ppm, 100'000);
    EXPECT_EQ(got.ppm_range, (Range{-100'000, 300'000}));
    EXPECT_NEAR(*got.same_sign / 1999.0, 0.75, 0.04);
}

TEST(Bootstrap, PregnanciesAreCountedOnceInEachTotal) {
    const std::uint32_t groups[] = {0, 0, 1};
    const auto got = compared({row(0, 0, 5, 5), row(0, 1, 5, 5), row(0, 2, 5, 5), row(1, 0, 0, 0),
                               row(2, 1, 1, 0), row(2, 1, 1, 0)},
                              3, groups);
    EXPECT_EQ(got.parties[0].units, 1U);
    EXPECT_EQ(got.parties[1].units, 2U);
    EXPECT_EQ(got.groups[0].units, 2U);
    EXPECT_EQ(got.groups[1].units, 1U);
    EXPECT_EQ(got.together.units, 2U);
    EXPECT_EQ(got.parties[1].a, Cents::of(7));
    EXPECT_EQ(got.together.b, Cents::of(15));
}

std::vector<UnitShares> any_rows(std::uint64_t seed, std::uint32_t units, std::uint32_t parties,
                                 bool same_pot) {
    Chance chance(seed);
    std::vector<UnitShares> rows;
    for (std::uint32_t unit = 0; unit < units; ++unit) {
        std::int64_t moved = 0;
        for (std::uint32_t party = 0; party < parties; ++party) {
            const auto a = static_cast<std::int64_t>(chance.below(100'00));
            auto more = static_cast<std::int64_t>(chance.below(20'00)) - 10'00;
            if (same_pot && party + 1 == parties) more = -moved;
            moved += more;
            rows.push_back(row(unit, party, a, a + more));
        }
    }
    return rows;
}

TEST(BootstrapLaw, OrderChangesNothingAndChangingRoundMirrors) {
    const std::uint32_t groups[] = {0, 1, 0};
    testing::expect_law("order and mirror", [&](std::uint64_t seed) {
        const auto rows = any_rows(seed, 30, 3, false);
        auto turned = rows;
        std::reverse(turned.begin(), turned.end());
        auto changed_round = rows;
        for (auto& one : changed_round) std::swap(one.a, one.b);
        const Resampling how{seed, 79, 950};
        const auto one = compared(rows, 30, groups, how);
        const auto other = compared(turned, 30, groups, how);
        const auto mirror = compared(changed_round, 30, groups, how);
        RC_ASSERT(one.parties == other.parties);
        RC_ASSERT(one.groups == other.groups);
        RC_ASSERT(one.together == other.together);
        for (std::size_t i = 0; i < 3; ++i) {
            RC_ASSERT(mirror.parties[i].cents->low == -one.parties[i].cents->high);
            RC_ASSERT(mirror.parties[i].cents->high == -one.parties[i].cents->low);
            RC_ASSERT(mirror.parties[i].same_sign == one.parties[i].same_sign);
        }
    });
}

// A model that only divides otherwise gives and takes the same in every replicate.
TEST(BootstrapLaw, TheSamePotMovesNothingInAll) {
    const std::uint32_t groups[] = {0, 1, 1, 2};
    testing::expect_law("same pot", [&](std::uint64_t seed) {
        const auto got = compared(any_rows(seed, 25, 4, true), 25, groups, {seed, 79, 950});
        RC_ASSERT(got.together.spread == Spread::none);
        RC_ASSERT(*got.together.cents == (Range{0, 0}));
    });
}

// Regions of 150 pregnancies drawn from one population, whose true mean difference is known: the interval
// holds the truth in 95 % of them, within what chance allows (four standard errors of 1,000 draws, and the
// little that a percentile interval is too narrow).
TEST(BootstrapLaw, TheIntervalCoversWhatItSays) {
    constexpr std::uint32_t units = 150;
    constexpr std::int64_t truth_per_unit = 250;  // see below
    const int regions = 1000;
    int covered = 0;
    for (std::uint64_t seed = 1; seed <= regions; ++seed) {
        Chance chance(seed, 99);
        std::vector<UnitShares> rows;
        for (std::uint32_t i = 0; i < units; ++i) {
            // Four in ten see the hospital and win 25.00 on average, evenly over 0.00 .. 50.00; the others
            // lose 12.50: 0.4 * 2500 - 0.6 * 1250 = 250.
            const bool hospital = chance.below(10) < 4;
            const std::int64_t more =
                hospital ? static_cast<std::int64_t>(chance.below(5001)) : std::int64_t{-1250};
            rows.push_back(row(i, 0, 100'00, 100'00 + more));
        }
        const Range got = *compared(rows, units, one_group, {seed, 399, 950}).together.cents;
        const std::int64_t truth = truth_per_unit * units;
        covered += got.low <= truth && truth <= got.high ? 1 : 0;
    }
    EXPECT_NEAR(covered / static_cast<double>(regions), 0.95, 4 * 0.0069) << covered;
}

}  // namespace
}  // namespace bundel::insight
