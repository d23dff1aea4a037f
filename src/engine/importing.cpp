#include "engine/importing.h"

#include <algorithm>

#include "bank/camt053.h"
#include "engine/advances.h"
#include "engine/answers.h"
#include "engine/banking.h"
#include "engine/opening.h"
#include "engine/payments.h"
#include "engine/resolver.h"
#include "engine/settlements.h"
#include "engine/women.h"
#include "intake/content.h"
#include "intake/intake.h"
#include "wire/decode.h"

namespace bundel::engine {
using base::Finding;
using base::Severity;
using facts::Reading;

namespace {

bool looks_like_ei(std::string_view bytes) {
    return bytes.size() < 5 || base::all_digits(bytes.substr(0, 5));
}

bool file_refused(const base::Findings& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& f) { return f.severity == Severity::file_refused; });
}

// Judgements may name a line before it is known: the line has a place of its own among the persons that are
// looked at together.
PersonId place_of(const LineId& line) {
    const Digest digest = base::Hasher().add(line.issuer.number()).add(line.reference.view()).finish();
    PersonId place;
    std::copy_n(digest.bytes.begin(), 8, reinterpret_cast<std::uint8_t*>(&place.high));
    std::copy_n(digest.bytes.begin() + 8, 8, reinterpret_cast<std::uint8_t*>(&place.low));
    return place;
}

void note_reused(const facts::CareLine& line, const facts::Origin& origin, const std::string& name,
                 const char* code, base::Findings& findings) {
    Finding finding;
    finding.code = code;
    finding.where.file = name;
    finding.where.record = origin.record;
    finding.params.emplace_back("key", line.id.str());
    finding.return_code = "8021";
    findings.push_back(std::move(finding));
}

Result<Done> index_line(World& world, PersonId person, const facts::Known<facts::CareLine>& known,
                        const std::string& name, base::Findings& findings) {
    const facts::CareLine& line = known.fact;
    const Digest content = facts::content_digest(line);
    BUNDEL_TRY(rows, world.store.lines(line.id));
    for (const LineRow& row : rows) {
        if (row.content != content)
            note_reused(line, known.origin, name, "line_reference_reused", findings);
        else if (row.person != person)
            note_reused(line, known.origin, name, "line_other_person", findings);
        if (row.person != person) BUNDEL_TRY_DONE(mark_with_linked(world, row.person));
    }
    BUNDEL_TRY_DONE(
        world.store.add_line({line.id, person, content, known.origin.message, known.origin.record}));
    BUNDEL_TRY(claimed_for, world.store.linked(place_of(line.id)));
    if (!claimed_for.empty()) BUNDEL_TRY_DONE(world.store.add_link(person, place_of(line.id)));
    if (line.previous.empty()) return Done{};
    const facts::Successor successor{{line.id.issuer, line.previous}, line.id, line.credit};
    BUNDEL_TRY_DONE(world.store.add_successor(successor, person, known.origin.message));
    BUNDEL_TRY(predecessors, world.store.lines(successor.predecessor));
    for (const LineRow& row : predecessors) BUNDEL_TRY_DONE(mark_with_linked(world, row.person));
    return Done{};
}

Result<Done> index_judgement(World& world, const facts::Judgement& judgement) {
    if (judgement.kind == facts::JudgementKind::same_person)
        return world.store.add_link(judgement.person, judgement.other);
    if (judgement.kind != facts::JudgementKind::line_is_hers) return Done{};
    BUNDEL_TRY_DONE(world.store.add_link(judgement.person, place_of(judgement.line)));
    BUNDEL_TRY(rows, world.store.lines(judgement.line));
    for (const LineRow& row : rows)
        BUNDEL_TRY_DONE(world.store.add_link(row.person, place_of(judgement.line)));
    return Done{};
}

Result<Done> keep_reading(World& world, PersonId person, const Reading& reading, const Digest& message,
                          const std::string& name, base::Findings& findings) {
    BUNDEL_TRY_DONE(world.store.put_reading(person, message, facts::intake_version, facts::encode(reading)));
    if (person.is_nobody()) {  // agreements touch everybody, but where somebody banks touches no case
        Reading touching = reading;
        touching.accounts.clear();
        return touching.empty() ? Result<Done>(Done{}) : world.store.mark_all_dirty();
    }
    for (const auto& line : reading.lines) BUNDEL_TRY_DONE(index_line(world, person, line, name, findings));
    for (const auto& judgement : reading.judgements) BUNDEL_TRY_DONE(index_judgement(world, judgement.fact));
    for (const auto& child : reading.children)  // looked at together with its mother
        BUNDEL_TRY_DONE(world.store.add_link(child.fact.person, child.fact.child));
    return mark_with_linked(world, person);
}

