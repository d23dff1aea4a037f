// `bundel rules diff`: what another rulebook changes on the facts of a data directory.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/workspace.h"

namespace bundel::cli {

Exit diff_rules(Workspace& workspace, const Arguments& arguments, values::Date as_of);

}  // namespace bundel::cli
