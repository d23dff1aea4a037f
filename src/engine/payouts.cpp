#include "engine/payouts.h"

#include <algorithm>
#include <set>

#include "bank/letters.h"
#include "base/text.h"
#include "engine/approval.h"
#include "engine/sending.h"
#include "engine/women.h"
#include "ledger/check.h"

namespace bundel::engine {
using facts::Agreements;
using facts::BankAccount;
using facts::Known;
using ledger::Account;
using ledger::AccountKind;

namespace {

// What may be paid to: this account of this participant.
Digest approval_id(AgbCode owner, std::string_view iban) {
    return base::Hasher().add(owner.number()).add(iban).finish();
}

// What is written on the order: the account and the name with it.
Digest account_id(const BankAccount& account) {
    return base::Hasher().add(account.iban.view()).add(account.name.view()).finish();
}

struct Bank {
    Agreements known;
    std::vector<AccountApproval> approvals;
    std::vector<PayoutRow> payouts;
};

Result<Bank> bank_on(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    BUNDEL_TRY(approvals, world.store.account_approvals());
    BUNDEL_TRY(payouts, world.store.payouts());
    return Bank{facts::known_on(agreements, as_of), std::move(approvals), std::move(payouts)};
}

// Who entered this account of this participant, in any fact that says so.
std::vector<std::string> entered_by(const Agreements& known, AgbCode owner, std::string_view iban) {
    std::vector<std::string> names;
    for (const Known<BankAccount>& account : known.accounts) {
        if (account.fact.owner == owner && account.fact.iban.view() == iban)
            names.push_back(account.fact.by.str());
    }
    return names;
}

bool is_own(const std::vector<std::string>& names, const std::string& by) {
    return std::ranges::any_of(names, [&](const std::string& name) { return is_same_name(name, by); });
}

// An approval by somebody who entered the account since does not count any more.
bool is_approved(const Bank& bank, const BankAccount& account) {
    const Digest id = approval_id(account.owner, account.iban.view());
    const auto names = entered_by(bank.known, account.owner, account.iban.view());
    return std::ranges::any_of(bank.approvals, [&](const AccountApproval& approval) {
        return approval.account == id && !is_own(names, approval.by);
    });
}

bool was_paid_before(const Bank& bank, AgbCode participant, const Digest& account) {
    return std::ranges::any_of(bank.payouts, [&](const PayoutRow& payout) {
        return payout.state == PayoutState::ordered &&
               std::ranges::any_of(payout.lines, [&](const PayoutLine& line) {
                   return line.participant == participant && line.account == account;
               });
    });
}

Cents approved_for(const Bank& bank, AgbCode participant) {
    Cents sum;
    for (const PayoutRow& payout : bank.payouts) {
        if (payout.state != PayoutState::approved) continue;
        for (const PayoutLine& line : payout.lines)
            if (line.participant == participant) sum += line.amount;
    }
    return sum;
}

bool is_usable(const BankAccount& account) {
    const auto name = bank::in_sepa_letters(base::trim(account.name.view()));
    return values::Iban::of(account.iban.view()).in_sepa() && name && !name->empty() && name->size() <= 70;
}

// In order of precedence.
NotPaid why_not(const World& world, const Bank& bank, const facts::AccountFound& found, Cents free) {
    if (free.is_negative()) return NotPaid::negative;
    if (free.is_zero()) return NotPaid::nothing;
    if (free < world.rulebook.payout_terms().least.value) return NotPaid::below_least;
    if (found.account == nullptr) return NotPaid::no_account;
    if (found.ambiguous) return NotPaid::two_accounts;
    const BankAccount& account = found.account->fact;
    if (!is_approved(bank, account)) return NotPaid::not_approved;
    if (world.settings.live && account.status != values::Status::verified) return NotPaid::account_example;
    if (!is_usable(account)) return NotPaid::account_unusable;
    return NotPaid::none;
}

PayoutCandidate candidate(const World& world, const Bank& bank, const ledger::Book& book, AgbCode participant,
                          Date pay_on) {
    PayoutCandidate one;
    one.participant = participant;
    // In the book what we owe stands in credit, what was paid in advance in debit.
    one.balance = -book.balance(Account::of(AccountKind::payable, participant.digits()));
    one.advance = book.balance(Account::of(AccountKind::participant_advance, participant.digits()));
    one.on_the_way = approved_for(bank, participant);
    const Cents free = one.balance - one.advance - one.on_the_way;
    const auto found = facts::account_on(bank.known, participant, pay_on);
    one.why = why_not(world, bank, found, free);
    if (one.why == NotPaid::none) one.amount = free;
    if (found.account == nullptr || found.ambiguous) return one;
    one.account = values::Iban::of(found.account->fact.iban.view()).masked();
    one.account_id = account_id(found.account->fact);
    one.first = !was_paid_before(bank, participant, one.account_id);
    return one;
}

std::set<AgbCode> participants_in(const ledger::Book& book) {
    std::set<AgbCode> found;
    for (const auto& [account, balance] : book.balances()) {
        if (account.kind() != AccountKind::payable && account.kind() != AccountKind::participant_advance)
            continue;
        if (const auto participant = AgbCode::parse(account.party()); participant.ok())
            found.insert(*participant);
    }
    return found;
}

// Everything an approval rests on: the lines, and where each participant stood.
Digest basis_of(const World& world, const std::vector<PayoutCandidate>& candidates,
                const std::vector<PayoutLine>& lines, Date pay_on) {
    base::Hasher hasher;
    hasher.add(pay_on.day_number()).add(world.rulebook.payout_terms().least.value.count());
    for (const PayoutLine& line : lines) {
        hasher.add(line.participant.number()).add(line.amount.count()).add(line.account);
        const auto one = std::ranges::find(candidates, line.participant, &PayoutCandidate::participant);
        if (one == candidates.end()) continue;
        hasher.add(one->balance.count()).add(one->advance.count()).add(one->on_the_way.count());
        hasher.add(static_cast<std::int64_t>(one->why)).add(one->amount.count()).add(one->account_id);
    }
    return hasher.finish();
}

Result<Done> need_verified(const World& world) {
    if (!world.settings.live) return Done{};
    const auto& terms = world.rulebook.payout_terms();
    if (terms.least.status != values::Status::verified)
        return Error{"payout_value_example", {{"key", "payout.least"}}};
    if (terms.file.status != values::Status::verified)
        return Error{"payout_value_example", {{"key", "payout.file"}}};
    return Done{};
}

Result<std::vector<PayoutCandidate>> candidates_of(World& world, const Bank& bank, Date pay_on) {
    BUNDEL_TRY_DONE(need_verified(world));
    BUNDEL_TRY(books, Books::open(world.store));
    std::vector<PayoutCandidate> candidates;
    for (const AgbCode participant : participants_in(books.book()))
        candidates.push_back(candidate(world, bank, books.book(), participant, pay_on));
    return candidates;
}

Result<PayoutRow> payout_numbered(World& world, std::int64_t number) {
    BUNDEL_TRY(payouts, world.store.payouts());
    const auto found = std::ranges::find(payouts, number, &PayoutRow::number);
    if (found == payouts.end()) return Error{"payout_unknown", {{"number", std::to_string(number)}}};
    return *found;
}

// Is every line still owed, to the same account, which may still be paid to?
Result<bool> is_covered(World& world, const Bank& bank, const Books& books, const PayoutRow& payout,
                        Date pay_on) {
    for (const PayoutLine& line : payout.lines) {
        const auto one = candidate(world, bank, books.book(), line.participant, pay_on);
        // What is on the way holds this very line; other approved ones come after it.
        const Cents free = one.balance - one.advance;
        const auto found = facts::account_on(bank.known, line.participant, pay_on);
        const auto why = why_not(world, bank, found, line.amount);
        const bool is_barred = why != NotPaid::none && why != NotPaid::below_least;
        if (is_barred || free < line.amount || one.account_id != line.account) return false;
    }
    return true;
}

Result<bank::Batch> batch_of(World& world, const Bank& bank, const PayoutRow& payout, Date as_of,
                             Date pay_on) {
    const auto own = facts::account_on(bank.known, world.settings.igo, pay_on);
    if (own.account == nullptr || own.ambiguous)
        return Error{"payout_own_account", {{"igo", world.settings.igo.digits()}}};
    bank::Batch batch{reference_of(payout.number),
                      as_of,
                      pay_on,
                      own.account->fact.name.str(),
                      values::Iban::of(own.account->fact.iban.view()),
                      std::nullopt,
                      {},
                      world.rulebook.payout_terms().file.value == rulebook::PaymentFile::pain_001_03
                          ? bank::PainVersion::v03
                          : bank::PainVersion::v09};
    for (std::size_t i = 0; i < payout.lines.size(); ++i) {
        const PayoutLine& line = payout.lines[i];
        const BankAccount& account = facts::account_on(bank.known, line.participant, pay_on).account->fact;
        batch.orders.push_back({reference_of(payout.number, i + 1), line.amount, account.name.str(),
                                values::Iban::of(account.iban.view()), reference_of(payout.number)});
    }
    return batch;
}

ledger::Event order_event(const PayoutLine& line, const std::string& reference, Date day) {
    ledger::Event event;
    event.kind = ledger::EventKind::payout_ordered;
    event.key = ordered_key(reference);
    event.booking_day = day;
    event.care_period = values::Period::day(day);
    event.participant = line.participant;
    event.amount = line.amount;
    return event;
}

// One transaction: the file is planned, and the book says that it is ordered; or it is dropped.
Result<Done> order(World& world, PayoutRow payout, Date as_of, Ordered& ordered) {
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY(bank, bank_on(world, as_of));
    BUNDEL_TRY(books, Books::open(world.store));
    const Date pay_on = std::max(payout.pay_on, as_of);
    BUNDEL_TRY(covered, is_covered(world, bank, books, payout, pay_on));
    if (!covered) {
        payout.state = PayoutState::dropped;
        BUNDEL_TRY_DONE(world.store.set_payout(payout));
        BUNDEL_TRY_DONE(transaction.commit());
        ordered.dropped.push_back(std::move(payout));
        return Done{};
    }
    BUNDEL_TRY(batch, batch_of(world, bank, payout, as_of, pay_on));
    BUNDEL_TRY(bytes, bank::write_pain001(batch));
    Outgoing outgoing;
    outgoing.kind = std::string(bank::name_of(batch.version));
    outgoing.declarant = world.settings.igo;
    outgoing.as_of = as_of;
    outgoing.file_name = "bank/" + batch.id + ".xml";
    BUNDEL_TRY(number, plan_message(world, outgoing, {{PersonId{}, bytes}}));
    Cents total;
    for (std::size_t i = 0; i < payout.lines.size(); ++i) {
        const std::string reference = reference_of(payout.number, i + 1);
        BUNDEL_ASSERT(books.book().find(ordered_key(reference)) == nullptr);
        BUNDEL_TRY_DONE(books.post(order_event(payout.lines[i], reference, as_of)));
        total += payout.lines[i].amount;
    }
    payout.state = PayoutState::ordered;
    payout.outgoing = number;
    BUNDEL_TRY_DONE(world.store.set_payout(payout));
    BUNDEL_TRY_DONE(transaction.commit());
    ordered.total += total;
    ordered.sent.push_back(std::move(payout));
    return Done{};
}

}  // namespace

const char* word(NotPaid why) {
    switch (why) {
        case NotPaid::none: return "payout_none";
        case NotPaid::nothing: return "payout_nothing";
        case NotPaid::negative: return "payout_negative";
        case NotPaid::below_least: return "payout_below_least";
        case NotPaid::no_account: return "payout_no_account";
        case NotPaid::two_accounts: return "payout_two_accounts";
        case NotPaid::not_approved: return "payout_not_approved";
        case NotPaid::account_example: return "payout_account_example";
        case NotPaid::account_unusable: return "payout_account_unusable";
    }
    BUNDEL_ASSERT(false);
    return "";
}

std::string reference_of(std::int64_t payout) {
    return "U" + base::zero_padded(payout, 9);
}
std::string reference_of(std::int64_t payout, std::size_t line) {
    return reference_of(payout) + "-" + base::zero_padded(static_cast<std::int64_t>(line), 4);
}
std::string ordered_key(const std::string& reference) {
    return "opgedragen:" + reference;
}
std::string paid_key(const std::string& reference) {
    return "uitbetaald:" + reference;
}
std::string refunded_key(const std::string& reference) {
    return "teruggestort:" + reference;
}

Result<std::vector<PayoutCandidate>> payout_candidates(World& world, Date as_of, Date pay_on) {
    BUNDEL_TRY(bank, bank_on(world, as_of));
    return candidates_of(world, bank, pay_on);
}

Result<Proposed> propose_payout(World& world, const std::string& by, Date as_of, Date pay_on) {
    if (!is_name(by)) return Error{"approval_name"};
    if (pay_on < as_of) return Error{"payout_day_passed", {{"day", pay_on.dutch()}}};
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    Proposed proposed;
    BUNDEL_TRY(bank, bank_on(world, as_of));
    for (PayoutRow& earlier : bank.payouts) {
        if (earlier.state != PayoutState::proposed) continue;
        earlier.state = PayoutState::dropped;
        BUNDEL_TRY_DONE(world.store.set_payout(earlier));
        ++proposed.dropped;
    }
    BUNDEL_TRY(candidates, candidates_of(world, bank, pay_on));
    proposed.candidates = std::move(candidates);
    PayoutRow row;
    row.proposed = as_of;
    row.pay_on = pay_on;
    row.proposed_by = std::string(base::trim(by));
    for (const PayoutCandidate& one : proposed.candidates) {
        BUNDEL_ASSERT(!one.amount.is_negative() && one.amount.is_zero() == (one.why != NotPaid::none));
        if (one.amount.is_zero()) continue;
        row.lines.push_back({one.participant, one.amount, one.account_id, one.first});
        proposed.total += one.amount;
    }
    if (!row.lines.empty()) {
        row.basis = basis_of(world, proposed.candidates, row.lines, pay_on);
        BUNDEL_TRY(number, world.store.next_number("payout"));
        row.number = number;
        proposed.number = number;
        BUNDEL_TRY_DONE(world.store.add_payout(row));
    }
    BUNDEL_TRY_DONE(transaction.commit());
    return proposed;
}

Result<PayoutRow> approve_payout(World& world, std::int64_t number, const std::string& by, Date as_of) {
    if (!is_name(by)) return Error{"approval_name"};
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY(payout, payout_numbered(world, number));
    const base::Params which{{"number", std::to_string(number)}};
    if (payout.state != PayoutState::proposed) return Error{"payout_not_waiting", which};
    if (is_same_name(payout.proposed_by, by))
        return Error{"approval_own", {{"who", std::string(base::trim(by))}}};
    BUNDEL_TRY(bank, bank_on(world, as_of));
    BUNDEL_TRY(candidates, candidates_of(world, bank, payout.pay_on));
    if (basis_of(world, candidates, payout.lines, payout.pay_on) != payout.basis)
        return Error{"payout_changed", which};
    payout.state = PayoutState::approved;
    payout.approved_by = std::string(base::trim(by));
    payout.approved = as_of;
    BUNDEL_TRY_DONE(world.store.set_payout(payout));
    BUNDEL_TRY_DONE(transaction.commit());
    return payout;
}

Result<std::size_t> approve_account(World& world, const values::Iban& account, const std::string& by,
                                    Date as_of) {
    if (!is_name(by)) return Error{"approval_name"};
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY(bank, bank_on(world, as_of));
    std::set<AgbCode> owners;
    for (const Known<BankAccount>& known : bank.known.accounts) {
        if (known.fact.iban.view() == account.str() && !known.fact.owner.is_none())
            owners.insert(known.fact.owner);
    }
    if (owners.empty()) return Error{"payout_account_unknown", {{"account", account.masked()}}};
    for (const AgbCode owner : owners) {
        if (is_own(entered_by(bank.known, owner, account.str()), by))
            return Error{"approval_own", {{"who", std::string(base::trim(by))}}};
        const AccountApproval approval{owner, approval_id(owner, account.str()), std::string(base::trim(by)),
                                       as_of};
        const bool again = std::ranges::any_of(bank.approvals, [&](const AccountApproval& one) {
            return one.account == approval.account && is_same_name(one.by, by);
        });
        if (!again) BUNDEL_TRY_DONE(world.store.add_account_approval(approval));
    }
    BUNDEL_TRY_DONE(transaction.commit());
    return owners.size();
}

Result<Ordered> send_payouts(World& world, Date as_of) {
    Ordered ordered;
    BUNDEL_TRY(resumed, resume(world, as_of));
    ordered.resumed = resumed;
    BUNDEL_TRY_DONE(need_verified(world));
    BUNDEL_TRY(books, Books::open(world.store));
    if (!ledger::check(books.book()).empty()) return Error{"sending_stopped"};
    BUNDEL_TRY(payouts, world.store.payouts());
    for (const PayoutRow& payout : payouts) {
        if (payout.state == PayoutState::approved) BUNDEL_TRY_DONE(order(world, payout, as_of, ordered));
    }
    BUNDEL_TRY_DONE(resume(world, as_of));
    return ordered;
}

Result<Done> compare_payouts(World& world, const ledger::Book& book, std::vector<Error>& breaches) {
    BUNDEL_TRY(payouts, world.store.payouts());
    std::map<AgbCode, Cents> in_transit;
    for (const PayoutRow& payout : payouts) {
        for (std::size_t i = 0; i < payout.lines.size(); ++i) {
            const PayoutLine& line = payout.lines[i];
            const std::string reference = reference_of(payout.number, i + 1);
            const bool ordered = book.find(ordered_key(reference)) != nullptr;
            const bool paid = book.find(paid_key(reference)) != nullptr;
            if (ordered && !paid) in_transit[line.participant] += line.amount;
            const bool sound = ordered == (payout.state == PayoutState::ordered) && (ordered || !paid);
            if (!sound) breaches.push_back({"breach_payout", {{"reference", reference}}});
        }
    }
    for (const auto& [account, balance] : book.balances()) {
        if (account.kind() != AccountKind::in_transit) continue;
        const auto participant = AgbCode::parse(account.party());
        if (!participant.ok() || -balance != in_transit[*participant])
            breaches.push_back({"breach_payout", {{"reference", account.path()}}});
    }
    return Done{};
}

Result<Done> ask_about_accounts(World& world, const Agreements& known, Date as_of,
                                std::vector<QuestionRow>& questions) {
    BUNDEL_TRY(approvals, world.store.account_approvals());
    const Bank bank{known, std::move(approvals), {}};
    std::set<AgbCode> seen;
    for (const Known<BankAccount>& account : known.accounts) {
        const BankAccount& fact = account.fact;
        if (fact.owner.is_none() || !fact.period.contains(as_of) || !seen.insert(fact.owner).second) continue;
        const auto found = facts::account_on(known, fact.owner, as_of);
        const bool waits = fact.owner != world.settings.igo && !is_approved(bank, fact);
        if (!found.ambiguous && !waits) continue;
        QuestionRow question;
        question.key = "bank/rekening/" + fact.owner.digits() + "/" +
                       approval_id(fact.owner, fact.iban.view()).hex().substr(0, 12);
        question.code = found.ambiguous ? "bank_two_accounts" : "bank_account_waits";
        question.params = {{"participant", fact.owner.digits()},
                           {"account", values::Iban::of(fact.iban.view()).masked()}};
        questions.push_back(std::move(question));
    }
    return Done{};
}

}  // namespace bundel::engine
