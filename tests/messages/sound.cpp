#include "messages/sound.h"

#include "intake/content.h"
#include "support/rulebook_files.h"
#include "wire/encode.h"
#include "wire/scan.h"
#include "wire/testing.h"

namespace bundel::messages {
namespace {

// What a sound field holds, by its element. Synthetic: of nobody.
const Elements& usual() {
    static const Elements elements = {
        {"COD856", "T"},        {"COD061", "9101"},     {"COD009", "08001101"},  {"COD181", "08000101"},
        {"COD833", "03"},       {"DAT043", "20240301"}, {"DAT044", "20240331"},  {"NUM029", "F-1"},
        {"DAT031", "20240402"}, {"COD363", "EUR"},      {"NUM313", "999990019"}, {"DAT006", "19900102"},
        {"COD134", "2"},        {"COD700", "1"},        {"NAM193", "Voorbeeld"}, {"NAM025", "A"},
        {"COD083", "1234AB"},   {"NUM030", "7"},        {"COD841", "2"},         {"COD820", "1"},
        {"DAT001", "20240304"}, {"DAT003", "20240308"}, {"COD367", "032"},       {"COD692", "032"},
        {"COD388", "1101"},     {"COD695", "990100"},   {"COD089", "08001101"},  {"ANT054", "1"},
        {"BED160", "1000"},     {"BED153", "1000"},     {"BED161", "1000"},      {"COD668", "D"},
        {"COD665", "D"},        {"COD043", "D"},        {"OMS016", "x"},         {"DAT315", "20240304"},
        {"DAT316", "20240304"}, {"ANT094", "10000"},    {"COD029", "02"},        {"COD150", "1"},
        {"COD316", "D-1"},      {"COD829", "1"},        {"NAM214", "Voorbeeld"}, {"NAM141", "Straat"},
        {"NUM098", "7"},        {"NAM142", "Delft"}};
    return elements;
}

bool has_own_reference(std::string_view element) {
    return element == "NUM362" || element == "NUM371" || element == "NUM415";
}

// A field that the table does not know is filled when it must be.
std::string otherwise(const wire::Field& field) {
    if (field.use != wire::Use::mandatory || field.zero_is_value) return "";
    return field.is_date ? "20240304" : field.kind == wire::Kind::digits ? "1" : "A";
}

bool is_written_by_itself(const wire::Layout& layout, const wire::Field& field) {
    const bool is_mark = !layout.mark_value().empty() && field.id == layout.field(layout.mark_column()).id;
    return is_mark || !field.constant.empty() || field.use == wire::Use::reserve ||
           field.element == "NUM040" || field.element == "NUM109";
}

std::string content(const wire::Field& field, const Elements& elements, std::size_t line) {
    if (const auto given = elements.find(field.element); given != elements.end()) return given->second;
    if (has_own_reference(field.element)) return "R-" + std::to_string(line);
    const auto known = usual().find(field.element);
    if (known != usual().end() && known->second.size() <= static_cast<std::size_t>(field.length))
        return known->second;
    return otherwise(field);
}

void add_existing(const wire::Layout& layout, std::vector<Part>& parts,
                  std::initializer_list<const char*> codes) {
    for (const char* code : codes) {
        if (layout.record_index(code) >= 0) parts.push_back({code, {}});
    }
}

}  // namespace

std::vector<Part> sound_parts(const wire::Layout& layout) {
    std::vector<Part> parts;
    add_existing(layout, parts, {"01", "02", "04", "06", "16", "98", "04"});
    // What the one layout with patterns asks.
    if (layout.message() != "AW319") return parts;
    for (Part& part : parts)
        part.elements.insert(
            {{"COD031", "06000001"}, {"COD367", "055"}, {"COD388", "A1234"}, {"ANT094", "0"}});
    return parts;
}

std::string write(const wire::LayoutRef& layout, const std::vector<Part>& parts) {
    wire::Writer writer(layout);
    std::size_t line = 0;
    for (const Part& part : parts) {
        ++line;
        writer.append(part.code);
        const auto& record = layout->records()[static_cast<std::size_t>(layout->record_index(part.code))];
        for (const wire::Field& field : record.fields) {
            if (is_written_by_itself(*layout, field)) continue;
            writer.set(*layout->column(field.id), content(field, part.elements, line));
        }
    }
    auto bytes = writer.close().finish();
    EXPECT_TRUE(bytes.ok()) << layout->name() << " " << (bytes.ok() ? "" : testing::as_text(bytes.error()));
    return bytes.ok() ? *bytes : "";
}

const rulebook::Rulebook& law() {
    static const rulebook::Rulebook book = testing::load_rulebook();
    return book;
}

const wire::Layouts& layouts() {
    return wire::testing::all_layouts();
}

namespace {

void check_one(std::string_view bytes, const intake::Known& known, intake::Seen& seen,
               base::Findings& findings) {
    const auto layout = layouts().recognise(bytes, "f", findings);
    if (!layout) return;
    auto content = intake::ContentCheck::create(layout, "f", known, seen, findings);
    ASSERT_TRUE(content.ok()) << testing::as_text(content.error());
    wire::Scan scan(layout, "f", findings, [&](const wire::Record& record, std::string_view line) {
        (*content)->add(record, line);
    });
    scan.feed(bytes);
    scan.finish();
    (*content)->finish();
}

}  // namespace

base::Findings check(std::string_view bytes, const std::vector<std::string>& earlier) {
    const intake::Known known{law().codelists(), {}, today, !earlier.empty()};
    intake::Seen seen;
    base::Findings ignored;
    for (const std::string& file : earlier) check_one(file, known, seen, ignored);
    base::Findings findings;
    check_one(bytes, known, seen, findings);
    return findings;
}

std::string told(const base::Findings& findings) {
    std::string text;
    for (const base::Finding& finding : findings) {
        if (finding.severity == base::Severity::note) continue;
        text += std::to_string(finding.where.record) + " " + finding.where.field + " " + finding.code + " " +
                finding.return_code + " " + "XTDO"[static_cast<std::size_t>(finding.severity)] + "; ";
    }
    return text;
}

}  // namespace bundel::messages
