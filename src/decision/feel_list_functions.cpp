// DMN 1.5 table 75, lists, sort() among them. Positions count from 1, negative ones from the end.
#include <algorithm>
#include <array>

#include "decision/built_in.h"

namespace bundel::decision {
namespace {

bool within_size(const Arguments& arguments, std::size_t size) {
    if (size > Limits::list) arguments.run().stop("decision_limit_size");
    return arguments.run().spend(size);
}

bool is_equal(const Value& a, const Value& b) {
    return equal(a, b) == true;
}

bool holds(const List& list, const Value& value, Run& run) {
    run.spend(list.size());
    return std::ranges::any_of(list, [&](const Value& item) { return is_equal(item, value); });
}

Value list_contains(const Arguments& arguments) {
    const auto list = arguments.list(0);
    return list ? Value::of(holds(*list, arguments[1], arguments.run())) : Value();
}

Value count(const Arguments& arguments) {
    const auto list = arguments.list(0);
    return list ? Value::of(static_cast<std::int64_t>(list->size())) : Value();
}

Value extreme(const Arguments& arguments, bool largest) {
    const auto items = arguments.items();
    if (!items || items->empty()) return {};
    const Value* best = &items->front();
    for (const Value& item : *items) {
        const auto found = order(item, *best);
        if (!found) return {};
        if (largest ? *found > 0 : *found < 0) best = &item;
    }
    return *best;
}

std::optional<std::vector<Number>> numbers(const Arguments& arguments) {
    const auto items = arguments.items();
    if (!items) return std::nullopt;
    std::vector<Number> result;
    for (const Value& item : *items) {
        if (item.kind() != Kind::number) return std::nullopt;
        result.push_back(item.number());
    }
    return result;
}

std::optional<Number> total(const std::vector<Number>& numbers) {
    std::optional<Number> sum = Number();
    for (const Number& number : numbers) sum = sum ? sum->plus(number) : std::nullopt;
    return sum;
}

std::optional<Number> average(const std::vector<Number>& numbers) {
    const auto sum = total(numbers);
    return sum ? sum->over(Number::of(static_cast<std::int64_t>(numbers.size()))) : std::nullopt;
}

Value sum(const Arguments& arguments) {
    const auto given = numbers(arguments);
    return given && !given->empty() ? Value::of(total(*given)) : Value();
}

Value product(const Arguments& arguments) {
    const auto given = numbers(arguments);
    if (!given || given->empty()) return {};
    std::optional<Number> result = Number::of(1);
    for (const Number& number : *given) result = result ? result->times(number) : std::nullopt;
    return Value::of(result);
}

Value mean(const Arguments& arguments) {
    const auto given = numbers(arguments);
    return given && !given->empty() ? Value::of(average(*given)) : Value();
}

Value median(const Arguments& arguments) {
    auto given = numbers(arguments);
    if (!given || given->empty()) return {};
    std::ranges::sort(*given);
    const std::size_t half = given->size() / 2;
    if (given->size() % 2 == 1) return Value::of((*given)[half]);
    return Value::of(average({(*given)[half - 1], (*given)[half]}));
}

// Of a sample: divided by n - 1.
Value stddev(const Arguments& arguments) {
    const auto given = numbers(arguments);
    if (!given || given->size() < 2) return {};
    const auto middle = average(*given);
    if (!middle) return {};
    std::optional<Number> squares = Number();
    for (const Number& number : *given) {
        const auto distance = number.minus(*middle);
        const auto square = distance ? distance->times(*distance) : std::nullopt;
        squares = squares && square ? squares->plus(*square) : std::nullopt;
    }
    const auto variance =
        squares ? squares->over(Number::of(static_cast<std::int64_t>(given->size()) - 1)) : std::nullopt;
    return variance ? Value::of(variance->square_root()) : Value();
}

Value mode(const Arguments& arguments) {
    auto given = numbers(arguments);
    if (!given) return {};
    std::ranges::sort(*given);
    List best;
    std::size_t most = 0;
    for (auto first = given->begin(); first != given->end();) {
        const auto last = std::find_if(first, given->end(), [&](const Number& n) { return n != *first; });
        const auto size = static_cast<std::size_t>(last - first);
        if (size > most) best.clear();
        if (size >= most) best.push_back(Value::of(*first));
        most = std::max(most, size);
        first = last;
    }
    return Value::of(std::move(best));
}

// all: false wins; any: true wins; else null when one is not a boolean.
Value logical(const Arguments& arguments, bool decisive) {
    const auto items = arguments.items();
    if (!items) return {};
    bool unknown = false;
    for (const Value& item : *items) {
        if (item.kind() == Kind::boolean && item.boolean() == decisive) return Value::of(decisive);
        unknown = unknown || item.kind() != Kind::boolean;
    }
    return unknown ? Value() : Value::of(!decisive);
}

// The index from 0 of a position, at most `size`; nothing when it lies outside.
std::optional<std::size_t> index_of_position(const std::optional<std::int64_t>& position, std::size_t size) {
    const auto count_of_items = static_cast<std::int64_t>(size);
    if (!position || *position == 0 || *position > count_of_items || *position < -count_of_items)
        return std::nullopt;
    return static_cast<std::size_t>(*position > 0 ? *position - 1 : count_of_items + *position);
}

Value sublist(const Arguments& arguments) {
    const auto list = arguments.list(0);
    if (!list) return {};
    const auto first = index_of_position(arguments.integer(1), list->size());
    if (!first || (arguments.has(2) && !arguments.integer(2))) return {};
    std::size_t size = list->size() - *first;
    if (const auto wanted = arguments.integer(2)) {
        if (*wanted < 0 || static_cast<std::size_t>(*wanted) > size) return {};
        size = static_cast<std::size_t>(*wanted);
    }
    const auto begin = list->begin() + static_cast<std::ptrdiff_t>(*first);
    return Value::of(List(begin, begin + static_cast<std::ptrdiff_t>(size)));
}

Value append(const Arguments& arguments) {
    auto list = arguments.list(0);
    if (!list) list = List{Value()};
    for (std::size_t i = 1; i < arguments.size(); ++i) list->push_back(arguments[i]);
    return within_size(arguments, list->size()) ? Value::of(std::move(*list)) : Value();
}

Value concatenate(const Arguments& arguments) {
    List all;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto list = arguments.list(i);
        if (!list) return {};
        if (!within_size(arguments, all.size() + list->size())) return {};
        all.insert(all.end(), list->begin(), list->end());
    }
    return Value::of(std::move(all));
}

Value insert_before(const Arguments& arguments) {
    auto list = arguments.list(0);
    const auto at = list ? index_of_position(arguments.integer(1), list->size()) : std::nullopt;
    if (!at || !within_size(arguments, list->size() + 1)) return {};
    list->insert(list->begin() + static_cast<std::ptrdiff_t>(*at), arguments[2]);
    return Value::of(std::move(*list));
}

Value remove(const Arguments& arguments) {
    auto list = arguments.list(0);
    const auto at = list ? index_of_position(arguments.integer(1), list->size()) : std::nullopt;
    if (!at) return {};
    list->erase(list->begin() + static_cast<std::ptrdiff_t>(*at));
    return Value::of(std::move(*list));
}

Value list_replace(const Arguments& arguments) {
    auto list = arguments.list(0);
    if (!list) return {};
    if (const Value* match = arguments.of_kind(1, Kind::function)) {
        for (Value& item : *list) {
            const std::array both{item, arguments[2]};
            const Value found = call_function(*match, both, arguments.run());
            if (found.kind() != Kind::boolean) return {};
            if (found.boolean()) item = arguments[2];
        }
        return Value::of(std::move(*list));
    }
    const auto at = index_of_position(arguments.integer(1), list->size());
    if (!at) return {};
    (*list)[*at] = arguments[2];
    return Value::of(std::move(*list));
}

Value reverse(const Arguments& arguments) {
    auto list = arguments.list(0);
    if (!list) return {};
    std::ranges::reverse(*list);
    return Value::of(std::move(*list));
}

Value index_of(const Arguments& arguments) {
    const auto list = arguments.list(0);
    if (!list) return {};
    List positions;
    for (std::size_t i = 0; i < list->size(); ++i) {
        if (is_equal((*list)[i], arguments[1]))
            positions.push_back(Value::of(static_cast<std::int64_t>(i) + 1));
    }
    return Value::of(std::move(positions));
}

std::optional<List> distinct(const List& list, Run& run) {
    List result;
    for (const Value& item : list) {
        if (!holds(result, item, run)) result.push_back(item);
        if (run.stopped()) return std::nullopt;
    }
    return result;
}

Value distinct_values(const Arguments& arguments) {
    const auto list = arguments.list(0);
    return list ? Value::of(distinct(*list, arguments.run())) : Value();
}

Value union_of(const Arguments& arguments) {
    const Value all = concatenate(arguments);
    return all.is_null() ? all : Value::of(distinct(all.list(), arguments.run()));
}

void flatten_into(const List& list, List& flat, Run& run) {
    if (!run.spend(list.size())) return;
    for (const Value& item : list) {
        if (item.kind() == Kind::list) {
            flatten_into(item.list(), flat, run);
        } else {
            flat.push_back(item);
        }
    }
    if (flat.size() > Limits::list) run.stop("decision_limit_size");
}

Value flatten(const Arguments& arguments) {
    const auto list = arguments.list(0);
    if (!list) return {};
    List flat;
    flatten_into(*list, flat, arguments.run());
    return Value::of(std::move(flat));
}

// Merges sorted halves, so that any "precedes" ends: std::sort asks an order that a model need not give.
void merge_sort(List& list, const Value& precedes, Run& run) {
    if (list.size() < 2 || run.stopped()) return;
    const auto middle = list.begin() + static_cast<std::ptrdiff_t>(list.size() / 2);
    List left(list.begin(), middle);
    List right(middle, list.end());
    merge_sort(left, precedes, run);
    merge_sort(right, precedes, run);
    std::size_t l = 0;
    std::size_t r = 0;
    for (Value& place : list) {
        bool take_right = l == left.size();
        if (!take_right && r < right.size()) {
            const std::array both{right[r], left[l]};
            take_right = call_function(precedes, both, run).is_true();
        }
        place = take_right ? right[r++] : left[l++];
    }
}

Value sort(const Arguments& arguments) {
    auto list = arguments.list(0);
    if (!list) return {};
    if (const Value* precedes = arguments.of_kind(1, Kind::function)) {
        merge_sort(*list, *precedes, arguments.run());
        return Value::of(std::move(*list));
    }
    if (arguments.has(1)) return {};
    for (const Value& item : *list) {
        if (!order(item, list->front())) return {};
    }
    std::ranges::stable_sort(
        *list, [](const Value& a, const Value& b) { return order(a, b) == std::strong_ordering::less; });
    return Value::of(std::move(*list));
}

constexpr std::array functions{
    BuiltIn{"list contains", "list, element", Kind::boolean, list_contains},
    BuiltIn{"count", "list", Kind::number, count},
    BuiltIn{"min", "list | c1, c2, cN...", Kind::null, [](const Arguments& a) { return extreme(a, false); }},
    BuiltIn{"max", "list | c1, c2, cN...", Kind::null, [](const Arguments& a) { return extreme(a, true); }},
    BuiltIn{"sum", "list | n1, n2, nN...", Kind::number, sum},
    BuiltIn{"product", "list | n1, n2, nN...", Kind::number, product},
    BuiltIn{"mean", "list | n1, n2, nN...", Kind::number, mean},
    BuiltIn{"median", "list | n1, n2, nN...", Kind::number, median},
    BuiltIn{"stddev", "list | n1, n2, nN...", Kind::number, stddev},
    BuiltIn{"mode", "list | n1, n2, nN...", Kind::list, mode},
    BuiltIn{"all", "list | b1, b2, bN...", Kind::boolean,
            [](const Arguments& a) { return logical(a, false); }},
    BuiltIn{"any", "list | b1, b2, bN...", Kind::boolean,
            [](const Arguments& a) { return logical(a, true); }},
    BuiltIn{"sublist", "list, start position, length?", Kind::list, sublist},
    BuiltIn{"append", "list, item...", Kind::list, append},
    BuiltIn{"concatenate", "list...", Kind::list, concatenate},
    BuiltIn{"insert before", "list, position, newItem", Kind::list, insert_before},
    BuiltIn{"remove", "list, position", Kind::list, remove},
    BuiltIn{"list replace", "list, position, newItem | list, match, newItem", Kind::list, list_replace},
    BuiltIn{"reverse", "list", Kind::list, reverse},
    BuiltIn{"index of", "list, match", Kind::list, index_of},
    BuiltIn{"union", "list...", Kind::list, union_of},
    BuiltIn{"distinct values", "list", Kind::list, distinct_values},
    BuiltIn{"flatten", "list", Kind::list, flatten},
    BuiltIn{"sort", "list, precedes?", Kind::list, sort},
};

}  // namespace

std::span<const BuiltIn> list_functions() {
    return functions;
}

}  // namespace bundel::decision
