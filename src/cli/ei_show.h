#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"

namespace bundel::cli {

// Files as a tree, or as JSON, one record on a line; in constant memory, whatever is wrong with them.
// refused: a file is no message, or something in it is refused.
Exit ei_show(const Arguments& arguments);

}  // namespace bundel::cli
