#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"

namespace bundel::cli {

// Copies of messages with other people in them, in a folder. A key file that is not there is made. refused: a
// file is no message, or not without fault; nothing of it is written.
Exit ei_anonymise(const Arguments& arguments);

}  // namespace bundel::cli
