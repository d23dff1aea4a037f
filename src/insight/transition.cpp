#include "insight/transition.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <set>

#include "base/assert.h"
#include "base/int128.h"
#include "insight/linear_programme.h"

namespace bundel::insight {
using base::Int128;

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr Limit all_limits[] = {Limit::loss, Limit::gain, Limit::floor};

bool wishes_it(const PartyWish& party, Limit limit) {
    switch (limit) {
        case Limit::loss: return party.loss.has_value();
        case Limit::gain: return party.gain.has_value();
        case Limit::floor: break;
    }
    return party.floor.has_value();
}

// Contract: 0 <= amount <= 10^13, factor and divisor up to about 10^8.
std::int64_t part_down(std::int64_t amount, std::int64_t factor, std::int64_t divisor) {
    const Int128 result = Int128{amount} * factor / divisor;
    return static_cast<std::int64_t>(std::min<Int128>(result, INT64_MAX / 4));
}
std::int64_t part_up(std::int64_t amount, std::int64_t factor, std::int64_t divisor) {
    const Int128 result = (Int128{amount} * factor + divisor - 1) / divisor;
    return static_cast<std::int64_t>(std::min<Int128>(result, INT64_MAX / 4));
}

// now * x(t) + before * x(t-1) >= least, all about one.
struct Scaled {
    double now = 1;
    double before = 0;
    double least = 0;
};

// The programme for one year of arrival. Columns: the amounts of the years between, then the slack of all
// limits at once. The amounts of today and of the target are known, and move to the right-hand side.
class Programme {
public:
    Programme(const TransitionWishes& wishes, int arrival)
        : wishes_(wishes),
          arrival_(arrival),
          parties_(wishes.parties.size()),
          unit_(static_cast<double>(std::max<std::int64_t>(
              1, std::max_element(wishes.totals.begin(), wishes.totals.end())->count()))) {
        for (std::size_t i = 0; i < between(); ++i) programme_.columns.push_back({0, 1, 0});
        programme_.columns.push_back({-1, 2, 1});
        for (int year = 1; year <= arrival; ++year) {
            for (std::size_t party = 0; party < parties_; ++party) add_limits(party, year);
        }
        for (int year = 1; year < arrival; ++year) add_total(year);
    }

    std::size_t between() const { return parties_ * static_cast<std::size_t>(arrival_ - 1); }
    std::size_t column(std::size_t party, int year) const {
        return static_cast<std::size_t>(year - 1) * parties_ + party;
    }
    double unit() const { return unit_; }

    // By how much the limits must give way, at the best; below zero is room to spare.
    std::optional<LinearSolution> least_slack() const { return solve(programme_); }
    double slack_in(const LinearSolution& solution) const { return solution.columns[between()]; }

    // Within the limits, the path with the smallest sum of gains: nobody goes up to come down again.
    std::optional<LinearSolution> steadiest(double slack) const {
        LinearProgramme steady = programme_;
        steady.columns[between()] = {slack, slack, 0};
        for (int year = 1; year <= arrival_; ++year) {
            for (std::size_t party = 0; party < parties_; ++party) {
                const std::size_t gain = steady.columns.size();
                steady.columns.push_back({0, 1, 1});
                LinearProgramme::Row row = limit_row({-1, 1, 0}, party, year);
                row.terms.emplace_back(gain, 1.0);
                steady.rows.push_back(std::move(row));
            }
        }
        return solve(steady);
    }

    // The prices of the limits, as whole numbers of times.
    Proof proof_in(const LinearSolution& solution) const {
        constexpr double scale = 1099511627776.0;  // 2^40: the products stay below 2^127
        Proof proof;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            ProofLine line = lines_[i];
            line.times = std::llround(std::clamp(solution.prices[i], 0.0, 1.0) * scale);
            if (line.times > 0) proof.push_back(line);
        }
        return proof;
    }

private:
    double scaled(Cents amount) const { return static_cast<double>(amount.count()) / unit_; }

    LinearProgramme::Row limit_row(const Scaled& limit, std::size_t party, int year) const {
        const PartyWish& wish = wishes_.parties[party];
        LinearProgramme::Row row;
        row.least = limit.least;
        if (year == arrival_)
            row.least -= limit.now * scaled(wish.target[static_cast<std::size_t>(year)]);
        else
            row.terms.emplace_back(column(party, year), limit.now);
        if (year == 1)
            row.least -= limit.before * scaled(wish.today);
        else if (limit.before != 0)
            row.terms.emplace_back(column(party, year - 1), limit.before);
        return row;
    }

