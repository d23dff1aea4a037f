#include "wire/layout.h"

#include <gtest/gtest.h>

#include "wire/testing.h"

namespace bundel::wire {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Layout, FilesAreGaplessAndKnowTheirMessage) {
    struct Row {
        const char* message;
        const char* ei_code;
        const char* version;
        std::size_t length;
        std::size_t heen;
        Status status;
        std::size_t records;
    };
    const Row rows[] = {
        {"VK301", "141", "0202", 310, 0, Status::verified, 6},
        {"VK302", "142", "0202", 370, 310, Status::verified, 6},
        {"KZ301", "133", "0302", 310, 0, Status::provisional, 5},
        {"KZ302", "134", "0302", 370, 310, Status::provisional, 5},
        {"AW319", "187", "0104", 310, 0, Status::verified, 5},
        {"EP301", "179", "0102", 310, 0, Status::verified, 6},
        {"EP302", "180", "0102", 370, 310, Status::verified, 6},
        {"MZ301", "176", "0103", 310, 0, Status::verified, 6},
        {"MZ302", "177", "0103", 370, 310, Status::verified, 6},
        {"PM304", "107", "0302", 310, 0, Status::verified, 6},
        {"ZH308-8.0", "101", "0800", 570, 0, Status::verified, 7},
        {"ZH309-8.0", "102", "0800", 630, 570, Status::verified, 7},
        {"ZH308-9.0", "101", "0900", 610, 0, Status::verified, 7},
        {"ZH309-9.0-provisional", "102", "0900", 670, 610, Status::provisional, 7},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.message);
        const auto layout = testing::layout(row.message);
        ASSERT_NE(layout, nullptr);
        EXPECT_EQ(layout->ei_code(), row.ei_code);
        EXPECT_EQ(layout->version_digits() + layout->subversion_digits(), row.version);
        EXPECT_EQ(layout->record_length(), row.length);
        EXPECT_EQ(layout->heen_length(), row.heen);
        EXPECT_EQ(layout->status(), row.status);
        EXPECT_EQ(layout->records().size(), row.records);
        EXPECT_EQ(layout->mark_value(), row.status == Status::provisional ? "BUNDEL-SIM" : "");
    }
}

