// What stands around a line in the message it came in. Only for this room.
//
// A line is what has a reference and an amount of its own: a record 04, or in a layout that has them a 06
// (tariefrecord) under it.
#pragma once

#include <optional>
#include <span>

#include "wire/message.h"

namespace bundel::reply {

inline constexpr std::string_view code_tariff = "06";
inline constexpr std::string_view code_activity = "16";

// "06" when the lines of this layout are tariff records, else "04".
std::string_view code_of_lines(const wire::Layout& layout);

// Index of the 04 above this line; of a line that is a 04, itself. Contract: `line` is the index of a line of
// a decoded message.
std::size_t service_above(const wire::Message& message, std::size_t line);

// The record 02 above this line. Contract: as above.
const wire::Record& insured_above(const wire::Message& message, std::size_t line);

// Index of the record that this one stands under: a 02 of 03 and 04, a 04 of 06 and 16, of a comment what it
// comments on. None of 01, 02 and 99. Contract: the index of a record of a decoded message.
std::optional<std::size_t> record_above(const wire::Message& message, std::size_t record);

// The comments (98) directly under this record.
std::span<const wire::Record> comments_under(const wire::Message& message, const wire::Record& record);

// Everything under this 04: comments, tariff records, activities, up to the next 04 or 02.
std::span<const wire::Record> parts_under(const wire::Message& message, std::size_t service);

}  // namespace bundel::reply
