// A whole region: what every provider and practice hands in, day by day, and beside it the truth. On disk:
//
//   regio/lidmaatschappen.csv, regio/contracten.csv       what the IGO itself knows
//   berichten/2024-03-05/igo/...                          received by the IGO on that day
//   berichten/2024-03-05/9101/...                         received by this insurer only: care from outside
//   waarheid/*.csv                                        never read by bundel: docs/reference/simulator.md
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/care.h"
#include "sim/message_maker.h"
#include "sim/noise.h"
#include "sim/truth.h"
#include "wire/layout.h"

namespace bundel::sim {

struct RegionOrder {
    std::uint64_t seed = 1;
    int women = 2'000;  // 1..690,000
    Period births;      // in which their pregnancies come to term; under the regime
    Regime regime = Regime::y2023;
    bool noise = true;
    std::filesystem::path out;  // of write_region: made; may not exist yet
    NoiseRates rates = {};      // when there is noise
    // Only the women with these numbers, ascending; empty: 0..women-1. They are who they are among the
    // others.
    std::vector<int> only = {};
    Choices choices = {};  // of the regime: for the truth
};

struct RegionSize {
    long women = 0, pregnancies = 0, births = 0, lines = 0, files = 0, mishaps = 0;
};

// A file as it comes in.
struct Received {
    Date day;
    std::string receiver;  // "igo", or the UZOVI of an insurer
    File file;
};
using Receive = std::function<Result<base::Done>(const Received&)>;

// What the maker of a region knows beside the files that were received.
struct MadeRegion {
    CareRegion region;
    std::deque<WomanTruth> women;
    std::vector<Mishap> mishaps;
    RegionSize size;
};

// Gives each file to `receive` when it is made and keeps none: in order of day, receiver, forms before
// messages, name. Stops at the first Error of `receive`. Errors: also those of claim_file and form_cells.
Result<MadeRegion> make_region(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                               const wire::Layouts& layouts, const Receive& receive);

// What the IGO itself knows: lidmaatschappen.csv and contracten.csv.
std::vector<File> own_files(const CareRegion& region);

// The same order gives the same bytes on any machine. Errors: sim_folder_exists{folder};
// those of write_file and make_region.
Result<RegionSize> write_region(const RegionOrder& order, const Calibration& calibration, const Fees& fees,
                                const wire::Layouts& layouts);

}  // namespace bundel::sim
