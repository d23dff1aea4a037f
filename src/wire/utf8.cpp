#include "wire/utf8.h"

#include <array>
#include <cstddef>

namespace bundel::wire {
namespace {

// Bytes of the code point that starts so; 0: none does.
std::size_t length_by_first(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >> 5 == 0x06) return 2;
    if (first >> 4 == 0x0E) return 3;
    return first >> 3 == 0x1E ? 4 : 0;
}

}  // namespace

std::optional<char32_t> take_code_point(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = length_by_first(first);
    if (length == 0 || text.size() < length) return std::nullopt;
    constexpr std::array<unsigned, 5> lead_bits{0, 0x7F, 0x1F, 0x0F, 0x07};
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    char32_t code = first & lead_bits[length];
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xC0) != 0x80) return std::nullopt;
        code = code << 6 | (byte & 0x3F);
    }
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < least[length] || code > 0x10FFFF || is_surrogate) return std::nullopt;
    text.remove_prefix(length);
    return code;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        if (!take_code_point(text)) return false;
    }
    return true;
}

}  // namespace bundel::wire
