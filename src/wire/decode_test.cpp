#include "wire/decode.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/text.h"
#include "wire/encode.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

using base::Finding;
using base::Findings;
using base::Severity;

constexpr std::string_view secret_name = "GEHEIMENAAM";
constexpr std::string_view secret_bsn = "999990019";  // synthetic, passes the eleven test

struct Maker {
    LayoutRef layout;
    Writer writer;
    explicit Maker(const char* message) : layout(testing::layout(message)), writer(layout) {}
    Maker& set(const char* field, std::string_view text) {
        writer.set(*layout->column(field), text);
        return *this;
    }
    Maker& add(const char* code) {
        writer.append(code);
        return *this;
    }
};

void add_performance(Maker& m, const char* amount, const char* sign) {
    m.add("04").set("0403", secret_bsn).set("0404", "7001").set("0407", "1").set("0412", "20240105");
    m.set("0413", "20240105").set("0415", "032").set("0416", "1101").set("0417", "08000101");
    m.set("0421", "1").set("0423", amount).set("0424", amount).set("0425", sign).set("0427", amount);
    m.set("0428", sign).set("0429", "V-0001");
}

// Lines: 1 01, 2 02, 3 98, 4 03, 5 04, 6 98, 7 98, 8 04, 9 99.
std::string good_file() {
    Maker m("VK301");
    m.add("01").set("0105", "P").set("0108", "7001").set("0113", "03").set("0114", "20240101");
    m.set("0115", "20240131").set("0116", "F-1").set("0117", "20240201").set("0119", "EUR");
    m.add("02").set("0203", secret_bsn).set("0204", "7001").set("0207", "19900229").set("0208", "2");
    m.set("0207", "19920229").set("0209", "1").set("0210", secret_name).set("0215", "A");
    m.set("0219", "1").set("0223", "2");
    m.add("98").set("9804", "x");
    m.add("03").set("0303", "D1").set("0306", "1").set("0307", secret_name).set("0313", "1");
    m.set("0315", "Straat").set("0316", "1").set("0320", "Delft");
    add_performance(m, "10000", "D");
    m.add("98").set("9804", "een").add("98").set("9804", "twee");
    add_performance(m, "2500", "C");
    m.writer.close();
    auto bytes = m.writer.finish();
    EXPECT_TRUE(bytes.ok()) << bytes.error().code;
    return *bytes;
}

constexpr std::size_t stride = 312;

std::size_t at(std::size_t line, std::size_t position) {
    return (line - 1) * stride + position - 1;
}

void put(std::string& bytes, std::size_t line, std::size_t position, std::string_view text) {
    bytes.replace(at(line, position), text.size(), text);
}

std::string line_of(const std::string& bytes, std::size_t line) {
    return bytes.substr(at(line, 1), stride);
}

