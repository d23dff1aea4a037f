#include "sim/chance.h"

#include <algorithm>
#include <bit>

#include "base/assert.h"

namespace bundel::sim {
namespace {

// The logistic function at -8, -7.75 .. 8, in millionths.
constexpr int logistic[] = {
    335,    431,    553,    710,    911,    1170,   1501,   1927,   2473,   3173,   4070,   5220,   6693,
    8577,   10987,  14064,  17986,  22977,  29312,  37327,  47426,  60087,  75858,  95349,  119203, 148047,
    182426, 222700, 268941, 320821, 377541, 437823, 500000, 562177, 622459, 679179, 731059, 777300, 817574,
    851953, 880797, 904651, 924142, 939913, 952574, 962673, 970688, 977023, 982014, 985936, 989013, 991423,
    993307, 994780, 995930, 996827, 997527, 998073, 998499, 998830, 999089, 999290, 999447, 999569, 999665};
constexpr int step = 250;  // thousandths of a logit between two entries
constexpr int last_entry = static_cast<int>(std::size(logistic)) - 1;

// Thousandths of a logit above the first entry.
int place_of(int probability) {
    if (probability <= logistic[0]) return 0;
    if (probability >= logistic[last_entry]) return last_entry * step;
    const auto above = std::upper_bound(std::begin(logistic), std::end(logistic), probability);
    const int index = static_cast<int>(above - std::begin(logistic)) - 1;
    return index * step + (probability - logistic[index]) * step / (logistic[index + 1] - logistic[index]);
}

int probability_at(int place) {
    const int within = std::clamp(place, 0, last_entry * step);
    const int index = std::min(within / step, last_entry - 1);
    return logistic[index] + (logistic[index + 1] - logistic[index]) * (within - index * step) / step;
}

std::uint64_t mix(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}

}  // namespace

int shifted(int per_million, int effect) {
    const bool certain = per_million <= 0 || per_million >= 1'000'000;
    if (certain || effect == 0) return per_million;
    return probability_at(place_of(per_million) + effect);
}

Chance::Chance(std::uint64_t seed, std::string_view purpose, std::uint64_t index) : state_{} {
    std::uint64_t seeded = seed;
    for (const char c : purpose) seeded = mix(seeded) ^ static_cast<unsigned char>(c);
    seeded = mix(seeded) ^ index;
    for (auto& word : state_) word = mix(seeded);
}

std::uint64_t Chance::next() {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted_word = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted_word;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

// The bits above 2^32 of (32 random bits x count); what would make one number likelier is drawn again.
int Chance::below(int count) {
    BUNDEL_ASSERT(count >= 1);
    const auto bound = static_cast<std::uint32_t>(count);
    const std::uint32_t unfair = (0U - bound) % bound;
    for (;;) {
        const std::uint64_t product = (next() >> 32U) * bound;
        if (static_cast<std::uint32_t>(product) >= unfair) return static_cast<int>(product >> 32U);
    }
}

int Chance::between(int first, int last) {
    BUNDEL_ASSERT(first <= last);
    return first + below(last - first + 1);
}

bool Chance::happens(int per_million) {
    return below(1'000'000) < per_million;
}

std::size_t Chance::pick(const std::vector<int>& weights) {
    int sum = 0;
    for (const int weight : weights) sum += weight;
    int left = below(sum);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0) return i;
    }
    BUNDEL_ASSERT(false);
    return 0;
}

int Chance::bell() {
    int sum = 0;
    for (int i = 0; i < 12; ++i) sum += below(1'000);
    return sum - 5'994;  // twelve times 499.5
}

}  // namespace bundel::sim
