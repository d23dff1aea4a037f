#include "ledger/shadow.h"

#include <vector>

#include "base/int128.h"

namespace bundel::ledger {
using base::Error;
using base::Int128;
using base::Result;
using values::Cents;

Result<ShadowBook> shadow_book(std::span<const ShadowLine> lines) {
    // Wider than Cents on the way, so that an overflow depends on the total and not on the order.
    std::map<ShadowKey, Int128> totals;
    for (const ShadowLine& line : lines) totals[line.key] += line.amount.count();
    ShadowBook book;
    for (const auto& [key, total] : totals) {
        if (total > INT64_MAX || total < INT64_MIN) return Error{"cents_overflow"};
        book.emplace_hint(book.end(), key, Cents::of(static_cast<std::int64_t>(total)));
    }
    return book;
}

}  // namespace bundel::ledger