// The positions that the issue and the sources name, by hand.
TEST(Layout, ColumnsAreWhereTheStandardPrintsThem) {
    struct Row {
        const char* message;
        const char* field;
        int position;
        int length;
        const char* element;
    };
    const Row rows[] = {
        {"VK301", "0203", 15, 9, "NUM313"},
        {"VK301", "0412", 73, 8, "DAT001"},
        {"VK301", "0429", 164, 20, "NUM362"},
        {"VK301", "9907", 34, 11, "BED025"},
        {"VK302", "0483", 320, 8, "BED166"},
        {"VK302", "0196", 343, 4, "COD954"},
        {"VK302", "9909", 46, 11, "BED167"},
        {"AW319", "0417", 125, 5, "COD388"},
        {"AW319", "0431", 195, 20, "NUM362"},
        {"EP301", "0408", 59, 8, "DAT272"},
        {"EP302", "0483", 320, 8, "BED166"},
        {"MZ301", "0427", 143, 1, "COD668"},
        {"MZ302", "0182", 335, 8, "DAT277"},
        {"PM304", "0434", 192, 20, "NUM362"},
        {"KZ301", "0408", 59, 8, "DAT001"},
        {"KZ301", "0412", 86, 6, "COD388"},
        {"KZ301", "0425", 152, 20, "NUM362"},
        {"KZ301", "0480", 192, 119, "TEC007"},
        {"KZ302", "0425", 152, 20, "NUM362"},
        {"KZ302", "0483", 320, 8, "BED166"},
        {"ZH308-8.0", "0206", 43, 11, "NUM366"},
        {"ZH308-8.0", "0380", 298, 273, "TEC007"},
        {"ZH308-8.0", "0410", 68, 8, "DAT001"},
        {"ZH308-8.0", "0413", 86, 9, "COD988"},
        {"ZH308-8.0", "0436", 213, 200, "COD989"},
        {"ZH308-8.0", "0453", 519, 20, "NUM362"},
        {"ZH308-8.0", "0608", 49, 6, "COD695"},
        {"ZH308-8.0", "0620", 107, 8, "BED161"},
        {"ZH308-8.0", "0622", 116, 20, "NUM371"},
        {"ZH308-8.0", "9905", 21, 6, "ANT002"},
        {"ZH308-8.0", "9908", 40, 11, "BED025"},
        {"ZH309-8.0", "0181", 571, 24, "NUM370"},
        {"ZH309-8.0", "0496", 571, 4, "COD954"},
        {"ZH309-8.0", "0683", 580, 8, "BED166"},
        {"ZH309-8.0", "0696", 589, 4, "COD954"},
        {"ZH309-8.0", "9910", 52, 11, "BED167"},
        {"ZH308-9.0", "0411", 76, 8, "DAT001"},
        {"ZH308-9.0", "0422", 161, 8, "COD836"},
        {"ZH308-9.0", "0441", 250, 200, "COD989"},
        {"ZH308-9.0", "0458", 556, 20, "NUM362"},
        {"ZH308-9.0", "1611", 77, 10, "COD329"},
        {"ZH308-9.0", "1612", 87, 8, "DAT315"},
        {"ZH308-9.0", "1613", 95, 8, "DAT316"},
        {"ZH308-9.0", "1614", 103, 4, "ANT054"},
        {"ZH308-9.0", "1619", 129, 1, "COD043"},
        {"ZH308-9.0", "1620", 130, 20, "NUM415"},
        {"ZH308-9.0", "1621", 150, 20, "NUM416"},
        {"ZH308-9.0", "9906", 27, 6, "ANT300"},
        {"ZH308-9.0", "9909", 46, 11, "BED025"},
        {"ZH309-9.0-provisional", "0683", 620, 8, "BED166"},
        {"ZH309-9.0-provisional", "1696", 611, 4, "COD954"},
        {"ZH309-9.0-provisional", "9911", 58, 11, "BED167"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(row.message) + " " + row.field);
        const auto layout = testing::layout(row.message);
        const auto column = layout->column(row.field);
        ASSERT_TRUE(column.ok());
        EXPECT_EQ(column->offset + 1, row.position);
        EXPECT_EQ(column->length, row.length);
        EXPECT_EQ(layout->field(*column).element, row.element);
    }
}

TEST(Layout, ColumnsResolvesManyOrNames) {
    const auto layout = testing::layout("VK301");
    const auto found = layout->columns(std::array<std::string_view, 2>{"0203", "0429"});
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)[1].offset, 163);
    const auto missing = layout->columns(std::array<std::string_view, 2>{"0203", "0483"});
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error(),
              (base::Error{"layout_field_unknown", {{"layout", "VK301-2.2"}, {"field", "0483"}}}));
}

