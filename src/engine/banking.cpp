#include "engine/banking.h"

#include <algorithm>
#include <map>
#include <set>

#include "bank/camt053.h"
#include "bank/match.h"
#include "engine/payments.h"
#include "engine/payouts.h"
#include "engine/region.h"
#include "engine/settlements.h"
#include "engine/women.h"
#include "ledger/event.h"

namespace bundel::engine {
using bank::Detail;
using bank::Entry;
using bank::Statement;
using base::Hasher;
using base::Severity;
using ledger::EventKind;

namespace {

void add(Hasher& hasher, const Detail& detail) {
    hasher.add(detail.amount.count()).add(detail.end_to_end).add(detail.reference).add(detail.structured);
    hasher.add(detail.remittance).add(detail.counterparty ? detail.counterparty->str() : "");
    hasher.add(detail.return_reason);
}

Digest content_of(const Statement& statement) {
    Hasher hasher;
    hasher.add(statement.opening.day.day_number()).add(statement.opening.amount.count());
    hasher.add(statement.closing.day.day_number()).add(statement.closing.amount.count());
    for (const Entry& entry : statement.entries) {
        hasher.add(entry.amount.count()).add(entry.booked.day_number()).add(entry.reference);
        for (const Detail& detail : entry.details) add(hasher, detail);
    }
    return hasher.finish();
}

// What names a movement for good: all it says, and the how-manieth of its equals on this statement it is. The
// value day is left out: banks correct it.
Digest key_of(const Statement& statement, const Entry& entry, const Detail& detail,
              std::map<Digest, std::int64_t>& equals) {
    Hasher hasher;
    hasher.add(statement.account.str()).add(entry.booked.day_number()).add(entry.amount.count());
    hasher.add(entry.reference);
    add(hasher, detail);
    const std::int64_t number = ++equals[hasher.finish()];
    return hasher.add(number).finish();
}

StatementRow row_of(const Statement& statement, const Digest& message) {
    return {statement.account.str(),
            statement.id,
            statement.number,
            statement.opening.day,
            statement.opening.amount,
            statement.closing.day,
            statement.closing.amount,
            content_of(statement),
            message};
}

void tell(base::Findings& findings, const char* code, Severity severity, const std::string& name,
          const Statement& statement) {
    base::Finding finding;
    finding.code = code;
    finding.severity = severity;
    finding.where.file = name;
    finding.params.emplace_back("statement", statement.id);
    finding.source = "docs/reference/bank.md";
    findings.push_back(std::move(finding));
}

// A movement with all that its message says of it.
struct Movement {
    MovementRow row;
    Entry entry;  // without details
    Detail detail;
};

// Messages are read again only for what is not settled.
class Movements {
public:
    explicit Movements(World& world) : world_(&world) {}
    Result<Movement> movement(const MovementRow& row) {
        auto& kept = messages_[row.message];
        if (kept.empty()) {
            BUNDEL_TRY(bytes, world_->store.message_bytes(row.message));
            base::Findings ignored;
            auto read = bank::read_camt053(bytes, "", ignored);
            if (!read) return Error{"reading_damaged"};
            kept = std::move(*read);
        }
        const auto place = [](std::int32_t index) { return static_cast<std::size_t>(index); };
        const bool there =
            place(row.statement) < kept.size() &&
            place(row.entry) < kept[place(row.statement)].entries.size() &&
            place(row.detail) < kept[place(row.statement)].entries[place(row.entry)].details.size();
        if (!there) return Error{"reading_damaged"};
        Entry entry = kept[place(row.statement)].entries[place(row.entry)];
        Detail detail = entry.details[place(row.detail)];
        entry.details.clear();
        return Movement{row, std::move(entry), std::move(detail)};
    }

private:
    World* world_;
    std::map<Digest, std::vector<Statement>> messages_;
};

// ---- Our own payouts ----

struct OrderedLine {
    std::string reference;
    AgbCode participant;
    Cents amount;
};

// Ordered lines by reference; a whole batch under the reference of its payout.
using OrderedLines = std::map<std::string, std::vector<OrderedLine>>;

Result<OrderedLines> ordered_lines(World& world) {
    OrderedLines found;
    BUNDEL_TRY(payouts, world.store.payouts());
    for (const PayoutRow& payout : payouts) {
        if (payout.state != PayoutState::ordered) continue;
        for (std::size_t i = 0; i < payout.lines.size(); ++i) {
            const OrderedLine line{reference_of(payout.number, i + 1), payout.lines[i].participant,
                                   payout.lines[i].amount};
            found[line.reference].push_back(line);
            found[reference_of(payout.number)].push_back(line);
        }
    }
    return found;
}

// Which lines of ours a movement is about: by its own reference, else by the batch it is all of.
const std::vector<OrderedLine>* lines_for(const OrderedLines& ordered, const Movement& movement) {
    const auto one = ordered.find(movement.detail.end_to_end);
    if (one != ordered.end()) return &one->second;
    const bool is_whole = movement.row.amount == movement.entry.amount && movement.detail.end_to_end.empty();
    const auto batch = is_whole ? ordered.find(movement.entry.batch) : ordered.end();
    return batch == ordered.end() ? nullptr : &batch->second;
}

// What a payment of an insurer may be for: a claim of the IGO, or a settlement.
struct Purpose {
    UzoviCode insurer;
    values::Reference claim;
    base::FixedText<40> settlement;
};

// What a movement means, and why nothing can be done with it yet; codes of the text table.
struct Verdict {
    const char* why = nullptr;  // none: it can be settled
    std::vector<OrderedLine> lines;
    EventKind kind = EventKind::payout_paid;
    std::vector<UzoviCode> insurers;  // whose account it came from, or went to
    std::vector<Purpose> purposes;
    std::vector<bank::Part> parts;
    std::string suggestions;
};

Verdict no(const char* why) {
    Verdict verdict;
    verdict.why = why;
    return verdict;
}

Verdict judge_payout(const std::vector<OrderedLine>& lines, const Movement& movement,
                     const ledger::Book& book) {
    Verdict verdict;
    Cents sum;
    for (const OrderedLine& line : lines) sum += line.amount;
    const bool out = movement.row.amount.is_negative();
    if (sum != (out ? -movement.row.amount : movement.row.amount)) return no("bank_payout_amount");
    for (const OrderedLine& line : lines) {
        const bool paid = book.find(paid_key(line.reference)) != nullptr;
        const bool refunded = book.find(refunded_key(line.reference)) != nullptr;
        if (out && paid) return no("bank_payout_twice");
        if (!out && !paid) return no("bank_return_before_payment");
        if (!out && refunded) return no("bank_return_twice");
    }
    verdict.lines = lines;
    verdict.kind = out ? EventKind::payout_paid : EventKind::payout_refunded;
    return verdict;
}

// ---- Payments of insurers ----

// What money of these insurers may be for: claims with the number of the invoice they went out in, and the
// settlements that a text names.
struct OpenClaims {
    std::vector<Purpose> purposes;
    std::vector<bank::Claim> claims;
};

class Office {
public:
    static Result<Office> open(World& world) {
        Office office;
        BUNDEL_TRY(agreements, load_agreements(world));
        office.agreements_ = std::move(agreements);
        BUNDEL_TRY(ordered, ordered_lines(world));
        office.ordered_ = std::move(ordered);
        BUNDEL_TRY_DONE(office.read_claims(world));
        return office;
    }

