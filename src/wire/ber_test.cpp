#include "wire/ber.h"

#include <gtest/gtest.h>

#include "wire/any_ber.h"
#include "wire/decode.h"
#include "wire/layout_compare.h"

namespace bundel::wire {
namespace {

using testing::all_layouts;
using testing::any_ber;
using testing::any_form;
using testing::BerForm;

const std::vector<ReturnText> no_texts;

// What was learnt from a BER made of a layout is that layout, in whatever form the BER was.
TEST(Ber, EveryFormOfEveryLayoutIsLearnt) {
    for (const LayoutRef& layout : all_layouts().all()) {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            SCOPED_TRACE(layout->name() + ", seed " + std::to_string(seed));
            const auto learnt =
                learn_layout(any_ber(*layout, any_form(seed)), "x.xls", all_layouts(), no_texts);
            ASSERT_TRUE(learnt.ok()) << learnt.error().code;
            EXPECT_TRUE(compare(*layout, learnt->layout).empty());
            EXPECT_TRUE(has_same_columns(*layout, learnt->layout));
            EXPECT_EQ(learnt->layout.heen_length(), layout->heen_length());
            EXPECT_EQ(learnt->layout.ei_code(), layout->ei_code());
            EXPECT_EQ(learnt->layout.status(), Status::verified);
            for (std::size_t i = 0; i < layout->records().size(); ++i) {
                for (std::size_t k = 0; k < layout->records()[i].fields.size(); ++k) {
                    const Field& is = learnt->layout.records()[i].fields[k];
                    const Field& was = layout->records()[i].fields[k];
                    EXPECT_EQ(is.return_code, was.return_code) << is.id;
                    EXPECT_EQ(is.severity, was.severity) << is.id;
                    EXPECT_EQ(is.regex, was.regex) << is.id;
                    EXPECT_EQ(is.zero_is_value, was.zero_is_value) << is.id;
                }
            }
        }
    }
}

// Order of records, counts and total are those of the layout too: its messages are read, and ours are its.
TEST(Ber, MessagesOfTheOneAreMessagesOfTheOther) {
    for (const LayoutRef& layout : all_layouts().all()) {
        for (const bool has_structure : {false, true}) {
            SCOPED_TRACE(layout->name() + (has_structure ? " with structure" : ""));
            BerForm form;
            form.has_structure = has_structure;
            const auto learnt = learn_layout(any_ber(*layout, form), "x.xls", all_layouts(), no_texts);
            ASSERT_TRUE(learnt.ok()) << learnt.error().code;
            const auto learnt_layout = std::make_shared<const Layout>(learnt->layout);
            for (std::uint64_t seed = 1; seed <= 20; ++seed) {
                base::Findings findings;
                decode(testing::any_message(layout, seed), learnt_layout, "x.txt", findings);
                EXPECT_EQ(findings.size(), 0U);
                if (layout->status() == Status::provisional) continue;
                decode(testing::any_message(learnt_layout, seed), layout, "x.txt", findings);
                EXPECT_EQ(findings.size(), 0U);
            }
        }
    }
}

// A cell of a grid, by sheet name, row and column as they are shown; 0-based column.
std::string& cell(Grid& grid, const std::string& sheet, int row, std::size_t column) {
    for (GridSheet& one : grid.sheets) {
        for (GridRow& line : one.rows) {
            if (one.name != sheet || line.number != row) continue;
            if (line.cells.size() <= column) line.cells.resize(column + 1);
            return line.cells[column];
        }
    }
    throw std::out_of_range(sheet + " " + std::to_string(row));
}

// Rows of the sheet of fields in the older form: 5 is the header, 7.. the fields (the one of 0101 is row 6).
constexpr int header = 6;
constexpr int row_0101 = 7;
constexpr std::size_t code = 2, number = 3, name = 4, type = 5, length = 6, last = 8, use = 9, element = 11,
                      rule = 15;

base::Error refusal(const Grid& grid) {
    const auto learnt = learn_layout(grid, "x.xls", all_layouts(), no_texts);
    return learnt.ok() ? base::Error{"none"} : learnt.error();
}

TEST(Ber, RefusesWithSheetAndRow) {
    struct Row {
        const char* name;
        const char* sheet;
        int row;
        std::size_t column;
        const char* value;
        base::Error error;
    };
    const char* fields = "GIS027-028";
    const auto at = [&](const char* error, int row, base::Params more = {}) {
        base::Params params{{"sheet", fields}, {"row", std::to_string(row)}};
        params.insert(params.end(), more.begin(), more.end());
        return base::Error{error, params};
    };
    const Row rows[] = {
        {"no column of types", fields, header, type, "Soort",
         at("ber_column_missing", header, {{"column", "Type"}})},
        {"no column of lengths", fields, header, length, "",
         at("ber_column_missing", header, {{"column", "Lengte"}})},
        {"no column of records", fields, header, code, "",
         at("ber_column_missing", header, {{"column", "Recordcode"}})},
        {"no positions", fields, header, last, "",
         at("ber_column_missing", header, {{"column", "Eindpositie"}})},
        {"record in letters", fields, row_0101, code, "XX", at("ber_record_code", row_0101)},
        {"record of three digits", fields, row_0101, code, "101", at("ber_record_code", row_0101)},
        {"a record comes back", fields, row_0101 + 1, code, "02", at("ber_field_number", row_0101 + 1)},
        {"number in letters", fields, row_0101, number, "A", at("ber_field_number", row_0101)},
        {"number of another record", fields, row_0101, number, "0201", at("ber_field_number", row_0101)},
        {"no name", fields, row_0101, name, "",
         at("ber_field_empty", row_0101, {{"column", "Naam gegevenselement"}})},
        {"no element", fields, row_0101, element, "",
         at("ber_field_empty", row_0101, {{"column", "Code gegeven"}})},
        {"unknown type", fields, row_0101, type, "X", at("ber_type", row_0101)},
        {"no type", fields, row_0101, type, "", at("ber_type", row_0101)},
        {"unknown use", fields, row_0101, use, "V", at("ber_use", row_0101)},
        {"no use", fields, row_0101, use, "", at("ber_use", row_0101)},
        {"length in letters", fields, row_0101, length, "twee",
         at("ber_number", row_0101, {{"column", "Lengte"}})},
        {"length zero", fields, row_0101, length, "0", at("ber_number", row_0101, {{"column", "Lengte"}})},
        {"no position", fields, row_0101, last, "", at("ber_number", row_0101, {{"column", "Eindpositie"}})},
        {"a gap", fields, row_0101 + 2, last, "8", at("ber_gap", row_0101 + 2, {{"field", "0103"}})},
        {"an overlap", fields, row_0101 + 2, last, "6", at("ber_overlap", row_0101 + 2, {{"field", "0103"}})},
        {"longer than the one before leaves", fields, row_0101 + 2, length, "3",
         at("ber_overlap", row_0101 + 2, {{"field", "0103"}})},
        {"another record in its rule", fields, row_0101, rule, "Waarde '02' vullen.",
         at("ber_constant", row_0101, {{"field", "0101"}})},
        {"another message in its rule", fields, row_0101 + 1, rule, "Waarde '999' vullen.",
         at("ber_constant", row_0101 + 1, {{"field", "0102"}})},
        {"another version in its rule", fields, row_0101 + 2, rule, "Waarde '03' vullen.",
         at("ber_constant", row_0101 + 2, {{"field", "0103"}})},
        {"another subversion in its rule", fields, row_0101 + 3, rule,
         "Anders '02' vullen. Waarde '03' vullen.", at("ber_constant", row_0101 + 3, {{"field", "0104"}})},
        {"no code of the standard", "GIS022", 6, 1, "", {"none"}},  // it also stands on the other sheet
        {"no name of a message", "GIS022", 6, 1, "KRAAMZORG", {"ber_message"}},
        {"no version", "GIS022", 8, 1, "", {"ber_head_missing", {{"label", "Versie"}}}},
        {"version in words", "GIS022", 8, 1, "twee", {"ber_version"}},
        {"version of three parts", "GIS022", 8, 1, "2.2.1", {"ber_version"}},
        {"no status", "GIS022", 10, 1, "", {"ber_head_missing", {{"label", "Status"}}}},
        {"another length",
         "GIS022",
         13,
         1,
         "Recordlengte = 370 posities.",
         {"ber_record_length", {{"record", "01"}, {"found", "310"}, {"length", "370"}}}},
        {"length not said", "GIS022", 13, 1, "Zie de standaardbeschrijving 2.1.", {"none"}},
    };
    const Grid good = any_ber(*testing::layout("VK301"), {});
    ASSERT_EQ(refusal(good).code, "none");
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        Grid grid = good;
        cell(grid, row.sheet, row.row, row.column) = row.value;
        EXPECT_EQ(refusal(grid), row.error) << refusal(grid).code;
    }
}

