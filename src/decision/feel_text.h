// The characters of a FEEL text: white space, comments, names, numbers and strings, taken off the front.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bundel::decision {

// UTF-8, one code point at a time. Nothing when the bytes are no UTF-8.
struct CodePoint {
    char32_t value = 0;
    std::size_t size = 0;
};
std::optional<CodePoint> code_point_at(std::string_view text, std::size_t at);
void append_utf8(std::string& text, char32_t code_point);
std::u32string to_code_points(std::string_view text);  // what is no UTF-8 becomes U+FFFD
std::string to_utf8(std::u32string_view text);

class FeelText {
public:
    explicit FeelText(std::string_view text) : text_(text) {}

    std::size_t at() const { return at_; }
    void go_to(std::size_t at) { at_ = at; }
    std::string_view whole() const { return text_; }
    void skip_space();  // and comments, of both kinds
    bool done();        // only space is left
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    char peek_next() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }

    // After space. False, and nothing is taken, when it does not stand there.
    bool take(std::string_view symbol);
    bool looking_at(std::string_view symbol);
    // A keyword: the letters, and no name goes on behind them.
    bool take_word(std::string_view word);
    bool looking_at_word(std::string_view word);

    // The text stands here, each run of white space as one space, and no name goes on behind it. Its length
    // in bytes here, or 0.
    std::size_t length_of_name(std::string_view name);
    // Letters, digits and marks of one simple name. Empty when none begins here.
    std::string_view take_simple_name();
    bool at_name();

    std::optional<std::string_view> take_number();  // the digits, as Number::parse reads them, or nothing
    // The string that begins with the quote here; nothing when it does not end, or an escape is wrong.
    std::optional<std::string> take_string();

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace bundel::decision