    // Who said where an insurer banks may say it later: what counts is what is known now.
    Verdict judge(const Movement& movement, const ledger::Book& book, Date as_of) const {
        if (const auto* lines = lines_for(ordered_, movement)) return judge_payout(*lines, movement, book);
        if (!movement.detail.counterparty) return no("bank_unknown");
        const auto known = facts::known_on(agreements_, as_of);
        Verdict verdict;
        verdict.insurers =
            facts::insurers_at(known, movement.detail.counterparty->str(), movement.row.booked);
        if (verdict.insurers.empty()) return no("bank_unknown");
        const std::string text = movement.detail.structured + " " + movement.detail.remittance;
        OpenClaims open = open_claims(verdict.insurers);
        add_settlements(rows_named(book, text), book, open, verdict.insurers);
        const auto match = bank::match(movement.row.amount, text, open.claims);
        verdict.purposes = std::move(open.purposes);
        verdict.parts = match.parts;
        verdict.why = reason(match.why);
        for (const std::string& invoice : match.suggestions)
            verdict.suggestions += (verdict.suggestions.empty() ? "" : ", ") + invoice;
        return verdict;
    }

    // After money was put on claims.
    Result<Done> read_claims(World& world) {
        BUNDEL_TRY(claims, world.store.all_claims());
        BUNDEL_TRY(outgoing, world.store.all_outgoing());
        claims_ = std::move(claims);
        invoices_.clear();
        for (const Outgoing& one : outgoing) invoices_[one.number] = one.invoice;
        std::map<PersonId, std::vector<claim::Sent>> by_person;
        for (const claim::Sent& sent : claims_) by_person[sent.person].push_back(sent);
        standing_.clear();
        for (const claim::Sent& sent : claims_) {
            if (!sent.credit)
                standing_.push_back(claim::standing(sent, by_person[sent.person], world.rulebook));
            else
                standing_.push_back(claim::Standing::dead);
        }
        igo_ = world.settings.igo;
        BUNDEL_TRY(payments, world.store.settlement_payments());
        settlement_payments_ = std::move(payments);
        return Done{};
    }

