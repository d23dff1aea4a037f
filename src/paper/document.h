// A document for people, as data: what it says and in what order, not how it looks. Three renderers draw it
// and say the same: pdf(), workbook() and html().
//
// Amounts are cents and stay integers until they are written; the Dutch of headings and sentences is given.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "values/cents.h"
#include "values/date.h"

namespace bundel::paper {

// monostate: nothing is known or nothing applies, which is not zero.
using Cell = std::variant<std::monostate, std::string, values::Cents, values::Date, std::int64_t>;

struct Column {
    enum class Kind : std::uint8_t { text, amount, date, count };
    std::string head;
    Kind kind = Kind::text;
};

struct Row {
    std::vector<Cell> cells;  // as many as there are columns
    bool total = false;       // adds up the rows above it
};

struct Table {
    std::string title;  // may be empty: the heading of the section says it
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string when_empty;  // the sentence instead of a table without rows
};

// How an amount came to be (waterval): levels stand on zero, changes hang between the levels. A level is the
// sum of the level before it and the changes between; the caller has asserted that.
struct Waterfall {
    struct Bar {
        std::string label;
        values::Cents amount;
        bool level = false;
    };
    std::string title;
    std::vector<Bar> bars;
};

// The one amount that the document is about.
struct Headline {
    std::string label;
    values::Cents amount;
};

struct Paragraph {
    std::string text;
};

using Block = std::variant<Paragraph, Headline, Waterfall, Table>;

// In a workbook each section is a sheet.
struct Section {
    std::string heading;
    std::string sheet;      // 1..31 characters, unique in the document, none of [ ] : * ? / and backslash
    bool new_page = false;  // on paper
    std::vector<Block> blocks;
};

struct Document {
    std::string title;
    std::string author;
    std::vector<std::string> about;  // under the title, a line each: for whom, by whom, over which days
    std::vector<std::string> bands;  // warnings that nobody may overlook: before anything else
    values::Date made;               // the only day that gets into the bytes
    std::vector<Section> sections;
};

// What a cell says on paper and on the screen: "1.310,75", "29-02-2024", "1.204"; a text as plain() makes it.
std::string shown(const Cell& cell);

// Text that any of the three forms can hold: valid UTF-8 (another byte becomes U+FFFD), and no control
// character (each becomes a space).
std::string plain(std::string_view text);

}  // namespace bundel::paper