TEST(Decode, GoodFileIsReadWithoutFindings) {
    Findings findings;
    const auto message = decode(good_file(), testing::all_layouts(), "in.asc", findings);
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(findings, Findings{});
    ASSERT_EQ(message->records().size(), 9U);
    const std::string codes[] = {"01", "02", "98", "03", "04", "98", "98", "04", "99"};
    for (std::size_t i = 0; i < 9; ++i) {
        EXPECT_EQ(message->code(message->records()[i]), codes[i]);
        EXPECT_EQ(message->records()[i].line, i + 1);
        EXPECT_FALSE(message->records()[i].refused);
    }
    const Record& last = message->records()[7];
    const auto columns =
        message->layout().columns(std::array<std::string_view, 4>{"0402", "0427", "0428", "0412"});
    ASSERT_TRUE(columns.ok());
    EXPECT_EQ(number(message->field(last, (*columns)[0])), 4);
    EXPECT_EQ(signed_cents(message->field(last, (*columns)[1]), message->field(last, (*columns)[2])),
              values::Cents::of(-25'00));
    EXPECT_EQ(date(message->field(last, (*columns)[3])), values::Date::of(2024, 1, 5));
    EXPECT_EQ(message->where(last, (*columns)[3]), (base::Where{"in.asc", 8, "0412", 73, 80}));
}

struct Row {
    const char* name;
    std::function<void(std::string&)> spoil;
    const char* code;
    const char* return_code;
    Severity severity;
    long line;
    const char* field;
    int first_column;
    int last_column;
};

void erase_line(std::string& b, std::size_t line) {
    b.erase(at(line, 1), stride);
}

void repeat_line(std::string& b, std::size_t line, std::size_t before) {
    b.insert(at(before, 1), line_of(b, line));
}

// One fault each, and exactly this finding as the first.
const Row rows[] = {
    // level 1 and 2
    {"empty", [](std::string& b) { b.clear(); }, "file_empty", "0001", Severity::file_refused, 0, "", 0, 0},
    {"code", [](std::string& b) { put(b, 6, 1, "97"); }, "record_code", "0002", Severity::file_refused, 6, "",
     1, 2},
    {"code of letters", [](std::string& b) { put(b, 6, 1, "9x"); }, "record_code", "0002",
     Severity::file_refused, 6, "", 1, 2},
    {"one short", [](std::string& b) { b.erase(at(5, 300), 1); }, "record_length", "0804",
     Severity::file_refused, 5, "", 0, 0},
    {"one long", [](std::string& b) { b.insert(at(5, 300), " "); }, "record_length", "0804",
     Severity::file_refused, 5, "", 0, 0},
    {"LF only", [](std::string& b) { b.erase(at(5, 311), 1); }, "crlf_missing", "8095",
     Severity::file_refused, 5, "", 0, 0},
    {"last CRLF missing", [](std::string& b) { b.resize(b.size() - 2); }, "crlf_missing", "8095",
     Severity::file_refused, 9, "", 0, 0},
    {"space for CR", [](std::string& b) { put(b, 5, 311, " "); }, "record_length", "0804",
     Severity::file_refused, 5, "", 0, 0},
    {"broken in two", [](std::string& b) { put(b, 5, 250, "\r\n"); }, "record_length", "0804",
     Severity::file_refused, 5, "", 0, 0},
    {"empty line", [](std::string& b) { b.insert(at(5, 1), "\r\n"); }, "crlf_without_record", "8095",
     Severity::file_refused, 5, "", 0, 0},
    {"CRLF at the end", [](std::string& b) { b += "\r\n"; }, "crlf_without_record", "8095",
     Severity::file_refused, 10, "", 0, 0},
    {"end-of-file mark", [](std::string& b) { b += '\x1A'; }, "record_code", "0002", Severity::file_refused,
     10, "", 1, 2},
    {"no 01", [](std::string& b) { erase_line(b, 1); }, "header_missing", "8026", Severity::file_refused, 1,
     "", 1, 2},
    {"01 twice", [](std::string& b) { repeat_line(b, 1, 2); }, "header_repeated", "8026",
     Severity::file_refused, 2, "", 1, 2},
    {"01 below", [](std::string& b) { repeat_line(b, 1, 5); }, "header_repeated", "8026",
     Severity::file_refused, 5, "", 1, 2},
    {"no 99", [](std::string& b) { erase_line(b, 9); }, "closing_missing", "8026", Severity::file_refused, 8,
     "", 0, 0},
    {"99 twice", [](std::string& b) { b += line_of(b, 9); }, "closing_repeated", "8026",
     Severity::file_refused, 10, "", 1, 2},
    {"98 after 99", [](std::string& b) { b += line_of(b, 3); }, "record_after_closing", "8026",
     Severity::file_refused, 10, "", 1, 2},
    {"99 too early", [](std::string& b) { repeat_line(b, 9, 2); }, "record_order", "8026",
     Severity::file_refused, 2, "", 1, 2},
    {"no 02", [](std::string& b) { erase_line(b, 2); }, "comment_without_detail", "8026",
     Severity::file_refused, 2, "", 1, 2},
    {"04 without 02", [](std::string& b) { b.erase(at(2, 1), 3 * stride); }, "record_order", "8026",
     Severity::file_refused, 2, "", 1, 2},
    {"02 without 04", [](std::string& b) { b.erase(at(5, 1), 4 * stride); }, "record_order", "8026",
     Severity::file_refused, 5, "", 1, 2},
    {"03 twice", [](std::string& b) { repeat_line(b, 4, 5); }, "record_repeated", "8026",
     Severity::file_refused, 5, "", 1, 2},
    {"03 after 04", [](std::string& b) { repeat_line(b, 4, 6); }, "record_order", "8026",
     Severity::file_refused, 6, "", 1, 2},
    {"number skips", [](std::string& b) { put(b, 4, 3, "000000000003"); }, "detail_number", "0801",
     Severity::file_refused, 4, "0302", 3, 14},
    {"number stays", [](std::string& b) { put(b, 4, 3, "000000000001"); }, "detail_number", "0801",
     Severity::file_refused, 4, "0302", 3, 14},
    {"number starts at 2", [](std::string& b) { put(b, 2, 3, "000000000002"); }, "detail_number", "0801",
     Severity::file_refused, 2, "0202", 3, 14},
    {"number of letters", [](std::string& b) { put(b, 4, 3, "00000000000b"); }, "detail_number", "0801",
     Severity::file_refused, 4, "0302", 3, 14},
    {"98 of another", [](std::string& b) { put(b, 6, 3, "000000000002"); }, "comment_other_detail", "0801",
     Severity::file_refused, 6, "9802", 3, 14},
    {"98 starts at 2", [](std::string& b) { put(b, 6, 15, "0002"); }, "comment_number", "0754",
     Severity::line_refused, 6, "9803", 15, 18},
    {"98 stays at 1", [](std::string& b) { put(b, 7, 15, "0001"); }, "comment_number", "0754",
     Severity::line_refused, 7, "9803", 15, 18},
    // level 3
    {"another version", [](std::string& b) { put(b, 1, 6, "03"); }, "field_constant", "0011",
     Severity::file_refused, 1, "0103", 6, 7},
    {"letters in an amount", [](std::string& b) { put(b, 5, 155, "0001000o"); }, "field_not_digits", "8033",
     Severity::line_refused, 5, "0427", 155, 162},
    {"one past 9", [](std::string& b) { put(b, 5, 155, "0001000:"); }, "field_not_digits", "8033",
     Severity::line_refused, 5, "0427", 155, 162},
    {"one before 0", [](std::string& b) { put(b, 5, 155, "0001000/"); }, "field_not_digits", "8033",
     Severity::line_refused, 5, "0427", 155, 162},
    {"spaces in an amount", [](std::string& b) { put(b, 5, 155, "   10000"); }, "field_not_digits", "8033",
     Severity::line_refused, 5, "0427", 155, 162},
    {"letters in a BSN", [](std::string& b) { put(b, 5, 15, "99999001x"); }, "field_not_digits", "0435",
     Severity::line_refused, 5, "0403", 15, 23},
    {"30 February", [](std::string& b) { put(b, 5, 73, "20240230"); }, "field_no_date", "8007",
     Severity::line_refused, 5, "0412", 73, 80},
    {"29 February 2023", [](std::string& b) { put(b, 5, 73, "20230229"); }, "field_no_date", "8007",
     Severity::line_refused, 5, "0412", 73, 80},
    {"month 13", [](std::string& b) { put(b, 5, 73, "20241301"); }, "field_no_date", "8007",
     Severity::line_refused, 5, "0412", 73, 80},
    {"date optional but wrong", [](std::string& b) { put(b, 5, 89, "20240100"); }, "field_no_date", "",
     Severity::line_refused, 5, "0414", 89, 96},
    {"date empty", [](std::string& b) { put(b, 5, 81, "00000000"); }, "field_empty", "8007",
     Severity::line_refused, 5, "0413", 81, 88},
    {"reference empty", [](std::string& b) { put(b, 5, 164, "      "); }, "field_empty", "8021",
     Severity::line_refused, 5, "0429", 164, 183},
    {"name empty", [](std::string& b) { put(b, 2, 64, std::string(25, ' ')); }, "field_empty", "0312",
     Severity::line_refused, 2, "0210", 64, 88},
    {"UZOVI empty", [](std::string& b) { put(b, 5, 24, "0000"); }, "field_empty", "0423",
     Severity::line_refused, 5, "0404", 24, 27},
    {"invoice empty", [](std::string& b) { put(b, 1, 81, "   "); }, "field_empty", "0030",
     Severity::claim_refused, 1, "0116", 81, 92},
    {"period wrong", [](std::string& b) { put(b, 1, 65, "20240132"); }, "field_no_date", "0020",
     Severity::file_refused, 1, "0114", 65, 72},
    {"tab in a name", [](std::string& b) { put(b, 2, 64, "\t"); }, "field_control_character", "0312",
     Severity::line_refused, 2, "0210", 64, 88},
    {"reserve used", [](std::string& b) { put(b, 5, 310, "x"); }, "field_reserve", "", Severity::note, 5,
     "0480", 204, 310},
    {"count 02", [](std::string& b) { put(b, 9, 3, "000002"); }, "closing_count", "0151",
     Severity::file_refused, 9, "9902", 3, 8},
    {"count 03", [](std::string& b) { put(b, 9, 9, "000000"); }, "closing_count", "0157",
     Severity::file_refused, 9, "9903", 9, 14},
    {"count 04", [](std::string& b) { put(b, 9, 15, "000003"); }, "closing_count", "0158",
     Severity::file_refused, 9, "9904", 15, 20},
    {"count 98", [](std::string& b) { put(b, 9, 21, "000002"); }, "closing_count", "0153",
     Severity::file_refused, 9, "9905", 21, 26},
    {"count of all", [](std::string& b) { put(b, 9, 27, "0000006"); }, "closing_count", "0156",
     Severity::file_refused, 9, "9906", 27, 33},
    {"total", [](std::string& b) { put(b, 9, 34, "00000007501"); }, "closing_total", "0150",
     Severity::file_refused, 9, "9907", 34, 44},
    {"sign of the total", [](std::string& b) { put(b, 9, 45, "C"); }, "closing_total", "0150",
     Severity::file_refused, 9, "9907", 34, 44},
    {"letters in the total", [](std::string& b) { put(b, 9, 34, "x"); }, "field_not_digits", "0150",
     Severity::file_refused, 9, "9907", 34, 44},
};

TEST(Decode, EveryFaultHasItsFinding) {
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        std::string bytes = good_file();
        row.spoil(bytes);
        Findings findings;
        const auto message = decode(bytes, testing::layout("VK301"), "in.asc", findings);
        ASSERT_FALSE(findings.empty());
        const Finding& first = findings.front();
        EXPECT_EQ(first.code, row.code);
        EXPECT_EQ(first.return_code, row.return_code);
        EXPECT_EQ(first.severity, row.severity);
        EXPECT_EQ(first.where,
                  (base::Where{"in.asc", row.line, row.field, row.first_column, row.last_column}));
        EXPECT_EQ(message.has_value(), row.severity != Severity::file_refused);
        if (!message) continue;
        EXPECT_EQ(findings.size(), 1U);
        for (const Record& record : message->records()) {
            const bool is_it = record.line == static_cast<std::uint32_t>(row.line);
            EXPECT_EQ(record.refused, is_it && row.severity != Severity::note);
        }
    }
}

// When a line could not be read, that record 99 counts otherwise is no news.
TEST(Decode, OddLinesAreToldOnce) {
    std::string bytes = good_file();
    put(bytes, 6, 1, "97");
    put(bytes, 7, 15, "0001");
    Findings findings;
    EXPECT_FALSE(decode(bytes, testing::layout("VK301"), "in.asc", findings));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].code, "record_code");
}

