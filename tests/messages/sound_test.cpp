// A message without a fault is told none, and each rule of levels 4 and 5 has its other side: what comes near
// to breaking it and does not. The broken side is in return_codes_test.cpp.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
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
         {{"NUM313", "999999999"}, {"NUM003", "1"}},
         "3 0403 content_differs_from_insured 0435 D; 3 0405 content_differs_from_insured  D; "
         "5 0403 content_differs_from_insured 0435 D; 5 0405 content_differs_from_insured  D; "},
        {"a bureau is the receiver", header, {{"COD061", ""}, {"COD377", "98000001"}}, ""},
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

// Of a VK301 with these two lines.
std::string two_lines(const char* invoice, const char* dated, const Elements& first, const Elements& second) {
    const wire::LayoutRef layout = wire::testing::layout("VK301");
    std::vector<Part> parts = sound_parts(*layout);
    parts[header].elements = {{"NUM029", invoice}, {"DAT031", dated}};
    parts[line].elements = first;
    parts[4].elements = second;
    return write(layout, parts);
}

Elements debit(const char* own, const char* code) {
    return {{"NUM362", own}, {"COD388", code}};
}

Elements credit(const char* own, const char* code, const char* previous) {
    return {{"NUM362", own}, {"COD388", code}, {"NUM363", previous}, {"COD668", "C"}, {"COD665", "C"}};
}

TEST(Sound, ADebitAndTheCreditThatSaysTheSameMayNotBeInOneFile) {
    const char* day = "20240402";
    const char* second = "5 0429 content_debit_and_credit 8062 D; ";
    EXPECT_EQ(told(check(two_lines("F", day, debit("A", "1101"), credit("B", "1101", "A")))), second);
    EXPECT_EQ(told(check(two_lines("F", day, credit("B", "1101", "A"), debit("A", "1101")))), second);
    // The credit of an older line, and its line anew.
    EXPECT_EQ(told(check(two_lines("F", day, debit("A", "1101"), credit("B", "1101", "Z")))), "");
    EXPECT_EQ(told(check(two_lines("F", day, credit("B", "1101", "Z"), debit("A", "1101")))), "");
}

TEST(Sound, ADebitIsTakenBackOnce) {
    const char* day = "20240402";
    EXPECT_EQ(told(check(two_lines("F", day, credit("A", "1101", "Z"), credit("B", "1101", "Z")))),
              "5 0430 content_credited_before 8084 D; ");
    const std::string march = two_lines("F-1", "20240402", debit("A", "1101"), debit("B", "1102"));
    const std::string april = two_lines("F-2", "20240502", credit("C", "1101", "A"), debit("D", "1103"));
    const std::string may = two_lines("F-3", "20240531", credit("E", "1101", "A"), debit("F", "1103"));
    const char* twice = "3 0430 content_credited_before 8084 D; ";
    EXPECT_EQ(told(check(may, {march, april})), twice);
    EXPECT_EQ(told(check(may, {april, march})), twice);  // in any order
    // A credit is no debit, and takes back what its debit says.
    const std::string of_credit = two_lines("F-4", "20240531", credit("G", "1101", "C"), debit("H", "1103"));
    EXPECT_EQ(told(check(of_credit, {march, april})), "3 0430 content_debit_unknown 8017 D; ");
    const base::Findings other =
        check(two_lines("F-5", "20240531", credit("I", "1104", "B"), debit("J", "1103")), {march});
    ASSERT_EQ(other.size(), 1U);
    EXPECT_EQ(other.front().code, "content_credit_differs");
    EXPECT_EQ(other.front().severity, base::Severity::note);
}

TEST(Sound, ANumberMayBeUsedAgainAfterFiveYears) {
    const std::string then = two_lines("F", "20190401", debit("A", "1101"), debit("B", "1102"));
    const auto told_on = [&](const char* day) {
        return told(check(two_lines("F", day, debit("A", "1101"), debit("B", "1102")), {then}));
    };
    EXPECT_EQ(told_on("20240401"), "");
    EXPECT_EQ(told_on("20240331"),
              "1 0116 content_invoice_repeated 0030 T; 3 0429 content_reference_repeated 8021 D; "
              "5 0429 content_reference_repeated 8021 D; ");
}

