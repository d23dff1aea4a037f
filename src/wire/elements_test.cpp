#include "wire/elements.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "wire/any_elements.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

Field field(const char* element, const char* codelist = "") {
    Field one;
    one.element = element;
    one.codelist = codelist;
    return one;
}

TEST(Elements, WhatIsNotInTheTableIsHidden) {
    struct Row {
        const char* name;
        Field field;
        ElementKind kind;
        bool is_hidden;
    };
    const Row rows[] = {
        {"by name", field("NUM313"), ElementKind::bsn, true},
        {"name beats prefix", field("DAT001"), ElementKind::day, false},
        {"date by prefix", field("DAT999"), ElementKind::birth_day, true},
        {"amount by prefix", field("BED999"), ElementKind::amount, false},
        {"listed code by prefix", field("COD999", "COD999-VEKT"), ElementKind::code, false},
        {"code without list", field("COD999"), ElementKind::unknown, true},
        {"no prefix", field("NUM999", "COD999-VEKT"), ElementKind::unknown, true},
        {"no element", field(""), ElementKind::unknown, true},
        {"last that is shown", field("COD089"), ElementKind::provider, false},
        {"diagnosis", field("COD127"), ElementKind::code, false},
        {"free text", field("OMS016"), ElementKind::free_text, true},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(testing::elements().of(row.field), row.kind);
        EXPECT_EQ(is_hidden(testing::elements().of(row.field)), row.is_hidden);
    }
}

// The fields of a layout file, whatever kind of file it is: one on a line.
std::vector<Field> fields_of(const std::string& json) {
    const auto value = [](const std::string& line, const std::string& key) {
        const auto at = line.find("\"" + key + "\": \"");
        if (at == std::string::npos) return std::string();
        const auto from = at + key.size() + 5;
        return line.substr(from, line.find('"', from) - from);
    };
    std::vector<Field> fields;
    std::istringstream lines(json);
    for (std::string line; std::getline(lines, line);) {
        if (!value(line, "element").empty())
            fields.push_back(field(value(line, "element").c_str(), value(line, "codelist").c_str()));
    }
    return fields;
}

// Whatever layouts there are: somebody decided of every element.
TEST(Elements, EveryElementOfEveryLayoutIsKnown) {
    std::size_t known = 0;
    for (const auto& file : std::filesystem::directory_iterator(BUNDEL_SOURCE_DIR "/rulebooks/layouts")) {
        for (const Field& one : fields_of(testing::layout_json(file.path().stem().string()))) {
            EXPECT_NE(testing::elements().of(one), ElementKind::unknown)
                << file.path().filename() << " " << one.element;
            ++known;
        }
    }
    EXPECT_GT(known, 900U);
}

TEST(Elements, RefusesByName) {
    const std::string invented =
        R"("invented": {"names": ["A"], "streets": ["A"], "towns": ["A"], "email": "a@b", "free_text": "A"})";
    const std::string good = R"({"elements": {"NUM313": "bsn"}, "prefixes": {}, )" + invented + "}";
    ASSERT_TRUE(Elements::parse(good).ok());
    struct Row {
        const char* from;
        const char* to;
        const char* key;
    };
    const Row rows[] = {
        {R"("elements": {"NUM313": "bsn"})", R"("elements": [])", "elements"},
        {R"("bsn")", R"("unknown")", "NUM313"},
        {R"("bsn")", "1", "NUM313"},
        {R"("prefixes": {})", R"("prefixes": {"DAT": "dag"})", "DAT"},
        {R"("prefixes": {}, )", "", "prefixes"},
        {R"("invented")", R"("other")", "invented"},
        {R"("names": ["A"])", R"("names": [])", "names"},
        {R"("streets": ["A"])", R"("streets": [1])", "streets"},
        {R"("towns": ["A"])", "\"towns\": [\"\xC3\xA9\"]", "towns"},
        {R"("email": "a@b")", R"("email": "")", "email"},
        {R"("free_text": "A")", R"("free_text": "")", "free_text"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.to);
        std::string text = good;
        text.replace(text.find(row.from), std::string(row.from).size(), row.to);
        const auto read = Elements::parse(text);
        ASSERT_FALSE(read.ok());
        EXPECT_EQ(read.error(), (base::Error{"elements_value", {{"key", row.key}}}));
    }
    EXPECT_EQ(Elements::parse("{").error().code, "elements_syntax");
}

}  // namespace
}  // namespace bundel::wire
