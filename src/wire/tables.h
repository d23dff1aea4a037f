// The compiled form of a layout: what decode and encode read for every record. Only for this room.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "wire/layout.h"

namespace bundel::wire {

// Part of a field that shows whether it is filled: eight bytes loaded from `offset`, of which `mask` are
// looked at.
struct FilledProbe {
    std::uint16_t offset = 0;
    std::uint16_t field = 0;
    std::uint64_t mask = 0;
    std::uint64_t fill = 0;  // those bytes of an empty field, masked
};

struct RecordTables {
    // A byte b at column i has the right class when b - low[i] <= span[i] (unsigned).
    std::vector<std::uint8_t> low;
    std::vector<std::uint8_t> span;
    std::vector<FilledProbe> mandatory;
    std::vector<std::uint16_t> date_offsets;
    std::string blank;       // every field empty, constants filled
    int number_offset = -1;  // NUM040, 12 digits: number of the detail record
    int number_field = -1;
    int comment_offset = -1;  // NUM109, 4 digits: number of the comment line
    int comment_field = -1;
    bool is_detail = false;  // counts for the number of detail records
};

struct CountRule {
    Column field;
    int record = -1;  // records of this index; all_details: every record between 01 and 99; none: always zero
    static constexpr int none = -1;
    static constexpr int all_details = -2;
};

struct TotalRule {
    bool present = false;
    Column amount, sign;        // in record 99
    Column of_amount, of_sign;  // in the record that is summed
};

// Which record may follow which: one state per place in the structure, state 0 is the start of the file.
struct Order {
    struct State {
        int record = -1;  // index of the record last seen
        bool may_end = false;
        bool may_repeat = false;
        std::vector<std::int16_t> next;  // per record index: the state, or -1
    };
    std::vector<State> states;
    std::vector<std::int16_t> first_state;  // per record index: where it stands first
};

struct Tables {
    std::vector<RecordTables> records;
    std::array<std::int8_t, 100> record_of_code{};  // by the number of its two digits; -1 unknown
    int header = -1;
    int comment = -1;
    int closing = -1;
    Order order;
    std::vector<CountRule> counts;
    TotalRule total;
};

}  // namespace bundel::wire
