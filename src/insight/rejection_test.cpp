#include "insight/rejection.h"

#include <gtest/gtest.h>

#include "insight/chance.h"
#include "support/property.h"

namespace bundel::insight {
namespace {

// Beside Wilson's bounds as other programs give them (z = 1.644854), rounded outwards.
TEST(RejectedPart, IsWilsonsInterval) {
    struct Row {
        Answers answers;
        RejectedPart part;
    };
    const Row rows[] = {
        {{1, 0}, {0, 0, 731}},
        {{1, 1}, {269, 1000, 1000}},
        {{10, 0}, {0, 0, 213}},
        {{10, 5}, {269, 500, 731}},
        {{30, 3}, {40, 100, 226}},
        {{100, 1}, {2, 10, 44}},
        {{100, 99}, {956, 990, 998}},
        {{1000, 25}, {18, 25, 35}},
        {{1'000'000'000, 333'333'333}, {333, 333, 334}},
    };
    for (const Row& row : rows) {
        const RejectedPart got = rejected_part(row.answers);
        EXPECT_EQ(got, row.part) << row.answers.rejected << " of " << row.answers.claims << ": " << got.low
                                 << " " << got.expected << " " << got.high;
    }
}

TEST(RejectedPartLaw, TheIntervalHoldsTheEstimateAndNarrows) {
    testing::expect_law("interval", [](std::uint64_t seed) {
        Chance chance(seed);
        const auto claims = static_cast<std::int64_t>(1 + chance.below(5000));
        const auto rejected = static_cast<std::int64_t>(chance.below(static_cast<std::size_t>(claims + 1)));
        const RejectedPart part = rejected_part({claims, rejected});
        RC_ASSERT(0 <= part.low && part.low <= part.expected && part.expected <= part.high &&
                  part.high <= 1000);
        const RejectedPart more = rejected_part({claims * 4, rejected * 4});
        RC_ASSERT(part.low <= more.low && more.high <= part.high);
        // What is rejected and what is not mirror each other.
        const RejectedPart other = rejected_part({claims, claims - rejected});
        RC_ASSERT(other.low == 1000 - part.high && other.high == 1000 - part.low);
    });
}

}  // namespace
}  // namespace bundel::insight
