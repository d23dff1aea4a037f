// The truth of a made-up region against what bundel made of it.
//
// A decision is held against two things: the truth, and what could be known on the day (sim/knowable.h). What
// agrees with the second and not with the first could not be known, and is counted by its cause; what differs
// from both is a fault.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"

namespace bundel::sim {
using base::Result;
using values::Cents;
using values::Date;

struct ScoreOrder {
    std::filesystem::path region;  // of bundel-sim region, played by bundel-sim play
    std::filesystem::path data;    // of bundel
    std::string program;
    std::optional<Date> as_of = {};  // none: the last day of the play
};

// How many agree with the truth; of the others how many could not be known, by cause, and how many are left
// to a person (nothing was decided, nothing claimed).
struct Agreement {
    long right = 0;
    std::map<std::string, long> unknowable;
    long left_open = 0;
    long wrong = 0;
    long all() const;
};

struct Score {
    long women = 0, pregnancies = 0;
    std::map<std::pair<std::string, std::string>, long>
        routes;        // (truth, bundel) -> phases; "none": no such phase
    Agreement phases;  // route, and price when integrated
    Agreement lines;   // that reached the IGO: standing, disposition and parts
    // Integrated claims, on each day on which bundel ran and they stood: integrated, price and insurer as
    // could be known on that day. A claim counts once.
    Agreement claims;
    Cents price_difference;  // of phases integrated in both: sum of the distances to the true price
    long settled = 0;        // integrated phases approved for the true price on or before latest_submit_day
    long straight = 0;       // phases right, settled when integrated, and without a question about them
    Cents lost;              // revenue for which it became too late
    std::map<std::string, long> questions;  // code -> open at the end; about lost files: ever asked
    long lost_files = 0, suspected = 0;     // to the IGO; and for how many of them bundel asked by number
    std::map<std::string, long> false_suspicions;  // code -> questions about a lost file when none was
    std::vector<std::string> differences;  // what is wrong, a line each: number of the woman, no person
};

// Errors: sim_file_unreadable{file}; program_failed{command, output}; explain_unreadable{what}.
Result<Score> score(const ScoreOrder& order);

}  // namespace bundel::sim