    static const char* reason(bank::NoMatch why) {
        switch (why) {
            case bank::NoMatch::none: return nullptr;
            case bank::NoMatch::amount_differs: return "bank_amount_differs";
            case bank::NoMatch::not_answered: return "bank_not_answered";
            case bank::NoMatch::ambiguous: return "bank_ambiguous";
            case bank::NoMatch::nothing_open: return "bank_nothing_open";
            case bank::NoMatch::paid_too_little: return "bank_taken_back";
        }
        BUNDEL_ASSERT(false);
        return nullptr;
    }

private:
    OpenClaims open_claims(const std::vector<UzoviCode>& insurers) const {
        OpenClaims open;
        for (std::size_t i = 0; i < claims_.size(); ++i) {
            const claim::Sent& sent = claims_[i];
            const bool ours = !sent.credit && sent.declarant == igo_ &&
                              sent.kind == claim::Kind::integrated &&
                              std::ranges::binary_search(insurers, sent.insurer);
            if (!ours) continue;
            const bool answered = claim::is_final(sent.state);
            const bool stands =
                standing_[i] != claim::Standing::dead && standing_[i] != claim::Standing::open;
            const auto invoice = invoices_.find(sent.message);
            open.purposes.push_back({sent.insurer, sent.reference, {}});
            open.claims.push_back({invoice == invoices_.end() ? "" : invoice->second, sent.reference.str(),
                                   stands ? sent.granted - sent.paid : Cents(), sent.paid, answered});
        }
        return open;
    }

    // One that is named as a claim of ours is would be two answers: the claim it is.
    void add_settlements(const std::vector<NamedRow>& named, const ledger::Book& book, OpenClaims& open,
                         const std::vector<UzoviCode>& insurers) const {
        for (const NamedRow& row : named) {
            const bool is_claim =
                std::ranges::find(open.claims, row.key, &bank::Claim::reference) != open.claims.end();
            const auto due = due_of(book, settlement_payments_, row.insurer, row.key);
            if (is_claim || !due || !std::ranges::binary_search(insurers, row.insurer)) continue;
            open.purposes.push_back({row.insurer, {}, base::FixedText<40>::of(row.key)});
            open.claims.push_back(
                {"", row.key, due->granted - due->paid, due->paid - std::min(Cents(), due->granted), true});
        }
    }

