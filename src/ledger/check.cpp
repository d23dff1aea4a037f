#include "ledger/check.h"

#include <optional>
#include <set>

#include "base/int128.h"

namespace bundel::ledger {
using base::Digest;
using base::Int128;
using base::Result;
using values::Cents;

namespace {

bool is_owed(AccountKind kind) {
    return kind == AccountKind::receivable || kind == AccountKind::granted;
}

// Vordering of the same insurer: what an insurer owes is one sum.
Account debtor(const Account& account) {
    return Account::of(AccountKind::receivable, account.party());
}

// May an entry of this kind post this on vordering or toegekend? Until claim_approved was known, what came
// after the answer was booked on vordering: the same side, another account.
bool may_post(EventKind kind, const Posting& posting) {
    const EventRow& row = row_of(kind);
    if (kind == EventKind::opening_booked) return true;
    const bool debit = row.debit && is_owed(*row.debit);
    const bool credit = row.credit && is_owed(*row.credit);
    if (debit && credit) return (posting.account.kind() == *row.debit) == !posting.amount.is_negative();
    if (row.may_be_negative) return debit || credit;
    return posting.amount.is_negative() ? credit : debit;
}

// The part of the law that a kind adds to; nothing for a kind that leaves what is owed as it was.
Cents Receivable::*part_of(EventKind kind) {
    switch (kind) {
        case EventKind::claim_sent: return &Receivable::sent;
        case EventKind::claim_reduced: return &Receivable::reduced;
        case EventKind::claim_rejected: return &Receivable::rejected;
        case EventKind::claim_paid:
        case EventKind::payment_applied:
        case EventKind::payment_reversed:
        case EventKind::reversal_applied: return &Receivable::paid;
        case EventKind::credit_accepted: return &Receivable::credited;
        case EventKind::advance_set_off:
        case EventKind::advance_set_off_reversed: return &Receivable::set_off;
        case EventKind::opening_booked: return &Receivable::opening;
        case EventKind::true_up_booked:
        case EventKind::true_up_reversed:
        case EventKind::reward_booked:
        case EventKind::reward_reversed:
        case EventKind::settlement_paid:
        case EventKind::settlement_applied: return &Receivable::settled;
        case EventKind::claim_planned:
        case EventKind::plan_withdrawn:
        case EventKind::claim_approved:
        case EventKind::payment_unapplied:
        case EventKind::unapplied_reversed:
        case EventKind::division_booked:
        case EventKind::division_reversed:
        case EventKind::accrual_booked:
        case EventKind::accrual_reversed:
        case EventKind::bought_booked:
        case EventKind::bought_reversed:
        case EventKind::supplier_paid:
        case EventKind::advance_received:
        case EventKind::advance_repaid:
        case EventKind::participant_advanced:
        case EventKind::participant_advance_repaid:
        case EventKind::participant_advance_set_off:
        case EventKind::participant_advance_set_off_reversed:
        case EventKind::payout_ordered:
        case EventKind::payout_paid:
        case EventKind::payout_returned:
        case EventKind::payout_refunded:
        case EventKind::rounding_moved: return nullptr;
    }
    return nullptr;
}

// What lessens the debt is a credit; money that was taken back lessens what was paid.
bool lessens(Cents Receivable::*part) {
    return part != &Receivable::sent && part != &Receivable::opening && part != &Receivable::settled;
}

std::string number_text(const Entry& entry) {
    return std::to_string(entry.number);
}

// A damaged book may hold any amount, so sums here are wider than Cents.
std::string wide_text(Int128 cents) {
    if (cents >= INT64_MIN && cents <= INT64_MAX) return Cents::of(static_cast<std::int64_t>(cents)).euros();
    return cents < 0 ? "< -92.233.720.368.547.758,08" : "> 92.233.720.368.547.758,07";
}

Int128 wide_open(const Receivable& parts) {
    Int128 open = 0;
    for (const Cents part : {parts.opening, parts.sent, parts.settled}) open += part.count();
    for (const Cents part : {parts.reduced, parts.rejected, parts.paid, parts.credited, parts.set_off})
        open -= part.count();
    return open;
}

class Checker {
public:
    explicit Checker(const BookContents& book) : book_(book) {}

    std::vector<Breach> run() {
        for (const Entry& entry : book_.entries) {
            check_chain(entry);
            check_key(entry);
            check_postings(entry);
        }
        check_balances();
        check_receivables();
        check_closings();
        return std::move(breaches_);
    }

private:
    void breach(std::string code, base::Params params) {
        breaches_.push_back({std::move(code), std::move(params)});
    }

