// kill -9 between every pair of steps of paying out: whatever moment the process dies at, each order leaves
// once, with one booking, and the next round ends where an undisturbed one ends.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <functional>

#include "bank/testing.h"
#include "engine/banking.h"
#include "engine/importing.h"
#include "engine/payouts.h"
#include "engine/verify.h"
#include "store/outbox.h"
#include "store/store.h"
#include "store/vault.h"
#include "support/rulebook_files.h"
#include "support/store_fixture.h"
#include "system/counted.h"
#include "system/holding.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;
using bank::testing::account_number;
using values::Date;

const Date day = Date::of(2024, 6, 3);

const rulebook::Rulebook& the_rulebook() {
    static const rulebook::Rulebook book = load_rulebook();
    return book;
}

// The data directory of one process, with its death at moment `at` (0: none).
struct Process {
    explicit Process(const fs::path& folder, std::int64_t at = 0)
        : vault(must(store::open_vault((folder / "kluis.db").string(), StoreFixture::key(),
                                       store::PersonIds::from_identity))),
          kept((vault->settle_on_request(),
                must(store::open_store((folder / "bundel.db").string(), StoreFixture::key(), vault.get())))),
          out((folder / "staging").string(), (folder / "outbox").string()),
          doom(at),
          counted_store(*kept, doom),
          counted_outbox(out, doom),
          world{counted_store,  *vault,   counted_outbox,
                the_rulebook(), layouts_, {values::AgbCode::of(53'000'001), false}} {}

    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<engine::Store> kept;
    store::FolderOutbox out;
    Doom doom;
    CountedStore counted_store;
    CountedOutbox counted_outbox;
    wire::Layouts layouts_;
    engine::World world;
};

void divide(engine::World& world, std::uint32_t participant, std::int64_t cents) {
    auto books = must(engine::Books::open(world.store));
    ledger::Event event;
    event.kind = ledger::EventKind::division_booked;
    event.key = "verdeeld:" + std::to_string(participant);
    event.booking_day = day;
    event.care_period = values::Period::day(day);
    event.performance = "069:E01";
    event.shares = {{values::AgbCode::of(participant), values::Cents::of(cents)}};
    must(books.post(event));
}

void settle_in(engine::World& world) {
    std::string rows = "sleutel;houder;uzovi;iban;naam;begin;eind;status;door\n";
    for (const auto& [owner, number] :
         {std::pair("53000001", 1), std::pair("08000101", 801), std::pair("33000101", 3301)})
        rows += std::string("rek-") + owner + ";" + owner + ";;" + account_number(number).str() +
                ";Houder;2024-01-01;;;Anna\n";
    must(engine::import_file(world, "rekeningen.csv", rows, day));
    for (const int number : {801, 3301})
        must(engine::approve_account(world, account_number(number), "Ben", day));
    divide(world, 8'000'101, 1310'75);
    divide(world, 33'000'101, 50'01);
}

// What a treasurer types, and types again after a stop: what was done before is seen and not done again.
void live_through(engine::World& world) {
    const auto payouts = must(world.store.payouts());
    if (payouts.empty()) must(engine::propose_payout(world, "Anna", day, day));
    if (must(world.store.payouts()).front().state == engine::PayoutState::proposed)
        must(engine::approve_payout(world, 1, "Ben", day));
    must(engine::send_payouts(world, day));
    bank::Statement statement{"S1", 1, account_number(1), {day, {}}, {day, {}}, {}};
    for (const auto& [reference, cents] :
         {std::pair("U000000001-0001", -1310'75), std::pair("U000000001-0002", -50'01),
          std::pair("U000000001-0002", 50'01)}) {
        bank::Detail detail;
        detail.amount = values::Cents::of(cents);
        detail.end_to_end = reference;
        statement.closing.amount += detail.amount;
        statement.entries.push_back({detail.amount, false, day, day, "", "", "", {detail}});
    }
    must(
        engine::import_file(world, "afschrift.xml", bank::testing::CamtWriter(true).write({statement}), day));
}

std::string breaches_of(engine::World& world) {
    std::string all;
    for (const auto& breach : must(engine::verify(world)).breaches) all += as_text(breach) + "\n";
    return all;
}

// The number of moments it lived through before it died, or all of them.
bool dies(const fs::path& data, std::int64_t moment) {
    const pid_t child = ::fork();
    if (child == 0) {
        Process process(data, moment);
        live_through(process.world);
        ::_exit(0);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

TEST(PayoutStop, AtEveryMomentEachOrderLeavesOnce) {
    const OwnFolder folder("payout");
    const fs::path before = folder.path / "before";
    const fs::path quiet = folder.path / "quiet";
    fs::create_directories(before);
    {
        Process process(before);
        settle_in(process.world);
    }
    fs::copy(before, quiet, fs::copy_options::recursive);
    std::string held;
    std::int64_t moments = 0;
    {
        Process process(quiet);
        live_through(process.world);
        moments = process.doom.moments();
        held = holding(process.world, day);
        EXPECT_EQ(breaches_of(process.world), "");
    }
    const auto sent = files_below(quiet / "outbox");
    EXPECT_EQ(sent.size(), 1U);
    EXPECT_NE(held.find("teruggestort:U000000001-0002"), std::string::npos);
    for (std::int64_t moment = 1; moment <= moments; ++moment) {
        SCOPED_TRACE("moment " + std::to_string(moment));
        const fs::path data = folder.path / "killed";
        fs::remove_all(data);
        fs::copy(before, data, fs::copy_options::recursive);
        EXPECT_TRUE(dies(data, moment));
        const auto left = files_below(data / "outbox");
        {
            Process found(data);
            EXPECT_EQ(breaches_of(found.world), "");
        }
        Process again(data);
        live_through(again.world);
        EXPECT_EQ(holding(again.world, day), held);
        EXPECT_EQ(breaches_of(again.world), "");
        EXPECT_EQ(files_below(data / "outbox"), sent);
        for (const auto& [name, bytes] : left) EXPECT_EQ(sent.at(name), bytes) << "rewritten: " << name;
        EXPECT_TRUE(files_below(data / "staging").empty());
        if (HasFailure()) return;
    }
    std::cout << "killed at " << moments << " moments\n";
    EXPECT_GT(moments, 40);
}

}  // namespace
}  // namespace bundel::testing
