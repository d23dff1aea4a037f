#include "cli/blocks.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/files.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Result;

namespace {
constexpr std::size_t block_bytes = std::size_t{1} << 20;
}

Result<Done> each_block(const std::string& path, const std::function<bool(std::string_view)>& take) {
    const store::File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) return Error{"file_missing", {{"file", path}}};
    struct stat about {};
    if (!file.is_open() || ::fstat(file.descriptor(), &about) != 0) return store::file_failed(path);
    if (!S_ISREG(about.st_mode)) return Error{"file_no_regular", {{"file", path}}};
    std::string block(block_bytes, '\0');
    for (bool is_first = true;; is_first = false) {
        const ssize_t got = ::read(file.descriptor(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return store::file_failed(path);
        if (got == 0 && !is_first) return Done{};
        if (!take(std::string_view(block).substr(0, static_cast<std::size_t>(got)))) return Done{};
    }
}

}  // namespace bundel::cli
