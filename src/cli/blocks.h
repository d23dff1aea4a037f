// A file of any size, block by block.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::cli {

// Calls `take` for each block, in order; an empty file is one empty block. Stops when it says false.
// Errors: file_missing{file}, file_no_regular{file} (a folder), file_failed{file, why}.
base::Result<base::Done> each_block(const std::string& path,
                                    const std::function<bool(std::string_view)>& take);

}  // namespace bundel::cli
