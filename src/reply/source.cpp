#include "reply/source.h"

namespace bundel::reply {

const wire::Record& insured_above(const wire::Message& message, std::size_t line) {
    BUNDEL_ASSERT(line < message.records().size());
    BUNDEL_ASSERT(message.code(message.records()[line]) == wire::code_performance);
    while (message.code(message.records()[line]) != wire::code_insured) {
        BUNDEL_ASSERT(line > 0);
        --line;
    }
    return message.records()[line];
}

std::span<const wire::Record> comments_under(const wire::Message& message, const wire::Record& record) {
    const auto all = message.records();
    const auto first = static_cast<std::size_t>(&record - all.data()) + 1;
    std::size_t last = first;
    while (last < all.size() && message.code(all[last]) == wire::code_comment) ++last;
    return all.subspan(first, last - first);
}

}  // namespace bundel::reply
