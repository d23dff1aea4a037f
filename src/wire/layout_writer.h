// A layout as a file of rulebooks/layouts. Only for this room.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wire/layout_reader.h"

namespace bundel::wire {

struct FieldFile {
    Field field;
    std::string use_note;
};
struct RecordFile {
    std::string code, name;
    std::vector<FieldFile> fields;
};
struct LayoutFile {
    std::string message, version, title, status, source, note, structure_source;
    std::vector<std::string> ei_codes;
    int record_length = 0;
    int heen_length = 0;  // 0: no answer
    bool header_alone = false;
    std::vector<Place> structure;
    std::vector<LayoutText::Count> counts;
    std::string total_field, total_sign, total_of, total_of_sign;  // empty: none
    std::string mark_field, mark_value;
    std::vector<RecordFile> records;
};

// What read_layout_text() reads, one field to a line. Keys without a value are left out.
std::string write_layout(const LayoutFile& file);

}  // namespace bundel::wire
