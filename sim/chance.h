// Chance that gives the same on every machine: integers only, no distribution of the standard library, no
// mathematical function. Every seed, purpose and index has a stream of its own, so that one more draw for one
// woman or one purpose moves nothing elsewhere.
//
// The generator is xoshiro256** of Blackman and Vigna, seeded by splitmix64; both are in the public domain.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bundel::sim {

// A probability in millionths: 0 is never, 1,000,000 is always.
using PerMillion = int;
constexpr PerMillion always = 1'000'000;

// The probability when its logit moves by `effect` thousandths (what a practice does to a rate). Read from a
// table of the logistic function in steps of a quarter, straight in between: at most 0.4 % of the probability
// off. 0 and 1,000,000 stay as they are; all else stays within 6..999,994.
PerMillion shifted(PerMillion probability, int effect);

class Chance {
public:
    Chance(std::uint64_t seed, std::string_view purpose, std::uint64_t index);

    std::uint64_t next();

    // 0..count-1, each exactly as likely. Contract: count >= 1.
    int below(int count);

    // A place in a list of this many. Contract: count is 1..2^31-1.
    std::size_t place(std::size_t count) { return static_cast<std::size_t>(below(static_cast<int>(count))); }

    // Both included. Contract: first <= last.
    int between(int first, int last);

    // Always takes a draw, so that a rate of nothing moves no later draw.
    bool happens(PerMillion probability);

    // The place of a weight, as often as it weighs. Contract: none is negative, their sum is 1..2^31-1.
    std::size_t pick(const std::vector<int>& weights);

    // Standard normal in thousandths, from a table of its quantiles; within -4,325..4,325, symmetric.
    int normal_thousandths();

private:
    std::array<std::uint64_t, 4> state_;
};

}  // namespace bundel::sim
