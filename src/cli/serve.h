// bundel serve: the desk, until somebody stops it.
#pragma once

#include "cli/arguments.h"
#include "cli/console.h"

namespace bundel::cli {

Exit serve(const Arguments& arguments);

}  // namespace bundel::cli
