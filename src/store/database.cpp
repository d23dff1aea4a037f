#include "store/database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>

#include <chrono>
#include <map>
#include <mutex>
#include <thread>

namespace bundel::store {
namespace {

constexpr int busy_milliseconds = 500;

Error error_of(sqlite3* handle, int status) {
    const int kind = status & 0xff;
    if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) return Error{"store_in_use"};
    const std::string what = handle == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(handle);
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB) return Error{"store_damaged", {{"what", what}}};
    return Error{"store_failed", {{"what", what}}};
}

// SQLite would create the file readable for everybody.
Result<File> open_private(const std::string& path) {
    File file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file.is_open()) return Error{"store_failed", {{"what", "the file cannot be opened"}}};
    return file;
}

// A file of its own: SQLite loses its locks on the database when this process closes any other descriptor
// of it.
Result<File> take_hold(const std::string& path) {
    BUNDEL_TRY(file, open_private(path + "-hold"));
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(busy_milliseconds);
    while (::flock(file.descriptor(), LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() > until) return Error{"store_in_use"};
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return std::move(file);
}

}  // namespace

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      handle_(std::exchange(other.handle_, nullptr)),
      parameter_(other.parameter_),
      column_(other.column_),
      status_(other.status_),
      damaged_(other.damaged_) {}

Statement::~Statement() {
    if (handle_ == nullptr) return;
    sqlite3_reset(handle_);
    sqlite3_clear_bindings(handle_);
}

void Statement::put_number(std::int64_t value) {
    status_ |= sqlite3_bind_int64(handle_, ++parameter_, value);
}

void Statement::put_text(std::string_view value) {
    const char* bytes = value.data() == nullptr ? "" : value.data();
    status_ |= sqlite3_bind_text64(handle_, ++parameter_, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void Statement::put_blob(std::string_view value) {
    const char* bytes = value.data() == nullptr ? "" : value.data();
    status_ |= sqlite3_bind_blob64(handle_, ++parameter_, bytes, value.size(), SQLITE_TRANSIENT);
}

void Statement::put_null() {
    status_ |= sqlite3_bind_null(handle_, ++parameter_);
}

Result<bool> Statement::step() {
    column_ = 0;
    if (status_ != SQLITE_OK) return error_of(database_, SQLITE_ERROR);
    const int status = sqlite3_step(handle_);
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    return error_of(database_, status);
}

std::int64_t Statement::number() {
    return sqlite3_column_int64(handle_, column_++);
}

std::string_view Statement::text() {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column_++));
    return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

std::string_view Statement::blob() {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(handle_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_, column_++));
    return bytes == nullptr ? std::string_view() : std::string_view(bytes, size);
}

bool Statement::skip_null() {
    const bool null = sqlite3_column_type(handle_, column_) == SQLITE_NULL;
    if (null) ++column_;
    return null;
}

Error damaged_row(const char* sql) {
    return Error{"store_damaged", {{"what", sql}}};
}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, const Kind& kind) {
    const bool in_memory = path == ":memory:";
    std::optional<File> hold;
    if (!in_memory) {
        BUNDEL_TRY(held, take_hold(path));
        hold.emplace(std::move(held));
        if (auto made = open_private(path); !made.ok()) return made.error();
    }
    sqlite3* handle = nullptr;
    const int status =
        sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (hold) database->hold_.emplace(std::move(*hold));
    if (status != SQLITE_OK) return error_of(handle, status);
    BUNDEL_TRY_DONE(database->set_up(in_memory));
    if (in_memory) BUNDEL_TRY_DONE(database->copy_of_empty(kind));
    BUNDEL_TRY_DONE(database->create_or_check(kind));
    return database;
}

Result<std::unique_ptr<Database>> Database::open_reader(const std::string& path, const Kind& kind) {
    sqlite3* handle = nullptr;
    const int status =
        sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    std::unique_ptr<Database> database(new Database(handle));
    if (status != SQLITE_OK) return error_of(handle, status);
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busy_milliseconds);
    BUNDEL_TRY_DONE(database->run("PRAGMA query_only = ON; PRAGMA cache_size = -65536"));
    BUNDEL_TRY_DONE(database->check_kind(kind));
    return database;
}

