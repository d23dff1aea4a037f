// Cash forecast (liquiditeitsprognose): what the bank account will do in the coming thirteen weeks, on three
// lines. Integers only.
//
// A line is a story that hangs together, not a quantile of each week: on the line `low` every insurer pays as
// late as in the slowest tenth of its past payments and what is still to be claimed comes to its low
// estimate; on `high` as early as in the quickest tenth, and to the high one; `expected` takes the middle. So
// each line balances, and the lines lie further apart than chance alone would bring them.
//
// When a claim is paid is read off the days from sending to payment of the same insurer's earlier payments. A
// claim that has waited for a while is compared only with payments that took longer than that. An insurer
// with fewer payments than asked for is taken to pay at the term of the contract, and is marked. A claim that
// waits longer than any payment ever took, or past its term, is late: it is not counted on, and shown apart.
//
// What participants get of a claim goes out so many days after it came in, on the same line.
//
// Of what is not answered yet the part comes that the insurer did not reject so far (rejection.h): on `low`
// the upper end of the interval is rejected, on `high` the lower end. With fewer answers than asked for
// nothing is taken to be rejected, and it is marked.
//
// What was paid in advance counts as payment when it is set off: that much of what would come in from that
// day on does not come, and of what would go out to participants does not go.
//
// Laws: on every line opening + in - out = closing, in every week; what comes in the weeks, later and late,
// is rejected and is set off is all there was; the order of what is given changes nothing. A week begins on
// Monday; the first one is what is left of the week of `as_of` after that day.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/result.h"
#include "insight/rejection.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::insight {
using values::Cents;
using values::Date;
using values::UzoviCode;

inline constexpr std::size_t forecast_weeks = 13;
enum class CashLine : std::uint8_t { low, expected, high };
inline constexpr std::size_t cash_lines = 3;
using ByLine = std::array<Cents, cash_lines>;

struct PaymentDelay {
    UzoviCode insurer;
    int days = 0;  // from sending to payment, >= 0
};

struct OpenClaim {
    UzoviCode insurer;
    Date sent;              // not after as_of
    int term_days = 0;      // from sending, by its contract; counts when the insurer has too little history
    Cents amount;           // still to be paid, >= 0
    Cents to_participants;  // of it, when it is paid; 0 .. amount
    bool answered = false;  // then it is not rejected any more
};

// Work that is not claimed yet: what it comes to on each line, and when it is expected to be claimed; none:
// not known, then it comes later than the weeks.
struct ComingWork {
    std::optional<Date> sent;
    int term_days = 0;         // as of a claim
    ByLine amount{};           // >= 0, low <= expected <= high
    ByLine to_participants{};  // 0 .. amount
};

// On a day that is agreed: an advance (voorschot), money that is due to participants. Below zero: goes out.
struct AgreedCash {
    Date day;
    Cents amount;
};

// Money that was paid in advance, as it counts as payment. Of an insurer: of what it pays from that day on.
// Of participants (no insurer): of what they get of claims and work.
struct SetOffCash {
    UzoviCode insurer;
    Date from;
    Cents amount;  // >= 0
};

struct AnswersOf {
    UzoviCode insurer;
    Answers answers;
};

struct CashTerms {
    // Payments of an insurer, with fewer the term of the contract counts; and answers, with fewer nothing is
    // taken to be rejected.
    std::size_t least_history = 1;
    int payout_days = 0;  // from payment to what participants get of it
};

struct CashPosition {
    Date as_of;
    Cents bank;
    std::vector<PaymentDelay> history;
    std::vector<OpenClaim> claims;
    std::vector<ComingWork> work;  // insurer not known: drawn from the payments of all
    std::vector<AgreedCash> agreed;
    std::vector<AnswersOf> answers{};
    std::vector<SetOffCash> set_offs{};
};

// opening + in - out = closing
struct CashFlow {
    Cents opening, in, out, closing;
    bool operator==(const CashFlow&) const = default;
};

enum class DelayBasis : std::uint8_t { history, term };
struct InsurerCash {
    UzoviCode insurer;  // none: work that is not claimed yet
    DelayBasis basis = DelayBasis::history;
    std::size_t payments = 0;  // it is read off
    std::array<int, cash_lines>
        days{};  // of a claim sent today, by line: slow, middle, quick; term: the longest
    Cents open;  // of the claims, or the expected line of the work
    Cents late;  // of it: not counted on
    Answers answers;
    std::optional<RejectedPart> rejected_part;  // none: too few answers
    ByLine rejected{};                          // of it: foreseen to be rejected
    ByLine set_off{};                           // of it: was paid in advance
    std::array<ByLine, forecast_weeks> in{};
    ByLine later{};
    bool operator==(const InsurerCash&) const = default;
};

struct CashForecast {
    Date as_of;
    std::array<Date, forecast_weeks> mondays{};
    std::array<std::array<CashFlow, cash_lines>, forecast_weeks> weeks{};
    ByLine later_in{};                  // after the last week
    ByLine later_out{};                 // likewise
    Cents late;                         // on no line
    ByLine rejected{};                  // on that line not counted on
    ByLine set_off_in{};                // likewise: was paid in advance by insurers
    ByLine set_off_out{};               // ... and to participants
    std::vector<InsurerCash> insurers;  // sorted; work, if there is any, first
};

// Contract: amounts and days in their ranges. Error: cents_overflow.
base::Result<CashForecast> forecast_cash(const CashPosition& position, const CashTerms& terms);

}  // namespace bundel::insight
