#include "store/desk.h"

#include "store/columns.h"
#include "store/database.h"
#include "store/pack.h"

namespace bundel::store {
using base::Digest;
using base::Done;
using base::Error;
using base::Result;

namespace {

const Database::Kind desk_kind{0x62646573, 1, R"sql(
CREATE TABLE account(
    name TEXT PRIMARY KEY, role TEXT NOT NULL, scope TEXT NOT NULL, active INTEGER NOT NULL,
    must_change INTEGER NOT NULL, created INTEGER NOT NULL, last_login INTEGER NOT NULL,
    password TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE event(
    number INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, event TEXT NOT NULL,
    object TEXT NOT NULL, woman BLOB NOT NULL, reason BLOB NOT NULL, done INTEGER NOT NULL, link BLOB NOT NULL) STRICT;
CREATE INDEX event_actor ON event(actor);
CREATE INDEX event_woman ON event(woman);
CREATE TABLE reply(
    key BLOB PRIMARY KEY, request BLOB NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
    at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER event_kept BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_next BEFORE INSERT ON event
    WHEN NEW.number <> (SELECT ifnull(max(number), 0) + 1 FROM event)
    BEGIN SELECT RAISE(ABORT, 'event has not the next number'); END;
)sql"};

// Long enough for every retry, short enough that the file stays small.
constexpr std::int64_t replies_kept_seconds = 7 * 24 * 3600;

std::string reason_place(std::int64_t number) {
    return Packer().add("reason").add(number).bytes();
}

std::string reply_place(const Digest& key) {
    return Packer().add("reply").add(key.view()).bytes();
}

Digest link_of(const Digest& before, const AuditEvent& event) {
    base::Hasher hasher;
    hasher.add(before).add(event.number).add(event.at).add(event.actor).add(event.role).add(event.event);
    hasher.add(event.object).add(event.woman.hex()).add(event.reason).add(std::int64_t{event.done});
    return hasher.finish();
}

Account take_account(Statement& row) {
    Account account;
    account.name = take<std::string>(row);
    account.role = take<std::string>(row);
    account.scope = take<std::string>(row);
    account.active = take<bool>(row);
    account.must_change = take<bool>(row);
    account.created = take<std::int64_t>(row);
    account.last_login = take<std::int64_t>(row);
    return account;
}

constexpr const char* account_columns =
    "SELECT name, role, scope, active, must_change, created, last_login FROM account ORDER BY name";

Error unknown(const std::string& name) {
    return Error{"account_unknown", {{"name", name}}};
}

}  // namespace

Desk::Desk(std::unique_ptr<Database> database, const Key& key)
    : database_(std::move(database)), box_(key.for_purpose(20)) {}
Desk::~Desk() = default;

Result<std::unique_ptr<Desk>> Desk::open(const std::string& path, const Key& key) {
    BUNDEL_TRY(database, Database::open(path, desk_kind));
    return std::unique_ptr<Desk>(new Desk(std::move(database), key));
}

Result<std::vector<Account>> Desk::accounts() {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    return database_->all(account_columns, take_account);
}

Result<std::optional<Account>> Desk::account(const std::string& name) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    return database_->first(
        "SELECT name, role, scope, active, must_change, created, last_login FROM account WHERE name = ?",
        take_account, name);
}

Result<Done> Desk::add_account(const Account& account, const std::string& password_hash) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    BUNDEL_TRY(added,
               database_->first("INSERT INTO account VALUES(?, ?, ?, ?, ?, ?, ?, ?) "
                                "ON CONFLICT DO NOTHING RETURNING 1",
                                take<bool>, account.name, account.role, account.scope, account.active,
                                account.must_change, account.created, account.last_login, password_hash));
    if (!added) return Error{"account_exists", {{"name", account.name}}};
    return Done{};
}

Result<std::string> Desk::password_hash(const std::string& name) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    BUNDEL_TRY(kept,
               database_->first("SELECT password FROM account WHERE name = ?", take<std::string>, name));
    return kept.value_or("");
}

Result<Done> Desk::set_password(const std::string& name, const std::string& hash, bool must_change) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    BUNDEL_TRY(found, database_->first("UPDATE account SET password = ?, must_change = ? WHERE name = ? "
                                       "RETURNING 1",
                                       take<bool>, hash, must_change, name));
    return found ? Result<Done>(Done{}) : unknown(name);
}

