// The book, on one core: 50,000 bundles claimed, approved, paid and divided over three payees (200,000
// entries, 500,000 postings), chain included, and every balance. Target: 0.15 s (docs/performance.md).
// bench/ledger_side_by_side.sh times ledger and hledger on the same journal, which this program writes when
// it is given a file name in BUNDEL_JOURNAL.
//
// Memory is kept by the program once it has it, as in one that has been at work for a while: asking the
// system for fresh pages costs a virtual machine more than the booking.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <climits>
#include <cstdlib>
#include <fstream>

#include "base/text.h"
#include "ledger/check.h"
#include "ledger/journal.h"

namespace bundel::ledger {
namespace {

using values::AgbCode;
using values::Cents;
using values::Date;

constexpr int bundles = 50'000;

Event about(EventKind kind, const char* what, int bundle) {
    Event event;
    event.kind = kind;
    event.key = std::string(what) + ":53000001/BD" + base::zero_padded(bundle, 10);
    event.booking_day = Date::of(2024, 1, 1).plus_days(bundle % 366);
    event.care_period = values::Period::day(event.booking_day.plus_days(-40));
    event.insurer = values::UzoviCode::of(9101 + bundle % 5);
    event.performance = "069:99000" + std::to_string(1 + bundle % 8);
    event.amount = Cents::of(770'00 + bundle % 997);
    return event;
}

// Shares 36 / 46 / 18; what rounding leaves goes to the first.
Event division(int bundle) {
    Event event = about(EventKind::division_booked, "verdeeld", bundle);
    const std::int64_t pot = event.amount.count();
    const std::int64_t second = pot * 46 / 100;
    const std::int64_t third = pot * 18 / 100;
    event.shares = {{AgbCode::of(8'000'101), Cents::of(pot - second - third)},
                    {AgbCode::of(6'000'101), Cents::of(second)},
                    {AgbCode::of(33'000'101), Cents::of(third)}};
    return event;
}

[[maybe_unused]] const bool keeps_memory = [] {
    return mallopt(M_MMAP_MAX, 0) == 1 && mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1 &&
           mallopt(M_TOP_PAD, 512 << 20) == 1;
}();

std::vector<Event> a_year() {
    std::vector<Event> events;
    for (int bundle = 0; bundle < bundles; ++bundle) {
        events.push_back(about(EventKind::claim_sent, "verzonden", bundle));
        events.push_back(about(EventKind::claim_approved, "toegekend", bundle));
        events.back().earlier_key = events[events.size() - 2].key;
        events.push_back(about(EventKind::claim_paid, "betaald", bundle));
        events.push_back(division(bundle));
    }
    return events;
}

Book booked(const std::vector<Event>& events) {
    Book book;
    for (const Event& event : events) {
        const auto posted = book.post(event);
        BUNDEL_ASSERT(posted.ok());
    }
    return book;
}

// Debits are credits, and all that was granted is paid and divided.
void balance(const Book& book) {
    Cents total;
    for (const auto& [account, cents] : book.balances()) {
        total += cents;
        const bool empty = account.kind() == AccountKind::receivable ||
                           account.kind() == AccountKind::granted || account.kind() == AccountKind::to_divide;
        BUNDEL_ASSERT(!empty || cents.is_zero());
    }
    BUNDEL_ASSERT(total.is_zero());
}

void book_and_balance(benchmark::State& state) {
    const std::vector<Event> events = a_year();
    benchmark::DoNotOptimize(booked(events));
    for (auto _ : state) {
        const Book book = booked(events);
        balance(book);
        benchmark::DoNotOptimize(book);
    }
    state.SetItemsProcessed(state.iterations() * bundles);
}
BENCHMARK(book_and_balance)->Unit(benchmark::kMillisecond);

// Every law from scratch, the chain too.
void check_all(benchmark::State& state) {
    const Book book = booked(a_year());
    for (auto _ : state) BUNDEL_ASSERT(check(book).empty());
}
BENCHMARK(check_all)->Unit(benchmark::kMillisecond);

void write_journal(benchmark::State& state) {
    const Book book = booked(a_year());
    std::string journal;
    for (auto _ : state) journal = export_journal(book);
    if (const char* file = std::getenv("BUNDEL_JOURNAL")) std::ofstream(file) << journal;
}
BENCHMARK(write_journal)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bundel::ledger
