#include "decision/proof.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "decision/feel_evaluate.h"

namespace bundel::decision {
namespace {

using base::Error;
using base::Result;
using Done = base::Done;

// A set of classes of one variable, or of rules.
class Set {
public:
    Set() = default;
    explicit Set(std::size_t size, bool full = false)
        : words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0) {
        if (full && size % 64 != 0) words_.back() = (std::uint64_t{1} << (size % 64)) - 1;
    }
    void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
    bool empty() const {
        return std::ranges::all_of(words_, [](std::uint64_t word) { return word == 0; });
    }
    std::size_t first() const {
        std::size_t i = 0;
        while (!has(i)) ++i;
        return i;
    }
    Set& operator&=(const Set& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    std::span<const std::uint64_t> words() const { return words_; }
    auto operator<=>(const Set&) const = default;

private:
    std::vector<std::uint64_t> words_;
};

using Box = std::vector<Set>;  // per variable the classes it may be in

bool is_empty(const Box& box) {
    return std::ranges::any_of(box, &Set::empty);
}

struct Domain {
    TypeRef type;
    std::shared_ptr<const Node> allowed;
    std::vector<Value> values;  // finite
    bool is_whole = false;      // numbers step by one
};

struct ProofVariable {
    std::string name;
    Domain domain;
    std::vector<Value> borders{};
    std::vector<Value> classes{};  // one value of each
};

// What a column looks at: a variable, or the output of a table.
struct Source {
    bool is_variable = true;
    std::size_t index = 0;  // of the variable, or of the table among `tables_`
    std::size_t output = 0;
};

struct ProofTable {
    std::uint32_t decision = 0;
    const Table* table = nullptr;
    std::vector<Source> sources;         // per column
    std::vector<std::vector<Set>> sets;  // rule, column: classes for which the cell says true
    // Output, rule (and behind them the default): the first rule with the same value.
    std::vector<std::vector<std::size_t>> same_output;
    std::set<std::size_t> cone;  // tables it rests on, by index
    std::vector<bool> is_live;
    bool has_default = false;
    std::size_t gaps = 0;
    std::set<std::pair<std::size_t, std::size_t>> overlaps;
};

bool says_true(const Node& test, std::uint32_t slot, const Value& value) {
    Run run(nullptr, {}, nullptr, nullptr);
    return passes(test, slot, value, run);
}

bool is_question(const Node& node) {
    return node.op == Op::local && node.name == "?";
}

// "floor(?) = ?", on either side, somewhere under "and".
bool asks_whole(const Node& node) {
    const auto is_floor = [](const Node& one) {
        return one.op == Op::call && one.children.size() == 2 && one.children[0].name == "floor" &&
               is_question(one.children[1]);
    };
    if (node.op == Op::test_question || node.op == Op::both)
        return std::ranges::any_of(node.children, asks_whole);
    if (node.op != Op::equal) return false;
    return (is_floor(node.children[0]) && is_question(node.children[1])) ||
           (is_floor(node.children[1]) && is_question(node.children[0]));
}

// Allowed values whose borders are the constants in them: tests of a cell, and under "and" comparisons of
// "?".
bool is_domain_test(const Node& node) {
    const auto compares = [](const Node& one) {
        return one.children.size() == 2 && is_question(one.children[0]) && one.children[1].op == Op::literal;
    };
    switch (node.op) {
        case Op::test_question:
        case Op::both: return std::ranges::all_of(node.children, is_domain_test);
        case Op::in: return is_question(node.children[0]) && is_constant_test(node.children[1]);
        case Op::less:
        case Op::less_or_equal:
        case Op::greater:
        case Op::greater_or_equal: return compares(node);
        case Op::equal: return compares(node) || asks_whole(node);
        default: return is_constant_test(node);
    }
}

// The constants that the allowed values mention: the borders of the domain.
void constants_of(const Node& node, std::vector<Value>& constants) {
    if (node.op == Op::literal && node.value.kind() != Kind::function) {
        const Value& value = node.value;
        if (value.kind() == Kind::range) {
            for (const Value& end : {value.range().low, value.range().high}) {
                if (!end.is_null()) constants.push_back(end);
            }
        } else if (value.kind() != Kind::list && !value.is_null()) {
            constants.push_back(value);
        }
    }
    for (const Node& child : node.children) constants_of(child, constants);
}

class Prover {
public:
    Prover(const Model& model, Reach reach, std::uint64_t regions_max)
        : model_(model), reach_(reach), regions_max_(regions_max) {}

