#include "engine/payments.h"

#include <algorithm>

#include "engine/region.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using ledger::EventKind;

namespace {

std::string name_of(const PaymentRow& row) {
    return row.insurer.digits() + "/" + row.key.str();
}

std::string paid_key(const PaymentRow& row) {
    return "betaald:" + name_of(row);
}

std::string aside_key(const PaymentRow& row) {
    return "onverwerkt:" + name_of(row);
}

// The kinds of event that a payment makes when it is positive, and when it is negative.
struct Move {
    EventKind paid;
    EventKind taken_back;
};
constexpr Move onto_claim{EventKind::claim_paid, EventKind::payment_reversed};
constexpr Move aside{EventKind::payment_unapplied, EventKind::unapplied_reversed};
constexpr Move from_aside{EventKind::payment_applied, EventKind::reversal_applied};

// Nothing when there is nothing to move, or when the money is not the IGO's. `earlier`: what it goes on from,
// as far as that was booked.
Result<Done> book(World& world, Books& books, const PaymentRow& row, Cents amount, const Move& move,
                  std::string key, const Sent* debit, Date booking_day, const std::string& earlier = {}) {
    if (amount.is_zero() || row.declarant != world.settings.igo) return Done{};
    ledger::Event event;
    event.kind = amount.is_negative() ? move.taken_back : move.paid;
    event.key = std::move(key);
    event.booking_day = booking_day;
    event.care_period = debit != nullptr ? debit->care : values::Period::day(row.day);
    event.insurer = row.insurer;
    event.amount = amount.is_negative() ? -amount : amount;
    if (books.book().find(earlier) != nullptr) event.earlier_key = earlier;
    return books.post(event);
}

struct Target {
    Sent debit;
    claim::Standing standing = claim::Standing::open;
};

// The debit that a reference of a payment speaks of: itself, or what it credits. None: nobody's, or of
// another insurer.
Result<std::optional<Target>> target_of(World& world, const PaymentRow& row) {
    if (row.claim.empty()) return std::optional<Target>();
    BUNDEL_TRY(named, world.store.claim(row.declarant, row.claim));
    if (named && named->credit) {
        BUNDEL_TRY(debit, world.store.claim(row.declarant, named->debit));
        named = std::move(debit);
    }
    if (!named || named->insurer != row.insurer) return std::optional<Target>();
    BUNDEL_TRY(of_woman, world.store.claims_of(named->person));
    const auto standing = claim::standing(*named, of_woman, world.rulebook);
    return std::optional(Target{std::move(*named), standing});
}

Result<Done> put_on(World& world, Target& target, Cents amount, Date day, const Digest& cause) {
    target.debit.paid += amount;
    target.debit.state = claim::state_when_paid(target.debit);
    return world.store.set_claim(target.debit, day, cause);
}

// The rest of a row onto the claim it names, as far as it belongs there.
Result<Done> apply_rest(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_TRY(target, target_of(world, row));
    if (!target) return Done{};
    const Cents applied = claim::applicable(row.amount - row.applied, target->debit, target->standing);
    if (applied.is_zero()) return Done{};
    row.applied += applied;
    // What a row has applied only grows: the sum so far tells its bookings apart.
    const std::string key = "verwerkt:" + name_of(row) + "/" + std::to_string(row.applied.count());
    BUNDEL_TRY_DONE(
        book(world, books, row, applied, from_aside, key, &target->debit, booking_day, aside_key(row)));
    BUNDEL_TRY_DONE(put_on(world, *target, applied, booking_day, row.message));
    return world.store.put_payment(row);
}

// Undoes what the row did. False: its money is not there any more.
Result<bool> withdraw(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_TRY(target, target_of(world, row));
    const Cents back = -row.applied;
    if (!back.is_zero()) {
        BUNDEL_ASSERT(target.has_value());  // it was applied to it
        if (claim::applicable(back, target->debit, target->standing) != back) return false;
        BUNDEL_TRY_DONE(book(world, books, row, back, onto_claim, "ingetrokken:" + name_of(row),
                             &target->debit, booking_day, paid_key(row)));
        BUNDEL_TRY_DONE(put_on(world, *target, back, booking_day, row.message));
    }
    BUNDEL_TRY_DONE(book(world, books, row, row.applied - row.amount, aside,
                         "rest ingetrokken:" + name_of(row), nullptr, booking_day, aside_key(row)));
    row.withdrawn = true;
    row.applied = {};
    BUNDEL_TRY_DONE(world.store.put_payment(row));
    if (target) BUNDEL_TRY_DONE(apply_waiting(world, books, target->debit, booking_day));
    return true;
}

bool same_payment(const PaymentRow& kept, const intake::Payment& payment) {
    return kept.declarant == payment.declarant && kept.claim == payment.claim && kept.day == payment.day &&
           kept.amount == payment.amount;
}

void find(base::Findings& findings, const char* code, const std::string& name,
          const intake::Payment& payment) {
    base::Finding finding;
    finding.code = code;
    finding.severity = base::Severity::line_refused;
    finding.where.file = name;
    finding.where.record = payment.record;
    finding.params.emplace_back("key", payment.key.str());
    finding.source = "docs/reference/csv.md";
    findings.push_back(std::move(finding));
}

// Why a payment with a rest has nowhere to go; none: it waits for an answer.
Result<const char*> why_open(World& world, const PaymentRow& row) {
    // What a bank statement brought is asked about with all that the statement says (banking.cpp).
    if (row.claim.empty() && row.key.view().starts_with("bank-")) return nullptr;
    if (row.claim.empty()) return "payment_without_claim";
    BUNDEL_TRY(named, world.store.claim(row.declarant, row.claim));
    if (!named) return "payment_claim_unknown";
    if (named->insurer != row.insurer) return "payment_other_insurer";
    BUNDEL_TRY(target, target_of(world, row));
    if (!target) return "payment_claim_unknown";
    if (target->standing == claim::Standing::open) return nullptr;
    return row.amount.is_negative() ? "payment_back_unpaid" : "payment_above_granted";
}

}  // namespace

