#include "sheet/cells.h"

#include <charconv>
#include <cmath>

#include "values/date.h"

namespace bundel::sheet {
namespace {

constexpr double whole_max = 1e15;
// Day 61 is 1 March 1900; before it the format counts a day that never was (29 February 1900).
constexpr double serial_min = 61;
constexpr double serial_max = 2'958'465;  // 9999-12-31

}  // namespace

std::string number_text(double number) {
    if (!std::isfinite(number)) return "?";
    if (number == std::floor(number) && std::fabs(number) < whole_max) {
        return std::to_string(static_cast<std::int64_t>(number));
    }
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, number);
    return std::string(digits, end.ptr);
}

std::string day_text(double serial, Epoch epoch) {
    const bool is_day = std::isfinite(serial) && serial >= serial_min && serial < serial_max - 1500;
    if (!is_day) return number_text(serial);
    const values::Date first =
        epoch == Epoch::of_1904 ? values::Date::of(1904, 1, 1) : values::Date::of(1899, 12, 30);
    return first.plus_days(static_cast<int>(std::floor(serial))).iso();
}

bool is_day_format(std::string_view format) {
    bool is_quoted = false;
    bool has_day = false;
    bool has_year = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '"') is_quoted = !is_quoted;
        if (c == '\\') ++i;
        if (c == '[') i = std::min(format.find(']', i), format.size() - 1);
        if (is_quoted || c == '\\' || c == '[') continue;
        has_day |= c == 'd' || c == 'D';
        // j, t: "jjjj", "tt" of Dutch and German versions
        has_year |= c == 'y' || c == 'Y' || c == 'j' || c == 'J';
    }
    return has_day || has_year;
}

bool is_day_format(unsigned built_in) {
    return (built_in >= 14 && built_in <= 17) || built_in == 22;
}

void Cells::put(std::int64_t row, std::int64_t column, std::string text) {
    const bool is_inside = row >= 0 && row < rows_max && column >= 0 && column < columns_max;
    if (!is_inside || text.empty() || is_full()) return;
    text_ += text.size();
    cells_[{static_cast<int>(row), static_cast<int>(column)}] = std::move(text);
}

wire::GridSheet Cells::sheet(std::string name) const {
    wire::GridSheet sheet{std::move(name), {}};
    for (const auto& [at, text] : cells_) {
        const auto& [row, column] = at;
        if (sheet.rows.empty() || sheet.rows.back().number != row + 1) sheet.rows.push_back({row + 1, {}});
        auto& cells = sheet.rows.back().cells;
        cells.resize(static_cast<std::size_t>(column) + 1);
        cells.back() = text;
    }
    return sheet;
}

void append_utf8(std::string& text, std::uint32_t character) {
    const auto put = [&](std::uint32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (character < 0x80) return put(character);
    if (character < 0x800) {
        put(0xC0 | (character >> 6));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
    }
    put(0x80 | (character & 0x3F));
}

std::string utf8_of_utf16(std::string_view bytes) {
    const auto unit = [&](std::size_t i) -> std::uint32_t {
        if (i + 2 > bytes.size()) return 0;
        return static_cast<unsigned char>(bytes[i]) |
               (std::uint32_t{static_cast<unsigned char>(bytes[i + 1])} << 8);
    };
    std::string text;
    for (std::size_t i = 0; i + 2 <= bytes.size(); i += 2) {
        std::uint32_t character = unit(i);
        const std::uint32_t next = unit(i + 2);
        const bool is_high = character >= 0xD800 && character < 0xDC00;
        if (is_high && next >= 0xDC00 && next < 0xE000) {
            character = 0x10000 + ((character - 0xD800) << 10) + (next - 0xDC00);
            i += 2;
        }
        if (character == '\r') continue;
        const bool is_odd = (character < ' ' && character != '\n' && character != '\t') ||
                            (character >= 0xD800 && character < 0xE000);
        append_utf8(text, is_odd ? std::uint32_t{'?'} : character);
    }
    return text;
}

}  // namespace bundel::sheet
