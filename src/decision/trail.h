// Trail: which tables were asked, with what, and which of their rules matched. Data only, and flat: filling
// it makes no text. Model::table(number) leads from an entry to ids, cells and annotations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "decision/value.h"

namespace bundel::decision {

struct Trail {
    struct Entry {
        std::uint32_t table;  // Model::table
        std::uint32_t first_rule;
        std::uint32_t rule_count;
        std::uint32_t first_input;
        std::uint32_t input_count;
    };
    std::vector<Entry> entries;        // in the order in which the tables were asked
    std::vector<std::uint32_t> rules;  // indexes from 0, in the order of the table
    std::vector<Value> inputs;

    std::span<const std::uint32_t> rules_of(const Entry& entry) const {
        return std::span(rules).subspan(entry.first_rule, entry.rule_count);
    }
    std::span<const Value> inputs_of(const Entry& entry) const {
        return std::span(inputs).subspan(entry.first_input, entry.input_count);
    }
    void clear() {  // keeps the memory for the next case
        entries.clear();
        rules.clear();
        inputs.clear();
    }
};

}  // namespace bundel::decision
