#include "decision/table.h"

#include <algorithm>
#include <array>
#include <bit>

#include "decision/trail.h"

namespace bundel::decision {
namespace {

using Words = std::vector<std::uint64_t>;
constexpr std::size_t word_bits = 64;

void clear_bit(std::span<std::uint64_t> words, std::size_t bit) {
    words[bit / word_bits] &= ~(std::uint64_t{1} << (bit % word_bits));
}

void set_bit(std::span<std::uint64_t> words, std::size_t bit) {
    words[bit / word_bits] |= std::uint64_t{1} << (bit % word_bits);
}

template <class Use>
void each_bit(std::span<const std::uint64_t> words, Use use) {
    for (std::size_t w = 0; w < words.size(); ++w) {
        for (std::uint64_t rest = words[w]; rest != 0; rest &= rest - 1) {
            use(w * word_bits + static_cast<std::size_t>(std::countr_zero(rest)));
        }
    }
}

// ---- the index ----

bool is_ordered(Kind kind) {
    return kind == Kind::boolean || kind == Kind::number || kind == Kind::string || kind == Kind::date ||
           kind == Kind::day_time_duration || kind == Kind::year_month_duration;
}

bool precedes(const Value& a, const Value& b) {
    if (a.kind() == Kind::boolean) return !a.boolean() && b.boolean();
    return order(a, b) == std::strong_ordering::less;
}

// The borders that a constant of a test gives. False when it gives none that can be sorted.
bool add_borders(const Value& value, std::vector<Value>& borders) {
    if (value.is_null()) return true;
    if (value.kind() == Kind::range) {
        return add_borders(value.range().low, borders) && add_borders(value.range().high, borders);
    }
    if (value.kind() == Kind::list) {
        return std::ranges::all_of(value.list(),
                                   [&](const Value& item) { return add_borders(item, borders); });
    }
    if (!is_ordered(value.kind()) || (!borders.empty() && borders.front().kind() != value.kind()))
        return false;
    borders.push_back(value);
    return true;
}

bool add_borders(const Node& test, std::vector<Value>& borders) {
    if (test.op == Op::literal) return add_borders(test.value, borders);
    return std::ranges::all_of(test.children, [&](const Node& child) { return add_borders(child, borders); });
}

// One further, or as far again when one is too little to tell in 34 digits.
std::optional<Value> moved(const Number& number, bool down) {
    const Number one = Number::of(1);
    const Number step = number.absolute() > one ? number.absolute() : one;
    const auto result = down ? number.minus(step) : number.plus(step);
    return result ? std::optional(Value::of(*result)) : std::nullopt;
}

std::optional<Value> moved(YearMonthDuration duration, std::int64_t months) {
    if (__builtin_add_overflow(duration.months, months, &duration.months)) return std::nullopt;
    return Value::of(duration);
}

std::optional<Value> just_above(const Value& value) {
    switch (value.kind()) {
        case Kind::boolean: return value.boolean() ? std::nullopt : std::optional(Value::of(true));
        case Kind::number: return moved(value.number(), false);
        case Kind::string: return Value::of(value.string() + '\0');
        case Kind::date: {
            const auto next = value.date().plus_days(1);
            return next ? std::optional(Value::of(*next)) : std::nullopt;
        }
        case Kind::day_time_duration: {
            const auto next = plus(value.day_time_duration(), DayTimeDuration{0, 1});
            return next ? std::optional(Value::of(*next)) : std::nullopt;
        }
        default: return moved(value.year_month_duration(), 1);
    }
}

std::optional<Value> below(const Value& value) {
    switch (value.kind()) {
        case Kind::boolean: return value.boolean() ? std::optional(Value::of(false)) : std::nullopt;
        case Kind::number: return moved(value.number(), true);
        case Kind::string: return value.string().empty() ? std::nullopt : std::optional(Value::of(""));
        case Kind::date: {
            const auto before = value.date().plus_days(-1);
            return before ? std::optional(Value::of(*before)) : std::nullopt;
        }
        case Kind::day_time_duration: {
            const auto before = plus(value.day_time_duration(), DayTimeDuration{-1, 0});
            return before ? std::optional(Value::of(*before)) : std::nullopt;
        }
        default: return moved(value.year_month_duration(), -1);
    }
}

// A value strictly between two, where there is one.
std::optional<Value> sample_between(const Value& low, const Value& high) {
    if (low.kind() == Kind::number) {
        const auto sum = low.number().plus(high.number());
        const auto middle = sum ? sum->over(Number::of(2)) : std::nullopt;
        if (!middle || *middle <= low.number() || *middle >= high.number()) return std::nullopt;
        return Value::of(*middle);
    }
    auto next = just_above(low);
    return next && precedes(*next, high) ? next : std::nullopt;
}

void index_column(Table& table, std::size_t column) {
    ColumnIndex& index = table.columns[column];
    std::vector<const Node*> tests;
    for (const TableRule& rule : table.rules) tests.push_back(&rule.inputs[column].node);
    index.matches_all = std::ranges::all_of(tests, [](const Node* test) { return test->op == Op::test_any; });
    auto borders = borders_of(tests);
    const auto zones = borders && !borders->empty() ? zones_of(std::move(*borders)) : std::nullopt;
    if (index.matches_all || !zones) return;
    index.is_indexed = true;
    index.kind = zones->borders.front().kind();
    index.borders = zones->borders;
    index.words.assign((zones->samples.size() + 1) * table.words_per_set, 0);
    const auto fill = [&](std::size_t zone, const Value& sample) {
        const auto set = std::span(index.words).subspan(zone * table.words_per_set, table.words_per_set);
        for (std::size_t rule = 0; rule < tests.size(); ++rule) {
            Run run(nullptr, {}, nullptr, nullptr);
            if (passes(*tests[rule], table.slot, sample, run)) set_bit(set, rule);
        }
    };
    for (std::size_t zone = 0; zone < zones->samples.size(); ++zone) {
        if (zones->samples[zone]) fill(zone, *zones->samples[zone]);
    }
    fill(zones->samples.size(), Value());
}

// ---- deciding ----

void keep_matching(const Table& table, std::size_t column, const Value& value, std::span<std::uint64_t> alive,
                   Run& run) {
    const ColumnIndex& index = table.columns[column];
    if (index.matches_all) return;
    if (index.is_indexed && (value.is_null() || value.kind() == index.kind)) {
        const std::size_t zone =
            value.is_null() ? 2 * index.borders.size() + 1 : zone_of(index.borders, value);
        const auto set = std::span(index.words).subspan(zone * alive.size(), alive.size());
        for (std::size_t i = 0; i < alive.size(); ++i) alive[i] &= set[i];
        return;
    }
    std::array<std::uint64_t, 1> small{};
    Words large;
    std::span<std::uint64_t> before = small;
    if (alive.size() > 1) {
        large.assign(alive.begin(), alive.end());
        before = large;
    } else {
        small[0] = alive[0];
    }
    each_bit(before, [&](std::size_t rule) {
        if (!passes(table.rules[rule].inputs[column].node, table.slot, value, run)) clear_bit(alive, rule);
    });
}

// The inputs of the table; nothing when one is not what its column allows.
bool read_inputs(const Table& table, std::span<Value> values, Run& run) {
    for (std::size_t i = 0; i < table.inputs.size(); ++i) {
        const TableInput& input = table.inputs[i];
        values[i] = evaluate(input.expression.node, run);
        if (values[i].is_null()) continue;
        if (input.type && values[i].kind() != input.type->kind)
            values[i] = as_type(values[i], input.type, run);
        if (input.allowed && !passes_alone(*input.allowed, values[i], run)) return false;
    }
    return !run.stopped();
}

Value output_of(const Table& table, const Cell& cell, std::size_t column, Run& run) {
    const Value value = evaluate(cell.node, run);
    const TypeRef& type = table.outputs[column].type;
    return type ? as_type(value, type, run) : value;
}

// One output is a value; more are a context.
template <class CellOf>
Value made_of(const Table& table, Run& run, CellOf cell_of) {
    if (table.outputs.size() == 1) return output_of(table, cell_of(0), 0, run);
    Context context;
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
        context.emplace_back(table.outputs[i].name, output_of(table, cell_of(i), i, run));
    }
    return Value::of(std::move(context));
}

Value result_of(const Table& table, std::size_t rule, Run& run) {
    return made_of(table, run, [&](std::size_t i) -> const Cell& { return table.rules[rule].outputs[i]; });
}

Value default_of(const Table& table, Run& run) {
    if (!std::ranges::all_of(table.outputs, [](const auto& output) { return output.otherwise.has_value(); }))
        return {};
    return made_of(table, run, [&](std::size_t i) -> const Cell& { return *table.outputs[i].otherwise; });
}

// The place of a result among the priorities of its outputs: the lower, the stronger.
std::vector<std::size_t> rank_of(const Table& table, const Value& result) {
    std::vector<std::size_t> rank;
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
        const auto& priorities = table.outputs[i].priorities;
        if (priorities.empty()) continue;
        const Value& value = table.outputs.size() == 1 ? result : result.context()[i].second;
        const auto at = std::ranges::find_if(priorities, [&](const Value& one) { return same(one, value); });
        rank.push_back(static_cast<std::size_t>(at - priorities.begin()));
    }
    return rank;
}