TEST(Layout, ParseRefusesByName) {
    const std::string good = testing::layout_json("KZ301-3.2-provisional");
    struct Row {
        const char* name;
        std::string json;
        const char* code;
    };
    const Row rows[] = {
        {"no JSON", "{", "layout_syntax"},
        {"empty", "", "layout_syntax"},
        {"no object", "[]", "layout_value"},
        {"nothing in it", "{}", "layout_value"},
        {"a gap", replaced(good, R"("pos": 15, "len": 9)", R"("pos": 16, "len": 9)"), "layout_gap"},
        {"an overlap", replaced(good, R"("pos": 15, "len": 9)", R"("pos": 15, "len": 10)"), "layout_gap"},
        {"no width", replaced(good, R"("pos": 15, "len": 9)", R"("pos": 15, "len": 0)"), "layout_gap"},
        {"one short", replaced(good, R"("pos": 192, "len": 119)", R"("pos": 192, "len": 118)"),
         "layout_length"},
        {"one long", replaced(good, R"("pos": 192, "len": 119)", R"("pos": 192, "len": 120)"),
         "layout_length"},
        {"record length", replaced(good, R"("record_length": 310)", R"("record_length": 311)"),
         "layout_length"},
        {"field twice", replaced(good, R"("id": "0203")", R"("id": "0202")"), "layout_field_double"},
        {"unknown type", replaced(good, R"("type": "AN")", R"("type": "X")"), "layout_value"},
        {"status", replaced(good, R"("status": "provisional")", R"("status": "maybe")"), "layout_value"},
        {"letters in the EI code", replaced(good, R"("ei_code": "133")", R"("ei_code": "13X")"),
         "layout_value"},
        {"another EI code than its record 01", replaced(good, R"("ei_code": "133")", R"("ei_code": "150")"),
         "layout_value"},
        {"constant too long", replaced(good, R"("const": "02")", R"("const": "002")"), "layout_value"},
        {"provisional without mark", replaced(good, R"("mark": {)", R"("no": {)"), "layout_value"},
        {"mark of another length", replaced(good, R"("value": "BUNDEL-SIM")", R"("value": "BUNDEL")"),
         "layout_value"},
        {"count of no field", replaced(good, R"("field": "9902")", R"("field": "9999")"),
         "layout_field_unknown"},
        {"order of no record", replaced(good, R"({"code": "04", "min": 1)", R"({"code": "07", "min": 1)"),
         "layout_structure"},
        {"order without a record",
         replaced(good, R"(, "children": [{"code": "98", "min": 0, "max": null}, )", R"(, "x": [)"),
         "layout_structure"},
        {"at most two", replaced(good, R"("max": 1)", R"("max": 2)"), "layout_value"},
        {"no EI code in the list", replaced(good, R"("ei_code": "133")", R"("ei_code": [])"), "layout_value"},
        {"a number in the list", replaced(good, R"("ei_code": "133")", R"("ei_code": [133])"),
         "layout_value"},
        {"of no kind", replaced(good, R"("message": "KZ301")", R"("kind": "x", "message": "KZ301")"),
         "layout_value"},
        {"an insert", testing::layout_json("SB311-2.0"), "layout_value"},
    };
    ASSERT_TRUE(Layout::parse(good).ok());
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const auto layout = Layout::parse(row.json);
        ASSERT_FALSE(layout.ok());
        EXPECT_EQ(layout.error().code, row.code);
    }
}

TEST(Layouts, RecognisesByTheFirstNineCharacters) {
    const Layouts layouts = testing::all_layouts();
    struct Row {
        const char* bytes;
        const char* message;  // empty: refused
        const char* code;
        const char* return_code;
    };
    const Row rows[] = {
        {"011410202", "VK301", "", ""},
        {"011420202B", "VK302", "", ""},
        {"011330302", "KZ301", "", ""},
        {"011010800", "ZH308", "", ""},
        {"011010900", "ZH308", "", ""},
        {"011020800", "ZH309", "", ""},
        {"011870104", "AW319", "", ""},
        {"014280104", "AW319", "", ""},
        {"014300104", "AW319", "", ""},
        {"011011000", "", "version_unknown", "0011"},
        {"<Bericht xmlns=\"http://ei.vektis.nl/declaratiebericht573\">", "", "message_by_name_only", ""},
        {"\xEF\xBB\xBF <?xml?>\n<a:Bericht xmlns:a=\"http://ei.vektis.nl/declaratiebericht574\">", "",
         "message_by_name_only", ""},
        {"<Bericht xmlns=\"http://ei.vektis.nl/declaratiebericht999\">", "", "xml_unknown", ""},
        {"\xEF\xBB\xBF", "", "byte_order_mark", "0002"},
        {"", "", "file_empty", "0001"},
        {"01141020", "", "header_unreadable", "0002"},
        {"021410202", "", "header_unreadable", "0002"},
        {"01A410202", "", "header_unreadable", "0002"},
        {"PK\x03\x04zipzip", "", "header_unreadable", "0002"},
        {"019990202", "", "message_kind_unknown", "0010"},
        {"011410302", "", "version_unknown", "0011"},
        {"011410203", "", "subversion_unknown", "8027"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.bytes);
        base::Findings findings;
        const auto layout = layouts.recognise(row.bytes, "in.asc", findings);
        EXPECT_EQ(layout ? layout->message() : "", row.message);
        ASSERT_EQ(findings.size(), layout ? 0U : 1U);
        if (layout) continue;
        EXPECT_EQ(findings[0].code, row.code);
        EXPECT_EQ(findings[0].return_code, row.return_code);
        EXPECT_EQ(findings[0].severity, base::Severity::file_refused);
        EXPECT_EQ(findings[0].where.file, "in.asc");
    }
}

