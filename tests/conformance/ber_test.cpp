// Two specifications as Vektis published them, against facts that were read from them by hand.
#include "wire/ber.h"
#include "conformance/others.h"
#include "sheet/workbook.h"
#include "wire/decode.h"
#include "wire/layout_reader.h"
#include "wire/testing.h"

namespace bundel {
namespace {

using testing::is_absent;

base::Result<wire::Learnt> learn(std::string_view bytes, const std::string& file) {
    BUNDEL_TRY(grid, sheet::read_workbook(bytes));
    return wire::learn_layout(grid, file, wire::testing::all_layouts(), {});
}

struct FieldFact {
    const char* id;
    int position;
    int length;
    char type;  // N, or A for AN
    char use;
    const char* element;
    const char* codelist;
    const char* pattern;
};

struct Facts {
    const char* file;
    const char* name;
    const char* ei_code;
    std::vector<std::pair<const char*, std::size_t>> records;  // code, fields
    std::vector<FieldFact> fields;
};

std::string path_of(const Facts& facts) {
    return std::string("ei/") + facts.file;
}

// The BSN (0203, 0403) is M in the specifications; why it is C here: wire/ber.h.
const std::vector<Facts>& facts() {
    static const std::vector<Facts> all = {
        {"MZ301V0103.xls",
         "MZ301-1.3",
         "176",
         {{"01", 20}, {"02", 24}, {"03", 27}, {"04", 34}, {"98", 5}, {"99", 9}},
         {{"0101", 1, 2, 'N', 'M', "COD001", "", ""},
          {"0102", 3, 3, 'N', 'M', "COD002", "COD002-VEKT", "NNN"},
          {"0107", 17, 10, 'A', 'C', "NUM284", "", ""},
          {"0109", 31, 8, 'N', 'C', "COD377", "", "NNNNNNNN"},
          {"0114", 65, 8, 'N', 'M', "DAT043", "", "EEJJMMDD"},
          {"0180", 118, 193, 'A', 'S', "TEC007", "", ""},
          {"0203", 15, 9, 'N', 'C', "NUM313", "", ""},
          {"0303", 15, 11, 'A', 'M', "COD316", "", ""},
          {"0430", 156, 8, 'N', 'M', "BED161", "", ""},
          {"0431", 164, 1, 'A', 'M', "COD665", "COD043-VEKT", ""},
          {"0432", 165, 20, 'A', 'M', "NUM362", "", ""},
          {"9803", 15, 4, 'N', 'M', "NUM109", "", ""},
          {"9906", 27, 7, 'N', 'M', "ANT265", "", ""},
          {"9907", 34, 11, 'N', 'C', "BED025", "", ""},
          {"9980", 46, 265, 'A', 'S', "TEC007", "", ""}}},
        {"EP301V0102.xls",
         "EP301-1.2",
         "179",
         {{"01", 20}, {"02", 24}, {"03", 27}, {"04", 24}, {"98", 5}, {"99", 9}},
         {{"0104", 8, 2, 'N', 'C', "NUM309", "", ""},
          {"0119", 115, 3, 'A', 'M', "COD363", "COD363-ISO", ""},
          {"0217", 142, 6, 'A', 'C', "COD083", "", "NNNNAA"},
          {"0407", 58, 1, 'N', 'M', "COD820", "COD820-VEKT", ""},
          {"0480", 176, 135, 'A', 'S', "TEC007", "", ""},
          {"9902", 3, 6, 'N', 'M', "ANT085", "", ""},
          {"9980", 46, 265, 'A', 'S', "TEC007", "", ""}}}};
    return all;
}

class OfficialBer : public ::testing::TestWithParam<Facts> {};

TEST_P(OfficialBer, IsLearntAsItIs) {
    const Facts& facts = GetParam();
    if (is_absent(path_of(facts))) GTEST_SKIP() << "NOT RUN: conformance " << facts.file;
    const auto learnt = learn(testing::conformance_bytes(path_of(facts)), facts.file);
    ASSERT_TRUE(learnt.ok()) << learnt.error().code;
    const wire::Layout& layout = learnt->layout;
    EXPECT_EQ(layout.name(), facts.name);
    EXPECT_EQ(layout.ei_code(), facts.ei_code);
    EXPECT_EQ(layout.record_length(), 310U);
    EXPECT_EQ(layout.heen_length(), 0U);
    EXPECT_EQ(layout.status(), wire::Status::verified);
    ASSERT_EQ(layout.records().size(), facts.records.size());
    for (std::size_t i = 0; i < facts.records.size(); ++i) {
        EXPECT_EQ(layout.records()[i].code, facts.records[i].first);
        EXPECT_EQ(layout.records()[i].fields.size(), facts.records[i].second) << facts.records[i].first;
    }
    for (const FieldFact& fact : facts.fields) {
        SCOPED_TRACE(fact.id);
        const auto column = layout.column(fact.id);
        ASSERT_TRUE(column.ok());
        const wire::Field& field = layout.field(*column);
        EXPECT_EQ(field.position, fact.position);
        EXPECT_EQ(field.length, fact.length);
        EXPECT_EQ(field.kind, fact.type == 'N' ? wire::Kind::digits : wire::Kind::text);
        EXPECT_EQ(static_cast<char>(field.use), fact.use);
        EXPECT_EQ(field.element, fact.element);
        EXPECT_EQ(field.codelist, fact.codelist);
        EXPECT_EQ(field.pattern, fact.pattern);
    }
}

// Order, counts and total: its own messages are read without a remark, and a message out of order is not.
TEST_P(OfficialBer, ReadsAndWritesMessages) {
    const Facts& facts = GetParam();
    if (is_absent(path_of(facts))) GTEST_SKIP() << "NOT RUN: conformance " << facts.file;
    const auto learnt = learn(testing::conformance_bytes(path_of(facts)), facts.file);
    ASSERT_TRUE(learnt.ok()) << learnt.error().code;
    const auto layout = std::make_shared<const wire::Layout>(learnt->layout);
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        SCOPED_TRACE(seed);
        std::string bytes = wire::testing::any_message(layout, seed);
        base::Findings findings;
        ASSERT_TRUE(wire::decode(bytes, layout, facts.file, findings).has_value());
        EXPECT_TRUE(findings.empty());
        bytes.erase(312, 312);
        wire::decode(bytes, layout, facts.file, findings);
        EXPECT_FALSE(findings.empty());
    }
}

// Cut off or with a byte changed: a layout or an Error, never more.
TEST_P(OfficialBer, DamagedCopiesAreLearntOrRefused) {
    const Facts& facts = GetParam();
    if (is_absent(path_of(facts))) GTEST_SKIP() << "NOT RUN: conformance " << facts.file;
    const std::string whole = testing::conformance_bytes(path_of(facts));
    std::size_t refused = 0;
    wire::testing::Seeded seeded(1);
    constexpr std::size_t copies = 300;
    for (std::size_t i = 0; i < copies; ++i) {
        std::string copy = whole;
        if (i % 3 == 0) {
            copy.resize(seeded.below(whole.size()));
        } else {
            for (std::size_t flips = 1 + seeded.below(20); flips > 0; --flips) {
                copy[seeded.below(copy.size())] = static_cast<char>(seeded.below(256));
            }
        }
        refused += learn(copy, facts.file).ok() ? 0U : 1U;
    }
    EXPECT_GE(refused, copies / 3);
}

std::string name_of(const ::testing::TestParamInfo<Facts>& info) {
    return std::string(info.param.file).substr(0, 5);
}
INSTANTIATE_TEST_SUITE_P(Vektis, OfficialBer, ::testing::ValuesIn(facts()), name_of);

}  // namespace
}  // namespace bundel