List by_priority(const Table& table, List results) {
    std::ranges::stable_sort(results, {}, [&](const Value& result) { return rank_of(table, result); });
    return results;
}

Value aggregated(const Table& table, const List& results) {
    if (table.aggregator == Aggregator::count) {
        return Value::of(static_cast<std::int64_t>(results.size()));
    }
    Value total = results.front();
    for (std::size_t i = 1; i < results.size(); ++i) {
        if (table.aggregator == Aggregator::sum) {
            if (total.kind() != Kind::number || results[i].kind() != Kind::number) return {};
            total = Value::of(total.number().plus(results[i].number()));
        } else {
            const auto found = order(results[i], total);
            if (!found) return {};
            if (table.aggregator == Aggregator::min ? *found < 0 : *found > 0) total = results[i];
        }
    }
    return table.aggregator == Aggregator::sum && total.kind() != Kind::number ? Value() : total;
}

// DMN 1.5 section 8.2.8, by hit policy. `matched` is not empty.
Value by_policy(const Table& table, std::span<const std::uint64_t> matched, Run& run) {
    List results;
    bool first_only = table.policy == HitPolicy::first;
    each_bit(matched, [&](std::size_t rule) {
        if (first_only && !results.empty()) return;
        results.push_back(result_of(table, rule, run));
    });
    switch (table.policy) {
        case HitPolicy::unique: return results.size() == 1 ? results.front() : Value();
        case HitPolicy::first: return results.front();
        case HitPolicy::any: {
            const auto is_first = [&](const Value& result) { return same(result, results.front()); };
            return std::ranges::all_of(results, is_first) ? results.front() : Value();
        }
        case HitPolicy::priority: return by_priority(table, std::move(results)).front();
        case HitPolicy::output_order: return Value::of(by_priority(table, std::move(results)));
        case HitPolicy::rule_order: return Value::of(std::move(results));
        case HitPolicy::collect:
            return table.aggregator == Aggregator::none ? Value::of(std::move(results))
                                                        : aggregated(table, results);
    }
    return {};
}

