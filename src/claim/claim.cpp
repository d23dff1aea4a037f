#include "claim/claim.h"

#include <algorithm>

namespace bundel::claim {
using rulebook::ReturnCode;
using rulebook::Rulebook;

Digest Ought::content() const {
    base::Hasher hasher;
    hasher.add(static_cast<std::int64_t>(kind)).add(declarant.number()).add(insurer.number());
    hasher.add(performance.list).add(performance.code.view()).add(amount.count());
    // A bundle is the same claim when only its days moved; a line of a participant is that line.
    if (kind == Kind::forwarded) hasher.add(line.issuer.number()).add(line.reference.view());
    return hasher.finish();
}

const char* word(Kind kind, Way way, bool credit) {
    if (kind == Kind::integrated) return credit ? "claim_integrated_credit" : "claim_integrated";
    if (way == Way::list) return credit ? "claim_handed_over_credit" : "claim_handed_over";
    return credit ? "claim_forwarded_credit" : "claim_forwarded";
}

const char* word(State state) {
    switch (state) {
        case State::planned: return "state_planned";
        case State::staged: return "state_staged";
        case State::sent: return "state_sent";
        case State::received: return "state_received";
        case State::approved: return "state_approved";
        case State::approved_other_amount: return "state_approved_other_amount";
        case State::rejected: return "state_rejected";
        case State::paid: return "state_paid";
        case State::handed_over: return "state_handed_over";
    }
    BUNDEL_ASSERT(false);
    return "";
}

bool may_follow(State from, State to) {
    struct Step {
        State from;
        State to;
    };
    static constexpr Step steps[] = {
        {State::planned, State::staged},
        {State::staged, State::sent},
        {State::sent, State::handed_over},
        {State::sent, State::received},
        {State::sent, State::approved},
        {State::sent, State::rejected},
        {State::sent, State::approved_other_amount},
        {State::received, State::approved},
        {State::received, State::rejected},
        {State::received, State::approved_other_amount},
        {State::approved, State::paid},
        {State::approved_other_amount, State::paid},
        {State::paid, State::approved},
        {State::paid, State::approved_other_amount},
    };
    return std::any_of(std::begin(steps), std::end(steps),
                       [&](const Step& s) { return s.from == from && s.to == to; });
}

namespace {

// How an answer on a credit turned out: accepted, still open, or refused with one of the meanings of the code
// list.
enum class CreditOutcome : std::uint8_t { open, gone, refused };

CreditOutcome credit_outcome(const Sent& credit, const Rulebook& rulebook) {
    if (!is_final(credit.state)) return CreditOutcome::open;
    if (credit.state != State::rejected) return CreditOutcome::gone;
    for (const auto& code : credit.codes) {
        const ReturnCode* known = code.empty() ? nullptr : rulebook.return_code(code.view());
        if (known == nullptr) continue;
        // Credited before, or never known there: either way nothing of the debit stands at the insurer.
        if (known->on_credit == ReturnCode::Credit::already_credited) return CreditOutcome::gone;
        if (known->on_credit == ReturnCode::Credit::no_debit_known) return CreditOutcome::gone;
    }
    return CreditOutcome::refused;
}

bool credits(const Sent& credit, const Sent& debit) {
    return credit.credit && credit.declarant == debit.declarant && credit.debit == debit.reference;
}

}  // namespace

Standing standing(const Sent& debit, std::span<const Sent> sent, const Rulebook& rulebook) {
    BUNDEL_ASSERT(!debit.credit);
    if (!is_final(debit.state)) return Standing::open;
    if (debit.state == State::rejected) return Standing::dead;
    Standing result = Standing::live;
    for (const Sent& credit : sent) {
        if (!credits(credit, debit)) continue;
        const CreditOutcome outcome = credit_outcome(credit, rulebook);
        if (outcome == CreditOutcome::gone) return Standing::dead;
        if (outcome == CreditOutcome::open) result = Standing::crediting;
        if (outcome == CreditOutcome::refused && result == Standing::live) result = Standing::stuck;
    }
    return result;
}

Cents applicable(Cents amount, const Sent& debit, Standing standing) {
    BUNDEL_ASSERT(!debit.credit);
    if (standing == Standing::open) return {};
    if (amount.is_negative()) return std::max(amount, std::min(Cents(), -debit.paid));
    const Cents due = standing == Standing::dead ? Cents() : debit.granted;
    return std::min(amount, std::max(Cents(), due - debit.paid));
}

State state_when_paid(const Sent& debit) {
    BUNDEL_ASSERT(is_final(debit.state) && !debit.credit);
    if (debit.state == State::rejected || debit.state == State::handed_over) return debit.state;
    if (!debit.granted.is_zero() && debit.paid == debit.granted) return State::paid;
    return debit.granted == debit.amount ? State::approved : State::approved_other_amount;
}

std::vector<Position> net_position(std::span<const Sent> sent, const Rulebook& rulebook) {
    std::vector<Position> positions;
    for (const Sent& claim : sent) {
        if (claim.credit || !is_final(claim.state) || standing(claim, sent, rulebook) == Standing::dead)
            continue;
        const auto same = std::find_if(positions.begin(), positions.end(), [&](const Position& p) {
            return p.declarant == claim.declarant && p.insurer == claim.insurer &&
                   p.performance == claim.performance;
        });
        if (same != positions.end())
            same->amount += claim.granted;
        else
            positions.push_back({claim.declarant, claim.insurer, claim.performance, claim.granted});
    }
    std::erase_if(positions, [](const Position& p) { return p.amount.is_zero(); });
    std::sort(positions.begin(), positions.end());
    return positions;
}

std::vector<Breach> breaches(std::span<const Sent> sent, const Rulebook& rulebook) {
    std::vector<Breach> found;
    std::vector<const Sent*> standing_debits;
    for (const Sent& claim : sent) {
        if (claim.credit) {
            const auto debit = std::find_if(sent.begin(), sent.end(), [&](const Sent& other) {
                return !other.credit && credits(claim, other);
            });
            if (debit == sent.end())
                found.push_back({"breach_credit_without_debit", claim.reference});
            else if (debit->amount != claim.amount || debit->insurer != claim.insurer ||
                     debit->performance != claim.performance)
                found.push_back({"breach_credit_differs", claim.reference});
            else if (debit->message == claim.message && claim.message != 0)
                found.push_back({"breach_credit_in_file_of_debit", claim.reference});
        } else if (standing(claim, sent, rulebook) != Standing::dead) {
            standing_debits.push_back(&claim);
        }
    }
    for (auto claim = sent.begin(); claim != sent.end(); ++claim) {
        const bool used = std::any_of(sent.begin(), claim, [&](const Sent& earlier) {
            return earlier.declarant == claim->declarant && earlier.reference == claim->reference;
        });
        if (used) found.push_back({"breach_reference_twice", claim->reference});
    }
    for (std::size_t i = 0; i < standing_debits.size(); ++i) {
        for (std::size_t j = i + 1; j < standing_debits.size(); ++j) {
            const Sent& a = *standing_debits[i];
            const Sent& b = *standing_debits[j];
            if (!a.care.overlaps(b.care)) continue;
            const bool both_bundle = a.kind == Kind::integrated && b.kind == Kind::integrated;
            const bool same_line = a.kind == Kind::forwarded && b.kind == Kind::forwarded && a.line == b.line;
            if ((both_bundle && a.performance == b.performance) || same_line)
                found.push_back({"breach_two_live_claims", b.reference});
        }
    }
    return found;
}

}  // namespace bundel::claim
