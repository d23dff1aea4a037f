// What part of its claims an insurer rejects, read off its answers so far. Integers only.
//
// The estimate is the part that was rejected; the interval is Wilson's at 5 % and 95 %: the parts of which
// what was seen is no further than z = 1.645 standard errors. Both ends are rounded outwards to a thousandth.
//
// Laws: the interval contains the estimate and lies within 0 .. 1000; more answers with the same part
// rejected never make it wider.
#pragma once

#include <cstdint>

namespace bundel::insight {

struct Answers {
    std::int64_t claims = 0;    // answered for good
    std::int64_t rejected = 0;  // of them
    bool operator==(const Answers&) const = default;
};

struct RejectedPart {
    int low = 0, expected = 0, high = 0;  // thousandths
    bool operator==(const RejectedPart&) const = default;
};

// Contract: 0 <= rejected <= claims, claims 1 .. 1,000,000,000.
RejectedPart rejected_part(const Answers& answers);

}  // namespace bundel::insight
