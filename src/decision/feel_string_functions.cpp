// DMN 1.5 table 74, string functions without regular expressions, string() and not(). A string is counted in
// characters (code points).
#include <algorithm>
#include <array>

#include "decision/built_in.h"
#include "decision/feel_text.h"

namespace bundel::decision {
namespace {

// What string() gives: texts without quotes at the top, with them inside lists and contexts.
std::string written(const Value& value, bool inside) {
    switch (value.kind()) {
        case Kind::string: return inside ? value.format() : value.string();
        case Kind::date: return value.date().format();
        case Kind::time: return value.time().format();
        case Kind::date_time: return value.date_time().format();
        case Kind::day_time_duration: return value.day_time_duration().format();
        case Kind::year_month_duration: return value.year_month_duration().format();
        case Kind::list: {
            std::string text;
            for (const Value& item : value.list()) text += (text.empty() ? "" : ", ") + written(item, true);
            return "[" + text + "]";
        }
        case Kind::context: {
            std::string text;
            for (const auto& [name, entry] : value.context()) {
                text += (text.empty() ? "" : ", ") + name + ": " + written(entry, true);
            }
            return "{" + text + "}";
        }
        case Kind::range: {
            const Range& range = value.range();
            if (range.low_unbounded || range.high_unbounded) return value.format();
            return (range.low_closed ? "[" : "(") + written(range.low, true) + ".." +
                   written(range.high, true) + (range.high_closed ? "]" : ")");
        }
        default: return value.format();
    }
}

Value to_string(const Arguments& arguments) {
    return arguments.has(0) ? Value::of(written(arguments[0], false)) : Value();
}

Value substring(const Arguments& arguments) {
    const std::string* text = arguments.string(0);
    const auto start = arguments.number(1);
    const auto length = arguments.number(2);
    const auto whole = start ? start->rounded(0, RoundingMode::down) : std::nullopt;
    if (text == nullptr || !whole || (arguments.has(2) && !length)) return {};
    if (arguments.size() > 2 && !length) return {};
    const auto points = to_code_points(*text);
    const auto size = static_cast<std::int64_t>(points.size());
    const auto at = whole->to_integer();
    if (!at || *at == 0 || *at > size || *at < -size) return {};
    const std::int64_t first = *at > 0 ? *at - 1 : size + *at;
    std::int64_t count = size - first;
    if (length) {
        const auto wanted = length->rounded(0, RoundingMode::down)->to_integer();
        if (!wanted || *wanted < 1) return {};
        count = std::min(count, *wanted);
    }
    return Value::of(
        to_utf8(points.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(count))));
}

// Latin, Greek and Cyrillic letters with one partner each; the rest has no case here.
char32_t changed_case(char32_t c, bool upper) {
    const auto pair = [&](char32_t first_upper, char32_t last_upper, char32_t distance) {
        if (upper && c >= first_upper + distance && c <= last_upper + distance)
            return static_cast<char32_t>(c - distance);
        if (!upper && c >= first_upper && c <= last_upper) return static_cast<char32_t>(c + distance);
        return c;
    };
    if (c < 0x80) return pair('A', 'Z', 32);
    if (c == 0xD7 || c == 0xF7) return c;
    if (c >= 0xC0 && c <= 0xFE && c != 0xDF) return pair(0xC0, 0xDE, 32);
    if ((c >= 0x100 && c <= 0x12F) || (c >= 0x132 && c <= 0x137) || (c >= 0x14A && c <= 0x177)) {
        return static_cast<char32_t>(upper ? c & ~char32_t{1} : c | 1U);
    }
    if (c >= 0x391 && c <= 0x3C9 && c != 0x3A2 && c != 0x3C2 && c != 0x3AC) return pair(0x391, 0x3A9, 32);
    if (c >= 0x410 && c <= 0x44F) return pair(0x410, 0x42F, 32);
    if (c >= 0x400 && c <= 0x45F) return pair(0x400, 0x40F, 80);
    return c;
}

Value in_case(const Arguments& arguments, bool upper) {
    const std::string* text = arguments.string(0);
    if (text == nullptr) return {};
    auto points = to_code_points(*text);
    for (char32_t& c : points) c = changed_case(c, upper);
    return Value::of(to_utf8(points));
}

Value string_length(const Arguments& arguments) {
    const std::string* text = arguments.string(0);
    return text != nullptr ? Value::of(static_cast<std::int64_t>(to_code_points(*text).size())) : Value();
}

// Around the first place where the match stands: "" when it stands nowhere.
Value around(const Arguments& arguments, bool before) {
    const std::string* text = arguments.string(0);
    const std::string* match = arguments.string(1);
    if (text == nullptr || match == nullptr) return {};
    const auto at = text->find(*match);
    if (at == std::string::npos) return Value::of("");
    return Value::of(before ? text->substr(0, at) : text->substr(at + match->size()));
}

template <class Test>
Value tested(const Arguments& arguments, Test test) {
    const std::string* text = arguments.string(0);
    const std::string* match = arguments.string(1);
    return text != nullptr && match != nullptr ? Value::of(test(*text, *match)) : Value();
}

Value string_join(const Arguments& arguments) {
    const auto list = arguments.list(0);
    if (!list || (arguments.has(1) && arguments.string(1) == nullptr)) return {};
    const std::string separator = arguments.has(1) ? *arguments.string(1) : "";
    std::string result;
    bool first = true;
    for (const Value& item : *list) {
        if (item.is_null()) continue;
        if (item.kind() != Kind::string) return {};
        result += (first ? "" : separator) + item.string();
        first = false;
        if (result.size() > Limits::string) arguments.run().stop("decision_limit_size");
        if (arguments.run().stopped()) return {};
    }
    return Value::of(std::move(result));
}

Value negation(const Arguments& arguments) {
    const Value* value = arguments.of_kind(0, Kind::boolean);
    return value != nullptr ? Value::of(!value->boolean()) : Value();
}

constexpr std::array functions{
    BuiltIn{"string", "from", Kind::string, to_string},
    BuiltIn{"substring", "string, start position, length?", Kind::string, substring},
    BuiltIn{"string length", "string", Kind::number, string_length},
    BuiltIn{"upper case", "string", Kind::string, [](const Arguments& a) { return in_case(a, true); }},
    BuiltIn{"lower case", "string", Kind::string, [](const Arguments& a) { return in_case(a, false); }},
    BuiltIn{"substring before", "string, match", Kind::string,
            [](const Arguments& a) { return around(a, true); }},
    BuiltIn{"substring after", "string, match", Kind::string,
            [](const Arguments& a) { return around(a, false); }},
    BuiltIn{"contains", "string, match", Kind::boolean,
            [](const Arguments& a) {
                return tested(a, [](const auto& s, const auto& m) { return s.find(m) != std::string::npos; });
            }},
    BuiltIn{"starts with", "string, match", Kind::boolean,
            [](const Arguments& a) {
                return tested(a, [](const auto& s, const auto& m) { return s.starts_with(m); });
            }},
    BuiltIn{"ends with", "string, match", Kind::boolean,
            [](const Arguments& a) {
                return tested(a, [](const auto& s, const auto& m) { return s.ends_with(m); });
            }},
    BuiltIn{"string join", "list, delimiter?", Kind::string, string_join},
    BuiltIn{"not", "negand", Kind::boolean, negation},
};

}  // namespace

std::span<const BuiltIn> string_functions() {
    return functions;
}

}  // namespace bundel::decision
