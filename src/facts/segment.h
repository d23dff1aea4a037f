// A piece of a message that belongs to one person, or to nobody (envelope). Pieces in order make the message,
// byte for byte; so that one person can be forgotten without the others.
#pragma once

#include <string>

#include "values/identifiers.h"

namespace bundel::facts {

struct Segment {
    values::PersonId person;  // nobody: envelope
    std::string bytes;
    bool operator==(const Segment&) const = default;
};

}  // namespace bundel::facts
