#include "engine/forecast.h"

#include <algorithm>
#include <tuple>

#include "engine/advances.h"
#include "engine/books.h"
#include "engine/outlook.h"
#include "engine/payouts.h"
#include "engine/women.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using ledger::AccountKind;
using ledger::EventKind;
using values::Ratio;
using values::Rounding;

namespace {

using ByPerson = std::map<PersonId, std::vector<Sent>>;

Result<ByPerson> bundles_by_person(Store& store) {
    BUNDEL_TRY(claims, store.all_claims());
    ByPerson by_person;
    for (Sent& claim : claims) {
        if (claim.kind == Kind::integrated) by_person[claim.person].push_back(std::move(claim));
    }
    return by_person;
}

// Of what was divided so far, the part that went to participants; the rest is reserve. None: nothing was.
Result<std::optional<Ratio>> share_of_participants(const ledger::Book& book, Date as_of) {
    Cents shares;
    Cents reserve;
    for (const auto& entry : book.entries()) {
        const EventKind kind = entry.content.kind;
        if (kind != EventKind::division_booked && kind != EventKind::division_reversed) continue;
        if (entry.content.booking_day > as_of) continue;
        for (const auto& posting : entry.content.postings) {
            if (posting.account.kind() == AccountKind::payable) shares -= posting.amount;
            if (posting.account.kind() == AccountKind::reserve) reserve -= posting.amount;
        }
    }
    BUNDEL_TRY(whole, values::add(shares, reserve));
    if (whole.count() <= 0 || shares.is_negative() || shares > whole) return std::optional<Ratio>();
    return std::optional(Ratio::of(shares.count(), whole.count()));
}

Cents open_amount(const Sent& debit, const std::vector<Sent>& of_woman, const rulebook::Rulebook& rulebook) {
    switch (claim::standing(debit, of_woman, rulebook)) {
        case claim::Standing::open: return debit.amount;
        case claim::Standing::live: return std::max(Cents(), debit.granted - debit.paid);
        case claim::Standing::crediting:
        case claim::Standing::stuck:
        case claim::Standing::dead: break;
    }
    return {};
}

struct OpenBundle {
    const Sent* claim;
    Cents amount;
};

// Of the advances of each insurer, as booked by then.
std::map<UzoviCode, Cents> set_off_so_far(const ledger::Book& book, Date as_of) {
    std::map<UzoviCode, Cents> set_off;
    for (const auto& entry : book.entries()) {
        const EventKind kind = entry.content.kind;
        const bool counts = kind == EventKind::advance_set_off || kind == EventKind::advance_set_off_reversed;
        if (!counts || entry.content.booking_day > as_of) continue;
        for (const auto& posting : entry.content.postings) {
            const auto insurer = UzoviCode::parse(posting.account.party());
            if (posting.account.kind() == AccountKind::insurer_advance && insurer.ok())
                set_off[*insurer] += posting.amount;
        }
    }
    return set_off;
}

// Gathers the position piece by piece; `due` needs what the claims came to.
class Gathering {
public:
    Gathering(World& world, Date as_of, const facts::Agreements& known)
        : world_(world), as_of_(as_of), known_(known) {}

    Result<CashOutlook> outlook() {
        BUNDEL_TRY(books, Books::open(world_.store));
        BUNDEL_TRY(share, share_of_participants(books.book(), as_of_));
        outlook_.divided = share.has_value();
        outlook_.to_participants = share.value_or(Ratio::of(1, 1));
        BUNDEL_TRY(by_person, bundles_by_person(world_.store));
        BUNDEL_TRY_DONE(add_claims(by_person, books.book()));
        BUNDEL_TRY_DONE(add_history(by_person));
        set_claim_days(by_person);
        BUNDEL_TRY_DONE(add_work());
        add_answers(by_person);
        add_balances(books.book());
        BUNDEL_TRY_DONE(add_payouts(books.book()));
        add_due();
        BUNDEL_TRY_DONE(add_set_offs(books.book()));
        const int wait_days = world_.rulebook.payout_terms().wait_days.value;
        BUNDEL_TRY(forecast, insight::forecast_cash(position_, {least_history(), wait_days}));
        outlook_.forecast = std::move(forecast);
        outlook_.payout_days = wait_days;
        outlook_.status = values::weakest(world_.rulebook.accrual_terms().least_history.status,
                                          world_.rulebook.payout_terms().wait_days.status);
        return std::move(outlook_);
    }

private:
    std::size_t least_history() const {
        return static_cast<std::size_t>(world_.rulebook.accrual_terms().least_history.value);
    }

