#include "cli/ei_fields.h"

#include <algorithm>

namespace bundel::cli {

std::string in_column(const std::string& text, std::size_t width) {
    const auto characters = static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    return characters < width ? text + std::string(width - characters, ' ') : text;
}

std::string code_of(const ShownRecord& shown) {
    if (shown.record.index == wire::Record::unknown) return "";
    return shown.layout->records()[shown.record.index].code;
}

}  // namespace bundel::cli