    Result<Proof> prove(std::uint32_t decision) {
        BUNDEL_TRY_DONE(add_table(decision));
        for (ProofVariable& variable : variables_) BUNDEL_TRY_DONE(classify(variable));
        for (ProofTable& table : tables_) {
            fill_sets(table);
            fill_outputs(table);
        }
        for (std::size_t i = 0; i < tables_.size(); ++i) BUNDEL_TRY_DONE(check(i));
        for (ProofTable& table : tables_) note_dead(table);
        proof_.regions = regions_;
        return std::move(proof_);
    }

private:
    // ---- what is proved ----
    Error refuse(std::string_view code, const Table& table, std::size_t rule, std::size_t column,
                 std::uint32_t line, std::string_view what) const {
        return Error{std::string(code),
                     {{"file", model_.name()},
                      {"line", std::to_string(line)},
                      {"element", table.owner_id},
                      {"cell", std::to_string(rule) + ":" + std::to_string(column)},
                      {"what", std::string(what)}}};
    }
    Result<Done> add_table(std::uint32_t decision);
    Result<Done> add_column(ProofTable& table, std::size_t column);
    Result<Done> check_cells(const Table& table);
    Result<Source> variable_for(ProofTable& table, std::size_t column, const std::string& name,
                                const TypeRef& type);
    std::optional<Source> upstream_for(const std::string& name, const std::string& member) const;
    Result<Done> classify(ProofVariable& variable);
    void fill_sets(ProofTable& table);
    void fill_outputs(ProofTable& table);

    // ---- the search ----
    Box everything() const;
    Result<Done> check(std::size_t table);
    struct Walk {
        std::vector<std::size_t> order;  // tables upstream, then the one that is judged
        // Per place in the order: what it and those behind it look at.
        std::vector<std::set<std::size_t>> variables{};
        std::vector<std::set<std::pair<std::size_t, std::size_t>>>
            outputs{};  // (table, output), walked before
        std::set<std::pair<std::size_t, std::vector<std::uint64_t>>> seen{};
    };
    Walk walk_to(std::size_t table) const;
    bool is_new(Walk& walk, std::size_t at, const Box& box) const;
    Result<Done> walk(Walk& walk, std::size_t at, const Box& box);
    Result<Done> judge(ProofTable& table, const Box& box);
    std::optional<Box> region_of(const ProofTable& table, std::size_t rule, const Box& box) const;
    struct Rest {
        std::vector<Box> regions;                        // per rule that can be met
        std::vector<std::size_t> variables;              // where they differ from the box
        std::set<std::pair<std::size_t, Set>> complete;  // (variable, rules left) in which no gap is
        bool is_stopped = false;
    };
    template <class Use>
    bool rest_of(Rest& rest, std::size_t at, const Set& alive, Box& box, Use& use);
    template <class Use>
    void each_gap(const ProofTable& table, const Box& box, Use use);
    void note_dead(ProofTable& table);
    void note(ProofProblem::Kind kind, const ProofTable& table, std::size_t rule, std::size_t other,
              const Box& box);
    Result<Done> count() {
        if (++regions_ <= regions_max_) return Done{};
        return Error{"proof_too_large", {{"file", model_.name()}, {"regions", std::to_string(regions_max_)}}};
    }

