// Chance that is the same on every machine: a counter turned into even bits (splitmix64). The seed is an
// argument of whoever draws; nothing here is kept between calls.
//
// Source: G. Steele, D. Lea, C. Flood, Fast splittable pseudorandom number generators (OOPSLA 2014).
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/int128.h"

namespace bundel::insight {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}
    // Row number `row` of a seed: rows are far apart, so that they can be drawn in any order.
    Chance(std::uint64_t seed, std::uint64_t row) : state_(Chance(Chance(seed).next() + row).next()) {}

    std::uint64_t next() {
        std::uint64_t bits = state_ += 0x9e3779b97f4a7c15ULL;
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
        return bits ^ (bits >> 31);
    }

    // 0 .. count - 1. Contract: count > 0. Not even by less than count / 2^63.
    std::size_t below(std::size_t count) {
        return static_cast<std::size_t>(
            (static_cast<base::Int128>(next() >> 1) * static_cast<base::Int128>(count)) >> 63);
    }

private:
    std::uint64_t state_;
};

}  // namespace bundel::insight
