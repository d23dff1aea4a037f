// Readers beside the writer, and pieces of long lists.
#include "store/pages.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/any_rows.h"
#include "store/desk.h"
#include "store/store.h"
#include "support/store_fixture.h"

namespace bundel::store {
namespace {

using base::Digest;
using testing::StoreFixture;

class PagesTest : public ::testing::Test {
protected:
    PagesTest()
        : folder("pages test"),
          path(folder.path("store.db")),
          store(std::move(*open_store(path, StoreFixture::key()))),
          reader(std::move(*Reader::open(path, StoreFixture::key()))) {}

    void book(std::uint64_t from, std::uint64_t last) {
        for (std::uint64_t number = from; number <= last; ++number) {
            const auto entry = some_entry(before, number, static_cast<std::int64_t>(number));
            before = entry.digest;
            ASSERT_TRUE(store->add_entry(entry).ok());
        }
    }
    std::vector<std::uint64_t> numbers(const EntryFilter& filter, const Page& page) {
        const auto found = reader->entries(filter, page);
        EXPECT_TRUE(found.ok());
        std::vector<std::uint64_t> out;
        for (const auto& entry : found->rows) {
            EXPECT_EQ(entry.content.postings.size(), 2U);
            out.push_back(entry.number);
        }
        return out;
    }

