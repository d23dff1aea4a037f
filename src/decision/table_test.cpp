// Decision tables: each hit policy by what it makes of no, one and two matching rules; and the index against
// the cells themselves.
#include "decision/table.h"

#include <gtest/gtest.h>

#include "decision/testing.h"
#include "support/property.h"

namespace bundel::decision {
namespace {

using testing::Rows;

std::string decided(const Model& model, const Value& input) {
    const std::vector<Value> inputs{input};
    const auto value = model.evaluate(0, inputs);
    return value.ok() ? value->format() : value.error().code;
}

// Below 10 nothing matches, from 10 one rule, from 20 two, from 30 three.
TEST(Table, HitPolicies) {
    struct Row {
        const char* policy;
        const char* attributes;
        const char* results[4];  // of 9, 10, 20, 30
    };
    const Row rows[] = {
        {"UNIQUE", "", {"null", "1", "null", "null"}},
        {"ANY", "", {"null", "1", "null", "null"}},
        {"FIRST", "", {"null", "1", "1", "1"}},
        {"PRIORITY", "", {"null", "1", "3", "2"}},
        {"RULE ORDER", "", {"null", "[1]", "[1, 3]", "[1, 3, 2]"}},
        {"OUTPUT ORDER", "", {"null", "[1]", "[3, 1]", "[2, 3, 1]"}},
        {"COLLECT", "", {"null", "[1]", "[1, 3]", "[1, 3, 2]"}},
        {"COLLECT", "aggregation=\"SUM\"", {"null", "1", "4", "6"}},
        {"COLLECT", "aggregation=\"MIN\"", {"null", "1", "1", "1"}},
        {"COLLECT", "aggregation=\"MAX\"", {"null", "1", "3", "3"}},
        {"COLLECT", "aggregation=\"COUNT\"", {"0", "1", "2", "3"}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(::testing::Message() << row.policy << " " << row.attributes);
        Rows table{"d", row.policy, {"x"}, {{">= 10", "1"}, {">= 20", "3"}, {">= 30", "2"}}};
        table.output_values = "2, 3, 1";
        table.attributes = row.attributes;
        const Model model = testing::load(testing::model({{"x", "number", ""}}, {table}));
        EXPECT_EQ(decided(model, Value::of(9)), row.results[0]);
        EXPECT_EQ(decided(model, Value::of(10)), row.results[1]);
        EXPECT_EQ(decided(model, Value::of(20)), row.results[2]);
        EXPECT_EQ(decided(model, Value::of(30)), row.results[3]);
    }
}

TEST(Table, AnyTakesEqualResults) {
    const Rows table{"d", "ANY", {"x"}, {{">= 10", "1"}, {">= 20", "1"}}};
    const Model model = testing::load(testing::model({{"x", "number", ""}}, {table}));
    EXPECT_EQ(decided(model, Value::of(25)), "1");
}

TEST(Table, TheTrailLeadsToTheAnnotations) {
    const Rows table{"d", "COLLECT", {"x"}, {{">= 10", "1"}, {"-", "2"}, {">= 20", "3"}}};
    const Model model = testing::load(testing::model({{"x", "number", ""}}, {table}));
    Trail trail;
    const std::vector<Value> inputs{Value::of(20)};
    ASSERT_TRUE(model.evaluate(0, inputs, &trail).ok());
    ASSERT_EQ(trail.entries.size(), 1U);
    const auto rules = trail.rules_of(trail.entries[0]);
    EXPECT_EQ(std::vector<std::uint32_t>(rules.begin(), rules.end()), (std::vector<std::uint32_t>{0, 1, 2}));
    EXPECT_EQ(trail.inputs_of(trail.entries[0])[0].format(), "20");
    const Table& read = model.table(trail.entries[0].table);
    EXPECT_EQ(read.owner_id, "d");
    EXPECT_EQ(read.rules[2].id, "r3");
    EXPECT_EQ(read.rules[2].annotations, std::vector<std::string>{"source 3"});
    EXPECT_EQ(read.annotation_names, std::vector<std::string>{"source"});
}

struct Column {
    const char* type;
    std::vector<const char*> cells;
    std::vector<const char*> values;
};

const std::vector<Column>& columns() {
    static const std::vector<Column> all = {
        {"number",
         {"-", "1", "< 1", ">= 2", "[1..3)", "(1..3]", "1, 3", "not(2)", "not([1..2])", "null", "< 1, > 3",
          "1e40", "> 9999999999999999999999999999999999"},
         {"0", "1", "1.5", "2", "3", "3.5", "1e40", "2e40", "1e60", "-1e60", "null"}},
        {"string",
         {"-", "\"a\"", "\"b\", \"c\"", "not(\"a\")", "null", "\"\"", "> \"b\"", "[\"a\"..\"c\")"},
         {"\"\"", "\"a\"", "\"aa\"", "\"b\"", "\"c\"", "\"z\"", "null"}},
        {"boolean", {"-", "true", "false", "not(true)", "null"}, {"true", "false", "null"}},
        {"date",
         {"-", "@\"2024-01-01\"", "< @\"2024-01-01\"", ">= date(\"2024-01-03\")",
          "[@\"2024-01-01\"..@\"2024-01-02\"]"},
         {"@\"2023-12-31\"", "@\"2024-01-01\"", "@\"2024-01-02\"", "@\"2024-01-03\"", "@\"2030-01-01\"",
          "null"}},
        {"days and time duration",
         {"-", "< duration(\"P1D\")", "duration(\"P1D\")", "> duration(\"P2D\")"},
         {"duration(\"PT23H59M59.999999999S\")", "duration(\"P1D\")", "duration(\"P1DT1S\")",
          "duration(\"P3D\")", "null"}},
    };
    return all;
}

// A column may be decided by its index or cell by cell: the answer is the same, for values on and beside
// borders.
TEST(Table, TheIndexAnswersAsTheCells) {
    for (const Column& column : columns()) {
        SCOPED_TRACE(column.type);
        bundel::testing::expect_law(column.type, [&] {
            const auto count = *rc::gen::inRange<std::size_t>(1, 130);  // more than one word of rules
            Rows table{"d", "COLLECT", {"x"}, {}};
            for (std::size_t i = 0; i < count; ++i) {
                table.rows.push_back({*rc::gen::elementOf(column.cells), std::to_string(i)});
            }
            const auto model = Model::load(testing::model({{"x", column.type, ""}}, {table}), "m");
            RC_ASSERT(model.ok());
            Table plain = model->table(0);
            for (ColumnIndex& index : plain.columns) index = {};
            for (const char* text : column.values) {
                std::vector<Value> globals{testing::value(text), Value()};
                decision::Run indexed(nullptr, globals, nullptr, nullptr);
                decision::Run by_cell(nullptr, globals, nullptr, nullptr);
                RC_ASSERT(same(decide(model->table(0), indexed), decide(plain, by_cell)));
            }
        });
    }
}

// All of these are decided by their index, or the law above says nothing.
TEST(Table, ConstantColumnsAreIndexed) {
    for (const Column& column : columns()) {
        Rows table{"d", "COLLECT", {"x"}, {}};
        for (const char* cell : column.cells) table.rows.push_back({cell, "1"});
        const Model model = testing::load(testing::model({{"x", column.type, ""}}, {table}));
        EXPECT_TRUE(model.table(0).columns[0].is_indexed) << column.type;
    }
    const Rows asks{"d", "COLLECT", {"x"}, {{"? > 1 and ? < 3", "1"}}};
    const Model model = testing::load(testing::model({{"x", "number", ""}}, {asks}));
    EXPECT_FALSE(model.table(0).columns[0].is_indexed);
    EXPECT_EQ(decided(model, Value::of(2)), "[1]");
    EXPECT_EQ(decided(model, Value::of(3)), "null");
}

}  // namespace
}  // namespace bundel::decision
