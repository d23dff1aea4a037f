#include "decision/feel_evaluate.h"

#include <algorithm>
#include <array>

#include "decision/feel_functions.h"
#include "decision/table.h"

namespace bundel::decision {
namespace {

Value evaluate_child(const Node& node, std::size_t child, Run& run) {
    return evaluate(node.children[child], run);
}

// ---- arithmetic ----

Value add_months(const Value& value, std::int64_t months) {
    if (value.kind() == Kind::date) return Value::of(value.date().plus_months(months));
    const DateTime& moment = value.date_time();
    const auto date = moment.date.plus_months(months);
    return date ? Value::of(DateTime{*date, moment.time}) : Value();
}

Value add_duration(const Value& value, const DayTimeDuration& duration) {
    switch (value.kind()) {
        case Kind::date: {
            const auto moment = plus(DateTime{value.date(), {}}, duration);
            return moment ? Value::of(moment->date) : Value();
        }
        case Kind::date_time: return Value::of(plus(value.date_time(), duration));
        case Kind::time: return Value::of(plus(value.time(), duration));
        case Kind::day_time_duration: return Value::of(plus(value.day_time_duration(), duration));
        default: return {};
    }
}

bool is_day(const Value& value) {
    return value.kind() == Kind::date || value.kind() == Kind::date_time;
}

std::optional<std::int64_t> sum(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
}

Value months_value(std::optional<std::int64_t> months) {
    // The smallest integer has no opposite.
    return months && *months != INT64_MIN ? Value::of(YearMonthDuration{*months}) : Value();
}

Value add(const Value& a, const Value& b, Run& run) {
    if (a.kind() == Kind::number && b.kind() == Kind::number) return Value::of(a.number().plus(b.number()));
    if (a.kind() == Kind::string && b.kind() == Kind::string) {
        if (a.string().size() + b.string().size() > Limits::string) run.stop("decision_limit_size");
        return run.stopped() ? Value() : Value::of(a.string() + b.string());
    }
    if (b.kind() == Kind::day_time_duration) return add_duration(a, b.day_time_duration());
    if (b.kind() == Kind::year_month_duration) {
        const std::int64_t months = b.year_month_duration().months;
        if (is_day(a)) return add_months(a, months);
        if (a.kind() == Kind::year_month_duration)
            return months_value(sum(a.year_month_duration().months, months));
        return {};
    }
    const bool duration_first = a.kind() == Kind::day_time_duration || a.kind() == Kind::year_month_duration;
    return duration_first && b.kind() != Kind::number ? (b.is_null() ? Value() : add(b, a, run)) : Value();
}

DateTime moment_of(const Value& value) {
    return value.kind() == Kind::date ? DateTime{value.date(), {}} : value.date_time();
}

Value subtract(const Value& a, const Value& b) {
    if (a.kind() == Kind::number && b.kind() == Kind::number) return Value::of(a.number().minus(b.number()));
    if (b.kind() == Kind::day_time_duration) return add_duration(a, negated(b.day_time_duration()));
    if (b.kind() == Kind::year_month_duration) {
        const std::int64_t months = -b.year_month_duration().months;
        if (is_day(a)) return add_months(a, months);
        if (a.kind() == Kind::year_month_duration)
            return months_value(sum(a.year_month_duration().months, months));
        return {};
    }
    if (is_day(a) && is_day(b)) return Value::of(between(moment_of(b), moment_of(a)));
    if (a.kind() == Kind::time && b.kind() == Kind::time) return Value::of(between(b.time(), a.time()));
    return {};
}

std::optional<Number> seconds_of(const DayTimeDuration& duration) {
    const auto fraction = Number::of(duration.nanos).over(Number::of(nanos_per_second));
    return Number::of(duration.seconds).plus(*fraction);
}

Value duration_of_seconds(const std::optional<Number>& seconds) {
    if (!seconds) return {};
    const auto whole = seconds->rounded(0, RoundingMode::down);
    const auto integer = whole ? whole->to_integer() : std::nullopt;
    if (!integer || *integer > INT64_MAX / 2 || *integer < INT64_MIN / 2) return {};
    const auto rest =
        seconds->minus(*whole)->times(Number::of(nanos_per_second))->rounded(0, RoundingMode::down);
    return Value::of(DayTimeDuration{*integer, static_cast<std::int32_t>(rest->to_integer().value_or(0))});
}

Value months_of_number(const std::optional<Number>& months) {
    const auto whole = months ? months->rounded(0, RoundingMode::down) : std::nullopt;
    return whole ? months_value(whole->to_integer()) : Value();
}

Value multiply(const Value& a, const Value& b) {
    if (a.kind() == Kind::number && b.kind() == Kind::number) return Value::of(a.number().times(b.number()));
    if (a.kind() == Kind::number && b.kind() != Kind::null)
        return b.kind() == Kind::number ? Value() : multiply(b, a);
    if (b.kind() != Kind::number) return {};
    if (a.kind() == Kind::day_time_duration) {
        const auto seconds = seconds_of(a.day_time_duration());
        return duration_of_seconds(seconds ? seconds->times(b.number()) : std::nullopt);
    }
    if (a.kind() == Kind::year_month_duration) {
        return months_of_number(Number::of(a.year_month_duration().months).times(b.number()));
    }
    return {};
}

Value divide(const Value& a, const Value& b) {
    if (a.kind() == Kind::number && b.kind() == Kind::number) return Value::of(a.number().over(b.number()));
    if (a.kind() == Kind::day_time_duration) {
        const auto seconds = seconds_of(a.day_time_duration());
        if (b.kind() == Kind::number && seconds) return duration_of_seconds(seconds->over(b.number()));
        if (b.kind() == Kind::day_time_duration && seconds) {
            const auto divisor = seconds_of(b.day_time_duration());
            return divisor ? Value::of(seconds->over(*divisor)) : Value();
        }
    }
    if (a.kind() == Kind::year_month_duration) {
        const Number months = Number::of(a.year_month_duration().months);
        if (b.kind() == Kind::number) return months_of_number(months.over(b.number()));
        if (b.kind() == Kind::year_month_duration) {
            return Value::of(months.over(Number::of(b.year_month_duration().months)));
        }
    }
    return {};
}

Value negate(const Value& value) {
    switch (value.kind()) {
        case Kind::number: return Value::of(value.number().negated());
        case Kind::day_time_duration: return Value::of(negated(value.day_time_duration()));
        case Kind::year_month_duration:
            return Value::of(YearMonthDuration{-value.year_month_duration().months});
        default: return {};
    }
}

Value arithmetic(const Node& node, Run& run) {
    const Value a = evaluate_child(node, 0, run);
    const Value b = evaluate_child(node, 1, run);
    switch (node.op) {
        case Op::add: return add(a, b, run);
        case Op::subtract: return subtract(a, b);
        case Op::multiply: return multiply(a, b);
        case Op::divide: return divide(a, b);
        default: break;
    }
    if (a.kind() != Kind::number || b.kind() != Kind::number) return {};
    return Value::of(a.number().power(b.number()));
}

// ---- comparison and logic ----

std::optional<bool> compared(Op op, const Value& a, const Value& b) {
    if (op == Op::equal) return equal(a, b);
    if (op == Op::not_equal) {
        const auto same_value = equal(a, b);
        return same_value ? std::optional(!*same_value) : std::nullopt;
    }
    const auto found = order(a, b);
    if (!found) return std::nullopt;
    switch (op) {
        case Op::less: return *found < 0;
        case Op::less_or_equal: return *found <= 0;
        case Op::greater: return *found > 0;
        default: return *found >= 0;
    }
}

std::optional<bool> known(const Value& value) {
    return value.kind() == Kind::boolean ? std::optional(value.boolean()) : std::nullopt;
}

// False wins from null, null from true; "or" is the mirror image.
Value logic(const Node& node, Run& run) {
    const bool decisive = node.op == Op::either;
    const auto left = known(evaluate_child(node, 0, run));
    if (left == decisive) return Value::of(decisive);
    const auto right = known(evaluate_child(node, 1, run));
    if (right == decisive) return Value::of(decisive);
    return left && right ? Value::of(!decisive) : Value();
}

std::optional<bool> both(std::optional<bool> a, std::optional<bool> b) {
    if (a == false || b == false) return false;
    return a && b ? std::optional(true) : std::nullopt;
}

Value between_values(const Node& node, Run& run) {
    const Value value = evaluate_child(node, 0, run);
    const Value low = evaluate_child(node, 1, run);
    const Value high = evaluate_child(node, 2, run);
    return truth(both(compared(Op::greater_or_equal, value, low), compared(Op::less_or_equal, value, high)));
}

// What a cell or the right side of "in" says of `tested` when it is a value.
std::optional<bool> value_test(const Value& tested, const Value& value) {
    if (value.kind() == Kind::range && tested.kind() != Kind::range) return in_range(tested, value.range());
    if (value.kind() == Kind::list) {
        const auto whole = equal(tested, value);
        if (tested.kind() == Kind::list && whole == true) return true;
        for (const Value& item : value.list()) {
            const bool range = item.kind() == Kind::range && tested.kind() != Kind::range;
            if (range ? in_range(tested, item.range()) == true : equal(tested, item) == true) return true;
        }
        return false;
    }
    return equal(tested, value);
}

Value test_value(const Node& node, Run& run) {
    const Value value = evaluate_child(node, 0, run);
    return truth(value_test(run.local(node.slot), value));
}

Value test_compare(const Node& node, Run& run) {
    const Value value = evaluate_child(node, 0, run);
    return truth(compared(node.compare, run.local(node.slot), value));
}

Value test_list(const Node& node, Run& run) {
    bool unknown = false;
    for (const Node& child : node.children) {
        const Value value = evaluate(child, run);
        if (value.is_true()) return value;
        unknown = unknown || !value.is_false();
    }
    return unknown ? Value() : Value::of(false);
}

Value test_not(const Node& node, Run& run) {
    const auto inner = known(evaluate_child(node, 0, run));
    return inner ? Value::of(!*inner) : Value();
}

Value in_tests(const Node& node, Run& run) {
    run.set_local(node.slot, evaluate_child(node, 0, run));
    return evaluate_child(node, 1, run);
}

// ---- lists and iteration ----

// What "for" runs over. Nothing when it cannot be run over.
std::optional<List> items_of(const Value& value, Run& run) {
    if (value.kind() == Kind::list) return value.list();
    if (value.kind() != Kind::range) return value.is_null() ? std::nullopt : std::optional(List{value});
    const Range& range = value.range();
    const bool days = range.low.kind() == Kind::date && range.high.kind() == Kind::date;
    if (!days && (range.low.kind() != Kind::number || range.high.kind() != Kind::number)) return std::nullopt;
    const auto first = days ? std::optional(range.low.date().day) : range.low.number().to_integer();
    const auto last = days ? std::optional(range.high.date().day) : range.high.number().to_integer();
    if (!first || !last) return std::nullopt;
    std::int64_t distance = 0;
    if (__builtin_sub_overflow(*last, *first, &distance)) distance = INT64_MAX;
    const std::int64_t step = distance < 0 ? -1 : 1;
    if (distance >= std::int64_t{Limits::list} || distance <= -std::int64_t{Limits::list}) {
        run.stop("decision_limit_size");
        return std::nullopt;
    }
    List items;
    for (std::int64_t i = *first + (range.low_closed ? 0 : step);; i += step) {
        const bool past = step > 0 ? i > *last : i < *last;
        if (past || (i == *last && !range.high_closed)) break;
        items.push_back(days ? Value::of(Date{i}) : Value::of(i));
    }
    run.spend(items.size());
    return items;
}

// Runs `use` with each combination of the iterators bound; it says whether to go on. Null lists give false.
template <class Use>
bool for_each(const Node& node, std::size_t iterator, Run& run, Use& use) {
    if (iterator + 1 == node.children.size()) return use();
    const auto items = items_of(evaluate_child(node, iterator, run), run);
    if (!items) return false;
    for (const Value& item : *items) {
        if (!run.spend(1)) return false;
        run.set_local(node.slot + static_cast<std::uint32_t>(iterator), item);
        if (!for_each(node, iterator + 1, run, use)) return false;
    }
    return true;
}

Value each(const Node& node, Run& run) {
    List results;
    const auto partial = node.slot + static_cast<std::uint32_t>(node.children.size() - 1);
    auto use = [&] {
        if (node.names_partial) {
            run.spend(results.size());
            run.set_local(partial, Value::of(results));
        }
        if (results.size() >= Limits::list) run.stop("decision_limit_size");
        results.push_back(evaluate(node.children.back(), run));
        return !run.stopped();
    };
    return for_each(node, 0, run, use) ? Value::of(std::move(results)) : Value();
}

Value quantified(const Node& node, Run& run) {
    const bool decisive = node.op == Op::some;
    bool decided = false;
    bool unknown = false;
    auto use = [&] {
        const auto result = known(evaluate(node.children.back(), run));
        decided = result == decisive;
        unknown = unknown || !result;
        return !decided && !run.stopped();
    };
    const bool complete = for_each(node, 0, run, use);
    if (decided) return Value::of(decisive);
    return complete && !unknown ? Value::of(!decisive) : Value();
}

Value indexed(const List& list, const Number& number) {
    const auto index = number.to_integer();
    const auto size = static_cast<std::int64_t>(list.size());
    if (!index || *index == 0 || *index > size || *index < -size) return {};
    return list[static_cast<std::size_t>(*index > 0 ? *index - 1 : size + *index)];
}

Value filter(const Node& node, Run& run) {
    const Value source = evaluate_child(node, 0, run);
    if (source.is_null())
        return node.children[1].gives && node.children[1].gives->kind == Kind::number ? Value()
                                                                                      : Value::of(List{});
    const Value held = source.kind() == Kind::list ? source : Value::of(List{source});
    const List& list = held.list();
    if (list.empty() && node.children[1].gives && node.children[1].gives->kind == Kind::number) return {};
    List kept;
    for (const Value& item : list) {
        if (!run.spend(1)) return {};
        run.set_local(node.slot, item);
        const Value condition = evaluate_child(node, 1, run);
        if (condition.kind() == Kind::number) return indexed(list, condition.number());
        if (condition.is_true()) kept.push_back(item);
    }
    return Value::of(std::move(kept));
}

Value list_of_values(const Node& node, Run& run) {
    List list;
    list.reserve(node.children.size());
    for (const Node& child : node.children) list.push_back(evaluate(child, run));
    run.spend(list.size());
    return Value::of(std::move(list));
}

Value context_of_entries(const Node& node, Run& run) {
    Context context;
    context.reserve(node.names.size());
    for (std::size_t i = 0; i < node.names.size(); ++i) {
        Value value = evaluate_child(node, i, run);
        if (i < node.types.size() && node.types[i]) value = as_type(value, node.types[i], run);
        run.set_local(node.slot + static_cast<std::uint32_t>(i), value);
        context.emplace_back(node.names[i], std::move(value));
    }
    return Value::of(std::move(context));
}

Value boxed_context(const Node& node, Run& run) {
    for (std::size_t i = 0; i + 1 < node.children.size(); ++i) {
        Value value = evaluate_child(node, i, run);
        if (i < node.types.size() && node.types[i]) value = as_type(value, node.types[i], run);
        run.set_local(node.slot + static_cast<std::uint32_t>(i), std::move(value));
    }
    return evaluate(node.children.back(), run);
}

Value range_of_values(const Node& node, Run& run) {
    Range range{evaluate_child(node, 0, run), evaluate_child(node, 1, run), node.low_closed,
                node.high_closed};
    range.low_unbounded = node.compare == Op::less || node.compare == Op::less_or_equal;
    range.high_unbounded = node.compare == Op::greater || node.compare == Op::greater_or_equal;
    const bool comparable = range.low.is_null() || range.high.is_null() || order(range.low, range.high);
    if (!comparable || (range.low.is_null() && range.high.is_null())) return {};
    return Value::of(std::move(range));
}

// ---- members ----

Value zone_offset(const Zone& zone) {
    return zone.kind == Zone::Kind::offset ? Value::of(DayTimeDuration{zone.offset, 0}) : Value();
}

Value date_member(const Date& date, std::string_view name) {
    if (name == "year") return Value::of(date.year());
    if (name == "month") return Value::of(date.month());
    if (name == "day") return Value::of(date.day_of_month());
    if (name == "weekday") return Value::of(date.weekday());
    return {};
}

Value time_member(const Time& time, std::string_view name) {
    if (name == "hour") return Value::of(time.hour());
    if (name == "minute") return Value::of(time.minute());
    if (name == "second") return Value::of(time.second());
    if (name == "time offset") return zone_offset(time.zone);
    if (name == "timezone") return time.zone.name.empty() ? Value() : Value::of(time.zone.name);
    return {};
}

Value duration_member(const DayTimeDuration& duration, std::string_view name) {
    if (name == "days") return Value::of(duration.seconds / 86'400);
    if (name == "hours") return Value::of(duration.seconds / 3'600 % 24);
    if (name == "minutes") return Value::of(duration.seconds / 60 % 60);
    if (name == "seconds") return Value::of(duration.seconds % 60);
    return {};
}

Value range_member(const Range& range, std::string_view name) {
    if (name == "start") return range.low;
    if (name == "end") return range.high;
    if (name == "start included") return Value::of(range.low_closed);
    if (name == "end included") return Value::of(range.high_closed);
    return {};
}

Value member_of(const Value& value, std::string_view name, Run& run) {
    switch (value.kind()) {
        case Kind::context: {
            const Value* entry = value.entry(name);
            return entry != nullptr ? *entry : Value();
        }
        case Kind::list: {
            List results;
            if (!run.spend(value.list().size())) return {};
            for (const Value& item : value.list()) results.push_back(member_of(item, name, run));
            return Value::of(std::move(results));
        }
        case Kind::date: return date_member(value.date(), name);
        case Kind::time: return time_member(value.time(), name);
        case Kind::date_time: {
            Value member = date_member(value.date_time().date, name);
            return member.is_null() ? time_member(value.date_time().time, name) : member;
        }
        case Kind::day_time_duration: return duration_member(value.day_time_duration(), name);
        case Kind::year_month_duration:
            if (name == "years") return Value::of(value.year_month_duration().months / 12);
            if (name == "months") return Value::of(value.year_month_duration().months % 12);
            return {};
        case Kind::range: return range_member(value.range(), name);
        default: return {};
    }
}

Value item_member(const Node& node, Run& run) {
    if (const Value* entry = run.local(node.slot).entry(node.name)) return *entry;
    return node.children.empty() ? Value() : evaluate_child(node, 0, run);
}

// ---- functions ----

Value function_value(const Node& node, Run& run) {
    auto function = std::make_shared<Function>();
    function->owner = run.owner();
    function->node = &node;
    function->captured = run.captured(node.slot);
    std::uint32_t nesting = 0;
    for (const Value& value : function->captured) nesting = std::max(nesting, value.nesting());
    run.spend(function->captured.size());
    return Value::of(std::shared_ptr<const Function>(std::move(function)), nesting + 1);
}

std::span<const std::string> parameters_of(const Function& function) {
    return function.node != nullptr ? std::span<const std::string>(function.node->names)
                                    : std::span<const std::string>(function.service_parameters);
}

// Arguments by name, in the order of the parameters. Nothing when one is not a parameter, or is missing.
std::optional<List> by_position(const Function& function, const std::vector<std::string>& names,
                                List arguments) {
    if (function.built_in != nullptr)
        return built_in_arguments(*function.built_in, names, std::move(arguments));
    const auto parameters = parameters_of(function);
    if (parameters.size() != names.size()) return std::nullopt;
    List placed(parameters.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto at = std::ranges::find(parameters, names[i]);
        if (at == parameters.end()) return std::nullopt;
        placed[static_cast<std::size_t>(at - parameters.begin())] = std::move(arguments[i]);
    }
    return placed;
}

Value call(const Node& node, Run& run) {
    const Value function = evaluate_child(node, 0, run);
    List arguments;
    arguments.reserve(node.children.size() - 1);
    for (std::size_t i = 1; i < node.children.size(); ++i) arguments.push_back(evaluate_child(node, i, run));
    if (run.stopped() || function.kind() != Kind::function) return {};
    if (node.names.empty()) return call_function(function, arguments, run);
    const auto placed = by_position(*function.function(), node.names, std::move(arguments));
    return placed ? call_function(function, *placed, run) : Value();
}

Value branch(const Node& node, Run& run) {
    const Value condition = evaluate_child(node, 0, run);
    if (!condition.is_null() && condition.kind() != Kind::boolean) return {};
    return evaluate_child(node, condition.is_true() ? 1 : 2, run);
}

Value carried_out(const Node& node, Run& run) {
    switch (node.op) {
        case Op::literal: return node.value;
        case Op::global: return run.global(node.slot);
        case Op::local: return run.local(node.slot);
        case Op::item_member: return item_member(node, run);
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
        case Op::power: return arithmetic(node, run);
        case Op::negate: return negate(evaluate_child(node, 0, run));
        case Op::equal:
        case Op::not_equal:
        case Op::less:
        case Op::less_or_equal:
        case Op::greater:
        case Op::greater_or_equal: {
            const Value left = evaluate_child(node, 0, run);
            return truth(compared(node.op, left, evaluate_child(node, 1, run)));
        }
        case Op::both:
        case Op::either: return logic(node, run);
        case Op::between: return between_values(node, run);
        case Op::in: return in_tests(node, run);
        case Op::branch: return branch(node, run);
        case Op::each: return each(node, run);
        case Op::some:
        case Op::every: return quantified(node, run);
        case Op::list: return list_of_values(node, run);
        case Op::context: return context_of_entries(node, run);
        case Op::boxed_context: return boxed_context(node, run);
        case Op::member: return member_of(evaluate_child(node, 0, run), node.name, run);
        case Op::filter: return filter(node, run);
        case Op::function: return function_value(node, run);
        case Op::call: return call(node, run);
        case Op::instance_of:
            return Value::of(is_instance(evaluate_child(node, 0, run), node.type, run, Constraints::ignored));
        case Op::range: return range_of_values(node, run);
        case Op::test_any: return Value::of(true);
        case Op::test_compare: return test_compare(node, run);
        case Op::test_value: return test_value(node, run);
        case Op::test_question: return evaluate_child(node, 0, run);
        case Op::test_not: return test_not(node, run);
        case Op::test_list: return test_list(node, run);
        case Op::table: return decide(*node.table, run);
    }
    return {};
}

std::optional<bool> equal_lists(const List& a, const List& b) {
    if (a.size() != b.size()) return false;
    bool unknown = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto item = equal(a[i], b[i]);
        if (item == false) return false;
        unknown = unknown || !item;
    }
    return unknown ? std::nullopt : std::optional(true);
}

std::optional<bool> equal_contexts(const Context& a, const Context& b) {
    if (a.size() != b.size()) return false;
    for (const auto& [name, value] : a) {
        const auto other = std::ranges::find(b, name, [](const auto& entry) { return entry.first; });
        if (other == b.end() || equal(value, other->second) != true) return false;
    }
    return true;
}

// A moment with a zone and one without are not equal; of a named zone it is not known what it equals.
std::optional<bool> equal_moments(std::optional<std::strong_ordering> found, const Zone& a, const Zone& b) {
    if (found) return *found == 0;
    const bool named = a.kind == Zone::Kind::named || b.kind == Zone::Kind::named;
    return named ? std::nullopt : std::optional(false);
}

// A date beside a date and time is its midnight at UTC.
DateTime utc_midnight(const Value& value) {
    return value.kind() == Kind::date ? DateTime{value.date(), {0, {Zone::Kind::offset, 0, {}}}}
                                      : value.date_time();
}

}  // namespace

List Run::captured(std::uint32_t count) const {
    List result;
    for (std::uint32_t i = 0; i < count; ++i) result.push_back(local(i));
    return result;
}

Value truth(std::optional<bool> known_truth) {
    return known_truth ? Value::of(*known_truth) : Value();
}

Value evaluate(const Node& node, Run& run) {
    if (run.depth_ >= Limits::calls) run.stop("decision_limit_depth");
    if (!run.spend(1)) return {};
    ++run.depth_;
    Value value = carried_out(node, run);
    --run.depth_;
    if (value.nesting() > Limits::nesting) run.stop("decision_limit_depth");
    return run.stopped() ? Value() : value;
}

Value call_function(const Value& value, std::span<const Value> arguments, Run& run) {
    if (value.kind() != Kind::function) return {};
    const Function& function = *value.function();
    if (function.built_in != nullptr) return call_built_in(*function.built_in, arguments, run);
    // The trees of another model have other slots.
    if (function.owner != run.owner() || parameters_of(function).size() != arguments.size()) return {};
    if (function.service) return run.service()(run, function.owner.get(), *function.service, arguments);
    if (run.locals_.size() > std::size_t{Limits::list}) run.stop("decision_limit_depth");
    if (run.stopped()) return {};
    const std::size_t base = run.base_;
    const std::size_t top = run.locals_.size();
    run.base_ = top;
    for (std::uint32_t i = 0; i < function.captured.size(); ++i) run.set_local(i, function.captured[i]);
    const Node& node = *function.node;
    bool fits = true;
    for (std::uint32_t i = 0; i < arguments.size(); ++i) {
        const TypeRef type = i < node.types.size() ? node.types[i] : nullptr;
        Value argument = type ? as_type(arguments[i], type, run) : arguments[i];
        fits = fits && (!argument.is_null() || arguments[i].is_null());
        run.set_local(node.slot + i, std::move(argument));
    }
    Value result = fits ? evaluate(node.children.front(), run) : Value();
    if (node.type) result = as_type(result, node.type, run);
    run.locals_.resize(top);
    run.base_ = base;
    return result;
}

bool passes(const Node& tests, std::uint32_t slot, const Value& value, Run& run) {
    run.set_local(slot, value);
    return evaluate(tests, run).is_true();
}

bool passes_alone(const Node& tests, const Value& value, Run& run) {
    const std::size_t base = run.base_;
    const std::size_t top = run.locals_.size();
    run.base_ = top;
    const bool result = passes(tests, 0, value, run);
    run.locals_.resize(top);
    run.base_ = base;
    return result;
}

std::optional<bool> equal(const Value& a, const Value& b) {
    if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
    if (is_day(a) && is_day(b) && a.kind() != b.kind()) {
        const auto found = compare(utc_midnight(a), utc_midnight(b));
        return found ? std::optional(*found == 0) : std::nullopt;
    }
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::time: {
            return equal_moments(compare(a.time(), b.time()), a.time().zone, b.time().zone);
        }
        case Kind::date_time: {
            const DateTime& first = a.date_time();
            const DateTime& second = b.date_time();
            return equal_moments(compare(first, second), first.time.zone, second.time.zone);
        }
        case Kind::list: return equal_lists(a.list(), b.list());
        case Kind::context: return equal_contexts(a.context(), b.context());
        case Kind::range:
            return a.range().low_closed == b.range().low_closed &&
                   a.range().high_closed == b.range().high_closed &&
                   a.range().low_unbounded == b.range().low_unbounded &&
                   a.range().high_unbounded == b.range().high_unbounded &&
                   equal(a.range().low, b.range().low) == true &&
                   equal(a.range().high, b.range().high) == true;
        case Kind::function: return std::nullopt;
        default: return same(a, b);
    }
}

std::optional<std::strong_ordering> order(const Value& a, const Value& b) {
    if (is_day(a) && is_day(b) && a.kind() != b.kind()) return compare(utc_midnight(a), utc_midnight(b));
    if (a.kind() != b.kind()) return std::nullopt;
    switch (a.kind()) {
        case Kind::number: return a.number() <=> b.number();
        case Kind::string: {
            const int found = a.string().compare(b.string());  // UTF-8 sorts as its code points
            return found <=> 0;
        }
        case Kind::date: return a.date() <=> b.date();
        case Kind::time: return compare(a.time(), b.time());
        case Kind::date_time: return compare(a.date_time(), b.date_time());
        case Kind::day_time_duration: return a.day_time_duration() <=> b.day_time_duration();
        case Kind::year_month_duration: return a.year_month_duration() <=> b.year_month_duration();
        default: return std::nullopt;
    }
}

std::optional<bool> in_range(const Value& value, const Range& range) {
    if (value.is_null()) return std::nullopt;
    std::optional<bool> above = true;
    std::optional<bool> below = true;
    if (!range.low_unbounded)
        above = compared(range.low_closed ? Op::greater_or_equal : Op::greater, value, range.low);
    if (!range.high_unbounded)
        below = compared(range.high_closed ? Op::less_or_equal : Op::less, value, range.high);
    return both(above, below);
}

TypeRef type_of(const Value& value) {
    if (value.kind() == Kind::function && value.function()->node != nullptr) {
        const Node& node = *value.function()->node;
        auto type = std::make_shared<Type>();
        type->kind = Kind::function;
        type->parameters = node.types;
        type->element = node.type ? node.type : node.children.front().gives;
        type->has_signature = true;
        return type;
    }
    return type_of_kind(value.kind());
}

bool is_instance(const Value& value, const TypeRef& type, Run& run, Constraints constraints) {
    if (!type) return !value.is_null();
    if (value.is_null()) return type->kind == Kind::null;
    if (value.kind() != type->kind || !run.spend(1)) return false;
    const auto each_is = [&](const auto& items, const TypeRef& wanted) {
        return !wanted || std::ranges::all_of(items, [&](const Value& item) {
            return item.is_null() || is_instance(item, wanted, run, constraints);
        });
    };
    switch (type->kind) {
        case Kind::list:
            if (!each_is(value.list(), type->element)) return false;
            break;
        case Kind::range:
            if (!each_is(std::array{value.range().low, value.range().high}, type->element)) return false;
            break;
        case Kind::context:
            for (const auto& [name, component] : type->components) {
                const Value* entry = value.entry(name);
                if (entry == nullptr) return false;
                if (component && !entry->is_null() && !is_instance(*entry, component, run, constraints))
                    return false;
            }
            break;
        case Kind::function: return conforms(type_of(value), type);
        default: break;
    }
    return constraints == Constraints::ignored || !type->allowed || passes_alone(*type->allowed, value, run);
}

Value as_type(const Value& value, const TypeRef& type, Run& run) {
    if (!type || value.is_null() || is_instance(value, type, run)) return value;
    if (value.kind() == Kind::list && value.list().size() == 1 && type->kind != Kind::list) {
        return as_type(value.list().front(), type, run);
    }
    if (type->kind == Kind::list && value.kind() != Kind::list) {
        const Value item = type->element ? as_type(value, type->element, run) : value;
        return item.is_null() ? Value() : as_type(Value::of(List{item}), type, run);
    }
    if (type->kind == Kind::date_time && value.kind() == Kind::date) {
        return Value::of(DateTime{value.date(), {0, {Zone::Kind::offset, 0, {}}}});
    }
    return {};
}

}  // namespace bundel::decision
