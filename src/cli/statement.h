// `bundel statement`: the statements of participants as files.
#pragma once

#include "cli/commands.h"
#include "store/workspace.h"

namespace bundel::cli {

// For each participant a folder below arguments.out with PDF, XLSX and HTML; each file whole or not there.
Exit write_statements(store::Workspace& workspace, const Arguments& arguments, values::Date as_of);

}  // namespace bundel::cli
