// What stands around a line in the message it came in. Only for this room.
#pragma once

#include <span>

#include "wire/message.h"

namespace bundel::reply {

// The record 02 above this 04. Contract: `line` is the index of a record 04 of a decoded message.
const wire::Record& insured_above(const wire::Message& message, std::size_t line);

// The comments (98) directly under this record.
std::span<const wire::Record> comments_under(const wire::Message& message, const wire::Record& record);

}  // namespace bundel::reply