TEST(Ber, RefusesWhatIsNone) {
    const Grid good = any_ber(*testing::layout("VK301"), {});
    EXPECT_EQ(refusal({}).code, "ber_none");
    EXPECT_EQ(refusal({{{"Blad1", {{1, {"Naam", "Bedrag"}}, {2, {"a", "1"}}}}}}).code, "ber_none");
    EXPECT_EQ(refusal({{good.sheets[0]}}).code, "ber_none");

    Grid headers_only = good;
    auto& rows = headers_only.sheets[1].rows;
    while (rows.back().number > header) rows.pop_back();
    EXPECT_EQ(refusal(headers_only).code, "ber_none");

    const Grid fields_only{{good.sheets[1]}};
    EXPECT_EQ(refusal(fields_only), (base::Error{"ber_head_missing", {{"label", "Versie"}}}));
}

TEST(Ber, ARecordStandsInOnePlace) {
    // The rows of record 01 once more, at the end.
    Grid grid = any_ber(*testing::layout("VK301"), {});
    auto& rows = grid.sheets[1].rows;
    rows.pop_back();
    GridRow again = rows[4];
    again.number = rows.back().number + 1;
    ASSERT_EQ(again.cell(code), "01");
    rows.push_back(again);
    EXPECT_EQ(
        refusal(grid),
        (base::Error{"ber_record_double",
                     {{"sheet", "GIS027-028"}, {"row", std::to_string(again.number)}, {"record", "01"}}}));
}

