// Bank statements: each movement once, to the claims an insurer paid, to our own payouts, or onto the work
// list.
//
// Only what is an insurer's or ours is booked. Bank costs, rent and the like stay questions: the book knows
// no account for them, and onverwerkt is a debt to one insurer, which they are not. docs/adr/0022 says more.
#pragma once

#include "bank/statement.h"
#include "engine/books.h"

namespace bundel::engine {

// Finding bank_account_unknown{statement} (file_refused) when one is not of an account of the IGO.
Result<bool> are_of_our_account(World& world, const std::vector<bank::Statement>& statements,
                                const std::string& name, Date received, base::Findings& findings);

// Inside the caller's transaction, after the message was kept. The same statement, or a movement on another
// one, again changes nothing; the order of statements does not count. Findings:
// bank_statement_differs{statement} (line_refused: the same statement with another content),
// bank_movement_known{statement} (note: an entry that stood on an earlier statement; taken once). Gives how
// many movements were new.
Result<std::size_t> take_statements(World& world, const std::vector<bank::Statement>& statements,
                                    const Digest& message, const std::string& name, Date received,
                                    base::Findings& findings);

// Looks again for what is not settled: an answer or an account may have come since. Inside the caller's
// transaction; of a closed month it is booked on the first day after it.
Result<Done> settle_movements(World& world, Date booking_day);

// What is not settled, gaps between statements, accounts that wait, payouts that came back: a question for
// each, in the place of earlier ones; but not when a person said that it is settled (`accept`).
Result<Done> ask_about_bank(World& world, Date as_of);

}  // namespace bundel::engine
