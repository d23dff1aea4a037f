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
    claim_planned,             // a claim of the IGO ought to go out and cannot go yet; off the balance sheet
    plan_withdrawn,            // the mirror of an earlier one: it went out, or ought not to any more
    claim_sent,                // a claim of the IGO went out
    claim_reduced,             // approved at a lower amount: amount = the difference
    claim_rejected,            // rejected: amount = all that was still claimed
    claim_approved,            // approved: amount = what was granted; from here on it stands on toegekend
    claim_paid,                // paid by the insurer, matched to the claim
    credit_accepted,           // our credit of an earlier claim was accepted
    payment_unapplied,         // paid by the insurer, claim not known yet
    payment_applied,           // an unapplied payment matched after all
    payment_reversed,          // taken back by the insurer, matched to the claim that it was paid on
    unapplied_reversed,        // taken back by the insurer, claim not known or nothing paid on it
    reversal_applied,          // taken back earlier, matched to a claim after all
    division_booked,           // a pot was divided
    division_reversed,         // the mirror of an earlier division: shares, reserve as booked then
    accrual_booked,            // month close: the expected value of care not yet declared
    accrual_reversed,          // the mirror of an earlier accrual, at the close of the month after it
    bought_booked,             // the IGO was invoiced for care it bought
    bought_reversed,           // the mirror of an earlier one: its fact changed, or was withdrawn
    supplier_paid,             // a supplier of bought care was paid
    advance_received,          // an insurer paid in advance
    advance_repaid,            // ... and got (part of) it back
    advance_set_off,           // an advance of an insurer counts as payment of what it granted
    advance_set_off_reversed,  // ... and does not after all
    participant_advanced,      // a participant was paid in advance
    participant_advance_repaid,            // ... and paid (part of) it back
    participant_advance_set_off,           // an advance counts as payment of what a participant has coming
    participant_advance_set_off_reversed,  // ... and does not after all
    payout_ordered,                        // a payment order for a participant went to the bank
    payout_paid,                           // it stands on a bank statement
    payout_returned,                       // the bank did not carry it out
    payout_refunded,                       // it came back after it was paid
    opening_booked,                        // what one account stood at when the book began
    true_up_booked,      // samenloop: settled afterwards with an insurer; below zero: we owe it
    true_up_reversed,    // the mirror of an earlier one
    reward_booked,       // kwaliteit: a reward settled with an insurer; below zero: we owe it
    reward_reversed,     // the mirror of an earlier one
    settlement_paid,     // what was settled was paid; below zero: by us, or taken back
    settlement_applied,  // an unapplied payment was for it after all; below zero: it is unapplied again
    rounding_moved,      // a cent moves between participants, so that rounding stays fair
};

struct Share {
    values::AgbCode participant;
    values::Cents amount;  // > 0: the participant receives
    bool operator==(const Share&) const = default;
};

// Kept out of a pot for care the IGO bought, by the kind of ingekochte_zorg: "laboratorium".
struct CoveredPart {
    std::string kind;
    values::Cents amount;  // > 0: kept
    bool operator==(const CoveredPart&) const = default;
};

// `key` names the event for good, 1..200 bytes without control characters, never a personal value:
// "sent:53000001/B-0001". Which other fields count depends on the kind: see event_rows().
struct Event {
    EventKind kind = EventKind::claim_sent;
    std::string key;
    values::Date booking_day;
    values::Period care_period;
    values::UzoviCode insurer;  // claim_*, plan_*, credit_*, payment_*, advance_*, true_up_*, reward_*,
                                // settlement_*
    std::string performance;    // claim_*, plan_*, credit_*, division_*: "069:E01"; not claim_approved, _paid
    std::string subject;   // accrual_*: phase and discipline, "prenataal:verloskunde"; bought_*: kind of care
    std::string supplier;  // bought_*, supplier_*: its AGB code, or "onbekend"
    values::AgbCode participant;     // participant_*, payout_*
    std::optional<Account> account;  // opening_booked: any that is on the balance sheet
    // All but division_* and rounding_moved: > 0. Below zero too: bought_* (a credit note), true_up_*,
    // reward_* (we owe the insurer), settlement_* (it goes to the insurer), opening_booked (the account
    // stands in credit).
    values::Cents amount;
    std::vector<Share> shares;  // division_*: may be negative (a negative pot); rounding_moved: sum is zero
    values::Cents reserve;      // division_*
    std::vector<CoveredPart> covered;  // division_*
    // The event this one answers or corrects. Any kind may have one; required for *_reversed and
    // plan_withdrawn. What is booked after a close because of a closed period names what it corrects here.
    std::string earlier_key;
    bool operator==(const Event&) const = default;
};

// The pots of te_verdelen that belong to no performance: true_up_* and reward_* fill them.
inline constexpr std::string_view overlap_pot = "samenloop";
inline constexpr std::string_view quality_pot = "kwaliteit";

// A row per kind: the account that is debited and the one that is credited by `amount`. Without both a kind
// moves more than two: division_* shares, reserve and what is covered out of (or back into) te_verdelen,
// rounding_moved shares between deelnemers, opening_booked any account against openingsbalans.
struct EventRow {
    EventKind kind;
    std::string_view code;   // stable: "claim_sent"
    std::string_view title;  // Dutch
    std::optional<AccountKind> debit;
    std::optional<AccountKind> credit;
    bool may_be_negative = false;
    bool answers_another = false;  // earlier_key is required
    std::string_view pot = {};     // of te_verdelen, in place of the performance
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
// ledger_subject_missing, ledger_party_missing (no supplier), ledger_participant_missing,
// ledger_opening_account (none, or one off the balance sheet), ledger_shares_unbalanced (rounding_moved),
// ledger_earlier_missing, ledger_entry_empty (a division that moves nothing), ledger_party_syntax,
// cents_overflow.
base::Result<Draft> entry_for(const Event& event);

// Sorted by account, merged, without zeros. Error: cents_overflow.
base::Result<std::vector<Posting>> normalised(std::vector<Posting> postings);

}  // namespace bundel::ledger
