#include "values/cents.h"

#include <algorithm>
#include <numeric>

#include "base/int128.h"
#include "base/text.h"

namespace bundel::values {
using base::Error;
using base::Int128;
using base::Result;

Result<Cents> Cents::parse_field(std::string_view digits) {
    if (!base::all_digits(digits)) return Error{"cents_syntax"};
    const auto value = base::parse_digits(digits);
    if (!value) return Error{"cents_overflow"};
    return Cents(*value);
}

Result<Cents> Cents::parse_euros(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto comma = text.find(',');
    const std::string_view whole = text.substr(0, comma);
    const std::string_view decimals = comma == std::string_view::npos ? "00" : text.substr(comma + 1);
    if (!base::all_digits(whole) || !base::all_digits(decimals) || decimals.size() != 2)
        return Error{"cents_syntax"};
    const auto euros = base::parse_digits(whole);
    std::int64_t cents = 0;
    if (!euros || __builtin_mul_overflow(*euros, std::int64_t{100}, &cents) ||
        __builtin_add_overflow(cents, *base::parse_digits(decimals), &cents)) {
        return Error{"cents_overflow"};
    }
    return Cents(negative ? -cents : cents);
}

Cents Cents::operator+(Cents other) const {
    std::int64_t result = 0;
    BUNDEL_ASSERT(!__builtin_add_overflow(cents_, other.cents_, &result));
    return Cents(result);
}

Cents Cents::operator-(Cents other) const {
    std::int64_t result = 0;
    BUNDEL_ASSERT(!__builtin_sub_overflow(cents_, other.cents_, &result));
    return Cents(result);
}

Cents Cents::operator-() const {
    return Cents() - *this;
}

std::string Cents::plain_euros() const {
    const bool negative = cents_ < 0;
    const std::uint64_t magnitude =
        negative ? 0 - static_cast<std::uint64_t>(cents_) : static_cast<std::uint64_t>(cents_);
    return (negative ? "-" : "") + std::to_string(magnitude / 100) + "," +
           base::zero_padded(static_cast<std::int64_t>(magnitude % 100), 2);
}

std::string Cents::euros() const {
    std::string text = plain_euros();
    const std::ptrdiff_t sign = is_negative() ? 1 : 0;
    for (auto at = static_cast<std::ptrdiff_t>(text.find(',')) - 3; at > sign; at -= 3)
        text.insert(static_cast<std::size_t>(at), ".");
    return text;
}

Result<Cents> add(Cents a, Cents b) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a.count(), b.count(), &result)) return Error{"cents_overflow"};
    return Cents::of(result);
}

Result<Cents> sum(std::span<const Cents> amounts) {
    Int128 total = 0;
    for (const Cents amount : amounts) total += amount.count();
    if (total > INT64_MAX || total < INT64_MIN) return Error{"cents_overflow"};
    return Cents::of(static_cast<std::int64_t>(total));
}

Result<Cents> scale(Cents amount, Ratio ratio, Rounding rounding) {
    const Int128 product = static_cast<Int128>(amount.count()) * ratio.numerator();
    const Int128 denominator = ratio.denominator();
    const bool negative = product < 0;
    const Int128 magnitude = negative ? -product : product;
    Int128 quotient = magnitude / denominator;
    const Int128 rest = magnitude % denominator;
    const Int128 twice = 2 * rest;
    const bool up =
        rest != 0 && (rounding == Rounding::up || (rounding == Rounding::half_up && twice >= denominator) ||
                      (rounding == Rounding::half_even &&
                       (twice > denominator || (twice == denominator && quotient % 2 == 1))));
    if (up) ++quotient;
    if (quotient > INT64_MAX) return Error{"cents_overflow"};
    const auto result = static_cast<std::int64_t>(quotient);
    return Cents::of(negative ? -result : result);
}

namespace {

// Largest remainder over non-negative weights and a non-negative total.
std::vector<std::int64_t> largest_remainder(std::int64_t total, std::span<const std::int64_t> weights,
                                            Int128 weight_sum) {
    std::vector<std::int64_t> parts(weights.size());
    std::vector<std::pair<Int128, std::size_t>> remainders;
    remainders.reserve(weights.size());
    std::int64_t given = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Int128 product = static_cast<Int128>(total) * weights[i];
        parts[i] = static_cast<std::int64_t>(product / weight_sum);
        given += parts[i];
        remainders.emplace_back(product % weight_sum, i);
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (std::size_t i = 0; given < total; ++i, ++given) ++parts[remainders[i].second];
    return parts;
}

}  // namespace

Result<std::vector<Cents>> split(Cents total, std::span<const std::int64_t> weights) {
    if (weights.empty()) return Error{"split_no_weights"};
    if (std::any_of(weights.begin(), weights.end(), [](std::int64_t w) { return w < 0; }))
        return Error{"split_negative_weight"};
    Int128 weight_sum = 0;
    for (const std::int64_t weight : weights) weight_sum += weight;
    if (weight_sum == 0) {
        if (!total.is_zero()) return Error{"split_zero_weights"};
        return std::vector<Cents>(weights.size());
    }
    if (total.count() == INT64_MIN) return Error{"cents_overflow"};
    const bool negative = total.is_negative();
    std::vector<Cents> parts;
    parts.reserve(weights.size());
    for (const std::int64_t part :
         largest_remainder(negative ? -total.count() : total.count(), weights, weight_sum)) {
        parts.push_back(Cents::of(negative ? -part : part));
    }
    return parts;
}

}  // namespace bundel::values
