// Fields by the data element they hold: messages number their fields differently.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/assert.h"
#include "wire/layout.h"
#include "wire/message.h"

namespace bundel::testing {

inline std::optional<wire::Column> column_if(const wire::Layout& layout, std::string_view record,
                                             std::string_view element) {
    const int index = layout.record_index(record);
    if (index < 0) return std::nullopt;
    const auto& fields = layout.records()[static_cast<std::size_t>(index)].fields;
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const wire::Field& field) { return field.element == element; });
    return found == fields.end() ? std::nullopt : std::optional(*layout.column(found->id));
}

// Contract: the record has the element.
inline wire::Column column_of(const wire::Layout& layout, std::string_view record, std::string_view element) {
    const auto found = column_if(layout, record, element);
    BUNDEL_ASSERT(found.has_value());
    return *found;
}

// Where a claim line stands, and where it is judged: a hospital's in the tariefrecord.
inline std::string_view line_record(const wire::Layout& layout) {
    return layout.record_index(wire::code_tariff) < 0 ? wire::code_performance : wire::code_tariff;
}

}  // namespace bundel::testing
