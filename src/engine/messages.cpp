#include "engine/messages.h"

#include <algorithm>
#include <tuple>

#include "wire/decode.h"

namespace bundel::engine {

Result<wire::Message> stored_message(World& world, const Digest& id) {
    BUNDEL_TRY(row, world.store.message(id));
    BUNDEL_TRY(bytes, world.store.message_bytes(id));
    base::Findings findings;
    auto message = wire::decode(std::move(bytes), world.layouts, row.name, findings);
    if (!message) return Error{"message_unreadable", {{"message", row.name}}};
    return std::move(*message);
}

Result<wire::CsvTable> stored_table(World& world, const Digest& id) {
    BUNDEL_TRY(row, world.store.message(id));
    BUNDEL_TRY(bytes, world.store.message_bytes(id));
    base::Findings findings;
    auto table = wire::read_csv(bytes, row.name, findings);
    if (!table) return Error{"message_unreadable", {{"message", row.name}}};
    return std::move(*table);
}

Result<std::size_t> record_index(const wire::Message& message, std::int32_t line) {
    const auto records = message.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].line == static_cast<std::uint32_t>(line)) return i;
    }
    return Error{"record_missing", {{"record", std::to_string(line)}}};
}

std::vector<LineRow>::const_iterator first_received(const std::vector<LineRow>& rows) {
    return std::min_element(rows.begin(), rows.end(), [](const LineRow& a, const LineRow& b) {
        return std::tuple(a.received, a.message) < std::tuple(b.received, b.message);
    });
}

}  // namespace bundel::engine
