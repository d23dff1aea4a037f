#include "paper/document.h"

#include "texts/texts.h"

namespace bundel::paper {

namespace {

bool continues(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

// Length of the character at `at`; 0: no valid UTF-8 (overlong, a surrogate, beyond U+10FFFF, cut off).
std::size_t length_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) return 1;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (!continues(text, at + i)) return 0;
    }
    const auto second = static_cast<unsigned char>(text[at + 1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || outside ? 0 : length;
}

// C0, DEL and C1 (which is C2 80 .. C2 9F).
bool is_control(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return lead < 0x20 || lead == 0x7F;
    return lead == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

// Not characters in XML: U+FFFE and U+FFFF.
bool is_no_character(std::string_view character) {
    return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

}  // namespace

std::string plain(std::string_view text) {
    static constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string clean;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = length_at(text, at);
        const std::string_view character = text.substr(at, length == 0 ? 1 : length);
        at += character.size();
        if (length == 0 || is_no_character(character))
            clean += replacement;
        else if (is_control(character))
            clean += ' ';
        else
            clean += character;
    }
    return clean;
}

std::string shown(const Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return plain(*text);
    if (const auto* amount = std::get_if<values::Cents>(&cell)) return amount->euros();
    if (const auto* day = std::get_if<values::Date>(&cell)) return day->dutch();
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return texts::Texts::dutch().number(*number);
    return "";
}

}  // namespace bundel::paper
