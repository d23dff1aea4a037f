// The score as tables and as a picture.
#pragma once

#include <map>
#include <ostream>
#include <string>

#include "sim/score.h"

namespace bundel::sim {

// What work by hand takes: estimates, of `work` in rulebook.toml.
struct WorkMinutes {
    long sort_pregnancy = 0;
    std::map<std::string, long> of_question;  // by code; "rest": of all others
};
// `toml`: rulebook.toml. Errors: sim_choice_unknown{file, key, value} (no such number); those of
// parse_scenario.
base::Result<WorkMinutes> parse_work(std::string_view toml, const std::string& file);

void print_score(const Score& score, const WorkMinutes& minutes, std::ostream& out);
std::string score_plot(const Score& score);  // SVG

}  // namespace bundel::sim
