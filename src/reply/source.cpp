#include "reply/source.h"

#include <algorithm>

#include "reply/reply.h"

namespace bundel::reply {
namespace {

// The nearest record of this code at or above.
std::size_t at_or_above(const wire::Message& message, std::size_t record, std::string_view code) {
    while (message.code(message.records()[record]) != code) {
        BUNDEL_ASSERT(record > 0);
        --record;
    }
    return record;
}

}  // namespace

std::string_view code_of_lines(const wire::Layout& layout) {
    return layout.record_index(code_tariff) >= 0 ? code_tariff : wire::code_performance;
}

std::size_t service_above(const wire::Message& message, std::size_t line) {
    BUNDEL_ASSERT(line < message.records().size());
    BUNDEL_ASSERT(message.code(message.records()[line]) == code_of_lines(message.layout()));
    return at_or_above(message, line, wire::code_performance);
}

const wire::Record& insured_above(const wire::Message& message, std::size_t line) {
    return message.records()[at_or_above(message, service_above(message, line), wire::code_insured)];
}

std::optional<std::size_t> record_above(const wire::Message& message, std::size_t record) {
    const std::string& code = message.code(message.records()[record]);
    if (code == wire::code_debtor || code == wire::code_performance)
        return at_or_above(message, record, wire::code_insured);
    if (code == code_tariff || code == code_activity)
        return at_or_above(message, record, wire::code_performance);
    if (code != wire::code_comment) return std::nullopt;
    while (message.code(message.records()[record]) == wire::code_comment) --record;
    return record;
}

std::span<const wire::Record> comments_under(const wire::Message& message, const wire::Record& record) {
    const auto all = message.records();
    const auto first = static_cast<std::size_t>(&record - all.data()) + 1;
    std::size_t last = first;
    while (last < all.size() && message.code(all[last]) == wire::code_comment) ++last;
    return all.subspan(first, last - first);
}

std::span<const wire::Record> parts_under(const wire::Message& message, std::size_t service) {
    const auto all = message.records();
    std::size_t last = service + 1;
    const auto ends = [&](const std::string& code) {
        return code == wire::code_performance || code == wire::code_insured || code == wire::code_closing;
    };
    while (last < all.size() && !ends(message.code(all[last]))) ++last;
    return all.subspan(service + 1, last - service - 1);
}

std::size_t lines_in(const wire::Message& message) {
    const std::string_view line = code_of_lines(message.layout());
    const auto records = message.records();
    return static_cast<std::size_t>(
        std::count_if(records.begin(), records.end(),
                      [&](const wire::Record& record) { return message.code(record) == line; }));
}

}  // namespace bundel::reply
