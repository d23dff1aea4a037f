// Reading files that others put down, without trusting them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace bundel::store {

// The bytes of a file as they were at one moment. Never waits (a pipe is refused) and reads no more than
// `bytes_max`. Errors: file_missing{file}, file_no_regular{file} (folder, device, pipe), file_too_large{file,
// megabytes}, file_still_written{file} (it changed while we read), file_failed{file, why}.
base::Result<std::string> read_file(const std::string& path, std::size_t bytes_max);

// Everything below `folder` that is not a folder, by name (byte order of the path below it), as paths that
// begin with `folder`. Skips what is hidden (a name that begins with '.') and what is unfinished (*.tmp,
// *.part); does not follow links to folders: they are listed, and refused by read_file(). Errors:
// file_missing{file}, file_failed{file, why}.
base::Result<std::vector<std::string>> list_files(const std::string& folder);

}  // namespace bundel::store