std::size_t facts_in(const Reading& r) {
    return r.lines.size() + r.enrolments.size() + r.outcomes.size() + r.phase_ends.size() +
           r.insurances.size() + r.judgements.size() + r.memberships.size() + r.contracts.size() +
           r.outside.size() + r.activities.size() + r.bought.size() + r.children.size() + r.accounts.size();
}

// An invoice that was refused did arrive: its number is not missing. A table of claim lines is as old as the
// care in it, another as its receipt.
Result<Done> keep_deliveries(World& world, const Digest& message, const intake::Intake& intake,
                             Date received) {
    std::map<AgbCode, DeliveryRow> rows;
    if (intake.dated && !intake.declarant.is_none())
        rows[intake.declarant] = {message, intake.declarant, intake.invoice, *intake.dated, 0, {}, {}};
    for (const auto& [practice, number] : intake.deliveries)
        rows[practice] = {message, practice, number, received, 0, {}, {}};
    for (const auto& [person, reading] : intake.readings) {
        for (const auto& known : reading.lines) {
            const facts::CareLine& line = known.fact;
            const bool table = line.delivery == facts::Delivery::table;
            auto [row, fresh] = rows.try_emplace(line.declarant);
            if (fresh) row->second = {message, line.declarant, "", line.care.last, 0, {}, {}};
            const bool first = row->second.lines == 0;
            if (table)
                row->second.dated = first ? line.care.last : std::max(row->second.dated, line.care.last);
            ++row->second.lines;
            row->second.amount += line.amount;
        }
    }
    for (const auto& [declarant, row] : rows) BUNDEL_TRY_DONE(world.store.add_delivery(row));
    return Done{};
}

Result<Done> keep_intake(World& world, const std::string& name, intake::Intake intake, Imported& imported,
                         Date received) {
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.add_message({imported.message, Direction::received, imported.kind, name},
                                            intake.segments));
    if (auto receipt = world.store.add_receipt(imported.message, received); !receipt.ok())
        return receipt.error();
    for (const auto& [person, reading] : intake.readings) {
        BUNDEL_TRY_DONE(keep_reading(world, person, reading, imported.message, name, imported.findings));
        imported.lines += facts_in(reading);
        if (!person.is_nobody()) ++imported.persons;
    }
    BUNDEL_TRY_DONE(keep_deliveries(world, imported.message, intake, received));
    BUNDEL_TRY(payments,
               take_payments(world, intake.payments, imported.message, name, received, imported.findings));
    imported.lines += payments;
    BUNDEL_TRY(advances, take_advances(world, intake.advances, name, received, imported.findings));
    imported.lines += advances;
    BUNDEL_TRY(settlements, take_settlements(world, intake.settlements, name, received, imported.findings));
    imported.lines += settlements;
    if (intake.kind == intake::opening_kind) {
        BUNDEL_TRY(opened, take_openings(world, intake.openings, name, received, OpeningAt::empty_book,
                                         imported.findings));
        imported.lines += opened;
    }
    BUNDEL_TRY_DONE(world.store.add_findings(imported.message, imported.findings));
    return transaction.commit();
}

Result<Done> mark_readers(World& world, const LineId& line) {
    BUNDEL_TRY(rows, world.store.lines(line));
    for (const LineRow& row : rows) BUNDEL_TRY_DONE(mark_with_linked(world, row.person));
    return Done{};
}

// Whose lines stand or fall with what this message says of her: of a reference that two persons have the
// first received stands, and a line may replace another person's.
Result<Done> mark_touched(World& world, PersonId person, const Digest& message) {
    BUNDEL_TRY(rows, world.store.readings(person));
    for (const ReadingRow& row : rows) {
        if (row.message != message) continue;
        BUNDEL_TRY(reading, facts::decode(row.blob, row.message, row.received));
        for (const auto& line : reading.lines) {
            BUNDEL_TRY_DONE(mark_readers(world, line.fact.id));
            if (!line.fact.previous.empty())
                BUNDEL_TRY_DONE(mark_readers(world, {line.fact.id.issuer, line.fact.previous}));
        }
    }
    return mark_with_linked(world, person);
}

// The same bytes once more: nothing is read again. An earlier day of receipt is news.
Result<Done> receive_again(World& world, Imported& imported, Date received) {
    imported.again = true;
    BUNDEL_TRY(row, world.store.message(imported.message));
    imported.kind = row.kind;
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY(fresh, world.store.add_receipt(imported.message, received));
    if (fresh) {
        BUNDEL_TRY(region, world.store.readings(PersonId{}));
        const bool regional = std::any_of(region.begin(), region.end(),
                                          [&](const ReadingRow& r) { return r.message == imported.message; });
        if (regional) BUNDEL_TRY_DONE(world.store.mark_all_dirty());
        BUNDEL_TRY(persons, world.store.persons_in(imported.message));
        for (const PersonId person : persons) BUNDEL_TRY_DONE(mark_touched(world, person, imported.message));
    }
    return transaction.commit();
}

