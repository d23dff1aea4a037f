// A message being written: fields by data element, and whose each record is. Only for this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/segment.h"
#include "wire/encode.h"

namespace bundel::reply {

// The first field with this data element in a record of this code. Error: layout_field_unknown{layout,
// field}.
base::Result<wire::Column> column_of(const wire::Layout& layout, std::string_view record,
                                     std::string_view element);

// wire::Writer with owners. As there the first Error sticks and finish() gives it.
class Draft {
public:
    explicit Draft(wire::LayoutRef layout) : layout_(layout), writer_(std::move(layout)) {}

    Draft& append(std::string_view record, values::PersonId owner);
    Draft& copy(std::string_view record_bytes, values::PersonId owner);
    Draft& close();

    // About the record appended last; `value` is anything wire::Writer::set takes.
    template <class Value>
    Draft& set(std::string_view element, const Value& value) {
        if (const auto column = find(element)) writer_.set(*column, value);
        return *this;
    }
    Draft& set_signed(std::string_view amount, std::string_view indicator, values::Cents cents);

    const wire::Layout& layout() const { return *layout_; }

    // Neighbouring records of one owner make one segment.
    base::Result<std::vector<facts::Segment>> finish();

private:
    std::optional<wire::Column> find(std::string_view element);
    void begin(std::string_view record, values::PersonId owner);

    wire::LayoutRef layout_;
    wire::Writer writer_;
    std::vector<values::PersonId> owners_;  // of each record
    std::string record_;                    // code of the record appended last
    std::optional<base::Error> error_;
};

}  // namespace bundel::reply