// The smallest layout, of the fuzz corpus: its record 02 ends with a mandatory field of one character.
TEST(Decode, MandatoryFieldMayBeTheLastCharacter) {
    std::ifstream file(std::string(BUNDEL_SOURCE_DIR) + "/tests/fuzz/corpus/layout/small.json");
    auto parsed = Layout::parse(std::string(std::istreambuf_iterator<char>(file), {}));
    ASSERT_TRUE(parsed.ok()) << parsed.error().code;
    const auto layout = std::make_shared<const Layout>(std::move(*parsed));
    for (const char* last : {"x", ""}) {
        Writer writer(layout);
        writer.append("01").append("02").set(*layout->column("0204"), "D");
        writer.set(*layout->column("0205"), "20240105").set(*layout->column("0206"), last).close();
        const auto bytes = writer.finish();
        ASSERT_TRUE(bytes.ok());
        Findings findings;
        EXPECT_TRUE(decode(*bytes, layout, "in.asc", findings).has_value());
        ASSERT_EQ(findings.size(), std::string_view(last).empty() ? 1U : 0U);
        if (findings.empty()) continue;
        EXPECT_EQ(findings[0].code, "field_empty");
        EXPECT_EQ(findings[0].where.field, "0206");
    }
}

TEST(Decode, EveryPrefixIsRefused) {
    const std::string bytes = good_file();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        Findings findings;
        ASSERT_FALSE(decode(bytes.substr(0, size), testing::all_layouts(), "in.asc", findings)) << size;
        ASSERT_FALSE(findings.empty());
        if (size > 400) size += 37;  // all borders of the first record, then a sample
    }
}

