// What changed between two messages. Records are matched by what they are, not by where they stand: an
// insured person by BSN and insurer, a line by its own reference, a comment by its text below the same
// record. Numbers of records and comments are where they stand, so they are not compared.
//
// The layouts may differ (another version, or a message and its answer): fields are matched by their element.
// Of elements that only one of the layouts has, those of the new one are told apart, and those of the old one
// not at all.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "values/cents.h"
#include "wire/elements.h"
#include "wire/message.h"

namespace bundel::wire {

inline constexpr std::size_t no_field = SIZE_MAX;

struct FieldChange {
    std::size_t old_field = no_field;  // into RecordLayout::fields; no_field: the old layout has it not
    std::size_t new_field = no_field;
};

struct RecordChange {
    const Record* old_record = nullptr;  // null: only in the new message
    const Record* new_record = nullptr;  // null: only in the old message
    std::vector<FieldChange> fields;     // of a record that both have: those that differ
    std::vector<std::size_t> added;      // filled fields that only the new layout has; zero may be a value
};

struct Comparison {
    std::vector<RecordChange> records;  // in the order of the new message, then what only the old one has
    std::optional<values::Cents>
        old_total;  // declared, with sign; nothing: an answer, or a fault in an amount
    std::optional<values::Cents> new_total;

    bool is_same() const { return records.empty(); }
};

// The records of the comparison point into the messages.
Comparison compare(const Message& old_message, const Message& new_message, const Elements& elements);

}  // namespace bundel::wire
