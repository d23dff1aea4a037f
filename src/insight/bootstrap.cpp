#include "insight/bootstrap.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/int128.h"
#include "insight/chance.h"

namespace bundel::insight {
using base::Error;
using base::Int128;
using base::Result;

namespace {

// Replicates that are summed in one pass over the rows: the rows come from memory once for all of them.
constexpr std::size_t lanes = 8;
using Lane = std::array<std::int64_t, lanes>;

// Sums of one participant, discipline or all, by replicate.
struct Sums {
    std::vector<std::int64_t> a;
    std::vector<std::int64_t> change;  // b - a
};

std::vector<UnitShares> merged(std::span<const UnitShares> rows) {
    std::vector<UnitShares> sorted(rows.begin(), rows.end());
    const auto key = [](const UnitShares& row) { return std::tuple(row.unit, row.party); };
    std::sort(sorted.begin(), sorted.end(),
              [&](const auto& one, const auto& other) { return key(one) < key(other); });
    std::vector<UnitShares> result;
    for (const UnitShares& row : sorted) {
        if (result.empty() || key(result.back()) != key(row)) {
            result.push_back(row);
        } else {
            result.back().a += row.a;
            result.back().b += row.b;
        }
    }
    return result;
}

// No replicate can be larger than every unit being the largest one, for every participant together.
bool sums_fit(std::span<const UnitShares> rows, std::uint32_t units, std::size_t parties) {
    Int128 largest = 0;
    for (const UnitShares& row : rows) {
        for (const Int128 amount : {Int128{row.a.count()}, Int128{row.b.count()}})
            largest = std::max(largest, amount < 0 ? -amount : amount);
    }
    const auto times = static_cast<Int128>(std::max<std::uint32_t>(1, units)) *
                       static_cast<Int128>(std::max<std::size_t>(1, parties));
    return 2 * largest <= static_cast<Int128>(INT64_MAX) / times;
}

// How often each pregnancy was drawn, in `lanes` replicates from `first` on.
void draw(std::vector<std::uint32_t>& weights, std::uint32_t units, std::uint64_t seed, std::size_t first) {
    std::fill(weights.begin(), weights.end(), 0U);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        Chance chance(seed, first + lane);
        for (std::uint32_t i = 0; i < units; ++i) ++weights[chance.below(units) * lanes + lane];
    }
}

void add_rows(std::span<const UnitShares> rows, const std::vector<std::uint32_t>& weights,
              std::vector<Lane>& a, std::vector<Lane>& change) {
    for (const UnitShares& row : rows) {
        const std::uint32_t* weight = &weights[row.unit * lanes];
        const std::int64_t in_a = row.a.count();
        const std::int64_t more = row.b.count() - in_a;
        Lane& sum = a[row.party];
        Lane& difference = change[row.party];
        for (std::size_t lane = 0; lane < lanes; ++lane) sum[lane] += weight[lane] * in_a;
        for (std::size_t lane = 0; lane < lanes; ++lane) difference[lane] += weight[lane] * more;
    }
}

std::vector<Sums> replicate(std::span<const UnitShares> rows, std::uint32_t units, std::size_t parties,
                            const Resampling& how) {
    const auto count = static_cast<std::size_t>(how.replicates);
    std::vector<Sums> sums(parties,
                           {std::vector<std::int64_t>(count, 0), std::vector<std::int64_t>(count, 0)});
    std::vector<std::uint32_t> weights(std::size_t{units} * lanes);
    for (std::size_t first = 0; first < count && units > 0; first += lanes) {
        draw(weights, units, how.seed, first);
        std::vector<Lane> a(parties, Lane{});
        std::vector<Lane> change(parties, Lane{});
        add_rows(rows, weights, a, change);
        for (std::size_t party = 0; party < parties; ++party) {
            for (std::size_t lane = 0; lane < lanes && first + lane < count; ++lane) {
                sums[party].a[first + lane] = a[party][lane];
                sums[party].change[first + lane] = change[party][lane];
            }
        }
    }
    return sums;
}

// part / whole in parts per million, half away from zero. Contract: whole > 0.
std::optional<std::int64_t> ppm_of(std::int64_t part, std::int64_t whole) {
    const Int128 twice = static_cast<Int128>(part) * 2'000'000;
    const Int128 rounded = (twice + (part < 0 ? -Int128{whole} : Int128{whole})) / (2 * Int128{whole});
    if (rounded > INT64_MAX || rounded < INT64_MIN) return std::nullopt;
    return static_cast<std::int64_t>(rounded);
}

Range range_of(std::vector<std::int64_t> replicates, int level_permille) {
    std::sort(replicates.begin(), replicates.end());
    const auto tail = (static_cast<std::int64_t>(replicates.size()) + 1) * (1000 - level_permille) / 2000;
    const auto k = static_cast<std::size_t>(tail);
    return {replicates[k - 1], replicates[replicates.size() - k]};
}

void set_percentage(Difference& difference, const Sums& sums, int level_permille) {
    if (difference.a.count() <= 0) return;
    difference.base = PercentBase::unsteady;
    const auto estimate = ppm_of(difference.b.count() - difference.a.count(), difference.a.count());
    std::vector<std::int64_t> percentages;
    for (std::size_t i = 0; i < sums.a.size() && difference.spread != Spread::unknown; ++i) {
        const auto ppm = sums.a[i] > 0 ? ppm_of(sums.change[i], sums.a[i]) : std::nullopt;
        if (!ppm) return;
        percentages.push_back(*ppm);
    }
    if (!estimate) return;
    difference.base = PercentBase::sound;
    difference.ppm = estimate;
    if (!percentages.empty()) difference.ppm_range = range_of(std::move(percentages), level_permille);
}

// `difference` with its totals and units: what the replicates say of it.
void judge(Difference& difference, const Sums& sums, std::uint32_t units, int level_permille) {
    if (units >= 2) {
        const auto [least, most] = std::minmax_element(sums.change.begin(), sums.change.end());
        difference.spread = *least == *most ? Spread::none : Spread::some;
        difference.cents = range_of(sums.change, level_permille);
        const std::int64_t change = difference.b.count() - difference.a.count();
        if (change != 0) {
            const auto same = [&](std::int64_t other) { return change > 0 ? other > 0 : other < 0; };
            difference.same_sign =
                static_cast<int>(std::count_if(sums.change.begin(), sums.change.end(), same));
        }
    }
    set_percentage(difference, sums, level_permille);
}

void add(Sums& to, const Sums& from) {
    for (std::size_t i = 0; i < to.a.size(); ++i) {
        to.a[i] += from.a[i];
        to.change[i] += from.change[i];
    }
}

// A row counts in three totals: of its participant, of its discipline, of all.
class Totals {
public:
    Totals(std::size_t parties, std::size_t groups)
        : parties_(parties), groups_(groups), last_in_(groups, none) {}

