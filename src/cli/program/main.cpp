#include <cstdio>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/console.h"

int main(int count, char** words) {
    const auto parsed = bundel::cli::parse(count, words);
    if (!parsed.arguments) {
        std::fputs(parsed.text.c_str(), parsed.exit_code == 0 ? stdout : stderr);
        return parsed.exit_code;
    }
    return static_cast<int>(bundel::cli::finish_output(bundel::cli::carry_out(*parsed.arguments)));
}