TEST(Decode, NothingMonstrousTakesLong) {
    struct Huge {
        const char* name;
        std::string bytes;
    };
    const Huge files[] = {
        {"NUL", std::string(100'000'000, '\0')},
        {"zeros", std::string(100'000'000, '0')},
        {"line ends", std::string(100'000'000, '\n')},
        {"header without end", "011410202" + std::string(100'000'000, ' ')},
    };
    for (const Huge& file : files) {
        SCOPED_TRACE(file.name);
        Findings findings;
        EXPECT_FALSE(decode(file.bytes, testing::layout("VK301"), "in.asc", findings));
        EXPECT_LE(findings.size(), findings_max);
        EXPECT_FALSE(findings.empty());
    }
}

TEST(Decode, FindingsAreCappedAndNotesDoNotCrowdOut) {
    std::string bytes = good_file();
    const std::string performance = line_of(bytes, 8);
    std::string many = bytes.substr(0, at(9, 1));
    for (int i = 5; i < 400; ++i) {
        std::string line = performance;
        line.replace(2, 12, base::zero_padded(i, 12));
        line[309] = 'x';
        if (i == 399) line.replace(72, 8, "20240230");
        many += line;
    }
    many += line_of(bytes, 9);
    put(many, 8 + 395 + 1, 15, "000397");
    put(many, 8 + 395 + 1, 27, "0000402");
    put(many, 8 + 395 + 1, 34, "00000980000C");
    Findings findings;
    const auto message = decode(many, testing::layout("VK301"), "in.asc", findings);
    ASSERT_TRUE(message.has_value()) << findings.back().code;
    EXPECT_LE(findings.size(), findings_max);
    EXPECT_EQ(findings[findings.size() - 2].code, "field_no_date");
    EXPECT_EQ(findings.back().code, "findings_capped");
    EXPECT_EQ(findings.back().severity, Severity::note);
}

