// `bundel divide`: divides what was granted, or shows what another model would do to whom.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"
#include "engine/comparison.h"
#include "store/workspace.h"
#include "texts/texts.h"

namespace bundel::cli {

// What `--compare` shows: its tables are at most 120 wide.
std::string comparison_screen(const engine::Comparison& comparison, const texts::Texts& texts);

Exit divide(store::Workspace& workspace, const Arguments& arguments, values::Date as_of);

}  // namespace bundel::cli
