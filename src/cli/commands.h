// What each command does: opens the data directory, calls one use case, prints.
#pragma once

#include "cli/arguments.h"

namespace bundel::cli {

// Exit codes, documented in docs/reference/cli.md.
enum class Exit : int {
    done = 0,
    refused = 1,  // something given was refused, or is missing; the rest went on
    usage = 2,    // the words of the command are wrong
    failed = 3,   // the work could not be done
    broken = 4    // verify: something we hold is not true
};

Exit carry_out(const Arguments& arguments);

}  // namespace bundel::cli
