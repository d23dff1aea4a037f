// Generated events and books, for the laws of the ledger and for the comparison with other programs.
#pragma once

#include <rapidcheck.h>

#include <optional>
#include <string>
#include <vector>

#include "ledger/book.h"

namespace bundel::testing {

// Amounts of claims as they are, a cent, and very large ones.
inline values::Cents any_amount() {
    return values::Cents::of(*rc::gen::weightedOneOf<std::int64_t>({
        {1, rc::gen::element<std::int64_t>(1, 9, 10, 99, 100, 101, 1'000'000'000'000)},
        {4, rc::gen::inRange<std::int64_t>(1, 5'000'00)},
    }));
}

inline std::optional<ledger::EventKind> reversal_of(ledger::EventKind kind) {
    using ledger::EventKind;
    if (kind == EventKind::advance_set_off) return EventKind::advance_set_off_reversed;
    if (kind == EventKind::participant_advance_set_off)
        return EventKind::participant_advance_set_off_reversed;
    if (kind == EventKind::claim_planned) return EventKind::plan_withdrawn;
    if (kind == EventKind::true_up_booked) return EventKind::true_up_reversed;
    if (kind == EventKind::reward_booked) return EventKind::reward_reversed;
    if (kind == EventKind::division_booked) return EventKind::division_reversed;
    if (kind == EventKind::accrual_booked) return EventKind::accrual_reversed;
    if (kind == EventKind::bought_booked) return EventKind::bought_reversed;
    return std::nullopt;
}

// Events with keys "0", "1", ...; one that can be reversed is sometimes followed by its reversal.
inline std::vector<ledger::Event> any_events(int most) {
    using ledger::Event;
    using ledger::EventKind;
    std::vector<EventKind> kinds{EventKind::claim_sent};  // twice as likely as any other
    for (const ledger::EventRow& row : ledger::event_rows()) {
        if (!row.answers_another) kinds.push_back(row.kind);
    }
    std::vector<Event> events;
    const int count = *rc::gen::inRange(1, most + 1);
    for (int i = 0; i < count; ++i) {
        Event event;
        event.kind = *rc::gen::elementOf(kinds);
        event.key = std::to_string(events.size());
        event.subject = *rc::gen::element<std::string>("prenataal:verloskunde", "nataal:ziekenhuis");
        event.supplier = *rc::gen::element<std::string>("08000101", "onbekend");
        const auto first_day = values::Date::of(2024, 1, 1);
        event.booking_day = first_day.plus_days(*rc::gen::inRange(0, 366));
        event.care_period = values::Period::day(first_day.plus_days(*rc::gen::inRange(-300, 366)));
        event.insurer = values::UzoviCode::of(*rc::gen::inRange(1, 4));
        event.performance = *rc::gen::element<std::string>("069:E01", "069:E02");
        event.participant = values::AgbCode::of(*rc::gen::element(6'000'102U, 8'000'101U));
        event.account = ledger::Account::of(
            *rc::gen::element(ledger::AccountKind::receivable, ledger::AccountKind::granted), "0001");
        const bool negative = *rc::gen::arbitrary<bool>();
        const auto signed_amount = [&] { return negative ? -any_amount() : any_amount(); };
        event.amount = ledger::row_of(event.kind).may_be_negative ? signed_amount() : any_amount();
        if (event.kind == EventKind::division_booked) {
            event.reserve = signed_amount();
            event.covered.push_back({"laboratorium", signed_amount()});
            for (const std::uint32_t agb : {6'000'102U, 8'000'101U})
                event.shares.push_back({values::AgbCode::of(agb), signed_amount()});
        }
        if (event.kind == EventKind::rounding_moved)
            event.shares = {{values::AgbCode::of(6'000'102U), event.amount},
                            {values::AgbCode::of(8'000'101U), -event.amount}};
        events.push_back(event);
        const auto reversal = reversal_of(event.kind);
        if (reversal && *rc::gen::arbitrary<bool>()) {
            event.kind = *reversal;
            event.earlier_key = event.key;
            event.key = std::to_string(events.size());
            events.push_back(event);
        }
    }
    return events;
}

inline ledger::Book book_of(const std::vector<ledger::Event>& events) {
    ledger::Book book;
    for (const ledger::Event& event : events) {
        const auto posted = book.post(event);
        BUNDEL_ASSERT(posted.ok());
    }
    return book;
}

}  // namespace bundel::testing
