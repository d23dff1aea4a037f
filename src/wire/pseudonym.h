// Pseudonyms by a key: the same value gets the same pseudonym in every file, two values never share one, and
// without the key nobody gets back. A pseudonym has the shape of its value: as long, a digit for a digit, a
// capital for a capital, and the characters - . / and space where they were.
//
// How: a keyed permutation of all values of that shape (a Feistel network over its characters, with BLAKE2b
// as the round function), so no table of what was handed out is needed. A shape of one or two characters has
// so few values that a value may get itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bundel::wire {

class Pseudonyms {
public:
    // Contract: 16 <= key.size() <= 64.
    explicit Pseudonyms(std::string_view key);

    // `of`: what kind of value; the same value of two kinds has two pseudonyms. Zeros in front stay, and a
    // number stays as long as it is. Contract: no NUL in `of`.
    std::string shaped(std::string_view of, std::string_view value) const;

    // Nine digits; passes the eleven test when the value does, fails it when the value fails. Zeros and nines
    // (nobody) stay. Is it the number of a real person? There is no published range of test numbers, so it
    // may be. Contract: nine digits.
    std::string bsn(std::string_view value) const;

    // An evenly spread number below `bound` that only this value has reason to get.
    std::uint32_t below(std::uint32_t bound, std::string_view of, std::string_view value) const;

private:
    std::string key_;
};

}  // namespace bundel::wire
