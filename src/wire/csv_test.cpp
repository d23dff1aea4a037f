#include "wire/csv.h"

#include <gtest/gtest.h>

#include "wire/decode.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

using base::Findings;
using base::Severity;
using Cells = std::vector<std::string>;

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
    struct Row {
        const char* name;
        const char* bytes;
        char separator;
        Cells header;
        std::vector<Cells> rows;
    };
    const Row table[] = {
        {"semicolons", "a;b\r\n1;2\r\n", ';', {"a", "b"}, {{"1", "2"}}},
        {"commas", "a,b\n1,2\n", ',', {"a", "b"}, {{"1", "2"}}},
        {"more of the other, quoted",
         "a;b;\"x,y,z,w\"\n1;2;3",
         ';',
         {"a", "b", "x,y,z,w"},
         {{"1", "2", "3"}}},
        {"a tie is Dutch", "a;b,c\n1;2\n", ';', {"a", "b,c"}, {{"1", "2"}}},
        {"one column", "a\n1\n2", ';', {"a"}, {{"1"}, {"2"}}},
        {"byte order mark",
         "\xEF\xBB\xBF"
         "a;b\n1;2\n",
         ';',
         {"a", "b"},
         {{"1", "2"}}},
        {"quotes", "a;b\n\"x;\"\"y\"\"\";\"\"\n", ';', {"a", "b"}, {{"x;\"y\"", ""}}},
        {"line end in a cell", "a;b\n\"x\r\ny\";2\n", ';', {"a", "b"}, {{"x\r\ny", "2"}}},
        {"empty cells at the end", "a;b\n;\n1;", ';', {"a", "b"}, {{"", ""}, {"1", ""}}},
        {"empty line", "a;b\n\n1;2\n\r\n", ';', {"a", "b"}, {{"1", "2"}}},
        {"header only", "a;b", ';', {"a", "b"}, {}},
        {"accents", "naam;é\nZoë;2\n", ';', {"naam", "é"}, {{"Zoë", "2"}}},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.name);
        Findings findings;
        const auto read = read_csv(row.bytes, "in.csv", findings);
        ASSERT_TRUE(read.has_value());
        EXPECT_EQ(findings, Findings{});
        EXPECT_EQ(read->separator, row.separator);
        EXPECT_EQ(read->header, row.header);
        std::vector<Cells> rows;
        for (const CsvRow& one : read->rows) rows.push_back(one.cells);
        EXPECT_EQ(rows, row.rows);
    }
}

TEST(Csv, EveryFaultHasItsFindingAndLine) {
    struct Row {
        const char* bytes;
        const char* code;
        long line;
        bool is_read;
    };
    const Row table[] = {
        {"", "file_empty", 0, false},
        {"\xEF\xBB\xBF", "file_empty", 0, false},
        {"a;b\n\xFF;2\n", "csv_not_utf8", 0, false},
        {"a;b\n1\x01;2\n", "csv_control_character", 2, false},
        {"a;b\n1\r2;2\n", "csv_control_character", 2, false},
        {"a;;c\n", "csv_header_empty", 1, false},
        {"\n", "csv_header_empty", 1, false},
        {"a;A \n", "csv_header_double", 1, false},
        {"a;b\n1;2\n\"1;2\n", "csv_quote_open", 3, false},
        {"a;b\n1\";2\n", "csv_quote_inside", 2, false},
        {"a;b\n\"1\"x;2\n", "csv_text_after_quote", 2, false},
        {"a;b\n\"x\ny\";1\n1;2;3\n", "csv_width", 4, true},
        {"a;b\n1\n", "csv_width", 2, true},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.bytes);
        Findings findings;
        const auto read = read_csv(row.bytes, "in.csv", findings);
        EXPECT_EQ(read.has_value(), row.is_read);
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_EQ(findings[0].code, row.code);
        EXPECT_EQ(findings[0].where.record, row.line);
        EXPECT_EQ(findings[0].severity, row.is_read ? Severity::line_refused : Severity::file_refused);
    }
}

