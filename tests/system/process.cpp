#include "system/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>

#include "base/assert.h"

namespace bundel::testing {
namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void become(std::vector<std::string> words, int out, int err) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    ::execvp(arguments.front(), arguments.data());
    ::_exit(127);
}

// False at the end.
bool hear(int from, std::string& into) {
    std::array<char, 65536> piece;
    const auto count = ::read(from, piece.data(), piece.size());
    if (count > 0) into.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
}

// Until both ends are closed: the process is gone, or as good as.
void listen(int out, int err, Ended& ended, pid_t process, Clock::time_point start,
            std::optional<double> kill_after) {
    std::array<pollfd, 2> ends{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        const double left = kill_after ? *kill_after - since(start) : 0;
        if (kill_after && left <= 0) {
            ::kill(process, SIGKILL);
            kill_after.reset();
        }
        timespec wait{};
        wait.tv_sec = static_cast<time_t>(left);
        wait.tv_nsec = static_cast<long>((left - std::floor(left)) * 1e9);
        if (::ppoll(ends.data(), ends.size(), kill_after ? &wait : nullptr, nullptr) <= 0) continue;
        if (ends[0].revents != 0 && !hear(out, ended.out)) ends[0].fd = -1;
        if (ends[1].revents != 0 && !hear(err, ended.err)) ends[1].fd = -1;
    }
}

}  // namespace

Ended run_process(const std::vector<std::string>& words, std::optional<double> kill_after) {
    std::array<int, 2> out{};
    std::array<int, 2> err{};
    BUNDEL_ASSERT(::pipe2(out.data(), O_CLOEXEC) == 0 && ::pipe2(err.data(), O_CLOEXEC) == 0);
    const auto start = Clock::now();
    const pid_t process = ::fork();
    if (process == 0) become(words, out[1], err[1]);
    ::close(out[1]);
    ::close(err[1]);
    Ended ended;
    listen(out[0], err[0], ended, process, start, kill_after);
    ::close(out[0]);
    ::close(err[0]);
    int status = 0;
    rusage used{};
    BUNDEL_ASSERT(::wait4(process, &status, 0, &used) == process);
    ended.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ended.seconds = since(start);
    ended.megabytes = used.ru_maxrss / 1024;
    return ended;
}

}  // namespace bundel::testing