TEST(Ber, AnUnknownRecordNeedsAPlace) {
    Grid grid = any_ber(*testing::layout("VK301"), {});
    for (GridRow& row : grid.sheets[1].rows) {
        if (row.cell(code) != "03") continue;
        row.cells[code] = "05";
        row.cells[number] = "05" + row.cells[number].substr(2);
        row.cells.resize(std::min(row.cells.size(), rule));
    }
    EXPECT_EQ(refusal(grid), (base::Error{"ber_order_unknown", {{"record", "05"}}}));
    grid.sheets.push_back({"GISR504",
                           {{1, {"Record", "Bovenliggend record", "Voorkomen"}},
                            {2, {"01", "", "1"}},
                            {3, {"02", "", "1..n"}},
                            {4, {"98", "02", "0-n"}},
                            {5, {"05", "02", "0..1"}},
                            {6, {"04", "02", "1..*"}},
                            {7, {"98", "04", "0..*"}},
                            {8, {"99", "", "1..1"}}}});
    EXPECT_EQ(refusal(grid).code, "none");
    Grid unclear = grid;
    unclear.sheets.back().rows[4].cells[1] = "07";
    EXPECT_EQ(refusal(unclear), (base::Error{"ber_order", {{"sheet", "GISR504"}, {"row", "5"}}}));
    unclear = grid;
    unclear.sheets.back().rows[4].cells[2] = "soms";
    EXPECT_EQ(refusal(unclear), (base::Error{"ber_order", {{"sheet", "GISR504"}, {"row", "5"}}}));
}

TEST(Ber, AnAnswerTellsWhatItRepeats) {
    Grid grid = any_ber(*testing::layout("VK302"), {});
    for (GridRow& row : grid.sheets[1].rows) {
        // The tail of record 04 is numbered as if it were of the claim.
        if (row.cell(number) == "0481") row.cells[number] = "0479";
    }
    EXPECT_EQ(refusal(grid).code, "ber_answer_unknown");
}

TEST(Ber, TheClosingRecordMustCountAndSum) {
    const auto without = [](const char* message, std::string_view words) {
        Grid grid = any_ber(*testing::layout(message), {});
        for (GridRow& row : grid.sheets[1].rows) {
            for (std::string& cell : row.cells) {
                if (cell.starts_with(words)) cell[0] = 'X';
            }
        }
        return refusal(grid);
    };
    const auto unknown = [](const char* what) {
        return base::Error{"ber_closing_unknown", {{"what", what}}};
    };
    EXPECT_EQ(without("VK301", "TOTAAL DECLARATIEBEDRAG"), unknown("TOTAAL DECLARATIEBEDRAG"));
    EXPECT_EQ(without("VK301", "DECLARATIEBEDRAG"), unknown("DECLARATIEBEDRAG"));
    Grid uncounted = any_ber(*testing::layout("VK302"), {});
    for (GridRow& row : uncounted.sheets[1].rows) {
        for (std::string& cell : row.cells) {
            if (cell.starts_with("AANTAL") || cell.starts_with("TOTAAL AANTAL")) cell[0] = 'X';
        }
    }
    EXPECT_EQ(refusal(uncounted), unknown("TOTAAL AANTAL DETAILRECORDS"));
}

TEST(Ber, OnlyAStandardIsVerified) {
    struct Row {
        const char* status;
        const char* version;
        Status is;
    };
    const Row rows[] = {{"STANDAARD", "2.2", Status::verified},
                        {"CONCEPT", "2.2-provisional", Status::provisional},
                        {"FINAAL CONCEPT", "2.2-provisional", Status::provisional},
                        {"VERVALLEN", "2.2-provisional", Status::provisional}};
    for (const Row& row : rows) {
        SCOPED_TRACE(row.status);
        Grid grid = any_ber(*testing::layout("VK301"), {});
        cell(grid, "GIS022", 10, 1) = row.status;
        const auto learnt = learn_layout(grid, "x.xls", all_layouts(), no_texts);
        ASSERT_TRUE(learnt.ok()) << learnt.error().code;
        EXPECT_EQ(learnt->layout.status(), row.is);
        EXPECT_EQ(learnt->layout.version(), row.version);
        EXPECT_EQ(learnt->layout.mark_value(), row.is == Status::verified ? "" : "BUNDEL-SIM");
        EXPECT_NE(learnt->layout.source().find(row.status), std::string::npos);
        EXPECT_NE(learnt->layout.source().find("x.xls"), std::string::npos);
    }
}

