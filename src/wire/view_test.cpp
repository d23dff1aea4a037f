#include "wire/view.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "wire/any_elements.h"
#include "wire/scan.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

std::string golden(const std::string& name) {
    std::ifstream file(BUNDEL_SOURCE_DIR "/tests/golden/ei/" + name + ".asc", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The fields of a line of VK301 (1-based), by their number.
std::map<std::string, FieldView> view(const std::string& bytes, std::uint32_t line, bool is_revealed) {
    const LayoutRef layout = testing::layout("VK301");
    static Masks masks;
    masks = {};
    Viewer viewer(*layout, testing::elements(), masks, is_revealed);
    std::map<std::string, FieldView> views;
    base::Findings findings;
    Scan scan(layout, "x", findings, [&](const Record& record, std::string_view content) {
        for (const FieldView& one : viewer.fields(record, content)) {
            if (record.line == line) views[one.field->id] = one;
        }
    });
    scan.feed(bytes);
    scan.finish();
    return views;
}

TEST(View, ABsnIsHiddenWhereverItStands) {
    std::string bytes = golden("VK301");
    const std::string bsn = bytes.substr(312 + 14, 9);
    bytes.replace(312 * 2 + 163, 11, "P-" + bsn);  // her reference
    auto views = view(bytes, 3, false);
    EXPECT_TRUE(views["0429"].is_hidden);
    EXPECT_EQ(view(bytes, 3, true)["0429"].value, "P-" + bsn);
    EXPECT_FALSE(view(bytes, 4, false)["0429"].is_hidden);
}

TEST(View, OfARecordThatMayBeShiftedNoTextIsTold) {
    std::string bytes = golden("VK301");
    bytes.replace(312 * 2 + 60, 4, "Jans");  // letters where digits stand
    auto views = view(bytes, 3, false);
    EXPECT_TRUE(views["0429"].is_hidden);
    EXPECT_EQ(views["0425"].value, "D");
    EXPECT_EQ(views["0405"].mask, 1U);
}

TEST(View, HidesPersonsAndTellsTheRest) {
    const std::string bytes = golden("VK301");
    struct Row {
        const char* name;
        std::uint32_t line;
        const char* id;
        std::size_t mask;  // 0 with an empty value: hidden without a number
        const char* value;
    };
    const Row rows[] = {
        {"BSN", 2, "0203", 1, ""},
        {"the same on her line", 3, "0403", 1, ""},
        {"another woman", 6, "0203", 2, ""},
        {"insured number", 2, "0205", 1, ""},
        {"the same on her line", 3, "0405", 1, ""},
        {"patient number", 2, "0206", 2, ""},
        {"name", 2, "0210", 0, ""},
        {"birth", 2, "0207", 0, ""},
        {"house number", 2, "0219", 0, ""},
        {"free text", 5, "9804", 0, ""},
        {"BTW number", 1, "0118", 0, ""},
        {"insurer", 2, "0204", 0, "3317"},
        {"day of care", 3, "0412", 0, "20230901"},
        {"reference", 3, "0429", 0, "P-17-1"},
        {"provider", 3, "0417", 0, "08123456"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(std::string(row.name) + " " + row.id);
        const auto hidden = view(bytes, row.line, false);
        ASSERT_TRUE(hidden.contains(row.id));
        const FieldView& one = hidden.at(row.id);
        EXPECT_EQ(one.is_hidden, *row.value == '\0');
        EXPECT_EQ(one.mask, row.mask);
        EXPECT_EQ(one.value, row.value);
        EXPECT_FALSE(one.is_hidden && (one.day || one.amount));
        const auto revealed = view(bytes, row.line, true);
        EXPECT_FALSE(revealed.at(row.id).is_hidden);
        EXPECT_FALSE(revealed.at(row.id).value.empty());
    }
}

TEST(View, TellsWhatAFieldMeans) {
    const std::string bytes = golden("VK301");
    const auto line = view(bytes, 3, false);
    EXPECT_EQ(line.at("0412").day, values::Date::of(2023, 9, 1));
    EXPECT_EQ(line.at("0427").amount, values::Cents::of(48705));
    EXPECT_EQ(line.at("0427").sign, 'D');
    EXPECT_EQ(line.at("0423").sign, ' ') << "no sign behind a tariff";
    const auto credit = view(bytes, 4, false);
    EXPECT_EQ(credit.at("0427").amount, values::Cents::of(-52952));
    EXPECT_EQ(credit.at("0427").sign, 'C');
    EXPECT_FALSE(line.contains("0430")) << "empty";
    EXPECT_FALSE(line.contains("0426")) << "zeros that are no value";
    EXPECT_EQ(view(bytes, 2, true).at("0207").day, values::Date::of(1990, 5, 6));
}

// Where a value may stand in the place of another, it is not shown.
TEST(View, HidesWhatIsNotAsItShouldBe) {
    struct Row {
        const char* name;
        std::size_t line;  // 0-based
        const char* what;
        std::size_t removed;
        const char* id;  // hidden, and shown when the file is good
    };
    const Row rows[] = {
        {"letters in digits", 2, "Jans", 4, "0416"}, {"no day", 2, "20239999", 8, "0412"},
        {"constant", 0, "142", 3, "0102"},           {"reserve", 1, "Jansen", 6, "0280"},
        {"a line too short", 2, "", 1, "0404"},      {"a line too long", 2, "x", 0, "0404"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        std::string bytes = golden("VK301");
        const auto offset = testing::layout("VK301")->column(row.id)->offset;
        bytes.replace(312 * row.line + offset, row.removed, row.what);
        const auto number = static_cast<std::uint32_t>(row.line + 1);
        const auto hidden = view(bytes, number, false);
        ASSERT_TRUE(hidden.contains(row.id));
        EXPECT_TRUE(hidden.at(row.id).is_hidden);
        EXPECT_EQ(hidden.at(row.id).value, "");
        EXPECT_FALSE(view(bytes, number, true).at(row.id).is_hidden);
        const auto good = view(golden("VK301"), number, false);
        EXPECT_TRUE(!good.contains(row.id) || !good.at(row.id).is_hidden);
    }
}

TEST(View, ControlCharactersDoNotReachTheTerminal) {
    std::string bytes = golden("VK301");
    const auto at = bytes.find("P-17-1");
    bytes.replace(at, 6, "\x1B[2J\x9B\xE9");
    EXPECT_EQ(view(bytes, 3, true).at("0429").value, "?[2J?\xC3\xA9");
}

TEST(Masks, CountPerKindInOrderOfAppearance) {
    Masks masks;
    EXPECT_EQ(masks.number(ElementKind::bsn, "b"), 1U);
    EXPECT_EQ(masks.number(ElementKind::bsn, "a"), 2U);
    EXPECT_EQ(masks.number(ElementKind::number, "a"), 1U);
    EXPECT_EQ(masks.number(ElementKind::bsn, "b"), 1U);
}

}  // namespace
}  // namespace bundel::wire
