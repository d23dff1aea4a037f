// The tables of a selection model as sets of rules: per column and per class of values the rules whose cell
// says true. A decision is the intersection of one set per column, in integers; no FEEL is carried out. The
// classes are those by which the engine indexes its tables, so both give the same answers (a test compares
// them).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "decision/model.h"

namespace bundel::rulebook {

// A value of an input as a number: the place among the allowed values of its type, 0 or 1, or the number
// itself.
using Code = std::int64_t;
inline constexpr Code not_observed = INT64_MIN;

class CompiledTables {
public:
    static constexpr std::size_t rules_max = 256;  // per table

    // Errors: rulebook_model_table{file, line, decision}: hit policy other than UNIQUE, or more than
    // `rules_max` rules; rulebook_model_column{file, line, decision, column}: cells that are not constants,
    // or of something else than an input, a table or a sum of whole inputs.
    static base::Result<CompiledTables> compile(const decision::Model& model);

    // By table the rule that matches; `inputs` in the order of Model::inputs(). Only of `table` and what it
    // rests on. False: of one of them no rule matches, or more than one.
    static constexpr int not_asked = -1;
    bool decide(std::uint32_t table, const std::vector<Code>& inputs, std::vector<int>& matched) const;

    // By rule of a table: the tables whose answer it looks at.
    const std::vector<std::uint32_t>& looked_at(std::uint32_t table, std::size_t rule) const {
        return tables_[table].looked_at[rule];
    }

    // What adds up to a number in the tables, and where its borders are.
    struct Sum {
        std::vector<std::pair<std::uint32_t, std::int64_t>> terms;  // input, factor
        std::int64_t constant = 0;
        std::optional<Code> of(const std::vector<Code>& inputs) const;
    };
    struct NumberColumn {
        std::uint32_t table = 0;
        Sum sum;
        std::vector<std::int64_t> borders;
    };
    const std::vector<NumberColumn>& numbers() const { return numbers_; }

    // The code of a value of this input; none when its type does not allow it.
    static std::optional<Code> code_of(const decision::InputData& input, const decision::Value& value);
    static decision::Value value_of(const decision::InputData& input, Code code);

private:
    using Rules = std::array<std::uint64_t, rules_max / 64>;
    struct Column {
        enum class Of : std::uint8_t { input, number, table };
        Of of = Of::input;
        std::uint32_t index = 0;  // of the input, of numbers_, of the table
        std::vector<Rules> sets;  // by code; by zone; by rule of the other table
        Rules unknown{};          // of what was not observed
    };
    struct Compiled {
        Rules all{};
        std::vector<Column> columns;                        // without those in which every cell is "-"
        std::vector<std::vector<std::uint32_t>> looked_at;  // by rule
        std::vector<std::uint32_t> order;  // tables it rests on, each after its own, itself last
    };
    class Compiler;

    bool match(std::uint32_t table, const std::vector<Code>& inputs, std::vector<int>& matched) const;

    std::vector<Compiled> tables_;  // by table
    std::vector<NumberColumn> numbers_;
};

}  // namespace bundel::rulebook
