#include "cli/scan_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "store/files.h"

namespace bundel::cli {
using base::Error;
using base::Result;

namespace {

constexpr std::size_t block_bytes = std::size_t{1} << 20;

// A pipe gives what it has: goes on until the block is full or the stream ends.
Result<std::string_view> next_block(const store::File& file, const std::string& path, std::string& block) {
    std::size_t size = 0;
    while (size < block.size()) {
        const ssize_t got = ::read(file.descriptor(), block.data() + size, block.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return store::file_failed(path);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    return std::string_view(block).substr(0, size);
}

Result<base::Done> check_stream(const store::File& file, const std::string& path) {
    if (!file.is_open() && errno == ENOENT) return Error{"file_missing", {{"file", path}}};
    struct stat about {};
    if (!file.is_open() || ::fstat(file.descriptor(), &about) != 0) return store::file_failed(path);
    if (S_ISDIR(about.st_mode)) return Error{"file_no_regular", {{"file", path}}};
    return base::Done{};
}

}  // namespace

Result<wire::LayoutRef> scan_file(const std::string& path, const wire::Layouts& layouts,
                                  base::Findings& findings, const Begin& begin) {
    const store::File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    BUNDEL_TRY_DONE(check_stream(file, path));
    std::string buffer(block_bytes, '\0');
    BUNDEL_TRY(first, next_block(file, path, buffer));
    wire::LayoutRef layout = layouts.recognise(first, path, findings);
    if (layout == nullptr) return layout;
    BUNDEL_TRY(sink, begin(layout));
    wire::Scan scan(layout, path, findings, std::move(sink));
    for (std::string_view block = first; !block.empty() && !scan.is_done();) {
        scan.feed(block);
        BUNDEL_TRY(next, next_block(file, path, buffer));
        block = next;
    }
    scan.finish();
    return layout;
}

}  // namespace bundel::cli
