// Ingekochte zorg: care that the IGO or a participant was invoiced for. A cost of its buyer, never a breaker
// and never claimed. What the IGO bought itself is booked; what a participant bought is its own.
#pragma once

#include "engine/world.h"

namespace bundel::engine {

const char* word(facts::BoughtKind kind);  // "laboratory"
const char* subject_of(
    facts::BoughtKind kind);  // "laboratorium": the part of an account path behind the name
std::string supplier_text(const facts::BoughtCare& bought);  // its AGB code, or "onbekend"

// Books what the IGO bought as far as it is not booked yet; what changed is taken back and booked anew, what
// was withdrawn is taken back. Of who was forgotten everything stays as it was booked. Gives how many facts
// made a difference. Errors: book_day_closed, those of Books.
Result<std::size_t> book_bought(World& world, Date booking_day);

}  // namespace bundel::engine
