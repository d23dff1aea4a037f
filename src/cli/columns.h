// Text in columns.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace bundel::cli {

// Columns count characters, not bytes: the euro sign and letters with accents take one place.
inline std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

inline std::string left(std::string text, std::size_t width) {
    const std::size_t has = width_of(text);
    return has < width ? text + std::string(width - has, ' ') : text;
}

inline std::string right(const std::string& text, std::size_t width) {
    const std::size_t has = width_of(text);
    return has < width ? std::string(width - has, ' ') + text : text;
}

}  // namespace bundel::cli
