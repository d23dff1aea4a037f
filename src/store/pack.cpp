#include "store/pack.h"

namespace bundel::store {

Packer& Packer::add(std::int64_t number) {
    auto rest = static_cast<std::uint64_t>(number);
    for (int i = 0; i < 8; ++i, rest >>= 8) bytes_.push_back(static_cast<char>(rest & 255));
    return *this;
}

Packer& Packer::add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    bytes_ += text;
    return *this;
}

Packer& Packer::add(const base::Params& params) {
    add(static_cast<std::int64_t>(params.size()));
    for (const auto& [name, value] : params) add(name).add(value);
    return *this;
}

std::string_view Unpacker::take(std::size_t count) {
    if (count > rest_.size()) {
        failed_ = true;
        rest_ = {};
        return {};
    }
    const auto taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

std::int64_t Unpacker::number() {
    std::uint64_t value = 0;
    int shift = 0;
    for (const char byte : take(8)) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(byte)) << shift;
        shift += 8;
    }
    return static_cast<std::int64_t>(value);
}

std::string Unpacker::text() {
    return std::string(take(static_cast<std::size_t>(number())));
}

base::Params Unpacker::params() {
    base::Params params;
    for (auto left = number(); left > 0 && !failed_; --left) {
        std::string name = text();
        std::string value = text();
        params.emplace_back(std::move(name), std::move(value));
    }
    return params;
}

}  // namespace bundel::store
