#include "sim/elements.h"

namespace bundel::sim {

base::Result<wire::Column> column_of(const wire::Layout& layout, std::string_view record,
                                     std::string_view element) {
    const auto index = layout.record_index(record);
    if (index >= 0) {
        for (const auto& field : layout.records()[static_cast<std::size_t>(index)].fields) {
            if (field.element == element) return layout.column(field.id);
        }
    }
    return base::Error{"layout_field_unknown", {{"layout", layout.name()}, {"field", std::string(element)}}};
}

}  // namespace bundel::sim
