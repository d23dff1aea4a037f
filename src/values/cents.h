// Money in whole euro cents. No double, no implicit conversion, no rounding without a named mode.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "values/ratio.h"

namespace bundel::values {

class Cents {
public:
    constexpr Cents() = default;
    static constexpr Cents of(std::int64_t cents) { return Cents(cents); }

    // "1310,75", "-0,05", "12": euros with a comma and exactly two decimals, or whole euros. No thousands
    // separator. Errors: cents_syntax, cents_overflow.
    static base::Result<Cents> parse_euros(std::string_view text);
    // Only digits, as in an EI amount field: cents without sign. Error: cents_syntax, cents_overflow.
    static base::Result<Cents> parse_field(std::string_view digits);

    constexpr std::int64_t count() const { return cents_; }
    constexpr bool is_zero() const { return cents_ == 0; }
    constexpr bool is_negative() const { return cents_ < 0; }
    constexpr auto operator<=>(const Cents&) const = default;

    // Overflow here is our bug (assertion): amounts from outside are bounded when read. For sums whose size
    // depends on given data use add() or sum(), which give the Error cents_overflow.
    Cents operator+(Cents other) const;
    Cents operator-(Cents other) const;
    Cents operator-() const;
    Cents& operator+=(Cents other) { return *this = *this + other; }
    Cents& operator-=(Cents other) { return *this = *this - other; }

    std::string euros() const;        // "1.310,75", "-0,05": Dutch notation, for people
    std::string plain_euros() const;  // "1310,75", "-0,05": likewise, for a spreadsheet

private:
    constexpr explicit Cents(std::int64_t cents) : cents_(cents) {}
    std::int64_t cents_ = 0;
};

base::Result<Cents> add(Cents a, Cents b);
base::Result<Cents> sum(std::span<const Cents> amounts);

// amount * ratio, rounded by the named mode; scale(-a) = -scale(a), so a result below -INT64_MAX is refused.
// Error: cents_overflow.
base::Result<Cents> scale(Cents amount, Ratio ratio, Rounding rounding);

// Parts in the order of the weights that add up to `total` exactly; each part is its exact entitlement
// rounded down or up (largest remainder; ties go to the earlier weight; so a caller that wants independence
// of order sorts first). split(-t, w) = -split(t, w). Errors: split_no_weights, split_negative_weight,
// split_zero_weights (all weights zero and total not), cents_overflow.
base::Result<std::vector<Cents>> split(Cents total, std::span<const std::int64_t> weights);

}  // namespace bundel::values
