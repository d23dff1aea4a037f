// A decision table, and how it decides.
//
// A column whose cells are constants (values, comparisons, ranges, lists, not) is indexed: the borders in it
// cut its values into zones, and each zone holds the set of rules that match there, found once by carrying
// out the cells on a value of the zone. A decision is then the intersection of one set per column. Other
// columns, and values of another kind than the borders, are carried out cell by cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "decision/feel_evaluate.h"
#include "decision/feel_tree.h"

namespace bundel::decision {

enum class HitPolicy : std::uint8_t { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregator : std::uint8_t { none, sum, count, min, max };

struct Cell {
    std::string text;  // as written; "-" for an empty input cell
    Node node;
    std::uint32_t line = 0;
};

struct TableRule {
    std::string id;
    std::uint32_t line = 0;
    std::vector<Cell> inputs;
    std::vector<Cell> outputs;
    std::vector<std::string> annotations;  // one per column of Table::annotation_names
    std::string description;
};

struct TableInput {
    std::string id;
    std::string label;
    Cell expression;
    TypeRef type;                         // null: any
    std::shared_ptr<const Node> allowed;  // inputValues, over local 0
    std::vector<Value> allowed_values;
};

struct TableOutput {
    std::string name;  // "" in a table with one output
    TypeRef type;
    std::vector<Value> priorities;  // the first is the strongest
    std::optional<Cell> otherwise;  // the default
};

// The zones of a column: below the first border, on it, between the first and the second, and so on.
struct Zones {
    std::vector<Value> borders;  // ascending, of one kind
    std::vector<std::optional<Value>>
        samples;  // one value in each of the 2n + 1 zones; nothing where no value is
};

struct ColumnIndex {
    bool is_indexed = false;
    bool matches_all = false;  // "-" in every cell
    Kind kind = Kind::null;
    std::vector<Value> borders;
    std::vector<std::uint64_t> words;  // per zone: one bit per rule; the last set is that of null
};

struct Table {
    std::uint32_t number = 0;  // Model::table(number)
    std::string id;
    std::string owner_id;  // the decision or business knowledge model it stands in
    std::string owner_name;
    std::uint32_t line = 0;
    HitPolicy policy = HitPolicy::unique;
    Aggregator aggregator = Aggregator::none;
    std::uint32_t slot = 0;  // the local of "?"
    std::vector<TableInput> inputs;
    std::vector<TableOutput> outputs;
    std::vector<std::string> annotation_names;
    std::vector<TableRule> rules;

    std::size_t words_per_set = 0;
    std::vector<ColumnIndex> columns;
};

Value decide(const Table& table, Run& run);

// Fills `columns`; the cells are settled before.
void index_columns(Table& table);

// The constants of a column of tests; nothing when a cell holds something else than constants, or constants
// of more than one kind.
std::optional<std::vector<Value>> borders_of(const std::vector<const Node*>& tests);
bool is_constant_test(const Node& test);
// The zones of sorted borders of one kind. Nothing for kinds without a total order (times with zones).
std::optional<Zones> zones_of(std::vector<Value> borders);
std::size_t zone_of(const std::vector<Value>& borders, const Value& value);  // Contract: of their kind

// Replaces what is made of constants only by its value.
void fold(Node& node);

}  // namespace bundel::decision
