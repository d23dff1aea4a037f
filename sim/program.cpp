#include "sim/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace bundel::sim {
using base::Done;
using base::Error;
using base::Result;

namespace {

[[noreturn]] void become(std::vector<char*>& arguments, int output, Complaints complaints) {
    dup2(output, STDOUT_FILENO);
    if (complaints == Complaints::captured) dup2(output, STDERR_FILENO);
    close(output);
    execvp(arguments.front(), arguments.data());
    _exit(127);
}

using Piece = std::function<void(std::string_view)>;

void read_all(int from, const Piece& piece) {
    std::array<char, 65536> bytes;
    for (;;) {
        const auto count = read(from, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        piece({bytes.data(), static_cast<std::size_t>(count)});
    }
}

// Gives the exit code.
Result<int> run(const std::vector<std::string>& command, Complaints complaints, const Piece& piece) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::array<int, 2> ends{};
    const Error not_started{"program_not_started", {{"program", command.front()}}};
    if (pipe(ends.data()) != 0) return not_started;
    const auto child = fork();
    if (child < 0) return not_started;
    if (child == 0) {
        close(ends[0]);
        become(arguments, ends[1], complaints);
    }
    close(ends[1]);
    read_all(ends[0], piece);
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status)) return Error{"program_killed", {{"program", command.front()}}};
    if (WEXITSTATUS(status) == 127) return not_started;
    return WEXITSTATUS(status);
}

// Cuts what comes in pieces into lines.
class Lines {
public:
    explicit Lines(const Line& line) : line_(line) {}

    void add(std::string_view piece) {
        for (std::size_t end = 0; failed_.ok() && (end = piece.find('\n')) != std::string_view::npos;) {
            begun_ += piece.substr(0, end);
            failed_ = line_(begun_);
            begun_.clear();
            piece.remove_prefix(end + 1);
        }
        begun_ += piece;
    }
    Result<Done> finish() const { return failed_; }

private:
    const Line& line_;
    std::string begun_;
    Result<Done> failed_ = Done{};
};

}  // namespace

Result<Ran> run_program(const std::vector<std::string>& command, Complaints complaints) {
    std::string output;
    BUNDEL_TRY(exit_code, run(command, complaints, [&](std::string_view piece) { output += piece; }));
    return Ran{exit_code, std::move(output)};
}

Result<int> read_program(const std::vector<std::string>& command, const Line& line) {
    Lines lines(line);
    BUNDEL_TRY(exit_code,
               run(command, Complaints::passed_on, [&](std::string_view piece) { lines.add(piece); }));
    BUNDEL_TRY_DONE(lines.finish());
    return exit_code;
}

}  // namespace bundel::sim
