#include <algorithm>
#include <tuple>

#include "reply/envelope.h"
#include "reply/source.h"

namespace bundel::reply {
namespace {

using wire::Record;

// Who declares, through whom, who is paid and the VAT number: the participant's own words.
constexpr std::string_view taken_over[] = {"COD377", "COD009", "COD181", "COD031", "COD833", "NUM351"};

// Where a kind of record has its own reference, that of the record it takes back, and its debit or credit.
struct Elements {
    std::string_view record;
    std::string_view reference;
    std::string_view previous;
    std::vector<std::string_view> indicators;
};
const Elements& line_elements(const wire::Layout& layout) {
    static const Elements service{"04", "NUM362", "NUM363", {"COD668", "COD665"}};
    static const Elements tariff{"06", "NUM371", "NUM372", {"COD668", "COD665"}};
    return code_of_lines(layout) == code_tariff ? tariff : service;
}
const Elements service_above_tariffs{"04", "NUM362", "NUM363", {"COD043"}};
const Elements activity{"16", "NUM415", "NUM416", {"COD043"}};

Result<std::string> text_of(const wire::Message& source, const Record& record, std::string_view element) {
    BUNDEL_TRY(column, column_of(source.layout(), source.code(record), element));
    return wire::utf8(source.field(record, column));
}

// A line with the 04 and the record 02 it stands under. `woman` is the content of that 02 and of its
// comments, without the numbers that every message gives anew.
struct Passed {
    const ForwardLine* line = nullptr;
    const Record* insured = nullptr;
    std::size_t service = 0;
    std::string woman;
    std::string rank;      // orders the services of a woman: the reference of what goes
    bool as_it_is = true;  // under its own reference, and no credit of ours
};

Result<Passed> passed(const ForwardLine& line) {
    BUNDEL_ASSERT(!line.claim.person.is_nobody());
    const wire::Message& source = *line.source;
    BUNDEL_TRY(number, column_of(source.layout(), wire::code_insured, "NUM040"));
    BUNDEL_TRY(text, column_of(source.layout(), wire::code_comment, "OMS016"));
    const Record& insured = insured_above(source, line.record);
    Passed result{&line, &insured, service_above(source, line.record), {}, {}, true};
    result.woman = source.record_bytes(insured);
    result.woman.erase(number.offset, number.length);
    for (const Record& comment : comments_under(source, insured)) result.woman += source.field(comment, text);
    BUNDEL_TRY(own, text_of(source, source.records()[line.record], line_elements(source.layout()).reference));
    result.as_it_is = own == line.claim.reference.view();
    result.rank = line.claim.reference.str();
    if (result.service != line.record) {
        BUNDEL_TRY(service, text_of(source, source.records()[result.service], "NUM362"));
        result.rank = std::move(service);
    }
    return result;
}

bool same_service(const Passed& a, const Passed& b) {
    return a.line->source == b.line->source && a.service == b.service;
}

bool under_same_record(const Passed& a, const Passed& b) {
    return a.line->claim.person == b.line->claim.person && a.woman == b.woman;
}

bool in_order(const Passed& a, const Passed& b) {
    // Two sources may give one reference to two services: their bytes tell them apart, whatever the order.
    const auto key = [](const Passed& passed) {
        return std::tuple(passed.line->claim.person, std::string_view(passed.woman),
                          std::string_view(passed.rank));
    };
    if (key(a) != key(b)) return key(a) < key(b);
    if (a.line->source != b.line->source) return a.line->source->bytes() < b.line->source->bytes();
    return a.line->record < b.line->record;
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

void copy_comments(Draft& draft, const Passed& passed, const Record& record) {
    for (const Record& comment : comments_under(*passed.line->source, record)) {
        draft.copy(passed.line->source->record_bytes(comment), passed.line->claim.person);
    }
}

// The few fields of a record that are not the participant's any more.
void set_our_own(Draft& draft, const Elements& elements, std::string_view reference,
                 const std::optional<std::string>& taken_back) {
    draft.set(elements.reference, reference);
    if (!taken_back) return;
    draft.set(elements.previous, *taken_back);
    for (const std::string_view indicator : elements.indicators) draft.set(indicator, "C");
}

void copy_line(Draft& draft, const Passed& passed) {
    const ForwardLine& line = *passed.line;
    const claim::Sent& claim = line.claim;
    const Record& record = line.source->records()[line.record];
    draft.copy(line.source->record_bytes(record), claim.person);
    const auto taken_back = claim.credit ? std::optional(claim.debit.str()) : std::nullopt;
    if (!passed.as_it_is || claim.credit)
        set_our_own(draft, line_elements(line.source->layout()), claim.reference.view(), taken_back);
    copy_comments(draft, passed, record);
}

// What stands above and beside tariff records gets references after the first of those that is ours, so that
// none is used twice: 04 <reference>-P, 16 <reference>-Z1, -Z2, ...
class Renewal {
public:
    explicit Renewal(std::span<const Passed> lines) {
        const auto ours =
            std::find_if(lines.begin(), lines.end(), [](const Passed& p) { return !p.as_it_is; });
        if (ours != lines.end()) first_ = &ours->line->claim;
    }
    // The record of the source copied last. Nothing when all under this 04 is the participant's own.
    Result<base::Done> renew(Draft& draft, const wire::Message& source, const Record& record,
                             const Elements& elements) {
        if (first_ == nullptr) return base::Done{};
        std::optional<std::string> taken_back;
        if (first_->credit) {
            BUNDEL_TRY(before, text_of(source, record, elements.reference));
            taken_back = std::move(before);
        }
        const bool service = elements.record == service_above_tariffs.record;
        const std::string tail = service ? "P" : "Z" + std::to_string(++activities_);
        set_our_own(draft, elements, first_->reference.str() + "-" + tail, taken_back);
        return base::Done{};
    }

private:
    const claim::Sent* first_ = nullptr;
    int activities_ = 0;
};

// A 04 with those of its tariff records that go, and all else that stands under it, in the order of the
// source.
Result<base::Done> copy_service(Draft& draft, std::span<const Passed> lines) {
    const Passed& first = lines.front();
    const wire::Message& source = *first.line->source;
    const values::PersonId person = first.line->claim.person;
    const Record& service = source.records()[first.service];
    Renewal renewal(lines);
    draft.copy(source.record_bytes(service), person);
    BUNDEL_TRY_DONE(renewal.renew(draft, source, service, service_above_tariffs));
    copy_comments(draft, first, service);
    for (const Record& part : parts_under(source, first.service)) {
        const auto index = static_cast<std::size_t>(&part - source.records().data());
        const auto line = std::find_if(lines.begin(), lines.end(),
                                       [&](const Passed& passed) { return passed.line->record == index; });
        if (line != lines.end()) copy_line(draft, *line);
        if (source.code(part) != code_activity) continue;
        draft.copy(source.record_bytes(part), person);
        BUNDEL_TRY_DONE(renewal.renew(draft, source, part, activity));
        copy_comments(draft, first, part);
    }
    return base::Done{};
}

}  // namespace

Result<std::size_t> line_with(const wire::Message& message, const Reference& reference) {
    const wire::Layout& layout = message.layout();
    BUNDEL_TRY(column, column_of(layout, code_of_lines(layout), line_elements(layout).reference));
    const auto records = message.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (message.code(records[i]) != code_of_lines(layout)) continue;
        if (wire::utf8(message.field(records[i], column)) == reference.view()) return i;
    }
    return base::Error{"line_missing", {{"reference", reference.str()}}};
}

Result<std::vector<std::string>> lines_beside(const wire::Message& source, std::size_t record) {
    std::vector<std::string> references;
    const std::size_t service = service_above(source, record);
    if (service == record) return references;
    for (const Record& part : parts_under(source, service)) {
        const bool other = &part != &source.records()[record] && source.code(part) == code_tariff;
        if (!other) continue;
        BUNDEL_TRY(reference, text_of(source, part, line_elements(source.layout()).reference));
        references.push_back(std::move(reference));
    }
    return references;
}

Result<std::vector<Segment>> write_forwards(const wire::LayoutRef& layout, const Envelope& envelope,
                                            std::span<const ForwardLine> lines) {
    BUNDEL_TRY(all, sorted(layout, lines));
    Draft draft(layout);
    open_claims(draft, envelope, first_care_day(lines));
    BUNDEL_TRY_DONE(take_over_declarant(draft, *all.front().line->source));
    const Passed* last = nullptr;
    for (auto next = all.begin(); next != all.end();) {
        if (last == nullptr || !under_same_record(*last, *next)) {
            draft.copy(next->line->source->record_bytes(*next->insured), next->line->claim.person);
            copy_comments(draft, *next, *next->insured);
        }
        last = &*next;
        const auto end =
            std::find_if(next, all.end(), [&](const Passed& p) { return !same_service(*last, p); });
        if (next->service == next->line->record)
            copy_line(draft, *next);
        else
            BUNDEL_TRY_DONE(copy_service(draft, {next, end}));
        next = end;
    }
    return draft.close().finish();
}

}  // namespace bundel::reply
