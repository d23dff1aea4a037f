// Payments to participants: proposed by one person, approved by another, ordered at the bank, each once.
//
// What a participant can be paid is what the book says it has coming (deelnemer), less its advances, less
// what is approved and not ordered yet. The order is booked in the transaction that plans the payment file,
// so that from then on the book itself says that there is nothing left to pay. The file then has the life of
// every outgoing message (sending.h): a stop at any moment sends it once.
#pragma once

#include <string>
#include <vector>

#include "bank/pain001.h"
#include "engine/books.h"
#include "facts/woman.h"

namespace bundel::engine {

// Why a participant is not paid; a code of the text table "payout_" + word.
enum class NotPaid : std::uint8_t {
    none,
    nothing,           // it has nothing coming
    negative,          // it owes the IGO: to be set off (te verrekenen)
    below_least,       // less than the rulebook's least amount
    no_account,        // it has no account on the day of payment
    two_accounts,      // it has two
    not_approved,      // nobody but who entered it approved the account
    account_example,   // a live directory, and the account is not verified
    account_unusable,  // outside SEPA, or a name that no bank takes
};
const char* word(NotPaid why);  // "payout_negative"

// Where one participant stands on the day of a proposal.
struct PayoutCandidate {
    AgbCode participant;
    Cents balance;     // what it has coming; < 0: it owes
    Cents advance;     // of it already paid in advance
    Cents on_the_way;  // approved and not ordered yet
    Cents amount;      // to be paid now; zero with a reason
    NotPaid why = NotPaid::none;
    bool first = false;   // nothing was ever paid to this account
    std::string account;  // masked, for the eye; empty without one
    Digest account_id;
    bool operator==(const PayoutCandidate&) const = default;
};

// By participant: everybody the book has an account of. Errors: those of Books; payout_value_example{key} (a
// live directory, and the least amount or the payment file is not verified).
Result<std::vector<PayoutCandidate>> payout_candidates(World& world, Date as_of, Date pay_on);

struct Proposed {
    std::int64_t number = 0;  // 0: nothing to pay, nothing kept
    std::vector<PayoutCandidate> candidates;
    Cents total;
    std::size_t dropped = 0;  // earlier proposals that nobody approved; this one takes their place
};
// Errors: approval_name, payout_day_passed{day}, those of payout_candidates.
Result<Proposed> propose_payout(World& world, const std::string& by, Date as_of, Date pay_on);

// By another person than who proposed it, when nothing that it rests on changed. Errors: approval_name,
// payout_unknown{number}, payout_not_waiting{number}, approval_own{who}, payout_changed{number}.
Result<PayoutRow> approve_payout(World& world, std::int64_t number, const std::string& by, Date as_of);

// That this account may be paid to; again is a no-op. Gives for how many participants. Errors: approval_name,
// payout_account_unknown, approval_own{who} (who entered it).
Result<std::size_t> approve_account(World& world, const values::Iban& account, const std::string& by,
                                    Date as_of);

struct Ordered {
    std::vector<PayoutRow> sent;
    std::vector<PayoutRow> dropped;  // a balance is not there any more, or an account is another
    std::size_t resumed = 0;
    Cents total;
};
// Everything approved goes out, each proposal in a file of its own. Errors: sending_stopped (the book is not
// sound), payout_own_account (the IGO has no account, or two), book_day_closed, those of write_pain001.
Result<Ordered> send_payouts(World& world, Date as_of);

// "U000000012", "U000000012-0003": of a payout, and of its n-th line (from 1), as the bank repeats them.
std::string reference_of(std::int64_t payout);
std::string reference_of(std::int64_t payout, std::size_t line);

// Keys of what is booked about a line.
std::string ordered_key(const std::string& reference);
std::string paid_key(const std::string& reference);
std::string refunded_key(const std::string& reference);

// What was ordered is in transit or paid, each once: kept payouts against the book. Adds to `breaches`
// (breach_payout).
Result<Done> compare_payouts(World& world, const ledger::Book& book, std::vector<Error>& breaches);

// Accounts that wait for approval, and participants with two: a question for each.
Result<Done> ask_about_accounts(World& world, const facts::Agreements& known, Date as_of,
                                std::vector<QuestionRow>& questions);

}  // namespace bundel::engine