TEST(Layouts, WhatAMessageIsAnsweredIn) {
    const Layouts& layouts = testing::all_layouts();
    struct Row {
        const char* claims;
        const char* answer;  // empty: none
    };
    const Row rows[] = {{"VK301-2.2", "VK302-2.2"}, {"KZ301-3.2-provisional", "KZ302-3.2-provisional"},
                        {"EP301-1.2", "EP302-1.2"}, {"MZ301-1.3", "MZ302-1.3"},
                        {"ZH308-8.0", "ZH309-8.0"}, {"ZH308-9.0", "ZH309-9.0-provisional"},
                        {"AW319-1.4", ""},          {"PM304-3.2", ""},
                        {"VK302-2.2", ""}};
    for (const Row& row : rows) {
        const LayoutRef answer = layouts.answer_to(*testing::layout(row.claims));
        EXPECT_EQ(answer ? answer->name() : "", row.answer) << row.claims;
    }
}

// A debtor record of a version of its own: where it goes, how wide it becomes there, and what answers it.
TEST(Layouts, InsertsGoWhereTheyFit) {
    const Layouts& layouts = testing::all_layouts();
    struct Row {
        const char *host, *insert, *version;
        int reserve;  // length of what is left; 0: it does not go in
        const char* answer;
    };
    const Row rows[] = {{"KZ301", "SB311", "2.0", 2, "SB312-2.0-provisional"},
                        {"KZ301", "SB311", "1.0", 11, ""},
                        {"VK301", "SB311", "2.0", 2, ""},
                        {"AW319", "SB311", "2.0", 2, nullptr},
                        {"ZH308-8.0", "SB311", "2.0", 262, ""},
                        {"ZH308-9.0", "SB311", "2.0", 302, "SB312-2.0-provisional"},
                        {"KZ302", "SB311", "2.0", 0, nullptr},
                        {"KZ301", "SB312", "2.0-provisional", 0, nullptr},
                        {"VK302", "SB312", "2.0-provisional", 0, nullptr},  // not surer than its host
                        {"KZ301", "SB311", "3.0", 0, nullptr}};
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(row.host) + " " + row.insert + " " + row.version);
        const LayoutRef with = layouts.with_insert(testing::layout(row.host), row.insert, row.version);
        ASSERT_EQ(with != nullptr, row.reserve > 0);
        if (!with) continue;
        EXPECT_EQ(with->insert(), std::string(row.insert) + "-" + row.version);
        EXPECT_EQ(with->name(), testing::layout(row.host)->name());
        EXPECT_EQ(with->status(), testing::layout(row.host)->status());
        EXPECT_EQ(with->field(*with->column("0380")).length, row.reserve);
        EXPECT_EQ(with->field(*with->column("0325")).element, "NUM406");
        const LayoutRef answer = layouts.answer_to(*with);
        ASSERT_EQ(answer != nullptr, row.answer != nullptr);
        if (answer) {
            EXPECT_EQ(answer->insert(), row.answer);
        }
    }
    const LayoutRef widest =
        layouts.with_insert(testing::layout("ZH309-9.0-provisional"), "SB312", "2.0-provisional");
    ASSERT_NE(widest, nullptr);
    EXPECT_EQ(widest->column("0396")->offset, 610);
}

