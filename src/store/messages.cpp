// Messages, receipts, findings, readings and the index of lines.
#include "store/sqlite_store.h"

namespace bundel::store {
namespace {

constexpr std::size_t salt_size = 16;

Error unknown(const Digest& message) {
    return Error{"message_unknown", {{"message", message.hex()}}};
}

std::string pack_finding(const base::Finding& finding) {
    return Packer()
        .add(finding.code)
        .add(static_cast<std::int64_t>(finding.severity))
        .add(finding.where.file)
        .add(finding.where.record)
        .add(finding.where.field)
        .add(finding.where.first_column)
        .add(finding.where.last_column)
        .add(finding.params)
        .add(finding.return_code)
        .add(finding.source)
        .bytes();
}

base::Finding unpack_finding(Statement& row, std::string_view bytes) {
    Unpacker from(bytes);
    base::Finding finding;
    finding.code = from.text();
    finding.severity = static_cast<base::Severity>(from.number());
    finding.where.file = from.text();
    finding.where.record = from.number();
    finding.where.field = from.text();
    finding.where.first_column = static_cast<int>(from.number());
    finding.where.last_column = static_cast<int>(from.number());
    finding.params = from.params();
    finding.return_code = from.text();
    finding.source = from.text();
    if (!from.whole()) row.mark_damaged();
    return finding;
}

LineRow take_line_row(Statement& row) {
    LineRow line;
    line.line = take_line(row);
    line.person = take<PersonId>(row);
    line.content = take<Digest>(row);
    line.message = take<Digest>(row);
    line.record = take<std::int32_t>(row);
    line.received = take<Date>(row);
    return line;
}

Digest digest_of(const std::vector<Segment>& segments) {
    std::size_t size = 0;
    for (const Segment& segment : segments) size += segment.bytes.size();
    std::string whole;
    whole.reserve(size);
    for (const Segment& segment : segments) whole += segment.bytes;
    return base::digest(whole);
}

}  // namespace

MessageRow take_message(Statement& row) {
    MessageRow message;
    message.id = take<Digest>(row);
    message.direction = take_word(row, Direction::sent);
    message.kind = take<std::string>(row);
    message.name = take<std::string>(row);
    return message;
}

Digest message_link(const Digest& previous, const MessageRow& row, const std::vector<Digest>& commitments) {
    base::Hasher hasher;
    hasher.add(previous)
        .add(row.id)
        .add(static_cast<std::int64_t>(row.direction))
        .add(row.kind)
        .add(row.name);
    for (const Digest& commitment : commitments) hasher.add(commitment);
    return hasher.finish();
}

Result<bool> SqliteStore::has_message(const Digest& id) {
    BUNDEL_TRY(found, database_->first("SELECT 1 FROM message WHERE id = ?", take<bool>, id));
    return found.has_value();
}

Result<Done> SqliteStore::add_message(const MessageRow& row, const std::vector<Segment>& segments) {
    BUNDEL_ASSERT(digest_of(segments) == row.id);
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(last, database_->first("SELECT number, link FROM message ORDER BY number DESC LIMIT 1",
                                      [](Statement& r) {
                                          const auto number = take<std::int64_t>(r);
                                          return std::pair(number, take<Digest>(r));
                                      }));
    const std::int64_t number = last ? last->first + 1 : 1;
    std::vector<Digest> commitments;
    commitments.reserve(segments.size());
    std::vector<std::string> salts;
    salts.reserve(segments.size());
    for (const Segment& segment : segments) {
        salts.push_back(random_bytes(salt_size));
        commitments.push_back(base::keyed_digest(salts.back(), segment.bytes));
    }
    BUNDEL_TRY_DONE(database_->execute("INSERT INTO message VALUES(?, ?, ?, ?, ?, ?, ?)", number, row.id,
                                       row.direction, row.kind, row.name, segments.size(),
                                       message_link(last ? last->second : Digest{}, row, commitments)));
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const auto place = static_cast<std::int64_t>(i);
        BUNDEL_TRY(person, number_of(segments[i].person));
        BUNDEL_TRY_DONE(database_->execute("INSERT INTO segment VALUES(?, ?, ?, ?, ?, ?)", number, place,
                                           person, commitments[i], Blob{salts[i]},
                                           Blob{box_.seal(segments[i].bytes, segment_place(number, place))}));
    }
    return together.keep();
}

