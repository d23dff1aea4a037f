// What was claimed, answered and paid before the first day of this directory.
#pragma once

#include "engine/importing.h"

namespace bundel::engine {

struct Adopted {
    Imported imported;       // lines: claims taken over now
    std::size_t before = 0;  // were taken over earlier: nothing changed
};

// Takes over the claims of a file "overgenomen claims" as history: no message of ours carries them, and they
// are booked on the cut-over day. One transaction; a row with a fault is refused alone and the others go on.
// The same file again takes over what it could not the first time. The first file sets the cut-over day for
// good: from then on nothing that was to be claimed before it goes out by itself (claim::reconcile).
//
// Findings of a row (line_refused), besides those of intake::read_csv: adopt_declarant_wrong,
// adopt_after_cutover, adopt_reference_used (the reference is known with another content), adopt_unsound
// (together with the other claims it cannot be: the breach is named). Of the file (file_refused):
// adopt_other_form. A file "openingsbalans" is booked on the cut-over day too: see take_openings; it holds
// what the claims that are taken over do not bring. Errors: cutover_differs{day}.
Result<Adopted> adopt_file(World& world, const std::string& name, std::string bytes, Date cutover);

// What was to be claimed before the cut-over and was not taken over, as last assessed.
struct NotAdopted {
    std::int64_t claims = 0;
    Cents amount;
};
NotAdopted not_adopted(const std::vector<QuestionRow>& questions);

}  // namespace bundel::engine
