// BIFF8: a stream of records, each two bytes kind, two bytes length, content ([MS-XLS]).
#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

#include "sheet/cells.h"
#include "sheet/compound.h"
#include "sheet/workbook.h"

namespace bundel::sheet {

using base::Done;
using base::Error;
using base::Result;

namespace {

enum Kind : std::uint32_t {
    formula = 0x0006,
    end_of_part = 0x000A,
    date_mode = 0x0022,
    file_pass = 0x002F,
    continuation = 0x003C,
    bound_sheet = 0x0085,
    many_numbers = 0x00BD,
    rich_text = 0x00D6,
    cell_style = 0x00E0,
    shared_texts = 0x00FC,
    shared_text = 0x00FD,
    number = 0x0203,
    label = 0x0204,
    truth = 0x0205,
    formula_text = 0x0207,
    short_number = 0x027E,
    format = 0x041E,
    begin_of_part = 0x0809
};

struct BiffRecord {
    std::uint32_t kind = 0;
    std::string_view content;
};

class BiffReader {
public:
    BiffReader(std::string_view stream, std::size_t at) : stream_(stream), at_(at) {}
    std::optional<BiffRecord> next() {
        if (at_ > stream_.size() || stream_.size() - at_ < 4) return std::nullopt;
        const std::uint32_t kind = number16(stream_, at_);
        const std::size_t size = number16(stream_, at_ + 2);
        if (stream_.size() - at_ - 4 < size) return std::nullopt;
        const BiffRecord record{kind, stream_.substr(at_ + 4, size)};
        at_ += 4 + size;
        return record;
    }

private:
    std::string_view stream_;
    std::size_t at_;
};

std::string text_of(std::string_view characters, bool is_wide) {
    if (is_wide) return utf8_of_utf16(characters);
    std::string wide;
    for (const char c : characters) wide += {c, '\0'};
    return utf8_of_utf16(wide);
}

// A text with its length in `length_size` bytes in front; what is cut off by the end of the record is left
// out.
std::string text_at(std::string_view content, std::size_t at, std::size_t length_size) {
    const std::size_t start = at + length_size + 1;
    if (start > content.size()) return "";
    const std::size_t length = length_size == 1 ? number16(content, at) & 0xFF : number16(content, at);
    const bool is_wide = (content[at + length_size] & 1) != 0;
    return text_of(content.substr(start, is_wide ? 2 * length : length), is_wide);
}

// The table of shared texts is one record and its continuations; a text may begin in one and end in the next,
// which then says again whether its characters are wide.
class SharedTexts {
public:
    explicit SharedTexts(std::vector<std::string_view> parts) : parts_(std::move(parts)) {}

    // False: the table breaks off.
    bool read(std::vector<std::string>& texts) {
        skip(4);
        const std::size_t count = take32();
        for (std::size_t i = 0; i < count && texts.size() < cells_max; ++i) {
            if (!has_more()) return false;
            texts.push_back(take_text());
        }
        return true;
    }

private:
    bool has_more() {
        while (part_ < parts_.size() && at_ >= parts_[part_].size()) {
            ++part_;
            at_ = 0;
        }
        return part_ < parts_.size();
    }
    std::uint32_t take8() { return has_more() ? static_cast<unsigned char>(parts_[part_][at_++]) : 0U; }
    std::uint32_t take16() {
        const std::uint32_t low = take8();
        return low | (take8() << 8);
    }
    std::uint32_t take32() {
        const std::uint32_t low = take16();
        return low | (take16() << 16);
    }
    void skip(std::size_t count) {
        while (count > 0 && has_more()) {
            const std::size_t step = std::min(count, parts_[part_].size() - at_);
            at_ += step;
            count -= step;
        }
    }
    std::string take_text() {
        std::size_t length = take16();
        const std::uint32_t flags = take8();
        const std::size_t runs = (flags & 8) != 0 ? take16() : 0;
        const std::size_t extra = (flags & 4) != 0 ? take32() : 0;
        bool is_wide = (flags & 1) != 0;
        std::string text;
        while (length > 0 && has_more()) {
            if (at_ == 0) is_wide = (take8() & 1) != 0;
            const std::size_t width = is_wide ? 2 : 1;
            const std::size_t here = std::min(length, (parts_[part_].size() - at_) / width);
            text += text_of(parts_[part_].substr(at_, here * width), is_wide);
            length -= here;
            at_ += here * width;
            if (here == 0) at_ = parts_[part_].size();
        }
        skip(4 * runs + extra);
        return text;
    }

    std::vector<std::string_view> parts_;
    std::size_t part_ = 0;
    std::size_t at_ = 0;
};

double double_at(std::string_view content, std::size_t at) {
    const std::uint64_t low = number32(content, at);
    const std::uint64_t high = number32(content, at + 4);
    return std::bit_cast<double>(low | (high << 32));
}

// 30 bits: a whole number, or the upper half of a double; perhaps divided by 100.
double short_double(std::uint32_t bits) {
    const double value = (bits & 2) != 0 ? static_cast<double>(static_cast<std::int32_t>(bits) >> 2)
                                         : std::bit_cast<double>(std::uint64_t{bits & 0xFFFFFFFCU} << 32);
    return (bits & 1) != 0 ? value / 100 : value;
}

class Book {
public:
    explicit Book(std::string_view stream) : stream_(stream) {}

    Result<wire::Grid> read() {
        BUNDEL_TRY_DONE(read_globals());
        wire::Grid grid;
        for (const auto& [name, at] : sheets_) {
            BUNDEL_TRY(sheet, read_sheet(name, at));
            grid.sheets.push_back(std::move(sheet));
        }
        return grid;
    }

private:
    static Error damaged(const char* part) { return Error{"sheet_xls_damaged", {{"part", part}}}; }

