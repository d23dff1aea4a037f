// bundel-sheet FILE: a workbook (.xls, .xlsx) as text on standard output, in the form of wire/grid.h. An
// Error is one line "error<TAB>code<TAB>name=value..." with exit code 1.
//
// Apart from bundel, with bounds on memory and time, because it unpacks what somebody downloaded: whatever a
// file does to it, bundel goes on.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <string>

#include "sheet/workbook.h"

namespace {

constexpr rlim_t seconds_max = 30;
constexpr std::size_t file_bytes_max = std::size_t{32} << 20;

void set_bounds() {
    // Instrumented builds reserve terabytes of addresses that they do not use.
#if !defined(__SANITIZE_ADDRESS__) && !defined(BUNDEL_SANITIZED)
    constexpr rlim_t memory_max = rlim_t{1} << 30;
    const rlimit memory{memory_max, memory_max};
    setrlimit(RLIMIT_AS, &memory);
#endif
    const rlimit seconds{seconds_max, seconds_max};
    setrlimit(RLIMIT_CPU, &seconds);
}

// Nothing: not to be read, no regular file, or too large.
std::optional<std::string> read_file(const char* path) {
    const int descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) return std::nullopt;
    struct stat state {};
    std::string bytes;
    const bool is_fine = fstat(descriptor, &state) == 0 && S_ISREG(state.st_mode);
    char block[64 * 1024];
    ssize_t got = is_fine ? 1 : -1;
    while (got > 0 && bytes.size() <= file_bytes_max) {
        got = read(descriptor, block, sizeof block);
        if (got > 0) bytes.append(block, static_cast<std::size_t>(got));
    }
    close(descriptor);
    if (got != 0) return std::nullopt;
    return bytes;
}

int fail(const bundel::base::Error& error) {
    std::string line = "error\t" + error.code;
    for (const auto& [name, value] : error.params) line += "\t" + name + "=" + value;
    std::puts(line.c_str());
    return 1;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::fputs("bundel-sheet FILE.xls|FILE.xlsx\n", stderr);
        return 2;
    }
    set_bounds();
    const auto bytes = read_file(words[1]);
    if (!bytes) return fail(bundel::base::Error{"sheet_file"});
    const auto grid = bundel::sheet::read_workbook(*bytes);
    if (!grid.ok()) return fail(grid.error());
    const std::string text = bundel::wire::write_grid(*grid);
    const bool is_written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    return is_written ? 0 : 3;
}
