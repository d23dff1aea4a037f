#include <algorithm>
#include <array>

#include "reply/draft.h"
#include "reply/reply.h"
#include "reply/source.h"

namespace bundel::reply {
namespace {

constexpr std::array<std::string_view, 3> return_codes = {"COD954", "COD955", "COD956"};

void set_codes(Draft& draft, std::span<const std::string> codes) {
    BUNDEL_ASSERT(codes.size() <= return_codes.size());
    for (std::size_t i = 0; i < codes.size(); ++i) draft.set(return_codes[i], codes[i]);
}

// Lines of at most `width` characters, broken between words; a word that is longer is broken itself.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    for (std::string_view word : base::split(text, ' ')) {
        if (word.empty()) continue;
        const bool fits = !lines.empty() && lines.back().size() + 1 + word.size() <= width;
        if (fits) {
            lines.back().append(" ").append(word);
            continue;
        }
        for (; word.size() > width; word.remove_prefix(width)) lines.emplace_back(word.substr(0, width));
        lines.emplace_back(word);
    }
    return lines;
}

// The source's own comments under this record are not repeated, so ours take the numbers after theirs.
Result<std::int64_t> last_comment(const wire::Message& source, const wire::Record& record) {
    const auto comments = comments_under(source, record);
    if (comments.empty()) return std::int64_t{0};
    BUNDEL_TRY(number, column_of(source.layout(), wire::code_comment, "NUM109"));
    return wire::number(source.field(comments.back(), number)).value_or(0);
}

Result<base::Done> write_advice(Draft& draft, const wire::Message& source, const Verdict& verdict) {
    const wire::Record& record = source.records()[verdict.record];
    BUNDEL_TRY(detail, column_of(source.layout(), source.code(record), "NUM040"));
    BUNDEL_TRY(text, column_of(draft.layout(), wire::code_comment, "OMS016"));
    BUNDEL_TRY(number, last_comment(source, record));
    for (const std::string& sentence : verdict.advice) {
        BUNDEL_TRY(plain, wire::ascii(sentence));
        for (const std::string& line : wrapped(plain, text.length)) {
            draft.append(wire::code_comment, verdict.person)
                .set("NUM040", source.field(record, detail))
                .set("NUM109", ++number)
                .set("OMS016", line);
        }
    }
    return base::Done{};
}

Result<base::Done> write_verdict(Draft& draft, const wire::Message& source, const Verdict& verdict) {
    draft.copy(source.record_bytes(source.records()[verdict.record]), verdict.person)
        .set_signed("BED165", "COD672", verdict.calculated)
        .set_signed("BED166", "COD673", verdict.granted);
    set_codes(draft, verdict.codes);
    return write_advice(draft, source, verdict);
}

Result<Cents> total_declared(const wire::Message& source) {
    const wire::Record& closing = source.records().back();
    BUNDEL_TRY(amount, column_of(source.layout(), wire::code_closing, "BED025"));
    BUNDEL_TRY(indicator, column_of(source.layout(), wire::code_closing, "COD043"));
    return wire::signed_cents(source.field(closing, amount), source.field(closing, indicator))
        .value_or(Cents::of(0));
}

Result<base::Done> close(Draft& draft, const wire::Message& source, std::span<const Verdict> verdicts) {
    std::vector<Cents> granted;
    for (const Verdict& verdict : verdicts) granted.push_back(verdict.granted);
    BUNDEL_TRY(total, values::sum(granted));
    BUNDEL_TRY(declared, total_declared(source));
    draft.close().set_signed("BED168", "COD668", declared).set_signed("BED167", "COD665", total);
    return base::Done{};
}

// In the order of the source, whose numbers must rise.
std::vector<Verdict> in_order(std::span<const Verdict> verdicts) {
    std::vector<Verdict> sorted(verdicts.begin(), verdicts.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const Verdict& a, const Verdict& b) { return a.record < b.record; });
    const auto same = [](const Verdict& a, const Verdict& b) { return a.record == b.record; };
    BUNDEL_ASSERT(std::adjacent_find(sorted.begin(), sorted.end(), same) == sorted.end());
    return sorted;
}

}  // namespace

Result<std::vector<Segment>> write_return(const wire::LayoutRef& return_layout, const wire::Message& source,
                                          std::string_view insurer_reference, Date day,
                                          std::span<const std::string> codes,
                                          std::span<const Verdict> verdicts) {
    BUNDEL_ASSERT(!codes.empty());
    Draft draft(return_layout);
    draft.copy(source.record_bytes(source.records().front()), {})
        .set("NUM370", insurer_reference)
        .set("DAT277", day);
    set_codes(draft, codes);
    const wire::Record* woman = nullptr;
    const wire::Record* last_service = nullptr;
    for (const Verdict& verdict : in_order(verdicts)) {
        const wire::Record* insured = &insured_above(source, verdict.record);
        if (insured != woman) draft.copy(source.record_bytes(*insured), verdict.person);
        woman = insured;
        const std::size_t above = service_above(source, verdict.record);
        const wire::Record* service = &source.records()[above];
        if (above != verdict.record && service != last_service)
            draft.copy(source.record_bytes(*service), verdict.person);
        last_service = service;
        BUNDEL_TRY_DONE(write_verdict(draft, source, verdict));
    }
    BUNDEL_TRY_DONE(close(draft, source, verdicts));
    return draft.finish();
}

}  // namespace bundel::reply
