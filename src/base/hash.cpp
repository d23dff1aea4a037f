#include "base/hash.h"

#include <sodium.h>

#include <cstring>

namespace bundel::base {
namespace {

static_assert(sizeof(crypto_generichash_state) <= 384);

crypto_generichash_state* as_state(std::uint8_t* bytes) {
    return reinterpret_cast<crypto_generichash_state*>(bytes);
}

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Kind of the piece, then a number, lowest byte first: the same digest on every machine.
std::array<unsigned char, 9> frame(char kind, std::uint64_t number) {
    std::array<unsigned char, 9> bytes{static_cast<unsigned char>(kind)};
    for (std::size_t i = 1; i < bytes.size(); ++i, number >>= 8)
        bytes[i] = static_cast<unsigned char>(number & 255);
    return bytes;
}

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

std::string Digest::hex() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(64);
    for (const std::uint8_t byte : bytes) {
        text.push_back(digits[byte >> 4]);
        text.push_back(digits[byte & 15]);
    }
    return text;
}

Result<Digest> Digest::parse(std::string_view hex) {
    if (hex.size() != 64) return Error{"digest_syntax"};
    Digest result;
    for (std::size_t i = 0; i < 32; ++i) {
        const int high = hex_value(hex[2 * i]);
        const int low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0) return Error{"digest_syntax"};
        result.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return result;
}

Digest Digest::from_raw(std::string_view raw) {
    BUNDEL_ASSERT(raw.size() == 32);
    Digest result;
    std::memcpy(result.bytes.data(), raw.data(), 32);
    return result;
}

Digest digest(std::string_view bytes) {
    Digest result;
    crypto_generichash(result.bytes.data(), 32, as_bytes(bytes), bytes.size(), nullptr, 0);
    return result;
}

Digest keyed_digest(std::string_view key, std::string_view bytes) {
    BUNDEL_ASSERT(key.size() >= 16 && key.size() <= 64);
    Digest result;
    crypto_generichash(result.bytes.data(), 32, as_bytes(bytes), bytes.size(), as_bytes(key), key.size());
    return result;
}

Hasher::Hasher() : state_{}, waiting_{} {
    crypto_generichash_init(as_state(state_.data()), nullptr, 0, 32);
}

Hasher& Hasher::add(std::string_view piece) {
    const auto head = frame('t', piece.size());
    append(head.data(), head.size());
    append(piece.data(), piece.size());
    return *this;
}

Hasher& Hasher::add(std::int64_t number) {
    const auto head = frame('n', static_cast<std::uint64_t>(number));
    append(head.data(), head.size());
    return *this;
}

void Hasher::append(const void* bytes, std::size_t size) {
    if (waiting_size_ + size > waiting_.size()) {
        crypto_generichash_update(as_state(state_.data()), waiting_.data(), waiting_size_);
        waiting_size_ = 0;
    }
    if (size > waiting_.size()) {
        crypto_generichash_update(as_state(state_.data()), static_cast<const unsigned char*>(bytes), size);
    } else if (size > 0) {
        std::memcpy(waiting_.data() + waiting_size_, bytes, size);
        waiting_size_ += size;
    }
}

Digest Hasher::finish() const {
    alignas(64) auto copy = state_;
    Digest result;
    crypto_generichash_update(as_state(copy.data()), waiting_.data(), waiting_size_);
    crypto_generichash_final(as_state(copy.data()), result.bytes.data(), 32);
    return result;
}

}  // namespace bundel::base
