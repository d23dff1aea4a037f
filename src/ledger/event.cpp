#include "ledger/event.h"

#include <algorithm>

#include "base/int128.h"

namespace bundel::ledger {
using base::Error;
using base::Result;
using values::Cents;

namespace {

using enum AccountKind;
using enum EventKind;
constexpr auto several = std::optional<AccountKind>();
constexpr EventRow rows[] = {
    {claim_planned, "claim_planned", "declaratie gepland", planned, planned_contra},
    {plan_withdrawn, "plan_withdrawn", "planning vervallen", planned_contra, planned, false, true},
    {claim_sent, "claim_sent", "declaratie verzonden", receivable, to_divide},
    {claim_reduced, "claim_reduced", "declaratie lager toegekend", to_divide, receivable},
    {claim_rejected, "claim_rejected", "declaratie afgewezen", to_divide, receivable},
    {claim_approved, "claim_approved", "declaratie toegekend", granted, receivable},
    {claim_paid, "claim_paid", "declaratie betaald", bank, granted},
    {credit_accepted, "credit_accepted", "creditering aanvaard", to_divide, granted},
    {payment_unapplied, "payment_unapplied", "betaling nog niet verwerkt", bank, unapplied},
    {payment_applied, "payment_applied", "betaling alsnog verwerkt", unapplied, granted},
    {payment_reversed, "payment_reversed", "betaling teruggehaald", granted, bank},
    {unapplied_reversed, "unapplied_reversed", "onverwerkte betaling teruggehaald", unapplied, bank},
    {reversal_applied, "reversal_applied", "teruggehaalde betaling alsnog verwerkt", granted, unapplied},
    {division_booked, "division_booked", "verdeling geboekt", several, several},
    {division_reversed, "division_reversed", "verdeling teruggedraaid", several, several, false, true},
    {accrual_booked, "accrual_booked", "onderhanden werk geboekt", accrued, expected},
    {accrual_reversed, "accrual_reversed", "onderhanden werk teruggedraaid", expected, accrued, false, true},
    {bought_booked, "bought_booked", "ingekochte zorg geboekt", bought_care, supplier, true},
    {bought_reversed, "bought_reversed", "ingekochte zorg teruggedraaid", supplier, bought_care, true, true},
    {supplier_paid, "supplier_paid", "leverancier betaald", supplier, bank},
    {advance_received, "advance_received", "voorschot ontvangen", bank, insurer_advance},
    {advance_repaid, "advance_repaid", "voorschot terugbetaald", insurer_advance, bank},
    {advance_set_off, "advance_set_off", "voorschot verrekend", insurer_advance, granted},
    {advance_set_off_reversed, "advance_set_off_reversed", "verrekening van voorschot teruggedraaid", granted,
     insurer_advance, false, true},
    {participant_advanced, "participant_advanced", "voorschot betaald", participant_advance, bank},
    {participant_advance_repaid, "participant_advance_repaid", "voorschot terugontvangen", bank,
     participant_advance},
    {participant_advance_set_off, "participant_advance_set_off", "voorschot aan deelnemer verrekend", payable,
     participant_advance},
    {participant_advance_set_off_reversed, "participant_advance_set_off_reversed",
     "verrekening aan deelnemer teruggedraaid", participant_advance, payable, false, true},
    {payout_ordered, "payout_ordered", "uitbetaling opgedragen", payable, in_transit},
    {payout_paid, "payout_paid", "uitbetaling uitgevoerd", in_transit, bank},
    {payout_returned, "payout_returned", "uitbetaling niet uitgevoerd", in_transit, payable},
    {payout_refunded, "payout_refunded", "uitbetaling teruggestort", bank, payable},
    {opening_booked, "opening_booked", "beginsaldo", several, opening, true},
    {true_up_booked, "true_up_booked", "samenloop verrekend", receivable, to_divide, true, false,
     overlap_pot},
    {true_up_reversed, "true_up_reversed", "samenloop teruggedraaid", to_divide, receivable, true, true,
     overlap_pot},
    {reward_booked, "reward_booked", "kwaliteitsbeloning geboekt", receivable, to_divide, true, false,
     quality_pot},
    {reward_reversed, "reward_reversed", "kwaliteitsbeloning teruggedraaid", to_divide, receivable, true,
     true, quality_pot},
    {settlement_paid, "settlement_paid", "afrekening betaald", bank, receivable, true},
    {settlement_applied, "settlement_applied", "betaling van afrekening verwerkt", unapplied, receivable,
     true},
    {rounding_moved, "rounding_moved", "afronding verschoven", several, several},
};

// A row stands at the place of its kind.
static_assert([] {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (rows[i].kind != static_cast<EventKind>(i)) return false;
    }
    return true;
}());

Result<Account> account_of(AccountKind kind, const Event& event) {
    switch (kind) {
        case to_divide:
        case planned_contra:
            if (event.performance.empty()) return Error{"ledger_performance_missing"};
            return Account::make(kind, event.performance);
        case receivable:
        case granted:
        case unapplied:
        case planned:
        case insurer_advance:
            if (event.insurer.is_none()) return Error{"ledger_insurer_missing"};
            return Account::make(kind, event.insurer.digits());
        case accrued:
        case expected:
        case bought_care:
            if (event.subject.empty()) return Error{"ledger_subject_missing"};
            return Account::make(kind, event.subject);
        case payable:
        case participant_advance:
        case in_transit:
            if (event.participant.is_none()) return Error{"ledger_participant_missing"};
            return Account::make(kind, event.participant.digits());
        case supplier: return Account::make(kind, event.supplier);
        case covered:
        case reserve:
        case bank:
        case opening: break;
    }
    return Account::make(kind, {});
}

Result<Account> account_of(AccountKind kind, const Event& event, const EventRow& row) {
    if (kind == to_divide && !row.pot.empty()) return Account::make(kind, row.pot);
    return account_of(kind, event);
}

Result<std::vector<Posting>> moved(const Event& event, const EventRow& row) {
    if (event.amount.is_zero() || (event.amount.is_negative() && !row.may_be_negative))
        return Error{"ledger_amount_not_positive"};
    if (event.amount.count() == INT64_MIN) return Error{"cents_overflow"};
    BUNDEL_TRY(debit, account_of(*row.debit, event, row));
    BUNDEL_TRY(credit, account_of(*row.credit, event, row));
    return std::vector<Posting>{{debit, event.amount}, {credit, -event.amount}};
}

// What is only expected has no place among what was there when the book began.
Result<std::vector<Posting>> opened(const Event& event) {
    const bool fits = event.account && event.account->kind() != opening && event.account->kind() != planned &&
                      event.account->kind() != planned_contra;
    if (!fits) return Error{"ledger_opening_account"};
    if (event.amount.count() == INT64_MIN) return Error{"cents_overflow"};
    return std::vector<Posting>{{*event.account, event.amount}, {Account::of(opening), -event.amount}};
}

Result<Cents> negated_sum(const std::vector<Posting>& postings) {
    base::Int128 total = 0;
    for (const Posting& posting : postings) total -= posting.amount.count();
    if (total > INT64_MAX || total < INT64_MIN) return Error{"cents_overflow"};
    return Cents::of(static_cast<std::int64_t>(total));
}

// What participants have coming is owed to them: a credit.
Result<std::vector<Posting>> credited(const Event& event) {
    std::vector<Posting> postings;
    for (const Share& share : event.shares) {
        if (share.amount.count() == INT64_MIN) return Error{"cents_overflow"};
        if (share.participant.is_none()) return Error{"ledger_participant_missing"};
        postings.push_back({Account::of(payable, share.participant.digits()), -share.amount});
    }
    return postings;
}

Result<std::vector<Posting>> rounded(const Event& event) {
    BUNDEL_TRY(postings, credited(event));
    BUNDEL_TRY(total, negated_sum(postings));
    if (!total.is_zero()) return Error{"ledger_shares_unbalanced", {{"key", event.key}}};
    return postings;
}

// Shares, reserve and what is kept for bought care are credits, and the pot pays for all of them.
Result<std::vector<Posting>> divided(const Event& event) {
    BUNDEL_TRY(pot, account_of(to_divide, event));
    BUNDEL_TRY(postings, credited(event));
    if (event.reserve.count() == INT64_MIN) return Error{"cents_overflow"};
    postings.push_back({Account::of(reserve), -event.reserve});
    for (const CoveredPart& part : event.covered) {
        if (part.amount.count() == INT64_MIN) return Error{"cents_overflow"};
        BUNDEL_TRY(account, Account::make(covered, part.kind));
        postings.push_back({account, -part.amount});
    }
    if (event.kind == division_reversed) {
        for (Posting& posting : postings) posting.amount = -posting.amount;
    }
    BUNDEL_TRY(total, negated_sum(postings));
    postings.push_back({pot, total});
    return postings;
}

Result<std::vector<Posting>> postings_for(const Event& event) {
    const EventRow& row = row_of(event.kind);
    if (row.answers_another && event.earlier_key.empty()) return Error{"ledger_earlier_missing"};
    switch (event.kind) {
        case division_booked:
        case division_reversed: return divided(event);
        case rounding_moved: return rounded(event);
        case opening_booked: return opened(event);
        default: return moved(event, row);
    }
}

}  // namespace

