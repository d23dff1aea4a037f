// decode: bytes -> Message, with check levels 1-3 of the official test portal (domain/ei.md section 4):
// 1 the file, 2 its lines, 3 the shape of its fields. Levels 4 (code lists, patterns) and 5 (relations) are
// intake's.
//
// Findings, with the return code of COD954 where its text says the same:
//   1  file_empty 0001, file_over_limit 0001, header_unreadable 0002, byte_order_mark 0002,
//   message_kind_unknown 0010, version_unknown 0011,
//      subversion_unknown 8027, provisional_layout_unmarked (ours)
//   2  record_code 0002, record_length 0804, crlf_missing 8095, crlf_without_record 8095, header_missing
//   8026,
//      header_repeated 8026, closing_missing 8026, closing_repeated 8026, record_after_closing 8026,
//      record_repeated 8026, record_order 8026, comment_without_detail 8026, comment_other_detail 0801,
//      detail_number 0801, comment_number 0754
//   3  field_not_digits, field_control_character, field_no_date, field_empty, field_constant: return code and
//   severity
//      of the field in the layout; field_reserve (note); closing_count 0151 0153 0156 0157 0158;
//      closing_total 0150
//   findings_capped: the rest was counted, not told.
//
// In an answer (xx302) the numbers of detail records only rise (records may be left out), the counts are of
// the returned records, record 01 may stand alone, and a fault in a repeated position is a note: it is our
// own, or it is the very reason of the refusal.
//
// No Finding repeats a value of the file.
#pragma once

#include <optional>
#include <string>

#include "base/finding.h"
#include "wire/message.h"

namespace bundel::wire {

// Findings one decode adds at most, the one that says so included. Enough for a person to see the pattern.
inline constexpr std::size_t findings_max = 200;
// An unpacked file is at most 300 MB (VECOZO, domain/ei.md section 2); above this we do not even look.
inline constexpr std::size_t file_bytes_max = std::size_t{300} << 20;

// Nothing when any finding is file_refused; the findings are then all there is. Otherwise records with faults
// are in the message with `refused` set.
std::optional<Message> decode(std::string bytes, LayoutRef layout, const std::string& file,
                              base::Findings& findings);

// recognise, then decode.
std::optional<Message> decode(std::string bytes, const Layouts& layouts, const std::string& file,
                              base::Findings& findings);

}  // namespace bundel::wire
