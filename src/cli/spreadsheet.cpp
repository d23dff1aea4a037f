#include "cli/spreadsheet.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "base/text.h"
#include "store/files.h"
#include "store/inbox.h"

namespace bundel::cli {
using base::Error;
using base::Result;

namespace {

constexpr std::size_t file_bytes_max = std::size_t{32} << 20;
constexpr int silence_max = 60'000;  // milliseconds without a byte; its own bound on time is shorter

std::string program_path() {
    std::error_code ignored;
    return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "bundel-sheet";
}

struct Child {
    pid_t id = 0;
    store::File output{-1};
};

std::optional<Child> start(const std::string& program, const std::string& path) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    store::File reading(ends[0]);
    const store::File writing(ends[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, writing.descriptor(), STDOUT_FILENO);
    std::string name = program;
    std::string file = path;
    char* words[] = {name.data(), file.data(), nullptr};
    char* environment[] = {nullptr};
    pid_t id = 0;
    const int failed = ::posix_spawn(&id, program.c_str(), &actions, nullptr, words, environment);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) return std::nullopt;
    return Child{id, std::move(reading)};
}

// All it printed. Nothing: too much, or silent for too long.
std::optional<std::string> listen(const store::File& output) {
    std::string text;
    std::array<char, 64 * 1024> block;
    while (true) {
        pollfd wait{output.descriptor(), POLLIN, 0};
        const int ready = ::poll(&wait, 1, silence_max);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return std::nullopt;
        const ssize_t got = ::read(output.descriptor(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return std::nullopt;
        if (got == 0) return text;
        text.append(block.data(), static_cast<std::size_t>(got));
        if (text.size() > wire::grid_bytes_max) return std::nullopt;
    }
}

// The exit code; nothing when a signal ended it.
std::optional<int> end(pid_t id, bool is_stopped) {
    if (is_stopped) ::kill(id, SIGKILL);
    int status = 0;
    while (::waitpid(id, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status)) return std::nullopt;
    return WEXITSTATUS(status);
}

// "error<TAB>code<TAB>name=value"
Error error_in(std::string_view line, const Error& otherwise) {
    const auto words = base::split(line.substr(0, line.find('\n')), '\t');
    const bool is_told = words.size() >= 2 && words[0] == "error" && words[1].starts_with("sheet_");
    if (!is_told) return otherwise;
    Error error{std::string(words[1]), {}};
    for (std::size_t i = 2; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        if (equals == std::string_view::npos) continue;
        error.params.emplace_back(words[i].substr(0, equals), words[i].substr(equals + 1));
    }
    return error;
}

}  // namespace

Result<wire::Grid> read_spreadsheet(const std::string& path) {
    // Says in our words what is wrong with the file itself.
    if (const auto bytes = store::read_file(path, file_bytes_max); !bytes.ok()) return bytes.error();
    const auto child = start(program_path(), path);
    if (!child) return Error{"spreadsheet_program_missing"};
    const auto text = listen(child->output);
    const auto code = end(child->id, !text);
    const Error failed{"spreadsheet_failed", {{"file", path}}};
    if (!text || !code) return failed;
    // What the loader of the system says when a library of it is gone.
    if (*code == 127) return Error{"spreadsheet_program_missing"};
    if (*code != 0) return error_in(*text, failed);
    return wire::read_grid(*text);
}

}  // namespace bundel::cli
