// Plays a made-up region against the program bundel, month by month: what was received goes in, bundel runs,
// the insurers read and answer, until nothing comes any more.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>

#include "base/result.h"
#include "sim/scenario.h"

namespace bundel::sim {

struct RegionPlay {
    std::filesystem::path region;   // of bundel-sim region
    std::filesystem::path layouts;  // of a rulebook
    std::filesystem::path data;     // made by the program; may not exist yet
    std::string program;
    bool progress = false;
};

struct Played {
    int months = 0;
    Date day;  // of the last run
    long sent = 0;
    long answered = 0;
};

// The back office runs bundel on the 15th of each month, when the bills of the month are in, and hands the
// insurers what is sent that day; what they sent since the month before comes in first. They work by
// themselves (sim/region_insurers.h). Errors: program_failed{command, output}; those of read_knowledge and
// RegionInsurers.
Result<Played> play_region(const RegionPlay& play, std::ostream& progress);

}  // namespace bundel::sim
