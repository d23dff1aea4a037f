#include "values/iban.h"

#include <gtest/gtest.h>

#include "support/property.h"

namespace bundel::values {
namespace {

std::string code_of(std::string_view text) {
    const auto parsed = Iban::parse(text);
    return parsed.ok() ? "" : parsed.error().code;
}

// The examples that ISO 13616 and the registry use themselves; nobody's account.
TEST(Iban, ReadsTheExamplesOfTheRegistry) {
    for (const char* text :
         {"NL91ABNA0417164300", "BE68539007547034", "DE89370400440532013000", "GB29NWBK60161331926819",
          "MT84MALT011000012345MTLCAST001S", "NO9386011117947", "FR1420041010050500013M02606"}) {
        SCOPED_TRACE(text);
        const auto iban = Iban::parse(text);
        ASSERT_TRUE(iban.ok());
        EXPECT_EQ(iban->str(), text);
        EXPECT_EQ(Iban::parse(iban->grouped()).value(), *iban);
        EXPECT_TRUE(iban->in_sepa());
    }
}

TEST(Iban, RefusesByName) {
    struct Row {
        const char* name;
        const char* text;
        const char* code;
    };
    const Row rows[] = {
        {"empty", "", "iban_syntax"},
        {"a sign inside", "NL91ABNA-417164300", "iban_syntax"},
        {"no check digits", "NLX1ABNA0417164300", "iban_syntax"},
        {"a space in the wrong place", "NL9 1ABNA 0417 1643 00", "iban_syntax"},
        {"two spaces", "NL91  ABNA 0417 1643 00", "iban_syntax"},
        {"a space at the end", "NL91 ABNA 0417 1643 00 ", "iban_syntax"},
        {"length beats check", "NL91ABNA041716430", "iban_length"},
        {"one too long", "NL91ABNA04171643000", "iban_length"},
        {"unknown country, 14", "BR180000000014", "iban_length"},
        {"one digit changed", "NL91ABNA0417164301", "iban_check"},
        {"two digits swapped", "NL91ABNA0417163400", "iban_check"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(code_of(row.text), row.code);
    }
    EXPECT_EQ(code_of("nl91 abna 0417 1643 00"), "");
}

TEST(Iban, OutsideSepaIsReadButNotReached) {
    const auto brazil = Iban::parse("BR1800360305000010009795493C1");
    ASSERT_TRUE(brazil.ok());
    EXPECT_FALSE(brazil->in_sepa());
}

TEST(Iban, MaskedShowsTooLittleToPay) {
    EXPECT_EQ(Iban::of("NL91ABNA0417164300").masked(), "NL91…4300");
}

// The check finds every single wrong digit and every swap of neighbours that differ.
TEST(Iban, FindsEverySlip) {
    testing::expect_law("a changed digit is found", [] {
        std::string text = "NL91ABNA0417164300";
        const auto place = *rc::gen::inRange<std::size_t>(8, text.size());
        const char other = static_cast<char>('0' + *rc::gen::inRange(0, 10));
        RC_PRE(text[place] != other);
        text[place] = other;
        RC_ASSERT(code_of(text) == "iban_check");
    });
    testing::expect_law("swapped neighbours are found", [] {
        std::string text = "DE89370400440532013000";
        const auto place = *rc::gen::inRange<std::size_t>(4, text.size() - 1);
        RC_PRE(text[place] != text[place + 1]);
        std::swap(text[place], text[place + 1]);
        RC_ASSERT(code_of(text) == "iban_check");
    });
}

TEST(Bic, EightOrElevenWithACountry) {
    EXPECT_EQ(Bic::parse("ABNANL2A").value().str(), "ABNANL2A");
    EXPECT_EQ(Bic::parse("ABNANL2AXXX").value().str(), "ABNANL2AXXX");
    for (const char* wrong : {"", "ABNANL2", "ABNANL2AXX", "ABNA1L2A", "abnanl2a", "ABNANL2A XX"})
        EXPECT_FALSE(Bic::parse(wrong).ok()) << wrong;
}

}  // namespace
}  // namespace bundel::values
