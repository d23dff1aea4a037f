#include "insight/accrual.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/int128.h"
#include "insight/chance.h"

namespace bundel::insight {
using base::Error;
using base::Int128;
using base::Result;

namespace {

// So many sums that 5 %, the middle and 95 % are single ones of them: the 20th, 200th and 380th of 399.
constexpr std::size_t draws = 399;
constexpr std::size_t at_low = 20 - 1;
constexpr std::size_t at_middle = 200 - 1;
constexpr std::size_t at_high = 380 - 1;
using Sums = std::array<Int128, draws>;

struct Cases {
    std::vector<Cents> history;
    std::vector<OpenCase> open;
};

// By the share of the care so far, then by what was received: a case that receives more may change places
// only with cases of the same share, so that more received never makes a sum smaller.
bool before(const OpenCase& a, const OpenCase& b) {
    const auto crosswise = [](const OpenCase& one, const OpenCase& other) {
        return std::int64_t{one.days_so_far} * other.days_in_all;
    };
    return std::tuple(crosswise(a, b), a.received) < std::tuple(crosswise(b, a), b.received);
}

// The part that belongs to the days so far, rounded towards zero, beside what was received.
Int128 to_come(Cents whole, const OpenCase& open) {
    const Int128 so_far = static_cast<Int128>(whole.count()) * open.days_so_far / open.days_in_all;
    return std::max<Int128>(0, so_far - open.received.count());
}

Sums sums_of(Cases& cases, std::uint64_t seed) {
    std::sort(cases.history.begin(), cases.history.end());
    std::sort(cases.open.begin(), cases.open.end(), before);
    Chance row(seed);
    Sums sums{};
    for (const OpenCase& open : cases.open) {
        for (Int128& sum : sums) sum += to_come(cases.history[row.below(cases.history.size())], open);
    }
    return sums;
}

Result<Cents> cents(Int128 amount) {
    if (amount > INT64_MAX || amount < INT64_MIN) return Error{"cents_overflow"};
    return Cents::of(static_cast<std::int64_t>(amount));
}

Result<Estimate> estimate_of(Sums sums) {
    std::sort(sums.begin(), sums.end());
    BUNDEL_TRY(low, cents(sums[at_low]));
    BUNDEL_TRY(middle, cents(sums[at_middle]));
    BUNDEL_TRY(high, cents(sums[at_high]));
    return Estimate{middle, low, high};
}

Result<Cents> received_in(const std::vector<OpenCase>& open) {
    Int128 total = 0;
    for (const OpenCase& one : open) total += one.received.count();
    return cents(total);
}

// Each kind has a row of its own: news of one kind leaves the others as they were.
std::uint64_t seed_of(const CaseKind& kind, std::uint64_t seed) {
    const auto number = static_cast<std::uint64_t>(kind.phase) * std::size(all_disciplines) +
                        static_cast<std::uint64_t>(kind.discipline);
    return Chance(seed + number).next();
}

std::map<CaseKind, Cases> by_kind(std::span<const FinishedCase> history, std::span<const OpenCase> open) {
    std::map<CaseKind, Cases> kinds;
    for (const OpenCase& one : open) {
        BUNDEL_ASSERT(one.days_in_all >= 1 && one.days_so_far >= 0 && one.days_so_far <= one.days_in_all);
        kinds[one.kind].open.push_back(one);
    }
    for (const FinishedCase& one : history) {
        const auto wanted = kinds.find(one.kind);
        if (wanted != kinds.end()) wanted->second.history.push_back(one.declared);
    }
    return kinds;
}

}  // namespace

Discipline discipline_of(values::AgbCode provider) {
    BUNDEL_ASSERT(!provider.is_none());
    switch (provider.kind()) {
        case 8: return Discipline::midwife;
        case 6: return Discipline::hospital;
        case 33: return Discipline::kraamzorg;
        default: return Discipline::other;
    }
}

Result<Accruals> accrue(std::span<const FinishedCase> history, std::span<const OpenCase> open,
                        std::size_t least_history, std::uint64_t seed) {
    Accruals result;
    Sums together{};
    for (auto& [kind, cases] : by_kind(history, open)) {
        BUNDEL_TRY(received, received_in(cases.open));
        Accrual accrual{kind, cases.open.size(), cases.history.size(), received, std::nullopt};
        if (!cases.history.empty() && cases.history.size() >= least_history) {
            const Sums sums = sums_of(cases, seed_of(kind, seed));
            for (std::size_t i = 0; i < draws; ++i) together[i] += sums[i];
            BUNDEL_TRY(estimate, estimate_of(sums));
            accrual.estimate = estimate;
        } else {
            result.without += cases.open.size();
        }
        result.by_kind.push_back(accrual);
    }
    BUNDEL_TRY(estimate, estimate_of(together));
    result.together = estimate;
    return result;
}

}  // namespace bundel::insight
