// The wishes for a transition (overgang), as a treasurer writes them down in a TOML file of their own: not
// part of a rulebook, read here because this room reads TOML.
//
//   jaren = 5                   # at most so many
//   grens_van = "vorig jaar"    # or "vandaag": what the limits are a part of
//   verlies_per_jaar = "3%"     # at most, for who says nothing else; may be left out, as winst_per_jaar
//   totalen = ["1050000,00"]    # the pot of each of the years; left out: as today
//
//   [[deelnemer]]
//   naam = "Praktijk Noord"
//   nu = "400000,00"            # euros a year
//   doel = "30%"                # of the pot; together exactly 100 %
//   bodem = "250000,00"         # never less; may be left out, as verlies_per_jaar and winst_per_jaar
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "values/cents.h"
#include "values/ratio.h"

namespace bundel::rulebook {

struct TransitionFile {
    struct Party {
        std::string name;
        values::Cents today;                // >= 0
        values::Ratio target;               // 0..1
        std::optional<values::Ratio> loss;  // 0..1 a year
        std::optional<values::Ratio> gain;  // 0..1 a year
        std::optional<values::Cents> floor;
    };
    int years = 0;                      // 1..30
    bool of_today = false;              // limits are parts of today; else of the year before
    std::vector<values::Cents> totals;  // of the years after today; always `years` of them
    std::vector<Party> parties;         // 1..200, no name twice
};

// Errors: wishes_syntax, wishes_missing, wishes_wrong, wishes_unknown (where), wishes_targets{file, sum},
// wishes_name_twice{file, name}, cents_overflow, ratio_overflow.
base::Result<TransitionFile> read_transition(const std::string& file, const std::string& content);

}  // namespace bundel::rulebook
