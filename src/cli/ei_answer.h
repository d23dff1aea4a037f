#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"

namespace bundel::cli {

// The return message to a claim message, on standard output; what is wrong with the message, on standard
// error. refused: no answer can be made, or the file of verdicts has a row that cannot be used; nothing is
// written.
Exit ei_answer(const Arguments& arguments);

}  // namespace bundel::cli
