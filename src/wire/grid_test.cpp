#include "wire/grid.h"

#include <gtest/gtest.h>

namespace bundel::wire {
namespace {

TEST(Grid, WrittenAndReadAgain) {
    const Grid grid{{{"GIS022", {{1, {"Versie", "1.3"}}, {40, {"", "", "a\tb\nc\\d"}}}},
                     {"", {}},
                     {"tab\tin name", {{1, {"\\n"}}}}}};
    const std::string text = write_grid(grid);
    EXPECT_EQ(
        text,
        "sheet\tGIS022\nrow\t1\tVersie\t1.3\nrow\t40\t\t\ta\\tb\\nc\\\\d\nsheet\t\nsheet\ttab\\tin name\n"
        "row\t1\t\\\\n\n");
    const auto again = read_grid(text);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(write_grid(*again), text);
    ASSERT_EQ(again->sheets.size(), 3U);
    EXPECT_EQ(again->sheets[0].rows[1].cell(2), "a\tb\nc\\d");
    EXPECT_EQ(again->sheets[0].rows[1].cell(3), "");
}

TEST(Grid, RefusedByLine) {
    struct Row {
        const char* name;
        const char* text;
        const char* line;
    };
    const Row rows[] = {
        {"no line end", "sheet\ta", "1"},
        {"a row before a sheet", "row\t1\ta\n", "1"},
        {"another word", "sheet\ta\ncell\t1\ta\n", "2"},
        {"sheet without name", "sheet\n", "1"},
        {"row without cells", "sheet\ta\nrow\t1\n", "2"},
        {"empty at the end", "sheet\ta\nrow\t1\ta\t\n", "2"},
        {"no number", "sheet\ta\nrow\tx\ta\n", "2"},
        {"row zero", "sheet\ta\nrow\t0\ta\n", "2"},
        {"the same row", "sheet\ta\nrow\t2\ta\nrow\t2\tb\n", "3"},
        {"unknown escape", "sheet\ta\nrow\t1\t\\x\n", "2"},
        {"backslash at the end", "sheet\ta\nrow\t1\ta\\\n", "2"},
        {"empty line", "sheet\ta\n\n", "2"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const auto grid = read_grid(row.text);
        ASSERT_FALSE(grid.ok());
        EXPECT_EQ(grid.error(), (base::Error{"grid_syntax", {{"line", row.line}}}));
    }
    EXPECT_TRUE(read_grid("").ok());
    const auto large = read_grid(std::string(grid_bytes_max + 1, '\n'));
    ASSERT_FALSE(large.ok());
    EXPECT_EQ(large.error(), (base::Error{"grid_too_large", {{"megabytes", "64"}}}));
}

}  // namespace
}  // namespace bundel::wire
