// From readings to the fact set of one woman: what several messages say of several persons that may be one.
#pragma once

#include <vector>

#include "facts/codec.h"
#include "facts/woman.h"

namespace bundel::facts {

// Everything read about one person; each fact with the receipt of its own message.
struct PersonReadings {
    PersonId person;
    std::vector<Reading> readings;
};

// Two readings of one identity that say different things. The one received first (then the lower message
// digest) stands; the other is set apart, nothing is overwritten.
struct Conflict {
    LineId line;  // a claim line, or
    FactKey key;  // a keyed fact
    Origin stands;
    Origin set_apart;
};

struct Gathered {
    Woman woman;  // of the cluster that `person` belongs to; its person is the lowest id in it
    std::vector<PersonId> cluster;    // sorted
    std::vector<Conflict> conflicts;  // sorted
    std::vector<LineId> given;        // lines that a judgement gave to her
    std::vector<PersonId> children;   // of hers: what is read for them is hers
};

// `all` holds the readings of `person` and of everybody linked to her by any judgement or as her child,
// directly or not. Lines under the BSN of a child go to its mother; of two who are called its mother the one
// by the lowest key of the fact. Judgements and children count as known on `as_of`; the result still holds
// every version of the other facts (known_on is the caller's).
Gathered gather(PersonId person, const std::vector<PersonReadings>& all, Date as_of);

}  // namespace bundel::facts