    TempFolder folder;
    std::string path;
    std::unique_ptr<engine::Store> store;
    std::unique_ptr<Reader> reader;
    Digest before;
};

TEST_F(PagesTest, AReaderSeesWhatIsCommittedAsOfOneMoment) {
    book(1, 2);
    ASSERT_TRUE(reader->begin().ok());
    EXPECT_EQ(reader->entries({}, {0, 10})->total, 2);
    book(3, 3);
    EXPECT_EQ(reader->entries({}, {0, 10})->total, 2) << "the moment is that of begin()";
    reader->end();
    EXPECT_EQ(reader->entries({}, {0, 10})->total, 3);
}

TEST_F(PagesTest, AReaderChangesNothing) {
    EXPECT_FALSE(reader->store().add_entry(some_entry(before, 1, 5)).ok());
    EXPECT_FALSE(reader->store().begin().ok());
    EXPECT_TRUE(store->add_entry(some_entry(before, 1, 5)).ok());
}

TEST_F(PagesTest, AReaderOfAnotherKeyIsRefused) {
    EXPECT_EQ(code_of(Reader::open(path, Key::random())), "store_key_wrong");
}

TEST_F(PagesTest, EntriesOfAnAccountNewestFirst) {
    book(1, 7);
    using Numbers = std::vector<std::uint64_t>;
    const std::string account = some_entry(before, 1, 1).content.postings[0].account.path();
    const std::string group = account.substr(0, account.find(':') + 1);
    for (const std::string& asked : {std::string(), account, group}) {
        EXPECT_EQ(numbers({asked, ""}, {0, 3}), (Numbers{7, 6, 5})) << asked;
        EXPECT_EQ(numbers({asked, ""}, {3, 3}), (Numbers{4, 3, 2})) << asked;
        EXPECT_EQ(numbers({asked, ""}, {6, 3}), Numbers{1}) << asked;
        EXPECT_EQ(numbers({asked, ""}, {7, 3}), Numbers{}) << asked;
        EXPECT_EQ(reader->entries({asked, ""}, {0, 3})->total, 7) << asked;
        EXPECT_EQ(numbers({asked, ""}, {5, 100'000}), (Numbers{2, 1})) << "a whole export: " << asked;
    }
    EXPECT_EQ(numbers({account, "sent:53000001/B-3"}, {0, 3}), Numbers{3});
    EXPECT_EQ(numbers({"reserve", ""}, {0, 3}), Numbers{});
}

TEST_F(PagesTest, ClaimsByWhatIsAsked) {
    for (const char* reference : {"B-1", "B-2", "C-1"})
        ASSERT_TRUE(store->add_claim(some_claim(reference, anna)).ok());
    ClaimFilter filter;
    filter.reference = "B";
    EXPECT_EQ(reader->claims(filter, ClaimOrder::newest, {0, 1})->rows.front().reference.view(), "B-2");
    EXPECT_EQ(reader->claims(filter, ClaimOrder::newest, {0, 1})->total, 2);
    filter.insurers = {values::UzoviCode::of(9999)};
    EXPECT_EQ(reader->claims(filter, ClaimOrder::newest, {0, 1})->total, 0);
    filter = {};
    filter.state = claim::State::rejected;
    EXPECT_EQ(reader->claims(filter, ClaimOrder::largest, {0, 9})->total, 0);
    filter.state = claim::State::planned;
    EXPECT_EQ(reader->claims(filter, ClaimOrder::last_sent, {0, 9})->total, 3);
}

TEST_F(PagesTest, QuestionsOneRowInPiecesAndWhoStandsBeside) {
    using engine::QuestionRow;
    const QuestionRow rows[] = {
        {bea, "b", "ask", {{"line", "x"}}, values::Cents::of(9), day3},
        {anna, "c", "ask", {}, values::Cents::of(5), day1},
        {anna, "a", "other", {}, values::Cents::of(5), day2},
        {values::PersonId{}, "claim/53000001/B-1/reduced", "reduced", {}, values::Cents::of(5), std::nullopt},
        {bea, "e", "ask", {}, values::Cents::of(0), day1},
    };
    ASSERT_TRUE(store->put_questions(anna, {rows[2], rows[1]}).ok());
    ASSERT_TRUE(store->put_questions(bea, {rows[4], rows[0]}).ok());
    ASSERT_TRUE(store->add_question(rows[3]).ok());
    const struct {
        QuestionFilter filter;
        std::vector<int> order;
    } cases[] = {
        {{"", QuestionOrder::largest}, {0, 1, 2, 3, 4}}, {{"", QuestionOrder::soonest}, {1, 4, 2, 0, 3}},
        {{"ask", QuestionOrder::largest}, {0, 1, 4}},    {{"ask", QuestionOrder::soonest}, {1, 4, 0}},
        {{"nothing", QuestionOrder::largest}, {}},
    };
    for (const auto& [filter, order] : cases) {
        SCOPED_TRACE(filter.code);
        std::vector<QuestionRow> expected;
        for (const int index : order) expected.push_back(rows[index]);
        EXPECT_EQ(reader->questions(filter, {0, 9})->rows, expected);
        const auto second = reader->questions(filter, {1, 1});
        EXPECT_EQ(second->total, static_cast<std::int64_t>(order.size()));
        EXPECT_EQ(second->rows, std::vector<QuestionRow>(expected.begin() + (order.empty() ? 0 : 1),
                                                         expected.begin() + (order.empty() ? 0 : 2)));
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const auto place = reader->question(expected[i].id(), filter);
            ASSERT_TRUE(place.ok() && *place);
            EXPECT_EQ((*place)->question, expected[i]);
            EXPECT_EQ((*place)->before, i == 0 ? "" : expected[i - 1].id());
            EXPECT_EQ((*place)->after, i + 1 == expected.size() ? "" : expected[i + 1].id());
        }
    }
    EXPECT_FALSE(*reader->question("0123", {}));
    EXPECT_EQ(*reader->questions_about(values::AgbCode::of(53000001), values::Reference::of("B-1")),
              std::vector<QuestionRow>{rows[3]});
    EXPECT_TRUE(reader->questions_about(values::AgbCode::of(53000001), values::Reference::of("B"))->empty());
}

TEST_F(PagesTest, WhatWaitsAndWhatIsLostInSums) {
    EXPECT_TRUE(reader->question_kinds()->empty());
    EXPECT_EQ(reader->losses()->count, 0);
    ASSERT_TRUE(store
                    ->put_questions(anna, {{anna, "a", "ask", {}, values::Cents::of(5), day2},
                                           {anna, "b", "ask", {}, values::Cents::of(7), day1},
                                           {anna, "c", "other", {}, values::Cents::of(20), std::nullopt}})
                    .ok());
    ASSERT_TRUE(store
                    ->put_losses(anna, {{anna, practice, line("V-1"), values::Cents::of(7), day1},
                                        {anna, practice, line("V-2"), values::Cents::of(8), day1}})
                    .ok());
    const auto kinds = *reader->question_kinds();
    ASSERT_EQ(kinds.size(), 2U);
    EXPECT_EQ(kinds[0].code, "other");
    EXPECT_FALSE(kinds[0].soonest);
    EXPECT_EQ(kinds[1].count, 2);
    EXPECT_EQ(kinds[1].amount, values::Cents::of(12));
    EXPECT_EQ(kinds[1].soonest, day1);
    EXPECT_EQ(reader->losses()->count, 2);
    EXPECT_EQ(reader->losses()->amount, values::Cents::of(15));
}

TEST_F(PagesTest, PersonsByTheBeginningOfTheirId) {
    ASSERT_TRUE(store->mark_dirty(bea).ok());
    ASSERT_TRUE(store->mark_dirty(carla).ok());
    EXPECT_EQ(reader->persons_like(bea.hex())->size(), 1U);
    EXPECT_EQ(reader->persons_like(bea.hex().substr(0, 16))->size(), 2U) << "both begin so";
    EXPECT_EQ(reader->persons_like("ffffffff")->size(), 0U);
    EXPECT_EQ(reader->persons_like("zzzzzzzz")->size(), 0U);
}

// ---- The desk's own file ----

AuditEvent event(const char* name, const char* reason) {
    AuditEvent made;
    made.at = 1'700'000'000;
    made.actor = "declarant";
    made.event = name;
    made.woman = anna;
    made.reason = reason;
    return made;
}

TEST(DeskFile, TheLogIsAChainThatNobodyChanges) {
    const TempFolder folder("desk test");
    const std::string path = folder.path("bureau.db");
    {
        const auto desk = std::move(*Desk::open(path, StoreFixture::key()));
        for (const char* reason : {"een", "twee", "drie"})
            ASSERT_TRUE(desk->log(event("reveal", reason)).ok());
        EXPECT_TRUE(*desk->chain_is_whole());
        EXPECT_EQ(desk->events({"", "reveal", anna}, {0, 2})->total, 3);
        EXPECT_EQ(desk->events({"", "", bea}, {0, 2})->total, 0);
        EXPECT_EQ(desk->events({}, {0, 2})->rows.front().reason, "drie");
    }
    sqlite3* handle = nullptr;
    sqlite3_open(path.c_str(), &handle);
    const auto runs = [&](const char* sql) {
        return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
    };
    EXPECT_FALSE(runs("UPDATE event SET actor = 'niemand'"));
    EXPECT_FALSE(runs("DELETE FROM event WHERE number = 3"));
    EXPECT_TRUE(runs("DROP TRIGGER event_kept; UPDATE event SET actor = 'niemand' WHERE number = 2"));
    sqlite3_close(handle);
    EXPECT_FALSE(*(*Desk::open(path, StoreFixture::key()))->chain_is_whole());
}

TEST(DeskFile, PasswordsAreKeptAsTheirHash) {
    const std::string kept = hash_password("een-eigen-geheim");
    EXPECT_EQ(kept.find("geheim"), std::string::npos);
    EXPECT_TRUE(kept.starts_with("$argon2id$"));
    EXPECT_TRUE(password_matches(kept, "een-eigen-geheim"));
    EXPECT_FALSE(password_matches(kept, "een-eigen-geheim "));
    EXPECT_FALSE(password_matches("", ""));
}

}  // namespace
}  // namespace bundel::store
