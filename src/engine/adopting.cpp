#include "engine/adopting.h"

#include <algorithm>

#include "engine/opening.h"
#include "engine/payments.h"
#include "engine/resolver.h"
#include "engine/women.h"
#include "intake/intake.h"
#include "texts/texts.h"

namespace bundel::engine {
using base::Finding;
using base::Severity;
using claim::Kind;
using claim::Sent;
using claim::State;
using intake::AdoptedClaim;
using intake::AdoptedState;

namespace {

struct Row {
    const AdoptedClaim* told = nullptr;
    Sent claim;
};

void refuse(const AdoptedClaim& told, const char* code, const std::string& name, base::Params params,
            base::Findings& findings) {
    Finding finding;
    finding.code = code;
    finding.severity = Severity::line_refused;
    finding.where.file = name;
    finding.where.record = told.record;
    finding.params = std::move(params);
    finding.params.emplace_back("claim", told.reference.str());
    finding.source = "docs/reference/csv.md";
    findings.push_back(std::move(finding));
}

State state_of(AdoptedState state) {
    switch (state) {
        case AdoptedState::sent: return State::sent;
        case AdoptedState::approved: return State::approved;
        case AdoptedState::approved_other_amount: return State::approved_other_amount;
        case AdoptedState::rejected: return State::rejected;
        case AdoptedState::handed_over: return State::handed_over;
    }
    BUNDEL_ASSERT(false);
    return State::sent;
}

// What Ought::content() would have been: a claim that was refused is not sent again without news.
Digest content_of(const Sent& claim) {
    claim::Ought ought;
    ought.kind = claim.kind;
    ought.declarant = claim.declarant;
    ought.insurer = claim.insurer;
    ought.performance = claim.performance;
    ought.amount = claim.amount;
    ought.line = claim.line;
    return ought.content();
}

Sent claim_from(const AdoptedClaim& told, Date cutover) {
    Sent claim;
    claim.reference = told.reference;
    claim.person = told.person;
    claim.kind = told.forwarded ? Kind::forwarded : Kind::integrated;
    claim.credit = !told.debit.empty();
    claim.debit = told.debit;
    claim.declarant = told.declarant;
    claim.insurer = told.insurer;
    claim.performance = told.performance;
    claim.care = told.care;
    claim.amount = told.amount;
    if (told.forwarded) claim.line = {told.declarant, told.line.empty() ? told.reference : told.line};
    claim.phases = told.phases;
    claim.contract = told.contract;
    claim.status = values::Status::verified;  // no value of ours took part: it is what was sent
    claim.content = content_of(claim);
    claim.as_of = cutover;
    claim.state = state_of(told.state);
    claim.sent_day = told.sent;
    claim.answered_day = told.answered;
    claim.granted = told.granted;
    std::copy(told.codes.begin(), told.codes.end(), claim.codes.begin());
    return claim;
}

// What was sent, without what became of it since. The line of a credit follows from its debit.
bool same_claim(const Sent& a, const Sent& b) {
    return a.kind == b.kind && a.credit == b.credit && a.debit == b.debit && a.insurer == b.insurer &&
           a.performance == b.performance && a.care == b.care && a.amount == b.amount &&
           (a.credit || a.line == b.line) && a.phases == b.phases && a.contract == b.contract &&
           a.sent_day == b.sent_day;
}

// Why this row cannot be taken over, whatever else there is; none: it can.
const char* fault_of(const AdoptedClaim& told, AgbCode igo, Date cutover) {
    if ((told.declarant == igo) == told.forwarded) return "adopt_declarant_wrong";
    const bool late = told.sent >= cutover || told.answered.value_or(told.sent) >= cutover ||
                      told.paid_day.value_or(told.sent) >= cutover;
    return late ? "adopt_after_cutover" : nullptr;
}

struct Taking {
    World& world;
    const std::string& name;
    Date cutover;
    Adopted& adopted;
};

// The rows that are new and sound by themselves.
Result<std::vector<Row>> new_rows(Taking& t, const std::vector<AdoptedClaim>& told) {
    auto& findings = t.adopted.imported.findings;
    std::vector<Row> rows;
    std::map<std::pair<AgbCode, values::Reference>, Sent> in_file;
    for (const AdoptedClaim& one : told) {
        if (const char* fault = fault_of(one, t.world.settings.igo, t.cutover)) {
            refuse(one, fault, t.name, {}, findings);
            continue;
        }
        const Sent claim = claim_from(one, t.cutover);
        BUNDEL_TRY(kept, t.world.store.claim(one.declarant, one.reference));
        const auto earlier = in_file.find({one.declarant, one.reference});
        if (earlier != in_file.end()) kept = earlier->second;
        if (!kept) {
            in_file.emplace(std::pair(one.declarant, one.reference), claim);
            rows.push_back({&one, claim});
        } else if (kept->message == 0 && same_claim(*kept, claim)) {
            ++t.adopted.before;
        } else {
            refuse(one, "adopt_reference_used", t.name, {}, findings);
        }
    }
    return rows;
}

// A credit of a line of a participant carries the line of its debit.
void name_lines(std::vector<Row>& rows, const std::vector<Sent>& kept) {
    std::vector<Sent> debits = kept;
    for (const Row& row : rows) debits.push_back(row.claim);
    for (Row& row : rows) {
        if (!row.claim.credit || row.claim.kind != Kind::forwarded || !row.told->line.empty()) continue;
        for (const Sent& debit : debits) {
            if (!debit.credit && debit.declarant == row.claim.declarant && debit.reference == row.claim.debit)
                row.claim.line = debit.line;
        }
        row.claim.content = content_of(row.claim);
    }
}

// All her claims together must be possible (claim::breaches): of what cannot be the rows of this file that
// are named are refused, until it can. What was sent before stays.
void leave_out_unsound(Taking& t, std::vector<Row>& rows, const std::vector<Sent>& kept) {
    while (true) {
        std::vector<Sent> together = kept;
        for (const Row& row : rows) together.push_back(row.claim);
        const auto breaches = claim::breaches(together, t.world.rulebook);
        const auto named = [&](const Row& row) {
            return std::find_if(breaches.begin(), breaches.end(), [&](const claim::Breach& breach) {
                return breach.reference == row.claim.reference;
            });
        };
        const auto wrong = std::find_if(rows.begin(), rows.end(),
                                        [&](const Row& row) { return named(row) != breaches.end(); });
        if (wrong == rows.end()) return;
        refuse(*wrong->told, "adopt_unsound", t.name,
               {{"why", texts::Texts::dutch().sentence(named(*wrong)->code)}}, t.adopted.imported.findings);
        rows.erase(wrong);
    }
}

Result<Done> keep_paid(Taking& t, Books& books, const Row& row) {
    if (row.told->paid.is_zero()) return Done{};
    PaymentRow payment;
    payment.insurer = row.claim.insurer;
    payment.key =
        base::FixedText<40>::of("overname/" + row.claim.declarant.digits() + "/" + row.claim.reference.str());
    payment.declarant = row.claim.declarant;
    payment.claim = row.claim.reference;
    payment.day = *row.told->paid_day;
    payment.amount = row.told->paid;
    payment.message = t.adopted.imported.message;
    return take_payment(t.world, books, payment, t.cutover);
}

// Debits with their answers and money, then credits: as it went.
Result<Done> keep_rows(Taking& t, Books& books, const std::vector<Row>& rows) {
    for (const bool credits : {false, true}) {
        for (const Row& row : rows) {
            if (row.claim.credit != credits) continue;
            BUNDEL_TRY_DONE(t.world.store.add_claim(row.claim));
            BUNDEL_TRY_DONE(book_sent(books, row.claim, t.cutover));
            if (claim::is_final(row.claim.state)) {
                BUNDEL_TRY(of_woman, t.world.store.claims_of(row.claim.person));
                BUNDEL_TRY_DONE(book_answer(books, row.claim, of_woman, t.world.rulebook, t.cutover));
            }
            BUNDEL_TRY_DONE(keep_paid(t, books, row));
            ++t.adopted.imported.lines;
        }
    }
    return Done{};
}

Result<Done> take_over(Taking& t, const std::vector<AdoptedClaim>& told) {
    BUNDEL_TRY(rows, new_rows(t, told));
    std::map<PersonId, std::vector<Row>> by_person;
    for (Row& row : rows) by_person[row.claim.person].push_back(std::move(row));
    BUNDEL_TRY(books, Books::open(t.world.store));
    for (auto& [person, hers] : by_person) {
        BUNDEL_TRY(kept, t.world.store.claims_of(person));
        name_lines(hers, kept);
        leave_out_unsound(t, hers, kept);
        if (hers.empty()) continue;
        BUNDEL_TRY_DONE(keep_rows(t, books, hers));
        ++t.adopted.imported.persons;
        BUNDEL_TRY_DONE(mark_with_linked(t.world, person));
    }
    return Done{};
}

Result<Done> refuse_file(World& world, const char* code, Imported& imported) {
    imported.refused = true;
    if (code != nullptr) {
        Finding finding;
        finding.code = code;
        finding.severity = Severity::file_refused;
        finding.source = "docs/reference/csv.md";
        imported.findings.push_back(std::move(finding));
    }
    return world.store.add_findings(imported.message, imported.findings);
}

}  // namespace

Result<Adopted> adopt_file(World& world, const std::string& name, std::string bytes, Date cutover) {
    Adopted adopted;
    Imported& imported = adopted.imported;
    imported.message = base::digest(bytes);
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY(begun, world.store.cutover());
    if (begun) BUNDEL_TRY_DONE(world.store.set_cutover(cutover));  // refuses another day
    VaultResolver resolver(world.identities);
    BUNDEL_TRY(read, intake::read_csv(bytes, name, {imported.message, cutover}, resolver, imported.findings));
    if (read) imported.kind = read->kind;
    const bool opens = imported.kind == intake::opening_kind;
    if (!read || (imported.kind != intake::adopted_kind && !opens)) {
        BUNDEL_TRY_DONE(refuse_file(world, read ? "adopt_other_form" : nullptr, imported));
        BUNDEL_TRY_DONE(transaction.commit());
        return adopted;
    }
    BUNDEL_TRY(again, world.store.has_message(imported.message));
    imported.again = again;
    if (!again) {
        BUNDEL_TRY_DONE(world.store.add_message({imported.message, Direction::received, imported.kind, name},
                                                read->segments));
        if (auto receipt = world.store.add_receipt(imported.message, cutover); !receipt.ok())
            return receipt.error();
    }
    Taking taking{world, name, cutover, adopted};
    BUNDEL_TRY_DONE(take_over(taking, read->adopted));
    if (opens && !again) {
        BUNDEL_TRY(opened, take_openings(world, read->openings, name, cutover, OpeningAt::cutover,
                                         imported.findings));
        imported.lines += opened;
    }
    // The day stands for good: a file of which nothing could be taken does not set it.
    if (!begun && (imported.findings.empty() || imported.lines + adopted.before > 0)) {
        BUNDEL_TRY_DONE(world.store.set_cutover(cutover));
        BUNDEL_TRY_DONE(world.store.mark_all_dirty());  // what may go out changed for everybody
    }
    BUNDEL_TRY_DONE(world.store.add_findings(imported.message, imported.findings));
    BUNDEL_TRY_DONE(transaction.commit());
    return adopted;
}

NotAdopted not_adopted(const std::vector<QuestionRow>& questions) {
    NotAdopted found;
    for (const QuestionRow& question : questions) {
        if (question.code != "before_cutover") continue;
        ++found.claims;
        found.amount += question.amount;
    }
    return found;
}

}  // namespace bundel::engine
