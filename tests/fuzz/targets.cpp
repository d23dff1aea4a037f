#include "fuzz/targets.h"

#include <algorithm>
#include <string>

#include "base/assert.h"
#include "intake/content.h"
#include "intake/intake.h"
#include "reply/answer.h"
#include "support/any_vault.h"
#include "wire/anonymise.h"
#include "wire/any_elements.h"
#include "wire/compare.h"
#include "wire/csv.h"
#include "wire/decode.h"
#include "wire/encode.h"
#include "wire/scan.h"
#include "wire/testing.h"
#include "wire/view.h"

namespace bundel::fuzz {
namespace {

using namespace wire;

const values::Date fuzz_day = values::Date::of(2030, 1, 1);

const Layouts& layouts() {
    const Layouts& all = testing::all_layouts();
    return all;
}

void read_every_field(const Message& message) {
    for (const Record& record : message.records()) {
        for (const Field& field : message.layout().records()[record.index].fields) {
            const auto column = *message.layout().column(field.id);
            const auto content = message.field(record, column);
            BUNDEL_ASSERT(content.size() == static_cast<std::size_t>(field.length));
            BUNDEL_ASSERT(text(content).size() <= content.size());
            BUNDEL_ASSERT(utf8(content).size() <= 2 * content.size());
            static_cast<void>(number(content));
            static_cast<void>(date(content));
            static_cast<void>(cents(content));
        }
    }
}

// Copying keeps bytes, except in record 99, which the writer makes itself.
void copy_every_record(const Message& message) {
    Writer writer(message.layout_ref(), Numbering::kept);
    std::size_t kept = 0;
    for (const Record& record : message.records()) {
        if (message.code(record) == code_closing) break;
        writer.copy(message.record_bytes(record));
        kept += message.layout().record_length() + 2;
    }
    if (kept < message.bytes().size()) writer.close();
    const auto bytes = writer.finish();
    // The total of an accepted claim file fits by definition; an answer's is the caller's to set.
    BUNDEL_ASSERT(bytes.ok());
    BUNDEL_ASSERT(bytes->compare(0, kept, message.bytes(), 0, kept) == 0);
}

void check_segments(const std::vector<facts::Segment>& segments, std::string_view bytes) {
    BUNDEL_ASSERT(bundel::intake::bytes_of(segments) == bytes);
}

void check_intake(const bundel::intake::Intake& read, std::string_view bytes) {
    check_segments(read.segments, bytes);
    for (const auto& [person, reading] : read.readings) {
        const bool is_kept =
            person.is_nobody() || std::any_of(read.segments.begin(), read.segments.end(),
                                              [&](const auto& one) { return one.person == person; });
        BUNDEL_ASSERT(is_kept && !reading.empty());
        BUNDEL_ASSERT(facts::decode(facts::encode(reading), base::digest("fuzz"), fuzz_day).ok());
    }
}

}  // namespace

void intake(std::string_view bytes) {
    using namespace bundel::intake;
    AnyVault vault;
    base::Findings findings;
    const Source source{base::digest("fuzz"), fuzz_day};
    const auto table = read_csv(bytes, "fuzz", source, vault, findings);
    BUNDEL_ASSERT(table.ok());
    if (*table) check_intake(**table, bytes);
    const auto message = wire::decode(std::string(bytes), layouts(), "fuzz", findings);
    if (!message) return;
    if (message->layout().is_return()) {
        const auto answers = read_answers(*message, vault, findings);
        BUNDEL_ASSERT(answers.ok());
        check_segments(answers->segments, bytes);
        return;
    }
    const auto claims = read_claims(*message, source, vault, findings);
    BUNDEL_ASSERT(claims.ok());
    check_intake(*claims, bytes);
}

void decode(std::string_view bytes) {
    base::Findings findings;
    LayoutRef layout = layouts().recognise(bytes, "fuzz", findings);
    BUNDEL_ASSERT((layout == nullptr) == !findings.empty());
    if (layout == nullptr) layout = layouts().all().front();
    findings.clear();
    const auto message = wire::decode(std::string(bytes), layout, "fuzz", findings);
    BUNDEL_ASSERT(findings.size() <= findings_max);
    bool is_refused = false;
    for (const auto& finding : findings) is_refused |= finding.severity == base::Severity::file_refused;
    BUNDEL_ASSERT(message.has_value() != is_refused);
    if (!message) return;
    BUNDEL_ASSERT(message->bytes() == bytes);
    read_every_field(*message);
    copy_every_record(*message);
}

void check(std::string_view bytes) {
    // A list that has everything, so that absence is told.
    static const rulebook::CodeLists lists(
        {{"COD046-NEN", {}, "", "", true, {{"1", "man"}, {"2", "vrouw"}}}});
    const bundel::intake::Known known{lists, {values::PerformanceCode::of(32, "1101")}, fuzz_day, true};
    bundel::intake::Seen seen;
    base::Findings recognised, shapes, contents;
    LayoutRef layout = layouts().recognise(bytes, "fuzz", recognised);
    if (layout == nullptr) layout = layouts().all().front();
    const auto content = bundel::intake::ContentCheck::create(layout, "fuzz", known, seen, contents);
    BUNDEL_ASSERT(content.ok());
    Scan scan(layout, "fuzz", shapes,
              [&](const Record& record, std::string_view line) { (*content)->add(record, line); });
    const std::size_t block = 1 + bytes.size() % 613;
    for (std::size_t at = 0; at < bytes.size(); at += block) scan.feed(bytes.substr(at, block));
    scan.finish();
    (*content)->finish();
    base::Findings whole;
    static_cast<void>(wire::decode(std::string(bytes), layout, "fuzz", whole));
    BUNDEL_ASSERT(shapes == whole);
    BUNDEL_ASSERT(contents.size() <= findings_max);
}

void tools(std::string_view bytes) {
    base::Findings findings;
    const LayoutRef found = layouts().recognise(bytes, "fuzz", findings);
    const LayoutRef layout = found == nullptr ? layouts().all().front() : found;
    findings.clear();
    for (const bool is_revealed : {false, true}) {
        Masks masks;
        Viewer viewer(*layout, testing::elements(), masks, is_revealed);
        Scan scan(layout, "fuzz", findings, [&](const Record& record, std::string_view line) {
            for (const FieldView& view : viewer.fields(record, line)) {
                BUNDEL_ASSERT(!is_revealed || !view.is_hidden);
                BUNDEL_ASSERT(view.value.size() <= 2 * static_cast<std::size_t>(view.field->length));
            }
        });
        scan.feed(bytes);
        scan.finish();
    }
    findings.clear();
    const auto message = wire::decode(std::string(bytes), layout, "fuzz", findings);
    if (!message) return;
    BUNDEL_ASSERT(compare(*message, *message, testing::elements()).is_same());
    if (!is_whole(findings)) return;
    const std::string other = Anonymiser(testing::elements(), "a key for fuzzing").anonymise(*message);
    BUNDEL_ASSERT(other.size() == bytes.size());
    findings.clear();
    BUNDEL_ASSERT(wire::decode(other, layout, "fuzz", findings).has_value() && findings.empty());
}

void csv(std::string_view bytes) {
    base::Findings findings;
    const auto table = read_csv(bytes, "fuzz", findings);
    BUNDEL_ASSERT(findings.size() <= findings_max);
    BUNDEL_ASSERT(table.has_value() || !findings.empty());
    if (!table) return;
    // A byte order mark in front, so that one inside the first cell stays there.
    std::string again = "\xEF\xBB\xBF" + csv_line(table->header, table->separator);
    for (const CsvRow& row : table->rows) again += csv_line(row.cells, table->separator);
    findings.clear();
    const auto same = read_csv(again, "fuzz", findings);
    BUNDEL_ASSERT(same.has_value() && findings.empty());
    // With one column an empty cell is an empty line, which is skipped.
    BUNDEL_ASSERT(same->rows.size() == table->rows.size() || table->header.size() == 1);
    static constexpr CsvColumn columns[] = {{"a", CsvKind::day, false, false, ""},
                                            {"b", CsvKind::euros, true, true, ""}};
    static_cast<void>(read_form(*table, {"fuzz", columns}, findings));
}

void answer(std::string_view bytes) {
    base::Findings findings;
    const auto message = reply::received(layouts(), std::string(bytes), "fuzz", findings);
    BUNDEL_ASSERT(message.ok() || (!findings.empty() && message.error().code == "answer_header_missing"));
    if (!message.ok()) return;
    const auto judgement = reply::judge(*message, findings, {});
    if (!judgement.ok()) return;
    const auto written =
        reply::write_answer(layouts(), *message, "", values::Date::of(2024, 1, 1), *judgement);
    if (!written.ok()) return;
    std::string returned;
    for (const auto& segment : *written) returned += segment.bytes;
    findings.clear();
    BUNDEL_ASSERT(
        wire::decode(returned, layouts().answer_to(message->layout()), "fuzz", findings).has_value());
}

void layout(std::string_view bytes) {
    Layouts all = layouts();  // an insert goes into every one
    const auto added = all.read(bytes);
    BUNDEL_ASSERT(added.ok() || added.error().code.starts_with("layout_"));
    auto parsed = Layout::parse(bytes);
    if (!parsed) {
        BUNDEL_ASSERT(parsed.error().code.starts_with("layout_"));
        return;
    }
    const auto shared = std::make_shared<const Layout>(std::move(*parsed));
    Writer writer(shared);
    for (const RecordLayout& record : shared->records()) writer.append(record.code);
    base::Findings findings;
    const auto written = writer.close().finish();
    const std::string file = written.ok() ? *written : std::string(2 * shared->record_length() + 4, ' ');
    static_cast<void>(wire::decode(file, shared, "fuzz", findings));
    BUNDEL_ASSERT(findings.size() <= findings_max);
}

}  // namespace bundel::fuzz