void note(const Table& table, std::span<Value> inputs, std::span<const std::uint64_t> matched, Run& run) {
    Trail& trail = *run.trail();
    const auto size = [](const auto& list) { return static_cast<std::uint32_t>(list.size()); };
    Trail::Entry entry{table.number, size(trail.rules), 0, size(trail.inputs), size(inputs)};
    each_bit(matched, [&](std::size_t rule) { trail.rules.push_back(static_cast<std::uint32_t>(rule)); });
    for (Value& input : inputs) trail.inputs.push_back(std::move(input));
    entry.rule_count = size(trail.rules) - entry.first_rule;
    trail.entries.push_back(entry);
}

Value decide_with(const Table& table, std::span<Value> inputs, std::span<std::uint64_t> alive, Run& run) {
    if (!read_inputs(table, inputs, run)) return {};
    for (std::size_t i = 0; i < inputs.size(); ++i) keep_matching(table, i, inputs[i], alive, run);
    if (run.stopped()) return {};
    if (run.trail() != nullptr) note(table, inputs, alive, run);
    const bool any = std::ranges::any_of(alive, [](std::uint64_t word) { return word != 0; });
    if (any) return by_policy(table, alive, run);
    const bool counts = table.policy == HitPolicy::collect && table.aggregator == Aggregator::count;
    return counts ? Value::of(0) : default_of(table, run);
}

