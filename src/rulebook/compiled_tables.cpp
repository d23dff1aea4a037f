#include "rulebook/compiled_tables.h"

#include <algorithm>
#include <bit>

namespace bundel::rulebook {
using base::Done;
using base::Error;
using base::Result;
using decision::Kind;
using decision::Model;
using decision::Node;
using decision::Op;
using decision::Table;
using decision::Value;

std::optional<Code> CompiledTables::code_of(const decision::InputData& input, const Value& value) {
    if (value.kind() == Kind::boolean) return value.boolean() ? 1 : 0;
    if (value.kind() == Kind::number) return value.number().to_integer();
    if (input.type == nullptr) return std::nullopt;
    const auto& allowed = input.type->allowed_values;
    const auto found =
        std::ranges::find_if(allowed, [&](const Value& one) { return decision::same(one, value); });
    return found == allowed.end() ? std::nullopt : std::optional<Code>(found - allowed.begin());
}

Value CompiledTables::value_of(const decision::InputData& input, Code code) {
    if (code == not_observed || input.type == nullptr) return {};
    if (input.type->kind == Kind::boolean) return Value::of(code == 1);
    if (input.type->kind == Kind::number) return Value::of(code);
    return input.type->allowed_values[static_cast<std::size_t>(code)];
}

std::optional<Code> CompiledTables::Sum::of(const std::vector<Code>& inputs) const {
    Code sum = constant;
    for (const auto& [input, factor] : terms) {
        if (inputs[input] == not_observed) return std::nullopt;
        sum += factor * inputs[input];
    }
    return sum;
}

class CompiledTables::Compiler {
public:
    explicit Compiler(const Model& model) : model_(model) {}

    Result<CompiledTables> compile() {
        for (std::uint32_t number = 0; number < model_.table_count(); ++number)
            BUNDEL_TRY_DONE(add(model_.table(number)));
        for (std::uint32_t number = 0; number < model_.table_count(); ++number) {
            visit(number, made_.tables_[number].order);
        }
        return std::move(made_);
    }

private:
    Result<Done> add(const Table& table) {
        const bool fits = table.policy == decision::HitPolicy::unique && table.rules.size() <= rules_max;
        if (!fits)
            return Error{"rulebook_model_table",
                         {{"file", model_.name()},
                          {"line", std::to_string(table.line)},
                          {"decision", table.owner_name}}};
        Compiled& compiled = made_.tables_.emplace_back();
        compiled.looked_at.resize(table.rules.size());
        for (std::size_t rule = 0; rule < table.rules.size(); ++rule) set_bit(compiled.all, rule);
        for (std::size_t column = 0; column < table.inputs.size(); ++column) {
            if (table.columns[column].matches_all) continue;
            BUNDEL_TRY(one, column_of(table, column));
            if (one.of == Column::Of::table) note_looks(table, column, one.index, compiled);
            compiled.columns.push_back(std::move(one));
        }
        return Done{};
    }

    static void note_looks(const Table& table, std::size_t column, std::uint32_t other, Compiled& compiled) {
        for (std::size_t rule = 0; rule < table.rules.size(); ++rule) {
            if (table.rules[rule].inputs[column].text != "-") compiled.looked_at[rule].push_back(other);
        }
    }

    Result<Column> column_of(const Table& table, std::size_t column) {
        const auto refused = Error{"rulebook_model_column",
                                   {{"file", model_.name()},
                                    {"line", std::to_string(table.inputs[column].expression.line)},
                                    {"decision", table.owner_name},
                                    {"column", table.inputs[column].expression.text}}};
        const decision::ColumnIndex& index = table.columns[column];
        const bool whole = std::ranges::all_of(index.borders, [](const Value& border) {
            return border.kind() != Kind::number || border.number().to_integer().has_value();
        });
        if (!index.is_indexed || !whole) return refused;
        const Node* node = &table.inputs[column].expression.node;
        std::string output;
        if (node->op == Op::member) {
            output = node->name;
            node = &node->children.front();
        }
        if (node->op != Op::global) return refused;
        Column made;
        made.unknown = rules_at(table, index, index.words.size() / table.words_per_set - 1);
        if (node->slot < model_.inputs().size()) {
            if (!output.empty()) return refused;
            return of_input(table, index, node->slot, std::move(made));
        }
        const auto found = model_.decision(node->name);
        if (!found) return refused;
        const decision::DecisionInfo& info = model_.decisions()[*found];
        if (info.table != nullptr) return of_table(table, index, *info.table, output, std::move(made));
        Sum sum;
        if (info.expression == nullptr || !add_up(*info.expression, 1, sum)) return refused;
        return of_number(table, index, std::move(sum), std::move(made));
    }

