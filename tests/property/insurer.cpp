#include "insurer.h"

#include <cstdlib>

#include "base/hash.h"
#include "base/text.h"
#include "wire/decode.h"
#include "wire/encode.h"

namespace bundel::testing {
namespace {

// A field by the element it holds: VK and KZ number their fields differently.
wire::Column column_of(const wire::Layout& layout, std::string_view record, std::string_view element) {
    for (const auto& field : layout.records()[static_cast<std::size_t>(layout.record_index(record))].fields) {
        if (field.element == element) return *layout.column(field.id);
    }
    BUNDEL_ASSERT(false);
    return {};
}

wire::Message read(const std::string& bytes) {
    const wire::Layouts& layouts = wire::testing::all_layouts();
    base::Findings findings;
    auto message = wire::decode(bytes, layouts, "ours", findings);
    BUNDEL_ASSERT(message.has_value() && findings.empty());  // what we send has no fault
    return std::move(*message);
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

std::string ContentInsurer::answer(const std::string& bytes, int serial, std::size_t part,
                                   std::size_t parts) const {
    const wire::Message message = read(bytes);
    const wire::Layout& ours = message.layout();
    const auto layout = wire::testing::layout(ours.message().substr(0, 4) + "2");
    const auto& head = message.records().front();
    const auto text = [&](const wire::Record& record, const char* kind, const char* element) {
        return std::string(message.field(record, column_of(ours, kind, element)));
    };
    const auto cents = [&](const wire::Record& record, const char* kind, const char* amount,
                           const char* side) {
        return *wire::signed_cents(text(record, kind, amount), text(record, kind, side));
    };
    wire::Writer writer(layout);
    writer.copy(message.record_bytes(head)).set(column_of(*layout, "01", "COD954"), "0000");
    writer.set(column_of(*layout, "01", "NUM370"), "ZV-" + std::to_string(serial));
    writer.set(column_of(*layout, "01", "DAT277"), *wire::date(text(head, "01", "DAT031")));
    const wire::Record* woman = nullptr;
    const wire::Record* written = nullptr;
    std::size_t place = 0;
    values::Cents total;
    for (const wire::Record& record : message.records()) {
        if (message.code(record) == wire::code_insured) woman = &record;
        if (message.code(record) != wire::code_performance || place++ % parts != part) continue;
        if (woman != written) writer.copy(message.record_bytes(*woman));
        written = woman;
        const auto claimed = cents(record, "04", "BED161", "COD665");
        const bool credit = text(record, "04", "COD665") == "C";
        const std::string content = text(head, "01", "COD061") + text(head, "01", "COD009") +
                                    text(head, "01", "COD031") + text(record, "04", "COD367") +
                                    text(record, "04", "COD388") + text(record, "04", "BED161");
        const auto verdict = judge(content, std::abs(claimed.count()));
        const auto granted = credit ? claimed : values::Cents::of(verdict.granted);
        writer.copy(message.record_bytes(record));
        writer.set_signed(column_of(*layout, "04", "BED165"), column_of(*layout, "04", "COD672"), granted);
        writer.set_signed(column_of(*layout, "04", "BED166"), column_of(*layout, "04", "COD673"), granted);
        if (!credit) writer.set(column_of(*layout, "04", "COD954"), verdict.code);
        total += granted;
    }
    const auto& closing = message.records().back();
    writer.close().set_signed(column_of(*layout, "99", "BED168"), column_of(*layout, "99", "COD668"),
                              cents(closing, "99", "BED025", "COD043"));
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