    Scaled scaled_limit(const PartyWish& wish, Limit limit) const {
        const bool of_today = wishes_.base == LimitBase::today;
        const auto part = [](std::int64_t ppm) { return static_cast<double>(ppm) / million; };
        const auto of_all = [&](std::int64_t ppm) {
            return -scaled(Cents::of(part_down(wish.today.count(), ppm, million)));
        };
        if (limit == Limit::floor) return {1, 0, scaled(*wish.floor)};
        if (limit == Limit::loss)
            return of_today ? Scaled{1, -1, of_all(*wish.loss)} : Scaled{1, part(*wish.loss) - 1, 0};
        return of_today ? Scaled{-1, 1, of_all(*wish.gain)} : Scaled{-1, 1 + part(*wish.gain), 0};
    }

    void add_limits(std::size_t party, int year) {
        for (const Limit limit : all_limits) {
            if (!wishes_it(wishes_.parties[party], limit)) continue;
            auto row = limit_row(scaled_limit(wishes_.parties[party], limit), party, year);
            row.terms.emplace_back(between(), 1.0);
            programme_.rows.push_back(std::move(row));
            lines_.push_back({limit, party, year, 0});
        }
    }

    void add_total(int year) {
        LinearProgramme::Row row;
        for (std::size_t party = 0; party < parties_; ++party)
            row.terms.emplace_back(column(party, year), 1.0);
        row.least = scaled(wishes_.totals[static_cast<std::size_t>(year)]);
        row.equal = true;
        programme_.rows.push_back(std::move(row));
    }

    const TransitionWishes& wishes_;
    int arrival_;
    std::size_t parties_;
    double unit_;
    LinearProgramme programme_;
    std::vector<ProofLine> lines_;  // of the first rows of the programme
};

struct Window {
    std::int64_t low = 0;
    std::int64_t high = 0;
};

// The whole cents that a participant can have in one year, by what it had the year before or by what it must
// be able to have the year after.
class Cautious {
public:
    explicit Cautious(const TransitionWishes& wishes) : wishes_(wishes) {}

    Window after(const PartyWish& wish, std::int64_t before) const {
        Window window{0, INT64_MAX / 4};
        const std::int64_t today = wish.today.count();
        const bool of_today = wishes_.base == LimitBase::today;
        if (wish.loss)
            window.low = of_today ? before - part_down(today, *wish.loss, million)
                                  : part_up(before, million - *wish.loss, million);
        if (wish.gain)
            window.high = of_today ? before + part_down(today, *wish.gain, million)
                                   : part_down(before, million + *wish.gain, million);
        return window;
    }

    Window before(const PartyWish& wish, Window next, std::int64_t total) const {
        Window window{0, total};
        const std::int64_t today = wish.today.count();
        const bool of_today = wishes_.base == LimitBase::today;
        if (wish.floor) window.low = wish.floor->count();
        if (wish.loss && (of_today || *wish.loss < million))
            window.high =
                std::min(window.high, of_today ? next.high + part_down(today, *wish.loss, million)
                                               : part_down(next.high, million, million - *wish.loss));
        if (wish.gain)
            window.low = std::max(window.low, of_today ? next.low - part_down(today, *wish.gain, million)
                                                       : part_up(next.low, million, million + *wish.gain));
        return window;
    }

private:
    const TransitionWishes& wishes_;
};

