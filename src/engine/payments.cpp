#include "engine/payments.h"

#include <algorithm>

#include "engine/region.h"
#include "engine/settlements.h"

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
constexpr Move onto_settlement{EventKind::settlement_paid, EventKind::settlement_paid};
constexpr Move aside_to_settlement{EventKind::settlement_applied, EventKind::settlement_applied};

// What a payment may be put on: a debit, or what was settled with an insurer.
struct Target {
    std::optional<Sent> debit;  // none: a settlement
    claim::Standing standing = claim::Standing::open;
    Due due;

    values::Period care() const { return debit ? debit->care : due.year; }
    Cents applicable(Cents amount) const {
        return debit ? claim::applicable(amount, *debit, standing) : engine::applicable(amount, due);
    }
    const Move& onto() const { return debit ? onto_claim : onto_settlement; }
    const Move& from_aside() const { return debit ? engine::from_aside : aside_to_settlement; }
};

// Nothing when there is nothing to move, or when the money is not the IGO's. `earlier`: what it goes on from,
// as far as that was booked.
Result<Done> book(World& world, Books& books, const PaymentRow& row, Cents amount, const Move& move,
                  std::string key, const std::optional<Target>& target, Date booking_day,
                  const std::string& earlier = {}) {
    if (amount.is_zero() || row.declarant != world.settings.igo) return Done{};
    ledger::Event event;
    event.kind = amount.is_negative() ? move.taken_back : move.paid;
    event.key = std::move(key);
    event.booking_day = booking_day;
    event.care_period = target ? target->care() : values::Period::day(row.day);
    event.insurer = row.insurer;
    const bool is_signed = ledger::row_of(event.kind).may_be_negative;
    event.amount = amount.is_negative() && !is_signed ? -amount : amount;
    if (books.book().find(earlier) != nullptr) event.earlier_key = earlier;
    return books.post(event);
}

// The debit that a reference of a payment speaks of: itself, or what it credits. None: nobody's, or of
// another insurer.
Result<std::optional<Target>> debit_of(World& world, const PaymentRow& row) {
    if (row.claim.empty()) return std::optional<Target>();
    BUNDEL_TRY(named, world.store.claim(row.declarant, row.claim));
    if (named && named->credit) {
        BUNDEL_TRY(debit, world.store.claim(row.declarant, named->debit));
        named = std::move(debit);
    }
    if (!named || named->insurer != row.insurer) return std::optional<Target>();
    BUNDEL_TRY(of_woman, world.store.claims_of(named->person));
    const auto standing = claim::standing(*named, of_woman, world.rulebook);
    return std::optional(Target{std::move(*named), standing, {}});
}

// Only the IGO settles with insurers.
Result<std::optional<Target>> target_of(World& world, const ledger::Book& book, const PaymentRow& row) {
    if (row.settlement.empty()) return debit_of(world, row);
    if (row.declarant != world.settings.igo) return std::optional<Target>();
    BUNDEL_TRY(payments, world.store.settlement_payments());
    const auto due = due_of(book, payments, row.insurer, row.settlement.view());
    if (!due) return std::optional<Target>();
    return std::optional(Target{std::nullopt, claim::Standing::open, *due});
}

// What was paid on a settlement the payments themselves tell.
Result<Done> put_on(World& world, Target& target, Cents amount, Date day, const Digest& cause) {
    if (!target.debit) return Done{};
    target.debit->paid += amount;
    target.debit->state = claim::state_when_paid(*target.debit);
    return world.store.set_claim(*target.debit, day, cause);
}

Result<Done> apply_waiting(World& world, Books& books, const PaymentRow& row, const Target& target,
                           Date booking_day) {
    return target.debit
               ? engine::apply_waiting(world, books, *target.debit, booking_day)
               : engine::apply_waiting(world, books, row.insurer, row.settlement.view(), booking_day);
}

