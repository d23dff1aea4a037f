// A small region made up from a seed: the files that reach an IGO, as bytes, each with the day it is
// received. Persons are of nobody: BSNs pass the eleven test, names are "Voorbeeld".
#pragma once

#include <map>
#include <string>
#include <vector>

#include "practice_files.h"
#include "wire/testing.h"

namespace bundel::testing {
using wire::testing::Seeded;

inline const values::AgbCode region_igo = values::AgbCode::of(53'000'001);

enum class Shape {
    // Everything there is: pregnancies over four years, both regimes, files years late.
    wide,
    // Pregnancies of one season, so that between the first and the last file no deadline passes, and only
    // what has one outcome whatever was sent in between: see the law of interleavings.
    narrow
};

struct Region {
    std::vector<File> files;
    values::Date last;  // every file is received by then
    std::size_t women = 0;
};

Region any_region(std::uint64_t seed, Shape shape);

// Nine digits that pass the eleven test; different for different numbers below 1000.
std::string made_up_bsn(std::size_t number);

// A judgement as a file of its own; from its second version on it is withdrawn.
File judgement(int version, const std::map<std::string, std::string>& cells, values::Date received);

}  // namespace bundel::testing
