// Locks, keys, damage: the store as a file.
#include "store/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "store/any_rows.h"
#include "support/store_fixture.h"

namespace bundel::store {
namespace {

using base::Digest;
using testing::StoreFixture;

class StoreFileTest : public ::testing::Test {
protected:
    StoreFileTest() : folder("store test"), path(folder.path("store.db")), key(StoreFixture::key()) {}

    base::Result<std::unique_ptr<engine::Store>> open() { return open_store(path, key); }
    // Meddles behind the store's back.
    void sql(const std::string& statement) { EXPECT_EQ(try_sql(statement), "") << statement; }
    std::string try_sql(const std::string& statement) {
        sqlite3* handle = nullptr;
        sqlite3_open(path.c_str(), &handle);
        sqlite3_exec(handle, statement.c_str(), nullptr, nullptr, nullptr);
        const std::string message = sqlite3_errcode(handle) == SQLITE_OK ? "" : sqlite3_errmsg(handle);
        sqlite3_close(handle);
        return message;
    }
    std::string whole_file() { return content_of(path) + content_of(path + "-wal"); }

    TempFolder folder;
    std::string path;
    Key key;
};

TEST_F(StoreFileTest, KeepsWhatWasCommittedForTheOwnerOnly) {
    const Digest id = kept_message(**open(), {{anna, "kept"}});
    EXPECT_EQ(*(*open())->message_bytes(id), "kept");
    struct stat about {};
    ASSERT_EQ(::stat(path.c_str(), &about), 0);
    EXPECT_EQ(about.st_mode & 0777, 0600U);
}

TEST_F(StoreFileTest, SecondOneGetsInUseUntilTheFirstGoes) {
    auto first = open();
    ASSERT_TRUE(first.ok());
    EXPECT_EQ(code_of(open()), "store_in_use");
    first->reset();
    EXPECT_TRUE(open().ok());
}

TEST_F(StoreFileTest, OtherKeyIsRefused) {
    ASSERT_TRUE(open().ok());
    EXPECT_EQ(code_of(open_store(path, Key::random())), "store_key_wrong");
}

TEST_F(StoreFileTest, NewerForeignAndDamagedFilesAreErrors) {
    struct Row {
        const char* name;
        std::function<void()> make;
        std::string code;
    };
    const Row rows[] = {
        {"newer",
         [&] {
             static_cast<void>(open());
             sql("PRAGMA user_version = 99");
         },
         "store_newer"},
        {"other application", [&] { sql("PRAGMA application_id = 7; CREATE TABLE t(x)"); }, "store_foreign"},
        {"tables of somebody", [&] { sql("CREATE TABLE t(x)"); }, "store_foreign"},
        {"no database", [&] { std::ofstream(path) << std::string(5000, 'x'); }, "store_damaged"},
        {"a folder", [&] { std::filesystem::create_directory(path); }, "store_failed"},
        {"empty file", [&] { std::ofstream file(path); }, ""},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        std::filesystem::remove_all(path);
        row.make();
        EXPECT_EQ(code_of(open()), row.code);
    }
    EXPECT_EQ(code_of(open_store(folder.path("no/such/folder.db"), key)), "store_failed");
}

TEST_F(StoreFileTest, NothingPersonalIsReadableInTheFile) {
    const std::string secret = "secret of a person, long enough to be found";
    {
        auto store = open();
        const Digest id = kept_message(**store, {{anna, secret}});
        ASSERT_TRUE((*store)->put_reading(anna, id, 1, secret).ok());
        ASSERT_TRUE((*store)->add_question({anna, "k", "c", {{"p", secret}}, {}, std::nullopt}).ok());
        EXPECT_EQ(whole_file().find("secret of"), std::string::npos);
    }
    EXPECT_EQ(whole_file().find("secret of"), std::string::npos);
}

TEST_F(StoreFileTest, TheForgottenIsInNoFileAnyMore) {
    auto store = open();
    const Digest id = kept_message(**store, {{anna, "a"}, {bea, "b"}});
    ASSERT_TRUE((*store)->put_reading(anna, id, 1, "x").ok());
    ASSERT_TRUE((*store)->add_line({line("FIND-ME-4711"), anna, Digest{}, id, 1, {}}).ok());
    EXPECT_NE(whole_file().find("FIND-ME-4711"), std::string::npos);
    ASSERT_TRUE((*store)->begin().ok());
    ASSERT_TRUE((*store)->forget(anna, day1).ok());
    ASSERT_TRUE((*store)->commit().ok());
    EXPECT_EQ(whole_file().find("FIND-ME-4711"), std::string::npos);
    EXPECT_EQ(whole_file().find(raw(anna)), std::string::npos);
    EXPECT_EQ(codes((*store)->check()), sound);
}

TEST_F(StoreFileTest, HistoryOnlyGrows) {
    {
        auto opened = open();
        engine::Store& store = **opened;
        ASSERT_TRUE(store.add_receipt(kept_message(store, {{anna, "x"}}), day1).ok());
        ASSERT_TRUE(store.add_claim(some_claim("B-1", anna)).ok());
        ASSERT_TRUE(store.add_entry(some_entry(Digest{}, 1, 100)).ok());
        ASSERT_TRUE(store.add_closing(some_closing(some_entry(Digest{}, 1, 100))).ok());
    }
    struct Row {
        const char* sql;
        const char* refusal;
    };
    const Row rows[] = {
        {"UPDATE entry SET booking_day = 0", "entry is append-only"},
        {"DELETE FROM entry", "entry is append-only"},
        {"UPDATE posting SET amount = 0", "posting is append-only"},
        {"DELETE FROM posting", "posting is append-only"},
        {"UPDATE closing SET digest = x'00'", "closing is append-only"},
        {"DELETE FROM closing", "closing is append-only"},
        {"UPDATE claim_step SET day = 0", "claim_step is append-only"},
        {"DELETE FROM claim_step", "claim_step is append-only"},
        {"UPDATE receipt SET received = 0", "receipt is append-only"},
        {"DELETE FROM receipt", "receipt is append-only"},
        {"UPDATE message SET name = ''", "message is append-only"},
        {"DELETE FROM message", "message is append-only"},
        {"UPDATE segment SET sealed = x'00'", "segment can only be forgotten"},
        {"DELETE FROM segment", "segment is append-only"},
        {"UPDATE claim SET amount = 0", "claim is history"},
        {"DELETE FROM claim", "claim is history"},
    };
    for (const Row& row : rows) EXPECT_EQ(try_sql(row.sql), row.refusal) << row.sql;
    EXPECT_EQ(codes((*open())->check()), sound);
}

TEST_F(StoreFileTest, CheckSeesWhatWasMeddledWith) {
    const std::string drop =
        "DROP TRIGGER message_kept; DROP TRIGGER segment_kept; DROP TRIGGER entry_kept; DROP TRIGGER "
        "posting_kept;"
        "DROP TRIGGER segment_stays; DROP TRIGGER claim_step_kept; DROP TRIGGER closing_kept;";
    struct Row {
        const char* sql;
        std::vector<std::string> found;
    };
    const Row rows[] = {
        {"SELECT 1", {}},
        {"UPDATE message SET name = 'other' WHERE number = 1", {"store_chain_broken"}},
        {"UPDATE message SET link = zeroblob(32) WHERE number = 1",
         {"store_chain_broken", "store_chain_broken"}},
        {"UPDATE segment SET commitment = zeroblob(32) WHERE message = 2 AND place = 0",
         {"store_message_wrong", "store_chain_broken"}},
        {"UPDATE segment SET sealed = zeroblob(100) WHERE message = 1 AND place = 0",
         {"store_message_wrong"}},
        {"UPDATE segment SET sealed = (SELECT sealed FROM segment WHERE message = 2 AND place = 0), salt = "
         "(SELECT "
         "salt FROM segment WHERE message = 2 AND place = 0) WHERE message = 1 AND place = 0",
         {"store_message_wrong"}},
        {"DELETE FROM segment WHERE message = 2", {"store_message_wrong", "store_chain_broken"}},
        {"UPDATE reading SET sealed = zeroblob(60)", {"store_reading_wrong"}},
        {"UPDATE total SET amount = amount + 1", {"store_total_wrong"}},
        {"DELETE FROM total", {"store_total_wrong"}},
        {"INSERT INTO total VALUES('x', 'y', 1, 1, 1)", {"store_total_wrong"}},
        {"UPDATE claim SET state = 6", {"store_claim_wrong"}},
        {"UPDATE claim_step SET granted = 6", {"store_claim_wrong"}},
        {"UPDATE balance SET amount = 6 WHERE amount < 0", {"store_balance_wrong"}},
        {"UPDATE posting SET amount = amount * 2",
         {"store_entry_wrong", "store_balance_wrong", "store_balance_wrong"}},
        {"UPDATE entry SET earlier_key = 'x'", {"store_entry_wrong"}},
        {"UPDATE closing SET digest = zeroblob(32)", {"store_closing_wrong"}},
        {"UPDATE closing SET last = last + 1", {"store_closing_wrong"}},
        {"INSERT INTO question VALUES(1, 99, 'i', 'k', 'c', x'00', 0, NULL)", {"store_orphan"}},
        {"UPDATE person SET id = x'00' WHERE number = 1", {"store_damaged"}},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.sql);
        std::filesystem::remove(path);
        {
            auto opened = open();
            engine::Store& store = **opened;
            const Digest id = kept_message(store, {{anna, "one"}, {bea, "two"}});
            kept_message(store, {{anna, "three"}});
            ASSERT_TRUE(store.put_reading(anna, id, 1, "facts").ok());
            ASSERT_TRUE(store.put_case(some_case(anna)).ok());
            ASSERT_TRUE(store.add_claim(some_claim("B-1", anna)).ok());
            ASSERT_TRUE(store.add_entry(some_entry(Digest{}, 1, 100)).ok());
            ASSERT_TRUE(store.add_closing(some_closing(some_entry(Digest{}, 1, 100))).ok());
        }
        sql("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;" + drop + row.sql);
        auto opened = open();
        ASSERT_TRUE(opened.ok());
        const auto found = codes((*opened)->check());
        if (row.found == std::vector<std::string>{"store_damaged"}) {
            ASSERT_FALSE(found.empty());
            EXPECT_EQ(found.front(), "store_damaged");
        } else {
            EXPECT_EQ(found, row.found);
        }
    }
}

TEST_F(StoreFileTest, ReadingVerifiesTheBytesOfAMessage) {
    const Digest id = kept_message(**open(), {{anna, "one"}, {bea, "two"}});
    sql("DROP TRIGGER segment_kept; UPDATE segment SET place = 9 WHERE place = 0");
    EXPECT_EQ(code_of((*open())->message_bytes(id)), "store_damaged");
    sql("DROP TRIGGER segment_stays; DELETE FROM segment WHERE place = 9");
    EXPECT_EQ(code_of((*open())->message_bytes(id)), "store_message_wrong");
}

TEST_F(StoreFileTest, DamagedValuesAreErrorsNotCrashes) {
    {
        auto opened = open();
        engine::Store& store = **opened;
        const Digest id = kept_message(store, {{anna, "one"}});
        ASSERT_TRUE(store.add_line({line("V-1"), anna, Digest{}, id, 1, {}}).ok());
        ASSERT_TRUE(store.add_claim(some_claim("B-1", anna)).ok());
        ASSERT_TRUE(store.put_case(some_case(anna)).ok());
        ASSERT_TRUE(store.add_entry(some_entry(Digest{}, 1, 100)).ok());
    }
    sql("DROP TRIGGER claim_kept; DROP TRIGGER message_kept; DROP TRIGGER entry_kept; DROP TRIGGER "
        "posting_kept");
    const auto claims = [](engine::Store& s) { return code_of(s.all_claims()); };
    struct Row {
        const char* sql;
        std::function<std::string(engine::Store&)> look;
    };
    const Row rows[] = {
        {"UPDATE claim SET declarant = 5", claims},
        {"UPDATE claim SET insurer = 12345", claims},
        {"UPDATE claim SET performance = 'x'", claims},
        {"UPDATE claim SET care_first = 9999999", claims},
        {"UPDATE claim SET reference = '123456789012345678901'", claims},
        {"UPDATE claim SET state = 8", claims},
        {"UPDATE claim SET content = x'00'", claims},
        {"UPDATE message SET direction = 2",
         [](engine::Store& s) { return code_of(s.messages(engine::Direction{2})); }},
        {"UPDATE line SET record = 3000000000",
         [](engine::Store& s) { return code_of(s.lines(line("V-1"))); }},
        {"UPDATE assessment SET sealed = x'0011'", [](engine::Store& s) { return code_of(s.case_of(anna)); }},
        {"UPDATE entry SET kind = 'x'", [](engine::Store& s) { return code_of(s.entries()); }},
        {"UPDATE posting SET account = 'x'", [](engine::Store& s) { return code_of(s.entries()); }},
    };
    for (const Row& row : rows) {
        sql(row.sql);
        EXPECT_EQ(row.look(**open()), "store_damaged") << row.sql;
    }
}

// Bytes turned over anywhere in the file: an Error or a right answer, never a crash.
TEST_F(StoreFileTest, TurnedBytesNeverCrash) {
    {
        auto opened = open();
        engine::Store& store = **opened;
        const Digest id = kept_message(store, {{anna, std::string(9000, 'x')}});
        ASSERT_TRUE(store.put_reading(anna, id, 1, "facts").ok());
        ASSERT_TRUE(store.add_claim(some_claim("B-1", anna)).ok());
        ASSERT_TRUE(store.put_case(some_case(anna)).ok());
        ASSERT_TRUE(store.add_entry(some_entry(Digest{}, 1, 100)).ok());
    }
    const std::string whole = content_of(path);
    int seen = 0;
    for (std::size_t round = 0; round < 150; ++round) {
        std::string damaged = whole;
        for (std::size_t i = 0; i < 40; ++i)
            damaged[(round * 7919 + i * i * 104'729) % damaged.size()] ^= 0x5a;
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        std::filesystem::remove(path + "-wal");
        auto opened = open();
        if (!opened.ok()) {
            ++seen;
            continue;
        }
        seen += !codes((*opened)->check()).empty();
        static_cast<void>((*opened)->all_claims());
        static_cast<void>((*opened)->entries());
    }
    EXPECT_GT(seen, 100);
}

}  // namespace
}  // namespace bundel::store
