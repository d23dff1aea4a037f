// Secrets: keys, sealed bytes (XChaCha20-Poly1305), keyed hashes and chance. The only room that has chance.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "values/identifiers.h"

namespace bundel::store {

// A secret of 32 bytes; wiped from memory when it goes.
class Key {
public:
    static constexpr std::size_t size = 32;
    static Key random();
    static Key from_raw(std::string_view raw);  // Contract: raw.size() == size
    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();

    // One key per purpose, so that a hash made for one cannot be looked up in another.
    Key for_purpose(std::uint64_t purpose) const;
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), size}; }

private:
    Key() = default;
    std::array<std::uint8_t, size> bytes_{};
};

// Seals bytes under one key, each time with a fresh nonce. `place` says where the sealed bytes belong; bytes
// that were moved to another place do not open.
class Box {
public:
    explicit Box(const Key& key) : key_(key) {}
    std::string seal(std::string_view plain, std::string_view place) const;
    std::optional<std::string> open(std::string_view sealed, std::string_view place) const;

private:
    Key key_;
};

// A password as it may be kept (Argon2id with its own salt and cost), and whether one is the same. Both take
// about a tenth of a second and 64 MB: that is the point of them.
std::string hash_password(std::string_view password);
bool password_matches(const std::string& kept, std::string_view password);
// In time that does not depend on where they differ.
bool equal_secrets(std::string_view a, std::string_view b);

std::string random_bytes(std::size_t count);
values::PersonId random_person();

}  // namespace bundel::store
