#include "store/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace bundel::store {
using base::Done;
using base::Error;
using base::Result;

namespace {

Result<Done> write_all(const File& file, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file.descriptor(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return file_failed(path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return Done{};
}

}  // namespace

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File::~File() {
    if (is_open()) ::close(descriptor_);
}

Error file_failed(const std::string& path) {
    const std::string why = std::generic_category().message(errno);
    return Error{"file_failed", {{"file", path}, {"why", why}}};
}

Result<Done> write_through(const std::string& path, std::string_view bytes, unsigned mode) {
    const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file.is_open()) return file_failed(path);
    BUNDEL_TRY_DONE(write_all(file, path, bytes));
    if (::fsync(file.descriptor()) != 0) return file_failed(path);
    return Done{};
}

Result<Done> sync_folder(const std::string& path) {
    const File folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.is_open() || ::fsync(folder.descriptor()) != 0) return file_failed(path);
    return Done{};
}

Result<Done> make_folders(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) return Done{};
    const std::string above = folder_of(path);
    if (above != path) BUNDEL_TRY_DONE(make_folders(above));
    if (::mkdir(path.c_str(), 0750) != 0 && errno != EEXIST) return file_failed(path);
    return sync_folder(above);
}

std::string folder_of(const std::string& path) {
    const auto slash = path.find_last_of('/');
    if (slash == std::string::npos) return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace bundel::store
