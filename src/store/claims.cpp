// What goes out: numbers, outgoing messages, claims with their history, and the book.
#include <map>

#include "store/sqlite_store.h"

namespace bundel::store {
using claim::Sent;

namespace {

values::PhaseSet take_phases(Statement& row) {
    const auto bits = row.number();
    if (bits >= 0 && bits < 8) return values::PhaseSet::from_bits(static_cast<std::uint8_t>(bits));
    row.mark_damaged();
    return {};
}

// 0: taken over from before the first day, so carried by no message of ours.
std::optional<std::int64_t> carrier(const Sent& claim) {
    return claim.message == 0 ? std::nullopt : std::optional(claim.message);
}

}  // namespace

Outgoing take_outgoing(Statement& row) {
    Outgoing outgoing;
    outgoing.number = take<std::int64_t>(row);
    outgoing.kind = take<std::string>(row);
    outgoing.file_name = take<std::string>(row);
    outgoing.invoice = take<std::string>(row);
    outgoing.declarant = take<AgbCode>(row);
    outgoing.insurer = take<values::UzoviCode>(row);
    outgoing.message = take<Digest>(row);
    outgoing.as_of = take<Date>(row);
    outgoing.state = take_word(row, OutgoingState::sent);
    outgoing.sent_day = take_optional<Date>(row);
    return outgoing;
}

Sent take_sent(Statement& row) {
    Sent sent;
    sent.reference = take_text<Reference>(row);
    sent.person = take<PersonId>(row);
    sent.kind = take_word(row, claim::Kind::forwarded);
    sent.credit = take<bool>(row);
    sent.debit = take_text<Reference>(row);
    sent.declarant = take<AgbCode>(row);
    sent.insurer = take<values::UzoviCode>(row);
    sent.performance = take<values::PerformanceCode>(row);
    sent.care.first = take<Date>(row);
    sent.care.last = take<Date>(row);
    sent.amount = take<Cents>(row);
    sent.line = take_line(row);
    sent.phases = take_phases(row);
    sent.contract = take_text<base::FixedText<40>>(row);
    sent.status = take_word(row, values::Status::provisional);
    sent.content = take<Digest>(row);
    sent.trail = take<Digest>(row);
    sent.rulebook = take<Digest>(row);
    sent.as_of = take<Date>(row);
    sent.message = take<std::int64_t>(row);
    sent.state = take_word(row, claim::State::handed_over);
    sent.sent_day = take_optional<Date>(row);
    sent.answered_day = take_optional<Date>(row);
    sent.granted = take<Cents>(row);
    sent.paid = take<Cents>(row);
    for (auto& code : sent.codes) code = take_text<base::FixedText<4>>(row);
    return sent;
}

Result<std::int64_t> SqliteStore::next_number(std::string_view sequence) {
    BUNDEL_TRY(next, database_->first(
                         "INSERT INTO sequence VALUES(?, 1) ON CONFLICT(name) DO UPDATE SET last = last + 1 "
                         "RETURNING last",
                         take<std::int64_t>, sequence));
    return next.value();
}

Result<std::int64_t> SqliteStore::add_outgoing(const Outgoing& outgoing) {
    BUNDEL_TRY(number,
               database_->first("INSERT INTO outgoing(kind, file_name, invoice, declarant, insurer, message, "
                                "as_of, state, sent_day) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
                                take<std::int64_t>, outgoing.kind, outgoing.file_name, outgoing.invoice,
                                outgoing.declarant, outgoing.insurer, outgoing.message, outgoing.as_of,
                                outgoing.state, outgoing.sent_day));
    return number.value();
}

Result<Done> SqliteStore::set_outgoing(std::int64_t number, OutgoingState state,
                                       std::optional<Date> sent_day) {
    BUNDEL_TRY(found,
               database_->first("UPDATE outgoing SET state = ?, sent_day = ? WHERE number = ? RETURNING 1",
                                take<bool>, state, sent_day, number));
    if (!found) return Error{"outgoing_unknown", {{"number", std::to_string(number)}}};
    return Done{};
}

Result<std::vector<Outgoing>> SqliteStore::outgoing_not_sent() {
    return database_->all("SELECT * FROM outgoing WHERE state < 2 ORDER BY number", take_outgoing);
}

Result<std::optional<Outgoing>> SqliteStore::outgoing_by_invoice(AgbCode declarant,
                                                                 std::string_view invoice) {
    return database_->first("SELECT * FROM outgoing WHERE declarant = ? AND invoice = ? AND invoice <> ''",
                            take_outgoing, declarant, invoice);
}

Result<std::vector<Outgoing>> SqliteStore::all_outgoing() {
    return database_->all("SELECT * FROM outgoing ORDER BY number", take_outgoing);
}

Result<Done> SqliteStore::add_claim(const Sent& claim) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(person, number_of(claim.person));
    BUNDEL_TRY(
        number,
        database_->first(
            "INSERT INTO claim(reference, person, kind, credit, debit, declarant, insurer, performance, "
            "care_first, care_last, amount, issuer, line, phases, contract, status, content, trail, "
            "rulebook, "
            "as_of, outgoing, state, sent_day, answered_day, granted, paid, code1, code2, code3) "
            "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT(declarant, reference) DO NOTHING RETURNING number",
            take<std::int64_t>, claim.reference, person, claim.kind, claim.credit, claim.debit,
            claim.declarant, claim.insurer, claim.performance, claim.care.first, claim.care.last,
            claim.amount, claim.line.issuer, claim.line.reference, claim.phases.bits(), claim.contract,
            claim.status, claim.content, claim.trail, claim.rulebook, claim.as_of, carrier(claim),
            claim.state, claim.sent_day, claim.answered_day, claim.granted, claim.paid, claim.codes[0],
            claim.codes[1], claim.codes[2]));
    if (!number) return Error{"reference_used", {{"reference", claim.reference.str()}}};
    BUNDEL_TRY_DONE(add_step(*number, claim, claim.as_of, Digest{}));
    return together.keep();
}