std::span<const EventRow> event_rows() {
    return rows;
}

const EventRow& row_of(EventKind kind) {
    const auto at = static_cast<std::size_t>(kind);
    BUNDEL_ASSERT(at < std::size(rows));
    return rows[at];
}

Result<EventKind> parse_event_kind(std::string_view code) {
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](auto& r) { return r.code == code; });
    if (row == std::end(rows)) return Error{"ledger_event_unknown"};
    return row->kind;
}

Result<std::vector<Posting>> normalised(std::vector<Posting> postings) {
    std::sort(postings.begin(), postings.end(),
              [](const Posting& a, const Posting& b) { return a.account < b.account; });
    auto kept = postings.begin();
    for (auto next = postings.begin(); next != postings.end();) {
        const Account account = next->account;
        base::Int128 total = 0;
        for (; next != postings.end() && next->account == account; ++next) total += next->amount.count();
        if (total > INT64_MAX || total < INT64_MIN) return Error{"cents_overflow"};
        if (total != 0) *kept++ = {account, Cents::of(static_cast<std::int64_t>(total))};
    }
    postings.erase(kept, postings.end());
    return postings;
}

Result<Draft> entry_for(const Event& event) {
    BUNDEL_TRY(postings, postings_for(event));
    BUNDEL_TRY(sorted, normalised(std::move(postings)));
    if (sorted.empty()) return Error{"ledger_entry_empty", {{"key", event.key}}};
    return Draft{event.kind,        event.key,         event.booking_day,
                 event.care_period, std::move(sorted), event.earlier_key};
}

}  // namespace bundel::ledger