    // Contract: rows sorted by unit.
    void add(const UnitShares& row, std::uint32_t group) {
        count(parties_[row.party], row, true);
        count(groups_[group], row, is_new(last_in_[group], row));
        count(together_, row, is_new(last_, row));
    }

    std::vector<Difference>& parties() { return parties_; }
    std::vector<Difference>& groups() { return groups_; }
    Difference& together() { return together_; }

private:
    static constexpr std::uint64_t none = UINT64_MAX;
    static bool has_cents(const UnitShares& row) { return !row.a.is_zero() || !row.b.is_zero(); }
    static bool is_new(std::uint64_t& last, const UnitShares& row) {
        if (!has_cents(row) || last == row.unit) return false;
        last = row.unit;
        return true;
    }
    static void count(Difference& total, const UnitShares& row, bool new_unit) {
        total.a += row.a;
        total.b += row.b;
        total.units += new_unit && has_cents(row) ? std::size_t{1} : std::size_t{0};
    }

    std::vector<Difference> parties_;
    std::vector<Difference> groups_;
    Difference together_;
    std::vector<std::uint64_t> last_in_;
    std::uint64_t last_ = none;
};

void check_contract(std::span<const UnitShares> rows, std::uint32_t units, std::size_t parties,
                    const Resampling& how) {
    BUNDEL_ASSERT(how.level_permille >= 1 && how.level_permille <= 999 && how.replicates >= 1);
    BUNDEL_ASSERT((std::int64_t{how.replicates} + 1) * (1000 - how.level_permille) >= 2000);
    for (const UnitShares& row : rows) BUNDEL_ASSERT(row.unit < units && row.party < parties);
}

}  // namespace

Result<ModelComparison> compare_models(std::span<const UnitShares> given, std::uint32_t units,
                                       std::span<const std::uint32_t> group_of,
                                       const Resampling& resampling) {
    const std::size_t parties = group_of.size();
    check_contract(given, units, parties, resampling);
    if (!sums_fit(given, static_cast<std::uint32_t>(std::max<std::size_t>(units, given.size())), parties))
        return Error{"cents_overflow"};
    const std::vector<UnitShares> rows = merged(given);
    if (!sums_fit(rows, units, parties)) return Error{"cents_overflow"};

    const std::vector<Sums> sums = replicate(rows, units, parties, resampling);
    const std::size_t groups = parties == 0 ? 0 : *std::max_element(group_of.begin(), group_of.end()) + 1;
    const auto count = static_cast<std::size_t>(resampling.replicates);
    const Sums zero{std::vector<std::int64_t>(count, 0), std::vector<std::int64_t>(count, 0)};
    std::vector<Sums> group_sums(groups, zero);
    Sums all = zero;
    Totals totals(parties, groups);
    for (const UnitShares& row : rows) totals.add(row, group_of[row.party]);
    for (std::size_t party = 0; party < parties; ++party) {
        add(group_sums[group_of[party]], sums[party]);
        add(all, sums[party]);
        judge(totals.parties()[party], sums[party], units, resampling.level_permille);
    }
    for (std::size_t group = 0; group < groups; ++group)
        judge(totals.groups()[group], group_sums[group], units, resampling.level_permille);
    judge(totals.together(), all, units, resampling.level_permille);
    return ModelComparison{resampling.replicates, std::move(totals.parties()), std::move(totals.groups()),
                           totals.together()};
}

}  // namespace bundel::insight
