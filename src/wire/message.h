// Message: the bytes of one EI file and where its records stand. A field is a view into the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "values/cents.h"
#include "values/date.h"
#include "wire/layout.h"

namespace bundel::wire {

struct Record {
    static constexpr std::uint8_t unknown = 0xFF;  // index of a line that is no record; never in a Message

    std::uint32_t offset = 0;  // of its first byte in the file
    std::uint32_t line = 0;    // 1-based
    std::uint8_t index = 0;    // into Layout::records()
    bool refused = false;      // a Finding line_refused or claim_refused is about this record
};

class Message {
public:
    Message(LayoutRef layout, std::string file, std::string bytes, std::vector<Record> records)
        : layout_(std::move(layout)),
          file_(std::move(file)),
          bytes_(std::move(bytes)),
          records_(std::move(records)) {}

    const Layout& layout() const { return *layout_; }
    const LayoutRef& layout_ref() const { return layout_; }
    const std::string& file() const { return file_; }  // as the user named it
    const std::string& bytes() const { return bytes_; }
    std::span<const Record> records() const { return records_; }  // in the order of the file

    const std::string& code(const Record& record) const { return layout_->records()[record.index].code; }
    std::string_view record_bytes(const Record& record) const {  // without CRLF
        return {bytes_.data() + record.offset, layout_->record_length()};
    }
    // The field as it stands, fill characters included. Contract: the column is of this kind of record.
    std::string_view field(const Record& record, const Column& column) const {
        BUNDEL_ASSERT(record.index == column.record);
        return {bytes_.data() + record.offset + column.offset, column.length};
    }
    // Where this field stands, for a Finding of a higher level.
    base::Where where(const Record& record, const Column& column) const;

    // Gives the bytes away; the message is empty afterwards.
    std::string take_bytes() && {
        records_.clear();
        return std::move(bytes_);
    }

private:
    LayoutRef layout_;
    std::string file_;
    std::string bytes_;
    std::vector<Record> records_;
};

// Typed reading of one field. Nothing: the field is empty or, in an answer that repeats a faulty field, does
// not have the shape of its kind.
bool is_empty(std::string_view field, Kind kind);            // N: all zeros; AN: all spaces
std::optional<std::int64_t> number(std::string_view field);  // zeros are the number 0; at most 18 digits
std::optional<values::Date> date(std::string_view field);    // zeros are nothing
std::optional<values::Cents> cents(std::string_view field);  // unsigned; zeros are 0 cents
// The amount with its indicator "D" or "C" (credit is negative). Any other indicator: nothing.
std::optional<values::Cents> signed_cents(std::string_view amount, std::string_view indicator);
std::string_view text(std::string_view field);  // without the spaces at the end
std::string utf8(std::string_view field);       // text(), read as ISO 8859-1

}  // namespace bundel::wire