    Result<Done> read_globals() {
        BiffReader reader(stream_, 0);
        auto record = reader.next();
        if (!record || record->kind != begin_of_part) return damaged("BOF");
        if (number16(record->content, 0) != 0x0600) return Error{"sheet_xls_old"};
        std::vector<std::string_view> texts;
        bool in_texts = false;
        while ((record = reader.next()) && record->kind != end_of_part) {
            if (record->kind == file_pass) return Error{"sheet_encrypted"};
            if (record->kind == shared_texts || (in_texts && record->kind == continuation)) {
                texts.push_back(record->content);
            }
            in_texts = record->kind == shared_texts || (in_texts && record->kind == continuation);
            read_global(*record);
        }
        if (!record) return damaged("globals");
        if (!texts.empty() && !SharedTexts(std::move(texts)).read(texts_)) return damaged("SST");
        if (sheets_.empty()) return damaged("BOUNDSHEET");
        return Done{};
    }

    void read_global(const BiffRecord& record) {
        const auto content = record.content;
        if (record.kind == bound_sheet && sheets_.size() < sheets_max) {
            sheets_.push_back({text_at(content, 6, 1), number32(content, 0)});
        } else if (record.kind == date_mode) {
            epoch_ = number16(content, 0) == 1 ? Epoch::of_1904 : Epoch::of_1900;
        } else if (record.kind == format && is_day_format(text_at(content, 2, 2))) {
            day_formats_.push_back(number16(content, 0));
        } else if (record.kind == cell_style) {
            styles_.push_back(number16(content, 2));
        }
    }

    bool is_day(std::uint32_t style) const {
        if (style >= styles_.size()) return false;
        const std::uint32_t used = styles_[style];
        return is_day_format(used) ||
               std::find(day_formats_.begin(), day_formats_.end(), used) != day_formats_.end();
    }
    std::string number_cell(double value, std::uint32_t style) const {
        return is_day(style) ? day_text(value, epoch_) : number_text(value);
    }

    Result<wire::GridSheet> read_sheet(const std::string& name, std::size_t at) {
        BiffReader reader(stream_, at);
        auto record = reader.next();
        if (!record || record->kind != begin_of_part) return damaged("sheet");
        Cells cells;
        // A chart within a sheet is a part within the part.
        int depth = 1;
        while (depth > 0 && (record = reader.next())) {
            if (record->kind == begin_of_part) ++depth;
            if (record->kind == end_of_part) --depth;
            if (depth == 1) read_cell(*record, cells);
            if (cells.is_full()) return Error{"sheet_too_large"};
        }
        if (depth > 0) return damaged("sheet");
        text_ += cells.text();
        if (text_ > text_max) return Error{"sheet_too_large"};
        return cells.sheet(name);
    }

    void read_cell(const BiffRecord& record, Cells& cells) {
        const auto content = record.content;
        const std::uint32_t row = number16(content, 0);
        const std::uint32_t column = number16(content, 2);
        const std::uint32_t style = number16(content, 4);
        if (record.kind == shared_text) {
            const std::size_t index = number32(content, 6);
            if (index < texts_.size()) cells.put(row, column, texts_[index]);
        } else if (record.kind == label || record.kind == rich_text) {
            cells.put(row, column, text_at(content, 6, 2));
        } else if (record.kind == number && content.size() >= 14) {
            cells.put(row, column, number_cell(double_at(content, 6), style));
        } else if (record.kind == short_number && content.size() >= 10) {
            cells.put(row, column, number_cell(short_double(number32(content, 6)), style));
        } else if (record.kind == many_numbers) {
            for (std::uint32_t i = 0; content.size() >= 6 * (std::size_t{i} + 1) + 6; ++i) {
                const std::size_t at = 4 + 6 * std::size_t{i};
                cells.put(row, column + i,
                          number_cell(short_double(number32(content, at + 2)), number16(content, at)));
            }
        } else if (record.kind == truth && content.size() >= 8 && content[7] == 0) {
            cells.put(row, column, content[6] == 0 ? "0" : "1");
        } else if (record.kind == formula && content.size() >= 14) {
            read_formula(content, cells);
        } else if (record.kind == formula_text) {
            cells.put(formula_row_, formula_column_, text_at(content, 0, 2));
        }
    }

    // The saved result: a number, or a mark that says what it is. A text follows in a record of its own.
    void read_formula(std::string_view content, Cells& cells) {
        formula_row_ = number16(content, 0);
        formula_column_ = number16(content, 2);
        const bool is_marked = number16(content, 12) == 0xFFFF;
        if (!is_marked) {
            cells.put(formula_row_, formula_column_,
                      number_cell(double_at(content, 6), number16(content, 4)));
        } else if (content[6] == 1) {
            cells.put(formula_row_, formula_column_, content[8] == 0 ? "0" : "1");
        }
    }

    std::string_view stream_;
    std::vector<std::pair<std::string, std::size_t>> sheets_;
    std::vector<std::string> texts_;
    std::vector<std::uint32_t> styles_;
    std::vector<std::uint32_t> day_formats_;
    Epoch epoch_ = Epoch::of_1900;
    std::size_t text_ = 0;  // of the sheets read
    std::uint32_t formula_row_ = 0;
    std::uint32_t formula_column_ = 0;
};

}  // namespace

Result<wire::Grid> read_xls(std::string_view bytes) {
    const auto workbook = compound_stream(bytes, "Workbook");
    if (workbook) return Book(*workbook).read();
    if (compound_stream(bytes, "Book")) return Error{"sheet_xls_old"};
    if (compound_stream(bytes, "EncryptedPackage")) return Error{"sheet_encrypted"};
    return Error{"sheet_xls_damaged", {{"part", "Workbook"}}};
}

}  // namespace bundel::sheet
