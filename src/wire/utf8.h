// Code points of UTF-8 text. Only for this room.
#pragma once

#include <optional>
#include <string_view>

namespace bundel::wire {

// The next code point, taken off the front. Nothing: no valid UTF-8 (overlong forms and surrogates included).
// Contract: not empty.
std::optional<char32_t> take_code_point(std::string_view& text);

bool is_utf8(std::string_view text);

}  // namespace bundel::wire
