#include "wire/pseudonym.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "values/identifiers.h"
#include "wire/testing.h"

namespace bundel::wire {
namespace {

const Pseudonyms one(std::string(32, 'k'));
const Pseudonyms other(std::string(32, 'l'));

// Every value of a shape, each once again: nothing merges, nothing leaves the shape.
TEST(Pseudonyms, ArePermutationsOfAShape) {
    std::set<std::string> seen;
    std::size_t same = 0;
    for (int number = 0; number < 10'000; ++number) {
        const std::string value = base::zero_padded(number, 4);
        const std::string pseudonym = one.shaped("x", value);
        ASSERT_EQ(pseudonym.size(), value.size());
        ASSERT_TRUE(base::all_digits(pseudonym));
        ASSERT_EQ(pseudonym.find_first_not_of('0'), value.find_first_not_of('0'));
        same += pseudonym == value ? 1U : 0U;
        seen.insert(pseudonym);
    }
    EXPECT_EQ(seen.size(), 10'000U);
    EXPECT_LT(same, 50U);
}

TEST(Pseudonyms, KeepTheShape) {
    struct Row {
        const char* name;
        const char* value;
        const char* pattern;  // 9 digit, A capital, a small letter, else itself
    };
    const Row rows[] = {
        {"digits", "4711", "9999"},       {"zeros in front", "004711", "009999"},
        {"zero inside", "407", "999"},    {"separators", "V-17/4.a b", "A-99/9.a a"},
        {"capitals", "QWERTY", "AAAAAA"}, {"nothing", "", ""},
        {"only zeros", "000", "000"},
    };
    const auto pattern = [](std::string text) {
        bool is_leading = true;
        for (char& c : text) {
            const bool is_zero = is_leading && c == '0';
            is_leading = is_zero;
            if (c >= '0' && c <= '9' && !is_zero) c = '9';
            if (c >= 'A' && c <= 'Z') c = 'A';
            if (c >= 'a' && c <= 'z') c = 'a';
        }
        return text;
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        EXPECT_EQ(pattern(one.shaped("x", row.value)), row.pattern);
    }
}

TEST(Pseudonyms, FollowFromKeyKindAndValue) {
    const std::string value = "V-2024-000123";
    EXPECT_EQ(one.shaped("x", value), Pseudonyms(std::string(32, 'k')).shaped("x", value));
    EXPECT_NE(one.shaped("x", value), value);
    EXPECT_NE(one.shaped("x", value), one.shaped("y", value));
    EXPECT_NE(one.shaped("x", value), other.shaped("x", value));
    // Both halves decide: neighbours do not stay neighbours.
    const std::string next = one.shaped("x", "V-2024-000124");
    EXPECT_NE(one.shaped("x", value).substr(0, 6), next.substr(0, 6));
    EXPECT_NE(one.shaped("x", value).substr(7), next.substr(7));
}

TEST(Pseudonyms, OfABsnPassesTheElevenTestWhenItDoes) {
    std::set<std::string> seen;
    std::size_t valid = 0;
    testing::Seeded seeded(1);
    for (int i = 0; i < 3000; ++i) {
        const std::string value =
            base::zero_padded(static_cast<std::int64_t>(seeded.below(1'000'000'000)), 9);
        const std::string pseudonym = one.bsn(value);
        const bool is_valid = values::Bsn::parse(value).ok();
        ASSERT_EQ(values::Bsn::parse(pseudonym).ok(), is_valid) << "case " << i;
        ASSERT_NE(pseudonym, value) << "case " << i;
        ASSERT_TRUE(seen.insert(pseudonym).second) << "case " << i;
        valid += is_valid ? 1 : 0;
    }
    EXPECT_GT(valid, 200U);
    EXPECT_EQ(one.bsn("000000000"), "000000000");
    EXPECT_EQ(one.bsn("999999999"), "999999999");
}

TEST(Pseudonyms, NumbersBelowABoundAreAllReached) {
    std::set<std::uint32_t> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(one.below(26, "x", std::to_string(i)));
    EXPECT_EQ(seen.size(), 26U);
    EXPECT_EQ(*seen.rbegin(), 25U);
}

}  // namespace
}  // namespace bundel::wire
