// What both kinds of workbook need: cells in any order become rows of text. Only for this room.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "wire/grid.h"

namespace bundel::sheet {

// A bound on what one workbook may hold. The largest known BER has under 10,000 cells.
inline constexpr std::size_t cells_max = 500'000;
inline constexpr std::size_t sheets_max = 200;
inline constexpr int rows_max = 65'536;  // 0-based row numbers stay below
inline constexpr int columns_max = 256;
inline constexpr std::size_t text_max = std::size_t{16} << 20;  // bytes of all cells: one text may fill many

// Days are counted from 30 December 1899, or from 1 January 1904 in a workbook of an old Macintosh.
enum class Epoch { of_1900, of_1904 };

// "310", "1.3": no zeros at the end, a point, no exponent below 1e15.
std::string number_text(double number);
// "2007-12-17"; what is no day that can be written stays a number.
std::string day_text(double serial, Epoch epoch);
// Whether numbers shown by this format ("dd-mm-yyyy", "0.00") are days.
bool is_day_format(std::string_view format);
bool is_day_format(unsigned built_in);  // numbers of formats that have no text in the file

// The cells of one sheet. What lies outside the bounds, or is empty, is left out.
class Cells {
public:
    void put(std::int64_t row, std::int64_t column, std::string text);
    bool is_full() const { return cells_.size() >= cells_max || text_ > text_max; }
    std::size_t text() const { return text_; }  // bytes
    wire::GridSheet sheet(std::string name) const;

private:
    std::map<std::pair<int, int>, std::string> cells_;
    std::size_t text_ = 0;
};

// UTF-8 of UTF-16, little-endian. Half a pair and control characters become '?', line ends '\n'.
std::string utf8_of_utf16(std::string_view bytes);
void append_utf8(std::string& text, std::uint32_t character);

}  // namespace bundel::sheet
