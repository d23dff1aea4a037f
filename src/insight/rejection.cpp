#include "insight/rejection.h"

#include <algorithm>

#include "base/assert.h"
#include "base/int128.h"

namespace bundel::insight {
using base::Int128;

namespace {

constexpr int whole = 1000;
constexpr std::int64_t claims_max = 1'000'000'000;
constexpr Int128 z_squared_in_millionths = 2'705'543;  // 1.644854 squared: 5 % on either side

// (seen - part)^2 <= z^2 part (1 - part) / claims, without a division.
bool is_inside(const Answers& answers, int part) {
    const Int128 claims = answers.claims;
    const Int128 off = whole * Int128{answers.rejected} - claims * part;
    return off * off * 1'000'000 <= z_squared_in_millionths * claims * part * (whole - part);
}

}  // namespace

RejectedPart rejected_part(const Answers& answers) {
    BUNDEL_ASSERT(answers.rejected >= 0 && answers.rejected <= answers.claims && answers.claims >= 1 &&
                  answers.claims <= claims_max);
    const std::int64_t doubled = 2 * whole * answers.rejected / answers.claims;
    RejectedPart part;
    part.expected = static_cast<int>((doubled + 1) / 2);
    part.low = static_cast<int>(doubled / 2);
    part.high = static_cast<int>((whole * answers.rejected + answers.claims - 1) / answers.claims);
    while (part.low > 0 && is_inside(answers, part.low)) --part.low;
    while (part.high < whole && is_inside(answers, part.high)) ++part.high;
    return part;
}

}  // namespace bundel::insight
