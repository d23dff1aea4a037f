#include "values/ratio.h"

#include <numeric>

#include "base/int128.h"
#include "base/text.h"

namespace bundel::values {
using base::Error;
using base::Int128;
using base::Result;

namespace {

Int128 gcd(Int128 a, Int128 b) {
    if (a < 0) a = -a;
    while (b != 0) {
        const Int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

Result<Ratio> reduced(Int128 numerator, Int128 denominator) {
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const Int128 divisor = gcd(numerator, denominator);
    if (divisor > 1) {
        numerator /= divisor;
        denominator /= divisor;
    }
    if (numerator > INT64_MAX || numerator < -INT64_MAX || denominator > INT64_MAX)
        return Error{"ratio_overflow"};
    return Ratio::of(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

// "12.5" as 125/10; at most 15 decimals.
Result<Ratio> parse_decimal(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view decimals = point == std::string_view::npos ? "" : text.substr(point + 1);
    const bool has_point = point != std::string_view::npos;
    if (!base::all_digits(whole) || (has_point && !base::all_digits(decimals)) || decimals.size() > 15)
        return Error{"ratio_syntax"};
    const auto value = base::parse_digits(std::string(whole) + std::string(decimals));
    if (!value) return Error{"ratio_overflow"};
    std::int64_t scale = 1;
    for (std::size_t i = 0; i < decimals.size(); ++i) scale *= 10;
    return reduced(negative ? -*value : *value, scale);
}

}  // namespace

Ratio Ratio::of(std::int64_t numerator, std::int64_t denominator) {
    BUNDEL_ASSERT(denominator != 0 && numerator != INT64_MIN && denominator != INT64_MIN);
    if (denominator < 0) {
        numerator = -numerator;
        denominator = -denominator;
    }
    const std::int64_t divisor = std::gcd(numerator, denominator);
    return Ratio(numerator / divisor, denominator / divisor);
}

Result<Ratio> Ratio::parse(std::string_view text) {
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        std::string_view top = text.substr(0, slash);
        const bool negative = !top.empty() && top.front() == '-';
        if (negative) top.remove_prefix(1);
        const std::string_view bottom = text.substr(slash + 1);
        if (!base::all_digits(top) || !base::all_digits(bottom)) return Error{"ratio_syntax"};
        const auto numerator = base::parse_digits(top);
        const auto denominator = base::parse_digits(bottom);
        if (!numerator || !denominator) return Error{"ratio_overflow"};
        if (*denominator == 0) return Error{"ratio_syntax"};
        return Ratio::of(negative ? -*numerator : *numerator, *denominator);
    }
    if (text.ends_with('%')) {
        auto percent = parse_decimal(text.substr(0, text.size() - 1));
        if (!percent) return percent.error();
        return multiply(*percent, Ratio::of(1, 100));
    }
    return parse_decimal(text);
}

std::strong_ordering Ratio::operator<=>(const Ratio& other) const {
    const Int128 left = static_cast<Int128>(numerator_) * other.denominator_;
    const Int128 right = static_cast<Int128>(other.numerator_) * denominator_;
    return left < right   ? std::strong_ordering::less
           : left > right ? std::strong_ordering::greater
                          : std::strong_ordering::equal;
}

std::string Ratio::str() const {
    return std::to_string(numerator_) + "/" + std::to_string(denominator_);
}

Result<Ratio> add(Ratio a, Ratio b) {
    return reduced(static_cast<Int128>(a.numerator()) * b.denominator() +
                       static_cast<Int128>(b.numerator()) * a.denominator(),
                   static_cast<Int128>(a.denominator()) * b.denominator());
}

Result<Ratio> subtract(Ratio a, Ratio b) {
    return add(a, Ratio::of(-b.numerator(), b.denominator()));
}

Result<Ratio> multiply(Ratio a, Ratio b) {
    return reduced(static_cast<Int128>(a.numerator()) * b.numerator(),
                   static_cast<Int128>(a.denominator()) * b.denominator());
}

}  // namespace bundel::values
