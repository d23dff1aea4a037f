// The 32 bytes of a key in a file that only its owner may read.
#pragma once

#include <string>

#include "base/result.h"
#include "store/crypto.h"

namespace bundel::store {

// Errors: key_file_missing{file}, key_file_readable_by_others{file}, key_file_wrong{file} (not a file of 32
// bytes), file_failed{file, why}.
base::Result<Key> read_key(const std::string& path);
// Makes a new random key, on disk when this returns. Errors: key_file_exists{file}, file_failed{file, why}.
base::Result<Key> create_key(const std::string& path);

}  // namespace bundel::store