    const Model& model_;
    Reach reach_;
    std::uint64_t regions_max_;
    std::uint64_t regions_ = 0;
    std::vector<ProofVariable> variables_;
    std::vector<ProofTable> tables_;  // each after those it rests on
    std::map<std::uint32_t, std::size_t> table_of_decision_;
    std::vector<std::size_t> chosen_;  // per table the rule (or the default) that the walk took
    Proof proof_;
};

// ---- what is proved ----

// Every cell is constant; of a table that others rest on, every output too.
Result<Done> Prover::check_cells(const Table& table) {
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule) {
        const TableRule& one = table.rules[rule];
        for (std::size_t column = 0; column < one.inputs.size(); ++column) {
            const Cell& cell = one.inputs[column];
            if (!is_constant_test(cell.node))
                return refuse("proof_test", table, rule + 1, column + 1, cell.line, cell.text);
        }
        for (std::size_t i = 0; i < one.outputs.size(); ++i) {
            const Cell& cell = one.outputs[i];
            const bool constant = cell.node.op == Op::literal;
            if (!constant)
                return refuse("proof_output", table, rule + 1, one.inputs.size() + i + 1, cell.line,
                              cell.text);
        }
    }
    return Done{};
}

Result<Done> Prover::add_table(std::uint32_t decision) {
    if (table_of_decision_.contains(decision)) return Done{};
    const DecisionInfo& info = model_.decisions()[decision];
    if (info.table == nullptr) {
        return Error{"proof_no_table",
                     {{"file", model_.name()}, {"line", std::to_string(info.line)}, {"decision", info.name}}};
    }
    const Table& table = *info.table;
    if (table.policy != HitPolicy::unique)
        return refuse("proof_hit_policy", table, 0, 0, table.line, info.name);
    BUNDEL_TRY_DONE(check_cells(table));
    ProofTable added;
    added.decision = decision;
    added.table = &table;
    added.is_live.assign(table.rules.size(), false);
    added.has_default = std::ranges::all_of(table.outputs, [](const auto& output) {
        return output.otherwise && output.otherwise->node.op == Op::literal;
    });
    for (const std::uint32_t needed : info.decisions) {
        const bool follow = reach_ == Reach::graph && model_.decisions()[needed].table != nullptr;
        if (follow) BUNDEL_TRY_DONE(add_table(needed));
    }
    for (std::size_t column = 0; column < table.inputs.size(); ++column)
        BUNDEL_TRY_DONE(add_column(added, column));
    for (const Source& source : added.sources) {
        if (source.is_variable) continue;
        added.cone.insert(source.index);
        added.cone.insert(tables_[source.index].cone.begin(), tables_[source.index].cone.end());
    }
    table_of_decision_.emplace(decision, tables_.size());
    tables_.push_back(std::move(added));
    return Done{};
}

std::optional<Source> Prover::upstream_for(const std::string& name, const std::string& member) const {
    const auto decision = model_.decision(name);
    const auto found = decision ? table_of_decision_.find(*decision) : table_of_decision_.end();
    if (found == table_of_decision_.end()) return std::nullopt;
    const auto& outputs = tables_[found->second].table->outputs;
    if (member.empty())
        return outputs.size() == 1 ? std::optional(Source{false, found->second, 0}) : std::nullopt;
    if (outputs.size() == 1) return std::nullopt;
    const auto at = std::ranges::find(outputs, member, &TableOutput::name);
    if (at == outputs.end()) return std::nullopt;
    return Source{false, found->second, static_cast<std::size_t>(at - outputs.begin())};
}

// A column is a name, or an entry of one ("person.age").
Result<Done> Prover::add_column(ProofTable& table, std::size_t column) {
    const TableInput& input = table.table->inputs[column];
    std::string path;
    const Node* node = &input.expression.node;
    std::string member;
    while (node->op == Op::member) {
        member = node->name;
        path = "." + node->name + path;
        node = &node->children.front();
    }
    if (node->op != Op::global) {
        return refuse("proof_expression", *table.table, 0, column + 1, input.expression.line,
                      input.expression.text);
    }
    const auto decision = model_.decision(node->name);
    const bool is_table = decision && model_.decisions()[*decision].table != nullptr;
    if (reach_ == Reach::graph && is_table && !model_.input(node->name)) {
        const auto source = upstream_for(node->name, path.empty() ? "" : member);
        if (!source)
            return refuse("proof_expression", *table.table, 0, column + 1, input.expression.line,
                          input.expression.text);
        table.sources.push_back(*source);
        return Done{};
    }
    BUNDEL_TRY(source, variable_for(table, column, node->name + path, input.expression.node.gives));
    table.sources.push_back(source);
    return Done{};
}

Result<Source> Prover::variable_for(ProofTable& table, std::size_t column, const std::string& name,
                                    const TypeRef& type) {
    const TableInput& input = table.table->inputs[column];
    const auto known = std::ranges::find(variables_, name, &ProofVariable::name);
    const auto index = static_cast<std::size_t>(known - variables_.begin());
    if (known == variables_.end()) {
        ProofVariable variable{name, {type ? type : input.type, nullptr, {}, false}};
        if (variable.domain.type) {
            variable.domain.allowed = variable.domain.type->allowed;
            variable.domain.values = variable.domain.type->allowed_values;
        }
        if (!variable.domain.allowed) {
            variable.domain.allowed = input.allowed;
            variable.domain.values = input.allowed_values;
        }
        const bool boolean = variable.domain.type && variable.domain.type->kind == Kind::boolean;
        if (boolean && !variable.domain.allowed) variable.domain.values = {Value::of(false), Value::of(true)};
        const bool is_declared = variable.domain.allowed ? is_domain_test(*variable.domain.allowed)
                                                         : !variable.domain.values.empty();
        if (!is_declared || (input.allowed && !is_domain_test(*input.allowed))) {
            return refuse("proof_domain", *table.table, 0, column + 1, input.expression.line, name);
        }
        variable.domain.is_whole = variable.domain.allowed && asks_whole(*variable.domain.allowed);
        if (variable.domain.allowed) constants_of(*variable.domain.allowed, variable.borders);
        variables_.push_back(std::move(variable));
    }
    // What the column itself allows cuts the domain too.
    if (input.allowed) constants_of(*input.allowed, variables_[index].borders);
    std::vector<const Node*> tests;
    for (const TableRule& rule : table.table->rules) tests.push_back(&rule.inputs[column].node);
    auto borders = borders_of(tests);
    if (!borders && variables_[index].domain.values.empty()) {
        return refuse("proof_domain", *table.table, 0, column + 1, input.expression.line, name);
    }
    if (borders)
        variables_[index].borders.insert(variables_[index].borders.end(), borders->begin(), borders->end());
    return Source{true, index, 0};
}

// A whole number in the zone of `sample`, between its two borders.
std::optional<Value> whole_in(const std::vector<Value>& borders, const Value& sample) {
    if (sample.number().is_integer()) return sample;
    const auto up = sample.number().rounded(0, RoundingMode::ceiling);
    const auto down = sample.number().rounded(0, RoundingMode::floor);
    for (const auto& candidate : {up, down}) {
        if (candidate && zone_of(borders, Value::of(*candidate)) == zone_of(borders, sample))
            return Value::of(*candidate);
    }
    return std::nullopt;
}

Result<Done> Prover::classify(ProofVariable& variable) {
    if (!variable.domain.values.empty()) {
        for (const Value& value : variable.domain.values) {
            const bool twice =
                std::ranges::any_of(variable.classes, [&](const Value& one) { return same(one, value); });
            if (!twice) variable.classes.push_back(value);
        }
        return Done{};
    }
    const auto refused = Error{"proof_domain_empty", {{"file", model_.name()}, {"variable", variable.name}}};
    const auto mixed = [&](const Value& value) { return value.kind() != variable.borders.front().kind(); };
    if (variable.borders.empty() || std::ranges::any_of(variable.borders, mixed)) return refused;
    const auto zones = zones_of(variable.borders);
    if (!zones) return refused;
    std::vector<std::optional<Value>> samples = zones->samples;
    samples.emplace_back(Value());  // null, where it is allowed
    for (auto sample : samples) {
        if (sample && !sample->is_null() && variable.domain.is_whole)
            sample = whole_in(zones->borders, *sample);
        if (sample && says_true(*variable.domain.allowed, 0, *sample))
            variable.classes.push_back(std::move(*sample));
    }
    return variable.classes.empty() ? Result<Done>(refused) : Result<Done>(Done{});
}

void Prover::fill_sets(ProofTable& table) {
    const Table& source_table = *table.table;
    for (const TableRule& rule : source_table.rules) {
        std::vector<Set> row;
        for (std::size_t column = 0; column < rule.inputs.size(); ++column) {
            const Source& source = table.sources[column];
            const TableInput& input = source_table.inputs[column];
            const auto matches = [&](const Value& value) {
                const bool allowed = value.is_null() || !input.allowed || says_true(*input.allowed, 0, value);
                return allowed && says_true(rule.inputs[column].node, source_table.slot, value);
            };
            if (source.is_variable) {
                const auto& classes = variables_[source.index].classes;
                Set set(classes.size());
                for (std::size_t i = 0; i < classes.size(); ++i) {
                    if (matches(classes[i])) set.add(i);
                }
                row.push_back(std::move(set));
                continue;
            }
            // Of another table: the rules (and behind them the default) whose output the cell takes.
            const Table& other = *tables_[source.index].table;
            Set set(other.rules.size() + 1);
            for (std::size_t i = 0; i <= other.rules.size(); ++i) {
                const bool is_default = i == other.rules.size();
                if (is_default && !tables_[source.index].has_default) continue;
                const Cell& cell = is_default ? *other.outputs[source.output].otherwise
                                              : other.rules[i].outputs[source.output];
                if (matches(cell.node.value)) set.add(i);
            }
            row.push_back(std::move(set));
        }
        table.sets.push_back(std::move(row));
    }
}

void Prover::fill_outputs(ProofTable& table) {
    const auto& rules = table.table->rules;
    for (std::size_t output = 0; output < table.table->outputs.size(); ++output) {
        const auto value_of = [&](std::size_t rule) -> const Value& {
            return rule < rules.size() ? rules[rule].outputs[output].node.value
                                       : table.table->outputs[output].otherwise->node.value;
        };
        std::vector<std::size_t> firsts;
        for (std::size_t rule = 0; rule < rules.size() + (table.has_default ? 1 : 0); ++rule) {
            std::size_t first = 0;
            while (!same(value_of(first), value_of(rule))) ++first;
            firsts.push_back(first);
        }
        table.same_output.push_back(std::move(firsts));
    }
}

// ---- the search ----

Box Prover::everything() const {
    Box box;
    for (const ProofVariable& variable : variables_) box.emplace_back(variable.classes.size(), true);
    return box;
}

// The part of the box in which the rule matches, given the rules chosen upstream. Nothing when it is empty.
std::optional<Box> Prover::region_of(const ProofTable& table, std::size_t rule, const Box& box) const {
    const auto& row = table.sets[rule];
    for (std::size_t column = 0; column < row.size(); ++column) {
        const Source& source = table.sources[column];
        if (!source.is_variable && !row[column].has(chosen_[source.index])) return std::nullopt;
    }
    Box region = box;
    for (std::size_t column = 0; column < row.size(); ++column) {
        const Source& source = table.sources[column];
        if (source.is_variable) region[source.index] &= row[column];
    }
    return is_empty(region) ? std::nullopt : std::optional(std::move(region));
}

// Gives `use` each part of the box that no rule alive covers; it says whether to go on. Splits by one
// variable at a time, into the groups of classes that the rules cannot tell apart. True when there was
// nothing to give.
template <class Use>
bool Prover::rest_of(Rest& rest, std::size_t at, const Set& alive, Box& box, Use& use) {
    if (alive.empty()) {
        rest.is_stopped = !use(box);
        return false;
    }
    if (at == rest.variables.size()) return true;
    if (rest.complete.contains({at, alive})) return true;
    const std::size_t variable = rest.variables[at];
    const Set whole = box[variable];
    std::map<Set, Set> groups;  // rules that go on -> classes
    for (std::size_t i = 0; i < variables_[variable].classes.size(); ++i) {
        if (!whole.has(i)) continue;
        Set going_on(rest.regions.size());
        for (std::size_t rule = 0; rule < rest.regions.size(); ++rule) {
            if (alive.has(rule) && rest.regions[rule][variable].has(i)) going_on.add(rule);
        }
        auto [group, is_new] = groups.try_emplace(going_on, variables_[variable].classes.size());
        group->second.add(i);
    }
    bool complete = true;
    for (const auto& [going_on, classes] : groups) {
        ++regions_;
        box[variable] = classes;
        complete = rest_of(rest, at + 1, going_on, box, use) && regions_ <= regions_max_ && complete;
        if (rest.is_stopped || regions_ > regions_max_) break;
    }
    box[variable] = whole;
    if (complete) rest.complete.emplace(at, alive);
    return complete;
}

template <class Use>
void Prover::each_gap(const ProofTable& table, const Box& box, Use use) {
    Rest rest;
    std::set<std::size_t> variables;
    for (const Source& source : table.sources) {
        if (source.is_variable) variables.insert(source.index);
    }
    for (std::size_t rule = 0; rule < table.sets.size(); ++rule) {
        if (auto region = region_of(table, rule, box)) rest.regions.push_back(std::move(*region));
    }
    rest.variables.assign(variables.begin(), variables.end());
    Box changing = box;
    const Set alive(rest.regions.size(), true);
    rest_of(rest, 0, alive, changing, use);
}

void Prover::note(ProofProblem::Kind kind, const ProofTable& table, std::size_t rule, std::size_t other,
                  const Box& box) {
    ProofProblem problem{
        kind, table.decision, static_cast<std::uint32_t>(rule), static_cast<std::uint32_t>(other), {}};
    std::set<std::size_t> shown;
    const auto show = [&](const ProofTable& one) {
        for (const Source& source : one.sources) {
            if (source.is_variable) shown.insert(source.index);
        }
    };
    show(table);
    for (const std::size_t upstream : table.cone) show(tables_[upstream]);
    if (kind != ProofProblem::Kind::dead_rule) {
        for (const std::size_t i : shown) {
            problem.example.emplace_back(variables_[i].name, variables_[i].classes[box[i].first()]);
        }
    }
    proof_.problems.push_back(std::move(problem));
}

// In a box where all that is upstream is settled: which rules can be met, which two together, and what is
// left.
Result<Done> Prover::judge(ProofTable& table, const Box& box) {
    BUNDEL_TRY_DONE(count());
    std::vector<std::pair<std::size_t, Box>> met;
    for (std::size_t rule = 0; rule < table.sets.size(); ++rule) {
        if (auto region = region_of(table, rule, box)) met.emplace_back(rule, std::move(*region));
    }
    for (std::size_t i = 0; i < met.size(); ++i) {
        table.is_live[met[i].first] = true;
        for (std::size_t j = i + 1; j < met.size(); ++j) {
            BUNDEL_TRY_DONE(count());
            const std::pair pair(met[i].first, met[j].first);
            if (table.overlaps.contains(pair)) continue;
            const auto both = region_of(table, pair.second, met[i].second);
            if (!both) continue;
            table.overlaps.insert(pair);
            note(ProofProblem::Kind::overlap, table, pair.first, pair.second, *both);
        }
    }
    if (table.has_default || table.gaps >= Proof::gaps_max) return Done{};
    each_gap(table, box, [&](const Box& gap) {
        note(ProofProblem::Kind::gap, table, 0, 0, gap);
        return ++table.gaps < Proof::gaps_max;
    });
    return count();
}

Prover::Walk Prover::walk_to(std::size_t number) const {
    Walk walk;
    walk.order.assign(tables_[number].cone.begin(), tables_[number].cone.end());
    walk.order.push_back(number);  // tables_ has each after those it rests on, so ascending is an order
    walk.variables.resize(walk.order.size());
    walk.outputs.resize(walk.order.size());
    for (std::size_t at = 0; at < walk.order.size(); ++at) {
        for (std::size_t later = at; later < walk.order.size(); ++later) {
            for (const Source& source : tables_[walk.order[later]].sources) {
                if (source.is_variable) {
                    walk.variables[at].insert(source.index);
                } else if (source.index < walk.order[at]) {
                    walk.outputs[at].emplace(source.index, source.output);
                }
            }
        }
    }
    return walk;
}

// What is still to come depends only on the classes of the variables that it looks at, and on the outputs: a
// rule, or a combination of rules, that leads to the same again need not be followed again.
bool Prover::is_new(Walk& walk, std::size_t at, const Box& box) const {
    std::vector<std::uint64_t> key;
    for (const std::size_t variable : walk.variables[at]) {
        const auto words = box[variable].words();
        key.insert(key.end(), words.begin(), words.end());
    }
    for (const auto& [table, output] : walk.outputs[at])
        key.push_back(tables_[table].same_output[output][chosen_[table]]);
    return walk.seen.emplace(at, std::move(key)).second;
}

// Takes each rule of each table upstream in turn; the last in the order is judged. What no rule upstream
// answers is a gap of that table, and nothing here.
Result<Done> Prover::walk(Walk& path, std::size_t at, const Box& box) {
    if (!is_new(path, at, box)) return Done{};
    const std::size_t number = path.order[at];
    ProofTable& table = tables_[number];
    if (at + 1 == path.order.size()) return judge(table, box);
    BUNDEL_TRY_DONE(count());
    for (std::size_t rule = 0; rule < table.sets.size(); ++rule) {
        const auto region = region_of(table, rule, box);
        if (!region) continue;
        chosen_[number] = rule;
        BUNDEL_TRY_DONE(walk(path, at + 1, *region));
    }
    if (!table.has_default) return Done{};
    std::vector<Box> rest;
    each_gap(table, box, [&](const Box& gap) {
        rest.push_back(gap);
        return true;
    });
    chosen_[number] = table.sets.size();
    for (const Box& gap : rest) BUNDEL_TRY_DONE(walk(path, at + 1, gap));
    return Done{};
}

Result<Done> Prover::check(std::size_t number) {
    chosen_.assign(tables_.size(), 0);
    Walk path = walk_to(number);
    return walk(path, 0, everything());
}

void Prover::note_dead(ProofTable& table) {
    for (std::size_t rule = 0; rule < table.is_live.size(); ++rule) {
        if (!table.is_live[rule]) note(ProofProblem::Kind::dead_rule, table, rule, 0, {});
    }
}

}  // namespace

Result<Proof> prove(const Model& model, std::uint32_t decision, Reach reach, std::uint64_t regions_max) {
    BUNDEL_ASSERT(decision < model.decisions().size());
    return Prover(model, reach, regions_max).prove(decision);
}

}  // namespace bundel::decision