TEST(Decode, RefusalSurvivesTheCap) {
    std::string bytes = good_file();
    for (std::size_t line = 0; line < 1000; ++line) bytes += "99\r\n";
    Findings findings;
    EXPECT_FALSE(decode(bytes, testing::layout("VK301"), "in.asc", findings));
    EXPECT_EQ(findings.size(), findings_max);
    EXPECT_EQ(findings.back().code, "findings_capped");
    EXPECT_EQ(findings.back().severity, Severity::file_refused);
}

TEST(Decode, AnswerMayBeRecord01Alone) {
    Maker m("VK302");
    m.add("01").set("0182", "20240301").set("0196", "0001");
    const auto bytes = m.writer.finish();
    ASSERT_TRUE(bytes.ok());
    Findings findings;
    const auto message = decode(*bytes, testing::all_layouts(), "in.asc", findings);
    ASSERT_TRUE(message.has_value());
    EXPECT_EQ(message->records().size(), 1U);
    // what was sent is empty here: told, not refused
    for (const Finding& finding : findings)
        EXPECT_EQ(finding.severity, Severity::note) << finding.where.field;

    // a claim file may not be
    std::string sent = good_file().substr(0, stride);
    findings.clear();
    EXPECT_FALSE(decode(sent, testing::layout("VK301"), "in.asc", findings));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].code, "closing_missing");
}