Result<Done> take_payment(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_ASSERT(row.applied.is_zero() && !row.withdrawn);
    BUNDEL_TRY(target, target_of(world, row));
    if (target) row.applied = claim::applicable(row.amount, target->debit, target->standing);
    BUNDEL_TRY_DONE(book(world, books, row, row.applied, onto_claim, paid_key(row),
                         target ? &target->debit : nullptr, booking_day));
    BUNDEL_TRY_DONE(
        book(world, books, row, row.amount - row.applied, aside, aside_key(row), nullptr, booking_day));
    BUNDEL_TRY_DONE(world.store.put_payment(row));
    if (row.applied.is_zero()) return Done{};
    BUNDEL_TRY_DONE(put_on(world, *target, row.applied, booking_day, row.message));
    // What was taken back makes room for what came too early.
    return apply_waiting(world, books, target->debit, booking_day);
}

Result<Done> withdraw_payment(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_ASSERT(row.applied.is_zero() && !row.withdrawn);
    BUNDEL_TRY(undone, withdraw(world, books, std::move(row), booking_day));
    BUNDEL_ASSERT(undone);  // nothing of it was anywhere else
    return Done{};
}

Result<std::size_t> take_payments(World& world, const std::vector<intake::Payment>& payments,
                                  const Digest& message, const std::string& name, Date received,
                                  base::Findings& findings) {
    std::size_t fresh = 0;
    if (payments.empty()) return fresh;
    BUNDEL_TRY(books, Books::open(world.store));
    for (const intake::Payment& payment : payments) {
        BUNDEL_TRY(kept, world.store.payment(payment.insurer, payment.key.view()));
        if (kept && !same_payment(*kept, payment)) {
            find(findings, "payment_key_reused", name, payment);
        } else if (kept && payment.withdrawn && !kept->withdrawn) {
            BUNDEL_TRY(undone, withdraw(world, books, *kept, received));
            if (!undone) find(findings, "payment_spent", name, payment);
            if (undone) ++fresh;
        } else if (!kept) {
            PaymentRow row{payment.insurer, payment.key, payment.withdrawn, payment.declarant,
                           payment.claim,   payment.day, payment.amount,    Cents(),
                           message,         received};
            // Withdrawn before it came: when it comes it is known, and nothing happens.
            BUNDEL_TRY_DONE(row.withdrawn ? world.store.put_payment(row)
                                          : take_payment(world, books, row, received));
            ++fresh;
        }
    }
    return fresh;
}

Result<Done> apply_waiting(World& world, Books& books, const Sent& claim, Date booking_day) {
    const values::Reference debit = claim.credit ? claim.debit : claim.reference;
    BUNDEL_TRY(of_woman, world.store.claims_of(claim.person));
    for (const Sent& one : of_woman) {
        const bool named =
            one.declarant == claim.declarant && (one.credit ? one.debit : one.reference) == debit;
        if (!named) continue;
        BUNDEL_TRY(rows, world.store.payments_on(one.declarant, one.reference));
        for (const PaymentRow& row : rows) {
            if (!row.withdrawn && row.applied != row.amount)
                BUNDEL_TRY_DONE(apply_rest(world, books, row, booking_day));
        }
    }
    return Done{};
}

Result<Done> ask_about_payments(World& world, Date as_of) {
    BUNDEL_TRY(rows, world.store.open_payments());
    BUNDEL_TRY(settled, settled_questions(world, as_of));
    std::vector<QuestionRow> questions;
    for (const PaymentRow& row : rows) {
        if (row.received > as_of) continue;
        BUNDEL_TRY(code, why_open(world, row));
        if (code == nullptr) continue;
        QuestionRow question;
        question.key = "betaling/" + name_of(row);
        if (settled.contains(question.key)) continue;
        question.code = code;
        const Cents rest = row.amount - row.applied;
        question.amount = rest.is_negative() ? -rest : rest;
        question.params = {{"payment", row.key.str()},
                           {"insurer", row.insurer.digits()},
                           {"claim", row.claim.str()},
                           {"day", row.day.dutch()}};
        questions.push_back(std::move(question));
    }
    return world.store.put_topic("betaling", questions);
}

Result<Done> compare_payments(World& world, const std::vector<Sent>& claims, std::vector<Error>& breaches) {
    BUNDEL_TRY(rows, world.store.all_payments());
    std::map<std::pair<AgbCode, values::Reference>, Cents> applied;
    for (const PaymentRow& row : rows) {
        if (row.applied.is_zero()) continue;
        BUNDEL_TRY(target, target_of(world, row));
        if (target) applied[{row.declarant, target->debit.reference}] += row.applied;
    }
    for (const Sent& claim : claims) {
        const auto found = applied.find({claim.declarant, claim.reference});
        const Cents sum = found == applied.end() ? Cents() : found->second;
        if (claim.paid != sum) {
            breaches.push_back({"breach_paid",
                                {{"claim", claim.reference.str()},
                                 {"paid", claim.paid.euros()},
                                 {"payments", sum.euros()}}});
        }
    }
    return Done{};
}

}  // namespace bundel::engine
