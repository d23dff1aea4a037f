// Chance that is the same on every machine: integers only, no library distribution, no floating point. Each
// purpose and each index has a stream of its own, so that a draw added in one place moves nothing in another.
//
// The generator is xoshiro256** of Blackman and Vigna, seeded by splitmix64 (both in the public domain).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bundel::sim {

// Probabilities are in millionths, 0..1,000,000.

// A probability whose logit is moved by `effect` thousandths (what a practice or a region does to a rate): by
// a table of the logistic function in steps of a quarter, straight between them. Certainty stays certain; the
// rest stays between the ends of the table, 335 and 999,665.
int shifted(int per_million, int effect);

class Chance {
public:
    Chance(std::uint64_t seed, std::string_view purpose, std::uint64_t index);

    std::uint64_t next();
    int below(int count);                               // 0..count-1, each as likely; contract: count >= 1
    int between(int first, int last);                   // both included; contract: first <= last
    bool happens(int per_million);                      // always takes one draw
    std::size_t pick(const std::vector<int>& weights);  // contract: none negative, their sum 1..2^31-1
    int bell();  // mean 0, standard deviation 1,000: a sum of twelve even draws, so within 6,000

private:
    std::array<std::uint64_t, 4> state_;
};

}  // namespace bundel::sim
