// Number: a FEEL number, IEEE 754 decimal128: 34 digits, rounded half-even, exponent -6176..6111.
//
// Never infinite, never NaN: what would be (division by zero, overflow) is nothing. No negative zero.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bundel::decision {

enum class RoundingMode : std::uint8_t { half_even, half_up, half_down, up, down, floor, ceiling };

class Number {
public:
    static constexpr int digits_max = 34;
    static constexpr int exponent_max = 6176;  // of a literal, either sign; what lies outside is refused

    Number();  // 0
    static Number of(std::int64_t integer);
    // "-1.50", ".5", "1e-3": digits, at most one point, an exponent. No spaces, no words. More than 34 digits
    // round half-even. Nothing when the text is not a number or its size does not fit.
    static std::optional<Number> parse(std::string_view text);

    std::optional<Number> plus(const Number& other) const;
    std::optional<Number> minus(const Number& other) const;
    std::optional<Number> times(const Number& other) const;
    std::optional<Number> over(const Number& divisor) const;    // nothing for divisor 0
    std::optional<Number> modulo(const Number& divisor) const;  // sign of the divisor; nothing for divisor 0
    std::optional<Number> power(const Number& exponent) const;
    std::optional<Number> square_root() const;  // nothing below 0
    std::optional<Number> logarithm() const;    // natural; nothing at or below 0
    std::optional<Number> exponential() const;
    Number negated() const;
    Number absolute() const;
    // To `scale` digits behind the point; negative scales round before it. Nothing when the result does not
    // fit in 34 digits.
    std::optional<Number> rounded(int scale, RoundingMode mode) const;

    bool is_integer() const;
    bool is_zero() const;
    bool is_negative() const;
    std::optional<std::int64_t> to_integer() const;  // nothing when not whole, or outside int64
    // Shortest decimal text; an exponent only when the plain text would be longer than 60 characters.
    // parse(x.format()) == x.
    std::string format() const;

    std::strong_ordering operator<=>(const Number& other) const;
    bool operator==(const Number& other) const;

private:
    friend struct Decimal;
    std::uint64_t low_ = 0;
    std::uint64_t high_ = 0;
};

}  // namespace bundel::decision
