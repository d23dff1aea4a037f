// Exact fraction, always in lowest terms with a positive denominator. For shares, percentages and splits of a
// line.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace bundel::values {

enum class Rounding {
    down,
    up,
    half_up,
    half_even
};  // down/up: towards / away from zero; half_up: half away from zero

class Ratio {
public:
    constexpr Ratio() = default;  // 0/1
    // Contract: denominator != 0 and neither is INT64_MIN. For literals.
    static Ratio of(std::int64_t numerator, std::int64_t denominator);
    // "3/4", "0.25", "12.5%", "1". Errors: ratio_syntax, ratio_overflow.
    static base::Result<Ratio> parse(std::string_view text);

    constexpr std::int64_t numerator() const { return numerator_; }
    constexpr std::int64_t denominator() const { return denominator_; }

    std::strong_ordering operator<=>(const Ratio& other) const;
    bool operator==(const Ratio&) const = default;

    std::string str() const;  // "3/4"; parse(x.str()) == x

private:
    constexpr Ratio(std::int64_t numerator, std::int64_t denominator)
        : numerator_(numerator), denominator_(denominator) {}
    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

// Errors: ratio_overflow when the exact result does not fit.
base::Result<Ratio> add(Ratio a, Ratio b);
base::Result<Ratio> subtract(Ratio a, Ratio b);
base::Result<Ratio> multiply(Ratio a, Ratio b);

}  // namespace bundel::values