TEST(Sound, AnAnswerGrantsNoMoreThanWasAsked) {
    std::stringstream golden;
    golden << std::ifstream(BUNDEL_SOURCE_DIR "/tests/golden/ei/VK302.asc", std::ios::binary).rdbuf();
    const std::string good = golden.str();
    const wire::LayoutRef layout = wire::testing::layout("VK302");
    const auto with = [&](std::size_t number, const char* id, std::string_view content) {
        std::string bytes = good;
        const std::size_t at = (number - 1) * (layout->record_length() + 2);
        bytes.replace(at + layout->column(id)->offset, content.size(), content);
        return bytes;
    };
    EXPECT_EQ(told(check(good)), "");
    const std::string asked = good.substr(2 * 372 + layout->column("0427")->offset, 8);
    EXPECT_EQ(told(check(with(3, "0483", asked))), "");
    const std::string more = base::zero_padded(*base::parse_digits(asked) + 1, 8);
    EXPECT_EQ(told(check(with(3, "0483", more))), "3 0483 content_granted_high  D; ");
    const long closing = static_cast<long>(good.size() / 372);
    const std::string total = with(static_cast<std::size_t>(closing), "9909", "00000000001");
    EXPECT_EQ(told(check(total)), "");  // lines that do not come back have a part in it
    std::string approved = total;
    approved.replace(layout->column("0196")->offset, 4, "8001");
    EXPECT_EQ(told(check(approved)), std::to_string(closing) + " 9909 content_granted_total  X; ");
}

TEST(Sound, ATariffWithoutItsDbcIsSaidOfTheFile) {
    const wire::LayoutRef layout = wire::testing::layout("ZH308-9.0");
    std::string bytes = write(layout, sound_parts(*layout));
    bytes.erase(2 * 612, 612);  // the first 04
    const base::Findings findings = check(bytes);
    ASSERT_FALSE(findings.empty());
    EXPECT_EQ(findings.front().code, "record_order");
}

// The old DBC is taken back and comes anew with another diagnosis: its tariff costs the same.
TEST(Sound, ADbcMayBeCorrectedInOneFile) {
    const wire::LayoutRef layout = wire::testing::layout("ZH308-9.0");
    std::vector<Part> parts{{"01", {}}, {"02", {}}};
    const auto add = [&](const char* side, const char* service, const char* tariff, const char* taken_service,
                         const char* taken_tariff, const char* product) {
        parts.push_back(
            {"04", {{"COD043", side}, {"NUM362", service}, {"NUM363", taken_service}, {"COD988", product}}});
        parts.push_back(
            {"06", {{"COD668", side}, {"COD665", side}, {"NUM371", tariff}, {"NUM372", taken_tariff}}});
    };
    add("C", "S-2", "T-2", "S-1", "T-1", "990000001");
    add("D", "S-3", "T-3", "", "", "990000002");
    EXPECT_EQ(told(check(write(layout, parts))), "");
    parts.resize(2);
    add("D", "S-3", "T-3", "", "", "990000001");
    add("C", "S-4", "T-4", "S-3", "T-3", "990000001");
    EXPECT_EQ(told(check(write(layout, parts))), "6 0622 content_debit_and_credit 8062 D; ");
    parts.resize(2);
    add("C", "S-4", "T-4", "S-1", "S-1", "990000001");  // the reference of the DBC is none of a tariff
    parts.insert(parts.begin() + 2, {"04", {{"NUM362", "S-1"}, {"COD988", "990000009"}}});
    EXPECT_EQ(told(check(write(layout, parts))),
              "5 0623 content_debit_unknown 8017 D; 5 0623 content_credited_before 8084 D; ");
}

}  // namespace
}  // namespace bundel::messages
