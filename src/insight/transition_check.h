// Transition (overgang): the years from today's division to another one. What was wished, and two checks that
// stand apart from the search: that a path fulfils every wish to the last cent, and that a proof shows that
// no path can. Integers only; nothing here knows how a path or a proof was found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "values/cents.h"

namespace bundel::insight {
using values::Cents;

// What a yearly limit is a part of.
enum class LimitBase : std::uint8_t { previous_year, today };

// Limits in parts per million of the base, of one year. What is not there is not wished.
struct PartyWish {
    std::string name;                  // of a participant, for who reads the answer
    Cents today;                       // >= 0
    std::vector<Cents> target;         // by year of arrival 0 .. years; >= 0
    std::optional<std::int64_t> loss;  // at most so much less: 0 .. 1,000,000
    std::optional<std::int64_t> gain;  // at most so much more: 0 .. 100,000,000
    std::optional<Cents> floor;        // never less, in every year after today; >= 0
};

// In every year the amounts of all participants add up to the total of that year.
struct TransitionWishes {
    LimitBase base = LimitBase::previous_year;
    std::vector<Cents> totals;  // 0 (today) .. years; at most 10^13 cents
    std::vector<PartyWish> parties;
    int years() const { return static_cast<int>(totals.size()) - 1; }
};

enum class Limit : std::uint8_t { loss, gain, floor };
struct Blocker {
    Limit limit = Limit::loss;
    std::size_t party = 0;
    auto operator<=>(const Blocker&) const = default;
};

// By year (0 is today, the last one is at the target), then participant.
using TransitionPath = std::vector<std::vector<Cents>>;

// Where a path does not do what was wished.
enum class PathFault : std::uint8_t { shape, not_today, not_target, negative, total, loss, gain, floor };
std::optional<PathFault> fault_in(const TransitionWishes& wishes, const TransitionPath& path);

// A proof that no path arrives in a certain year. Each line takes one limit in one year, which reads
//   loss   10^6 x(t) - (10^6 - loss) x(t-1) >= 0
//   gain   (10^6 + gain) x(t-1) - 10^6 x(t) >= 0
//   floor  10^6 x(t) >= 10^6 floor
// and when limits are parts of today
//   loss   10^6 x(t) - 10^6 x(t-1) >= -10^6 [loss x(0) / 10^6]      where [ ] cuts off to whole cents:
//   gain   10^6 x(t-1) - 10^6 x(t) >= -10^6 [gain x(0) / 10^6]      amounts are whole
// so many times. Added up they say that a sum of amounts is at least something; but amounts that are not
// negative and add up to the total of their year cannot make that sum so large (Farkas).
struct ProofLine {
    Limit limit = Limit::loss;
    std::size_t party = 0;
    int year = 0;            // 1 .. year of arrival
    std::int64_t times = 0;  // > 0
};
using Proof = std::vector<ProofLine>;
bool proves(const TransitionWishes& wishes, int arrival, const Proof& proof);

}  // namespace bundel::insight
