// Fields by the data element they hold: messages number their fields differently, and name the same things by
// the same element.
#pragma once

#include <string_view>

#include "base/result.h"
#include "wire/layout.h"

namespace bundel::sim {

// The first field of this record that holds the element. Error: layout_field_unknown{layout, field: the
// element}.
base::Result<wire::Column> column_of(const wire::Layout& layout, std::string_view record,
                                     std::string_view element);

}  // namespace bundel::sim
