// A file comes in: claims, answers or a CSV. Whole or not at all; the same file again is a second receipt.
#pragma once

#include <string>

#include "base/finding.h"
#include "engine/world.h"

namespace bundel::engine {

struct Imported {
    Digest message;
    std::string kind;       // "VK301-2.2", "inschrijvingen"; empty when it could not be recognised
    bool again = false;     // these very bytes were known
    bool refused = false;   // nothing of it was taken; the findings say why
    std::size_t lines = 0;  // claim lines, answers or rows taken
    std::size_t persons = 0;
    base::Findings findings;
};

// `name` as the user knows the file. An answer is applied to the claims it answers, and becomes return
// messages for the participants, in the same transaction. `received` is the day of knowing.
Result<Imported> import_file(World& world, const std::string& name, std::string bytes, Date received);

}  // namespace bundel::engine
