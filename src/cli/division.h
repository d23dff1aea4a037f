// `bundel divide`: divides what was granted, or shows what another model would do to whom.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"
#include "store/workspace.h"

namespace bundel::cli {

Exit divide(store::Workspace& workspace, const Arguments& arguments, values::Date as_of);

}  // namespace bundel::cli
