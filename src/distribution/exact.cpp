#include "distribution/exact.h"

#include <algorithm>

namespace bundel::distribution {
using base::Error;
using base::Int128;
using base::Result;
using values::AgbCode;
using values::Cents;

namespace {

constexpr Int128 cent = 1'000'000'000'000'000'000;

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

Exact Exact::of(Cents cents) {
    return Exact(cents.count() * cent);
}

Exact Exact::operator+(Exact other) const {
    Int128 result = 0;
    BUNDEL_ASSERT(!__builtin_add_overflow(units_, other.units_, &result));
    return Exact(result);
}

Exact Exact::operator-(Exact other) const {
    Int128 result = 0;
    BUNDEL_ASSERT(!__builtin_sub_overflow(units_, other.units_, &result));
    return Exact(result);
}

std::string Exact::str() const {
    const Int128 magnitude = units_ < 0 ? -units_ : units_;
    std::string text = (units_ < 0 ? "-" : "") + std::to_string(static_cast<std::int64_t>(magnitude / cent));
    std::string fraction = std::to_string(static_cast<std::int64_t>(magnitude % cent));
    fraction.insert(0, decimals - fraction.size(), '0');
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? text : text + "." + fraction;
}

Result<Exact> Exact::parse(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string fraction(point == std::string_view::npos ? "0" : text.substr(point + 1));
    if (!is_digits(whole) || whole.size() > 18 || !is_digits(fraction) || fraction.size() > decimals)
        return Error{"exact_syntax"};
    fraction.resize(decimals, '0');
    Int128 units = 0;
    for (const char c : std::string(whole) + fraction) units = units * 10 + (c - '0');
    return Exact(negative ? -units : units);
}

Exact Carry::of(AgbCode payee) const {
    const auto found = owed_.find(payee);
    return found == owed_.end() ? Exact() : found->second;
}

void Carry::add(AgbCode payee, Exact entitled, Cents given) {
    Exact& owed = owed_[payee];
    owed = owed + entitled - Exact::of(given);
    if (owed == Exact()) owed_.erase(payee);
}

void Carry::take_back(AgbCode payee, Exact entitled, Cents given) {
    add(payee, -entitled, -given);
}

std::vector<Carry::Move> Carry::settle() {
    std::vector<Move> moves;
    const auto by_amount = [](const auto& a, const auto& b) { return a.second < b.second; };
    while (!owed_.empty()) {
        const auto [least, most] = std::minmax_element(owed_.begin(), owed_.end(), by_amount);
        if (most->second.units() <= cent && least->second.units() >= -cent) break;
        BUNDEL_ASSERT(least->second < Exact() && most->second > Exact());
        const Move move{least->first, most->first};
        add(move.from, Exact(), Cents::of(-1));
        add(move.to, Exact(), Cents::of(1));
        moves.push_back(move);
    }
    return moves;
}

}  // namespace bundel::distribution