Result<Done> Desk::set_active(const std::string& name, bool active) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    BUNDEL_TRY(found, database_->first("UPDATE account SET active = ? WHERE name = ? RETURNING 1", take<bool>,
                                       active, name));
    return found ? Result<Done>(Done{}) : unknown(name);
}

Result<Done> Desk::note_login(const std::string& name, std::int64_t at) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    return database_->execute("UPDATE account SET last_login = ? WHERE name = ?", at, name);
}

Result<Done> Desk::log(AuditEvent event) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    const auto read = [](Statement& row) {
        const auto number = take<std::int64_t>(row);
        return std::pair(number, take<Digest>(row));
    };
    BUNDEL_TRY(last, database_->first("SELECT number, link FROM event ORDER BY number DESC LIMIT 1", read));
    event.number = last ? last->first + 1 : 1;
    event.link = link_of(last ? last->second : Digest{}, event);
    return database_->execute("INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", event.number,
                              event.at, event.actor, event.role, event.event, event.object, event.woman,
                              Blob{box_.seal(event.reason, reason_place(event.number))}, event.done,
                              event.link);
}

AuditEvent Desk::take_event(Statement& row) const {
    AuditEvent event;
    event.number = take<std::int64_t>(row);
    event.at = take<std::int64_t>(row);
    event.actor = take<std::string>(row);
    event.role = take<std::string>(row);
    event.event = take<std::string>(row);
    event.object = take<std::string>(row);
    event.woman = take<values::PersonId>(row);
    const auto reason = box_.open(row.blob(), reason_place(event.number));
    if (!reason) row.mark_damaged();
    event.reason = reason.value_or("");
    event.done = take<bool>(row);
    event.link = take<Digest>(row);
    return event;
}

Result<Paged<AuditEvent>> Desk::events(const AuditFilter& filter, const Page& page) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    Paged<AuditEvent> found;
    BUNDEL_TRY(total, database_->first("SELECT count(*) FROM event WHERE (?1 = '' OR actor = ?1) AND "
                                       "(?2 = '' OR event = ?2) AND (?3 = zeroblob(16) OR woman = ?3)",
                                       take<std::int64_t>, filter.actor, filter.event, filter.woman));
    found.total = total.value_or(0);
    BUNDEL_TRY(rows, database_->all(
                         "SELECT * FROM event WHERE (?1 = '' OR actor = ?1) AND (?2 = '' OR event "
                         "= ?2) AND (?3 = zeroblob(16) OR woman = ?3) "
                         "ORDER BY number DESC LIMIT ?4 OFFSET ?5",
                         [this](Statement& row) { return take_event(row); }, filter.actor, filter.event,
                         filter.woman, page.limit, page.offset));
    found.rows = std::move(rows);
    return found;
}

Result<bool> Desk::chain_is_whole() {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    Digest before = followed_;
    std::int64_t number = followed_to_;
    bool whole = true;
    const auto follow = [&](Statement& row) {
        const AuditEvent event = take_event(row);
        whole = whole && event.number == number + 1 && event.link == link_of(before, event);
        number = event.number;
        before = event.link;
        return Done{};
    };
    const auto seen = database_->all("SELECT * FROM event WHERE number > ? ORDER BY number", follow, number);
    if (!seen.ok() && seen.error().code == "store_damaged") return false;  // a reason that does not open
    if (!seen.ok()) return seen.error();
    if (!whole) return false;
    followed_to_ = number;
    followed_ = before;
    return true;
}

Result<std::optional<KeptReply>> Desk::reply(const Digest& key) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    const auto read = [&](Statement& row) {
        KeptReply reply;
        reply.request = take<Digest>(row);
        reply.status = take<std::int32_t>(row);
        const auto body = box_.open(row.blob(), reply_place(key));
        if (!body) row.mark_damaged();
        reply.body = body.value_or("");
        return reply;
    };
    return database_->first("SELECT request, status, body FROM reply WHERE key = ?", read, key);
}

Result<Done> Desk::keep_reply(const Digest& key, const KeptReply& reply, std::int64_t at) {
    const std::lock_guard<std::mutex> guard(one_at_a_time_);
    BUNDEL_TRY_DONE(database_->execute("DELETE FROM reply WHERE at < ?", at - replies_kept_seconds));
    return database_->execute("INSERT INTO reply VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", key,
                              reply.request, reply.status, Blob{box_.seal(reply.body, reply_place(key))}, at);
}

}  // namespace bundel::store