Result<Done> SqliteStore::add_step(std::int64_t number, const Sent& claim, Date day, const Digest& cause) {
    return database_->execute(
        "INSERT INTO claim_step(claim, day, cause, state, granted, paid, code1, code2, code3) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number, day, cause, claim.state, claim.granted, claim.paid, claim.codes[0], claim.codes[1],
        claim.codes[2]);
}

Result<Done> SqliteStore::set_claim(const Sent& claim, Date day, const Digest& cause) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(
        number,
        database_->first("UPDATE claim SET state = ?, sent_day = ?, answered_day = ?, granted = ?, paid = ?, "
                         "code1 = ?, code2 = ?, code3 = ? WHERE declarant = ? AND reference = ? "
                         "RETURNING number",
                         take<std::int64_t>, claim.state, claim.sent_day, claim.answered_day, claim.granted,
                         claim.paid, claim.codes[0], claim.codes[1], claim.codes[2], claim.declarant,
                         claim.reference));
    if (!number) return Error{"claim_unknown", {{"reference", claim.reference.str()}}};
    BUNDEL_TRY_DONE(add_step(*number, claim, day, cause));
    return together.keep();
}

Result<std::vector<Sent>> SqliteStore::claims_of(PersonId person) {
    return database_->all(
        "SELECT * FROM claim_row WHERE person = (SELECT number FROM person WHERE id = ?) ORDER BY reference, "
        "declarant",
        take_sent, person);
}

Result<std::vector<Sent>> SqliteStore::claims_in(std::int64_t outgoing) {
    return database_->all("SELECT * FROM claim_row WHERE outgoing = ? ORDER BY reference, declarant",
                          take_sent, outgoing);
}

Result<std::optional<Sent>> SqliteStore::claim(AgbCode declarant, const Reference& reference) {
    return database_->first("SELECT * FROM claim_row WHERE declarant = ? AND reference = ?", take_sent,
                            declarant, reference);
}

Result<std::vector<Sent>> SqliteStore::all_claims() {
    return database_->all("SELECT * FROM claim_row ORDER BY declarant, reference", take_sent);
}

Result<Done> SqliteStore::add_entry(const ledger::Entry& entry) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    const ledger::Draft& content = entry.content;
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO entry VALUES(?, ?, ?, ?, ?, ?, ?, ?)", entry.number,
                                       ledger::row_of(content.kind).code, content.key, content.booking_day,
                                       content.care_period.first, content.care_period.last,
                                       content.earlier_key, entry.digest));
    std::int64_t place = 0;
    for (const ledger::Posting& posting : content.postings) {
        const std::string account = posting.account.path();
        BUNDEL_TRY_DONE(database_->execute("INSERT INTO posting VALUES(?, ?, ?, ?)", entry.number, place++,
                                           account, posting.amount));
        BUNDEL_TRY_DONE(
            database_->execute("INSERT INTO balance VALUES(?, ?) ON CONFLICT(account) DO UPDATE SET amount = "
                               "amount + excluded.amount",
                               account, posting.amount));
    }
    return together.keep();
}

ledger::Entry take_entry(Statement& row) {
    ledger::Entry entry;
    entry.number = static_cast<std::uint64_t>(take<std::int64_t>(row));
    const auto kind = ledger::parse_event_kind(row.text());
    if (!kind.ok()) row.mark_damaged();
    if (kind.ok()) entry.content.kind = *kind;
    entry.content.key = take<std::string>(row);
    entry.content.booking_day = take<Date>(row);
    entry.content.care_period.first = take<Date>(row);
    entry.content.care_period.last = take<Date>(row);
    entry.content.earlier_key = take<std::string>(row);
    entry.digest = take<Digest>(row);
    return entry;
}

Result<std::vector<ledger::Entry>> SqliteStore::entries() {
    BUNDEL_TRY(entries, database_->all("SELECT * FROM entry ORDER BY number", take_entry));
    std::map<std::uint64_t, ledger::Entry*> by_number;
    for (ledger::Entry& entry : entries) by_number.emplace(entry.number, &entry);
    const auto add = [&](Statement& row) {
        const auto entry = by_number.find(static_cast<std::uint64_t>(take<std::int64_t>(row)));
        const auto account = ledger::Account::parse(row.text());
        const auto amount = take<Cents>(row);
        if (entry == by_number.end() || !account.ok()) {
            row.mark_damaged();
        } else {
            entry->second->content.postings.push_back({*account, amount});
        }
        return Done{};
    };
    BUNDEL_TRY_DONE(database_->all("SELECT entry, account, amount FROM posting ORDER BY entry, place", add));
    return entries;
}

Result<Done> SqliteStore::add_closing(const ledger::Closing& closing) {
    return database_->execute(
        "INSERT INTO closing SELECT ifnull(max(number), 0) + 1, ?, ?, ?, ?, ? FROM closing",
        closing.period.first, closing.period.last, closing.entries, closing.after, closing.digest);
}

Result<std::vector<ledger::Closing>> SqliteStore::closings() {
    const auto read = [](Statement& row) {
        ledger::Closing closing;
        closing.period.first = take<Date>(row);
        closing.period.last = take<Date>(row);
        closing.entries = static_cast<std::uint64_t>(take<std::int64_t>(row));
        closing.after = static_cast<std::uint64_t>(take<std::int64_t>(row));
        closing.digest = take<Digest>(row);
        return closing;
    };
    return database_->all("SELECT first, last, entries, after, digest FROM closing ORDER BY number", read);
}

}  // namespace bundel::store