TEST(Layouts, InsertsAreRefusedByName) {
    const std::string good = testing::layout_json("SB311-2.0");
    struct Row {
        const char* name;
        std::string json;
        const char* code;
    };
    const Row rows[] = {
        {"a gap", replaced(good, R"("pos": 15, "len": 11)", R"("pos": 16, "len": 11)"), "layout_gap"},
        {"one short", replaced(good, R"("pos": 309, "len": 2)", R"("pos": 309, "len": 1)"), "layout_length"},
        {"no such reserve", replaced(good, R"("reserve": "0380")", R"("reserve": "0381")"), "layout_value"},
        {"no status", replaced(good, R"("status": "verified")", R"("status": "sure")"), "layout_value"},
        {"no place", replaced(good, R"("under": "02")", R"("over": "02")"), "layout_value"},
        {"constant of another record", replaced(good, R"("const": "03")", R"("const": "04")"),
         "layout_value"},
    };
    for (const Row& row : rows) {
        Layouts layouts;
        const auto done = layouts.read(row.json);
        ASSERT_FALSE(done.ok()) << row.name;
        EXPECT_EQ(done.error().code, row.code) << row.name;
    }
}

// The order in which the files are read does not matter.
TEST(Layouts, InsertsMayComeFirst) {
    Layouts layouts;
    ASSERT_TRUE(layouts.read(testing::layout_json("SB311-2.0")).ok());
    ASSERT_TRUE(layouts.read(testing::layout_json("VK301-2.2")).ok());
    EXPECT_NE(layouts.with_insert(layouts.find("VK301", "2.2"), "SB311", "2.0"), nullptr);
}

TEST(Layouts, MessagesKnownByNameAreNoLayouts) {
    const Layouts& layouts = testing::all_layouts();
    ASSERT_EQ(layouts.named().size(), 2U);
    EXPECT_EQ(layouts.named()[0].message + layouts.named()[1].message, "GDS801GDS802");
    EXPECT_EQ(layouts.find("GDS801", "1.0"), nullptr);
    EXPECT_FALSE(Layout::parse(testing::layout_json("GDS801-1.0")).ok());
}

// What a person is shown of a field: the rule of the standard, and the expression of the official table.
TEST(Layout, FieldsKeepTheTextsOfTheStandard) {
    struct Row {
        const char *message, *field, *rule, *regex;
    };
    const Row rows[] = {{"VK301", "0119", "Defaultwaarde is 'EUR'.", ""},
                        {"ZH308-9.0", "0119", "CS: Waarde 'EUR' vullen.", ""},
                        {"AW319", "0113", nullptr, "01|02|03|04"},
                        {"AW319", "0116", nullptr, R"(\s{12}|^[^\s].{11})"}};
    for (const Row& row : rows) {
        const auto layout = testing::layout(row.message);
        const Field& field = layout->field(*layout->column(row.field));
        if (row.rule != nullptr) {
            EXPECT_EQ(field.rule, row.rule);
        }
        EXPECT_EQ(field.regex, row.regex);
    }
}

TEST(Layouts, RefusesTheSameMessageTwice) {
    Layouts layouts = testing::all_layouts();
    auto again = Layout::parse(testing::layout_json("VK301-2.2"));
    ASSERT_TRUE(again.ok());
    const auto done = layouts.add(std::move(*again));
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().code, "layout_double");
    EXPECT_EQ(layouts.find("VK301", "2.2")->message(), "VK301");
    EXPECT_EQ(layouts.find("VK301", "2.3"), nullptr);
}

}  // namespace
}  // namespace bundel::wire
