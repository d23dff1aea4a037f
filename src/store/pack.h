// Values to bytes and back, for what is sealed as one piece.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::store {

class Packer {
public:
    Packer& add(std::int64_t number);
    Packer& add(std::string_view text);
    Packer& add(const base::Params& params);
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

// Reads what a Packer wrote, in the same order. Past a fault it gives zeros and empty texts; ask whole() at
// the end.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}
    std::int64_t number();
    std::string text();
    base::Params params();
    bool at_end() const { return rest_.empty(); }
    bool whole() const { return !failed_ && rest_.empty(); }

private:
    std::string_view take(std::size_t count);
    std::string_view rest_;
    bool failed_ = false;
};

}  // namespace bundel::store