TEST(Decode, NumbersOfAnAnswerRiseWithHoles) {
    struct Case {
        const char* number;
        bool is_fine;
    };
    for (const Case& one :
         {Case{"000000000002", false}, Case{"000000000003", true}, Case{"000000000009", true}}) {
        std::string bytes;
        Maker m("VK302");
        m.add("01").set("0182", "20240301").set("0196", "8001");
        m.add("02").set("0202", "2");
        m.add("04").set("0402", one.number).set("0484", "D");
        m.writer.close();
        m.set("9908", "D").set("9910", "D");
        const auto made = m.writer.finish();
        ASSERT_TRUE(made.ok());
        Findings findings;
        EXPECT_EQ(decode(*made, testing::layout("VK302"), "in.asc", findings).has_value(), one.is_fine);
    }
}

TEST(Decode, ProvisionalLayoutNeedsTheMark) {
    const LayoutRef layout = testing::layout("KZ301");
    std::string bytes = testing::any_message(layout, 1);
    Findings findings;
    EXPECT_TRUE(decode(bytes, testing::all_layouts(), "in.asc", findings));
    for (const char* mark : {"BUNDEL-SIN", "          ", "bundel-sim"}) {
        bytes.replace(16, 10, mark);
        findings.clear();
        EXPECT_FALSE(decode(bytes, testing::all_layouts(), "in.asc", findings));
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_EQ(findings[0].code, "provisional_layout_unmarked");
        EXPECT_EQ(findings[0].severity, Severity::file_refused);
        EXPECT_EQ(findings[0].where, (base::Where{"in.asc", 1, "0107", 17, 26}));
    }
}

