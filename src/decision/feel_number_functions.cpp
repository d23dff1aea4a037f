// DMN 1.5 table 78, numeric functions, and number().
#include <algorithm>
#include <array>

#include "decision/built_in.h"

namespace bundel::decision {
namespace {

// Scales outside these leave every decimal128 as it is, or make it 0 or too large.
constexpr std::int64_t scale_min = -6111;
constexpr std::int64_t scale_max = 6176;

Value rounded(const Arguments& arguments, RoundingMode mode) {
    const auto number = arguments.number(0);
    if (!number || (arguments.size() > 1 && !arguments.number(1))) return {};
    const auto given = arguments.number(1);
    const auto whole = given ? given->rounded(0, RoundingMode::down) : std::nullopt;
    const auto scale = given ? (whole ? whole->to_integer() : std::nullopt) : std::optional<std::int64_t>(0);
    if (!scale || *scale < scale_min || *scale > scale_max) return {};
    return Value::of(number->rounded(static_cast<int>(*scale), mode));
}

template <class Change>
Value changed(const Arguments& arguments, Change change) {
    const auto number = arguments.number(0);
    return number ? Value::of(change(*number)) : Value();
}

Value absolute(const Arguments& arguments) {
    if (const Value* duration = arguments.of_kind(0, Kind::day_time_duration)) {
        const auto held = duration->day_time_duration();
        return Value::of(held < DayTimeDuration{} ? negated(held) : held);
    }
    if (const Value* duration = arguments.of_kind(0, Kind::year_month_duration)) {
        const std::int64_t months = duration->year_month_duration().months;
        return Value::of(YearMonthDuration{months < 0 ? -months : months});
    }
    return changed(arguments, [](const Number& number) { return number.absolute(); });
}

Value parity(const Arguments& arguments, bool odd) {
    const auto number = arguments.number(0);
    if (!number || !number->is_integer()) return {};
    const auto rest = number->modulo(Number::of(2));
    return rest ? Value::of(rest->is_zero() != odd) : Value();
}

Value modulo(const Arguments& arguments) {
    const auto number = arguments.number(0);
    const auto divisor = arguments.number(1);
    return number && divisor ? Value::of(number->modulo(*divisor)) : Value();
}

// "1.000,5" with "." between groups and "," before the fraction. Each is null or one of its characters.
Value to_number(const Arguments& arguments) {
    const std::string* from = arguments.string(0);
    if (from == nullptr) {
        const auto number = arguments.number(0);
        return number && arguments.size() == 1 ? Value::of(*number) : Value();
    }
    const auto separator = [&](std::size_t i, std::string_view allowed) -> std::optional<std::string> {
        if (!arguments.has(i)) return "";
        const std::string* text = arguments.string(i);
        const bool good =
            text != nullptr && text->size() == 1 && allowed.find(*text) != std::string_view::npos;
        return good ? std::optional(*text) : std::nullopt;
    };
    const auto group = separator(1, " ,.");
    const auto point = separator(2, ",.");
    if (!group || !point || (!group->empty() && *group == *point)) return {};
    std::string text = *from;
    if (!group->empty()) std::erase(text, group->front());
    if (!point->empty() && *point != ".") {
        if (text.find('.') != std::string::npos) return {};
        std::ranges::replace(text, point->front(), '.');
    }
    return Value::of(Number::parse(text));
}

constexpr std::array functions{
    BuiltIn{"decimal", "n, scale", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::half_even); }},
    BuiltIn{"floor", "n, scale?", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::floor); }},
    BuiltIn{"ceiling", "n, scale?", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::ceiling); }},
    BuiltIn{"round up", "n, scale", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::up); }},
    BuiltIn{"round down", "n, scale", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::down); }},
    BuiltIn{"round half up", "n, scale", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::half_up); }},
    BuiltIn{"round half down", "n, scale", Kind::number,
            [](const Arguments& a) { return rounded(a, RoundingMode::half_down); }},
    BuiltIn{"abs", "n", Kind::null, absolute},
    BuiltIn{"modulo", "dividend, divisor", Kind::number, modulo},
    BuiltIn{"sqrt", "number", Kind::number,
            [](const Arguments& a) { return changed(a, [](const Number& n) { return n.square_root(); }); }},
    BuiltIn{"log", "number", Kind::number,
            [](const Arguments& a) { return changed(a, [](const Number& n) { return n.logarithm(); }); }},
    BuiltIn{"exp", "number", Kind::number,
            [](const Arguments& a) { return changed(a, [](const Number& n) { return n.exponential(); }); }},
    BuiltIn{"odd", "number", Kind::boolean, [](const Arguments& a) { return parity(a, true); }},
    BuiltIn{"even", "number", Kind::boolean, [](const Arguments& a) { return parity(a, false); }},
    BuiltIn{"number", "from | from, grouping separator, decimal separator", Kind::number, to_number},
};

}  // namespace

std::span<const BuiltIn> number_functions() {
    return functions;
}

}  // namespace bundel::decision
