#include <gtest/gtest.h>

#include "support/property.h"
#include "values/care.h"
#include "values/identifiers.h"

namespace bundel::values {
namespace {

using testing::expect_law;

std::string code_of(const auto& result) {
    return result.ok() ? "" : result.error().code;
}

TEST(Bsn, Table) {
    struct Row {
        const char* text;
        const char* error;
    };
    const Row rows[] = {
        // Published examples (spec/codelists/identifiers.json), none of a person.
        {"111222333", ""},           {"123456782", ""},           {"249566758", ""},
        {"288902294", ""},           {"191217992", ""},           {"957136171", ""},
        {"400000520", ""},           {"123456789", "bsn_check"},  {"111222334", "bsn_check"},
        {"211122333", "bsn_check"},  // two digits of 111222333 swapped
        {"000000001", "bsn_check"},  {"999999999", "bsn_absent"}, {"000000000", "bsn_absent"},
        {"", "bsn_syntax"},          {"11122233", "bsn_syntax"},  {"1112223330", "bsn_syntax"},
        {"11122233x", "bsn_syntax"}, {" 11222333", "bsn_syntax"}, {"111.22.33", "bsn_syntax"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto got = Bsn::parse(row.text);
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(got->digits(), row.text);
        }
    }
}

TEST(Bsn, OneWrongDigitOrASwapOfTwoNeighboursIsSeen) {
    expect_law("eleven test", [] {
        std::string digits = base::zero_padded(*rc::gen::inRange(1, 99'999'999), 8);
        int sum = 0;
        for (std::size_t i = 0; i < 8; ++i) sum += (digits[i] - '0') * (9 - static_cast<int>(i));
        RC_PRE(sum % 11 < 10);  // no ninth digit passes otherwise
        digits += static_cast<char>('0' + sum % 11);
        RC_PRE(digits != "000000000" && digits != "999999999");
        RC_ASSERT(Bsn::parse(digits)->digits() == digits);
        for (std::size_t at = 0; at < 9; ++at) {
            for (char other = '0'; other <= '9'; ++other) {
                std::string changed = digits;
                changed[at] = other;
                RC_ASSERT(Bsn::parse(changed).ok() == (changed == digits));
            }
        }
        for (std::size_t at = 0; at < 8; ++at) {
            std::string swapped = digits;
            std::swap(swapped[at], swapped[at + 1]);
            RC_ASSERT(Bsn::parse(swapped).ok() == (swapped == digits));
        }
    });
}

TEST(PersonId, RoundTripAndRefusals) {
    EXPECT_TRUE(PersonId().is_nobody());
    EXPECT_FALSE((PersonId{0, 1}.is_nobody()));
    EXPECT_FALSE((PersonId{1, 0}.is_nobody()));
    EXPECT_EQ((PersonId{0x0123456789abcdef, 0xfedcba9876543210}.hex()), "0123456789abcdeffedcba9876543210");
    for (const std::string& text :
         {std::string(), std::string(31, '0'), std::string(33, '0'), std::string(31, '0') + "A",
          std::string(31, '0') + "g", "-" + std::string(31, '0'), "0x" + std::string(30, '0')}) {
        EXPECT_EQ(code_of(PersonId::parse(text)), "person_id_syntax") << text;
    }
    expect_law("parse(hex) is the id", [](std::uint64_t high, std::uint64_t low) {
        const PersonId id{high * 0x9e3779b97f4a7c15U, ~low};
        return *PersonId::parse(id.hex()) == id;
    });
}

TEST(AgbCode, Table) {
    struct Row {
        const char* text;
        const char* error;
    };
    const Row rows[] = {
        {"53000001", ""},           {"01000001", ""},
        {"99999999", ""},           {"08000101", ""},
        {"00000000", "agb_empty"},  {"00000001", "agb_syntax"},
        {"00999999", "agb_syntax"}, {"53000000", "agb_syntax"},
        {"5300001", "agb_syntax"},  {"530000001", "agb_syntax"},
        {"5300000a", "agb_syntax"}, {"", "agb_syntax"},
        {"        ", "agb_syntax"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        const auto got = AgbCode::parse(row.text);
        EXPECT_EQ(code_of(got), row.error);
        if (got) {
            EXPECT_EQ(got->digits(), row.text);
        }
    }
    EXPECT_EQ(AgbCode::of(8'000'101).kind(), 8);
    EXPECT_EQ(AgbCode::of(8'000'101).digits(), "08000101");
    EXPECT_TRUE(AgbCode::none().is_none());
    EXPECT_DEATH(static_cast<void>(AgbCode::of(999'999)), "number");
    EXPECT_DEATH(static_cast<void>(AgbCode::of(53'000'000)), "number");
    EXPECT_DEATH(static_cast<void>(AgbCode::of(100'000'000)), "number");
}

TEST(UzoviCode, Table) {
    EXPECT_EQ(UzoviCode::parse("0001")->number(), 1);
    EXPECT_EQ(UzoviCode::parse("9999")->digits(), "9999");
    EXPECT_EQ(UzoviCode::of(12).digits(), "0012");
    EXPECT_EQ(code_of(UzoviCode::parse("0000")), "uzovi_empty");
    for (const char* text : {"", "331", "33170", "33a7", "-317"})
        EXPECT_EQ(code_of(UzoviCode::parse(text)), "uzovi_syntax") << text;
    EXPECT_TRUE(UzoviCode::none().is_none());
    EXPECT_DEATH(static_cast<void>(UzoviCode::of(0)), "number");
    EXPECT_DEATH(static_cast<void>(UzoviCode::of(10'000)), "number");
}

TEST(PerformanceCode, Table) {
    for (const char* text : {"032:1101", "069:E01", "001:1", "999:123456", "069:a b"}) {
        SCOPED_TRACE(text);
        EXPECT_EQ(PerformanceCode::parse(text)->str(), text);
    }
    for (const std::string_view text : {"", "032", "032:", "032 1101", "32:1101", "000:1101", "a32:1101",
                                        "032:1234567", "032: 101", "032:101 ", "-32:1101"}) {
        EXPECT_EQ(code_of(PerformanceCode::parse(text)), "performance_code_syntax") << text;
    }
    EXPECT_EQ(code_of(PerformanceCode::parse(std::string_view("032:1\0", 6))), "performance_code_syntax");
    EXPECT_EQ(PerformanceCode::of(32, "1101"), *PerformanceCode::parse("032:1101"));
    EXPECT_NE(PerformanceCode::of(32, "1101"), PerformanceCode::of(69, "1101"));
    EXPECT_DEATH(static_cast<void>(PerformanceCode::of(0, "1")), "list");
    EXPECT_DEATH(static_cast<void>(PerformanceCode::of(1000, "1")), "list");
    EXPECT_DEATH(static_cast<void>(PerformanceCode::of(32, "")), "code");
    EXPECT_DEATH(static_cast<void>(PerformanceCode::of(32, "1 ")), "code");
    EXPECT_DEATH(static_cast<void>(PerformanceCode::of(32, "1234567")), "code");
}

TEST(LineId, NamesIssuerAndReference) {
    const LineId id{AgbCode::of(8'000'101), Reference::of("V-0001")};
    EXPECT_EQ(id.str(), "08000101/V-0001");
    EXPECT_EQ(std::hash<LineId>{}(id),
              std::hash<LineId>{}(LineId{AgbCode::of(8'000'101), Reference::of("V-0001")}));
}

TEST(Status, TheWeakestCounts) {
    using enum Status;
    const Status order[] = {verified, example, provisional};
    for (std::size_t a = 0; a < 3; ++a) {
        for (std::size_t b = 0; b < 3; ++b) EXPECT_EQ(weakest(order[a], order[b]), order[std::max(a, b)]);
    }
}

}  // namespace
}  // namespace bundel::values
