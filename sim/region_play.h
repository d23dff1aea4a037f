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
    std::filesystem::path layouts;  // *.json
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

// The back office runs bundel on the 15th of each month, when the bills of the month are in; the insurers
// read what is sent that day. Where a contract lets the bundle fall back, they refuse an integrated
// performance over care that somebody else declared to them (0587); otherwise they give the overlap file for
// the women whose integrated claim they approved. Errors: sim_file_unreadable{file}, program_failed{command,
// output}; those of the insurer.
Result<Played> play_region(const RegionPlay& play, std::ostream& progress);

}  // namespace bundel::sim
