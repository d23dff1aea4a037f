#pragma once

#include <string>
#include <vector>

#include "base/finding.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "rulebook/rulebook.h"
#include "texts/texts.h"
#include "wire/layout.h"

namespace bundel::cli {

// What the checks of all five levels say of one file.
struct Checked {
    std::string file;
    wire::LayoutRef layout;  // null: it is no message
    base::Findings findings;
    std::vector<std::string> missing_lists;  // code lists that were not looked at
    std::int64_t records = 0;
};

// One object. `repair` is the suggested repair, where the return code has one.
std::string to_json(const Checked& checked, const rulebook::Rulebook& rulebook, const texts::Texts& texts);

// Files of any size, in bounded memory. refused: something in a file is refused.
Exit ei_check(const Arguments& arguments);

}  // namespace bundel::cli