// Refused as a whole: nothing is taken, the findings are kept under the digest of its bytes.
Result<Done> refuse(World& world, Imported& imported) {
    imported.refused = true;
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.add_findings(imported.message, imported.findings));
    return transaction.commit();
}

Result<Done> import_csv(World& world, const std::string& name, const std::string& bytes, Date received,
                        Imported& imported) {
    VaultResolver resolver(world.identities);
    BUNDEL_TRY(intake,
               intake::read_csv(bytes, name, {imported.message, received}, resolver, imported.findings));
    if (!intake) return refuse(world, imported);
    imported.kind = intake->kind;
    if (imported.kind == intake::adopted_kind) {
        Finding finding;
        finding.code = "adopted_by_import";
        finding.severity = Severity::file_refused;
        finding.where.file = name;
        finding.source = "docs/reference/cli.md";
        imported.findings.push_back(std::move(finding));
        return refuse(world, imported);
    }
    return keep_intake(world, name, std::move(*intake), imported, received);
}

Result<Done> import_statements(World& world, const std::string& name, const std::string& bytes, Date received,
                               Imported& imported) {
    const auto statements = bank::read_camt053(bytes, name, imported.findings);
    if (!statements) return refuse(world, imported);
    imported.kind = "camt.053";
    BUNDEL_TRY(ours, are_of_our_account(world, *statements, name, received, imported.findings));
    if (!ours) return refuse(world, imported);
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.add_message({imported.message, Direction::received, imported.kind, name},
                                            {{PersonId{}, bytes}}));
    if (auto receipt = world.store.add_receipt(imported.message, received); !receipt.ok())
        return receipt.error();
    BUNDEL_TRY(taken,
               take_statements(world, *statements, imported.message, name, received, imported.findings));
    imported.lines = taken;
    BUNDEL_TRY_DONE(ask_about_bank(world, received));
    BUNDEL_TRY_DONE(world.store.add_findings(imported.message, imported.findings));
    return transaction.commit();
}

Result<Done> import_claims(World& world, const std::string& name, const wire::Message& message, Date received,
                           Imported& imported) {
    VaultResolver resolver(world.identities);
    BUNDEL_TRY(intake,
               intake::read_claims(message, {imported.message, received}, resolver, imported.findings));
    const intake::Known known = intake::known_of(world.rulebook, received);
    BUNDEL_TRY_DONE(intake::note_content(message, known, imported.findings));
    imported.refused = intake.refused;
    return keep_intake(world, name, std::move(intake), imported, received);
}

Result<Done> import_answers(World& world, const std::string& name, const wire::Message& message,
                            Date received, Imported& imported) {
    BUNDEL_TRY_DONE(resume(world, received));
    VaultResolver resolver(world.identities);
    BUNDEL_TRY(answers, intake::read_answers(message, resolver, imported.findings));
    BUNDEL_TRY(transaction, Transaction::begin(world.store));
    BUNDEL_TRY_DONE(world.store.add_message({imported.message, Direction::received, imported.kind, name},
                                            answers.segments));
    if (auto receipt = world.store.add_receipt(imported.message, received); !receipt.ok())
        return receipt.error();
    BUNDEL_TRY(applied, apply(world, answers, imported.message, name, received, imported.findings));
    imported.lines = applied.lines;
    imported.persons = applied.persons;
    BUNDEL_TRY_DONE(world.store.add_findings(imported.message, imported.findings));
    return transaction.commit();
}

}  // namespace

Result<Imported> import_file(World& world, const std::string& name, std::string bytes, Date received) {
    Imported imported;
    imported.message = base::digest(bytes);
    BUNDEL_TRY(known, world.store.has_message(imported.message));
    if (known) {
        BUNDEL_TRY_DONE(receive_again(world, imported, received));
        return imported;
    }
    if (bank::is_camt053(bytes)) {
        BUNDEL_TRY_DONE(import_statements(world, name, bytes, received, imported));
        return imported;
    }
    if (!looks_like_ei(bytes)) {
        BUNDEL_TRY_DONE(import_csv(world, name, bytes, received, imported));
        return imported;
    }
    const auto layout = world.layouts.recognise(bytes, name, imported.findings);
    if (layout) imported.kind = layout->name();
    const auto message =
        layout ? wire::decode(std::move(bytes), layout, name, imported.findings) : std::nullopt;
    if (!message || file_refused(imported.findings)) {
        BUNDEL_TRY_DONE(refuse(world, imported));
        return imported;
    }
    const bool answers = message->layout().is_return();
    BUNDEL_TRY_DONE(answers ? import_answers(world, name, *message, received, imported)
                            : import_claims(world, name, *message, received, imported));
    return imported;
}

}  // namespace bundel::engine