    facts::Agreements agreements_;
    std::vector<PaymentRow> settlement_payments_;
    OrderedLines ordered_;
    std::vector<claim::Sent> claims_;
    std::vector<claim::Standing> standing_;
    std::map<std::int64_t, std::string> invoices_;
    AgbCode igo_;
};

PaymentRow payment_for(const World& world, const Movement& movement, const Purpose& purpose,
                       std::string_view part, Cents amount) {
    PaymentRow row;
    row.insurer = purpose.insurer;
    row.key = base::FixedText<40>::of("bank-" + short_form(movement.row.key) + std::string(part));
    row.declarant = world.settings.igo;
    row.claim = purpose.claim;
    row.settlement = purpose.settlement;
    row.day = movement.row.booked;
    row.amount = amount;
    row.message = movement.row.message;
    return row;
}

Result<Done> book_payout(Books& books, const Verdict& verdict, Date day) {
    for (const OrderedLine& line : verdict.lines) {
        ledger::Event event;
        event.kind = verdict.kind;
        event.key =
            verdict.kind == EventKind::payout_paid ? paid_key(line.reference) : refunded_key(line.reference);
        event.booking_day = day;
        event.care_period = values::Period::day(day);
        event.participant = line.participant;
        event.amount = line.amount;
        BUNDEL_TRY_DONE(books.post(event));
    }
    return Done{};
}

// The payment that was put aside for it earlier; none when a person took it back since, or put it somewhere.
Result<std::optional<PaymentRow>> still_aside(World& world, const Movement& movement) {
    const std::string key = "bank-" + short_form(movement.row.key);
    BUNDEL_TRY(row, world.store.payment(movement.row.insurer, key));
    if (row && (row->withdrawn || !row->applied.is_zero())) return std::optional<PaymentRow>();
    return row;
}

Result<Done> set(World& world, const Movement& movement, MovementState state, UzoviCode insurer) {
    return world.store.set_movement(movement.row.key, state, insurer);
}

// True: money was put on claims or settlements, so that what is open is another.
Result<bool> settle(World& world, Books& books, const Office& office, const Movement& movement, Date day) {
    const Verdict verdict = office.judge(movement, books.book(), day);
    const bool aside = movement.row.state == MovementState::aside;
    if (aside) {
        BUNDEL_TRY(row, still_aside(world, movement));
        if (!row) {  // by hand
            BUNDEL_TRY_DONE(set(world, movement, MovementState::settled, movement.row.insurer));
            return false;
        }
        if (verdict.why != nullptr || verdict.parts.empty()) return false;
        BUNDEL_TRY_DONE(withdraw_payment(world, books, *row, day));
    }
    if (!verdict.lines.empty()) {
        BUNDEL_TRY_DONE(book_payout(books, verdict, day));
        BUNDEL_TRY_DONE(set(world, movement, MovementState::settled, {}));
        return false;
    }
    if (verdict.insurers.empty()) return false;  // stays open
    if (verdict.parts.empty()) {
        const UzoviCode insurer = verdict.insurers.front();
        BUNDEL_TRY_DONE(take_payment(
            world, books, payment_for(world, movement, {insurer, {}, {}}, "", movement.row.amount), day));
        BUNDEL_TRY_DONE(set(world, movement, MovementState::aside, insurer));
        return false;
    }
    int number = 0;
    for (const bank::Part& part : verdict.parts) {
        BUNDEL_TRY_DONE(take_payment(world, books,
                                     payment_for(world, movement, verdict.purposes[part.claim],
                                                 "/" + std::to_string(++number), part.amount),
                                     day));
    }
    BUNDEL_TRY_DONE(set(world, movement, MovementState::settled, {}));
    return true;
}

// ---- Questions ----

QuestionRow question_about(const Movement& movement, const Verdict& verdict) {
    QuestionRow question;
    question.key = "bank/" + short_form(movement.row.key);
    question.code = verdict.why;
    question.amount = movement.row.amount.is_negative() ? -movement.row.amount : movement.row.amount;
    question.params = {{"day", movement.row.booked.dutch()},
                       {"amount", movement.row.amount.euros()},
                       {"reference", movement.entry.reference},
                       {"payment", "bank-" + short_form(movement.row.key)},
                       {"insurer", verdict.insurers.empty() ? "" : verdict.insurers.front().digits()},
                       {"suggestions", verdict.suggestions.empty() ? "-" : verdict.suggestions}};
    return question;
}

// Statements of one account in a row: each begins where the one before it ends.
Result<Done> ask_about_gaps(World& world, std::vector<QuestionRow>& questions) {
    BUNDEL_TRY(rows, world.store.statements());
    std::ranges::stable_sort(rows, {}, [](const StatementRow& row) {
        return std::make_tuple(row.account, row.closing_day, row.number.value_or(0));
    });
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const StatementRow& before = rows[i - 1];
        const StatementRow& after = rows[i];
        if (before.account != after.account) continue;
        const bool new_year = before.closing_day.year() != after.closing_day.year();
        const bool numbered = before.number && after.number && !new_year;
        const bool skips = numbered && *after.number != *before.number + 1;
        const bool joins = before.closing == after.opening;
        if (joins && !skips) continue;
        QuestionRow question;
        question.key = "bank/afschrift/" + short_digest(after.account + "/" + after.id);
        question.code = joins ? "bank_number_skipped" : "bank_balance_gap";
        const Cents gap = after.opening - before.closing;
        question.amount = gap.is_negative() ? -gap : gap;
        question.params = {{"before", before.id},
                           {"after", after.id},
                           {"closing", before.closing.euros()},
                           {"opening", after.opening.euros()}};
        questions.push_back(std::move(question));
    }
    return Done{};
}

void ask_about_returns(const OrderedLines& ordered, const ledger::Book& book,
                       std::vector<QuestionRow>& questions) {
    for (const auto& [reference, lines] : ordered) {
        if (lines.size() != 1 || lines.front().reference != reference) continue;
        if (book.find(refunded_key(reference)) == nullptr) continue;
        QuestionRow question;
        question.key = "bank/terug/" + reference;
        question.code = "bank_payout_returned";
        question.amount = lines.front().amount;
        question.params = {{"participant", lines.front().participant.digits()}, {"reference", reference}};
        questions.push_back(std::move(question));
    }
}

}  // namespace

