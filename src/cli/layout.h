// `bundel layout import` and `bundel layout list`.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"

namespace bundel::cli {

// Learns a layout from a spreadsheet of Vektis. In a data directory it is written into its rulebook, in the
// place of the one of the same message and version; elsewhere it is printed.
Exit import_layout(const Arguments& arguments);

Exit list_layouts(const Arguments& arguments);

}  // namespace bundel::cli