Database::~Database() {
    for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
}

Result<Done> Database::set_up(bool in_memory) {
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, busy_milliseconds);
    if (in_memory) return run("PRAGMA foreign_keys = ON");
    return run(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        // 256 MB and 64 MB: a large import comes back to the same pages of its indexes again and again.
        "PRAGMA cache_size = -262144; PRAGMA wal_autocheckpoint = 16384; BEGIN IMMEDIATE; COMMIT");
}

Result<Done> Database::create_or_check(const Kind& kind) {
    BUNDEL_TRY(tables, pragma("SELECT count(*) FROM sqlite_schema"));
    BUNDEL_TRY(application, pragma("PRAGMA application_id"));
    if (tables != 0 || application != 0) return check_kind(kind);
    BUNDEL_TRY(version, pragma("PRAGMA user_version"));
    if (version != 0) return Error{"store_foreign"};
    const std::string all = "BEGIN IMMEDIATE;" + std::string(kind.schema) +
                            "PRAGMA application_id = " + std::to_string(kind.application) +
                            ";PRAGMA user_version = " + std::to_string(kind.version) + ";COMMIT";
    return run(all.c_str());
}

Result<Done> Database::check_kind(const Kind& kind) {
    BUNDEL_TRY(application, pragma("PRAGMA application_id"));
    if (application != kind.application) return Error{"store_foreign"};
    BUNDEL_TRY(version, pragma("PRAGMA user_version"));
    if (version == kind.version) return Done{};
    return Error{"store_newer",
                 {{"version", std::to_string(version)}, {"known", std::to_string(kind.version)}}};
}

// Tests open thousands: a copy of a database with the schema in it is five times as quick as the schema.
Result<Done> Database::copy_of_empty(const Kind& kind) {
    static std::mutex one_at_a_time;
    static std::map<const char*, std::unique_ptr<Database>> empties;
    const std::lock_guard<std::mutex> guard(one_at_a_time);
    std::unique_ptr<Database>& empty = empties[kind.schema];
    if (empty == nullptr) {
        sqlite3* handle = nullptr;
        const int status = sqlite3_open(":memory:", &handle);
        empty.reset(new Database(handle));
        if (status != SQLITE_OK) return error_of(handle, status);
        BUNDEL_TRY_DONE(empty->create_or_check(kind));
    }
    sqlite3_backup* copy = sqlite3_backup_init(handle_, "main", empty->handle_, "main");
    if (copy == nullptr) return error_of(handle_, SQLITE_ERROR);
    sqlite3_backup_step(copy, -1);
    const int status = sqlite3_backup_finish(copy);
    if (status != SQLITE_OK) return error_of(handle_, status);
    return Done{};
}

Result<std::int64_t> Database::pragma(const char* sql) {
    BUNDEL_TRY(value, first(sql, [](Statement& row) { return row.number(); }));
    return value.value_or(0);
}

Result<Done> Database::run(const char* sql) {
    const int status = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) return error_of(handle_, status);
    return Done{};
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

Result<Statement> Database::prepare(const char* sql) {
    sqlite3_stmt*& statement = prepared_[sql];
    if (statement == nullptr) {
        const int status =
            sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (status != SQLITE_OK) return error_of(handle_, status);
    }
    BUNDEL_ASSERT(sqlite3_stmt_busy(statement) == 0);
    return Statement(handle_, statement);
}

// The database file keeps nothing (secure_delete), but the log does until it is emptied.
Result<Done> Database::wipe_deleted() {
    BUNDEL_TRY(busy, pragma("PRAGMA wal_checkpoint(TRUNCATE)"));
    if (busy != 0) return Error{"store_in_use"};
    return Done{};
}

Together::~Together() {
    if (own_ && database_.in_transaction()) static_cast<void>(database_.run("ROLLBACK"));
}

Result<Done> Together::begin() {
    return own_ ? database_.run("BEGIN IMMEDIATE") : Result<Done>(Done{});
}

Result<Done> Together::keep() {
    return own_ ? database_.run("COMMIT") : Result<Done>(Done{});
}

}  // namespace bundel::store
