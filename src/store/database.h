// One SQLite file, thinly wrapped: statements are prepared once and values go in and out by type (columns.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "store/files.h"

struct sqlite3;
struct sqlite3_stmt;

namespace bundel::store {
using base::Done;
using base::Error;
using base::Result;

// One run of a prepared statement; ready for the next run when it goes. Columns are taken from left to right;
// a value that cannot be right marks the row as damaged instead of stopping the program.
class Statement {
public:
    Statement(sqlite3* database, sqlite3_stmt* handle) : database_(database), handle_(handle) {}
    Statement(Statement&& other) noexcept;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    Statement& operator=(Statement&&) = delete;
    ~Statement();

    void put_number(std::int64_t value);
    void put_text(std::string_view value);
    void put_blob(std::string_view value);
    void put_null();

    Result<bool> step();  // true: there is a row
    std::int64_t number();
    std::string_view text();  // until the next step()
    std::string_view blob();  // until the next step()
    bool skip_null();         // true, and past it, when the column is null

    void mark_damaged() { damaged_ = true; }
    bool damaged() const { return damaged_; }

private:
    sqlite3* database_;
    sqlite3_stmt* handle_;
    int parameter_ = 0;
    int column_ = 0;
    int status_ = 0;
    bool damaged_ = false;
};

Error damaged_row(const char* sql);

// Not thread-safe. Errors of everything here: store_failed{what}, store_damaged{what}, store_in_use.
class Database {
public:
    // What kind of file it is. `application` is written into a new file and asked of an existing one.
    struct Kind {
        std::int32_t application;
        std::int32_t version;
        const char* schema;
    };
    // Opens or creates; ":memory:" is a database of its own. No other process, and no second open() in this
    // one, has the file until we close it. Errors: store_newer{version, known}, store_foreign (the file is
    // something else), store_in_use.
    static Result<std::unique_ptr<Database>> open(const std::string& path, const Kind& kind);
    // One more connection to a file that this process has open, for another thread: sees what is committed,
    // changes nothing. The one that open() gave outlives it. Errors: as of open(), store_failed{what}.
    static Result<std::unique_ptr<Database>> open_reader(const std::string& path, const Kind& kind);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database();

    Result<Done> run(const char* sql);  // no parameters, may hold several statements
    bool in_transaction() const;
    // Contract: `sql` is a literal or from lasting() (it is the key under which the statement is kept).
    Result<Statement> prepare(const char* sql);
    // The same text at the same place for as long as the database is open.
    const char* lasting(std::string sql) { return texts_.insert(std::move(sql)).first->c_str(); }
    // What was deleted is in no file any more. Outside a transaction. Error: store_in_use (a reader keeps
    // looking at what was).
    Result<Done> wipe_deleted();

    template <class... Values>
    Result<Statement> bound(const char* sql, const Values&... values) {
        BUNDEL_TRY(statement, prepare(sql));
        (put(statement, values), ...);
        return std::move(statement);
    }

    template <class... Values>
    Result<Done> execute(const char* sql, const Values&... values) {
        BUNDEL_TRY(statement, bound(sql, values...));
        BUNDEL_TRY_DONE(statement.step());
        return Done{};
    }

    template <class Read, class... Values>
    auto first(const char* sql, Read read, const Values&... values)
        -> Result<std::optional<std::invoke_result_t<Read, Statement&>>> {
        std::optional<std::invoke_result_t<Read, Statement&>> found;
        BUNDEL_TRY(row, bound(sql, values...));
        BUNDEL_TRY(any, row.step());
        if (any) found.emplace(read(row));
        if (row.damaged()) return damaged_row(sql);
        return found;
    }

    template <class Read, class... Values>
    auto all(const char* sql, Read read, const Values&... values)
        -> Result<std::vector<std::invoke_result_t<Read, Statement&>>> {
        std::vector<std::invoke_result_t<Read, Statement&>> found;
        BUNDEL_TRY(row, bound(sql, values...));
        while (true) {
            BUNDEL_TRY(any, row.step());
            if (!any) return found;
            found.push_back(read(row));
            if (row.damaged()) return damaged_row(sql);
        }
    }

private:
    explicit Database(sqlite3* handle) : handle_(handle) {}
    Result<Done> set_up(bool in_memory);
    Result<Done> check_kind(const Kind& kind);
    Result<Done> copy_of_empty(const Kind& kind);
    Result<Done> create_or_check(const Kind& kind);
    Result<std::int64_t> pragma(const char* sql);

    sqlite3* handle_;
    std::optional<File> hold_;  // its lock goes when the process dies, however it dies
    std::unordered_map<const char*, sqlite3_stmt*> prepared_;
    std::set<std::string> texts_;
};

// Makes several statements one: takes part in the transaction that is open, else opens its own. Without
// keep() its own is rolled back; an open one is the caller's to roll back.
class Together {
public:
    explicit Together(Database& database) : database_(database), own_(!database.in_transaction()) {}
    Together(const Together&) = delete;
    Together& operator=(const Together&) = delete;
    ~Together();
    Result<Done> begin();
    Result<Done> keep();

private:
    Database& database_;
    bool own_;
};

}  // namespace bundel::store