    // Within which an insurer answers, and then pays.
    int term_of(std::string_view contract) const {
        int term = world_.rulebook.mono_terms().answer_term_days.value;
        for (const auto& known : known_.contracts) {
            if (known.fact.key.key.view() == contract) term = known.fact.answer_term_days;
        }
        return term;
    }

    Result<Cents> part_of_participants(Cents amount) const {
        return values::scale(amount, outlook_.to_participants, Rounding::half_even);
    }

    bool counts(const Sent& claim) const {
        return !claim.credit && claim.sent_day && *claim.sent_day <= as_of_;
    }

    // Oldest first.
    std::vector<OpenBundle> open_bundles(const ByPerson& by_person) const {
        std::vector<OpenBundle> open;
        for (const auto& [person, sent] : by_person) {
            for (const Sent& claim : sent) {
                const Cents amount = counts(claim) ? open_amount(claim, sent, world_.rulebook) : Cents();
                if (!amount.is_zero()) open.push_back({&claim, amount});
            }
        }
        std::ranges::sort(open, {}, [](const OpenBundle& one) {
            return std::tuple(*one.claim->sent_day, one.claim->reference);
        });
        return open;
    }

    // An advance that was set off counts as payment of what was granted, of no claim in particular: of the
    // oldest.
    Result<Done> add_claims(const ByPerson& by_person, const ledger::Book& book) {
        std::map<UzoviCode, Cents> set_off = set_off_so_far(book, as_of_);
        for (const OpenBundle& open : open_bundles(by_person)) {
            const Sent& claim = *open.claim;
            const bool answered = claim::is_final(claim.state);
            Cents amount = open.amount;
            if (answered) {
                Cents& rest = set_off[claim.insurer];
                const Cents counted = std::max(Cents(), std::min(rest, amount));
                rest -= counted;
                amount -= counted;
            }
            if (amount.is_zero()) continue;
            BUNDEL_TRY(part, part_of_participants(amount));
            position_.claims.push_back(
                {claim.insurer, *claim.sent_day, term_of(claim.contract.view()), amount, part, answered});
            if (answered) granted_to_participants_ += part;
        }
        return Done{};
    }

    Result<Done> add_history(const ByPerson& by_person) {
        std::map<std::pair<AgbCode, Reference>, Date> sent_on;
        for (const auto& [person, sent] : by_person) {
            for (const Sent& claim : sent) {
                if (counts(claim))
                    sent_on.emplace(std::pair(claim.declarant, claim.reference), *claim.sent_day);
            }
        }
        BUNDEL_TRY(payments, world_.store.all_payments());
        for (const PaymentRow& payment : payments) {
            const auto sent = sent_on.find({payment.declarant, payment.claim});
            const bool tells = !payment.withdrawn && payment.amount > Cents() && payment.day <= as_of_ &&
                               payment.received <= as_of_ && sent != sent_on.end() &&
                               sent->second <= payment.day;
            if (tells)
                position_.history.push_back(
                    {payment.insurer, values::days_between(sent->second, payment.day)});
        }
        return Done{};
    }

    // The middle of what it took so far from the first day of care to sending.
    void set_claim_days(const ByPerson& by_person) {
        std::vector<int> days;
        for (const auto& [person, sent] : by_person) {
            for (const Sent& claim : sent) {
                if (counts(claim) && claim.care.first <= *claim.sent_day)
                    days.push_back(values::days_between(claim.care.first, *claim.sent_day));
            }
        }
        outlook_.claim_history = days.size();
        if (days.size() < least_history()) return;
        const std::size_t middle = (days.size() - 1) / 2;
        std::nth_element(days.begin(), days.begin() + static_cast<std::ptrdiff_t>(middle), days.end());
        outlook_.claim_days = days[middle];
    }