// Near `wanted`, within the windows, adding up to `total`; what lacks goes a cent at a time to who is
// furthest from what was wanted. None: it does not come out.
std::optional<std::vector<Cents>> whole_year(const std::vector<double>& wanted,
                                             const std::vector<Window>& windows, std::int64_t total) {
    std::vector<std::int64_t> cents;
    Int128 lacking = total;
    for (std::size_t p = 0; p < wanted.size(); ++p) {
        if (windows[p].low > windows[p].high) return std::nullopt;
        cents.push_back(std::clamp(std::llround(wanted[p]), static_cast<long long>(windows[p].low),
                                   static_cast<long long>(windows[p].high)));
        lacking -= cents.back();
    }
    const int step = lacking < 0 ? -1 : 1;
    for (auto left = static_cast<std::size_t>(20 * wanted.size()); lacking != 0 && left > 0; --left) {
        std::optional<std::size_t> furthest;
        const auto short_of = [&](std::size_t p) {
            return step * (wanted[p] - static_cast<double>(cents[p]));
        };
        for (std::size_t p = 0; p < wanted.size(); ++p) {
            const std::int64_t next = cents[p] + step;
            if (next < windows[p].low || next > windows[p].high) continue;
            if (!furthest || short_of(p) > short_of(*furthest)) furthest = p;
        }
        if (!furthest) return std::nullopt;
        cents[*furthest] += step;
        lacking -= step;
    }
    if (lacking != 0) return std::nullopt;
    std::vector<Cents> year;
    for (const std::int64_t amount : cents) year.push_back(Cents::of(amount));
    return year;
}

// From the target back: what each participant may have in each year to get there.
std::vector<std::vector<Window>> windows_to(const TransitionWishes& wishes, int arrival) {
    const Cautious cautious(wishes);
    const auto last = static_cast<std::size_t>(arrival);
    std::vector<std::vector<Window>> windows(last + 1);
    for (const PartyWish& wish : wishes.parties) {
        const std::int64_t target = wish.target[last].count();
        windows[last].push_back({target, target});
    }
    for (std::size_t t = last - 1; t >= 1; --t) {
        for (std::size_t p = 0; p < wishes.parties.size(); ++p)
            windows[t].push_back(
                cautious.before(wishes.parties[p], windows[t + 1][p], wishes.totals[t].count()));
    }
    return windows;
}

// The solution in whole cents, year by year forward. None: it does not come out, or is not what was wished.
std::optional<TransitionPath> whole_path(const TransitionWishes& wishes, int arrival,
                                         const Programme& programme, const LinearSolution& solution) {
    const Cautious cautious(wishes);
    const auto last = static_cast<std::size_t>(arrival);
    const auto reachable = windows_to(wishes, arrival);
    TransitionPath path(1);
    for (const PartyWish& wish : wishes.parties) path[0].push_back(wish.today);
    for (std::size_t t = 1; t < last; ++t) {
        std::vector<double> wanted;
        std::vector<Window> windows;
        for (std::size_t p = 0; p < wishes.parties.size(); ++p) {
            wanted.push_back(solution.columns[programme.column(p, static_cast<int>(t))] * programme.unit());
            const Window next = cautious.after(wishes.parties[p], path[t - 1][p].count());
            windows.push_back(
                {std::max(next.low, reachable[t][p].low), std::min(next.high, reachable[t][p].high)});
        }
        auto year = whole_year(wanted, windows, wishes.totals[t].count());
        if (!year) return std::nullopt;
        path.push_back(std::move(*year));
    }
    path.emplace_back();
    for (const PartyWish& wish : wishes.parties) path[last].push_back(wish.target[last]);
    if (fault_in(wishes, path)) return std::nullopt;
    return path;
}

// At most one of the two, and then it passed its check.
struct Attempt {
    std::optional<TransitionPath> path;
    std::optional<Proof> proof;
};

Attempt arrive_in(const TransitionWishes& wishes, int arrival) {
    constexpr double clearly = 1e-7;  // of the total; nearer to zero both are tried
    const Programme programme(wishes, arrival);
    const auto slack = programme.least_slack();
    if (!slack) return {};
    const double missing = programme.slack_in(*slack);
    if (missing < clearly) {
        if (const auto steady = programme.steadiest(std::max(0.0, missing))) {
            if (auto path = whole_path(wishes, arrival, programme, *steady)) return {std::move(path), {}};
        }
        if (auto path = whole_path(wishes, arrival, programme, *slack)) return {std::move(path), {}};
    }
    Proof proof = programme.proof_in(*slack);
    if (proves(wishes, arrival, proof)) return {{}, std::move(proof)};
    return {};
}

