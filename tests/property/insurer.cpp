#include "insurer.h"

#include <cstdlib>

#include "base/hash.h"
#include "base/text.h"
#include "elements.h"
#include "intake/content.h"
#include "support/rulebook_files.h"
#include "wire/decode.h"
#include "wire/encode.h"

namespace bundel::testing {
namespace {

// What we send has no fault that the official checks would refuse.
void expect_sound(const wire::Message& message, base::Findings& findings) {
    static const rulebook::Rulebook law = load_rulebook();
    static const intake::Known known = intake::known_of(law, std::nullopt);
    intake::Seen seen;
    BUNDEL_ASSERT(intake::check_content(message, known, seen, findings).ok());
    for (const base::Finding& finding : findings) {
        const bool is_note = finding.severity == base::Severity::note;
        EXPECT_TRUE(is_note) << message.layout().name() << " " << finding.code << " " << finding.where.field;
    }
}

wire::Message read(const std::string& bytes) {
    const wire::Layouts& layouts = wire::testing::all_layouts();
    base::Findings findings;
    auto message = wire::decode(bytes, layouts, "ours", findings);
    BUNDEL_ASSERT(message.has_value() && findings.empty());
    expect_sound(*message, findings);
    return std::move(*message);
}

std::string text(const wire::Message& message, const wire::Record& record, std::string_view element) {
    const auto column = column_of(message.layout(), message.code(record), element);
    return std::string(message.field(record, column));
}

values::Cents cents(const wire::Message& message, const wire::Record& record, std::string_view amount,
                    std::string_view side) {
    return *wire::signed_cents(text(message, record, amount), text(message, record, side));
}

// Who declares, to whom, which performance, how much.
std::string content_of(const wire::Message& message, const wire::Record& line) {
    const bool hospital = message.code(line) == wire::code_tariff;
    const auto& head = message.records().front();
    return text(message, head, "COD061") + text(message, head, "COD009") + text(message, head, "COD181") +
           text(message, head, "COD031") + text(message, line, hospital ? "COD692" : "COD367") +
           text(message, line, hospital ? "COD695" : "COD388") + text(message, line, "BED161");
}

}  // namespace

ContentInsurer::Verdict ContentInsurer::judge(const std::string& content, std::int64_t claimed) const {
    const auto digest = base::Hasher().add(content).add(static_cast<std::int64_t>(salt_)).finish();
    const int mood = digest.bytes[0] % 4;
    const bool rejects = habit_ == Habit::rejects_some || habit_ == Habit::both;
    const bool reduces = habit_ == Habit::reduces_some || habit_ == Habit::both;
    if (mood == 0 && rejects) return {0, "0559"};
    if (mood == 1 && reduces) return {claimed * 2 / 3, "0631"};
    return {claimed, ""};
}

// On the record appended last; what was granted.
values::Cents ContentInsurer::write_verdict(wire::Writer& writer, const wire::Layout& layout,
                                            const wire::Message& message, const wire::Record& line) const {
    const std::string_view record = message.code(line);
    const auto claimed = cents(message, line, "BED161", "COD665");
    const bool credit = text(message, line, "COD665") == "C";
    const auto verdict = judge(content_of(message, line), std::abs(claimed.count()));
    const auto granted = credit ? claimed : values::Cents::of(verdict.granted);
    for (const auto& [amount, side] : {std::pair("BED165", "COD672"), std::pair("BED166", "COD673")})
        writer.set_signed(column_of(layout, record, amount), column_of(layout, record, side), granted);
    if (!credit) writer.set(column_of(layout, record, "COD954"), verdict.code);
    return granted;
}

std::string ContentInsurer::answer(const std::string& bytes, int serial, std::size_t part,
                                   std::size_t parts) const {
    const wire::Message message = read(bytes);
    const wire::Layout& ours = message.layout();
    const auto layout = wire::testing::all_layouts().answer_to(ours);
    const auto& head = message.records().front();
    const std::string_view judged = line_record(ours);
    wire::Writer writer(layout);
    writer.copy(message.record_bytes(head)).set(column_of(*layout, "01", "COD954"), "0000");
    writer.set(column_of(*layout, "01", "NUM370"), "ZV-" + std::to_string(serial));
    writer.set(column_of(*layout, "01", "DAT277"), *wire::date(text(message, head, "DAT031")));
    const wire::Record* woman = nullptr;
    const wire::Record* written = nullptr;
    std::size_t place = 0;
    bool answered = false;  // what stands below the record 04 goes with it
    values::Cents total;
    for (const wire::Record& record : message.records()) {
        const std::string_view code = message.code(record);
        if (code == wire::code_insured) woman = &record;
        if (code == wire::code_insured || code == wire::code_closing) answered = false;
        if (code == wire::code_performance) answered = place++ % parts == part;
        if (!answered) continue;
        if (woman != written) writer.copy(message.record_bytes(*woman));
        written = woman;
        writer.copy(message.record_bytes(record));
        if (code == judged) total += write_verdict(writer, *layout, message, record);
    }
    const auto& closing = message.records().back();
    writer.close().set_signed(column_of(*layout, "99", "BED168"), column_of(*layout, "99", "COD668"),
                              cents(message, closing, "BED025", "COD043"));
    writer.set_signed(column_of(*layout, "99", "BED167"), column_of(*layout, "99", "COD665"), total);
    auto made = writer.finish();
    BUNDEL_ASSERT(made.ok());
    return std::move(*made);
}

std::vector<std::string> ContentInsurer::answers(const std::string& bytes, int& serial, bool in_two) const {
    const wire::Message message = read(bytes);
    std::size_t lines = 0;
    for (const wire::Record& record : message.records())
        lines += message.code(record) == wire::code_performance;
    const std::size_t parts = in_two && lines > 1 ? 2 : 1;
    std::vector<std::string> made;
    for (std::size_t part = 0; part < parts; ++part) made.push_back(answer(bytes, ++serial, part, parts));
    return made;
}

}  // namespace bundel::testing
