// `bundel rules diff`: what another rulebook changes on the facts of a data directory.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"
#include "store/workspace.h"

namespace bundel::cli {

Exit diff_rules(store::Workspace& workspace, const Arguments& arguments, values::Date as_of);

}  // namespace bundel::cli
