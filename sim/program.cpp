#include "sim/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace bundel::sim {
namespace {

[[noreturn]] void become(std::vector<char*>& arguments, int output, Complaints complaints) {
    dup2(output, STDOUT_FILENO);
    if (complaints == Complaints::captured) dup2(output, STDERR_FILENO);
    close(output);
    execvp(arguments.front(), arguments.data());
    _exit(127);
}

std::string read_all(int from) {
    std::string text;
    std::array<char, 65536> piece;
    for (;;) {
        const auto count = read(from, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return text;
        text.append(piece.data(), static_cast<std::size_t>(count));
    }
}

}  // namespace

base::Result<Ran> run_program(const std::vector<std::string>& command, Complaints complaints) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    const base::Error not_started{"program_not_started", {{"program", command.front()}}};
    if (pipe(ends.data()) != 0) return not_started;
    const auto child = fork();
    if (child < 0) return not_started;
    if (child == 0) {
        close(ends[0]);
        become(arguments, ends[1], complaints);
    }
    close(ends[1]);
    Ran ran;
    ran.output = read_all(ends[0]);
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status)) return base::Error{"program_killed", {{"program", command.front()}}};
    ran.exit_code = WEXITSTATUS(status);
    if (ran.exit_code == 127) return not_started;
    return ran;
}

}  // namespace bundel::sim