TEST(Csv, LinesReadBackAsWritten) {
    const std::string alphabet = "ab;,\"\r\n é";
    for (std::uint64_t seed = 1; seed <= testing::cases(); ++seed) {
        SCOPED_TRACE(::testing::Message() << "seed " << seed);
        testing::Seeded seeded(seed);
        const char separator = seeded.below(2) == 0 ? ';' : ',';
        Cells header;
        for (std::size_t i = 0; i < 2 + seeded.below(3); ++i) header.push_back("k" + std::to_string(i));
        std::string bytes = csv_line(header, separator);
        std::vector<Cells> rows(seeded.below(4));
        for (Cells& cells : rows) {
            for (std::size_t i = 0; i < header.size(); ++i) {
                std::string cell;
                for (std::size_t n = seeded.below(6); n > 0; --n) {
                    const std::size_t at = seeded.below(9);
                    cell += at == 8 ? "é" : alphabet.substr(at, 1);
                }
                cells.push_back(cell);
            }
            bytes += csv_line(cells, separator);
        }
        Findings findings;
        const auto read = read_csv(bytes, "in.csv", findings);
        ASSERT_TRUE(read.has_value()) << findings.front().code;
        ASSERT_EQ(read->header, header);
        ASSERT_EQ(read->rows.size(), rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_EQ(read->rows[i].cells, rows[i]);
    }
}

TEST(Csv, FindingsAreCapped) {
    std::string bytes = "a;b\n";
    for (int i = 0; i < 1000; ++i) bytes += "1\n";
    Findings findings;
    const auto read = read_csv(bytes, "in.csv", findings);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(findings.size(), findings_max);
    EXPECT_EQ(findings.back().code, "findings_capped");
    EXPECT_EQ(findings.back().severity, Severity::line_refused);
}

constexpr CsvColumn columns[] = {
    {"aanmelddatum", CsvKind::day, true, true, "dag van aanmelding"},
    {"agb", CsvKind::agb, true, false, "wie aanmeldt"},
    {"opmerking", CsvKind::text, false, false, "vrij"},
};
constexpr CsvForm form{"voorbeeld", columns};

std::optional<std::vector<CsvRecord>> read(const char* bytes, Findings& findings) {
    const auto table = read_csv(bytes, "in.csv", findings);
    EXPECT_TRUE(table.has_value());
    return read_form(*table, form, findings);
}

TEST(CsvForm, OrdersColumnsAndTrims) {
    Findings findings;
    const auto records = read("AGB ; Aanmelddatum\n; 29-02-2024 \n08000101;2024-03-01\n", findings);
    ASSERT_TRUE(records.has_value());
    EXPECT_EQ(findings, Findings{});
    ASSERT_EQ(records->size(), 2U);
    EXPECT_EQ((*records)[0].cells, (Cells{"29-02-2024", "", ""}));
    EXPECT_EQ((*records)[1].cells, (Cells{"2024-03-01", "08000101", ""}));
    EXPECT_EQ((*records)[1].line, 3);
}

TEST(CsvForm, HeaderMustBeTheForms) {
    Findings findings;
    EXPECT_FALSE(read("agb;opmerking;iets\n", findings));
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].code, "csv_column_missing");
    EXPECT_EQ(findings[0].where.field, "aanmelddatum");
    EXPECT_EQ(findings[1].code, "csv_column_unknown");
    EXPECT_EQ(findings[1].where.first_column, 3);
}

TEST(CsvForm, WrongCellLeavesTheRowOut) {
    Findings findings;
    const auto records =
        read("aanmelddatum;agb\n2024-03-01;08000101\n;\n2023-02-29;x\n2024-03-02;\n", findings);
    ASSERT_TRUE(records.has_value());
    EXPECT_EQ(records->size(), 2U);
    ASSERT_EQ(findings.size(), 3U);
    EXPECT_EQ(findings[0].code, "csv_cell_empty");
    EXPECT_EQ(findings[0].where, (base::Where{"in.csv", 3, "aanmelddatum", 1, 1}));
    EXPECT_EQ(findings[1].code, "csv_cell_day");
    EXPECT_EQ(findings[1].where, (base::Where{"in.csv", 4, "aanmelddatum", 1, 1}));
    EXPECT_EQ(findings[2].code, "csv_cell_agb");
    EXPECT_EQ(findings[2].severity, Severity::line_refused);
}

TEST(CsvForm, KindsAtTheirBorders) {
    struct Row {
        CsvKind kind;
        const char* cell;
        bool is_fine;
    };
    const Row table[] = {
        {CsvKind::text, "x", true},
        {CsvKind::day, "2024-02-29", true},
        {CsvKind::day, "20240229", true},
        {CsvKind::day, "29-02-2024", true},
        {CsvKind::day, "29-02-2023", false},
        {CsvKind::day, "29/02/2024", false},
        {CsvKind::day, "9-2-2024", false},
        {CsvKind::euros, "1310,75", true},
        {CsvKind::euros, "12", true},
        {CsvKind::euros, "12.50", false},
        {CsvKind::cents, "-1250", true},
        {CsvKind::cents, "12,50", false},
        {CsvKind::cents, "-", false},
        {CsvKind::digits, "007", true},
        {CsvKind::digits, "-7", false},
        {CsvKind::agb, "08000101", true},
        {CsvKind::agb, "8000101", false},
        {CsvKind::uzovi, "7001", true},
        {CsvKind::uzovi, "701", false},
        {CsvKind::bsn, "99999001", true},
        {CsvKind::bsn, "999990019", true},
        {CsvKind::bsn, "9999900", false},
        {CsvKind::performance, "032:1101", true},
        {CsvKind::performance, "1101", false},
        {CsvKind::yes_no, "ja", true},
        {CsvKind::yes_no, "nee", true},
        {CsvKind::yes_no, "Ja", false},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.cell);
        const CsvColumn one[] = {{"kop", row.kind, true, true, ""}};
        const CsvTable cells{"in.csv", ';', {"kop"}, {{2, {row.cell}}}};
        Findings findings;
        const auto records = read_form(cells, {"voorbeeld", one}, findings);
        ASSERT_TRUE(records.has_value());
        EXPECT_EQ(records->size(), row.is_fine ? 1U : 0U);
        EXPECT_EQ(findings.size(), row.is_fine ? 0U : 1U);
    }
}

}  // namespace
}  // namespace bundel::wire
