// Runs the bundel program as a user would: a process with arguments.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace bundel::sim {

enum class Complaints { captured, passed_on };  // what it writes to stderr: with the output, or to ours

struct Ran {
    int exit_code = 0;
    std::string output;
};

// Errors: program_not_started{program}, program_killed{program}.
base::Result<Ran> run_program(const std::vector<std::string>& command, Complaints complaints);

}  // namespace bundel::sim
