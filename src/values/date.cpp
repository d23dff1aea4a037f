#include "values/date.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"

namespace bundel::values {
using base::Error;
using base::Result;
namespace chrono = std::chrono;

namespace {

chrono::year_month_day calendar(std::int32_t day) {
    return chrono::sys_days(chrono::days(day));
}

constexpr std::int32_t number_of(chrono::year_month_day ymd) {
    return static_cast<std::int32_t>(chrono::sys_days(ymd).time_since_epoch().count());
}

constexpr chrono::year_month_day make(int year, int month, int day) {
    return chrono::year(year) / chrono::month(static_cast<unsigned>(month)) /
           chrono::day(static_cast<unsigned>(day));
}

static_assert(number_of(make(1, 1, 1)) == Date::earliest_day);
static_assert(number_of(make(9999, 12, 31)) == Date::latest_day);

}  // namespace

Date Date::of(int year, int month, int day) {
    BUNDEL_ASSERT(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31);
    const auto ymd = make(year, month, day);
    BUNDEL_ASSERT(ymd.ok());
    return Date(number_of(ymd));
}

Result<Date> Date::parse(std::string_view text) {
    std::string digits;
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        digits =
            std::string(text.substr(0, 4)) + std::string(text.substr(5, 2)) + std::string(text.substr(8, 2));
        text = digits;
    }
    if (text.size() != 8 || !base::all_digits(text)) return Error{"date_syntax"};
    const auto part = [&](std::size_t at, std::size_t size) {
        return static_cast<int>(*base::parse_digits(text.substr(at, size)));
    };
    const int year = part(0, 4);
    const int month = part(4, 2);
    const int day = part(6, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || !make(year, month, day).ok())
        return Error{"date_range"};
    return Date::of(year, month, day);
}

Date Date::far_future() {
    return Date(latest_day);
}

int Date::year() const {
    return static_cast<int>(calendar(day_).year());
}
int Date::month() const {
    return static_cast<int>(static_cast<unsigned>(calendar(day_).month()));
}
int Date::day() const {
    return static_cast<int>(static_cast<unsigned>(calendar(day_).day()));
}

Date Date::plus_days(int days) const {
    const auto sum = static_cast<std::int64_t>(day_) + days;
    return Date(static_cast<std::int32_t>(std::clamp<std::int64_t>(sum, earliest_day, latest_day)));
}

Date Date::plus_months(int months) const {
    const auto ymd = calendar(day_);
    const std::int64_t index = (static_cast<std::int64_t>(year()) * 12 + month() - 1) + months;
    if (index < 12) return Date(earliest_day);
    if (index >= 12 * 10000) return Date(latest_day);
    const chrono::year_month target{chrono::year(static_cast<int>(index / 12)),
                                    chrono::month(static_cast<unsigned>(index % 12 + 1))};
    const auto end = (target / chrono::last).day();
    return Date(number_of(target / std::min(ymd.day(), end)));
}

std::string Date::iso() const {
    return base::zero_padded(year(), 4) + "-" + base::zero_padded(month(), 2) + "-" +
           base::zero_padded(day(), 2);
}
std::string Date::ei() const {
    return base::zero_padded(year(), 4) + base::zero_padded(month(), 2) + base::zero_padded(day(), 2);
}
std::string Date::dutch() const {
    return base::zero_padded(day(), 2) + "-" + base::zero_padded(month(), 2) + "-" +
           base::zero_padded(year(), 4);
}

Period Period::month_of(Date date) {
    const Date first = date.plus_days(1 - date.day());
    return {first, first.plus_months(1).plus_days(-1)};
}

Result<Period> Period::between(Date first, Date last) {
    if (last < first) return Error{"period_reversed"};
    return Period{first, last};
}

std::optional<Period> intersection(const Period& a, const Period& b) {
    if (!a.overlaps(b)) return std::nullopt;
    return Period{std::max(a.first, b.first), std::min(a.last, b.last)};
}

}  // namespace bundel::values
