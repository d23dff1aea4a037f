// Opening balances (openingsbalans): what the accounts stood at when the book began. Booked once, all of them
// or none, each against openingsbalans, which comes to zero.
#pragma once

#include "engine/books.h"
#include "engine/world.h"
#include "intake/intake.h"

namespace bundel::engine {

// When they may come: before the first entry, or with the cut-over (`adopt`), beside what is taken over
// there.
enum class OpeningAt { empty_book, cutover };

// Gives how many were booked, on `day`; inside the caller's transaction. Nothing is booked when anything is
// wrong. Findings of a row (line_refused): opening_account_unknown, opening_account_wrong (one that bundel
// fills itself: openingsbalans, gepland, verwacht_te_declareren, onderhanden_werk, verwacht_te_verdelen),
// opening_account_twice. Of the file (file_refused): opening_incomplete (`findings` is not empty: a row of it
// could not be read), opening_book_begun, opening_twice (at the cut-over), opening_unbalanced{difference}.
// Error: book_day_closed.
Result<std::size_t> take_openings(World& world, const std::vector<intake::OpeningBalance>& openings,
                                  const std::string& name, Date day, OpeningAt at, base::Findings& findings);

}  // namespace bundel::engine
