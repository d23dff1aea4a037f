// Text and number parsing without locale, exceptions or surprises. FixedText: short text inside a value, no
// heap.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"

namespace bundel::base {

// Only digits (at least one), value <= max. Anything else: nothing.
std::optional<std::int64_t> parse_digits(std::string_view text, std::int64_t max = INT64_MAX);

bool all_digits(std::string_view text);  // false for empty text
std::string_view trim_right(std::string_view text, char fill = ' ');
std::string_view trim(std::string_view text);  // spaces and tabs on both sides
std::vector<std::string_view> split(std::string_view text, char separator);
std::string zero_padded(std::int64_t number, int width);  // Contract: number >= 0

// At most N characters, compared as bytes. Trailing room is NUL; a NUL inside is refused.
template <std::size_t N>
class FixedText {
public:
    constexpr FixedText() = default;
    static constexpr bool fits(std::string_view text) {
        return text.size() <= N && text.find('\0') == std::string_view::npos;
    }
    // Contract: fits(text).
    static constexpr FixedText of(std::string_view text) {
        BUNDEL_ASSERT(fits(text));
        FixedText result;
        std::copy(text.begin(), text.end(), result.bytes_.begin());
        return result;
    }
    constexpr std::string_view view() const {
        std::size_t size = 0;
        while (size < N && bytes_[size] != '\0') ++size;
        return {bytes_.data(), size};
    }
    std::string str() const { return std::string(view()); }
    constexpr bool empty() const { return bytes_[0] == '\0'; }
    // As unsigned bytes, on every machine, like std::string (a plain char array would compare signed here).
    constexpr std::strong_ordering operator<=>(const FixedText& other) const {
        return all().compare(other.all()) <=> 0;
    }
    bool operator==(const FixedText&) const = default;

private:
    constexpr std::string_view all() const { return {bytes_.data(), N}; }
    std::array<char, N> bytes_{};
};

}  // namespace bundel::base
