#include "base/text.h"

namespace bundel::base {

std::optional<std::int64_t> parse_digits(std::string_view text, std::int64_t max) {
    if (text.empty()) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        if (__builtin_mul_overflow(value, std::int64_t{10}, &value)) return std::nullopt;
        if (__builtin_add_overflow(value, std::int64_t{c - '0'}, &value)) return std::nullopt;
    }
    if (value > max) return std::nullopt;
    return value;
}

bool all_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view trim_right(std::string_view text, char fill) {
    while (!text.empty() && text.back() == fill) text.remove_suffix(1);
    return text;
}

std::string_view trim(std::string_view text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto at = text.find(separator);
        parts.push_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string zero_padded(std::int64_t number, int width) {
    BUNDEL_ASSERT(number >= 0);
    std::string digits = std::to_string(number);
    const auto missing = width - static_cast<int>(digits.size());
    return missing > 0 ? std::string(static_cast<std::size_t>(missing), '0') + digits : digits;
}

}  // namespace bundel::base
