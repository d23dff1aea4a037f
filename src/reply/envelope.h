// Record 01 of a claim message. Only for this room.
#pragma once

#include "reply/draft.h"
#include "reply/reply.h"

namespace bundel::reply {

// All of record 01 but who declares and who is paid.
void open_claims(Draft& draft, const Envelope& envelope, Date first_care_day);

// Lines of either kind: the earliest care day. Contract: at least one line.
template <class Line>
Date first_care_day(std::span<const Line> lines) {
    BUNDEL_ASSERT(!lines.empty());
    Date first = lines.front().claim.care.first;
    for (const Line& line : lines) first = std::min(first, line.claim.care.first);
    return first;
}

}  // namespace bundel::reply