// The smallest limit from `low` to `high` for which `attempt` gives a path. Contract: it gives one for
// `high`, which is `best`.
using AtLimit = std::function<Attempt(std::int64_t)>;
struct Smallest {
    std::int64_t limit = 0;
    TransitionPath path;
    std::int64_t possible = 0;  // below it there is none, not even in fractions of a cent
    Proof proof;                // that for possible - 1 there is none; of nothing when possible is `low`
};
Smallest smallest_limit(std::int64_t low, std::int64_t high, TransitionPath best, const AtLimit& attempt) {
    Smallest smallest{high, std::move(best), low, {}};
    const auto look = [&](std::int64_t limit) {
        Attempt got = attempt(limit);
        if (got.proof && limit >= smallest.possible) {
            smallest.possible = limit + 1;
            smallest.proof = std::move(*got.proof);
        }
        return got.path;
    };
    while (low < smallest.limit) {
        const std::int64_t middle = low + (smallest.limit - low) / 2;
        if (auto path = look(middle)) {
            smallest.limit = middle;
            smallest.path = std::move(*path);
        } else {
            low = middle + 1;
        }
    }
    // Between lie limits that only fractions of a cent could keep: proved to be too small are those below
    // them.
    for (std::int64_t open = smallest.limit; smallest.possible < open;) {
        const std::int64_t middle = smallest.possible + (open - smallest.possible) / 2;
        look(middle);
        if (smallest.possible <= middle) open = middle;
    }
    return smallest;
}

void spread_the_loss(const TransitionWishes& wishes, Transition& result) {
    const int arrival = static_cast<int>(result.path.size()) - 1;
    const std::int64_t first = std::min(million, largest_loss(wishes, result.path));
    auto smallest = smallest_limit(0, first, std::move(result.path), [&](std::int64_t limit) {
        return arrive_in(with_loss_at_most(wishes, limit), arrival);
    });
    result.path = std::move(smallest.path);
    result.largest_loss = largest_loss(wishes, result.path);
    result.least_possible_loss = smallest.possible;
    result.least_loss_proof = std::move(smallest.proof);
}

TransitionWishes without(TransitionWishes wishes, const Blocker& blocker) {
    PartyWish& party = wishes.parties[blocker.party];
    switch (blocker.limit) {
        case Limit::loss: party.loss.reset(); break;
        case Limit::gain: party.gain.reset(); break;
        case Limit::floor: party.floor.reset(); break;
    }
    return wishes;
}

bool uses(const Proof& proof, const Blocker& blocker) {
    return std::any_of(proof.begin(), proof.end(), [&](const ProofLine& line) {
        return line.limit == blocker.limit && line.party == blocker.party;
    });
}

std::set<Blocker> used_by(const std::vector<Proof>& proofs) {
    std::set<Blocker> used;
    for (const Proof& proof : proofs) {
        for (const ProofLine& line : proof) used.insert({line.limit, line.party});
    }
    return used;
}

TransitionWishes only(TransitionWishes wishes, const std::set<Blocker>& kept) {
    for (std::size_t party = 0; party < wishes.parties.size(); ++party) {
        for (const Limit limit : all_limits) {
            if (!kept.contains({limit, party})) wishes = without(std::move(wishes), {limit, party});
        }
    }
    return wishes;
}

// Whether the wishes block every year; `proofs` holds for somewhat more wishes and is made to hold for these.
// A path in any year: they do not. Neither: not known.
enum class Blocks : std::uint8_t { yes, no, unknown };
Blocks block_all(const TransitionWishes& wishes, const Blocker& dropped, std::vector<Proof>& proofs) {
    for (std::size_t i = 0; i < proofs.size(); ++i) {
        if (!uses(proofs[i], dropped)) continue;
        Attempt got = arrive_in(wishes, static_cast<int>(i) + 1);
        if (got.path) return Blocks::no;
        if (!got.proof) return Blocks::unknown;
        proofs[i] = std::move(*got.proof);
    }
    return Blocks::yes;
}

// One wish after the other is dropped; it stays dropped when the rest still blocks every year.
void find_blockers(const TransitionWishes& wishes, Transition& result) {
    std::set<Blocker> kept = used_by(result.proofs);
    result.minimal = true;
    for (const Blocker& candidate : std::set<Blocker>(kept)) {
        if (!kept.contains(candidate)) continue;
        std::set<Blocker> rest = kept;
        rest.erase(candidate);
        std::vector<Proof> proofs = result.proofs;
        const Blocks blocks = block_all(only(wishes, rest), candidate, proofs);
        if (blocks == Blocks::unknown) result.minimal = false;
        if (blocks != Blocks::yes) continue;
        result.proofs = std::move(proofs);
        kept = used_by(result.proofs);
    }
    result.blockers.assign(kept.begin(), kept.end());
}

