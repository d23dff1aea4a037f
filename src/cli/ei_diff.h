#pragma once

#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/ei_fields.h"
#include "wire/compare.h"

namespace bundel::cli {

// One changed record in words. Of a record that only one message has: its filled fields.
struct ShownChange {
    struct Field {
        const wire::Field* field = nullptr;  // as the new message calls it; of a removed record the old one
        FieldWords before, after;            // empty value: there is nothing
        bool is_hidden = false;
        bool is_added = false;  // only the layout of the new message has it
    };
    std::string change;  // "changed", "extended" (only by what the layout adds), "added", "removed"
    std::string who;     // its own reference, or the person; empty: neither
    const wire::RecordLayout* record = nullptr;
    long old_line = 0;  // 0: not there
    long new_line = 0;
    std::vector<Field> fields;
};

struct ShownDiff {
    const wire::Message* before = nullptr;
    const wire::Message* after = nullptr;
    wire::Comparison comparison;
    std::vector<ShownChange> changes;
};

std::string to_json(const ShownDiff& diff);

// Two messages. done: the same; refused: they differ (1, as diff does); failed: one cannot be read.
Exit ei_diff(const Arguments& arguments);

}  // namespace bundel::cli
