// From the JSON of a layout file to a Layout. Only for this room.
#pragma once

#include <string>
#include <string_view>
#include <variant>
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
    std::string message, version, source, insert, status;
    std::vector<std::string> ei_codes;  // of an insert none
    std::int64_t record_length = 0, heen_length = 0;
    bool header_alone = false;
    std::vector<RecordLayout> records;
    std::vector<Place> structure;
    std::vector<Count> counts;
    std::string total_field, total_sign, total_of, total_of_sign;
    std::string mark_field, mark_value;
};

// A file of kind "insert": one record with its place, written for a host of the record length it states.
struct InsertText {
    LayoutText text;      // one record, one place
    std::string under;    // the record it stands under: "02"
    std::string before;   // in the file: "04"
    std::string reserve;  // the field that takes up the rest of a longer host

    std::string name() const { return text.message + "-" + text.version; }
};

// By the "kind" of the file. Errors: layout_syntax, layout_value.
using FileText = std::variant<LayoutText, InsertText, NamedMessage>;
base::Result<FileText> read_file_text(std::string_view json);

// The layout of the message under this EI code. Errors as Layout::parse.
base::Result<Layout> build_layout(LayoutText text, const std::string& ei_code);

// The record is gapless and as long as it says. Errors as Layout::parse.
base::Result<base::Done> check_insert(const InsertText& insert);
// May the insert go into this host, and the host with it. Pure; the host's own record of that code makes way.
bool goes_into(const InsertText& insert, const LayoutText& host);
LayoutText with_insert(LayoutText host, const InsertText& insert);

// Error: layout_structure{record}.
base::Result<Order> compile_order(const Layout& layout, const std::vector<Place>& structure,
                                  bool header_alone);

RecordTables compile_record(const RecordLayout& record, std::size_t length);

}  // namespace bundel::wire
