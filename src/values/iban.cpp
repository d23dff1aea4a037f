#include "values/iban.h"

#include <algorithm>

namespace bundel::values {
using base::Error;
using base::Result;

namespace {

constexpr std::size_t shortest = 15;
constexpr std::size_t longest = 34;

// The countries of SEPA and the length of their IBAN.
struct Length {
    std::string_view country;
    std::size_t length;
};
constexpr Length lengths[] = {{"AD", 24}, {"AL", 28}, {"AT", 20}, {"BE", 16}, {"BG", 22}, {"CH", 21},
                              {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"EE", 20}, {"ES", 24},
                              {"FI", 18}, {"FR", 27}, {"GB", 22}, {"GI", 23}, {"GR", 27}, {"HR", 21},
                              {"HU", 28}, {"IE", 22}, {"IS", 26}, {"IT", 27}, {"LI", 21}, {"LT", 20},
                              {"LU", 20}, {"LV", 21}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19},
                              {"MT", 31}, {"NL", 18}, {"NO", 15}, {"PL", 28}, {"PT", 25}, {"RO", 24},
                              {"RS", 22}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"VA", 22}};

const Length* length_of(std::string_view country) {
    const auto found = std::ranges::find(lengths, country, &Length::country);
    return found == std::ranges::end(lengths) ? nullptr : &*found;
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter_or_digit(char c) {
    return is_capital(c) || is_digit(c);
}

char capital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

// Single spaces are only there for the eye, and only after each fourth character.
Result<std::string> without_groups(std::string_view text) {
    const bool grouped = text.find(' ') != std::string_view::npos;
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool between = grouped && i % 5 == 4;
        if (between != (text[i] == ' ')) return Error{"iban_syntax"};
        if (!between) plain += capital(text[i]);
    }
    if (text.ends_with(' ')) return Error{"iban_syntax"};
    return plain;
}

// ISO 13616-1: the first four characters moved to the end, letters as 10..35, leaves 1 modulo 97.
bool passes_check(std::string_view iban) {
    int rest = 0;
    const auto take = [&rest](char c) {
        rest = is_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    };
    std::ranges::for_each(iban.substr(4), take);
    std::ranges::for_each(iban.substr(0, 4), take);
    return rest == 1;
}

}  // namespace

Result<Iban> Iban::parse(std::string_view text) {
    BUNDEL_TRY(plain, without_groups(text));
    if (plain.size() < 4 || !is_capital(plain[0]) || !is_capital(plain[1]) || !is_digit(plain[2]) ||
        !is_digit(plain[3]) || !std::ranges::all_of(plain, is_letter_or_digit))
        return Error{"iban_syntax"};
    const Length* known = length_of(std::string_view(plain).substr(0, 2));
    const bool fits = known != nullptr ? plain.size() == known->length
                                       : plain.size() >= shortest && plain.size() <= longest;
    if (!fits) return Error{"iban_length"};
    if (!passes_check(plain)) return Error{"iban_check"};
    return Iban(Text::of(plain));
}

Iban Iban::of(std::string_view text) {
    return parse(text).value();
}

std::string Iban::grouped() const {
    std::string text;
    for (const char c : text_.view()) {
        if (text.size() % 5 == 4) text += ' ';
        text += c;
    }
    return text;
}

std::string Iban::masked() const {
    const std::string_view all = text_.view();
    return std::string(all.substr(0, 4)) + "…" + std::string(all.substr(all.size() - 4));
}

bool Iban::in_sepa() const {
    return length_of(country()) != nullptr;
}

Result<Bic> Bic::parse(std::string_view text) {
    const bool sized = text.size() == 8 || text.size() == 11;
    if (!sized || !std::ranges::all_of(text, is_letter_or_digit) || !is_capital(text[4]) ||
        !is_capital(text[5]))
        return Error{"bic_syntax"};
    return Bic(Text::of(text));
}

}  // namespace bundel::values
