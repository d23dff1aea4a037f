// Files that must be on disk when we say so.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::store {

// An open file; closed when it goes.
class File {
public:
    explicit File(int descriptor) : descriptor_(descriptor) {}
    File(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    File& operator=(File&&) = delete;
    ~File();
    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

// All Errors below: file_failed{file, why}.

// Writes `bytes` to `path` and to disk; what was there is replaced. `mode` is of a file that is new.
base::Result<base::Done> write_through(const std::string& path, std::string_view bytes, unsigned mode);
// What was renamed in this folder is so on disk.
base::Result<base::Done> sync_folder(const std::string& path);
// Makes the folder and those above it, each on disk.
base::Result<base::Done> make_folders(const std::string& path);
std::string folder_of(const std::string& path);

base::Error file_failed(const std::string& path);  // by errno

}  // namespace bundel::store
