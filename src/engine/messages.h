// Messages back from the store.
#pragma once

#include "engine/world.h"
#include "wire/csv.h"
#include "wire/message.h"

namespace bundel::engine {

// Decoded again from its stored bytes. Errors: message_unknown, message_forgotten, message_unreadable.
Result<wire::Message> stored_message(World& world, const Digest& id);
// The same of a table. Errors: as above.
Result<wire::CsvTable> stored_table(World& world, const Digest& id);
// Index in message.records() of the record on this line. Error: record_missing.
Result<std::size_t> record_index(const wire::Message& message, std::int32_t line);

// Of several readings of one line the one that was received first, then of the lowest message. End when there
// are none.
std::vector<LineRow>::const_iterator first_received(const std::vector<LineRow>& rows);

}  // namespace bundel::engine