Result<MessageRow> SqliteStore::message(const Digest& id) {
    BUNDEL_TRY(found, database_->first("SELECT id, direction, kind, name FROM message WHERE id = ?",
                                       take_message, id));
    if (!found) return unknown(id);
    return *found;
}

Result<std::string> SqliteStore::message_bytes(const Digest& id) {
    BUNDEL_TRY(number, number_of(id));
    std::string whole;
    bool forgotten = false;
    const auto append = [&](Statement& row) {
        const auto place = row.number();
        if (row.skip_null()) return forgotten = true;
        whole += unsealed(row, segment_place(number, place));
        return false;
    };
    BUNDEL_TRY_DONE(
        database_->all("SELECT place, sealed FROM segment WHERE message = ? ORDER BY place", append, number));
    if (forgotten) return Error{"message_forgotten", {{"message", id.hex()}}};
    if (base::digest(whole) != id) return Error{"store_message_wrong", {{"message", id.hex()}}};
    return whole;
}

Result<std::vector<MessageRow>> SqliteStore::messages(Direction direction) {
    return database_->all("SELECT id, direction, kind, name FROM message WHERE direction = ? ORDER BY id",
                          take_message, direction);
}

Result<bool> SqliteStore::add_receipt(const Digest& message, Date received) {
    BUNDEL_TRY(number, number_of(message));
    BUNDEL_TRY(added, database_->first("INSERT INTO receipt VALUES(?, ?) ON CONFLICT DO NOTHING RETURNING 1",
                                       take<bool>, number, received));
    return added.has_value();
}

Result<std::vector<std::pair<Digest, Date>>> SqliteStore::receipts() {
    const auto read = [](Statement& row) {
        const auto message = take<Digest>(row);
        return std::pair(message, take<Date>(row));
    };
    return database_->all(
        "SELECT m.id, r.received FROM receipt r JOIN message m ON m.number = r.message ORDER BY m.id, "
        "r.received",
        read);
}

Result<Done> SqliteStore::put_reading(PersonId person, const Digest& message, int intake_version,
                                      const std::string& blob) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(whose, number_of(person));
    BUNDEL_TRY(where, number_of(message));
    BUNDEL_TRY_DONE(database_->execute(
        "INSERT INTO reading(person, message, version, sealed) VALUES(?, ?, ?, ?) ON CONFLICT(person, "
        "message) "
        "DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
        whose, where, intake_version, Blob{box_.seal(blob, reading_place(person, message))}));
    return together.keep();
}

Result<std::vector<ReadingRow>> SqliteStore::readings(PersonId person) {
    const auto read = [&](Statement& row) {
        ReadingRow reading;
        reading.message = take<Digest>(row);
        reading.received = take<Date>(row);
        reading.blob = unsealed(row, reading_place(person, reading.message));
        return reading;
    };
    return database_->all(
        "SELECT m.id, e.received, r.sealed FROM reading r JOIN message m ON m.number = r.message "
        "JOIN earliest e ON e.message = r.message "
        "WHERE r.person = (SELECT number FROM person WHERE id = ?) ORDER BY m.id",
        read, person);
}

Result<std::vector<PersonId>> SqliteStore::persons_in(const Digest& message) {
    BUNDEL_TRY(number, number_of(message));
    return database_->all(
        "SELECT p.id FROM reading r JOIN person p ON p.number = r.person WHERE r.message = ? AND p.number > "
        "0 "
        "ORDER BY p.id",
        take<PersonId>, number);
}

Result<std::vector<PersonId>> SqliteStore::persons() {
    return database_->all(
        "SELECT id FROM person p WHERE number > 0 AND EXISTS(SELECT 1 FROM reading WHERE person = p.number) "
        "ORDER BY id",
        take<PersonId>);
}