Result<bool> are_of_our_account(World& world, const std::vector<Statement>& statements,
                                const std::string& name, Date received, base::Findings& findings) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const auto known = facts::known_on(agreements, received);
    for (const Statement& statement : statements) {
        const bool ours = std::ranges::any_of(known.accounts, [&](const auto& account) {
            return account.fact.owner == world.settings.igo &&
                   account.fact.iban.view() == statement.account.str();
        });
        if (ours) continue;
        tell(findings, "bank_account_unknown", Severity::file_refused, name, statement);
        return false;
    }
    return true;
}

Result<std::size_t> take_statements(World& world, const std::vector<Statement>& statements,
                                    const Digest& message, const std::string& name, Date received,
                                    base::Findings& findings) {
    std::size_t fresh = 0;
    BUNDEL_TRY(rows, world.store.statements());
    for (std::size_t s = 0; s < statements.size(); ++s) {
        const Statement& statement = statements[s];
        const StatementRow row = row_of(statement, message);
        const auto same = std::ranges::find_if(
            rows, [&](const StatementRow& one) { return one.account == row.account && one.id == row.id; });
        if (same != rows.end()) {
            if (same->content != row.content)
                tell(findings, "bank_statement_differs", Severity::line_refused, name, statement);
            continue;
        }
        BUNDEL_TRY_DONE(world.store.add_statement(row));
        std::map<Digest, std::int64_t> equals;
        bool known_before = false;
        for (std::size_t e = 0; e < statement.entries.size(); ++e) {
            const Entry& entry = statement.entries[e];
            for (std::size_t d = 0; d < entry.details.size(); ++d) {
                const Detail& detail = entry.details[d];
                if (detail.amount.is_zero()) continue;
                const MovementRow movement{key_of(statement, entry, detail, equals),
                                           message,
                                           static_cast<std::int32_t>(s),
                                           static_cast<std::int32_t>(e),
                                           static_cast<std::int32_t>(d),
                                           entry.booked,
                                           detail.amount,
                                           MovementState::open,
                                           {}};
                BUNDEL_TRY(added, world.store.add_movement(movement));
                if (added) ++fresh;
                known_before = known_before || !added;
            }
        }
        if (known_before) tell(findings, "bank_movement_known", Severity::note, name, statement);
    }
    BUNDEL_TRY_DONE(settle_movements(world, received));
    return fresh;
}

Result<Done> settle_movements(World& world, Date booking_day) {
    BUNDEL_TRY(rows, world.store.unsettled_movements());
    if (rows.empty()) return Done{};
    BUNDEL_TRY(closings, world.store.closings());
    booking_day = open_day(closings, booking_day);
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(office, Office::open(world));
    Movements movements(world);
    // What went out before what came back: a return is of a payment that may stand further on.
    std::ranges::stable_sort(rows, {}, [](const MovementRow& row) { return !row.amount.is_negative(); });
    for (const MovementRow& row : rows) {
        BUNDEL_TRY(movement, movements.movement(row));
        BUNDEL_TRY(changed, settle(world, books, office, movement, booking_day));
        if (changed) BUNDEL_TRY_DONE(office.read_claims(world));
    }
    return Done{};
}

Result<Done> ask_about_bank(World& world, Date as_of) {
    BUNDEL_TRY(rows, world.store.unsettled_movements());
    BUNDEL_TRY(books, Books::open(world.store));
    BUNDEL_TRY(office, Office::open(world));
    BUNDEL_TRY(settled, settled_questions(world, as_of));
    Movements movements(world);
    std::vector<QuestionRow> questions;
    for (const MovementRow& row : rows) {
        BUNDEL_TRY(movement, movements.movement(row));
        const Verdict verdict = office.judge(movement, books.book(), as_of);
        if (verdict.why != nullptr) questions.push_back(question_about(movement, verdict));
    }
    BUNDEL_TRY_DONE(ask_about_gaps(world, questions));
    BUNDEL_TRY(ordered, ordered_lines(world));
    ask_about_returns(ordered, books.book(), questions);
    BUNDEL_TRY(agreements, load_agreements(world));
    BUNDEL_TRY_DONE(ask_about_accounts(world, facts::known_on(agreements, as_of), as_of, questions));
    std::erase_if(questions, [&](const QuestionRow& question) { return settled.contains(question.key); });
    return world.store.put_topic("bank", questions);
}

}  // namespace bundel::engine