// The rest of a row onto what it names, as far as it belongs there.
Result<Done> apply_rest(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_TRY(target, target_of(world, books.book(), row));
    if (!target) return Done{};
    const Cents applied = target->applicable(row.amount - row.applied);
    if (applied.is_zero()) return Done{};
    row.applied += applied;
    // What a row has applied only grows until it is put aside for good: the sum so far tells its bookings
    // apart.
    const std::string key = "verwerkt:" + name_of(row) + "/" + std::to_string(row.applied.count());
    BUNDEL_TRY_DONE(
        book(world, books, row, applied, target->from_aside(), key, target, booking_day, aside_key(row)));
    BUNDEL_TRY_DONE(put_on(world, *target, applied, booking_day, row.message));
    return world.store.put_payment(row);
}

// Undoes what the row did. False: its money is not there any more.
Result<bool> withdraw(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_TRY(target, target_of(world, books.book(), row));
    const Cents back = -row.applied;
    if (!back.is_zero()) {
        BUNDEL_ASSERT(target.has_value());  // it was applied to it
        if (target->applicable(back) != back) return false;
        BUNDEL_TRY_DONE(book(world, books, row, back, target->onto(), "ingetrokken:" + name_of(row), target,
                             booking_day, paid_key(row)));
        BUNDEL_TRY_DONE(put_on(world, *target, back, booking_day, row.message));
    }
    BUNDEL_TRY_DONE(book(world, books, row, row.applied - row.amount, aside,
                         "rest ingetrokken:" + name_of(row), {}, booking_day, aside_key(row)));
    row.withdrawn = true;
    row.applied = {};
    BUNDEL_TRY_DONE(world.store.put_payment(row));
    if (target) BUNDEL_TRY_DONE(apply_waiting(world, books, row, *target, booking_day));
    return true;
}

bool same_payment(const PaymentRow& kept, const intake::Payment& payment) {
    return kept.declarant == payment.declarant && kept.claim == payment.claim &&
           kept.settlement == payment.settlement && kept.day == payment.day && kept.amount == payment.amount;
}

// A settlement and its payment may come in any order, and so may what takes them back: no question when the
// rests of the payments that name it make nothing.
Result<bool> nets_out(World& world, const PaymentRow& row) {
    BUNDEL_TRY(payments, world.store.settlement_payments());
    Cents rest;
    for (const PaymentRow& one : payments) {
        const bool same = one.insurer == row.insurer && one.settlement == row.settlement;
        if (same && !one.withdrawn) rest += one.amount - one.applied;
    }
    return rest.is_zero();
}

Result<const char*> why_open_of_settlement(World& world, const ledger::Book& book, const PaymentRow& row) {
    BUNDEL_TRY(target, target_of(world, book, row));
    if (!target) return "payment_settlement_unknown";
    BUNDEL_TRY(nothing_left, nets_out(world, row));
    if (nothing_left) return nullptr;
    return target->due.granted.is_zero() ? "payment_settlement_unknown" : "payment_above_settled";
}

// Why a payment with a rest has nowhere to go; none: it waits for an answer.
Result<const char*> why_open(World& world, const ledger::Book& book, const PaymentRow& row) {
    if (!row.settlement.empty()) return why_open_of_settlement(world, book, row);
    // What a bank statement brought is asked about with all that the statement says (banking.cpp).
    if (row.claim.empty() && row.key.view().starts_with("bank-")) return nullptr;
    if (row.claim.empty()) return "payment_without_claim";
    BUNDEL_TRY(named, world.store.claim(row.declarant, row.claim));
    if (!named) return "payment_claim_unknown";
    if (named->insurer != row.insurer) return "payment_other_insurer";
    BUNDEL_TRY(target, debit_of(world, row));
    if (!target) return "payment_claim_unknown";
    if (target->standing == claim::Standing::open) return nullptr;
    return row.amount.is_negative() ? "payment_back_unpaid" : "payment_above_granted";
}

}  // namespace

