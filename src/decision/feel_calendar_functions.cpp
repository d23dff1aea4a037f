// DMN 1.5 table 73, conversions to dates, times and durations, and table 80, their parts.
#include <array>
#include <string>

#include "decision/built_in.h"
#include "decision/feel_functions.h"

namespace bundel::decision {
namespace {

Value date_of(const Value& value) {
    if (value.kind() == Kind::string) return Value::of(Date::parse(value.string()));
    if (value.kind() == Kind::date) return value;
    if (value.kind() == Kind::date_time) return Value::of(value.date_time().date);
    return {};
}

// A list of one stands for its item.
const Value& single(const Value& value) {
    return value.kind() == Kind::list && value.list().size() == 1 ? value.list().front() : value;
}

Value date(const Arguments& arguments) {
    if (arguments.size() == 1) return date_of(single(arguments[0]));
    const auto year = arguments.integer(0);
    const auto month = arguments.integer(1);
    const auto day = arguments.integer(2);
    if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31) return {};
    return Value::of(Date::of(*year, static_cast<int>(*month), static_cast<int>(*day)));
}

Value time_of(const Value& value) {
    if (value.kind() == Kind::string) return Value::of(Time::parse(value.string()));
    if (value.kind() == Kind::time) return value;
    if (value.kind() == Kind::date_time) return Value::of(value.date_time().time);
    if (value.kind() == Kind::date) return Value::of(Time{0, {Zone::Kind::offset, 0, {}}});
    return {};
}

Value time(const Arguments& arguments) {
    if (arguments.size() == 1) return time_of(single(arguments[0]));
    const auto hour = arguments.integer(0);
    const auto minute = arguments.integer(1);
    const auto seconds = arguments.number(2);
    const auto whole = seconds ? seconds->rounded(0, RoundingMode::floor) : std::nullopt;
    const auto second = whole ? whole->to_integer() : std::nullopt;
    if (!hour || !minute || !second) return {};
    const auto fraction = seconds->minus(*whole)->times(Number::of(nanos_per_second));
    auto result =
        Time::of(*hour, *minute, *second, fraction->rounded(0, RoundingMode::down)->to_integer().value_or(0));
    if (!result || !arguments.has(3)) return Value::of(result);
    const Value* offset = arguments.of_kind(3, Kind::day_time_duration);
    if (offset == nullptr) return {};
    const std::int64_t shift = offset->day_time_duration().seconds;
    if (shift > 18 * 3600 || shift < -18 * 3600) return {};
    result->zone = {Zone::Kind::offset, static_cast<std::int32_t>(shift), {}};
    return Value::of(*result);
}

Value date_and_time(const Arguments& arguments) {
    if (arguments.size() == 1) {
        const Value& from = single(arguments[0]);
        if (from.kind() == Kind::string) return Value::of(DateTime::parse(from.string()));
        if (from.kind() == Kind::date)
            return Value::of(DateTime{from.date(), {0, {Zone::Kind::offset, 0, {}}}});
        return from.kind() == Kind::date_time ? from : Value();
    }
    const Value* at = arguments.of_kind(1, Kind::time);
    const Value day = single(arguments[0]).kind() == Kind::string ? Value() : date_of(single(arguments[0]));
    if (at == nullptr || day.is_null()) return {};
    return Value::of(DateTime{day.date(), at->time()});
}

Value duration(const Arguments& arguments) {
    if (const std::string* text = arguments.string(0)) {
        const auto months = YearMonthDuration::parse(*text);
        return months ? Value::of(*months) : Value::of(DayTimeDuration::parse(*text));
    }
    const Value& value = single(arguments[0]);
    return value.kind() == Kind::day_time_duration || value.kind() == Kind::year_month_duration ? value
                                                                                                : Value();
}

Value months_between_days(const Arguments& arguments) {
    const Value from = single(arguments[0]);
    const Value to = single(arguments[1]);
    const auto moment = [](const Value& value) -> std::optional<DateTime> {
        if (value.kind() == Kind::date) return DateTime{value.date(), {}};
        return value.kind() == Kind::date_time ? std::optional(value.date_time()) : std::nullopt;
    };
    const auto first = moment(from);
    const auto last = moment(to);
    return first && last ? Value::of(months_between(*first, *last)) : Value();
}

template <class Part>
Value part_of_day(const Arguments& arguments, Part part) {
    const Value& value = single(arguments[0]);
    if (value.kind() == Kind::string) return {};
    const Value day = date_of(value);
    return day.is_null() ? Value() : Value::of(part(day.date()));
}

Value weekday_name(const Arguments& arguments) {
    static constexpr std::array names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                      "Friday", "Saturday", "Sunday"};
    return part_of_day(
        arguments, [](Date day) { return std::string(names[static_cast<std::size_t>(day.weekday() - 1)]); });
}

Value month_name(const Arguments& arguments) {
    static constexpr std::array names{"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
    return part_of_day(
        arguments, [](Date day) { return std::string(names[static_cast<std::size_t>(day.month() - 1)]); });
}

constexpr std::array functions{
    BuiltIn{"date", "from | year, month, day", Kind::date, date},
    BuiltIn{"time", "from | hour, minute, second, offset?", Kind::time, time},
    BuiltIn{"date and time", "from | date, time", Kind::date_time, date_and_time},
    BuiltIn{"duration", "from", Kind::null, duration},
    BuiltIn{"years and months duration", "from, to", Kind::year_month_duration, months_between_days},
    BuiltIn{"day of year", "date", Kind::number,
            [](const Arguments& a) { return part_of_day(a, [](Date day) { return day.day_of_year(); }); }},
    BuiltIn{"week of year", "date", Kind::number,
            [](const Arguments& a) { return part_of_day(a, [](Date day) { return day.week(); }); }},
    BuiltIn{"day of week", "date", Kind::string, weekday_name},
    BuiltIn{"month of year", "date", Kind::string, month_name},
    BuiltIn{"is", "value1, value2", Kind::boolean,
            [](const Arguments& a) { return Value::of(same(a[0], a[1])); }},
};

}  // namespace

std::span<const BuiltIn> calendar_functions() {
    return functions;
}

}  // namespace bundel::decision
