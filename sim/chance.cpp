#include "sim/chance.h"

#include <algorithm>
#include <bit>
#include <iterator>

#include "base/assert.h"

namespace bundel::sim {
namespace {

// The logistic function at -12, -11.75 .. 12, in millionths.
constexpr int logistic[] = {
    6,      8,      10,     13,     17,     21,     28,     35,     45,     58,     75,     96,     123,
    158,    203,    261,    335,    431,    553,    710,    911,    1170,   1501,   1927,   2473,   3173,
    4070,   5220,   6693,   8577,   10987,  14064,  17986,  22977,  29312,  37327,  47426,  60087,  75858,
    95349,  119203, 148047, 182426, 222700, 268941, 320821, 377541, 437823, 500000, 562177, 622459, 679179,
    731059, 777300, 817574, 851953, 880797, 904651, 924142, 939913, 952574, 962673, 970688, 977023, 982014,
    985936, 989013, 991423, 993307, 994780, 995930, 996827, 997527, 998073, 998499, 998830, 999089, 999290,
    999447, 999569, 999665, 999739, 999797, 999842, 999877, 999904, 999925, 999942, 999955, 999965, 999972,
    999979, 999983, 999987, 999990, 999992, 999994};
constexpr int logistic_step = 250;  // thousandths of a logit between two entries
constexpr int logistic_last = static_cast<int>(std::size(logistic)) - 1;

// How far a standard normal is above 0, in thousandths, where 2^-(k+1) * (1 - j/16) of all draws lie still
// higher: k = 0..15 (each halves the tail), j = 0..7. The last entry ends k = 15.
constexpr int normal[] = {
    0,    78,   157,  237,  319,  402,  489,  579,  674,  725,  776,  831,  887,  947,  1010, 1078, 1150,
    1189, 1230, 1273, 1318, 1366, 1418, 1473, 1534, 1567, 1601, 1637, 1676, 1717, 1762, 1810, 1863, 1891,
    1921, 1953, 1987, 2024, 2064, 2107, 2154, 2179, 2207, 2235, 2266, 2299, 2335, 2374, 2418, 2441, 2466,
    2492, 2521, 2551, 2584, 2620, 2660, 2682, 2705, 2729, 2756, 2784, 2815, 2848, 2886, 2906, 2927, 2950,
    2975, 3002, 3031, 3062, 3097, 3116, 3137, 3158, 3182, 3207, 3234, 3264, 3297, 3315, 3335, 3355, 3377,
    3401, 3427, 3455, 3487, 3504, 3523, 3542, 3563, 3586, 3611, 3638, 3668, 3685, 3702, 3721, 3741, 3763,
    3787, 3813, 3842, 3858, 3875, 3893, 3912, 3933, 3956, 3981, 4009, 4024, 4040, 4058, 4076, 4096, 4118,
    4143, 4170, 4184, 4200, 4217, 4235, 4254, 4275, 4299, 4325};
constexpr int halvings = 16;
constexpr int steps_of_a_halving = 8;

// Thousandths of a logit above the first entry.
int logit_of(PerMillion probability) {
    const auto* above = std::upper_bound(std::begin(logistic), std::end(logistic), probability);
    if (above == std::begin(logistic)) return 0;
    if (above == std::end(logistic)) return logistic_last * logistic_step;
    const int below = static_cast<int>(above - std::begin(logistic)) - 1;
    const int width = logistic[below + 1] - logistic[below];
    return below * logistic_step + (probability - logistic[below]) * logistic_step / width;
}

PerMillion probability_at(int logit) {
    const int held = std::clamp(logit, 0, logistic_last * logistic_step);
    const int below = std::min(held / logistic_step, logistic_last - 1);
    const int width = logistic[below + 1] - logistic[below];
    return logistic[below] + width * (held - below * logistic_step) / logistic_step;
}

std::uint64_t splitmix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
}

}  // namespace

PerMillion shifted(PerMillion probability, int effect) {
    if (probability <= 0 || probability >= always || effect == 0) return probability;
    return probability_at(logit_of(probability) + effect);
}

Chance::Chance(std::uint64_t seed, std::string_view purpose, std::uint64_t index) : state_{} {
    std::uint64_t state = seed;
    for (const char letter : purpose) state = splitmix(state) ^ static_cast<unsigned char>(letter);
    state = splitmix(state) ^ index;
    for (auto& word : state_) word = splitmix(state);
}

std::uint64_t Chance::next() {
    const std::uint64_t drawn = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t moved = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= moved;
    state_[3] = std::rotl(state_[3], 45);
    return drawn;
}

// 32 bits times count: the upper half is the number. The lower half falls `count` apart; what is left over at
// the start of each round would make some numbers likelier, and is drawn again.
int Chance::below(int count) {
    BUNDEL_ASSERT(count >= 1);
    const auto bound = static_cast<std::uint32_t>(count);
    const std::uint32_t left_over = (0U - bound) % bound;
    for (;;) {
        const std::uint64_t product = (next() >> 32U) * bound;
        if (static_cast<std::uint32_t>(product) >= left_over) return static_cast<int>(product >> 32U);
    }
}

int Chance::between(int first, int last) {
    BUNDEL_ASSERT(first <= last);
    return first + below(last - first + 1);
}

bool Chance::happens(PerMillion probability) {
    return below(always) < probability;
}

std::size_t Chance::pick(const std::vector<int>& weights) {
    std::int64_t sum = 0;
    for (const int weight : weights) sum += weight;
    BUNDEL_ASSERT(sum >= 1 && sum <= INT32_MAX);
    int left = below(static_cast<int>(sum));
    std::size_t at = 0;
    while (left >= weights[at]) left -= weights[at++];
    return at;
}

// Leading zeros of random bits halve the tail as often as the table does.
int Chance::normal_thousandths() {
    const std::uint64_t sign_and_place = next();
    const int halving = std::min(std::countl_zero(next()), halvings - 1);
    constexpr int fine = 1024;  // places between two entries
    const int place = static_cast<int>((sign_and_place >> 1U) % (steps_of_a_halving * fine));
    const int entry = halving * steps_of_a_halving + place / fine;
    const int size = normal[entry] + (normal[entry + 1] - normal[entry]) * (place % fine) / fine;
    return (sign_and_place & 1U) != 0 ? -size : size;
}

}  // namespace bundel::sim
