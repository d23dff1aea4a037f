// A message without a fault is told none, and each rule of levels 4 and 5 has its other side: what comes near
// to breaking it and does not. The broken side is in return_codes_test.cpp.
#include <gtest/gtest.h>

#include "intake/content.h"
#include "messages/sound.h"
#include "wire/testing.h"

namespace bundel::messages {
namespace {

TEST(Sound, AMessageOfEveryLayoutWithoutAFaultIsToldNone) {
    std::size_t checked = 0;
    for (const wire::LayoutRef& layout : layouts().all()) {
        if (layout->is_return()) continue;
        EXPECT_EQ(told(check(write(layout, sound_parts(*layout)))), "") << layout->name();
        ++checked;
    }
    EXPECT_GE(checked, 8U);
}

struct Row {
    const char* name;
    std::size_t part;  // of sound_parts
    Elements elements;
    const char* told;
};

constexpr std::size_t header = 0, insured = 1, line = 2, comment = 3;

// Of a VK301: 01, 02, 04, 98, 04.
TEST(Sound, BothSidesOfEachBorder) {
    const Row rows[] = {
        {"nines stand for nobody known",
         insured,
         {{"NUM313", "999999999"}},
         "3 0403 content_differs_from_insured 0435 D; 5 0403 content_differs_from_insured 0435 D; "},
        {"no postcode", insured, {{"COD083", ""}}, ""},
        {"postcode in small letters", insured, {{"COD083", "1234ab"}}, ""},
        {"postcode of digits", insured, {{"COD083", "123456"}}, "2 0217 content_pattern  D; "},
        {"letters first", insured, {{"COD083", "AB1234"}}, "2 0217 content_pattern  D; "},
        {"a space inside a name", insured, {{"NAM193", "Van Dijk"}}, ""},
        {"a comment may hold anything", comment, {{"OMS016", "0"}}, ""},
        {"a test message", header, {{"COD856", "P"}}, ""},
        {"period of one day, dated on it", header, {{"DAT043", "20240402"}, {"DAT044", "20240402"}}, ""},
        {"period ends after the invoice",
         header,
         {{"DAT044", "20240403"}},
         "1 0117 content_invoice_before_period_end 0025 T; "},
        {"dated today", header, {{"DAT031", "20240601"}}, ""},
        {"dated tomorrow", header, {{"DAT031", "20240602"}}, "1 0117 content_invoice_in_future 0025 T; "},
        {"software and its version", header, {{"COD805", "12"}, {"NUM284", "1.0"}}, ""},
        {"software without version", header, {{"COD805", "12"}}, "1 0107 content_software_version  T; "},
        {"the provider alone is paid", header, {{"COD181", ""}, {"COD833", "02"}}, ""},
        {"an institution is paid",
         header,
         {{"COD181", ""}, {"COD009", ""}, {"COD031", "06000001"}, {"COD833", "04"}},
         ""},
        {"partner's name with 2", insured, {{"COD701", "2"}, {"NAM191", "Anders"}}, ""},
        {"partner's name with 0",
         insured,
         {{"COD701", "0"}, {"NAM191", "Anders"}},
         "2 0213 content_partner_name  D; "},
        {"care on the day of the invoice", line, {{"DAT001", "20240402"}, {"DAT003", "20240402"}}, ""},
        {"end after it", line, {{"DAT003", "20240403"}}, "3 0413 content_end_after_invoice 8178 D; "},
        {"claimed as calculated", line, {{"BED161", "1000"}}, ""},
        {"less is claimed", line, {{"BED161", "999"}}, ""},
        {"nothing calculated", line, {{"BED153", ""}}, ""},
        {"a side where nothing is calculated", line, {{"BED153", ""}, {"COD668", ""}}, ""},
        {"specialism instead of the provider", line, {{"COD089", ""}, {"COD952", "0800"}}, ""},
        {"a debit may name a line before it", line, {{"NUM363", "R-0"}}, ""},
        {"a credit that names its debit",
         line,
         {{"COD668", "C"}, {"COD665", "C"}, {"NUM363", "R-0"}, {"COD388", "1102"}},
         ""},
    };
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    for (const Row& row : rows) {
        std::vector<Part> parts = sound_parts(*layout);
        for (const auto& [element, value] : row.elements) parts[row.part].elements[element] = value;
        EXPECT_EQ(told(check(write(layout, parts))), row.told) << row.name;
    }
}

// A stream is told the first of them; an answer needs them all.
TEST(Sound, ManyFaults) {
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    std::vector<Part> parts{{"01", {}}, {"02", {}}};
    for (int i = 0; i < 300; ++i) parts.push_back({"04", {{"COD668", "X"}}});
    const std::string bytes = write(layout, parts);
    const base::Findings streamed = check(bytes);
    EXPECT_LE(streamed.size(), wire::findings_max);
    EXPECT_EQ(streamed.back().code, "findings_capped");
    base::Findings all;
    const auto message = wire::decode(bytes, layout, "f", all);
    ASSERT_TRUE(message.has_value());
    intake::Seen seen;
    ASSERT_TRUE(intake::check_content(*message, intake::known_of(law(), today), seen, all).ok());
    EXPECT_EQ(all.size(), 300U);
    EXPECT_EQ(all.back().where.record, 302);
}

TEST(Sound, LinesSeenBefore) {
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    const auto file = [&](const char* invoice, const Elements& first, const Elements& second) {
        std::vector<Part> parts = sound_parts(*layout);
        parts[header].elements = {{"NUM029", invoice}};
        parts[line].elements = first;
        parts[4].elements = second;
        return write(layout, parts);
    };
    const auto credit = [](const char* own, const char* previous) {
        return Elements{{"NUM362", own}, {"NUM363", previous}, {"COD668", "C"}, {"COD665", "C"}};
    };
    const std::string march = file("F-3", {{"NUM362", "A"}}, {{"NUM362", "B"}});
    const std::string april = file("F-4", credit("C", "A"), {{"NUM362", "D"}, {"COD388", "1102"}});

    EXPECT_EQ(told(check(april, {march})), "");
    EXPECT_EQ(told(check(march, {march})),
              "1 0116 content_invoice_repeated 0030 T; 3 0429 content_reference_repeated 8021 D; "
              "5 0429 content_reference_repeated 8021 D; ");
    EXPECT_EQ(
        told(check(file("F-5", credit("E", "A"), {{"NUM362", "F"}, {"COD388", "1102"}}), {march, april})),
        "3 0430 content_credited_before 8084 D; ");
    const std::string may = file("F-5", credit("E", "Z"), {{"NUM362", "F"}, {"COD388", "1102"}});
    EXPECT_EQ(told(check(may, {march})), "3 0430 content_debit_unknown 8017 D; ");
    EXPECT_EQ(told(check(may)), "");  // without history nobody can say

    std::vector<Part> other = sound_parts(*layout);
    other[header].elements = {{"COD181", "08000202"}, {"NUM029", "F-3"}};
    other[line].elements = {{"NUM362", "A"}};
    EXPECT_EQ(told(check(write(layout, other), {march})), "");  // another declarant has numbers of its own
}

TEST(Sound, ADebitAndTheCreditThatSaysTheSameMayNotBeInOneFile) {
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    const Elements credit{{"COD668", "C"}, {"COD665", "C"}, {"NUM363", "R-0"}};
    std::vector<Part> parts = sound_parts(*layout);
    parts[4].elements = credit;
    EXPECT_EQ(told(check(write(layout, parts))), "5 0429 content_debit_and_credit 8062 D; ");
    parts[4].elements["BED161"] = "999";
    EXPECT_EQ(told(check(write(layout, parts))), "");
}

}  // namespace
}  // namespace bundel::messages
