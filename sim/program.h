// Runs the bundel program as a user would: a process with arguments.
#pragma once

#include <functional>
#include <string>
#include <string_view>
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

// For output that is too long to keep: each line as it comes, without its end. Gives the exit code. The first
// Error of `line` stops the looking, not the program. Errors: those of run_program and of `line`.
using Line = std::function<base::Result<base::Done>(std::string_view)>;
base::Result<int> read_program(const std::vector<std::string>& command, const Line& line);

}  // namespace bundel::sim
