#include "store/crypto.h"

#include <sodium.h>

#include <cstring>

namespace bundel::store {
namespace {

// Before the first use of chance; safe to call again and from several threads.
void ready() {
    BUNDEL_ASSERT(sodium_init() >= 0);
}

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(Key::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(Key::size == crypto_kdf_KEYBYTES);

}  // namespace

Key Key::random() {
    ready();
    Key key;
    randombytes_buf(key.bytes_.data(), size);
    return key;
}

Key Key::from_raw(std::string_view raw) {
    BUNDEL_ASSERT(raw.size() == size);
    Key key;
    std::memcpy(key.bytes_.data(), raw.data(), size);
    return key;
}

Key::~Key() {
    sodium_memzero(bytes_.data(), size);
}

Key Key::for_purpose(std::uint64_t purpose) const {
    Key key;
    crypto_kdf_derive_from_key(key.bytes_.data(), size, purpose, "bundel01", bytes_.data());
    return key;
}

std::string Box::seal(std::string_view plain, std::string_view place) const {
    ready();
    std::string sealed(nonce_size + plain.size() + tag_size, '\0');
    randombytes_buf(sealed.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(as_bytes(sealed) + nonce_size, nullptr, as_bytes(plain),
                                               plain.size(), as_bytes(place), place.size(), nullptr,
                                               as_bytes(sealed), as_bytes(key_.view()));
    return sealed;
}

std::optional<std::string> Box::open(std::string_view sealed, std::string_view place) const {
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    std::string plain(sealed.size() - nonce_size - tag_size, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        as_bytes(plain), nullptr, nullptr, as_bytes(sealed) + nonce_size, sealed.size() - nonce_size,
        as_bytes(place), place.size(), as_bytes(sealed), as_bytes(key_.view()));
    if (failed != 0) return std::nullopt;
    return plain;
}

std::string hash_password(std::string_view password) {
    ready();
    std::array<char, crypto_pwhash_STRBYTES> kept{};
    const int failed = crypto_pwhash_str_alg(
        kept.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
        crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13);
    BUNDEL_ASSERT(failed == 0);  // only when there is no memory for it
    return kept.data();
}

bool password_matches(const std::string& kept, std::string_view password) {
    ready();
    return crypto_pwhash_str_verify(kept.c_str(), password.data(), password.size()) == 0;
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
    ready();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), count);
    return bytes;
}

values::PersonId random_person() {
    ready();
    values::PersonId person;
    while (person.is_nobody()) {
        randombytes_buf(&person.high, sizeof person.high);
        randombytes_buf(&person.low, sizeof person.low);
    }
    return person;
}

}  // namespace bundel::store
