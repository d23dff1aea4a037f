#include <algorithm>
#include <array>
#include <set>

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

Result<base::Done> write_advice(Draft& draft, const wire::Message& source, std::size_t index,
                                values::PersonId person, std::span<const std::string> advice) {
    const wire::Record& record = source.records()[index];
    BUNDEL_TRY(detail, column_of(source.layout(), source.code(record), "NUM040"));
    BUNDEL_TRY(text, column_of(draft.layout(), wire::code_comment, "OMS016"));
    BUNDEL_TRY(number, last_comment(source, record));
    for (const std::string& sentence : advice) {
        BUNDEL_TRY(plain, wire::ascii(sentence));
        for (const std::string& line : wrapped(plain, text.length)) {
            draft.append(wire::code_comment, person)
                .set("NUM040", source.field(record, detail))
                .set("NUM109", ++number)
                .set("OMS016", line);
        }
    }
    return base::Done{};
}

// Records of the source with their verdicts, each under what it stands under in the source.
class Returned {
public:
    Returned(Draft& draft, const wire::Message& source) : draft_(draft), source_(source) {}

    // Contract: in the order of the source.
    Result<base::Done> add(const Verdict& verdict) {
        const bool is_comment = code_of(verdict.record) == wire::code_comment;
        if (!is_comment) BUNDEL_TRY_DONE(flush());
        write(verdict.record, verdict.person);
        if (code_of(verdict.record) == code_of_lines(source_.layout())) {
            draft_.set_signed("BED165", "COD672", verdict.calculated)
                .set_signed("BED166", "COD673", verdict.granted);
        }
        set_codes(draft_, verdict.codes);
        advised_ = is_comment ? *record_above(source_, verdict.record) : verdict.record;
        person_ = verdict.person;
        advice_.insert(advice_.end(), verdict.advice.begin(), verdict.advice.end());
        return base::Done{};
    }

    // Our own comments come after those of the source that are returned.
    Result<base::Done> flush() {
        if (advice_.empty()) return base::Done{};
        BUNDEL_TRY_DONE(write_advice(draft_, source_, advised_, person_, advice_));
        advice_.clear();
        return base::Done{};
    }

private:
    const std::string& code_of(std::size_t record) const { return source_.code(source_.records()[record]); }

    // With what it stands under, unless that is there.
    void write(std::size_t record, values::PersonId person) {
        const auto above = record_above(source_, record);
        if (above && !written_.contains(*above)) {
            write(*above, person);
        }
        draft_.copy(source_.record_bytes(source_.records()[record]), person);
        written_.insert(record);
    }

    Draft& draft_;
    const wire::Message& source_;
    std::set<std::size_t> written_;
    std::size_t advised_ = 0;
    values::PersonId person_;
    std::vector<std::string> advice_;
};

Result<Cents> total_declared(const wire::Message& source) {
    const wire::Record& closing = source.records().back();
    if (source.code(closing) != wire::code_closing) return Cents::of(0);
    BUNDEL_TRY(amount, column_of(source.layout(), wire::code_closing, "BED025"));
    BUNDEL_TRY(indicator, column_of(source.layout(), wire::code_closing, "COD043"));
    return wire::signed_cents(source.field(closing, amount), source.field(closing, indicator))
        .value_or(Cents::of(0));
}

Result<Cents> total_granted(std::span<const Verdict> verdicts) {
    std::vector<Cents> granted;
    for (const Verdict& verdict : verdicts) granted.push_back(verdict.granted);
    return values::sum(granted);
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
                                          std::span<const Verdict> verdicts, std::optional<Cents> granted) {
    BUNDEL_ASSERT(!codes.empty());
    Draft draft(return_layout);
    draft.copy(source.record_bytes(source.records().front()), {})
        .set("NUM370", insurer_reference)
        .set("DAT277", day);
    set_codes(draft, codes);
    Returned returned(draft, source);
    for (const Verdict& verdict : in_order(verdicts)) BUNDEL_TRY_DONE(returned.add(verdict));
    BUNDEL_TRY_DONE(returned.flush());
    BUNDEL_TRY(declared, total_declared(source));
    BUNDEL_TRY(sum, granted ? Result<Cents>(*granted) : total_granted(verdicts));
    draft.close().set_signed("BED168", "COD668", declared).set_signed("BED167", "COD665", sum);
    return draft.finish();
}

}  // namespace bundel::reply
