// Month close: the accrual of the month is booked, that of the month before is taken back, and nothing can be
// booked in the month any more. What is heard later of it is booked in the first open month.
#pragma once

#include "engine/accrual.h"
#include "ledger/book.h"

namespace bundel::engine {

struct Closed {
    values::Period month;
    bool again = false;         // it was closed before; nothing was done
    std::uint64_t entries = 0;  // booked in the month
    Cents accrued;
    Cents taken_back;
    std::size_t without = 0;  // open cases without an estimate: too few in the history
};

// Closes the month that begins on `first`, all of it in one transaction. Months are closed in order; the
// first one is no later than that of the earliest booking. Errors: close_month_not_over{month, last},
// close_out_of_order{month, expected}, those of work_in_progress and Books.
Result<Closed> close_month(World& world, Date first, Date as_of);

// "2024-05" is its first day. Error: close_month_syntax{text}.
Result<Date> parse_month(std::string_view text);
std::string month_text(Date day);  // "2024-05"

// What the close of the month that ends on `month_end` booked; none when it is not closed.
Result<std::optional<std::map<insight::CaseKind, Cents>>> booked_accruals(World& world, Date month_end);

}  // namespace bundel::engine
