#include "decision/number.h"

// Values and rounding as arguments, flags through a pointer: no global state of the library is used.
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace bundel::decision {

// The bits of the library's type and ours.
struct Decimal {
    static BID_UINT128 bits(const Number& number) {
        BID_UINT128 result;
        result.w[0] = number.low_;
        result.w[1] = number.high_;
        return result;
    }
    static Number number(BID_UINT128 bits) {
        Number result;
        if (bid128_isZero(bits)) return result;
        result.low_ = bits.w[0];
        result.high_ = bits.w[1];
        return result;
    }
    static std::optional<Number> finite(BID_UINT128 bits) {
        if (!bid128_isFinite(bits)) return std::nullopt;
        return number(bits);
    }
};

namespace {

constexpr unsigned half_even = BID_ROUNDING_TO_NEAREST;

// 0 or 1 digit, point, exponent: the grammar of the literal, before the library sees it.
bool is_decimal_text(std::string_view text) {
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t first = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i;
        return i - first;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    std::size_t found = digits();
    if (i < text.size() && text[i] == '.') {
        ++i;
        const std::size_t behind = digits();
        if (behind == 0) return false;
        found += behind;
    }
    if (found == 0) return false;
    if (i == text.size()) return true;
    if (text[i] != 'e' && text[i] != 'E') return false;
    ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t exponent_digits = digits();
    return exponent_digits > 0 && exponent_digits <= 5 && i == text.size();
}

Number whole_power(const Number& base, std::uint64_t exponent, bool& overflow) {
    std::optional<Number> result = Number::of(1);
    std::optional<Number> square = base;
    while (exponent > 0 && result) {
        if (exponent & 1U) result = square ? result->times(*square) : std::nullopt;
        exponent >>= 1U;
        if (exponent > 0) square = square ? square->times(*square) : std::nullopt;
    }
    overflow = !result;
    return result.value_or(Number());
}

BID_UINT128 to_integral(BID_UINT128 bits, RoundingMode mode) {
    unsigned flags = 0;
    switch (mode) {
        case RoundingMode::half_even: return bid128_round_integral_nearest_even(bits, &flags);
        case RoundingMode::half_up: return bid128_round_integral_nearest_away(bits, &flags);
        case RoundingMode::down: return bid128_round_integral_zero(bits, &flags);
        case RoundingMode::floor: return bid128_round_integral_negative(bits, &flags);
        case RoundingMode::ceiling: return bid128_round_integral_positive(bits, &flags);
        case RoundingMode::up:
            return bid128_isSigned(bits) ? bid128_round_integral_negative(bits, &flags)
                                         : bid128_round_integral_positive(bits, &flags);
        case RoundingMode::half_down: break;
    }
    // Half down: half away, unless exactly half: then towards zero.
    const BID_UINT128 zero = bid128_round_integral_zero(bits, &flags);
    const BID_UINT128 away = bid128_round_integral_nearest_away(bits, &flags);
    const BID_UINT128 rest = bid128_abs(bid128_sub(bits, zero, half_even, &flags));
    BID_UINT128 half = bid128_from_int32(5);
    half = bid128_scalbn(half, -1, half_even, &flags);
    return bid128_quiet_equal(rest, half, &flags) ? zero : away;
}

std::string plain(bool negative, std::string digits, int exponent) {
    std::string text;
    const int point = static_cast<int>(digits.size()) + exponent;  // digits before the point
    if (std::max(point, static_cast<int>(digits.size()) - std::min(point, 0)) > 60) {
        text = digits + "e" + std::to_string(exponent);
    } else if (exponent >= 0) {
        text = digits + std::string(static_cast<std::size_t>(exponent), '0');
    } else if (point > 0) {
        text = digits.insert(static_cast<std::size_t>(point), ".");
    } else {
        text = "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    }
    return negative ? "-" + text : text;
}

}  // namespace

Number::Number() {
    const BID_UINT128 zero = bid128_from_int32(0);
    low_ = zero.w[0];
    high_ = zero.w[1];
}

Number Number::of(std::int64_t integer) {
    return Decimal::number(bid128_from_int64(integer));
}

std::optional<Number> Number::parse(std::string_view text) {
    if (text.size() > 8'000 || !is_decimal_text(text)) return std::nullopt;
    unsigned flags = 0;
    std::string copy(text);
    return Decimal::finite(bid128_from_string(copy.data(), half_even, &flags));
}

std::optional<Number> Number::plus(const Number& other) const {
    unsigned flags = 0;
    return Decimal::finite(bid128_add(Decimal::bits(*this), Decimal::bits(other), half_even, &flags));
}

std::optional<Number> Number::minus(const Number& other) const {
    unsigned flags = 0;
    return Decimal::finite(bid128_sub(Decimal::bits(*this), Decimal::bits(other), half_even, &flags));
}

std::optional<Number> Number::times(const Number& other) const {
    unsigned flags = 0;
    return Decimal::finite(bid128_mul(Decimal::bits(*this), Decimal::bits(other), half_even, &flags));
}

std::optional<Number> Number::over(const Number& divisor) const {
    unsigned flags = 0;
    return Decimal::finite(bid128_div(Decimal::bits(*this), Decimal::bits(divisor), half_even, &flags));
}

std::optional<Number> Number::modulo(const Number& divisor) const {
    if (divisor.is_zero()) return std::nullopt;
    unsigned flags = 0;
    const auto rest = Decimal::finite(bid128_fmod(Decimal::bits(*this), Decimal::bits(divisor), &flags));
    if (!rest || rest->is_zero() || rest->is_negative() == divisor.is_negative()) return rest;
    return rest->plus(divisor);
}

std::optional<Number> Number::power(const Number& exponent) const {
    if (const auto whole = exponent.to_integer(); whole && *whole >= -100'000 && *whole <= 100'000) {
        bool overflow = false;
        const auto size = static_cast<std::uint64_t>(*whole < 0 ? -*whole : *whole);
        const Number result = whole_power(*this, size, overflow);
        if (overflow) return *whole < 0 ? std::optional(Number()) : std::nullopt;
        return *whole < 0 ? Number::of(1).over(result) : std::optional(result);
    }
    unsigned flags = 0;
    return Decimal::finite(bid128_pow(Decimal::bits(*this), Decimal::bits(exponent), half_even, &flags));
}

std::optional<Number> Number::square_root() const {
    unsigned flags = 0;
    return Decimal::finite(bid128_sqrt(Decimal::bits(*this), half_even, &flags));
}

std::optional<Number> Number::logarithm() const {
    if (is_zero() || is_negative()) return std::nullopt;
    unsigned flags = 0;
    return Decimal::finite(bid128_log(Decimal::bits(*this), half_even, &flags));
}

std::optional<Number> Number::exponential() const {
    unsigned flags = 0;
    return Decimal::finite(bid128_exp(Decimal::bits(*this), half_even, &flags));
}

Number Number::negated() const {
    return Decimal::number(bid128_negate(Decimal::bits(*this)));
}

Number Number::absolute() const {
    return Decimal::number(bid128_abs(Decimal::bits(*this)));
}

std::optional<Number> Number::rounded(int scale, RoundingMode mode) const {
    unsigned flags = 0;
    const BID_UINT128 shifted = bid128_scalbn(Decimal::bits(*this), scale, half_even, &flags);
    // So many digits behind the point are more than it has.
    if (!bid128_isFinite(shifted)) return scale > 0 ? std::optional(*this) : std::nullopt;
    return Decimal::finite(bid128_scalbn(to_integral(shifted, mode), -scale, half_even, &flags));
}

bool Number::is_integer() const {
    return *rounded(0, RoundingMode::down) == *this;
}

bool Number::is_zero() const {
    return bid128_isZero(Decimal::bits(*this)) != 0;
}

bool Number::is_negative() const {
    return bid128_isSigned(Decimal::bits(*this)) != 0;
}

std::optional<std::int64_t> Number::to_integer() const {
    unsigned flags = 0;
    const auto result = bid128_to_int64_xint(Decimal::bits(*this), &flags);
    return flags == 0 ? std::optional<std::int64_t>(result) : std::nullopt;
}

std::string Number::format() const {
    if (is_zero()) return "0";
    unsigned flags = 0;
    std::array<char, 64> buffer{};
    bid128_to_string(buffer.data(), Decimal::bits(*this), &flags);  // "+1234E-5"
    const std::string_view text(buffer.data());
    const auto mark = text.find('E');
    std::string digits(text.substr(1, mark - 1));
    int exponent = std::atoi(buffer.data() + mark + 1);
    while (digits.size() > 1 && digits.back() == '0') {
        digits.pop_back();
        ++exponent;
    }
    return plain(text.front() == '-', std::move(digits), exponent);
}

std::strong_ordering Number::operator<=>(const Number& other) const {
    unsigned flags = 0;
    const BID_UINT128 left = Decimal::bits(*this);
    const BID_UINT128 right = Decimal::bits(other);
    if (bid128_quiet_equal(left, right, &flags)) return std::strong_ordering::equal;
    return bid128_quiet_less(left, right, &flags) ? std::strong_ordering::less
                                                  : std::strong_ordering::greater;
}

bool Number::operator==(const Number& other) const {
    if (low_ == other.low_ && high_ == other.high_) return true;
    unsigned flags = 0;
    return bid128_quiet_equal(Decimal::bits(*this), Decimal::bits(other), &flags) != 0;
}

}  // namespace bundel::decision