// 06 and 16 stand under their 04, each with its own count; the money is that of the tariff records.
TEST(Decode, HospitalRecordsHaveTheirPlaceAndCount) {
    const LayoutRef layout = testing::layout("ZH308-9.0");
    Writer writer(layout);
    writer.append("01").append("02").append("04");
    writer.append("06").set_signed(*layout->column("0620"), *layout->column("0621"),
                                   values::Cents::of(100'00));
    writer.append("98").append("16").append("04").append("16").close();
    const auto good = writer.finish();
    ASSERT_TRUE(good.ok());
    const auto line = [](std::size_t number) { return (number - 1) * 612; };
    struct Spoilt {
        const char* name;
        std::function<void(std::string&)> spoil;
        const char* code;
        const char* return_code;
    };
    const Spoilt spoilt[] = {
        {"16 before 06", [&](std::string& b) { b.insert(line(4), b.substr(line(6), 612)); }, "record_order",
         "8026"},
        {"06 without 04", [&](std::string& b) { b.erase(line(3), 612); }, "record_order", "8026"},
        {"debtor towards an insurer", [&](std::string& b) { b.replace(line(9) + 8, 6, "000001"); },
         "closing_count", "0157"},
        {"count 06", [&](std::string& b) { b.replace(line(9) + 20, 6, "000002"); }, "closing_count", ""},
        {"count 16", [&](std::string& b) { b.replace(line(9) + 26, 6, "000003"); }, "closing_count", ""},
        {"count 98", [&](std::string& b) { b.replace(line(9) + 32, 6, "000000"); }, "closing_count", "0153"},
        {"count of all", [&](std::string& b) { b.replace(line(9) + 38, 7, "0000006"); }, "closing_count",
         "0156"},
        {"total", [&](std::string& b) { b.replace(line(9) + 45, 11, "00000010001"); }, "closing_total",
         "0150"},
    };
    for (const Spoilt& row : spoilt) {
        SCOPED_TRACE(row.name);
        std::string bytes = *good;
        row.spoil(bytes);
        Findings findings;
        EXPECT_FALSE(decode(bytes, layout, "in.asc", findings));
        const auto found = std::find_if(findings.begin(), findings.end(),
                                        [&](const Finding& one) { return one.code == row.code; });
        ASSERT_NE(found, findings.end());
        EXPECT_EQ(found->return_code, row.return_code);
    }
}

// One to four random blows to a good file: never a crash, never more findings than the bound, never a value
// of the file in a finding; and what is still read without findings writes back byte for byte.
std::string damaged(std::string bytes, testing::Seeded& seeded) {
    for (std::size_t blows = 1 + seeded.below(4); blows > 0 && !bytes.empty(); --blows) {
        const std::size_t where = seeded.below(bytes.size());
        const std::size_t size = 1 + seeded.below(20);
        switch (seeded.below(7)) {
            case 0: bytes[where] = static_cast<char>(seeded.below(256)); break;
            case 1: bytes.erase(where, size); break;
            case 2: bytes.insert(where, std::string(size, static_cast<char>(seeded.below(256)))); break;
            case 3: bytes.resize(where); break;
            case 4: bytes.insert(where - where % stride, bytes.substr(where - where % stride, stride)); break;
            case 5: bytes.erase(where - where % stride, stride); break;
            case 6: bytes[where] = static_cast<char>('0' + seeded.below(10)); break;
        }
    }
    return bytes;
}

bool tells(const Finding& finding, std::string_view secret) {
    for (const auto& [key, value] : finding.params) {
        if (value.find(secret) != std::string::npos) return true;
    }
    return finding.code.find(secret) != std::string::npos;
}

TEST(Decode, DamageGivesFindingsOnly) {
    const Layouts layouts = testing::all_layouts();
    const std::string good = good_file();
    for (std::uint64_t seed = 1; seed <= testing::cases(); ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        testing::Seeded seeded(seed);
        const std::string bytes = damaged(good, seeded);
        Findings findings;
        const auto message = decode(bytes, layouts, "in.asc", findings);
        ASSERT_LE(findings.size(), findings_max);
        ASSERT_TRUE(message.has_value() || !findings.empty());
        for (const Finding& finding : findings) {
            ASSERT_FALSE(tells(finding, secret_name) || tells(finding, secret_bsn));
        }
        if (message) {
            ASSERT_EQ(message->bytes(), bytes);
        }
    }
}

TEST(Fields, ReadByKind) {
    EXPECT_EQ(number("000000000042"), 42);
    EXPECT_EQ(number("0000"), 0);
    EXPECT_EQ(number("00x0"), std::nullopt);
    EXPECT_EQ(number("9999999999999999999"), std::nullopt);
    EXPECT_EQ(date("20240229"), values::Date::of(2024, 2, 29));
    EXPECT_EQ(date("20230229"), std::nullopt);
    EXPECT_EQ(date("00000000"), std::nullopt);
    EXPECT_EQ(date("2024-2-9"), std::nullopt);
    EXPECT_EQ(cents("00006812"), values::Cents::of(68'12));
    EXPECT_EQ(cents("        "), std::nullopt);
    EXPECT_EQ(signed_cents("00000100", "D"), values::Cents::of(100));
    EXPECT_EQ(signed_cents("00000100", "C"), values::Cents::of(-100));
    EXPECT_EQ(signed_cents("00000100", " "), std::nullopt);
    EXPECT_EQ(text("Jansen   "), "Jansen");
    EXPECT_EQ(text("   "), "");
    EXPECT_EQ(utf8("Andr\xE9  "), "André");
    EXPECT_TRUE(is_empty("0000", Kind::digits));
    EXPECT_FALSE(is_empty("    ", Kind::digits));
    EXPECT_TRUE(is_empty("    ", Kind::text));
}

// Every day of 0001..9999 and every impossible neighbour, against the calendar of values::Date.
TEST(Fields, DatesAgreeWithTheCalendar) {
    const LayoutRef layout = testing::layout("VK301");
    std::string bytes = good_file();
    testing::Seeded seeded(1);
    for (std::uint64_t i = 0; i < testing::cases(); ++i) {
        const auto year = seeded.below(4) == 0 ? seeded.below(100) * 100 : seeded.below(10'000);
        const auto digits =
            base::zero_padded(static_cast<std::int64_t>(year * 10'000 + seeded.below(14) * 100 +
                                                        (seeded.below(2) == 0 ? seeded.below(33) : 29)),
                              8);
        put(bytes, 5, 89, digits);
        Findings findings;
        const auto message = decode(bytes, layout, "in.asc", findings);
        ASSERT_TRUE(message.has_value());
        ASSERT_EQ(findings.empty(), values::Date::parse(digits).ok() || digits == "00000000") << digits;
    }
}

}  // namespace
}  // namespace bundel::wire
