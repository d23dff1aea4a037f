// What truly happened in a made-up region, as CSV that bundel never reads (docs/reference/simulator.md).
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "sim/care.h"
#include "sim/noise.h"

namespace bundel::sim {

struct WomanTruth {
    Life life;
    Scenario scenario;                      // her name and rows, as the makers of files want them
    std::vector<std::optional<Date>> told;  // the day each of those rows reached the IGO; none: lost
    std::vector<Delivered> lines;           // as handed in, with every mishap
};

// Name of the file -> bytes: vrouwen.csv, verzekeringen.csv, zwangerschappen.csv, kinderen.csv, regels.csv,
// meldingen.csv, fasen.csv (what ought to come out: sim/naive.h), kenbaar.csv (what could be known when:
// sim/knowable.h), ruis.csv.
std::map<std::string, std::string> truth_files(const CareRegion& region, const std::deque<WomanTruth>& women,
                                               const std::vector<Mishap>& mishaps);

}  // namespace bundel::sim
