#include "sheet/workbook.h"

#include <gtest/gtest.h>

#include "sheet/any_xls.h"
#include "sheet/any_xlsx.h"
#include "sheet/cells.h"

namespace bundel::sheet {
namespace {

using namespace testing;
using wire::Grid;

const Grid some{{{"GIS022", {{1, {"Versie", "1.3"}}, {8, {"", "176", "a < b & c"}}, {30, {"0101"}}}},
                 {"leeg", {}},
                 {"GIS027-028", {{11, {"Recordcode", "Lengte"}}, {12, {"01", "2"}}}}}};

std::string read(const std::string& bytes) {
    const auto grid = read_workbook(bytes);
    return grid.ok() ? wire::write_grid(*grid) : grid.error().code;
}

TEST(Workbook, BothKindsGiveTheSameText) {
    const std::string text = wire::write_grid(some);
    EXPECT_EQ(read(xlsx_of(some, Texts::shared)), text);
    EXPECT_EQ(read(xlsx_of(some, Texts::in_cells)), text);
    EXPECT_EQ(read(zipped(xlsx_parts(some, Texts::shared, true))), text);
    EXPECT_EQ(read(xls_of(some)), text);
}

TEST(Workbook, ManyTextsFillManyRecords) {
    Grid grid{{{"veel", {}}}};
    for (int row = 1; row <= 3000; ++row) {
        grid.sheets[0].rows.push_back({row, {"tekst " + std::to_string(row), std::string(50, 'x')}});
    }
    EXPECT_EQ(read(xls_of(grid)), wire::write_grid(grid));
    EXPECT_EQ(read(xlsx_of(grid)), wire::write_grid(grid));
}

TEST(Workbook, KindIsOfTheBytes) {
    EXPECT_EQ(read(""), "sheet_unknown_kind");
    EXPECT_EQ(read("Recordcode;Lengte\r\n"), "sheet_unknown_kind");
    EXPECT_EQ(read("PK\x03\x04"), "sheet_xlsx_damaged");
    EXPECT_EQ(read("\xD0\xCF\x11\xE0"), "sheet_xls_damaged");
}

// One cell in B2 of a workbook .xlsx with these styles.
std::string xlsx_cell(const std::string& cell, const std::string& workbook_more = "") {
    auto parts = xlsx_parts({{{"a", {{2, {"", "weg"}}}}}}, Texts::shared);
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet><sheetData><row r=\"2\">" + cell + "</row></sheetData></worksheet>";
    parts["xl/sharedStrings.xml"] =
        "<sst><si><t>nul</t></si><si><r><t>een </t></r><r><t>twee</t></r><rPh><t>zin</t></rPh></si></sst>";
    parts["xl/styles.xml"] =
        "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd\\-mm\\-jjjj\"/>"
        "<numFmt numFmtId=\"165\" formatCode=\"0.00&quot; dagen&quot;\"/></numFmts>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
        "numFmtId=\"165\"/></cellXfs>"
        "</styleSheet>";
    std::string& relations = parts["xl/_rels/workbook.xml.rels"];
    relations.insert(relations.rfind("</"),
                     "<Relationship Id=\"rId91\" Type=\"a/styles\" Target=\"styles.xml\"/>");
    std::string& workbook = parts["xl/workbook.xml"];
    workbook.insert(workbook.find("<sheets>"), workbook_more);
    const auto grid = read_workbook(zipped(parts));
    if (!grid.ok()) return grid.error().code;
    const auto& rows = grid->sheets[0].rows;
    return rows.empty() ? "(leeg)" : rows[0].cell(1);
}

TEST(Xlsx, CellsAreText) {
    struct Row {
        const char* cell;
        const char* text;
    };
    const Row rows[] = {
        {"<c r=\"B2\"><v>310</v></c>", "310"},
        {"<c r=\"B2\"><v>1.3</v></c>", "1.3"},
        {"<c r=\"B2\"><v>9.0</v></c>", "9"},
        {"<c r=\"B2\"><v>-2</v></c>", "-2"},
        {"<c r=\"B2\" s=\"1\"><v>39433</v></c>", "2007-12-17"},
        {"<c r=\"B2\" s=\"2\"><v>39433.75</v></c>", "2007-12-17"},
        {"<c r=\"B2\" s=\"3\"><v>39433</v></c>", "39433"},
        {"<c r=\"B2\" s=\"99\"><v>5</v></c>", "5"},
        {"<c r=\"B2\" s=\"1\"><v>60</v></c>", "60"},
        {"<c r=\"B2\" s=\"1\"><v>61</v></c>", "1900-03-01"},
        {"<c r=\"B2\" s=\"1\"><v>99999999</v></c>", "99999999"},
        {"<c r=\"B2\" t=\"s\"><v>0</v></c>", "nul"},
        {"<c r=\"B2\" t=\"s\"><v>1</v></c>", "een twee"},
        {"<c r=\"B2\" t=\"s\"><v>2</v></c>", "(leeg)"},
        {"<c r=\"B2\" t=\"s\"><v>-1</v></c>", "(leeg)"},
        {"<c r=\"B2\" t=\"str\"><f>A1</f><v>uit een formule</v></c>", "uit een formule"},
        {"<c r=\"B2\"><f>A1+1</f><v>7</v></c>", "7"},
        {"<c r=\"B2\" t=\"b\"><v>1</v></c>", "1"},
        {"<c r=\"B2\" t=\"d\"><v>2007-12-17</v></c>", "2007-12-17"},
        {"<c r=\"B2\" t=\"e\"><v>#REF!</v></c>", "(leeg)"},
        {"<c r=\"B2\" t=\"inlineStr\"><is><t>ter plaatse</t></is></c>", "ter plaatse"},
        {"<c r=\"B2\" t=\"inlineStr\"><is><t>a\r\nb&#9;c&#1;</t></is></c>", "a\nb\tc?"},
        {"<c r=\"B2\"><v>geen getal</v></c>", "geen getal"},
        {"<c r=\"B2\"/>", "(leeg)"},
        {"<c/><c><v>4</v></c>", "4"},
        {"<c r=\"AAAA2\"><v>4</v></c>", "(leeg)"},
        {"<c r=\"2B\"><v>4</v></c><c><v>5</v></c>", "5"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.cell);
        EXPECT_EQ(xlsx_cell(row.cell), row.text);
    }
    EXPECT_EQ(xlsx_cell("<c r=\"B2\" s=\"1\"><v>37971</v></c>", "<workbookPr date1904=\"1\"/>"),
              "2007-12-17");
}

TEST(Xlsx, RefusesByPart) {
    struct Row {
        const char* name;
        const char* part;
        const char* content;  // null: without the part
        const char* error;
    };
    const Row rows[] = {
        {"no workbook", "xl/workbook.xml", nullptr, "xl/workbook.xml"},
        {"workbook is no XML", "xl/workbook.xml", "<workbook><sheets>", "xl/workbook.xml"},
        {"no sheets", "xl/workbook.xml", "<workbook/>", "xl/workbook.xml"},
        {"no relations", "xl/_rels/workbook.xml.rels", nullptr, "xl/_rels/workbook.xml.rels"},
        {"sheet without relation", "xl/_rels/workbook.xml.rels", "<Relationships/>", "xl/workbook.xml"},
        {"no texts", "xl/sharedStrings.xml", nullptr, "xl/sharedStrings.xml"},
        {"no sheet", "xl/worksheets/sheet1.xml", nullptr, "xl/worksheets/sheet1.xml"},
        {"sheet is no XML", "xl/worksheets/sheet1.xml", "<worksheet><sheetData><row",
         "xl/worksheets/sheet1.xml"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        auto parts = xlsx_parts(some, Texts::shared);
        if (row.content == nullptr) {
            parts.erase(row.part);
        } else {
            parts[row.part] = row.content;
        }
        const auto grid = read_workbook(zipped(parts));
        ASSERT_FALSE(grid.ok());
        EXPECT_EQ(grid.error(), (base::Error{"sheet_xlsx_damaged", {{"part", row.error}}}));
    }
}

// 100 MB of spaces is 100 kB in a zip.
TEST(Xlsx, WhatUnpacksToTooMuchIsRefused) {
    auto parts = xlsx_parts(some, Texts::shared);
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet>" + std::string(std::size_t{100} << 20, ' ') + "</worksheet>";
    EXPECT_EQ(read(zipped(parts)), "sheet_too_large");
}

// One text of 1 MB in twenty cells.
TEST(Workbook, OneTextInManyCellsIsRefused) {
    auto parts = xlsx_parts({{{"a", {{1, {"x"}}}}}}, Texts::shared);
    parts["xl/sharedStrings.xml"] =
        "<sst><si><t>" + std::string(std::size_t{1} << 20, 'x') + "</t></si></sst>";
    std::string cells;
    for (int i = 0; i < 20; ++i) cells += "<c t=\"s\"><v>0</v></c>";
    parts["xl/worksheets/sheet1.xml"] =
        "<worksheet><sheetData><row>" + cells + "</row></sheetData></worksheet>";
    EXPECT_EQ(read(zipped(parts)), "sheet_too_large");
}

// One cell in B2 of a .xls.
std::string xls_cell(const std::string& records, const std::string& globals = "") {
    const auto grid = read_workbook(compound(workbook_stream(globals, {{"a", records}})));
    if (!grid.ok()) return grid.error().code;
    const auto& rows = grid->sheets[0].rows;
    return rows.empty() ? "(leeg)" : rows[0].cell(1);
}

TEST(Xls, CellsAreText) {
    const std::string b2 = bytes16(1) + bytes16(1);
    const std::string plain = bytes16(0);
    const std::string style = biff(0x41E, bytes16(164) + narrow("dd\\-mm\\-yyyy", 2)) +
                              biff(0xE0, bytes16(0) + bytes16(0)) + biff(0xE0, bytes16(0) + bytes16(14)) +
                              biff(0xE0, bytes16(0) + bytes16(164));
    const auto number = [&](double value, std::uint32_t xf) {
        return biff(0x203, b2 + bytes16(xf) + bytes_of(value));
    };
    const auto rk = [&](std::uint32_t bits) { return biff(0x27E, b2 + plain + bytes32(bits)); };
    EXPECT_EQ(xls_cell(number(310, 0)), "310");
    EXPECT_EQ(xls_cell(number(1.3, 0)), "1.3");
    EXPECT_EQ(xls_cell(number(39433, 1), style), "2007-12-17");
    EXPECT_EQ(xls_cell(number(39433, 2), style), "2007-12-17");
    EXPECT_EQ(xls_cell(number(39433, 0), style), "39433");
    EXPECT_EQ(xls_cell(number(39433, 9), style), "39433");
    EXPECT_EQ(xls_cell(number(37971, 1), style + biff(0x22, bytes16(1))), "2007-12-17");
    EXPECT_EQ(xls_cell(rk((176U << 2) | 2U)), "176");
    EXPECT_EQ(xls_cell(rk((130U << 2) | 3U)), "1.3");
    EXPECT_EQ(xls_cell(rk(static_cast<std::uint32_t>(std::bit_cast<std::uint64_t>(0.5) >> 32))), "0.5");
    EXPECT_EQ(xls_cell(biff(0xBD, bytes16(1) + bytes16(0) + plain + bytes32((7U << 2) | 2U) + plain +
                                      bytes32((8U << 2) | 2U) + bytes16(1))),
              "8");
    EXPECT_EQ(xls_cell(biff(0x204, b2 + plain + narrow("label", 2))), "label");
    EXPECT_EQ(xls_cell(biff(0x205, b2 + plain + std::string("\1\0", 2))), "1");
    EXPECT_EQ(xls_cell(biff(0x205, b2 + plain + std::string("\7\1", 2))), "(leeg)");  // an error
    EXPECT_EQ(xls_cell(biff(0x06, b2 + plain + bytes_of(42) + std::string(6, '\0'))), "42");
    EXPECT_EQ(
        xls_cell(biff(0x06, b2 + plain + std::string("\0\0\0\0\0\0\xFF\xFF", 8) + std::string(6, '\0')) +
                 biff(0x207, narrow("uit een formule", 2))),
        "uit een formule");
    EXPECT_EQ(
        xls_cell(biff(0x06, b2 + plain + std::string("\1\0\1\0\0\0\xFF\xFF", 8) + std::string(6, '\0'))),
        "1");
    EXPECT_EQ(xls_cell(biff(0xFD, b2 + plain + bytes32(3))), "(leeg)");
    EXPECT_EQ(xls_cell(biff(0x203, b2)), "(leeg)");  // cut short
}

// A shared text that begins in one record and goes on in the next, there in wide characters, with a run of
// rich text behind it.
TEST(Xls, TextsGoOnInTheNextRecord) {
    const std::string table =
        biff(0xFC, bytes32(2) + bytes32(2) + bytes16(6) + std::string(1, '\x08') + bytes16(1) + "Reco") +
        biff(0x3C, std::string(1, '\1') + std::string("r\0d\0", 4) + bytes32(0) + bytes16(1) +
                       std::string(1, '\1') + std::string("\xEB\0", 2));
    const auto cell = [&](std::uint32_t index) {
        return xls_cell(biff(0xFD, bytes16(1) + bytes16(1) + bytes16(0) + bytes32(index)), table);
    };
    EXPECT_EQ(cell(0), "Record");
    EXPECT_EQ(cell(1), "ë");
}

TEST(Xls, RefusesByPart) {
    const std::vector<XlsPart> none;
    struct Row {
        const char* name;
        std::string bytes;
        base::Error error;
    };
    const auto damaged = [](const char* part) { return base::Error{"sheet_xls_damaged", {{"part", part}}}; };
    const std::string old_globals = biff(0x809, bytes16(0x0500) + bytes16(5) + std::string(12, '\0'));
    const Row rows[] = {
        {"no stream", compound("", "Anders"), damaged("Workbook")},
        {"Excel 95", compound("", "Book"), {"sheet_xls_old"}},
        {"BIFF5 in a new container", compound(old_globals + end_part), {"sheet_xls_old"}},
        {"a password", compound(workbook_stream(biff(0x2F, "xx"), none)), {"sheet_encrypted"}},
        {"a password on .xlsx", compound("", "EncryptedPackage"), {"sheet_encrypted"}},
        {"no begin", compound(end_part), damaged("BOF")},
        {"no end", compound(begin_globals + biff(0x100, std::string(4096, 'x'))).substr(0, 512),
         damaged("Workbook")},
        {"no sheets", compound(workbook_stream("", none)), damaged("BOUNDSHEET")},
        {"texts break off",
         compound(workbook_stream(biff(0xFC, bytes32(2) + bytes32(2) + narrow("een", 2)), none)),
         damaged("SST")},
        {"a sheet elsewhere",
         compound(begin_globals + biff(0x85, bytes32(90'000) + bytes16(0) + narrow("a", 1)) + end_part),
         damaged("sheet")},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const auto grid = read_workbook(row.bytes);
        ASSERT_FALSE(grid.ok());
        EXPECT_EQ(grid.error(), row.error) << grid.error().code;
    }
}

// Each copy has one byte changed or is cut off: text or an Error, never more.
TEST(Workbook, DamagedCopiesAreReadOrRefused) {
    for (const std::string& whole : {xlsx_of(some), xls_of(some)}) {
        std::size_t refused = 0;
        std::size_t copies = 0;
        for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 400) {
            for (const char mask : {'\x01', '\x80', '\xFF'}) {
                std::string copy = whole;
                copy[at] = static_cast<char>(copy[at] ^ mask);
                refused += read_workbook(copy).ok() ? 0U : 1U;
                ++copies;
            }
            refused += read_workbook(std::string_view(whole).substr(0, at)).ok() ? 0U : 1U;
            ++copies;
        }
        EXPECT_GT(copies, 500U);
        EXPECT_GT(refused, copies / 4);
    }
}

}  // namespace
}  // namespace bundel::sheet