    // What is not claimed is known by the month of its first care: taken to be its last day.
    Result<Done> add_work() {
        BUNDEL_TRY(totals, world_.store.totals());
        for (const CountRow& row : totals) {
            if (row.group != group::coming || row.amount <= Cents()) continue;
            const std::size_t slash = row.name.rfind('/');
            BUNDEL_TRY(first, Date::parse(row.name.substr(slash + 1) + "-01"));
            BUNDEL_TRY(part, part_of_participants(row.amount));
            std::optional<Date> sent;
            if (outlook_.claim_days)
                sent = std::max(values::Period::month_of(first).last.plus_days(*outlook_.claim_days), as_of_);
            position_.work.push_back({sent,
                                      term_of(row.name.substr(0, slash)),
                                      {row.amount, row.amount, row.amount},
                                      {part, part, part}});
        }
        return Done{};
    }

    // What insurers answered for good so far, whatever became of the claim later.
    void add_answers(const ByPerson& by_person) {
        for (const auto& [person, sent] : by_person) {
            for (const Sent& claim : sent) {
                const bool answered = counts(claim) && claim::is_final(claim.state) && claim.answered_day &&
                                      *claim.answered_day <= as_of_;
                if (answered)
                    position_.answers.push_back(
                        {claim.insurer, {1, claim.state == claim::State::rejected ? 1 : 0}});
            }
        }
    }

    void add_balances(const ledger::Book& book) {
        position_.as_of = as_of_;
        for (const auto& entry : book.entries()) {
            if (entry.content.booking_day > as_of_) continue;
            for (const auto& posting : entry.content.postings) {
                if (posting.account.kind() == AccountKind::bank) position_.bank += posting.amount;
                if (posting.account.kind() == AccountKind::payable) payable_ -= posting.amount;
                if (posting.account.kind() == AccountKind::participant_advance) advanced_ += posting.amount;
            }
        }
    }

    bool is_booked(const ledger::Book& book, const std::string& key) const {
        const ledger::Entry* entry = book.find(key);
        return entry != nullptr && entry->content.booking_day <= as_of_;
    }

    // Approved: still a debt in the book. Ordered: not any more, and not on a statement yet.
    Result<Done> add_payouts(const ledger::Book& book) {
        BUNDEL_TRY(payouts, world_.store.payouts());
        for (const PayoutRow& payout : payouts) {
            const bool goes_out =
                payout.state == PayoutState::approved || payout.state == PayoutState::ordered;
            if (!goes_out || !payout.approved || *payout.approved > as_of_) continue;
            for (std::size_t i = 0; i < payout.lines.size(); ++i) {
                const std::string reference = reference_of(payout.number, i + 1);
                if (is_booked(book, paid_key(reference))) continue;
                const Cents amount = payout.lines[i].amount;
                if (!is_booked(book, ordered_key(reference))) payable_ -= amount;
                position_.agreed.push_back({std::max(payout.pay_on, as_of_), -amount});
                outlook_.on_the_way += amount;
            }
        }
        return Done{};
    }

    // What participants have coming beyond their part of what insurers still owe is of money that is here;
    // what they were paid in advance is held back of that first.
    void add_due() {
        const Cents here = std::max(Cents(), payable_ - granted_to_participants_);
        const Cents held_back = std::min(here, advanced_);
        advanced_ -= held_back;
        outlook_.held_back = held_back;
        outlook_.due = here - held_back;
        if (!outlook_.due.is_zero()) position_.agreed.push_back({as_of_, -outlook_.due});
    }

    // Of insurers by the rule of the month close. A payout holds back all of an advance, whatever is set off
    // of it by then.
    Result<Done> add_set_offs(const ledger::Book& book) {
        BUNDEL_TRY(coming,
                   set_offs_to_come(world_, book, as_of_, as_of_.plus_days(7 * insight::forecast_weeks)));
        for (const SetOffToCome& one : coming) {
            if (one.account.kind() != AccountKind::insurer_advance) continue;
            BUNDEL_TRY(insurer, UzoviCode::parse(one.account.party()));
            position_.set_offs.push_back({insurer, one.on, one.amount});
        }
        if (advanced_ > Cents()) position_.set_offs.push_back({{}, as_of_, advanced_});
        return Done{};
    }

    World& world_;
    Date as_of_;
    const facts::Agreements& known_;
    insight::CashPosition position_;
    CashOutlook outlook_;
    Cents granted_to_participants_;
    Cents payable_;   // to participants, in no payout
    Cents advanced_;  // to participants, not held back yet
};

}  // namespace

Result<CashOutlook> cash_outlook(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    return Gathering(world, as_of, known).outlook();
}

}  // namespace bundel::engine