bool is_foldable(Op op) {
    switch (op) {
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power:
        case Op::negate:
        case Op::list:
        case Op::range:
        case Op::call: return true;
        default: return false;
    }
}

bool is_plain(const Node& node) {
    return node.op == Op::literal && node.value.kind() != Kind::function;
}

}  // namespace

bool is_constant_test(const Node& test) {
    switch (test.op) {
        case Op::test_any: return true;
        case Op::test_compare:
        case Op::test_value: return is_plain(test.children.front());
        case Op::test_not:
        case Op::test_list: return std::ranges::all_of(test.children, is_constant_test);
        default: return false;
    }
}

std::optional<std::vector<Value>> borders_of(const std::vector<const Node*>& tests) {
    std::vector<Value> borders;
    for (const Node* test : tests) {
        if (!is_constant_test(*test) || !add_borders(*test, borders)) return std::nullopt;
    }
    return borders;
}

std::optional<Zones> zones_of(std::vector<Value> borders) {
    if (borders.empty() || !is_ordered(borders.front().kind())) return std::nullopt;
    std::ranges::sort(borders, precedes);
    const auto twice = std::ranges::unique(borders, same);
    borders.erase(twice.begin(), twice.end());
    // The largest numbers have no larger neighbour to try.
    const bool numbers = borders.front().kind() == Kind::number;
    if (numbers && (!below(borders.front()) || !just_above(borders.back()))) return std::nullopt;
    Zones zones;
    zones.samples.push_back(below(borders.front()));
    for (std::size_t i = 0; i < borders.size(); ++i) {
        zones.samples.emplace_back(borders[i]);
        zones.samples.push_back(i + 1 < borders.size() ? sample_between(borders[i], borders[i + 1])
                                                       : just_above(borders[i]));
    }
    zones.borders = std::move(borders);
    return zones;
}

std::size_t zone_of(const std::vector<Value>& borders, const Value& value) {
    const auto at = std::ranges::lower_bound(borders, value, precedes);
    const auto index = static_cast<std::size_t>(at - borders.begin());
    const bool on_border = at != borders.end() && !precedes(value, *at);
    return 2 * index + (on_border ? 1 : 0);
}

void index_columns(Table& table) {
    table.words_per_set = (table.rules.size() + word_bits - 1) / word_bits;
    table.columns.assign(table.inputs.size(), {});
    for (std::size_t column = 0; column < table.inputs.size(); ++column) index_column(table, column);
}

Value decide(const Table& table, Run& run) {
    constexpr std::size_t small_columns = 8;
    std::array<Value, small_columns> small_inputs;
    List large_inputs;
    std::span<Value> inputs = std::span(small_inputs).first(std::min(table.inputs.size(), small_columns));
    if (table.inputs.size() > small_columns) {
        large_inputs.resize(table.inputs.size());
        inputs = large_inputs;
    }
    // All rules alive, no bits beyond the last.
    const std::size_t rest = table.rules.size() % word_bits;
    const std::uint64_t last = rest == 0 ? ~std::uint64_t{0} : (std::uint64_t{1} << rest) - 1;
    if (table.words_per_set == 1) {
        std::array<std::uint64_t, 1> alive{last};
        return decide_with(table, inputs, alive, run);
    }
    Words alive(table.words_per_set, ~std::uint64_t{0});
    if (!alive.empty()) alive.back() = last;
    run.spend(alive.size());
    return decide_with(table, inputs, alive, run);
}

void fold(Node& node) {
    for (Node& child : node.children) fold(child);
    if (!is_foldable(node.op)) return;
    const std::size_t first = node.op == Op::call ? 1 : 0;
    const bool built_in =
        node.op != Op::call || (node.children[0].op == Op::literal && node.children[0].name != "range");
    if (!built_in || !std::all_of(node.children.begin() + static_cast<std::ptrdiff_t>(first),
                                  node.children.end(), is_plain)) {
        return;
    }
    Run run(nullptr, {}, nullptr, nullptr);
    Value value = evaluate(node, run);
    if (run.stopped()) return;
    Node folded;
    folded.gives = node.gives;
    folded.value = std::move(value);
    node = std::move(folded);
}

}  // namespace bundel::decision