    Column of_input(const Table& table, const decision::ColumnIndex& index, std::uint32_t input,
                    Column made) {
        const decision::InputData& info = model_.inputs()[input];
        if (info.type != nullptr && info.type->kind == Kind::number)
            return of_number(table, index, {{{input, 1}}, 0}, std::move(made));
        made.of = Column::Of::input;
        made.index = input;
        std::vector<Value> values{Value::of(false), Value::of(true)};
        if (info.type != nullptr && info.type->kind != Kind::boolean) values = info.type->allowed_values;
        for (const Value& value : values)
            made.sets.push_back(rules_at(table, index, decision::zone_of(index.borders, value)));
        return made;
    }

    Column of_number(const Table& table, const decision::ColumnIndex& index, Sum sum, Column made) {
        made.of = Column::Of::number;
        made.index = static_cast<std::uint32_t>(made_.numbers_.size());
        NumberColumn column{table.number, std::move(sum), {}};
        for (const Value& border : index.borders)
            column.borders.push_back(border.number().to_integer().value_or(0));
        for (std::size_t zone = 0; zone < 2 * index.borders.size() + 1; ++zone)
            made.sets.push_back(rules_at(table, index, zone));
        made_.numbers_.push_back(std::move(column));
        return made;
    }

    // The other table answers with constants.
    Column of_table(const Table& table, const decision::ColumnIndex& index, const Table& other,
                    const std::string& output, Column made) {
        made.of = Column::Of::table;
        made.index = other.number;
        std::size_t at = 0;
        while (at + 1 < other.outputs.size() && other.outputs[at].name != output) ++at;
        for (const decision::TableRule& rule : other.rules)
            made.sets.push_back(
                rules_at(table, index, decision::zone_of(index.borders, rule.outputs[at].node.value)));
        return made;
    }

    // Sums and differences of whole inputs and constants.
    bool add_up(const Node& node, std::int64_t factor, Sum& sum) const {
        switch (node.op) {
            case Op::literal: {
                const auto number =
                    node.value.kind() == Kind::number ? node.value.number().to_integer() : std::nullopt;
                if (number) sum.constant += factor * *number;
                return number.has_value();
            }
            case Op::global: {
                const bool is_input = node.slot < model_.inputs().size();
                if (is_input) sum.terms.emplace_back(node.slot, factor);
                return is_input;
            }
            case Op::add:
                return add_up(node.children[0], factor, sum) && add_up(node.children[1], factor, sum);
            case Op::subtract:
                return add_up(node.children[0], factor, sum) && add_up(node.children[1], -factor, sum);
            case Op::negate: return add_up(node.children[0], -factor, sum);
            default: return false;
        }
    }

    static void set_bit(Rules& rules, std::size_t rule) {
        rules[rule / 64] |= std::uint64_t{1} << (rule % 64);
    }

    static Rules rules_at(const Table& table, const decision::ColumnIndex& index, std::size_t zone) {
        Rules rules{};
        for (std::size_t word = 0; word < table.words_per_set; ++word)
            rules[word] = index.words[zone * table.words_per_set + word];
        return rules;
    }

    void visit(std::uint32_t table, std::vector<std::uint32_t>& order) const {
        if (std::ranges::find(order, table) != order.end()) return;
        for (const Column& column : made_.tables_[table].columns) {
            if (column.of == Column::Of::table) visit(column.index, order);
        }
        order.push_back(table);
    }

    const Model& model_;
    CompiledTables made_;
};

Result<CompiledTables> CompiledTables::compile(const Model& model) {
    return Compiler(model).compile();
}

bool CompiledTables::decide(std::uint32_t table, const std::vector<Code>& inputs,
                            std::vector<int>& matched) const {
    matched.assign(tables_.size(), not_asked);
    return std::ranges::all_of(tables_[table].order,
                               [&](std::uint32_t one) { return match(one, inputs, matched); });
}

bool CompiledTables::match(std::uint32_t table, const std::vector<Code>& inputs,
                           std::vector<int>& matched) const {
    const Compiled& compiled = tables_[table];
    Rules rules = compiled.all;
    for (const Column& column : compiled.columns) {
        const Rules* set = &column.unknown;
        if (column.of == Column::Of::table) {
            set = &column.sets[static_cast<std::size_t>(matched[column.index])];
        } else if (column.of == Column::Of::input) {
            const Code code = inputs[column.index];
            if (code != not_observed) set = &column.sets[static_cast<std::size_t>(code)];
        } else if (const auto number = numbers_[column.index].sum.of(inputs)) {
            const auto& borders = numbers_[column.index].borders;
            const auto at = std::ranges::lower_bound(borders, *number);
            const auto before = static_cast<std::size_t>(at - borders.begin());
            const bool on = at != borders.end() && *at == *number;
            set = &column.sets[2 * before + (on ? 1 : 0)];
        }
        for (std::size_t word = 0; word < rules.size(); ++word) rules[word] &= (*set)[word];
    }
    int count = 0;
    for (std::size_t word = 0; word < rules.size(); ++word) {
        count += std::popcount(rules[word]);
        if (rules[word] != 0) matched[table] = static_cast<int>(word * 64) + std::countr_zero(rules[word]);
    }
    return count == 1;
}

}  // namespace bundel::rulebook
