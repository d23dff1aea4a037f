// The truth of a made-up region against what bundel made of it.
#pragma once

#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"

namespace bundel::sim {

struct ScoreOrder {
    std::filesystem::path region;  // of bundel-sim region
    std::filesystem::path data;    // of bundel
    std::string program;
    Date as_of;
};

struct Score {
    long women = 0, pregnancies = 0, phases = 0;
    std::map<std::pair<std::string, std::string>, long>
        routes;              // (truth, bundel) -> phases; "none": no such phase
    long wrong_price = 0;    // phases integrated in both, at another price
    Cents price_difference;  // sum of the distances
    long settled = 0;        // integrated phases whose live claim was approved for the true price
    long straight = 0;  // phases routed as the truth says, and settled when integrated, of women without a
                        // question
    long questions = 0;
    std::vector<std::string> differences;  // one line each, without a person: woman number, phase, both sides
};

// Errors: sim_file_unreadable{file}; program_failed{command, output}; explain_unreadable{what}.
Result<Score> score(const ScoreOrder& order);

// Minutes are a choice, not a measurement: a question of the work list takes ten, sorting one pregnancy by
// hand fifteen.
void print_score(const Score& score, std::ostream& out);
std::string score_plot(const Score& score);  // SVG

}  // namespace bundel::sim
