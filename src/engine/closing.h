// Month close: the accrual of the month is booked, that of the month before is taken back, advances are set
// off, and nothing can be booked in the month any more. What is heard later of it is booked in the first open
// month.
//
// What ought to be claimed and was not (gepland) is booked here too, once a month in sums by insurer and
// performance, and not claim by claim at the moment it is planned. A claim that waits has no reference yet
// and changes with every delivery, so that its own entries would be many, without a name, and of no use to
// anybody: what counts is what stands at the end of a month, and that follows from the facts known then, at
// any later time again. Off the balance sheet: onderhanden werk already has the value of the care.
#pragma once

#include "engine/accrual.h"
#include "engine/advances.h"
#include "ledger/book.h"

namespace bundel::engine {

struct Closed {
    values::Period month;
    bool again = false;         // it was closed before; nothing was done
    std::uint64_t entries = 0;  // booked in the month
    Cents accrued;
    Cents taken_back;
    Cents planned;            // ought to be claimed and was not yet
    SetOffs set_off;          // of advances
    base::Digest digest;      // of the closing: also when it was closed before
    std::size_t without = 0;  // open cases without an estimate: too few in the history
};

// Closes the month that begins on `first`, all of it in one transaction. Months are closed in order; the
// first one is no later than that of the earliest booking. Nothing is closed over a book that is not sound:
// the first breach of ledger::check and of compare_receivables is the Error, and so are ledger_trial_balance
// and close_work_differs{account, booked, estimated} (onderhanden werk is not what the estimate says). Other
// Errors: close_month_not_over{month, last}, close_out_of_order{month, expected}, those of work_in_progress
// and Books.
Result<Closed> close_month(World& world, Date first, Date as_of);

// "2024-05" is its first day. Error: close_month_syntax{text}.
Result<Date> parse_month(std::string_view text);
std::string month_text(Date day);  // "2024-05"

// What the close of the month that ends on `month_end` booked; none when it is not closed.
Result<std::optional<std::map<insight::CaseKind, Cents>>> booked_accruals(World& world, Date month_end);

}  // namespace bundel::engine
