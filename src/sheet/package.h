// The container of .xlsx: a zip of XML files. Only for this room.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace bundel::sheet {

// All that is unpacked of one file together. A sheet that unpacks to more was made to harm.
inline constexpr std::size_t unpacked_max = std::size_t{96} << 20;

class Package {
public:
    // `bytes` must outlive it. Null when it is no zip.
    static std::unique_ptr<Package> open(std::string_view bytes);
    virtual ~Package() = default;
    // The unpacked contents. Nothing: no such file, damaged, or more than what is left of unpacked_max.
    virtual std::optional<std::string> file(const std::string& path) = 0;
    // Some file was not given because it was too large.
    virtual bool is_too_large() const = 0;
};

}  // namespace bundel::sheet
