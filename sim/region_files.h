// A whole region on disk: what every provider and practice hands in, day by day, and beside it the truth.
//
//   regio/lidmaatschappen.csv, regio/contracten.csv       what the IGO itself knows
//   berichten/2024-03-05/igo/...                          received by the IGO on that day
//   berichten/2024-03-05/9101/...                         received by this insurer only: care from outside
//   waarheid/*.csv                                        never read by bundel: docs/reference/simulator.md
#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>

#include "sim/care.h"
#include "sim/noise.h"
#include "wire/layout.h"

namespace bundel::sim {

struct RegionOrder {
    std::uint64_t seed = 1;
    int women = 2'000;  // 1..690,000
    Period births;      // in which their pregnancies come to term; under the regime
    Regime regime = Regime::y2023;
    bool noise = true;
    std::filesystem::path out;  // made; may not exist yet
};

struct RegionSize {
    long women = 0, pregnancies = 0, births = 0, lines = 0, files = 0, mishaps = 0;
};

// The same order gives the same bytes on any machine. Errors: sim_folder_exists{folder};
// those of write_file and claim_file.
Result<RegionSize> write_region(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                                const wire::Layouts& layouts);

}  // namespace bundel::sim
