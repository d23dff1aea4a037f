// Eight digits at a time. Contract of all: the bytes are digits, on a little-endian machine.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace bundel::wire {

static_assert(std::endian::native == std::endian::little);

inline std::uint64_t load8(const char* at) {
    std::uint64_t eight;
    std::memcpy(&eight, at, 8);
    return eight;
}

inline constexpr std::uint64_t eight_zeros = 0x3030303030303030;

// Four numbers of two digits, in bytes 0, 2, 4, 6.
inline std::uint64_t pairs(std::uint64_t eight) {
    const std::uint64_t digits = eight - eight_zeros;
    return (digits * 10 + (digits >> 8)) & 0x00FF00FF00FF00FF;
}

inline std::int64_t number8(const char* at) {
    std::uint64_t v = pairs(load8(at));
    v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFF;
    return static_cast<std::int64_t>((v * 10'000 + (v >> 32)) & 0xFFFFFFFF);
}

inline std::int64_t number4(const char* at) {
    std::int64_t number = 0;
    for (int i = 0; i < 4; ++i) number = number * 10 + (at[i] - '0');
    return number;
}

inline std::int64_t number12(const char* at) {
    return number8(at) * 10'000 + number4(at + 8);
}

// EEJJMMDD: a day that exists in years 1..9999, or zeros (empty).
inline bool is_day_or_zeros(const char* at) {
    const std::uint64_t eight = load8(at);
    if (eight == eight_zeros) return true;
    const std::uint64_t v = pairs(eight);
    const auto century = static_cast<unsigned>(v & 0xFF);
    const auto year = static_cast<unsigned>((v >> 16) & 0xFF);
    const auto month = static_cast<unsigned>((v >> 32) & 0xFF);
    const auto day = static_cast<unsigned>((v >> 48) & 0xFF);
    if (month - 1 >= 12 || day == 0 || (century | year) == 0) return false;
    if (day <= 28) return true;
    constexpr std::array<unsigned, 13> days{0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = year % 4 == 0 && (year != 0 || century % 4 == 0);
    return day <= days[month] + (month == 2 && is_leap ? 1 : 0);
}

}  // namespace bundel::wire