TransitionWishes with_loss_at_least(TransitionWishes wishes, std::int64_t ppm) {
    for (PartyWish& party : wishes.parties) {
        if (party.loss) party.loss = std::max(*party.loss, ppm);
    }
    return wishes;
}

std::optional<std::int64_t> loss_that_would_do(const TransitionWishes& wishes) {
    const auto attempt = [&](std::int64_t limit) {
        return arrive_in(with_loss_at_least(wishes, limit), wishes.years());
    };
    Attempt any = attempt(million);
    if (!any.path) return std::nullopt;
    return smallest_limit(0, million, std::move(*any.path), attempt).limit;
}

void check_contract(const TransitionWishes& wishes) {
    BUNDEL_ASSERT(wishes.years() >= 1 && !wishes.parties.empty());
    constexpr std::int64_t most = 10'000'000'000'000;
    for (std::size_t year = 0; year < wishes.totals.size(); ++year) {
        BUNDEL_ASSERT(wishes.totals[year].count() <= most);
        Cents total;
        for (const PartyWish& party : wishes.parties) {
            BUNDEL_ASSERT(party.target.size() == wishes.totals.size());
            BUNDEL_ASSERT(!party.target[year].is_negative() && !party.today.is_negative());
            BUNDEL_ASSERT(!party.loss || (*party.loss >= 0 && *party.loss <= million));
            BUNDEL_ASSERT(!party.gain || (*party.gain >= 0 && *party.gain <= 100 * million));
            BUNDEL_ASSERT(!party.floor || (!party.floor->is_negative() && party.floor->count() <= most));
            total += year == 0 ? party.today : party.target[year];
        }
        BUNDEL_ASSERT(total == wishes.totals[year]);
    }
}

bool is_there_today(const TransitionWishes& wishes) {
    return std::all_of(wishes.parties.begin(), wishes.parties.end(),
                       [](const PartyWish& party) { return party.today == party.target[0]; });
}

}  // namespace

TransitionWishes with_loss_at_most(TransitionWishes wishes, std::int64_t ppm) {
    for (PartyWish& party : wishes.parties) party.loss = std::min(party.loss.value_or(ppm), ppm);
    return wishes;
}

std::int64_t largest_loss(const TransitionWishes& wishes, const TransitionPath& path) {
    Int128 largest = 0;
    for (std::size_t t = 1; t < path.size(); ++t) {
        for (std::size_t p = 0; p < path[t].size(); ++p) {
            const Int128 less = Int128{path[t - 1][p].count()} - path[t][p].count();
            if (less <= 0) continue;
            const bool of_today = wishes.base == LimitBase::today;
            const Int128 base = (of_today ? wishes.parties[p].today : path[t - 1][p]).count();
            largest = std::max<Int128>(largest, base == 0 ? million : (less * million + base - 1) / base);
        }
    }
    return static_cast<std::int64_t>(largest);
}

Transition find_transition(const TransitionWishes& wishes) {
    check_contract(wishes);
    Transition result;
    result.soonest = true;
    if (is_there_today(wishes)) {
        result.outcome = TransitionOutcome::found;
        result.path.emplace_back();
        for (const PartyWish& party : wishes.parties) result.path[0].push_back(party.today);
        return result;
    }
    for (int arrival = 1; arrival <= wishes.years(); ++arrival) {
        Attempt got = arrive_in(wishes, arrival);
        if (got.path) {
            result.outcome = TransitionOutcome::found;
            result.path = std::move(*got.path);
            spread_the_loss(wishes, result);
            return result;
        }
        result.soonest = result.soonest && got.proof.has_value();
        result.proofs.push_back(got.proof.value_or(Proof{}));
    }
    if (!result.soonest) return result;
    result.outcome = TransitionOutcome::none;
    result.soonest = false;
    find_blockers(wishes, result);
    result.loss_that_would_do = loss_that_would_do(wishes);
    return result;
}

}  // namespace bundel::insight
