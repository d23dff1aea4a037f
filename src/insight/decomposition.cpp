#include "insight/decomposition.h"

#include <algorithm>
#include <bit>
#include <set>
#include <tuple>

namespace bundel::insight {
using base::Done;
using base::Error;
using base::Result;

namespace {

using Factors = std::array<Exact, factor_count>;
using Cell = std::tuple<std::string, std::string>;                          // kind, item
using Lane = std::tuple<std::string, std::string, CareRoute>;               // and route
using Leaf = std::tuple<std::string, std::string, CareRoute, std::string>;  // and participant

Cell cell_of(const Leaf& leaf) {
    return {std::get<0>(leaf), std::get<1>(leaf)};
}
Lane lane_of(const Leaf& leaf) {
    return {std::get<0>(leaf), std::get<1>(leaf), std::get<2>(leaf)};
}
const std::string& participant_of(const Leaf& leaf) {
    return std::get<3>(leaf);
}

struct Amount {
    std::int64_t units = 0;
    Exact entitlement;
};

// A book summed up at every depth that an ingredient is a share of.
struct Summed {
    std::int64_t cases = 0;
    std::map<Cell, std::int64_t> cells;
    std::map<Lane, std::int64_t> lanes;
    std::map<Leaf, Amount> leaves;
    std::map<std::string, Cents> booked;  // by participant
};

bool add_to(std::int64_t& sum, std::int64_t more) {
    return !__builtin_add_overflow(sum, more, &sum);
}

template <class Key>
std::int64_t units_in(const std::map<Key, std::int64_t>& sums, const Key& key) {
    const auto found = sums.find(key);
    return found == sums.end() ? 0 : found->second;
}

Result<Summed> with_shares(Summed book) {
    for (auto leaf = book.leaves.begin(); leaf != book.leaves.end();) {
        const auto& [key, amount] = *leaf;
        const bool empty = amount.units == 0 && amount.entitlement.sign() == 0;
        if (empty) {
            leaf = book.leaves.erase(leaf);
            continue;
        }
        if (amount.units <= 0)
            return Error{"decomposition_units",
                         {{"item", std::get<1>(key)}, {"participant", participant_of(key)}}};
        if (book.cases <= 0) return Error{"decomposition_cases"};
        if (!add_to(book.cells[cell_of(key)], amount.units)) return Error{"cents_overflow"};
        if (!add_to(book.lanes[lane_of(key)], amount.units)) return Error{"cents_overflow"};
        ++leaf;
    }
    return book;
}

Result<Summed> summed(const ValuedBook& book) {
    Summed result;
    result.cases = book.cases;
    std::map<Leaf, std::vector<Exact>> entitlements;
    for (const ValuedRow& row : book.rows) {
        const Leaf leaf{row.kind, row.item, row.route, row.participant};
        if (!add_to(result.leaves[leaf].units, row.units)) return Error{"cents_overflow"};
        entitlements[leaf].push_back(row.entitlement);
        BUNDEL_TRY(booked, values::add(result.booked[row.participant], row.cents));
        result.booked[row.participant] = booked;
    }
    for (auto& [leaf, terms] : entitlements) result.leaves[leaf].entitlement = sum(std::move(terms));
    return with_shares(std::move(result));
}

// The ingredients of a leaf in one book; those that it does not have are left to `other`.
using Known = std::array<std::optional<Exact>, factor_count>;
Known ingredients(const Summed& book, const Leaf& leaf) {
    const auto index = [](Factor factor) { return static_cast<std::size_t>(factor); };
    const std::int64_t in_cell = units_in(book.cells, cell_of(leaf));
    const std::int64_t in_lane = units_in(book.lanes, lane_of(leaf));
    const auto found = book.leaves.find(leaf);
    const std::int64_t units = found == book.leaves.end() ? 0 : found->second.units;
    Known known;
    known[index(Factor::volume)] = Exact::of(book.cases);
    if (book.cases > 0) known[index(Factor::mix)] = Exact::of(in_cell, book.cases);
    if (in_cell > 0) known[index(Factor::breaks)] = Exact::of(in_lane, in_cell);
    if (in_lane > 0) known[index(Factor::task_shift)] = Exact::of(units, in_lane);
    if (units > 0) known[index(Factor::price)] = found->second.entitlement / Exact::of(units);
    return known;
}

Factors completed(const Known& own, const Known& other) {
    Factors result;
    for (std::size_t i = 0; i < factor_count; ++i) {
        BUNDEL_ASSERT(own[i] || other[i]);
        result[i] = own[i] ? *own[i] : *other[i];
    }
    return result;
}

// Of each participant the terms of its leaves, still to be summed.
using Gathered = std::array<std::vector<Exact>, factor_count>;

std::map<std::string, Gathered> gathered(const Summed& a, const Summed& b) {
    std::set<Leaf> leaves;
    for (const auto& [leaf, amount] : a.leaves) leaves.insert(leaf);
    for (const auto& [leaf, amount] : b.leaves) leaves.insert(leaf);
    std::map<std::string, Gathered> result;
    for (const Leaf& leaf : leaves) {
        const Known in_a = ingredients(a, leaf);
        const Known in_b = ingredients(b, leaf);
        const Factors terms = shapley(completed(in_a, in_b), completed(in_b, in_a));
        for (std::size_t i = 0; i < factor_count; ++i) {
            if (terms[i].sign() != 0) result[participant_of(leaf)][i].push_back(terms[i]);
        }
    }
    return result;
}

// Half away from zero, so that the opposite rounds to the opposite.
std::optional<std::int64_t> nearest(const Exact& exact) {
    return (exact + Exact::of(exact.sign(), 2)).whole();
}

// Each towards zero; what then lacks goes a cent at a time to the largest remainders of its sign. Never to
// one without remainder: the remainders of that sign add up to more than what lacks less a half, and each is
// below one, so there are as many of them as cents lack.
Result<Terms> rounded(const Factors& exact, Cents booked) {
    Exact whole_difference;
    std::array<Exact, factor_count> remainders;
    std::array<std::int64_t, factor_count> cents{};
    for (std::size_t i = 0; i < factor_count; ++i) {
        const auto whole = exact[i].whole();
        if (!whole) return Error{"cents_overflow"};
        cents[i] = *whole;
        remainders[i] = exact[i] - Exact::of(*whole);
        whole_difference += remainders[i];
    }
    const auto lacking = nearest(whole_difference);
    BUNDEL_ASSERT(lacking && *lacking >= -5 && *lacking <= 5);
    const int sign = *lacking < 0 ? -1 : 1;
    std::array<std::size_t, factor_count> order{0, 1, 2, 3, 4};
    std::stable_sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
        return Exact::of(sign) * remainders[one] > Exact::of(sign) * remainders[other];
    });
    for (std::size_t i = 0; i < static_cast<std::size_t>(sign * *lacking); ++i) {
        BUNDEL_ASSERT(remainders[order[i]].sign() == sign);
        cents[order[i]] += sign;
    }
    Terms terms;
    Cents explained;
    for (std::size_t i = 0; i < factor_count; ++i) {
        terms.factors[i] = Cents::of(cents[i]);
        BUNDEL_TRY(more, values::add(explained, terms.factors[i]));
        explained = more;
    }
    BUNDEL_TRY(rounding, values::add(booked, -explained));
    terms.rounding = rounding;
    return terms;
}

