#include "wire/pseudonym.h"

#include <array>
#include <vector>

#include "base/assert.h"
#include "base/hash.h"
#include "base/text.h"
#include "values/identifiers.h"

namespace bundel::wire {
namespace {

constexpr int rounds = 10;

// Characters that may take each other's place. Every byte is in one of these.
struct Range {
    unsigned char first, last;
};

constexpr Range ranges[] = {{0x00, 0x1F}, {' ', ' '}, {'!', ','},   {'-', '-'},  {'.', '.'},
                            {'/', '/'},   {'0', '9'}, {':', '@'},   {'A', 'Z'},  {'[', '`'},
                            {'a', 'z'},   {'{', '~'}, {0x7F, 0x9F}, {0xA0, 0xFF}};

Range range_of(unsigned char byte) {
    for (const Range& range : ranges) {
        if (byte <= range.last) return range;
    }
    BUNDEL_ASSERT(false);
    return {};
}

// The value as numbers, each below the size of its range.
struct Symbols {
    std::vector<Range> shape;
    std::vector<std::uint32_t> values;
};

std::uint32_t size_of(const Range& range) {
    return static_cast<std::uint32_t>(range.last - range.first) + 1;
}

// A number stays as long as it is: zeros in front stay, and the first digit after them is no zero.
Symbols symbols_of(std::string_view value) {
    Symbols symbols;
    bool is_leading = true;
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        Range range = range_of(byte);
        if (is_leading && byte == '0') range = {'0', '0'};
        if (is_leading && byte >= '1' && byte <= '9') range = {'1', '9'};
        is_leading = is_leading && byte == '0';
        symbols.shape.push_back(range);
        symbols.values.push_back(byte - std::uint32_t{range.first});
    }
    return symbols;
}

std::string text_of(const Symbols& symbols) {
    std::string text;
    for (std::size_t i = 0; i < symbols.values.size(); ++i)
        text += static_cast<char>(symbols.shape[i].first + symbols.values[i]);
    return text;
}

std::uint32_t number_at(const base::Digest& digest, std::size_t place) {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | digest.bytes[4 * place + i];
    return number;
}

void append_number(std::string& text, std::size_t number) {
    for (int i = 0; i < 4; ++i, number >>= 8) text += static_cast<char>(number & 255);
}

// What decides a round: everything that it does not change.
std::string round_input(std::string_view of, const Symbols& symbols, int round, std::size_t first,
                        std::size_t last) {
    std::string input(of);
    input += '\0';
    input += static_cast<char>(round);
    for (const Range& range : symbols.shape) {
        input += static_cast<char>(range.first);
        input += static_cast<char>(range.last);
    }
    for (std::size_t i = first; i < last; ++i) input += static_cast<char>(symbols.values[i]);
    return input;
}

// Adds to the symbols from `first` on what the key makes of the others.
void turn(std::string_view key, std::string input, Symbols& symbols, std::size_t first, std::size_t last) {
    constexpr std::size_t per_digest = 8;
    const std::size_t size = input.size();
    base::Digest digest;
    for (std::size_t i = first; i < last; ++i) {
        const std::size_t place = (i - first) % per_digest;
        if (place == 0) {
            input.resize(size);
            append_number(input, i);
            digest = base::keyed_digest(key, input);
        }
        const std::uint32_t size_here = size_of(symbols.shape[i]);
        symbols.values[i] = (symbols.values[i] + number_at(digest, place) % size_here) % size_here;
    }
}

Symbols permuted(std::string_view key, std::string_view of, Symbols symbols) {
    const std::size_t size = symbols.values.size();
    const std::size_t half = size / 2;
    for (int round = 0; round < rounds; ++round) {
        const bool is_first_kept = round % 2 == 0;
        const std::size_t kept_from = is_first_kept ? 0 : half;
        const std::size_t kept_to = is_first_kept ? half : size;
        std::string input = round_input(of, symbols, round, kept_from, kept_to);
        turn(key, std::move(input), symbols, is_first_kept ? half : 0, is_first_kept ? size : half);
    }
    return symbols;
}

Symbols digits_of(std::string_view value) {
    Symbols symbols;
    for (const char c : value) {
        symbols.shape.push_back({'0', '9'});
        symbols.values.push_back(static_cast<std::uint32_t>(c - '0'));
    }
    return symbols;
}

bool is_nobody(std::string_view bsn) {
    return bsn == "000000000" || bsn == "999999999";
}

// Empty: no digit makes it pass the eleven test.
std::string with_check_digit(const std::string& eight) {
    for (char digit = '0'; digit <= '9'; ++digit) {
        std::string nine = eight + digit;
        if (values::Bsn::parse(nine).ok()) return nine;
    }
    return "";
}

}  // namespace

Pseudonyms::Pseudonyms(std::string_view key) : key_(base::keyed_digest(key, "pseudonyms").view()) {}

std::string Pseudonyms::shaped(std::string_view of, std::string_view value) const {
    return text_of(permuted(key_, of, symbols_of(value)));
}

// Both walk on along a permutation until they are back among the numbers of their kind. That is a permutation
// of those numbers, and it ends, as the walk comes back to where it began.
std::string Pseudonyms::bsn(std::string_view value) const {
    BUNDEL_ASSERT(value.size() == 9 && base::all_digits(value));
    if (is_nobody(value)) return std::string(value);
    const bool is_valid = values::Bsn::parse(value).ok();
    // The last digit of a valid number follows from the others.
    Symbols symbols = digits_of(value.substr(0, is_valid ? 8 : 9));
    while (true) {
        symbols = permuted(key_, is_valid ? "bsn" : "no bsn", std::move(symbols));
        std::string text = text_of(symbols);
        if (is_valid) text = with_check_digit(text);
        if (!text.empty() && !is_nobody(text) && values::Bsn::parse(text).ok() == is_valid) return text;
    }
}

std::uint32_t Pseudonyms::below(std::uint32_t bound, std::string_view of, std::string_view value) const {
    std::string input(of);
    input += '\0';
    input += value;
    return number_at(base::keyed_digest(key_, input), 0) % bound;
}

}  // namespace bundel::wire
