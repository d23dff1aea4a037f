#include "insight/transition.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

#include "insight/chance.h"
#include "support/property.h"

namespace bundel::insight {
namespace {

using Outcome = TransitionOutcome;
constexpr std::int64_t percent = 10'000;  // ppm

std::vector<Cents> cents(const std::vector<std::int64_t>& amounts) {
    std::vector<Cents> result;
    for (const std::int64_t amount : amounts) result.push_back(Cents::of(amount));
    return result;
}

// The same total and target in every year.
TransitionWishes wishes_of(const std::vector<std::int64_t>& today, const std::vector<std::int64_t>& target,
                           std::size_t years, std::optional<std::int64_t> loss) {
    TransitionWishes wishes;
    const auto total = std::accumulate(today.begin(), today.end(), std::int64_t{0});
    wishes.totals.assign(years + 1, Cents::of(total));
    for (std::size_t p = 0; p < today.size(); ++p)
        wishes.parties.push_back({"d" + std::to_string(p),
                                  Cents::of(today[p]),
                                  std::vector<Cents>(years + 1, Cents::of(target[p])),
                                  loss,
                                  {},
                                  {}});
    return wishes;
}

// Everything that an answer claims, checked again.
void expect_sound(const TransitionWishes& wishes, const Transition& got) {
    if (got.outcome == Outcome::found) {
        ASSERT_EQ(fault_in(wishes, got.path), std::nullopt);
        EXPECT_EQ(got.largest_loss, largest_loss(wishes, got.path));
        EXPECT_LE(got.least_possible_loss, got.largest_loss);
        if (got.least_possible_loss > 0) {
            EXPECT_TRUE(proves(with_loss_at_most(wishes, got.least_possible_loss - 1),
                               static_cast<int>(got.path.size()) - 1, got.least_loss_proof));
        }
        for (std::size_t i = 0; got.soonest && i < got.proofs.size(); ++i)
            EXPECT_TRUE(proves(wishes, static_cast<int>(i) + 1, got.proofs[i]));
    }
    if (got.outcome == Outcome::none) {
        ASSERT_EQ(got.proofs.size(), static_cast<std::size_t>(wishes.years()));
        std::set<Blocker> used;
        for (std::size_t i = 0; i < got.proofs.size(); ++i) {
            EXPECT_TRUE(proves(wishes, static_cast<int>(i) + 1, got.proofs[i]));
            for (const ProofLine& line : got.proofs[i]) used.insert({line.limit, line.party});
        }
        EXPECT_EQ(std::vector<Blocker>(used.begin(), used.end()), got.blockers);
    }
}

TEST(Transition, ByHand) {
    struct Row {
        const char* name;
        TransitionWishes wishes;
        Outcome outcome;
        std::size_t years;          // found
        std::int64_t largest_loss;  // found
    };
    auto growing = wishes_of({500'00, 500'00}, {450'00, 550'00}, 3, 5 * percent);
    growing.totals = cents({1000'00, 1100'00, 1210'00, 1331'00});
    growing.parties[0].target = cents({450'00, 495'00, 544'50, 598'95});
    growing.parties[1].target = cents({550'00, 605'00, 665'50, 732'05});
    auto of_today = wishes_of({1000'00, 1000'00}, {800'00, 1200'00}, 3, 10 * percent);
    of_today.base = LimitBase::today;
    const Row rows[] = {
        {"there already", wishes_of({1, 2}, {1, 2}, 1, 0), Outcome::found, 0, 0},
        {"no wishes: at once", wishes_of({1000'00, 1000'00}, {0, 2000'00}, 3, {}), Outcome::found, 1,
         1'000'000},
        {"exactly the limit, in one year", wishes_of({1000'00, 1000'00}, {900'00, 1100'00}, 3, 10 * percent),
         Outcome::found, 1, 10 * percent},
        {"one cent more: two years", wishes_of({1000'00, 1000'00}, {899'99, 1100'01}, 3, 10 * percent),
         Outcome::found, 2, 51'324},  // 1 - sqrt(0.89999) = 5.1322 %; 948.68 is the best whole cent
        {"exactly 10 % twice", wishes_of({1000'00, 1000'00}, {810'00, 1190'00}, 3, 10 * percent),
         Outcome::found, 2, 10 * percent},
        {"of today: 10 % twice", of_today, Outcome::found, 2, 10 * percent},
        {"the pot grows: nobody loses", growing, Outcome::found, 1, percent},
        {"cannot be done in three years", wishes_of({1000'00, 1000'00}, {728'99, 1271'01}, 3, 10 * percent),
         Outcome::none, 0, 0},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Transition got = find_transition(row.wishes);
        ASSERT_EQ(got.outcome, row.outcome);
        expect_sound(row.wishes, got);
        if (row.outcome == Outcome::none) continue;
        EXPECT_EQ(got.path.size(), row.years + 1);
        EXPECT_EQ(got.largest_loss, row.largest_loss);
        EXPECT_TRUE(got.soonest);
        EXPECT_GE(got.least_possible_loss, got.largest_loss - 2);  // whole cents of 1000.00
    }
}

TEST(Transition, TheWishThatBlocksIsNamed) {
    struct Row {
        const char* name;
        TransitionWishes wishes;
        std::vector<Blocker> blockers;
        std::optional<std::int64_t> would_do;
    };
    const auto loss_blocks = wishes_of({1000'00, 1000'00}, {500'00, 1500'00}, 2, 10 * percent);
    auto gain_blocks = wishes_of({1000'00, 500'00, 500'00}, {700'00, 800'00, 500'00}, 3, {});
    gain_blocks.parties[1].gain = 10 * percent;
    gain_blocks.parties[2].gain = 10 * percent;
    auto floor_blocks = wishes_of({1000'00, 1000'00}, {900'00, 1100'00}, 2, 20 * percent);
    floor_blocks.parties[0].floor = Cents::of(950'00);
    floor_blocks.parties[1].floor = Cents::of(900'00);
    // 500 less 11 % is 445, and 460: more than the pot has from the first year on.
    auto together = wishes_of({500'00, 500'00}, {500'00, 500'00}, 2, {});
    together.totals = cents({1000'00, 900'00, 900'00});
    together.parties[0].target = cents({400'00, 400'00, 400'00});
    together.parties[1].target = cents({500'00, 500'00, 500'00});
    together.parties[0].loss = 11 * percent;
    together.parties[1].floor = Cents::of(460'00);
    const Row rows[] = {
        {"a loss",
         loss_blocks,
         {{Limit::loss, 0}},
         292'897},  // 1 - sqrt(1/2) = 29.2893 %; 707.11 is the best whole cent
        {"a gain", gain_blocks, {{Limit::gain, 1}}, std::nullopt},
        {"a floor above the target", floor_blocks, {{Limit::floor, 0}}, std::nullopt},
        {"two together", together, {{Limit::loss, 0}, {Limit::floor, 1}}, 12 * percent},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const Transition got = find_transition(row.wishes);
        ASSERT_EQ(got.outcome, Outcome::none);
        expect_sound(row.wishes, got);
        EXPECT_EQ(got.blockers, row.blockers);
        EXPECT_TRUE(got.minimal);
        EXPECT_EQ(got.loss_that_would_do, row.would_do);
    }
}

std::int64_t some(Chance& chance, std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(chance.below(static_cast<std::size_t>(most - least + 1)));
}

// Walks from today, each year within its limits, so that a path is there; where it ends is the target.
TransitionWishes walked(Chance& chance, std::size_t steps, std::size_t years) {
    const std::size_t count = 2 + chance.below(6);
    std::vector<std::int64_t> today;
    for (std::size_t p = 0; p < count; ++p) today.push_back(some(chance, 10'000'00, 90'000'00));
    TransitionWishes wishes = wishes_of(today, today, years, {});
    wishes.base = chance.below(2) == 0 ? LimitBase::today : LimitBase::previous_year;
    for (PartyWish& wish : wishes.parties) {
        if (chance.below(4) > 0) wish.loss = some(chance, 1, 15) * percent;
        if (chance.below(4) == 0) wish.gain = some(chance, 1, 15) * percent;
    }
    std::vector<std::int64_t> now = today;
    std::vector<std::int64_t> least = today;
    for (std::size_t step = 0; step < steps; ++step) {
        const std::vector<std::int64_t> before = now;
        for (int tries = 0; tries < 20; ++tries) {
            const std::size_t from = chance.below(count);
            const std::size_t to = chance.below(count);
            if (from == to) continue;
            const auto base = [&](std::size_t p) {
                return wishes.base == LimitBase::today ? today[p] : before[p];
            };
            const auto part = [&](std::size_t p, std::int64_t ppm) { return base(p) * ppm / 1'000'000; };
            std::int64_t room = now[from] - 1;
            if (const auto loss = wishes.parties[from].loss)
                room = std::min(room, part(from, *loss) - (before[from] - now[from]));
            if (const auto gain = wishes.parties[to].gain)
                room = std::min(room, part(to, *gain) - (now[to] - before[to]));
            if (room <= 0) continue;
            const std::int64_t moved = chance.below(3) == 0 ? room : some(chance, 0, room);
            now[from] -= moved;
            now[to] += moved;
        }
        for (std::size_t p = 0; p < count; ++p) least[p] = std::min(least[p], now[p]);
    }
    for (std::size_t p = 0; p < count; ++p) {
        wishes.parties[p].target.assign(years + 1, Cents::of(now[p]));
        if (chance.below(3) == 0) wishes.parties[p].floor = Cents::of(least[p]);
    }
    return wishes;
}

// Each case is a row of linear programmes: beyond this many the night would be nothing else.
constexpr int most_cases = 2000;

// Where a wish leaves no cent of room the path in fractions may not be one in cents: then it is unknown, and
// never "none". That is rare.
TEST(TransitionLaw, APathThatIsThereIsFound) {
    int asked = 0;
    int unknown = 0;
    testing::expect_law("feasible", [&](std::uint64_t seed) {
        if (++asked > most_cases) return;
        Chance chance(seed);
        const std::size_t steps = 1 + chance.below(4);
        const TransitionWishes wishes = walked(chance, steps, steps + chance.below(2));
        const Transition got = find_transition(wishes);
        RC_ASSERT(got.outcome != Outcome::none);
        unknown += got.outcome == Outcome::unknown ? 1 : 0;
        if (got.outcome == Outcome::unknown) return;
        RC_ASSERT(got.path.size() <= steps + 1);
        RC_ASSERT(!fault_in(wishes, got.path));
        expect_sound(wishes, got);
    });
    EXPECT_LE(unknown, std::min(asked, most_cases) / 500);
}

// As before, but one participant has to fall by a cent more than it may in so many years.
TEST(TransitionLaw, WhatCannotBeIsProved) {
    int asked = 0;
    testing::expect_law("infeasible", [&](std::uint64_t seed) {
        if (++asked > most_cases) return;
        Chance chance(seed);
        const std::size_t years = 1 + chance.below(4);
        TransitionWishes wishes = walked(chance, years, years);
        const std::size_t faller = chance.below(wishes.parties.size());
        const std::size_t taker = (faller + 1) % wishes.parties.size();
        PartyWish& wish = wishes.parties[faller];
        wish.loss = some(chance, 1, 15) * percent;
        wish.floor.reset();
        base::Int128 times = 1;
        base::Int128 lowest = wish.today.count();
        for (std::size_t t = 0; t < years; ++t) {
            lowest = wishes.base == LimitBase::today
                         ? lowest - base::Int128{wish.today.count()} * *wish.loss / 1'000'000
                         : lowest * (1'000'000 - *wish.loss);
            if (wishes.base == LimitBase::previous_year) times *= 1'000'000;
        }
        const auto target =
            std::max<std::int64_t>(0, static_cast<std::int64_t>((lowest + times - 1) / times) - 1);
        if (wishes.base == LimitBase::previous_year) RC_PRE(base::Int128{target} * times < lowest);
        const std::int64_t moved = wish.target[0].count() - target;
        RC_PRE(moved > 0);
        wish.target.assign(years + 1, Cents::of(target));
        PartyWish& other = wishes.parties[taker];
        other.target.assign(years + 1, other.target[0] + Cents::of(moved));
        const Transition got = find_transition(wishes);
        RC_ASSERT(got.outcome == Outcome::none);
        RC_ASSERT(got.minimal);
        expect_sound(wishes, got);
    });
}

// Of at most 14 cents in three hands every path in whole cents can be tried. What is found or said not to be
// must agree; where only a fraction of a cent would do, it may be unknown.
TEST(TransitionLaw, AgreesWithTryingEverything) {
    int unknown = 0;
    int asked = 0;
    testing::expect_law("brute force", [&](std::uint64_t seed) {
        if (asked == most_cases) return;
        Chance chance(seed);
        const std::int64_t total = some(chance, 3, 14);
        const auto division = [&] {
            const std::int64_t one = some(chance, 0, total);
            const std::int64_t two = some(chance, 0, total - one);
            return std::vector<std::int64_t>{one, two, total - one - two};
        };
        TransitionWishes wishes = wishes_of(division(), division(), 1 + chance.below(3), {});
        wishes.base = chance.below(2) == 0 ? LimitBase::today : LimitBase::previous_year;
        for (PartyWish& wish : wishes.parties) {
            if (chance.below(2) == 0) wish.loss = some(chance, 0, 10) * 10 * percent;
            if (chance.below(3) == 0) wish.gain = some(chance, 0, 10) * 20 * percent;
            if (chance.below(4) == 0) wish.floor = Cents::of(some(chance, 0, 3));
        }
        std::optional<std::size_t> soonest;
        const auto try_all = [&](auto&& self, TransitionPath& path, std::size_t arrival) -> bool {
            if (path.size() == arrival) {
                path.emplace_back();
                for (const PartyWish& wish : wishes.parties) path.back().push_back(wish.target[arrival]);
                const bool good = !fault_in(wishes, path);
                path.pop_back();
                return good;
            }
            for (std::int64_t one = 0; one <= total; ++one) {
                for (std::int64_t two = 0; one + two <= total; ++two) {
                    path.push_back(cents({one, two, total - one - two}));
                    const bool good = self(self, path, arrival);
                    path.pop_back();
                    if (good) return true;
                }
            }
            return false;
        };
        for (std::size_t arrival = 1; arrival < wishes.totals.size() && !soonest; ++arrival) {
            TransitionPath path(1);
            for (const PartyWish& wish : wishes.parties) path[0].push_back(wish.today);
            if (try_all(try_all, path, arrival)) soonest = arrival;
        }
        const Transition got = find_transition(wishes);
        ++asked;
        unknown += got.outcome == Outcome::unknown ? 1 : 0;
        expect_sound(wishes, got);
        if (got.outcome == Outcome::none) RC_ASSERT(!soonest);
        if (got.outcome == Outcome::found && got.path.size() > 1) {
            RC_ASSERT(soonest);
            RC_ASSERT(!got.soonest || *soonest + 1 == got.path.size());
        }
    });
    EXPECT_LT(unknown, asked / 10) << unknown << " of " << asked;
}

TEST(TransitionCheck, ATamperedPathIsRefused) {
    const auto wishes = [] {
        auto made = wishes_of({1000'00, 1000'00, 500'00}, {810'00, 1190'00, 500'00}, 2, 10 * percent);
        made.parties[1].gain = 10 * percent;
        made.parties[2].floor = Cents::of(500'00);
        return made;
    }();
    const TransitionPath good{cents({1000'00, 1000'00, 500'00}), cents({900'00, 1100'00, 500'00}),
                              cents({810'00, 1190'00, 500'00})};
    struct Row {
        const char* name;
        TransitionPath path;
        std::optional<PathFault> fault;
    };
    const auto with = [&](std::size_t year, const std::vector<std::int64_t>& amounts) {
        TransitionPath path = good;
        path[year] = cents(amounts);
        return path;
    };
    const Row rows[] = {
        {"as it should be", good, std::nullopt},
        {"no years", {}, PathFault::shape},
        {"too many years", {good[0], good[1], good[1], good[2]}, PathFault::shape},
        {"somebody is missing", with(1, {900'00, 1600'00}), PathFault::shape},
        {"another today", with(0, {1000'01, 999'99, 500'00}), PathFault::not_today},
        {"another target", with(2, {810'01, 1189'99, 500'00}), PathFault::not_target},
        {"below zero", with(1, {-1, 2000'01, 500'00}), PathFault::negative},
        {"a cent lost by too much", with(1, {899'99, 1100'00, 500'01}), PathFault::loss},
        {"a cent won by too much", with(1, {900'00, 1100'01, 499'99}), PathFault::gain},
        {"a cent below the floor", with(1, {900'01, 1100'00, 499'99}), PathFault::floor},
        {"a cent appears", with(1, {900'00, 1100'00, 500'01}), PathFault::total},
        {"ends too early", {good[0], good[1]}, PathFault::not_target},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(fault_in(wishes, row.path), row.fault);
    }
    auto of_today = wishes;
    of_today.base = LimitBase::today;
    EXPECT_EQ(fault_in(of_today, {good[0], good[2]}), PathFault::loss);
    EXPECT_EQ(fault_in(of_today, good), std::nullopt);
}

// 1000.00 may fall by 10 % a year and has to be 728.99 in three: 0.9^3 * 1000 = 729.
TEST(TransitionCheck, ATamperedProofIsRefused) {
    const auto wishes = wishes_of({1000'00, 1000'00}, {728'99, 1271'01}, 3, 10 * percent);
    const Proof good{{Limit::loss, 0, 1, 81}, {Limit::loss, 0, 2, 90}, {Limit::loss, 0, 3, 100}};
    EXPECT_TRUE(proves(wishes, 3, good));
    Proof twice = good;
    for (ProofLine& line : twice) line.times *= 2;
    EXPECT_TRUE(proves(wishes, 3, twice));
    EXPECT_FALSE(proves(wishes, 2, good)) << "of another year";
    EXPECT_FALSE(proves(wishes, 4, good)) << "of a year that was not asked about";
    EXPECT_FALSE(proves(wishes, 3, {})) << "nothing proves nothing";
    auto at_the_border = wishes;
    at_the_border.parties[0].target.assign(4, Cents::of(729'00));
    at_the_border.parties[1].target.assign(4, Cents::of(1271'00));
    EXPECT_FALSE(proves(at_the_border, 3, good)) << "it can be done, to the cent";
    for (std::size_t i = 0; i < good.size(); ++i) {
        const auto refused = [&](const char* what, auto change) {
            Proof proof = good;
            change(proof[i]);
            EXPECT_FALSE(proves(wishes, 3, proof)) << what << " in line " << i;
        };
        refused("fewer times", [](ProofLine& line) { line.times -= 1; });
        refused("more times", [](ProofLine& line) { line.times += 1; });
        refused("no times", [](ProofLine& line) { line.times = 0; });
        refused("against the limit", [](ProofLine& line) { line.times = -line.times; });
        refused("too many to add up", [](ProofLine& line) { line.times = INT64_MAX; });
        refused("of another participant", [](ProofLine& line) { line.party = 1; });
        refused("of nobody", [](ProofLine& line) { line.party = 2; });
        refused("of today", [](ProofLine& line) { line.year = 0; });
        refused("of a year after", [](ProofLine& line) { line.year = 4; });
        refused("a limit nobody wished", [](ProofLine& line) { line.limit = Limit::gain; });
        Proof shorter = good;
        shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_FALSE(proves(wishes, 3, shorter)) << "without line " << i;
    }
}

}  // namespace
}  // namespace bundel::insight
