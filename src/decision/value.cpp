#include "decision/value.h"

#include <algorithm>

namespace bundel::decision {
namespace {

std::string quoted(std::string_view text) {
    std::string result = "\"";
    for (const char c : text) {
        switch (c) {
            case '"': result += "\\\""; break;
            case '\\': result += "\\\\"; break;
            case '\n': result += "\\n"; break;
            case '\r': result += "\\r"; break;
            case '\t': result += "\\t"; break;
            default: result += c;
        }
    }
    return result + "\"";
}

std::string joined(const List& list) {
    std::string text;
    for (const Value& value : list) text += (text.empty() ? "" : ", ") + value.format();
    return "[" + text + "]";
}

std::string joined(const Context& context) {
    std::string text;
    for (const auto& [name, value] : context) {
        text += (text.empty() ? "" : ", ") + quoted(name) + ": " + value.format();
    }
    return "{" + text + "}";
}

std::string text_of(const Range& range) {
    if (range.low_unbounded) return (range.high_closed ? "(<=" : "(<") + range.high.format() + ")";
    if (range.high_unbounded) return (range.low_closed ? "(>=" : "(>") + range.low.format() + ")";
    return (range.low_closed ? "[" : "(") + range.low.format() + ".." + range.high.format() +
           (range.high_closed ? "]" : ")");
}

bool same_range(const Range& a, const Range& b) {
    return a.low_closed == b.low_closed && a.high_closed == b.high_closed &&
           a.low_unbounded == b.low_unbounded && a.high_unbounded == b.high_unbounded && same(a.low, b.low) &&
           same(a.high, b.high);
}

bool same_context(const Context& a, const Context& b) {
    if (a.size() != b.size()) return false;
    return std::ranges::all_of(a, [&](const auto& entry) {
        const auto other = std::ranges::find(b, entry.first, [](const auto& one) { return one.first; });
        return other != b.end() && same(entry.second, other->second);
    });
}

}  // namespace

Value Value::of(Range range) {
    const auto nesting = 1 + std::max(range.low.nesting(), range.high.nesting());
    return Value(Data(std::in_place_index<9>, std::make_shared<const Range>(std::move(range))), nesting);
}

Value Value::of(List list) {
    std::uint32_t nesting = 0;
    for (const Value& value : list) nesting = std::max(nesting, value.nesting());
    return Value(Data(std::in_place_index<10>, std::make_shared<const List>(std::move(list))), nesting + 1);
}

Value Value::of(Context context) {
    std::uint32_t nesting = 0;
    for (const auto& entry : context) nesting = std::max(nesting, entry.second.nesting());
    return Value(Data(std::in_place_index<11>, std::make_shared<const Context>(std::move(context))),
                 nesting + 1);
}

Value Value::of(std::shared_ptr<const Function> function, std::uint32_t nesting) {
    return Value(Data(std::in_place_index<12>, std::move(function)), nesting);
}

const Value* Value::entry(std::string_view name) const {
    if (kind() != Kind::context) return nullptr;
    for (const auto& [key, value] : context()) {
        if (key == name) return &value;
    }
    return nullptr;
}

std::string Value::format() const {
    switch (kind()) {
        case Kind::null: return "null";
        case Kind::boolean: return boolean() ? "true" : "false";
        case Kind::number: return number().format();
        case Kind::string: return quoted(string());
        case Kind::date: return "date(\"" + date().format() + "\")";
        case Kind::time: return "time(\"" + time().format() + "\")";
        case Kind::date_time: return "date and time(\"" + date_time().format() + "\")";
        case Kind::day_time_duration: return "duration(\"" + day_time_duration().format() + "\")";
        case Kind::year_month_duration: return "duration(\"" + year_month_duration().format() + "\")";
        case Kind::range: return text_of(range());
        case Kind::list: return joined(list());
        case Kind::context: return joined(context());
        case Kind::function: return "function";
    }
    return {};
}

bool same(const Value& a, const Value& b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
        case Kind::null: return true;
        case Kind::boolean: return a.boolean() == b.boolean();
        case Kind::number: return a.number() == b.number();
        case Kind::string: return a.string() == b.string();
        case Kind::date: return a.date() == b.date();
        case Kind::time: return a.time() == b.time();
        case Kind::date_time: return a.date_time() == b.date_time();
        case Kind::day_time_duration: return a.day_time_duration() == b.day_time_duration();
        case Kind::year_month_duration: return a.year_month_duration() == b.year_month_duration();
        case Kind::range: return same_range(a.range(), b.range());
        case Kind::list: return std::ranges::equal(a.list(), b.list(), same);
        case Kind::context: return same_context(a.context(), b.context());
        case Kind::function: return a.function() == b.function();
    }
    return false;
}

}  // namespace bundel::decision
