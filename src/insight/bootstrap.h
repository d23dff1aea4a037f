// Bootstrap (herbemonstering): how sure a difference between two divisions is, when only chance in which
// pregnancies there were plays a part. The pregnancy is the unit: what one woman brings to all participants
// stays together.
//
// A replicate draws as many pregnancies as there are, with replacement (multinomial weights: how often each
// was drawn), and sums what each participant has under A and under B. All sums are whole cents, also in the
// replicates. So the pot of a replicate is divided as the pot itself was: where B divides the same pot as A
// per pregnancy, the differences of a replicate add up to zero too.
//
// The interval is the percentile interval: of R sorted replicates the k-th from below and the k-th from
// above, k = floor((R + 1)(1 - level) / 2). It needs no assumption of symmetry, keeps its meaning for a
// percentage, and its ends are sums that really occurred. It is a little narrow when few pregnancies decide
// (Efron and Tibshirani, An introduction to the bootstrap, 1993, chapter 13); the number of pregnancies
// stands beside it for that reason.
//
// Laws: the same arguments give the same result on any machine; the order of the rows changes nothing; A and
// B changed round mirror the interval in euros.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "values/cents.h"

namespace bundel::insight {
using values::Cents;

// What one pregnancy brings one participant under both models. A pair may come more than once: it is added.
struct UnitShares {
    std::uint32_t unit = 0;   // pregnancy, 0 .. units - 1
    std::uint32_t party = 0;  // participant, 0 .. parties - 1
    Cents a;
    Cents b;
};

struct Resampling {
    std::uint64_t seed = 1;
    int replicates = 2000;     // >= 1
    int level_permille = 950;  // 1 .. 999; (replicates + 1)(1000 - level) >= 2000
};

// Both ends included.
struct Range {
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool operator==(const Range&) const = default;
};

// Why there is no interval, or why it says little.
enum class Spread : std::uint8_t {
    some,
    none,    // every replicate is the same: all pregnancies are alike in this
    unknown  // fewer than two pregnancies: no interval
};
// Why there is no percentage.
enum class PercentBase : std::uint8_t {
    sound,
    not_positive,  // the total under A is zero or below it
    unsteady       // it is so in a replicate: too few pregnancies stand behind it
};

struct Difference {
    std::size_t units = 0;  // pregnancies with a cent of it under A or B
    Cents a;
    Cents b;
    Spread spread = Spread::unknown;
    std::optional<Range> cents;  // interval of b - a
    PercentBase base = PercentBase::not_positive;
    std::optional<std::int64_t> ppm;  // (b - a) / a in parts per million, half away from zero; base sound
    std::optional<Range> ppm_range;   // base sound and spread not unknown
    std::optional<int>
        same_sign;  // replicates with the sign of b - a; none: no difference, or no spread known
    bool operator==(const Difference&) const = default;
};

struct ModelComparison {
    int replicates = 0;
    std::vector<Difference> parties;
    std::vector<Difference> groups;
    Difference together;
};

// `group_of`: for each participant the number of its discipline, 0 .. highest. Contract: every row names a
// unit below `units` and a participant of `group_of`; Resampling in its ranges. Error: cents_overflow (a
// replicate could leave the range of a sum).
base::Result<ModelComparison> compare_models(std::span<const UnitShares> rows, std::uint32_t units,
                                             std::span<const std::uint32_t> group_of,
                                             const Resampling& resampling);

}  // namespace bundel::insight
