#include "ledger/event.h"

#include <algorithm>

namespace bundel::ledger {
using base::Error;
using base::Result;
using values::Cents;

namespace {

using enum AccountKind;
constexpr EventRow rows[] = {
    {EventKind::claim_sent, "claim_sent", "declaratie verzonden", receivable, to_divide},
    {EventKind::claim_reduced, "claim_reduced", "declaratie lager toegekend", to_divide, receivable},
    {EventKind::claim_rejected, "claim_rejected", "declaratie afgewezen", to_divide, receivable},
    {EventKind::claim_paid, "claim_paid", "declaratie betaald", bank, receivable},
    {EventKind::credit_accepted, "credit_accepted", "creditering aanvaard", to_divide, receivable},
    {EventKind::payment_unapplied, "payment_unapplied", "betaling nog niet verwerkt", bank, unapplied},
    {EventKind::payment_applied, "payment_applied", "betaling alsnog verwerkt", unapplied, receivable},
    {EventKind::payment_reversed, "payment_reversed", "betaling teruggehaald", receivable, bank},
    {EventKind::unapplied_reversed, "unapplied_reversed", "onverwerkte betaling teruggehaald", unapplied,
     bank},
    {EventKind::reversal_applied, "reversal_applied", "teruggehaalde betaling alsnog verwerkt", receivable,
     unapplied},
    {EventKind::division_booked, "division_booked", "verdeling geboekt", std::nullopt, std::nullopt},
    {EventKind::division_reversed, "division_reversed", "verdeling teruggedraaid", std::nullopt,
     std::nullopt},
    {EventKind::accrual_booked, "accrual_booked", "onderhanden werk geboekt", accrued, expected},
    {EventKind::accrual_reversed, "accrual_reversed", "onderhanden werk teruggedraaid", expected, accrued},
    {EventKind::bought_booked, "bought_booked", "ingekochte zorg geboekt", bought_care, supplier},
    {EventKind::bought_reversed, "bought_reversed", "ingekochte zorg teruggedraaid", supplier, bought_care},
};

Result<Account> account_of(AccountKind kind, const Event& event) {
    if (kind == to_divide) {
        if (event.performance.empty()) return Error{"ledger_performance_missing"};
        return Account::make(kind, event.performance);
    }
    if (kind == receivable || kind == unapplied) {
        if (event.insurer.is_none()) return Error{"ledger_insurer_missing"};
        return Account::make(kind, event.insurer.digits());
    }
    if (kind == accrued || kind == expected || kind == bought_care) {
        if (event.subject.empty()) return Error{"ledger_subject_missing"};
        return Account::make(kind, event.subject);
    }
    return Account::make(kind, kind == supplier ? event.supplier : std::string());
}

bool answers_another(EventKind kind) {
    return kind == EventKind::division_reversed || kind == EventKind::accrual_reversed ||
           kind == EventKind::bought_reversed;
}

Result<std::vector<Posting>> moved(const Event& event, const EventRow& row) {
    const bool may_be_credit_note = row.debit == bought_care || row.credit == bought_care;
    if (event.amount.is_zero() || (event.amount.is_negative() && !may_be_credit_note))
        return Error{"ledger_amount_not_positive"};
    BUNDEL_TRY(debit, account_of(*row.debit, event));
    BUNDEL_TRY(credit, account_of(*row.credit, event));
    return std::vector<Posting>{{debit, event.amount}, {credit, -event.amount}};
}

Result<Cents> negated_sum(const std::vector<Posting>& postings) {
    std::vector<Cents> amounts;
    for (const Posting& posting : postings) amounts.push_back(posting.amount);
    BUNDEL_TRY(total, values::sum(amounts));
    if (total.count() == INT64_MIN) return Error{"cents_overflow"};
    return -total;
}

// Shares and reserve are owed, so they are credits, and the pot pays for all of them.
Result<std::vector<Posting>> divided(const Event& event) {
    BUNDEL_TRY(pot, account_of(to_divide, event));
    std::vector<Posting> postings{{Account::of(reserve), event.reserve}};
    for (const Share& share : event.shares)
        postings.push_back({Account::of(payable, share.participant.digits()), share.amount});
    const bool booked = event.kind == EventKind::division_booked;
    for (Posting& posting : postings) {
        if (posting.amount.count() == INT64_MIN) return Error{"cents_overflow"};
        if (booked) posting.amount = -posting.amount;
    }
    BUNDEL_TRY(total, negated_sum(postings));
    postings.push_back({pot, total});
    return postings;
}

Result<std::vector<Posting>> postings_for(const Event& event) {
    if (answers_another(event.kind) && event.earlier_key.empty()) return Error{"ledger_earlier_missing"};
    const EventRow& row = row_of(event.kind);
    return row.debit && row.credit ? moved(event, row) : divided(event);
}

}  // namespace

std::span<const EventRow> event_rows() {
    return rows;
}

const EventRow& row_of(EventKind kind) {
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](auto& r) { return r.kind == kind; });
    BUNDEL_ASSERT(row != std::end(rows));
    return *row;
}

Result<EventKind> parse_event_kind(std::string_view code) {
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](auto& r) { return r.code == code; });
    if (row == std::end(rows)) return Error{"ledger_event_unknown"};
    return row->kind;
}

Result<std::vector<Posting>> normalised(std::vector<Posting> postings) {
    std::sort(postings.begin(), postings.end());
    std::vector<Posting> merged;
    for (std::size_t i = 0; i < postings.size();) {
        std::vector<Cents> amounts;
        const Account account = postings[i].account;
        for (; i < postings.size() && postings[i].account == account; ++i)
            amounts.push_back(postings[i].amount);
        BUNDEL_TRY(total, values::sum(amounts));
        if (!total.is_zero()) merged.push_back({account, total});
    }
    return merged;
}

Result<Draft> entry_for(const Event& event) {
    BUNDEL_TRY(postings, postings_for(event));
    BUNDEL_TRY(sorted, normalised(std::move(postings)));
    if (sorted.empty()) return Error{"ledger_entry_empty", {{"key", event.key}}};
    return Draft{event.kind,        event.key,         event.booking_day,
                 event.care_period, std::move(sorted), event.earlier_key};
}

}  // namespace bundel::ledger
