#include "decision/calendar.h"

#include <algorithm>

#include "base/int128.h"
#include "base/text.h"

namespace bundel::decision {
namespace {

using base::Int128;

constexpr std::int64_t year_max = 999'999'999;

struct Civil {
    std::int64_t year;
    int month;
    int day;
};

std::int64_t floor_over(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

// Days since 1970-01-01, counted in years that begin in March, so that a leap day ends a year.
std::int64_t day_number(const Civil& civil) {
    const std::int64_t year = civil.month <= 2 ? civil.year - 1 : civil.year;
    const std::int64_t era = floor_over(year, 400);
    const std::int64_t of_era = year - era * 400;
    const std::int64_t of_year = (153 * (civil.month + (civil.month > 2 ? -3 : 9)) + 2) / 5 + civil.day - 1;
    return era * 146'097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719'468;
}

Civil civil_of(std::int64_t day) {
    const std::int64_t shifted = day + 719'468;
    const std::int64_t era = floor_over(shifted, 146'097);
    const std::int64_t of_era = shifted - era * 146'097;
    const std::int64_t year = (of_era - of_era / 1460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t month = (5 * of_year + 2) / 153;
    const int calendar_month = static_cast<int>(month < 10 ? month + 3 : month - 9);
    return {year + era * 400 + (calendar_month <= 2 ? 1 : 0), calendar_month,
            static_cast<int>(of_year - (153 * month + 2) / 5 + 1)};
}

int days_in_month(std::int64_t year, int month) {
    if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

// Takes characters off the front of a text; every step says whether it was there.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}
    bool done() const { return text_.empty(); }
    char peek() const { return text_.empty() ? '\0' : text_.front(); }
    std::string_view rest() const { return text_; }
    bool take(char wanted) {
        if (peek() != wanted) return false;
        text_.remove_prefix(1);
        return true;
    }
    std::string_view take_digits() {
        std::size_t size = 0;
        while (size < text_.size() && text_[size] >= '0' && text_[size] <= '9') ++size;
        const auto digits = text_.substr(0, size);
        text_.remove_prefix(size);
        return digits;
    }
    std::optional<int> two_digits() {
        const auto number = base::parse_digits(text_.substr(0, 2));
        if (!number || text_.size() < 2) return std::nullopt;
        text_.remove_prefix(2);
        return static_cast<int>(*number);
    }

private:
    std::string_view text_;
};

std::optional<Date> take_date(Reader& reader) {
    const bool negative = reader.take('-');
    const auto digits = reader.take_digits();
    if (digits.size() < 4 || digits.size() > 9 || (digits.size() > 4 && digits.front() == '0'))
        return std::nullopt;
    const auto year = base::parse_digits(digits);
    if (!year || !reader.take('-')) return std::nullopt;
    const auto month = reader.two_digits();
    if (!month || !reader.take('-')) return std::nullopt;
    const auto day = reader.two_digits();
    if (!day) return std::nullopt;
    return Date::of(negative ? -*year : *year, *month, *day);
}

// Digits behind a point; what is finer than a nanosecond is cut off.
std::optional<std::int64_t> fraction_of(std::string_view digits) {
    std::string nine(digits.substr(0, 9));
    nine.resize(9, '0');
    return base::parse_digits(nine);
}

std::optional<std::int64_t> take_fraction(Reader& reader) {
    if (!reader.take('.')) return 0;
    const auto digits = reader.take_digits();
    return digits.empty() ? std::nullopt : fraction_of(digits);
}

std::optional<Time> take_time(Reader& reader) {
    const auto hour = reader.two_digits();
    if (!hour || !reader.take(':')) return std::nullopt;
    const auto minute = reader.two_digits();
    if (!minute || !reader.take(':')) return std::nullopt;
    const auto second = reader.two_digits();
    if (!second) return std::nullopt;
    const auto fraction = take_fraction(reader);
    if (!fraction) return std::nullopt;
    auto time = Time::of(*hour, *minute, *second, *fraction);
    const auto zone = Zone::parse(reader.rest());
    if (!time || !zone) return std::nullopt;
    time->zone = *zone;
    return time;
}

bool is_zone_name(std::string_view name) {
    const auto is_part = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '+' || c == '/';
    };
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, is_part) && name.front() != '/' &&
           name.back() != '/';
}

// How far `time` lies from the midnight it is compared by.
std::optional<std::int64_t> offset_between(const Zone& a, const Zone& b) {
    if (a == b) return 0;
    if (a.kind != Zone::Kind::offset || b.kind != Zone::Kind::offset) return std::nullopt;
    return std::int64_t{a.offset} - b.offset;
}

std::optional<Int128> nanos_between(const DateTime& a, const DateTime& b) {
    const auto zones = offset_between(a.time.zone, b.time.zone);
    if (!zones) return std::nullopt;
    const Int128 days = Int128{b.date.day} - a.date.day;
    return days * nanos_per_day + (b.time.nanos - a.time.nanos) + Int128{*zones} * nanos_per_second;
}

Int128 nanos_of(const DayTimeDuration& duration) {
    return Int128{duration.seconds} * nanos_per_second + duration.nanos;
}

std::optional<DayTimeDuration> duration_of(Int128 nanos) {
    const Int128 seconds = nanos / nanos_per_second;
    if (seconds > INT64_MAX / 2 || seconds < INT64_MIN / 2) return std::nullopt;
    return DayTimeDuration{static_cast<std::int64_t>(seconds),
                           static_cast<std::int32_t>(nanos % nanos_per_second)};
}

std::strong_ordering sign(Int128 number) {
    return number == 0 ? std::strong_ordering::equal
                       : (number < 0 ? std::strong_ordering::less : std::strong_ordering::greater);
}

std::string fraction_text(std::int64_t nanos) {
    if (nanos == 0) return "";
    auto digits = base::zero_padded(nanos, 9);
    while (digits.back() == '0') digits.pop_back();
    return "." + digits;
}

struct Part {
    char letter;
    std::int64_t number;
    std::int64_t nanos;
};

// "12H": the number, its letter, and for seconds a fraction. False when it is no part of a duration.
bool take_part(Reader& reader, Part& part) {
    const auto digits = reader.take_digits();
    const auto number = base::parse_digits(digits, INT64_MAX / 200'000);
    if (!number) return false;
    const bool fraction = reader.take('.');
    const auto nanos = fraction ? fraction_of(reader.take_digits()) : std::optional<std::int64_t>(0);
    if (!nanos) return false;
    part = {reader.peek(), *number, *nanos};
    return reader.take(part.letter) && (!fraction || part.letter == 'S');
}

// The parts after P that stand in `letters`, each at most once and in that order.
bool take_parts(Reader& reader, std::string_view letters, const auto& use) {
    std::size_t from = 0;
    while (!reader.done() && reader.peek() != 'T') {
        Part part{};
        if (!take_part(reader, part)) return false;
        const auto at = letters.find(part.letter, from);
        if (at == std::string_view::npos) return false;
        from = at + 1;
        use(part);
    }
    return true;
}

}  // namespace

std::optional<Date> Date::of(std::int64_t year, int month, int day) {
    if (year < -year_max || year > year_max || month < 1 || month > 12) return std::nullopt;
    if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
    return Date{day_number({year, month, day})};
}

std::optional<Date> Date::parse(std::string_view text) {
    Reader reader(text);
    const auto date = take_date(reader);
    return reader.done() ? date : std::nullopt;
}

std::int64_t Date::year() const {
    return civil_of(day).year;
}
int Date::month() const {
    return civil_of(day).month;
}
int Date::day_of_month() const {
    return civil_of(day).day;
}
int Date::day_of_year() const {
    return static_cast<int>(day - day_number({year(), 1, 1})) + 1;
}
int Date::weekday() const {
    return static_cast<int>(day + 3 - floor_over(day + 3, 7) * 7) + 1;
}

int Date::week() const {
    // ISO: a week belongs to the year of its Thursday.
    const Date thursday{day + 4 - weekday()};
    return (thursday.day_of_year() - 1) / 7 + 1;
}

std::optional<Date> Date::plus_months(std::int64_t months) const {
    if (months > 24 * year_max || months < -24 * year_max) return std::nullopt;
    const Civil civil = civil_of(day);
    const std::int64_t total = civil.year * 12 + civil.month - 1 + months;
    const std::int64_t year = floor_over(total, 12);
    const int month = static_cast<int>(total - year * 12) + 1;
    return of(year, month, std::min(civil.day, days_in_month(year, month)));
}

std::optional<Date> Date::plus_days(std::int64_t days) const {
    if (days > 800 * year_max || days < -800 * year_max) return std::nullopt;
    const Date result{day + days};
    const auto year = result.year();
    return year > year_max || year < -year_max ? std::nullopt : std::optional(result);
}

std::string Date::format() const {
    const Civil civil = civil_of(day);
    const bool negative = civil.year < 0;
    return (negative ? "-" : "") + base::zero_padded(negative ? -civil.year : civil.year, 4) + "-" +
           base::zero_padded(civil.month, 2) + "-" + base::zero_padded(civil.day, 2);
}

std::optional<Zone> Zone::parse(std::string_view text) {
    if (text.empty()) return Zone{};
    if (text == "Z" || text == "z") return Zone{Kind::offset, 0, {}};
    // The zones whose offset no database needs to tell.
    if (text == "@UTC" || text == "@Etc/UTC" || text == "@GMT") {
        return Zone{Kind::offset, 0, std::string(text.substr(1))};
    }
    if (text.front() == '@') {
        if (!is_zone_name(text.substr(1))) return std::nullopt;
        return Zone{Kind::named, 0, std::string(text.substr(1))};
    }
    Reader reader(text.substr(1));
    const auto hours = reader.two_digits();
    if (!hours || !reader.take(':') || (text.front() != '+' && text.front() != '-')) return std::nullopt;
    const auto minutes = reader.two_digits();
    const auto seconds = reader.take(':') ? reader.two_digits() : std::optional(0);
    if (!minutes || !seconds || !reader.done() || *minutes > 59 || *seconds > 59) return std::nullopt;
    const std::int32_t offset = *hours * 3600 + *minutes * 60 + *seconds;
    if (offset > 18 * 3600) return std::nullopt;
    return Zone{Kind::offset, text.front() == '-' ? -offset : offset, {}};
}

std::string Zone::format() const {
    if (kind == Kind::none) return "";
    if (!name.empty()) return "@" + name;
    if (offset == 0) return "Z";
    const std::int32_t size = offset < 0 ? -offset : offset;
    std::string text = (offset < 0 ? "-" : "+") + base::zero_padded(size / 3600, 2) + ":" +
                       base::zero_padded(size / 60 % 60, 2);
    if (size % 60 != 0) text += ":" + base::zero_padded(size % 60, 2);
    return text;
}

std::optional<Time> Time::of(std::int64_t hour, std::int64_t minute, std::int64_t second, std::int64_t nano) {
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return std::nullopt;
    if (nano < 0 || nano >= nanos_per_second) return std::nullopt;
    return Time{((hour * 60 + minute) * 60 + second) * nanos_per_second + nano, {}};
}

std::optional<Time> Time::parse(std::string_view text) {
    Reader reader(text);
    return take_time(reader);
}

std::string Time::format() const {
    return base::zero_padded(hour(), 2) + ":" + base::zero_padded(minute(), 2) + ":" +
           base::zero_padded(second(), 2) + fraction_text(nanos % nanos_per_second) + zone.format();
}

std::optional<DateTime> DateTime::parse(std::string_view text) {
    Reader reader(text);
    const auto date = take_date(reader);
    if (!date) return std::nullopt;
    if (reader.done()) return DateTime{*date, {}};
    if (!reader.take('T')) return std::nullopt;
    const auto time = take_time(reader);
    return time ? std::optional(DateTime{*date, *time}) : std::nullopt;
}

std::string DateTime::format() const {
    return date.format() + "T" + time.format();
}

std::optional<DayTimeDuration> DayTimeDuration::parse(std::string_view text) {
    Reader reader(text);
    const bool negative = reader.take('-');
    if (!reader.take('P') || reader.done()) return std::nullopt;
    Int128 nanos = 0;
    const auto use = [&](const Part& part) {
        const std::int64_t unit = part.letter == 'D'   ? 86'400
                                  : part.letter == 'H' ? 3'600
                                  : part.letter == 'M' ? 60
                                                       : 1;
        nanos += Int128{part.number} * unit * nanos_per_second + part.nanos;
    };
    if (!take_parts(reader, "D", use)) return std::nullopt;
    if (reader.take('T')) {
        if (reader.done() || !take_parts(reader, "HMS", use)) return std::nullopt;
    }
    if (!reader.done()) return std::nullopt;
    return duration_of(negative ? -nanos : nanos);
}

std::string DayTimeDuration::format() const {
    if (seconds == 0 && nanos == 0) return "PT0S";
    const bool negative = seconds < 0 || nanos < 0;
    const std::int64_t size = negative ? -seconds : seconds;
    const std::int64_t rest = size % 86'400;
    std::string text = negative ? "-P" : "P";
    if (size >= 86'400) text += std::to_string(size / 86'400) + "D";
    if (rest == 0 && nanos == 0) return text;
    text += "T";
    if (rest >= 3'600) text += std::to_string(rest / 3'600) + "H";
    if (rest / 60 % 60 != 0) text += std::to_string(rest / 60 % 60) + "M";
    if (rest % 60 != 0 || nanos != 0) {
        text += std::to_string(rest % 60) + fraction_text(negative ? -nanos : nanos) + "S";
    }
    return text;
}

std::optional<YearMonthDuration> YearMonthDuration::parse(std::string_view text) {
    Reader reader(text);
    const bool negative = reader.take('-');
    if (!reader.take('P') || reader.done()) return std::nullopt;
    std::int64_t months = 0;
    if (!take_parts(reader, "YM",
                    [&](const Part& part) { months += part.number * (part.letter == 'Y' ? 12 : 1); })) {
        return std::nullopt;
    }
    if (!reader.done()) return std::nullopt;
    return YearMonthDuration{negative ? -months : months};
}

std::string YearMonthDuration::format() const {
    if (months == 0) return "P0M";
    const std::int64_t size = months < 0 ? -months : months;
    std::string text = months < 0 ? "-P" : "P";
    if (size >= 12) text += std::to_string(size / 12) + "Y";
    if (size % 12 != 0) text += std::to_string(size % 12) + "M";
    return text;
}

std::optional<std::strong_ordering> compare(const Time& a, const Time& b) {
    return compare(DateTime{{}, a}, DateTime{{}, b});
}

std::optional<std::strong_ordering> compare(const DateTime& a, const DateTime& b) {
    const auto nanos = nanos_between(b, a);
    return nanos ? std::optional(sign(*nanos)) : std::nullopt;
}

std::optional<DayTimeDuration> between(const Time& a, const Time& b) {
    return between(DateTime{{}, a}, DateTime{{}, b});
}

std::optional<DayTimeDuration> between(const DateTime& a, const DateTime& b) {
    const auto nanos = nanos_between(a, b);
    return nanos ? duration_of(*nanos) : std::nullopt;
}

std::optional<DateTime> plus(const DateTime& moment, const DayTimeDuration& duration) {
    const Int128 total = Int128{moment.time.nanos} + nanos_of(duration);
    Int128 days = total / nanos_per_day;
    if (total % nanos_per_day < 0) --days;
    const auto date = moment.date.plus_days(static_cast<std::int64_t>(days));
    if (!date) return std::nullopt;
    return DateTime{*date, {static_cast<std::int64_t>(total - days * nanos_per_day), moment.time.zone}};
}

Time plus(const Time& time, const DayTimeDuration& duration) {
    const Int128 total = (Int128{time.nanos} + nanos_of(duration)) % nanos_per_day;
    return {static_cast<std::int64_t>(total < 0 ? total + nanos_per_day : total), time.zone};
}

std::optional<DayTimeDuration> plus(const DayTimeDuration& a, const DayTimeDuration& b) {
    return duration_of(nanos_of(a) + nanos_of(b));
}

DayTimeDuration negated(const DayTimeDuration& duration) {
    return {-duration.seconds, -duration.nanos};
}

YearMonthDuration months_between(const DateTime& a, const DateTime& b) {
    const bool backward = b.date < a.date;
    const DateTime& first = backward ? b : a;
    const DateTime& last = backward ? a : b;
    const Civil from = civil_of(first.date.day);
    const Civil to = civil_of(last.date.day);
    std::int64_t months = (to.year - from.year) * 12 + (to.month - from.month);
    if (to.day < from.day || (to.day == from.day && last.time.nanos < first.time.nanos)) --months;
    return {backward ? -months : months};
}

}  // namespace bundel::decision