    void check_chain(const Entry& entry) {
        if (entry.number != ++expected_number_)
            breach("ledger_breach_number",
                   {{"entry", number_text(entry)}, {"expected", std::to_string(expected_number_)}});
        expected_number_ = entry.number;
        if (entry.digest != entry_digest(previous_, entry.number, entry.content))
            breach("ledger_breach_chain", {{"entry", number_text(entry)}});
        previous_ = entry.digest;
    }

    void check_key(const Entry& entry) {
        const Draft& content = entry.content;
        if (!content.earlier_key.empty() && !keys_.contains(content.earlier_key))
            breach("ledger_breach_earlier",
                   {{"entry", number_text(entry)}, {"earlier", content.earlier_key}});
        if (!keys_.insert(content.key).second)
            breach("ledger_breach_key", {{"entry", number_text(entry)}, {"key", content.key}});
    }

    void check_postings(const Entry& entry) {
        Int128 total = 0;
        for (const Posting& posting : entry.content.postings) {
            total += posting.amount.count();
            sums_[posting.account] += posting.amount.count();
            if (is_owed(posting.account.kind()) && !may_post(entry.content.kind, posting))
                breach("ledger_breach_direction",
                       {{"entry", number_text(entry)}, {"account", posting.account.path()}});
        }
        if (total != 0 || entry.content.postings.empty())
            breach("ledger_breach_unbalanced",
                   {{"entry", number_text(entry)}, {"difference", wide_text(total)}});
    }

    void check_balances() {
        for (const auto& [account, kept] : book_.balances) sums_.try_emplace(account, 0);
        for (const auto& [account, sum] : sums_) {
            const auto kept = book_.balances.find(account);
            const Cents amount = kept == book_.balances.end() ? Cents() : kept->second;
            if (sum != amount.count())
                breach("ledger_breach_balance",
                       {{"account", account.path()}, {"kept", amount.euros()}, {"counted", wide_text(sum)}});
        }
    }

    void check_receivables();

    void check_closings() {
        Digest previous;
        for (const Closing& closing : book_.closings) {
            check_closing(closing, previous);
            previous = closing.digest;
        }
    }

    void check_closing(const Closing& closing, const Digest& previous) {
        std::uint64_t count = 0;
        for (const Entry& entry : book_.entries) {
            if (!closing.period.contains(entry.content.booking_day)) continue;
            ++count;
            if (entry.number > closing.after)
                breach("ledger_breach_closed_period",
                       {{"entry", number_text(entry)}, {"day", entry.content.booking_day.dutch()}});
        }
        if (count != closing.entries ||
            closing.digest != closing_digest(previous, closing.period, book_.entries))
            breach("ledger_breach_closing",
                   {{"first", closing.period.first.dutch()}, {"last", closing.period.last.dutch()}});
    }

    const BookContents& book_;
    std::vector<Breach> breaches_;
    Digest previous_;
    std::uint64_t expected_number_ = 0;
    std::set<std::string> keys_;
    std::map<Account, Int128> sums_;
};

void Checker::check_receivables() {
    const auto counted = receivables(book_);
    if (!counted.ok()) return breach("ledger_breach_overflow", {});
    std::map<Account, Int128> owed;
    for (const auto& [account, kept] : book_.balances) {
        if (is_owed(account.kind())) owed[debtor(account)] += kept.count();
    }
    for (const auto& [account, kept] : owed) {
        const auto found = counted->find(account);
        const Int128 open = found == counted->end() ? 0 : wide_open(found->second);
        if (open != kept)
            breach("ledger_breach_receivable",
                   {{"account", account.path()}, {"kept", wide_text(kept)}, {"counted", wide_text(open)}});
    }
}

}  // namespace

Result<std::map<Account, Receivable>> receivables(const BookContents& book) {
    std::map<Account, Receivable> result;
    for (const Entry& entry : book.entries) {
        const auto part = part_of(entry.content.kind);
        if (part == nullptr) continue;
        for (const Posting& posting : entry.content.postings) {
            if (!is_owed(posting.account.kind())) continue;
            if (lessens(part) && posting.amount.count() == INT64_MIN) return base::Error{"cents_overflow"};
            Cents& total = result[debtor(posting.account)].*part;
            BUNDEL_TRY(grown, values::add(total, lessens(part) ? -posting.amount : posting.amount));
            total = grown;
        }
    }
    return result;
}

std::vector<Breach> check(const BookContents& book) {
    return Checker(book).run();
}

}  // namespace bundel::ledger
