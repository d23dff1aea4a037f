// Writer: makes an EI file. Records are appended in the order of the standard; fields are set by handle. It
// cannot write what decode refuses at level 2, and fills CRLF, constants, numbers of detail records and
// comments, counts and total itself.
//
//   Writer writer(layout);
//   writer.append("01").set(invoice, "F-2024-01").set(begin, date) ...
//   writer.append("02").set(name, "Vries")...;
//   writer.append("04").set(claimed, Cents::of(6'812)).set(sign, "D");
//   writer.close();
//   Result<std::string> bytes = writer.finish();
//
// The first Error sticks: later calls do nothing and finish() gives it. Errors, all with {layout, field} or
// {layout, record}: writer_record_unknown, writer_record_order, writer_record_size, writer_not_open (a field
// of another record than the one appended last), writer_too_long, writer_not_digits, writer_character (no
// ASCII form), writer_constant (other than its only value), writer_negative, writer_not_closed,
// writer_comments_full (more than 9999 under one record).
//
// A provisional layout: the mark of the simulator is written into record 01 by append, and cannot be
// overwritten.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"
#include "wire/layout.h"
#include "wire/message.h"

namespace bundel::wire {

// UTF-8 to the 7-bit text of EI files: é -> e, ß -> ss, ĳ -> ij. Error: text_not_ascii for control
// characters, invalid UTF-8 and letters without a usual Latin form.
base::Result<std::string> ascii(std::string_view utf8);

enum class Numbering {
    fresh,  // the writer numbers detail records 1, 2, 3 .. and the comments under them 1, 2 .. (a new file)
    kept    // the numbers are those that were copied or set (an answer)
};

class Writer {
public:
    // Numbering: kept for an answer, else fresh.
    explicit Writer(LayoutRef layout);
    Writer(LayoutRef layout, Numbering numbering);

    // A new record with all fields empty and constants filled; set() is about it.
    Writer& append(std::string_view code);

    // Appends a record as it was received. A record of the length of this layout keeps all its bytes but the
    // constants and, when numbering is fresh, its number. In an answer a record of heen_length() is widened:
    // the positions sent stay, the positions of the answer are empty. A closing record is never copied: use
    // close().
    Writer& copy(std::string_view record_bytes);

    // UTF-8 text; N fields take digits only and are filled with zeros on the left, AN with spaces on the
    // right. Empty text empties the field. Nothing is ever cut off.
    Writer& set(const Column& column, std::string_view text);
    Writer& set(const Column& column, const char* text) { return set(column, std::string_view(text)); }
    Writer& set(const Column& column, std::int64_t number);  // Error writer_negative below 0
    Writer& set(const Column& column, int number) { return set(column, std::int64_t{number}); }
    Writer& set(const Column& column, values::Date day);
    Writer& set(const Column& column, values::Cents amount);  // N: amounts have no sign; see set_signed
    Writer& set(const Column& column, const std::optional<values::Date>& day);  // nothing empties the field
    // |amount| and its indicator: "C" below zero, else "D".
    Writer& set_signed(const Column& amount, const Column& indicator, values::Cents cents);

    // Appends record 99 with the counts of what was written and, except in an answer (there it is the total
    // that was sent, which the caller sets), the total claimed with its indicator. set() is then about
    // record 99.
    Writer& close();

    // Number of the detail record appended last (0: none yet).
    std::int64_t detail_number() const { return detail_number_; }

    // The file. Contract of the caller: the writer is used up afterwards.
    base::Result<std::string> finish();

private:
    bool start_record(int index, std::string_view what);
    void number_record();
    void stamp_mark();
    void put(const Column& column, std::string_view raw);
    bool open_for(const Column& column);
    void fail(const char* code, const char* key, std::string_view value);
    std::string_view current() const;
    char* current_at(std::size_t offset);
    void write_digits(std::size_t offset, std::size_t length, std::int64_t number);
    void count_totals();

    LayoutRef layout_;
    Numbering numbering_;
    std::string bytes_;
    std::optional<base::Error> error_;
    int state_ = 0;
    int index_ = -1;  // record appended last
    std::int64_t detail_number_ = 0;
    std::int64_t comment_number_ = 0;
};

}  // namespace bundel::wire
