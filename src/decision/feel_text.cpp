#include "decision/feel_text.h"

namespace bundel::decision {
namespace {

bool is_digit(char32_t c) {
    return c >= '0' && c <= '9';
}

// FEEL grammar rules 28 and 29, with all that lies beyond Latin as letters.
bool is_name_start(char32_t c) {
    return c == '?' || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0xC0 && c != 0xD7 && c != 0xF7);
}

bool is_name_part(char32_t c) {
    return is_name_start(c) || is_digit(c) || c == 0xB7;
}

bool is_space(char32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000 || c == 0xFEFF;
}

std::optional<char32_t> hex(std::string_view digits) {
    char32_t value = 0;
    for (const char c : digits) {
        const auto low = static_cast<char>(c | 0x20);
        if (c >= '0' && c <= '9') {
            value = value * 16 + static_cast<char32_t>(c - '0');
        } else if (low >= 'a' && low <= 'f') {
            value = value * 16 + static_cast<char32_t>(low - 'a' + 10);
        } else {
            return std::nullopt;
        }
    }
    return value;
}

}  // namespace

std::optional<CodePoint> code_point_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return std::nullopt;
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return CodePoint{first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > text.size()) return std::nullopt;
    char32_t value = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return std::nullopt;
        value = (value << 6) | (byte(at + i) & 0x3F);
    }
    return CodePoint{value, size};
}

void append_utf8(std::string& text, char32_t c) {
    const auto add = [&](char32_t bits) { text += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xC0 | (c >> 6));
        add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        add(0xE0 | (c >> 12));
        add(0x80 | ((c >> 6) & 0x3F));
        add(0x80 | (c & 0x3F));
    } else {
        add(0xF0 | (c >> 18));
        add(0x80 | ((c >> 12) & 0x3F));
        add(0x80 | ((c >> 6) & 0x3F));
        add(0x80 | (c & 0x3F));
    }
}

std::u32string to_code_points(std::string_view text) {
    std::u32string result;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        result += point ? point->value : U'\uFFFD';
        at += point ? point->size : 1;
    }
    return result;
}

std::string to_utf8(std::u32string_view text) {
    std::string result;
    for (const char32_t c : text) append_utf8(result, c);
    return result;
}

void FeelText::skip_space() {
    while (at_ < text_.size()) {
        if (text_.substr(at_, 2) == "//") {
            const auto end = text_.find('\n', at_);
            at_ = end == std::string_view::npos ? text_.size() : end;
        } else if (text_.substr(at_, 2) == "/*") {
            const auto end = text_.find("*/", at_ + 2);
            if (end == std::string_view::npos) return;
            at_ = end + 2;
        } else {
            const auto point = code_point_at(text_, at_);
            if (!point || !is_space(point->value)) return;
            at_ += point->size;
        }
    }
}

bool FeelText::done() {
    skip_space();
    return at_ == text_.size();
}

bool FeelText::looking_at(std::string_view symbol) {
    skip_space();
    return text_.substr(at_, symbol.size()) == symbol;
}

bool FeelText::take(std::string_view symbol) {
    if (!looking_at(symbol)) return false;
    at_ += symbol.size();
    return true;
}

bool FeelText::looking_at_word(std::string_view word) {
    if (!looking_at(word)) return false;
    const auto next = code_point_at(text_, at_ + word.size());
    return !next || !is_name_part(next->value);
}

bool FeelText::take_word(std::string_view word) {
    if (!looking_at_word(word)) return false;
    at_ += word.size();
    return true;
}

std::size_t FeelText::length_of_name(std::string_view name) {
    const std::size_t start = at_;
    std::size_t here = at_;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == ' ') {
            at_ = here;
            skip_space();
            const bool moved = at_ != here;
            here = at_;
            at_ = start;
            if (!moved) return 0;
        } else if (here < text_.size() && text_[here] == name[i]) {
            ++here;
        } else {
            return 0;
        }
    }
    const auto next = code_point_at(text_, here);
    const bool ends_in_letter = !name.empty() && (static_cast<unsigned char>(name.back()) >= 0x80 ||
                                                  is_name_part(static_cast<unsigned char>(name.back())));
    if (ends_in_letter && next && is_name_part(next->value)) return 0;
    return here - start;
}

bool FeelText::at_name() {
    skip_space();
    const auto point = code_point_at(text_, at_);
    return point && is_name_start(point->value);
}

std::string_view FeelText::take_simple_name() {
    if (!at_name()) return {};
    const std::size_t start = at_;
    for (auto point = code_point_at(text_, at_); point && is_name_part(point->value);
         point = code_point_at(text_, at_)) {
        at_ += point->size;
    }
    return text_.substr(start, at_ - start);
}

std::optional<std::string_view> FeelText::take_number() {
    skip_space();
    const std::size_t start = at_;
    const auto digits = [&] {
        const std::size_t first = at_;
        while (is_digit(static_cast<unsigned char>(peek()))) ++at_;
        return at_ > first;
    };
    bool found = digits();
    if (peek() == '.' && is_digit(static_cast<unsigned char>(peek_next()))) {
        ++at_;
        found = digits();
    }
    if (!found) {
        at_ = start;
        return std::nullopt;
    }
    const std::size_t mantissa_end = at_;
    if (peek() == 'e' || peek() == 'E') {
        ++at_;
        if (peek() == '+' || peek() == '-') ++at_;
        if (!digits()) at_ = mantissa_end;
    }
    return text_.substr(start, at_ - start);
}

std::optional<std::string> FeelText::take_string() {
    std::string result;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
        if (text_[at_] != '\\') {
            result += text_[at_];
            continue;
        }
        const char escape = peek_next();
        if (++at_ == text_.size()) return std::nullopt;
        switch (escape) {
            case 'n': result += '\n'; break;
            case 'r': result += '\r'; break;
            case 't': result += '\t'; break;
            case '"':
            case '\'':
            case '\\': result += escape; break;
            case 'u':
            case 'U': {
                const std::size_t size = escape == 'u' ? 4 : 6;
                auto value = text_.size() - at_ > size ? hex(text_.substr(at_ + 1, size)) : std::nullopt;
                if (!value || *value > 0x10FFFF) return std::nullopt;
                at_ += size;
                // A pair of surrogates is one character.
                if (*value >= 0xD800 && *value < 0xDC00 && text_.substr(at_ + 1, 2) == "\\u") {
                    const auto low = hex(text_.substr(at_ + 3, 4));
                    if (!low || *low < 0xDC00 || *low > 0xDFFF) return std::nullopt;
                    *value = 0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00);
                    at_ += 6;
                }
                if (*value >= 0xD800 && *value <= 0xDFFF) return std::nullopt;
                append_utf8(result, *value);
                break;
            }
            default:
                // An escape that FEEL does not know stands for itself: "\d" in a regular expression.
                result += '\\';
                result += escape;
        }
    }
    if (at_ >= text_.size()) return std::nullopt;
    ++at_;
    return result;
}

}  // namespace bundel::decision
