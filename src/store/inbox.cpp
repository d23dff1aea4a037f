#include "store/inbox.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "store/files.h"

namespace bundel::store {
using base::Done;
using base::Error;
using base::Result;

namespace {

namespace fs = std::filesystem;

bool unchanged(const struct stat& before, const struct stat& after) {
    return before.st_dev == after.st_dev && before.st_ino == after.st_ino &&
           before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
           before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

// Gives fewer than `wanted` bytes only at the end of the file.
Result<std::string> read_up_to(const File& file, const std::string& path, std::size_t wanted) {
    std::string bytes(wanted, '\0');
    std::size_t have = 0;
    while (have < wanted) {
        const ssize_t got = ::read(file.descriptor(), bytes.data() + have, wanted - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return file_failed(path);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

bool is_skipped(const std::string& name) {
    return name.starts_with('.') || name.ends_with(".tmp") || name.ends_with(".part");
}

Error why(const fs::path& path, const std::error_code& code) {
    if (code == std::errc::no_such_file_or_directory) return Error{"file_missing", {{"file", path.string()}}};
    return Error{"file_failed", {{"file", path.string()}, {"why", code.message()}}};
}

Result<Done> collect(const fs::path& folder, std::vector<std::string>& found) {
    std::error_code code;
    fs::directory_iterator entries(folder, code);
    if (code) return why(folder, code);
    for (; entries != fs::directory_iterator(); entries.increment(code)) {
        if (code) return why(folder, code);
        if (is_skipped(entries->path().filename().string())) continue;
        const bool is_folder = fs::is_directory(entries->symlink_status(code));
        if (code) return why(entries->path(), code);
        if (is_folder) {
            BUNDEL_TRY_DONE(collect(entries->path(), found));
        } else {
            found.push_back(entries->path().string());
        }
    }
    return Done{};
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t bytes_max) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file.is_open() && errno == ENOENT) return Error{"file_missing", {{"file", path}}};
    if (!file.is_open() && errno == ENXIO) return Error{"file_no_regular", {{"file", path}}};
    struct stat before {};
    if (!file.is_open() || ::fstat(file.descriptor(), &before) != 0) return file_failed(path);
    if (!S_ISREG(before.st_mode)) return Error{"file_no_regular", {{"file", path}}};
    const auto size = static_cast<std::size_t>(before.st_size);
    if (size > bytes_max)
        return Error{"file_too_large", {{"file", path}, {"megabytes", std::to_string(bytes_max >> 20)}}};
    BUNDEL_TRY(bytes, read_up_to(file, path, size + 1));
    // By its name too: it may have been replaced by a newer one meanwhile.
    struct stat after {};
    struct stat named {};
    const bool same = ::fstat(file.descriptor(), &after) == 0 && ::stat(path.c_str(), &named) == 0 &&
                      unchanged(before, after) && unchanged(before, named) && bytes.size() == size;
    if (!same) return Error{"file_still_written", {{"file", path}}};
    return std::move(bytes);
}

Result<std::vector<std::string>> list_files(const std::string& folder) {
    std::vector<std::string> found;
    BUNDEL_TRY_DONE(collect(folder, found));
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace bundel::store