Result<Done> SqliteStore::add_line(const LineRow& row) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(person, number_of(row.person));
    BUNDEL_TRY(message, number_of(row.message));
    BUNDEL_TRY_DONE(database_->execute(
        "INSERT INTO line(issuer, reference, person, content, message, record) VALUES(?, ?, ?, ?, ?, ?) "
        "ON CONFLICT DO NOTHING",
        row.line.issuer, row.line.reference, person, row.content, message, row.record));
    return together.keep();
}

Result<std::vector<LineRow>> SqliteStore::lines(const LineId& line) {
    return database_->all("SELECT * FROM line_row WHERE issuer = ? AND reference = ? ORDER BY message_id",
                          take_line_row, line.issuer, line.reference);
}

Result<std::vector<LineRow>> SqliteStore::lines_of(PersonId person) {
    return database_->all(
        "SELECT * FROM line_row WHERE person = (SELECT number FROM person WHERE id = ?) "
        "ORDER BY issuer, reference, message_id",
        take_line_row, person);
}

Result<Done> SqliteStore::add_successor(const facts::Successor& successor, PersonId successor_person,
                                        const Digest& message) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(person, number_of(successor_person));
    BUNDEL_TRY(where, number_of(message));
    BUNDEL_TRY_DONE(database_->execute(
        "INSERT INTO successor(issuer, reference, line_issuer, line_reference, credit, person, message) "
        "VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        successor.predecessor.issuer, successor.predecessor.reference, successor.line.issuer,
        successor.line.reference, successor.credit, person, where));
    return together.keep();
}

Result<std::vector<facts::Known<facts::Successor>>> SqliteStore::successors(const LineId& predecessor) {
    const auto read = [&](Statement& row) {
        facts::Known<facts::Successor> known;
        known.fact.predecessor = predecessor;
        known.fact.line = take_line(row);
        known.fact.credit = take<bool>(row);
        known.origin.message = take<Digest>(row);
        known.received = take<Date>(row);
        return known;
    };
    return database_->all(
        "SELECT s.line_issuer, s.line_reference, s.credit, m.id, e.received FROM successor s "
        "JOIN message m ON m.number = s.message JOIN earliest e ON e.message = s.message "
        "WHERE s.issuer = ? AND s.reference = ? ORDER BY s.line_issuer, s.line_reference, s.credit, m.id",
        read, predecessor.issuer, predecessor.reference);
}

Result<Done> SqliteStore::add_link(PersonId a, PersonId b) {
    if (a == b) return Done{};
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY(one, number_of(a));
    BUNDEL_TRY(other, number_of(b));
    BUNDEL_TRY_DONE(
        database_->execute("INSERT INTO link VALUES(?1, ?2), (?2, ?1) ON CONFLICT DO NOTHING", one, other));
    return together.keep();
}

Result<std::vector<PersonId>> SqliteStore::linked(PersonId person) {
    return database_->all(
        "SELECT p.id FROM link l JOIN person p ON p.number = l.b "
        "WHERE l.a = (SELECT number FROM person WHERE id = ?) ORDER BY p.id",
        take<PersonId>, person);
}

Result<Done> SqliteStore::add_findings(const Digest& message, const Findings& findings) {
    Together together(*database_);
    BUNDEL_TRY_DONE(together.begin());
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM finding WHERE message = ?", message));
    for (const base::Finding& finding : findings) {
        BUNDEL_TRY_DONE(database_->execute("INSERT INTO finding(message, sealed) VALUES(?, ?)", message,
                                           Blob{box_.seal(pack_finding(finding), finding_place(message))}));
    }
    return together.keep();
}

Result<Findings> SqliteStore::findings_of(const Digest& message) {
    const auto read = [&](Statement& row) {
        return unpack_finding(row, unsealed(row, finding_place(message)));
    };
    return database_->all("SELECT sealed FROM finding WHERE message = ? ORDER BY number", read, message);
}

Result<Findings> SqliteStore::findings() {
    const auto read = [&](Statement& row) {
        const auto message = take<Digest>(row);
        return unpack_finding(row, unsealed(row, finding_place(message)));
    };
    return database_->all("SELECT message, sealed FROM finding ORDER BY number", read);
}

}  // namespace bundel::store