// One standard for messages that differ in their code only: a layout for each.
TEST(Ber, SeveralCodesAreSeveralLayouts) {
    Grid grid = any_ber(*testing::layout("AW319"), {});
    const char* three = "Bij Wlz waarde '187', bij wijkverpleging '428' en anders waarde '430' vullen.";
    cell(grid, "GIS027-028", row_0101 + 1, rule) = three;
    const auto learnt = learn_layout(grid, "x.xlsx", all_layouts(), no_texts);
    ASSERT_TRUE(learnt.ok()) << learnt.error().code;
    Layouts layouts;
    ASSERT_TRUE(layouts.read(learnt->json).ok());
    ASSERT_EQ(layouts.all().size(), 3U);
    EXPECT_EQ(layouts.all()[2]->ei_code(), "430");
    cell(grid, "GIS022", 7, 1) = "999";
    EXPECT_EQ(refusal(grid).code, "ber_constant");
    cell(grid, "GIS022", 7, 1) = "";
    EXPECT_EQ(refusal(grid).code, "none");
    cell(grid, "GIS027-028", row_0101 + 1, rule) = "";
    EXPECT_EQ(refusal(grid).code, "ber_ei_code");
}

// With no layout known the code is the one whose text names the field.
TEST(Ber, ReturnCodesComeFromTheirTexts) {
    const std::vector<ReturnText> texts = {
        {"0002", "Kenmerk record ontbreekt of is onjuist.", 'X'},
        {"0018", "UZOVI-nummer ontbreekt of is onjuist (voorlooprecord).", 'T'},
        {"0423", "UZOVI-nummer ontbreekt of is onjuist (detailrecord).", 'D'},
        {"0310", "Voorletters ontbreken of zijn onjuist (verzekerde).", 'D'},
        {"0704", "Voorletters ontbreken of zijn onjuist (debiteur).", 'D'},
        {"0550", "Machtigingsnummer / meldingsnummer zorgverzekeraar ontbreekt of is onjuist.", 'D'},
        {"0300", "Verzekerdennummer (inschrijvingsnummer, relatienummer) is onbekend.", 'D'},
        {"8011",
         "Zorgverlenerscode behandelaar/uitvoerder of specialisme behandelaar/uitvoerder ontbreekt of is "
         "onjuist.",
         'D'},
        {"0651", "Referentienummer voorgaande gerelateerde prestatie ontbreekt of is onjuist.", 'D'},
        {"0631", "Indicatie debet/credit ontbreekt of is onjuist.", 'D'},
        {"0581", "Aanduiding prestatiecodelijst ontbreekt of is onjuist.", 'D'},
        {"0582", "Prestatiecode ontbreekt of is onjuist.", 'D'},
        {"0151", "Aantal verzekerdenrecords ontbreekt of is onjuist.", 'X'},
    };
    const auto learnt = learn_layout(any_ber(*testing::layout("VK301"), {}), "x.xls", Layouts(), texts);
    ASSERT_TRUE(learnt.ok());
    struct Row {
        const char* field;
        const char* code;
        base::Severity severity;
    };
    const Row rows[] = {
        {"0108", "0018", base::Severity::claim_refused},
        {"0204", "0423", base::Severity::line_refused},
        {"0215", "0310", base::Severity::line_refused},
        {"0205", "", base::Severity::line_refused},
        {"0406", "0550", base::Severity::line_refused},
        {"0415", "0581", base::Severity::line_refused},
        {"0416", "0582", base::Severity::line_refused},
        {"0417", "8011", base::Severity::line_refused},
        {"0418", "8011", base::Severity::line_refused},
        {"9902", "0151", base::Severity::file_refused},
        {"9908", "", base::Severity::file_refused},
        {"0117", "", base::Severity::claim_refused},
        {"0180", "", base::Severity::note},
        {"0430", "0651", base::Severity::line_refused},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.field);
        const auto column = learnt->layout.column(row.field);
        ASSERT_TRUE(column.ok());
        const Field& field = learnt->layout.field(*column);
        EXPECT_EQ(field.return_code, row.code) << field.name;
        EXPECT_EQ(field.severity, row.severity);
    }
}

}  // namespace
}  // namespace bundel::wire
