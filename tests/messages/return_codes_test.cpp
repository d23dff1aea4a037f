// The mutation table: for every return code that the checks give, sound messages with one seeded fault, and
// that code first, on the right record and field. docs/reference/return-codes.md is made from it:
// BUNDEL_UPDATE_GOLDEN=1 writes it anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include "messages/sound.h"
#include "texts/texts.h"
#include "wire/testing.h"

namespace bundel::messages {
namespace {

constexpr const char* page_file = BUNDEL_SOURCE_DIR "/docs/reference/return-codes.md";

// What a fault is told as.
struct Told {
    int level = 0;
    std::string return_code;
    base::Severity severity = base::Severity::note;
    std::string code;
    long line = 0;
    std::string field;  // empty: the whole line or file
};

struct Mutation {
    std::string layout;
    Told told;
    std::string bytes;
    std::vector<std::string> earlier;
};

using base::Severity;

// Of VK301: 1 01, 2 02, 3 04, 4 98, 5 04, 6 99. Of ZH308 9.0: 1 01, 2 02, 3 04, 4 06, 5 16, 6 98, 7 04, 8 99.
std::string sound(const char* name) {
    const wire::LayoutRef layout = wire::testing::layout(name);
    return write(layout, sound_parts(*layout));
}

// Faults in bytes: what a writer could not make. Positions are 1-based.
class Bytes {
public:
    explicit Bytes(const char* layout)
        : bytes_(sound(layout)), stride_(wire::testing::layout(layout)->record_length() + 2) {}
    Bytes& put(std::size_t line, std::size_t position, std::string_view text) {
        bytes_.replace(at(line) + position - 1, text.size(), text);
        return *this;
    }
    Bytes& insert(std::size_t line, std::size_t position, std::string_view text) {
        bytes_.insert(at(line) + position - 1, text);
        return *this;
    }
    Bytes& erase(std::size_t line, std::size_t position, std::size_t size) {
        bytes_.erase(at(line) + position - 1, size);
        return *this;
    }
    Bytes& erase_line(std::size_t line) { return erase(line, 1, stride_); }
    Bytes& repeat_line(std::size_t line, std::size_t before) {
        return insert(before, 1, std::string(bytes_, at(line), stride_));
    }
    const std::string& bytes() const { return bytes_; }

private:
    std::size_t at(std::size_t line) const { return (line - 1) * stride_; }
    std::string bytes_;
    std::size_t stride_;
};

void add_files(std::vector<Mutation>& all) {
    const auto x = Severity::file_refused;
    const auto vk = [] { return Bytes("VK301"); };
    const auto add = [&](int level, const char* return_code, const char* code, long line, const char* field,
                         const Bytes& bytes) {
        all.push_back({"VK301-2.2", {level, return_code, x, code, line, field}, bytes.bytes(), {}});
    };
    all.push_back({"VK301-2.2", {1, "0001", x, "file_empty", 0, ""}, "", {}});
    add(1, "0002", "header_unreadable", 1, "0101", vk().put(1, 1, "xx"));
    add(1, "0002", "byte_order_mark", 1, "0101", vk().insert(1, 1, "\xEF\xBB\xBF"));
    add(1, "0010", "message_kind_unknown", 1, "0102", vk().put(1, 3, "999"));
    add(1, "0011", "version_unknown", 1, "0103", vk().put(1, 6, "99"));
    add(1, "8027", "subversion_unknown", 1, "0104", vk().put(1, 8, "99"));
    add(2, "0002", "record_code", 4, "", vk().put(4, 1, "97"));
    add(2, "0804", "record_length", 3, "", vk().erase(3, 300, 1));
    add(2, "8095", "crlf_missing", 3, "", vk().erase(3, 311, 1));
    add(2, "8095", "crlf_missing", 6, "", vk().erase(6, 311, 2));
    add(2, "8095", "crlf_without_record", 3, "", vk().insert(3, 1, "\r\n"));
    add(2, "8026", "header_repeated", 2, "", vk().repeat_line(1, 2));
    add(2, "8026", "closing_missing", 5, "", vk().erase_line(6));
    add(2, "8026", "closing_repeated", 7, "", vk().repeat_line(6, 7));
    add(2, "8026", "record_after_closing", 7, "", vk().repeat_line(5, 7));
    add(2, "8026", "comment_without_detail", 2, "", vk().repeat_line(4, 2));
    add(2, "8026", "record_order", 2, "", vk().repeat_line(3, 2));
    add(2, "0801", "detail_number", 5, "0402", vk().put(5, 14, "9"));
    add(2, "0801", "comment_other_detail", 4, "9802", vk().put(4, 14, "9"));
    add(3, "0151", "closing_count", 6, "9902", vk().put(6, 8, "9"));
    add(3, "0157", "closing_count", 6, "9903", vk().put(6, 14, "9"));
    add(3, "0158", "closing_count", 6, "9904", vk().put(6, 20, "9"));
    add(3, "0153", "closing_count", 6, "9905", vk().put(6, 26, "9"));
    add(3, "0156", "closing_count", 6, "9906", vk().put(6, 33, "9"));
    add(3, "0150", "closing_total", 6, "9907", vk().put(6, 44, "9"));
    all.push_back({"VK301-2.2",
                   {2, "0754", Severity::line_refused, "comment_number", 4, "9803"},
                   vk().put(4, 18, "9").bytes(),
                   {}});
}

// Level 3: each field with a return code, by letters, a day that does not exist, or nothing at all.
void add_shapes(std::vector<Mutation>& all, const wire::LayoutRef& layout, const std::vector<Part>& parts) {
    const std::string good = write(layout, parts);
    const std::size_t stride = layout->record_length() + 2;
    std::set<std::string> seen;
    for (std::size_t line = 0; line < good.size() / stride; ++line) {
        const int index = layout->record_index(std::string_view(good).substr(line * stride, 2));
        const wire::RecordLayout& record = layout->records()[static_cast<std::size_t>(index)];
        if (!seen.insert(record.code).second) continue;
        for (const wire::Field& field : record.fields) {
            if (field.return_code.empty() || !field.constant.empty()) continue;
            const auto spoil = [&](const char* code, std::string_view content) {
                std::string bytes = good;
                bytes.replace(line * stride + static_cast<std::size_t>(field.position) - 1, content.size(),
                              content);
                all.push_back(
                    {layout->name(),
                     {3, field.return_code, field.severity, code, static_cast<long>(line + 1), field.id},
                     std::move(bytes),
                     {}});
            };
            const bool is_number = field.element == "NUM040" || field.element == "NUM109";
            if (is_number) continue;  // level 2 follows them
            const bool is_digits = field.kind == wire::Kind::digits;
            spoil(is_digits ? "field_not_digits" : "field_control_character", is_digits ? "x" : "\t");
            if (field.is_date) spoil("field_no_date", "20240230");
            const bool may_be_empty = field.use != wire::Use::mandatory || field.zero_is_value;
            if (!may_be_empty)
                spoil("field_empty",
                      std::string(static_cast<std::size_t>(field.length), is_digits ? '0' : ' '));
        }
    }
}

void add_shapes(std::vector<Mutation>& all) {
    for (const wire::LayoutRef& layout : layouts().all()) {
        if (layout->is_return()) continue;
        std::vector<Part> parts = sound_parts(*layout);
        if (layout->record_index("03") >= 0) {
            parts.insert(parts.begin() + 2, {"03", {}});
            parts[0].elements["COD061"] = "";  // to a billing office: there debtors may be named
            parts[0].elements["COD377"] = "98000001";
        }
        EXPECT_EQ(told(check(write(layout, parts))), "") << layout->name();
        add_shapes(all, layout, parts);
    }
}

// Levels 4 and 5: by element, in the part of sound_parts with this index.
struct Content {
    const char* layout;
    std::size_t part;
    Elements elements;
    Told told;
};

const std::vector<Content>& contents() {
    const auto d = Severity::line_refused;
    const auto t = Severity::claim_refused;
    const auto x = Severity::file_refused;
    const char* vk = "VK301";
    const char* zh = "ZH308-9.0";
    const Elements credit{{"COD668", "C"}, {"COD665", "C"}, {"COD388", "1102"}};
    static const std::vector<Content> rows = {
        {vk, 0, {{"COD856", "X"}}, {4, "8028", x, "content_code_absent", 1, "0105"}},
        {vk, 0, {{"NUM029", " F"}}, {4, "0030", t, "content_leading_space", 1, "0116"}},
        {vk, 0, {{"COD377", "00000001"}}, {4, "0013", t, "content_agb", 1, "0109"}},
        {vk, 0, {{"COD009", "00000001"}}, {4, "0014", t, "content_agb", 1, "0110"}},
        {vk, 0, {{"COD181", "08000000"}}, {4, "0016", t, "content_agb", 1, "0111"}},
        {vk, 0, {{"COD031", "00000001"}}, {4, "0017", t, "content_agb", 1, "0112"}},
        {vk, 1, {{"NUM313", "999990018"}}, {4, "0435", d, "content_bsn", 2, "0203"}},
        {vk, 1, {{"NUM313", ""}}, {4, "0435", d, "content_bsn", 2, "0203"}},
        {vk, 1, {{"NAM193", " A"}}, {4, "0312", d, "content_leading_space", 2, "0210"}},
        {vk, 1, {{"NAM025", " A"}}, {4, "0310", d, "content_leading_space", 2, "0215"}},
        {vk, 0, {{"COD833", "99"}}, {5, "8029", x, "content_value", 1, "0113"}},
        {vk, 0, {{"COD061", ""}}, {5, "0018", t, "content_receiver", 1, "0108"}},
        {vk, 1, {{"COD134", "9"}}, {4, "0351", d, "content_value", 2, "0208"}},
        {vk, 1, {{"COD700", "3"}}, {4, "0317", d, "content_value", 2, "0209"}},
        {vk, 1, {{"COD829", "5"}}, {4, "0397", d, "content_value", 2, "0216"}},
        {vk, 2, {{"COD089", "00000001"}}, {4, "8011", d, "content_agb", 3, "0417"}},
        {vk, 2, {{"COD668", "X"}}, {4, "0631", d, "content_code_absent", 3, "0425"}},
        {vk, 2, {{"COD665", "X"}}, {4, "0631", d, "content_code_absent", 3, "0428"}},
        {vk, 2, {{"NUM362", " R"}}, {4, "8021", d, "content_leading_space", 3, "0429"}},
        {"AW319", 2, {{"COD367", "032"}}, {4, "0581", d, "content_pattern", 3, "0416"}},
        {vk, 0, {{"DAT043", "20240401"}}, {5, "0021", x, "content_period_reversed", 1, "0115"}},
        {vk, 0, {{"DAT031", "20240330"}}, {5, "0025", t, "content_invoice_before_period_end", 1, "0117"}},
        {vk, 0, {{"DAT031", "20240602"}}, {5, "0025", t, "content_invoice_in_future", 1, "0117"}},
        {vk, 0, {{"COD009", ""}}, {5, "0014", t, "content_provider_missing", 1, "0110"}},
        {vk,
         0,
         {{"COD009", ""}, {"COD181", ""}, {"COD833", "01"}, {"COD377", "98000001"}},
         {5, "0014", t, "content_declarant", 1, "0110"}},
        {vk, 0, {{"COD833", "04"}}, {5, "8029", x, "content_payee", 1, "0113"}},
        {vk, 2, {{"NUM313", "999990020"}}, {5, "0435", d, "content_differs_from_insured", 3, "0403"}},
        {vk, 2, {{"COD061", "9102"}}, {5, "0423", d, "content_differs_from_insured", 3, "0404"}},
        {vk, 2, {{"DAT003", "20240303"}}, {5, "8007", d, "content_care_reversed", 3, "0413"}},
        {vk,
         2,
         {{"DAT001", "20240403"}, {"DAT003", "20240403"}},
         {5, "8177", d, "content_begin_after_invoice", 3, "0412"}},
        {vk, 2, {{"DAT003", "20240403"}}, {5, "8178", d, "content_end_after_invoice", 3, "0413"}},
        {vk, 2, {{"COD089", ""}}, {5, "8011", d, "content_specialism_missing", 3, "0418"}},
        {vk, 2, {{"COD668", "C"}}, {5, "8064", d, "content_sides_differ", 3, "0428"}},
        {vk, 2, {{"BED153", "999"}}, {5, "8063", d, "content_calculated_low", 3, "0424"}},
        {vk, 2, credit, {5, "0651", d, "content_previous_missing", 3, "0430"}},
        {vk, 2, {{"NUM363", "R-3"}}, {5, "0651", d, "content_previous_self", 3, "0430"}},
        {vk, 4, {{"NUM362", "R-3"}}, {5, "8021", d, "content_reference_repeated", 5, "0429"}},
        {vk,
         4,
         {{"COD668", "C"}, {"COD665", "C"}, {"NUM363", "R-3"}},
         {5, "8062", d, "content_debit_and_credit", 5, "0429"}},
        {"PM304", 2, {{"DAT272", "20240403"}}, {5, "8176", d, "content_day_after_invoice", 3, "0408"}},
        {zh, 3, {{"COD061", "9102"}}, {5, "0423", d, "content_differs_from_insured", 4, "0604"}},
        {zh, 3, {{"COD692", "041"}}, {5, "0581", d, "content_differs_from_performance", 4, "0606"}},
        {zh, 3, {{"COD695", "990101"}}, {5, "0582", d, "content_differs_from_performance", 4, "0608"}},
        {zh, 3, {{"DAT001", "20240305"}}, {5, "8007", d, "content_differs_from_performance", 4, "0609"}},
        {zh, 3, {{"BED153", "999"}}, {5, "8063", d, "content_calculated_low", 4, "0617"}},
        {zh, 3, {{"COD668", "C"}}, {5, "8064", d, "content_sides_differ", 4, "0621"}},
        {zh, 4, {{"NUM313", "999990020"}}, {5, "0435", d, "content_differs_from_insured", 5, "1603"}},
        {zh,
         4,
         {{"DAT315", "20240403"}, {"DAT316", "20240403"}},
         {5, "8176", d, "content_activity_after_invoice", 5, "1612"}},
    };
    return rows;
}

void add_contents(std::vector<Mutation>& all) {
    for (const Content& row : contents()) {
        const wire::LayoutRef layout = wire::testing::layout(row.layout);
        std::vector<Part> parts = sound_parts(*layout);
        for (const auto& [element, value] : row.elements) parts[row.part].elements[element] = value;
        all.push_back({layout->name(), row.told, write(layout, parts), {}});
    }
}

void add_seen_before(std::vector<Mutation>& all) {
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    const auto d = Severity::line_refused;
    std::vector<Part> parts = sound_parts(*layout);
    const std::string march = write(layout, parts);
    all.push_back({"VK301-2.2",
                   {5, "0030", Severity::claim_refused, "content_invoice_repeated", 1, "0116"},
                   march,
                   {march}});
    parts[0].elements["NUM029"] = "F-2";
    all.push_back({"VK301-2.2",
                   {5, "8021", d, "content_reference_repeated", 3, "0429"},
                   write(layout, parts),
                   {march}});
    parts[2].elements = {{"NUM362", "S"}, {"NUM363", "R-3"}, {"COD668", "C"}, {"COD665", "C"}};
    parts[4].elements = {{"NUM362", "T"}, {"COD388", "1102"}};
    const std::string credited = write(layout, parts);
    parts[0].elements["NUM029"] = "F-3";
    parts[2].elements["NUM362"] = "U";
    parts[4].elements["NUM362"] = "V";
    const std::string again = write(layout, parts);
    all.push_back(
        {"VK301-2.2", {5, "8084", d, "content_credited_before", 3, "0430"}, again, {march, credited}});
    parts[2].elements["NUM363"] = "R-9";
    all.push_back(
        {"VK301-2.2", {5, "8017", d, "content_debit_unknown", 3, "0430"}, write(layout, parts), {march}});
    std::vector<Part> debtor = sound_parts(*layout);
    debtor.insert(debtor.begin() + 2, {"03", {}});
    all.push_back({"VK301-2.2",
                   {5, "8075", Severity::claim_refused, "content_debtor_record", 3, "0301"},
                   write(layout, debtor),
                   {}});
}

const std::vector<Mutation>& mutations() {
    static const std::vector<Mutation> all = [] {
        std::vector<Mutation> made;
        add_files(made);
        add_shapes(made);
        add_contents(made);
        add_seen_before(made);
        return made;
    }();
    return all;
}

TEST(ReturnCodes, OneSeededFaultIsToldFirstOnItsRecordAndField) {
    for (const Mutation& mutation : mutations()) {
        const Told& told = mutation.told;
        const std::string name =
            mutation.layout + " " + told.return_code + " " + told.code + " " + told.field;
        const base::Findings findings = check(mutation.bytes, mutation.earlier);
        ASSERT_FALSE(findings.empty()) << name;
        const base::Finding& first = findings.front();
        EXPECT_EQ(first.code, told.code) << name;
        EXPECT_EQ(first.return_code, told.return_code) << name;
        EXPECT_EQ(first.severity, told.severity) << name;
        EXPECT_EQ(first.where.record, told.line) << name;
        EXPECT_EQ(first.where.field, told.field) << name;
        EXPECT_TRUE(texts::Texts::dutch().has(first.code)) << first.code;
    }
}

std::set<std::string> covered() {
    std::set<std::string> codes;
    for (const Mutation& mutation : mutations()) codes.insert(mutation.told.return_code);
    return codes;
}

// Of the layouts and of the sources of the checks, so that a new one cannot go without a row.
TEST(ReturnCodes, EveryCodeThatTheChecksCanGiveHasARow) {
    std::set<std::string> given;
    for (const wire::LayoutRef& layout : layouts().all()) {
        if (layout->is_return()) continue;
        for (const wire::RecordLayout& record : layout->records())
            for (const wire::Field& field : record.fields) given.insert(field.return_code);
    }
    const std::regex literal("\"([0-9]{4})\"");
    for (const char* file : {"wire/scan.cpp", "wire/layouts.cpp", "intake/content.cpp",
                             "intake/content_rules.cpp", "intake/seen_lines.cpp"}) {
        std::stringstream source;
        source << std::ifstream(std::string(BUNDEL_SOURCE_DIR) + "/src/" + file).rdbuf();
        const std::string text = source.str();
        ASSERT_FALSE(text.empty()) << file;
        for (std::sregex_iterator i(text.begin(), text.end(), literal), end; i != end; ++i) {
            const rulebook::ReturnCode* known = law().return_code((*i)[1].str());
            const bool is_refusal = known != nullptr && known->severity != 'O';
            if (is_refusal) given.insert((*i)[1]);  // else: a field, or what an answer says
        }
    }
    given.erase("");
    const std::set<std::string> rows = covered();
    for (const std::string& code : given) EXPECT_TRUE(rows.contains(code)) << code;
    EXPECT_GE(rows.size(), 60U);
}

TEST(ReturnCodes, EveryCodeIsOfThePublishedListAndHasARepair) {
    for (const std::string& code : covered()) {
        const rulebook::ReturnCode* known = law().return_code(code);
        ASSERT_NE(known, nullptr) << code;
        EXPECT_TRUE(texts::Texts::dutch().has(known->repair)) << code;
    }
}

// One row of the page: a code, told in one way at one level.
struct PageRow {
    std::string sentence;  // as the first one says it
    std::set<std::string> fields;
};

std::string cell(std::string text) {
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
}

std::string page() {
    std::map<std::string, std::map<std::pair<int, std::string>, PageRow>> codes;
    for (const Mutation& mutation : mutations()) {
        const Told& told = mutation.told;
        auto& row = codes[told.return_code][{told.level, told.code}];
        if (row.sentence.empty()) {
            const base::Finding first = check(mutation.bytes, mutation.earlier).front();
            row.sentence = texts::Texts::dutch().sentence(first.code, first.params);
        }
        row.fields.insert(mutation.layout + (told.field.empty() ? "" : " " + told.field));
    }
    const texts::Texts& texts = texts::Texts::dutch();
    std::ostringstream out;
    out << "# Return codes\n\n"
           "Made by `messages_test` from its table of seeded faults; do not edit. Every row was tried: a "
           "sound message with\n"
           "this one fault, and this code first. Severity: X the file, T the whole invoice, D this record, O "
           "a note. Levels:\n"
           "1 file, 2 lines, 3 shape of fields, 4 content of a field, 5 relations. Code and text: COD954 "
           "(see\n"
           "[sources](../sources.md)), Vektis.\n";
    for (const auto& [code, rows] : codes) {
        const rulebook::ReturnCode& known = *law().return_code(code);
        out << "\n## " << code << (known.severity == ' ' ? "" : std::string(" (") + known.severity + ")")
            << "\n\n"
            << cell(known.text) << "  \n"
            << "Herstel: " << texts.sentence(known.repair) << "\n\n"
            << "| level | finding | says | tried in |\n|---|---|---|---|\n";
        for (const auto& [what, row] : rows) {
            out << "| " << what.first << " | `" << what.second << "` | " << cell(row.sentence) << " | ";
            std::size_t shown = 0;
            for (const std::string& field : row.fields) {
                if (++shown > 3) break;
                out << (shown == 1 ? "" : ", ") << field;
            }
            if (row.fields.size() > 3) out << " and " << row.fields.size() - 3 << " more";
            out << " |\n";
        }
    }
    return out.str();
}

TEST(ReturnCodes, ThePageInTheDocumentationIsThisTable) {
    if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) std::ofstream(page_file) << page();
    std::stringstream written;
    written << std::ifstream(page_file).rdbuf();
    EXPECT_TRUE(written.str() == page()) << "run messages_test with BUNDEL_UPDATE_GOLDEN=1";
}

}  // namespace
}  // namespace bundel::messages
