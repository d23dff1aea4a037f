#include "store/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "store/files.h"

namespace bundel::store {
using base::Error;
using base::Result;

Result<Key> read_key(const std::string& path) {
    const File file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!file.is_open() && errno == ENOENT) return Error{"key_file_missing", {{"file", path}}};
    struct stat about {};
    if (!file.is_open() || ::fstat(file.descriptor(), &about) != 0) return file_failed(path);
    if (!S_ISREG(about.st_mode)) return Error{"key_file_wrong", {{"file", path}}};
    if ((about.st_mode & 077) != 0) return Error{"key_file_readable_by_others", {{"file", path}}};
    std::array<char, Key::size + 1> bytes{};
    const ssize_t count = ::read(file.descriptor(), bytes.data(), bytes.size());
    if (count < 0) return file_failed(path);
    if (count != static_cast<ssize_t>(Key::size)) return Error{"key_file_wrong", {{"file", path}}};
    return Key::from_raw({bytes.data(), Key::size});
}

// Under another name first: whoever finds the file finds a whole key.
Result<Key> create_key(const std::string& path) {
    const Key key = Key::random();
    const std::string unfinished = path + ".tmp";
    ::unlink(unfinished.c_str());
    BUNDEL_TRY_DONE(write_through(unfinished, key.view(), 0600));
    const int failed = ::link(unfinished.c_str(), path.c_str());
    const int why = errno;
    ::unlink(unfinished.c_str());
    errno = why;
    if (failed != 0 && why == EEXIST) return Error{"key_file_exists", {{"file", path}}};
    if (failed != 0) return file_failed(path);
    BUNDEL_TRY_DONE(sync_folder(folder_of(path)));
    return key;
}

}  // namespace bundel::store
