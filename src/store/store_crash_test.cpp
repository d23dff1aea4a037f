// kill -9 in the middle of work: what is found afterwards is before or after a commit, never half.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <functional>

#include "store/testing.h"
#include "store/vault.h"
#include "support/store_fixture.h"

namespace bundel::store {
namespace {

using base::Digest;
using testing::StoreFixture;
using values::Cents;
using values::Date;
using values::PersonId;

const Date day = Date::of(2024, 3, 1);

ledger::Entry entry_after(const std::vector<ledger::Entry>& book) {
    ledger::Draft draft;
    draft.key = "sent:53000001/B-" + std::to_string(book.size() + 1);
    draft.booking_day = day;
    draft.care_period = {day, day};
    draft.postings = {{ledger::Account::of(ledger::AccountKind::receivable, "1234"), Cents::of(100)},
                      {ledger::Account::of(ledger::AccountKind::to_divide, "069:E01"), Cents::of(-100)}};
    const Digest previous = book.empty() ? Digest{} : book.back().digest;
    return {book.size() + 1, draft, ledger::entry_digest(previous, book.size() + 1, draft)};
}

intake::IdentityRow row_of(std::size_t number) {
    intake::IdentityRow row;
    row.declarant = values::AgbCode::of(8000101);
    row.patient_number = "P-" + std::to_string(number);
    return row;
}

// Each transaction adds one of everything, big enough to spill over many pages, and tells the parent when it
// is kept.
[[noreturn]] void work_for_ever(const std::string& folder, int tell) {
    const auto vault = open_vault(folder + "/vault.db", StoreFixture::key()).value();
    const auto store = open_store(folder + "/store.db", StoreFixture::key(), vault.get()).value();
    while (true) {
        const auto book = store->entries().value();
        const auto number = book.size() + 1;
        const bool ok = store->begin().ok();
        const PersonId person = *vault->person(row_of(number));
        const Digest id = kept_message(*store, {{person, std::string(40'000, 'x') + std::to_string(number)}});
        const bool kept =
            ok && *store->add_receipt(id, day) && store->put_reading(person, id, 1, "facts").ok() &&
            store->put_case({person, day, day, id, id, 1, {{"route", "mono", 1, Cents::of(7)}}}).ok() &&
            *store->next_number("reference") == static_cast<std::int64_t>(number) &&
            store->add_entry(entry_after(book)).ok() && store->commit().ok();
        const char told = kept ? '+' : '-';
        if (!kept || ::write(tell, &told, 1) != 1) ::_exit(1);
    }
}

struct Child {
    pid_t process;
    int heard;
};

Child start(const std::function<void(int)>& work) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t process = ::fork();
    if (process == 0) {
        ::close(ends[0]);
        work(ends[1]);
        ::_exit(0);
    }
    ::close(ends[1]);
    return {process, ends[0]};
}

std::string hear_the_rest(const Child& child) {
    std::string all;
    char buffer[4096];
    for (ssize_t count; (count = ::read(child.heard, buffer, sizeof buffer)) > 0;)
        all.append(buffer, static_cast<std::size_t>(count));
    ::close(child.heard);
    return all;
}

TEST(StoreCrash, KilledAnywhereNothingIsHalfAndNothingToldIsLost) {
    const TempFolder folder("crash");
    std::size_t told = 0;
    for (int round = 0; round < 25; ++round) {
        const Child child = start([&](int tell) { work_for_ever(folder.path(), tell); });
        // Making the files takes longest; a busy machine gets more time for it.
        const int patience = told == 0 ? 1 + round : 1;
        ::usleep(static_cast<useconds_t>(patience * (2000 + (round * 7919) % 30'000)));
        ASSERT_EQ(::kill(child.process, SIGKILL), 0);
        const std::string heard = hear_the_rest(child);
        int status = 0;
        ASSERT_EQ(::waitpid(child.process, &status, 0), child.process);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child gave up by itself";
        told += heard.size();
        ASSERT_EQ(heard.find('-'), std::string::npos);

        const auto vault = open_vault(folder.path("vault.db"), StoreFixture::key());
        ASSERT_TRUE(vault.ok()) << vault.error().code;
        const auto opened = open_store(folder.path("store.db"), StoreFixture::key(), vault->get());
        ASSERT_TRUE(opened.ok()) << opened.error().code;
        engine::Store& store = **opened;
        const std::size_t kept = store.entries()->size();
        EXPECT_TRUE(kept == told || kept == told + 1) << kept << " kept, " << told << " told";
        told = kept;
        EXPECT_EQ(store.messages(engine::Direction::received)->size(), kept);
        EXPECT_EQ(store.receipts()->size(), kept);
        EXPECT_EQ(store.with_actions()->size(), kept);
        if (kept > 0) {
            EXPECT_EQ(store.totals()->front().count, static_cast<std::int64_t>(kept));
        }
        const auto persons = store.persons();
        for (const PersonId person : *persons) EXPECT_TRUE((*vault)->identity(person).ok());
        EXPECT_TRUE(store.check()->empty());
    }
    EXPECT_GT(told, 0U);
}

TEST(StoreCrash, ASecondProcessGetsInUseUntilTheFirstIsDead) {
    const TempFolder folder("crash");
    const std::string path = folder.path("store.db");
    const Child holder = start([&](int tell) {
        const auto store = open_store(path, StoreFixture::key());
        const char told = store.ok() ? '+' : '-';
        static_cast<void>(::write(tell, &told, 1) + ::pause());
    });
    char told = 0;
    ASSERT_EQ(::read(holder.heard, &told, 1), 1);
    ASSERT_EQ(told, '+');
    const auto second = open_store(path, StoreFixture::key());
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "store_in_use");
    ASSERT_EQ(::kill(holder.process, SIGKILL), 0);
    ASSERT_EQ(::waitpid(holder.process, nullptr, 0), holder.process);
    ::close(holder.heard);
    EXPECT_TRUE(open_store(path, StoreFixture::key()).ok());
}

}  // namespace
}  // namespace bundel::store