Result<Done> take_payment(World& world, Books& books, PaymentRow row, Date booking_day) {
    BUNDEL_ASSERT(row.applied.is_zero() && !row.withdrawn);
    BUNDEL_TRY(target, target_of(world, books.book(), row));
    if (target) {
        row.applied = target->applicable(row.amount);
        BUNDEL_TRY_DONE(
            book(world, books, row, row.applied, target->onto(), paid_key(row), target, booking_day));
    }
    BUNDEL_TRY_DONE(
        book(world, books, row, row.amount - row.applied, aside, aside_key(row), {}, booking_day));
    BUNDEL_TRY_DONE(world.store.put_payment(row));
    if (row.applied.is_zero()) return Done{};
    BUNDEL_TRY_DONE(put_on(world, *target, row.applied, booking_day, row.message));
    // What was taken back makes room for what came too early.
    return apply_waiting(world, books, row, *target, booking_day);
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
    const Date booking_day = open_day(books.book().contents().closings, received);
    for (const intake::Payment& payment : payments) {
        BUNDEL_TRY(kept, world.store.payment(payment.insurer, payment.key.view()));
        if (kept && !same_payment(*kept, payment)) {
            refuse_row(findings, "payment_key_reused", name, payment.record, payment.key.view());
        } else if (kept && payment.withdrawn && !kept->withdrawn) {
            BUNDEL_TRY(undone, withdraw(world, books, *kept, booking_day));
            if (!undone) refuse_row(findings, "payment_spent", name, payment.record, payment.key.view());
            if (undone) ++fresh;
        } else if (!kept) {
            PaymentRow row{payment.insurer, payment.key, payment.withdrawn, payment.declarant,
                           payment.claim,   payment.day, payment.amount,    Cents(),
                           message,         received,    payment.settlement};
            // Withdrawn before it came: when it comes it is known, and nothing happens.
            BUNDEL_TRY_DONE(row.withdrawn ? world.store.put_payment(row)
                                          : take_payment(world, books, row, booking_day));
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

Result<Done> apply_waiting(World& world, Books& books, UzoviCode insurer, std::string_view settlement,
                           Date booking_day) {
    BUNDEL_TRY(rows, world.store.settlement_payments());
    for (const PaymentRow& row : rows) {
        const bool waits = row.insurer == insurer && row.settlement.view() == settlement && !row.withdrawn &&
                           row.applied != row.amount;
        if (waits) BUNDEL_TRY_DONE(apply_rest(world, books, row, booking_day));
    }
    return Done{};
}

Result<Done> put_aside(World& world, Books& books, UzoviCode insurer, std::string_view settlement,
                       Date booking_day) {
    BUNDEL_TRY(rows, world.store.settlement_payments());
    for (PaymentRow& row : rows) {
        if (row.insurer != insurer || row.settlement.view() != settlement) continue;
        BUNDEL_TRY(target, target_of(world, books.book(), row));
        BUNDEL_TRY_DONE(book(world, books, row, -row.applied, aside_to_settlement,
                             "losgemaakt:" + name_of(row), target, booking_day, paid_key(row)));
        row.applied = {};
        BUNDEL_TRY_DONE(world.store.put_payment(row));
    }
    return Done{};
}

Result<Done> ask_about_payments(World& world, Date as_of) {
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(rows, world.store.open_payments());
    BUNDEL_TRY(settled, settled_questions(world, as_of));
    std::vector<QuestionRow> questions;
    for (const PaymentRow& row : rows) {
        if (row.received > as_of) continue;
        BUNDEL_TRY(code, why_open(world, books.book(), row));
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
        if (!row.settlement.empty()) question.params.emplace_back("settlement", row.settlement.str());
        questions.push_back(std::move(question));
    }
    return world.store.put_topic("betaling", questions);
}

Result<Done> compare_payments(World& world, const std::vector<Sent>& claims, std::vector<Error>& breaches) {
    BUNDEL_TRY(rows, world.store.all_payments());
    std::map<std::pair<AgbCode, values::Reference>, Cents> applied;
    for (const PaymentRow& row : rows) {
        if (row.applied.is_zero()) continue;
        BUNDEL_TRY(target, debit_of(world, row));
        if (target) applied[{row.declarant, target->debit->reference}] += row.applied;
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
