// The rules of levels 4 and 5 as data, and what a layout makes of them. Only for this room.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "intake/pattern.h"
#include "rulebook/codelist.h"
#include "wire/layout.h"

namespace bundel::intake {

// How a field hangs together with another, `other`.
enum class Relation : std::uint8_t {
    same,                // equal to other
    not_before,          // a day, on or after other
    not_after,           // a day, on or before other
    same_side,           // D or C as other, when both are one of these
    at_most,             // an amount, not above other, when that is filled
    at_least,            // an amount, not below other
    filled_with,         // filled exactly when other is filled
    needed_with,         // filled when other is filled
    needed_without,      // filled when other is empty
    filled_when_two,     // filled exactly when other is 2
    needed_on_credit,    // filled when other is C
    needed_without_bsn,  // filled when other is nines: no BSN
};

struct RelationRule {
    std::string_view record, element;              // the field that is wrong when they do not agree
    std::string_view other_record, other_element;  // of the same record, or of the record above it
    Relation relation;
    const char* code;         // of the Finding
    const char* return_code;  // empty: that of the field
};

// A rule for one layout: both fields are there.
struct RelationCheck {
    const RelationRule* rule = nullptr;
    wire::Column column, other;
};

enum class FieldRule : std::uint8_t { none, bsn, agb };

// What is looked at in one field by itself.
struct FieldCheck {
    wire::Column column;
    FieldRule rule = FieldRule::none;
    bool may_not_begin_with_space = false;
    std::string_view letters;                  // a pattern of N and A only, or empty
    std::string_view allowed;                  // of one character: the only values, or empty
    const rulebook::CodeList* list = nullptr;  // null: none, or not here
    std::optional<Pattern> pattern;
};

struct ContentRules {
    std::vector<std::vector<FieldCheck>> fields;        // per record of the layout
    std::vector<std::vector<RelationCheck>> relations;  // likewise
    std::vector<std::string> missing_lists;             // sorted
};

// Error: pattern_wrong{layout, field}. Contract: layout and lists outlive the rules.
base::Result<ContentRules> content_rules(const wire::Layout& layout, const rulebook::CodeLists& lists);

}  // namespace bundel::intake
