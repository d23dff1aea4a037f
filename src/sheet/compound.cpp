#include "sheet/compound.h"

#include <cstdint>
#include <vector>

#include "sheet/cells.h"

namespace bundel::sheet {
namespace {

constexpr std::size_t header_size = 512;
constexpr std::size_t entry_size = 128;
constexpr std::uint32_t sector_max = 0xFFFFFFFA;  // above: end of chain, free, and such
constexpr std::uint32_t entries_in_header = 109;

class Container {
public:
    explicit Container(std::string_view bytes) : bytes_(bytes) {}

    std::optional<std::string> stream(std::string_view name) {
        const std::uint32_t shift = number16(bytes_, 30);
        if (shift != 9 && shift != 12) return std::nullopt;
        sector_size_ = std::size_t{1} << shift;
        read_table();
        const auto directory = chain(number32(bytes_, 48), bytes_.size());
        for (std::size_t at = 0; at + entry_size <= directory.size(); at += entry_size) {
            const std::string_view entry = std::string_view(directory).substr(at, entry_size);
            const std::size_t name_size = number16(entry, 64);
            if (name_size < 2 || name_size > 64) continue;
            if (utf8_of_utf16(entry.substr(0, name_size - 2)) != name) continue;
            const std::size_t size = number32(entry, 120);
            if (size < number32(bytes_, 56) || size > bytes_.size()) return std::nullopt;
            auto content = chain(number32(entry, 116), size);
            if (content.size() < size) return std::nullopt;
            content.resize(size);
            return content;
        }
        return std::nullopt;
    }

private:
    std::string_view sector(std::uint32_t index) const {
        if (index >= sector_max) return {};
        const std::size_t at = (std::size_t{index} + 1) * sector_size_;
        return at + sector_size_ <= bytes_.size() ? bytes_.substr(at, sector_size_) : std::string_view{};
    }

    void add_to_table(std::uint32_t index) {
        const auto part = sector(index);
        for (std::size_t at = 0; at + 4 <= part.size(); at += 4) next_.push_back(number32(part, at));
    }

    // Which sector follows which. Its own sectors are listed in the header, and beyond 109 in a chain of
    // lists.
    void read_table() {
        for (std::uint32_t i = 0; i < entries_in_header; ++i) add_to_table(number32(bytes_, 76 + 4 * i));
        std::uint32_t list = number32(bytes_, 68);
        for (std::size_t steps = bytes_.size() / sector_size_; steps > 0 && list < sector_max; --steps) {
            const auto part = sector(list);
            if (part.empty()) return;
            for (std::size_t at = 0; at + 8 <= part.size(); at += 4) add_to_table(number32(part, at));
            list = number32(part, part.size() - 4);
        }
    }

    // At least `size` bytes when the chain is whole. A chain that bites its tail ends at `size`.
    std::string chain(std::uint32_t index, std::size_t size) const {
        std::string content;
        std::size_t steps = bytes_.size() / sector_size_ + 1;
        while (content.size() < size && index < next_.size() && steps-- > 0) {
            const auto part = sector(index);
            if (part.empty()) break;
            content += part;
            index = next_[index];
        }
        return content;
    }

    std::string_view bytes_;
    std::size_t sector_size_ = 0;
    std::vector<std::uint32_t> next_;
};

}  // namespace

std::uint32_t number16(std::string_view bytes, std::size_t at) {
    if (at + 2 > bytes.size()) return 0;
    return static_cast<unsigned char>(bytes[at]) |
           (std::uint32_t{static_cast<unsigned char>(bytes[at + 1])} << 8);
}

std::uint32_t number32(std::string_view bytes, std::size_t at) {
    return number16(bytes, at) | (number16(bytes, at + 2) << 16);
}

std::optional<std::string> compound_stream(std::string_view bytes, std::string_view name) {
    if (bytes.size() < header_size) return std::nullopt;
    return Container(bytes).stream(name);
}

}  // namespace bundel::sheet
