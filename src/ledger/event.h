// What happened to our money, and the entry each kind of event makes. Knows euros and claim numbers, not
// care.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/account.h"
#include "values/cents.h"
#include "values/date.h"
#include "values/identifiers.h"

namespace bundel::ledger {

enum class EventKind {
    claim_sent,          // a claim of the IGO went out
    claim_reduced,       // approved at a lower amount: amount = the difference
    claim_rejected,      // rejected: amount = all that was still claimed
    claim_paid,          // paid by the insurer, matched to the claim
    credit_accepted,     // our credit of an earlier claim was accepted
    payment_unapplied,   // paid by the insurer, claim not known yet
    payment_applied,     // an unapplied payment matched after all
    payment_reversed,    // taken back by the insurer, matched to the claim that it was paid on
    unapplied_reversed,  // taken back by the insurer, claim not known or nothing paid on it
    reversal_applied,    // taken back earlier, matched to a claim after all
    division_booked,     // a pot was divided
    division_reversed,   // the mirror of an earlier division: shares, reserve as booked then
    accrual_booked,      // month close: the expected value of care not yet declared
    accrual_reversed,    // the mirror of an earlier accrual, at the close of the month after it
    bought_booked,       // the IGO was invoiced for care it bought
    bought_reversed,     // the mirror of an earlier one: its fact changed, or was withdrawn
};

struct Share {
    values::AgbCode participant;
    values::Cents amount;  // > 0: the participant receives
    bool operator==(const Share&) const = default;
};

// `key` names the event for good, 1..200 bytes without control characters, never a personal value:
// "sent:53000001/B-0001". Which other fields count depends on the kind: see event_rows().
struct Event {
    EventKind kind = EventKind::claim_sent;
    std::string key;
    values::Date booking_day;
    values::Period care_period;
    values::UzoviCode insurer;  // claim_*, credit_*, payment_*
    std::string performance;    // claim_*, credit_*, division_* but not claim_paid: "069:E01"
    std::string subject;   // accrual_*: phase and discipline, "prenataal:verloskunde"; bought_*: kind of care
    std::string supplier;  // bought_*: its AGB code, or "onbekend"
    values::Cents amount;  // all but division_*: > 0; bought_*: a credit note is below zero
    std::vector<Share> shares;  // division_*: may be negative (division of a negative pot)
    values::Cents reserve;      // division_*
    std::string earlier_key;    // the event this one answers; required for *_reversed
    bool operator==(const Event&) const = default;
};

// A row per kind: the account that is debited and the one that is credited by `amount`. The two division
// kinds have none: they move shares and reserve out of (or back into) te_verdelen.
struct EventRow {
    EventKind kind;
    std::string_view code;   // stable: "claim_sent"
    std::string_view title;  // Dutch
    std::optional<AccountKind> debit;
    std::optional<AccountKind> credit;
};
std::span<const EventRow> event_rows();
const EventRow& row_of(EventKind kind);
base::Result<EventKind> parse_event_kind(std::string_view code);  // Error: ledger_event_unknown

// Debit > 0, credit < 0.
struct Posting {
    Account account;
    values::Cents amount;
    auto operator<=>(const Posting&) const = default;
};

// An entry before it has a number. Postings are sorted by account, one per account, none zero, and add up to
// zero.
struct Draft {
    EventKind kind = EventKind::claim_sent;
    std::string key;
    values::Date booking_day;
    values::Period care_period;
    std::vector<Posting> postings;
    std::string earlier_key;  // empty: none
    bool operator==(const Draft&) const = default;
};

// Pure: the same event always gives the same draft; no state of the book is looked at.
// Errors: ledger_amount_not_positive, ledger_insurer_missing, ledger_performance_missing,
// ledger_subject_missing, ledger_party_missing (bought_* without supplier), ledger_earlier_missing,
// ledger_entry_empty (a division that moves nothing), ledger_party_syntax, cents_overflow.
base::Result<Draft> entry_for(const Event& event);

// Sorted by account, merged, without zeros. Error: cents_overflow.
base::Result<std::vector<Posting>> normalised(std::vector<Posting> postings);

}  // namespace bundel::ledger
