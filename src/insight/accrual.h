// Accruals (onderhanden werk): what care that was given and not yet declared is worth, from how earlier cases
// ended. An estimate: it proposes, nothing is decided by it. Integers only.
//
// A case is one phase of one pregnancy in one discipline. What an open case will come to is not known, so it
// is drawn from the finished cases of its kind, whole, many times over; each time the part of it that belongs
// to the days of care so far counts, less what was received already and never below zero. The middle of the
// sums is the estimate, the sums at 5 % and 95 % are its interval. Not the middle value of the cases times
// their number: where four of ten women see the hospital that would be nothing at all.
//
// Laws: the order of the cases changes nothing; what is received more is expected less by no more than that;
// the interval contains the estimate; without history there is no estimate.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "values/care.h"
#include "values/cents.h"
#include "values/identifiers.h"

namespace bundel::insight {
using values::Cents;

enum class Discipline : std::uint8_t { midwife, hospital, kraamzorg, other };
inline constexpr Discipline all_disciplines[] = {Discipline::midwife, Discipline::hospital,
                                                 Discipline::kraamzorg, Discipline::other};
// By the kind of provider: the first two digits of the AGB code (08, 06, 33). Contract: not none.
Discipline discipline_of(values::AgbCode provider);

struct CaseKind {
    values::PhaseKind phase = values::PhaseKind::prenatal;
    Discipline discipline = Discipline::other;
    auto operator<=>(const CaseKind&) const = default;
};

struct FinishedCase {
    CaseKind kind;
    Cents declared;  // all that was declared in it, signed; zero: it had no care of this discipline
};

struct OpenCase {
    CaseKind kind;
    int days_so_far = 0;  // 0 .. days_in_all
    int days_in_all = 1;  // >= 1; an expectation while the phase goes on
    Cents received;       // declared so far, signed
};

// 5 % of the sums lie below `low`, 5 % above `high`; half of them on either side of `to_come`.
struct Estimate {
    Cents to_come;  // for care so far, beside what was received; >= 0
    Cents low;
    Cents high;
    bool operator==(const Estimate&) const = default;
};

struct Accrual {
    CaseKind kind;
    std::size_t cases = 0;             // open ones
    std::size_t history = 0;           // finished ones
    Cents received;                    // in the open ones
    std::optional<Estimate> estimate;  // none: fewer in the history than asked for
    bool operator==(const Accrual&) const = default;
};

struct Accruals {
    std::vector<Accrual> by_kind;  // every kind with an open case, sorted
    Estimate together;             // of the kinds that have an estimate
    std::size_t without = 0;       // open cases of the kinds that have none
    bool operator==(const Accruals&) const = default;
};

// The same arguments give the same result. Error: cents_overflow.
base::Result<Accruals> accrue(std::span<const FinishedCase> history, std::span<const OpenCase> open,
                              std::size_t least_history, std::uint64_t seed);

}  // namespace bundel::insight
