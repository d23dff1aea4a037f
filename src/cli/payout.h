// `bundel payout`: propose, approve, send, list.
#pragma once

#include "cli/commands.h"
#include "store/workspace.h"
#include "values/date.h"

namespace bundel::cli {

Exit payout(store::Workspace& workspace, const Arguments& arguments, values::Date as_of);

}  // namespace bundel::cli
