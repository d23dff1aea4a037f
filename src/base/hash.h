// Digests: BLAKE2b-256 (libsodium). For identity of bytes, chains and keyed pseudonyms. Not for passwords.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::base {

struct Digest {
    std::array<std::uint8_t, 32> bytes{};
    auto operator<=>(const Digest&) const = default;
    std::string hex() const;  // 64 lower-case hex digits
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }
    static Result<Digest> parse(std::string_view hex);  // Error: digest_syntax
    static Digest from_raw(std::string_view raw);       // Contract: raw.size() == 32
};

Digest digest(std::string_view bytes);

// Contract: 16 <= key.size() <= 64.
Digest keyed_digest(std::string_view key, std::string_view bytes);

// Digest of a sequence of values without building one string. add() frames each piece by its kind and length,
// so that ("ab","c") and ("a","bc") differ, and the number 0 and the empty text too. Copyable: a copy goes on
// from the same state.
class Hasher {
public:
    Hasher();
    Hasher& add(std::string_view piece);
    Hasher& add(std::int64_t number);
    Hasher& add(const Digest& digest) { return add(digest.view()); }
    Digest finish() const;

private:
    void append(const void* bytes, std::size_t size);

    alignas(64) std::array<std::uint8_t, 384> state_;
    std::array<std::uint8_t, 256> waiting_;  // added and not hashed yet: most pieces are a few bytes
    std::size_t waiting_size_ = 0;
};

}  // namespace bundel::base
