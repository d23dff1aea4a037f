// What the sources leave open, as the rulebook decides it. bundel and the naive model both read it from the
// file of the regime in rulebooks/regimes, so that they differ only where one of them is wrong.
//
// Of some choices the model knows one answer only; a rulebook with another is refused: phases.birth_day
// natal, payment.no_contract mono, reference_day.insurer and .contract phase_start, .membership
// pregnancy_start.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::sim {

struct Choices {
    bool outside_breaks = false;         // payment.overlap_blocks
    bool breaks_whole_pregnancy = true;  // payment.break_extent: pregnancy, or phase
    bool left_early_is_mono = true;      // payment.left_early: mono, or integrated
    bool activities_by_days = false;     // phases.activity_key: by_days, or by_count
    int early_loss_days = 0;             // a loss before it is performance early_loss; 0: there is none
    bool operator==(const Choices&) const = default;
};

// `toml`: a file of rulebooks/regimes. Errors: sim_choice_unknown{file, key, value}; those of parse_scenario.
base::Result<Choices> parse_choices(std::string_view toml, const std::string& file);

}  // namespace bundel::sim
