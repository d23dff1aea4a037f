#include <algorithm>
#include <tuple>

#include "reply/envelope.h"
#include "reply/source.h"

namespace bundel::reply {
namespace {

// Who declares, through whom, who is paid and the VAT number: the participant's own words.
constexpr std::string_view taken_over[] = {"COD377", "COD009", "COD181", "COD031", "COD833", "NUM351"};

// A line with the record 02 it stands under. `woman` is the content of that 02 and of its comments, without
// the numbers that every message gives anew.
struct Passed {
    const ForwardLine* line = nullptr;
    const wire::Record* insured = nullptr;
    std::string woman;
};

bool in_order(const Passed& a, const Passed& b) {
    const auto key = [](const Passed& passed) {
        const claim::Sent& claim = passed.line->claim;
        return std::tie(claim.person, passed.woman, claim.reference);
    };
    return key(a) < key(b);
}

bool under_same_record(const Passed& a, const Passed& b) {
    return a.line->claim.person == b.line->claim.person && a.woman == b.woman;
}

Result<Passed> passed(const ForwardLine& line) {
    BUNDEL_ASSERT(!line.claim.person.is_nobody());
    const wire::Message& source = *line.source;
    BUNDEL_TRY(number, column_of(source.layout(), wire::code_insured, "NUM040"));
    BUNDEL_TRY(text, column_of(source.layout(), wire::code_comment, "OMS016"));
    const wire::Record& insured = insured_above(source, line.record);
    Passed result{&line, &insured, std::string(source.record_bytes(insured))};
    result.woman.erase(number.offset, number.length);
    for (const wire::Record& comment : comments_under(source, insured)) {
        result.woman += source.field(comment, text);
    }
    return result;
}

Result<std::vector<Passed>> sorted(const wire::LayoutRef& layout, std::span<const ForwardLine> lines) {
    std::vector<Passed> result;
    for (const ForwardLine& line : lines) {
        BUNDEL_ASSERT(line.source != nullptr);
        const std::string other = line.source->layout().name();
        if (other != layout->name()) {
            return base::Error{"forward_layouts_differ", {{"layout", layout->name()}, {"other", other}}};
        }
        BUNDEL_TRY(one, passed(line));
        result.push_back(std::move(one));
    }
    std::sort(result.begin(), result.end(), in_order);
    return result;
}

Result<base::Done> take_over_declarant(Draft& draft, const wire::Message& source) {
    for (const std::string_view element : taken_over) {
        BUNDEL_TRY(column, column_of(source.layout(), wire::code_header, element));
        draft.set(element, wire::utf8(source.field(source.records().front(), column)));
    }
    return base::Done{};
}

void copy_comments(Draft& draft, const Passed& passed, const wire::Record& record) {
    for (const wire::Record& comment : comments_under(*passed.line->source, record)) {
        draft.copy(passed.line->source->record_bytes(comment), passed.line->claim.person);
    }
}

// The few fields of a line that are not the participant's any more.
Result<base::Done> set_our_own(Draft& draft, const ForwardLine& line, const wire::Record& record) {
    const claim::Sent& claim = line.claim;
    BUNDEL_TRY(reference, column_of(draft.layout(), wire::code_performance, "NUM362"));
    if (wire::utf8(line.source->field(record, reference)) != claim.reference.view()) {
        draft.set("NUM362", claim.reference.view());
    }
    if (claim.credit) draft.set("COD668", "C").set("COD665", "C").set("NUM363", claim.debit.view());
    return base::Done{};
}

Result<base::Done> copy_line(Draft& draft, const Passed& passed) {
    const ForwardLine& line = *passed.line;
    const wire::Record& record = line.source->records()[line.record];
    draft.copy(line.source->record_bytes(record), line.claim.person);
    BUNDEL_TRY_DONE(set_our_own(draft, line, record));
    copy_comments(draft, passed, record);
    return base::Done{};
}

}  // namespace

Result<std::vector<Segment>> write_forwards(const wire::LayoutRef& layout, const Envelope& envelope,
                                            std::span<const ForwardLine> lines) {
    BUNDEL_TRY(all, sorted(layout, lines));
    Draft draft(layout);
    open_claims(draft, envelope, first_care_day(lines));
    BUNDEL_TRY_DONE(take_over_declarant(draft, *all.front().line->source));
    const Passed* last = nullptr;
    for (const Passed& passed : all) {
        if (last == nullptr || !under_same_record(*last, passed)) {
            draft.copy(passed.line->source->record_bytes(*passed.insured), passed.line->claim.person);
            copy_comments(draft, passed, *passed.insured);
        }
        last = &passed;
        BUNDEL_TRY_DONE(copy_line(draft, passed));
    }
    return draft.close().finish();
}

}  // namespace bundel::reply
