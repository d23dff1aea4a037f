#include "insight/transition_check.h"

#include <algorithm>

#include "base/int128.h"

namespace bundel::insight {
using base::Int128;

namespace {

constexpr std::int64_t million = 1'000'000;

// now * x(t) + before * x(t-1) >= least
struct Row {
    std::int64_t now = 0;
    std::int64_t before = 0;
    Int128 least = 0;
};

std::optional<Row> row_of(const TransitionWishes& wishes, Limit limit, const PartyWish& party) {
    const bool of_today = wishes.base == LimitBase::today;
    const auto of_all = [&](std::int64_t ppm) {
        return -million * (ppm * Int128{party.today.count()} / million);
    };
    if (limit == Limit::loss && party.loss)
        return of_today ? Row{million, -million, of_all(*party.loss)}
                        : Row{million, *party.loss - million, 0};
    if (limit == Limit::gain && party.gain)
        return of_today ? Row{-million, million, of_all(*party.gain)}
                        : Row{-million, million + *party.gain, 0};
    if (limit == Limit::floor && party.floor) return Row{million, 0, Int128{million} * party.floor->count()};
    return std::nullopt;
}

bool keeps(const std::optional<Row>& row, Cents before, Cents now) {
    return !row || Int128{row->now} * now.count() + Int128{row->before} * before.count() >= row->least;
}

bool add_product(Int128& sum, Int128 one, Int128 other) {
    Int128 product = 0;
    return !__builtin_mul_overflow(one, other, &product) && !__builtin_add_overflow(sum, product, &sum);
}

}  // namespace

std::optional<PathFault> fault_in(const TransitionWishes& wishes, const TransitionPath& path) {
    const std::size_t count = wishes.parties.size();
    if (path.empty() || path.size() > wishes.totals.size()) return PathFault::shape;
    for (std::size_t t = 0; t < path.size(); ++t) {
        if (path[t].size() != count) return PathFault::shape;
        Int128 total = 0;
        for (std::size_t p = 0; p < count; ++p) {
            const PartyWish& party = wishes.parties[p];
            if (path[t][p].is_negative()) return PathFault::negative;
            total += path[t][p].count();
            if (t == 0 && path[t][p] != party.today) return PathFault::not_today;
            if (t + 1 == path.size() && path[t][p] != party.target[t]) return PathFault::not_target;
            if (t == 0) continue;
            const auto keeps_limit = [&](Limit limit) {
                return keeps(row_of(wishes, limit, party), path[t - 1][p], path[t][p]);
            };
            if (!keeps_limit(Limit::loss)) return PathFault::loss;
            if (!keeps_limit(Limit::gain)) return PathFault::gain;
            if (!keeps_limit(Limit::floor)) return PathFault::floor;
        }
        if (total != wishes.totals[t].count()) return PathFault::total;
    }
    return std::nullopt;
}

bool proves(const TransitionWishes& wishes, int arrival, const Proof& proof) {
    if (arrival < 1 || arrival > wishes.years()) return false;
    const auto last = static_cast<std::size_t>(arrival);
    const std::size_t count = wishes.parties.size();
    Int128 least = 0;  // what the sum of the lines is at least
    std::vector<std::vector<Int128>> sums(last + 1, std::vector<Int128>(count, 0));
    for (const ProofLine& line : proof) {
        if (line.times <= 0 || line.party >= count || line.year < 1 || line.year > arrival) return false;
        const auto row = row_of(wishes, line.limit, wishes.parties[line.party]);
        if (!row) return false;
        const auto year = static_cast<std::size_t>(line.year);
        if (!add_product(least, line.times, row->least)) return false;
        if (!add_product(sums[year][line.party], line.times, row->now)) return false;
        if (!add_product(sums[year - 1][line.party], line.times, row->before)) return false;
    }
    Int128 most =
        0;  // what it can be: today and at the target as given, between all with the one that counts most
    for (std::size_t p = 0; p < count; ++p) {
        if (!add_product(most, sums[0][p], wishes.parties[p].today.count())) return false;
        if (!add_product(most, sums[last][p], wishes.parties[p].target[last].count())) return false;
    }
    for (std::size_t t = 1; t < last; ++t) {
        const Int128 largest = count == 0 ? 0 : *std::max_element(sums[t].begin(), sums[t].end());
        if (!add_product(most, largest, wishes.totals[t].count())) return false;
    }
    return most < least;
}

}  // namespace bundel::insight
