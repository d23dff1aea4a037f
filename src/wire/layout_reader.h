// From the JSON of a layout file to a Layout. Only for this room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "wire/layout.h"
#include "wire/tables.h"

namespace bundel::wire {

// A place in the structure of the file, as in the layout file.
struct Place {
    std::string code;
    bool is_required = false;
    bool may_repeat = false;
    std::vector<Place> children;
};

// What the JSON says, before any check.
struct LayoutText {
    struct Count {
        std::string field, record;
    };
    std::string message, version, source, ei_code, status;
    std::int64_t record_length = 0, heen_length = 0;
    bool header_alone = false;
    std::vector<RecordLayout> records;
    std::vector<Place> structure;
    std::vector<Count> counts;
    std::string total_field, total_sign, total_of, total_of_sign;
    std::string mark_field, mark_value;
};

// Errors: layout_syntax, layout_value.
base::Result<LayoutText> read_layout_text(std::string_view json);

// Error: layout_structure{record}.
base::Result<Order> compile_order(const Layout& layout, const std::vector<Place>& structure,
                                  bool header_alone);

RecordTables compile_record(const RecordLayout& record, std::size_t length);

}  // namespace bundel::wire