Cents booked_in(const Summed& book, const std::string& participant) {
    const auto found = book.booked.find(participant);
    return found == book.booked.end() ? Cents() : found->second;
}

Result<Done> add(Terms& to, const Terms& from) {
    for (std::size_t i = 0; i < factor_count; ++i) {
        BUNDEL_TRY(more, values::add(to.factors[i], from.factors[i]));
        to.factors[i] = more;
    }
    BUNDEL_TRY(rounding, values::add(to.rounding, from.rounding));
    to.rounding = rounding;
    return Done{};
}

}  // namespace

Cents Terms::total() const {
    Cents sum = rounding;
    for (const Cents factor : factors) sum += factor;
    return sum;
}

// Over the 32 mixtures of a and b: of the 120 orders, |S|! (4 - |S|)! change exactly S before the factor. All
// times what makes it whole, because sums of whole numbers are quick.
Factors shapley(const Factors& a, const Factors& b) {
    constexpr std::size_t mixtures = 1U << factor_count;
    static constexpr std::array<std::int64_t, factor_count> orders{24, 6, 4, 6, 24};
    std::array<Exact, mixtures> product;
    product[0] = Exact::of(1);
    Exact times = Exact::of(120);
    for (std::size_t i = 0; i < factor_count; ++i) {
        const Exact whole = a[i].denominator() * b[i].denominator();
        const Exact in_a = a[i] * whole;
        const Exact in_b = b[i] * whole;
        const std::size_t known = std::size_t{1} << i;
        for (std::size_t set = 0; set < known; ++set) {
            product[set + known] = product[set] * in_b;
            product[set] = product[set] * in_a;
        }
        times = times * whole;
    }
    Factors result;
    for (std::size_t i = 0; i < factor_count; ++i) {
        const std::size_t own = std::size_t{1} << i;
        if (a[i] == b[i]) continue;
        std::array<Exact, factor_count> by_size;
        for (std::size_t set = 0; set < mixtures; ++set) {
            if ((set & own) != 0) continue;
            Exact& sum = by_size[static_cast<std::size_t>(std::popcount(set))];
            sum += product[set | own];
            sum -= product[set];
        }
        for (std::size_t size = 0; size < factor_count; ++size)
            result[i] += by_size[size] * Exact::of(orders[size]);
        result[i] = result[i] / times;
    }
    return result;
}

Result<Decomposition> decompose(const ValuedBook& a, const ValuedBook& b) {
    BUNDEL_ASSERT(a.cases >= 0 && b.cases >= 0);
    BUNDEL_TRY(in_a, summed(a));
    BUNDEL_TRY(in_b, summed(b));
    auto terms = gathered(in_a, in_b);
    for (const auto& [participant, cents] : in_a.booked) terms.try_emplace(participant);
    for (const auto& [participant, cents] : in_b.booked) terms.try_emplace(participant);
    Decomposition result;
    for (auto& [participant, leaves] : terms) {
        Factors exact;
        for (std::size_t i = 0; i < factor_count; ++i) exact[i] = sum(std::move(leaves[i]));
        BUNDEL_TRY(booked, values::add(booked_in(in_b, participant), -booked_in(in_a, participant)));
        BUNDEL_TRY(rounded_terms, rounded(exact, booked));
        BUNDEL_ASSERT(rounded_terms.total() == booked);
        BUNDEL_TRY_DONE(add(result.together, rounded_terms));
        result.participants.emplace(participant, rounded_terms);
    }
    return result;
}

}  // namespace bundel::insight
