// Money of insurers onto the claims and settlements it was paid for. What cannot be matched is kept
// unapplied, and is matched when the answer that it waits for comes.
#pragma once

#include "engine/books.h"
#include "intake/intake.h"

namespace bundel::engine {

// Inside the caller's transaction. The same row again changes nothing. Only claims of the IGO are its money;
// what is paid to a participant is noted on the claim and booked nowhere. Findings (line_refused):
// payment_key_reused (the same key with another content), payment_spent (withdrawn, but its money was taken
// back before). Gives how many rows were new.
Result<std::size_t> take_payments(World& world, const std::vector<intake::Payment>& payments,
                                  const Digest& message, const std::string& name, Date received,
                                  base::Findings& findings);

// One payment that was not there before: it is applied as far as it can be. Contract: `row.applied` is zero.
Result<Done> take_payment(World& world, Books& books, PaymentRow row, Date booking_day);

// Takes back a row of which nothing was applied: as if it had never come. Contract: so it is.
Result<Done> withdraw_payment(World& world, Books& books, PaymentRow row, Date booking_day);

// What waits for this claim (of a credit: for its debit), after its answer.
Result<Done> apply_waiting(World& world, Books& books, const claim::Sent& claim, Date booking_day);

// What waits for a settlement, after its row was booked; and when the row is withdrawn, what was put on it is
// unapplied again.
Result<Done> apply_waiting(World& world, Books& books, UzoviCode insurer, std::string_view settlement,
                           Date booking_day);
Result<Done> put_aside(World& world, Books& books, UzoviCode insurer, std::string_view settlement,
                       Date booking_day);

// What came and has no claim to go to: a question for each, in the place of earlier ones; but not while an
// answer is awaited, and not when a person said that it is settled (`accept`).
Result<Done> ask_about_payments(World& world, Date as_of);

// What the claims say was paid must be what the payments applied. Adds to `breaches` (breach_paid).
Result<Done> compare_payments(World& world, const std::vector<claim::Sent>& claims,
                              std::vector<Error>& breaches);

}  // namespace bundel::engine
