// Plays the scenarios of a region against the bundel program, day by day: writes what practices hand in, runs
// the program, lets the insurers read and answer, until everything rests.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"

namespace bundel::sim {

struct Play {
    std::filesystem::path examples;  // regio.toml, regio/*.csv, vrouwen/*.toml
    std::filesystem::path layouts;   // *.json
    std::filesystem::path data;      // made by the program; may not exist yet
    std::string program;
    std::vector<std::string> only;  // numbers of scenarios ("03", "02" = all of 02); empty: all
    bool check = false;
    bool progress = false;  // somebody is looking at stderr
};

// The report of the program and, with `check`, a line per scenario go to `out`. The value: how many
// expectations failed. Errors: sim_file_unreadable{file}, scenario_none, program_failed{command, output};
// those of parse, maker, insurer.
Result<int> play(const Play& play, std::ostream& out, std::ostream& progress);

// Days after the last news of a scenario on which the program is run again, for windows and deadlines that
// pass.
std::vector<Date> quiet_days(const Scenario& scenario);

}  // namespace bundel::sim
