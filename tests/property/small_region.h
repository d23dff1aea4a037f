// A small region of the simulator in memory, with mishaps far more often than they happen, and how it is
// played: made up from a seed, less what was left out to find the smallest that still goes wrong.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "sim/region_files.h"

namespace bundel::testing {

struct SmallRegion {
    std::uint64_t seed = 0;
    sim::RegionOrder order;          // its women are named: order.only
    std::set<std::string> left_out;  // "igo/VK301-..."; of files
};
SmallRegion small_region(std::uint64_t seed);

std::string name_of(const sim::Received& file);  // "igo/VK301-..."

struct MadeFiles {
    std::vector<sim::File> own;
    std::vector<sim::Received> received;       // by day
    std::vector<sim::UzoviCode> falling_back;  // insurers of which a contract lets the bundle fall back
};
// Contract: a region of small_region, with fewer women or files.
MadeFiles files_of(const SmallRegion& region);

}  // namespace bundel::testing
