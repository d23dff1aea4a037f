// kill -9 between every pair of steps of paying out: whatever moment the process dies at, each order leaves
// once, with one booking, and the next round ends where an undisturbed one ends.
#include "bank/testing.h"
#include "engine/banking.h"
#include "engine/importing.h"
#include "engine/payouts.h"
#include "system/dying.h"

namespace bundel::testing {
namespace {
using bank::testing::account_number;
using values::Date;

const Date day = Date::of(2024, 6, 3);

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

TEST(PayoutStop, AtEveryMomentEachOrderLeavesOnce) {
    const Quiet quiet = die_at_every_moment("payout", day, settle_in, live_through);
    EXPECT_EQ(quiet.sent.size(), 1U);
    EXPECT_NE(quiet.held.find("teruggestort:U000000001-0002"), std::string::npos);
    EXPECT_GT(quiet.moments, 40);
}

}  // namespace
}  // namespace bundel::testing
