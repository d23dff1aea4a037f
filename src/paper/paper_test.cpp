// The three forms of one document, against golden files and against the programs that read them.
#include <gtest/gtest.h>

#include "paper/html.h"
#include "paper/pdf.h"
#include "paper/testing.h"
#include "paper/workbook.h"
#include "support/rulebook_files.h"

namespace bundel::paper {
namespace {
using paper::testing::example;
using paper::testing::golden;
using paper::testing::long_table;
using paper::testing::scratch;
using paper::testing::text_of_pdf;
using paper::testing::xml_in_workbook;
using values::Cents;
using values::Date;

std::string pdf_of(const Document& document) {
    auto made = pdf(document);
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
}
std::string workbook_of(const Document& document) {
    auto made = workbook(document, scratch("made.xlsx"));
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
}

TEST(Plain, IsValidUtf8WithoutControls) {
    const struct {
        std::string given, plain;
    } rows[] = {
        {"één € 👶", "één € 👶"},
        {"a\nb\tc\x7f", "a b c "},
        {"\xC2\x85 nel", "  nel"},
        {std::string("nul\0", 4), "nul "},
        {"\xE9t\xE9", "\xEF\xBF\xBDt\xEF\xBF\xBD"},
        {"cut \xE2\x82", "cut \xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xE0\x80\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"\xEF\xBF\xBE", "\xEF\xBF\xBD"},
    };
    for (const auto& row : rows) EXPECT_EQ(plain(row.given), row.plain) << row.given;
}

TEST(Shown, IsWhatPaperSays) {
    EXPECT_EQ(shown(Cell{}), "");
    EXPECT_EQ(shown(Cents::of(-5)), "-0,05");
    EXPECT_EQ(shown(Cents::of(1'310'75)), "1.310,75");
    EXPECT_EQ(shown(Date::of(2024, 2, 29)), "29-02-2024");
    EXPECT_EQ(shown(std::int64_t{-1204}), "-1.204");
    EXPECT_EQ(shown(std::string("a\nb")), "a b");
}

TEST(Pdf, SaysWhatTheDocumentSays) {
    const std::string text = text_of_pdf(pdf_of(example()), scratch("golden.pdf"));
    EXPECT_EQ(text, golden("document.txt", text));
    for (const char* part : {"Zoë & Øyvind, 's-Gravenhage", "€ 1.499,95", "<b>één & ander</b>"})
        EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(Pdf, TellsItsTitlePagesAndDayAndEmbedsItsFonts) {
    const std::string file = paper::testing::written_to(scratch("info.pdf"), pdf_of(example()));
    const std::string info = paper::testing::output_of("TZ=UTC pdfinfo " + file);
    for (const char* part :
         {"Afrekening mei 2024", "IGO 53000001", "Sat Jun  1 00:00:00 2024", "595.28 x 841.89", "(A4)"})
        EXPECT_NE(info.find(part), std::string::npos) << part << "\n" << info;
    EXPECT_NE(info.find("Pages:           2\n"), std::string::npos) << info;
    // name, type, encoding, emb, sub, uni: embedded, a subset, with the table that makes text searchable.
    std::istringstream fonts(paper::testing::output_of("pdffonts " + file + " | tail -n +3"));
    int seen = 0;
    for (std::string font; std::getline(fonts, font); ++seen) {
        EXPECT_NE(font.find("DejaVuSans"), std::string::npos) << font;
        EXPECT_NE(font.find("yes yes yes"), std::string::npos) << font;
    }
    EXPECT_EQ(seen, 2);
}

TEST(AllForms, TheSameDocumentGivesTheSameBytes) {
    EXPECT_EQ(pdf_of(example()), pdf_of(example()));
    EXPECT_EQ(workbook_of(example()), workbook_of(example()));
    EXPECT_EQ(html(example()), html(example()));
    Document later = example();
    later.made = Date::of(2024, 6, 2);
    EXPECT_NE(pdf_of(example()), pdf_of(later));
    EXPECT_NE(workbook_of(example()), workbook_of(later));
}

TEST(AllForms, FiveThousandRows) {
    const Document document = long_table(5'000);
    const std::string text = text_of_pdf(pdf_of(document), scratch("long.pdf"));
    const std::string xml =
        xml_in_workbook(workbook_of(document), "xl/worksheets/sheet2.xml", scratch("long.xlsx"));
    const std::string page = html(document);
    EXPECT_NE(text.find("BD4999 "), std::string::npos);
    EXPECT_NE(xml.find("<row r=\"5002\""), std::string::npos) << xml.substr(0, 2'000);
    EXPECT_NE(page.find(">BD4999<"), std::string::npos);
}

TEST(Workbook, SheetsAreAsTheGoldenFiles) {
    const std::string bytes = workbook_of(example());
    const struct {
        const char *part, *file;
    } rows[] = {{"xl/worksheets/sheet1.xml", "sheet1.xml"},
                {"xl/worksheets/sheet2.xml", "sheet2.xml"},
                {"xl/sharedStrings.xml", "strings.xml"},
                {"xl/workbook.xml", "workbook.xml"},
                {"docProps/core.xml", "core.xml"}};
    for (const auto& row : rows) {
        const std::string xml = xml_in_workbook(bytes, row.part, scratch("golden.xlsx"));
        EXPECT_EQ(xml, golden(row.file, xml)) << row.part;
    }
}

// Excel, LibreOffice and others calculate what stands in <f>; a text that begins with = is a text.
TEST(Workbook, NoTextBecomesAFormula) {
    Document document = long_table(0);
    auto& table = std::get<Table>(document.sections.back().blocks[0]);
    for (const char* text : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\")"})
        table.rows.push_back({{std::string(text), {}, {}}});
    const std::string bytes = workbook_of(document);
    const std::string xml = xml_in_workbook(bytes, "xl/worksheets/sheet2.xml", scratch("formula.xlsx"));
    EXPECT_EQ(xml.find("<f>"), std::string::npos);
    EXPECT_EQ(xml.find("hyperlink"), std::string::npos);
    const std::string strings = xml_in_workbook(bytes, "xl/sharedStrings.xml", scratch("formula.xlsx"));
    for (const char* text : {">=1+1<", ">+1<", ">-1<", ">@SUM(A1)<"})
        EXPECT_NE(strings.find(text), std::string::npos) << text;
}

TEST(Workbook, AnAmountIsExactOrAText) {
    const std::int64_t border = std::int64_t{1} << 53;
    const struct {
        std::int64_t cents;
        const char* written;
    } rows[] = {{0, "<v>0</v>"},
                {-5, "<v>-0.05</v>"},
                {1'310'75, "<v>1310.75</v>"},
                {border - 1, "<v>90071992547409.91</v>"},
                {border, "<v>90071992547409.92</v>"},
                {-border, "<v>-90071992547409.92</v>"}};
    for (const auto& row : rows) {
        Document document = long_table(1);
        std::get<Table>(document.sections.back().blocks[0]).rows[0].cells[2] = Cents::of(row.cents);
        const std::string xml =
            xml_in_workbook(workbook_of(document), "xl/worksheets/sheet2.xml", scratch("exact.xlsx"));
        std::string flat = xml;
        std::erase(flat, '\n');
        EXPECT_NE(flat.find(row.written), std::string::npos) << row.cents << "\n" << xml;
    }
    Document document = long_table(1);
    std::get<Table>(document.sections.back().blocks[0]).rows[0].cells[2] = Cents::of(border + 1);
    const std::string strings =
        xml_in_workbook(workbook_of(document), "xl/sharedStrings.xml", scratch("exact.xlsx"));
    EXPECT_NE(strings.find("90.071.992.547.409,93"), std::string::npos);
}

TEST(Workbook, WhatExcelRefusesIsAnError) {
    for (const char* sheet : {"Samenvatting", "a/b", "een naam van meer dan eenendertig tekens"}) {
        Document document = example();
        document.sections[1].sheet = sheet;
        EXPECT_FALSE(workbook(document, scratch("refused.xlsx")).ok()) << sheet;
    }
    EXPECT_FALSE(workbook(example(), scratch("no/such/folder/x.xlsx")).ok());
}

TEST(Html, IsAsTheGoldenFile) {
    const std::string made = html(example());
    EXPECT_EQ(made, golden("document.html", made));
    EXPECT_NE(made.find("<html lang=\"nl\">"), std::string::npos);
    EXPECT_EQ(made.find("<b>"), std::string::npos);
    EXPECT_EQ(made.find("<script"), std::string::npos);
    EXPECT_EQ(made.find("http"), std::string::npos);
}

}  // namespace
}  // namespace bundel::paper
