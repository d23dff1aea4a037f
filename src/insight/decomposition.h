// Decomposition (verschillenanalyse): the difference between two books, of other years, contracts, regimes or
// models, as a sum of six terms that add up to the cent.
//
// The value of a book is taken as a product of five ingredients, summed over its leaves (kind of case, item,
// route, participant):
//
//   cases * units of the item per case * share of those units on the route
//         * share of the participant in those * cents per unit
//
//   volume      the number of cases
//   mix         per kind of case and item: units per case of the book, so which cases there are and what they
//   use breaks      per kind and item: the share of its units that goes integrated, or mono task shift  per
//   kind, item and route: who does those units price       per leaf: the exact entitlement per unit
//
// The term of an ingredient is its Shapley value: the mean, over the 120 orders in which the five can be
// changed from book A into book B one by one, of what changing this one does. It favours no order, and the
// five add up to the exact difference. Exact fractions; no number is rounded before the end.
//
// An ingredient that a book does not have (the price of what nobody did there) is that of the other book:
// what is new has no other price, it is more of it.
//
// To cents: the exact difference is rounded to a cent, half away from zero, and given to the five by largest
// remainder (a term never differs a cent or more from its exact value, a zero stays zero, ties go to the
// order above with price first). What is left of the booked difference is the sixth term, rounding: what the
// two books themselves rounded. Per participant so; the total is the sum over participants.
//
// Laws: the six add up to the booked difference; the books changed round, every term is negated; a book
// against itself gives zeros; if only one ingredient changed, only its term is not zero.
//
// Source: L.S. Shapley, A value for n-person games (1953); A.F. Shorrocks, Decomposition procedures for
// distributional analysis, J. Econ. Inequality 11 (2013), section 4. Worked out by hand in
// docs/explanation/decomposition.md.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "insight/exact.h"
#include "values/cents.h"

namespace bundel::insight {
using values::Cents;

enum class CareRoute : std::uint8_t { integrated, mono };

struct ValuedRow {
    std::string kind;  // of case: what the treasurer wants cases to be told apart by
    std::string item;  // performance or phase
    CareRoute route = CareRoute::integrated;
    std::string participant;
    std::int64_t units = 0;  // of the item; money that belongs to no care is an item with a unit of its own
    Cents cents;             // booked
    Exact entitlement;       // cents before rounding
};

struct ValuedBook {
    std::int64_t cases = 0;  // >= 0
    std::vector<ValuedRow> rows;
};

enum class Factor : std::uint8_t { price, volume, mix, breaks, task_shift };
inline constexpr std::size_t factor_count = 5;

struct Terms {
    std::array<Cents, factor_count> factors{};  // by Factor
    Cents rounding;
    Cents of(Factor factor) const { return factors[static_cast<std::size_t>(factor)]; }
    Cents total() const;
    bool operator==(const Terms&) const = default;
};

struct Decomposition {
    std::map<std::string, Terms> participants;  // all of either book
    Terms together;                             // the sum of those
    bool operator==(const Decomposition&) const = default;
};

// What turns A into B: every term is B less A. Rows of one leaf are added. Errors:
// decomposition_units{item,participant} (a leaf with money and no units, or with less than none),
// decomposition_cases (rows and no cases), cents_overflow.
base::Result<Decomposition> decompose(const ValuedBook& a, const ValuedBook& b);

// The mean over all orders of what changing each factor does to the product, from `a` to `b`.
std::array<Exact, factor_count> shapley(const std::array<Exact, factor_count>& a,
                                        const std::array<Exact, factor_count>& b);

}  // namespace bundel::insight
