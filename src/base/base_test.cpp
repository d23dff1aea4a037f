#include <gtest/gtest.h>

#include <set>

#include "base/assert.h"
#include "base/finding.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"
#include "support/property.h"

namespace bundel::base {
namespace {

using testing::expect_law;

TEST(Assertion, AbortsWithConditionAndPlaceInEveryBuild) {
    EXPECT_DEATH(BUNDEL_ASSERT(1 + 1 == 3), R"(assertion failed: 1 \+ 1 == 3 \(.*base_test\.cpp:[0-9]+\))");
    BUNDEL_ASSERT(1 + 1 == 2);
}

Result<int> half(int number) {
    if (number % 2 != 0) return Error{"odd", {{"number", std::to_string(number)}}};
    return number / 2;
}

Result<int> quarter(int number) {
    BUNDEL_TRY(first, half(number));
    BUNDEL_TRY(second, half(first));
    return second;
}

Result<Done> even(int number) {
    BUNDEL_TRY_DONE(half(number));
    return Done{};
}

TEST(Result, HoldsTheValueOrWhyThereIsNone) {
    EXPECT_EQ(*quarter(12), 3);
    EXPECT_EQ(quarter(6).error(), (Error{"odd", {{"number", "3"}}}));
    EXPECT_TRUE(even(4).ok());
    EXPECT_EQ(even(5).error().code, "odd");
    EXPECT_FALSE(static_cast<bool>(half(1)));
}

TEST(Result, TakingWhatIsNotThereIsOurBug) {
    EXPECT_DEATH(static_cast<void>(half(1).value()), "ok()");
    EXPECT_DEATH(static_cast<void>(half(2).error()), "!ok()");
}

TEST(Result, CarriesValuesThatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 7);
}

TEST(ParseDigits, Table) {
    struct Row {
        const char* text;
        std::int64_t max;
        std::optional<std::int64_t> value;
    };
    const Row rows[] = {
        {"", INT64_MAX, std::nullopt},
        {"0", INT64_MAX, 0},
        {"007", 9, 7},
        {"9", 9, 9},
        {"10", 9, std::nullopt},
        {"9223372036854775807", INT64_MAX, INT64_MAX},
        {"9223372036854775808", INT64_MAX, std::nullopt},
        {"99999999999999999999", INT64_MAX, std::nullopt},
        {"0000000000000000000000001", INT64_MAX, 1},
        {"-1", INT64_MAX, std::nullopt},
        {"+1", INT64_MAX, std::nullopt},
        {" 1", INT64_MAX, std::nullopt},
        {"1 ", INT64_MAX, std::nullopt},
        {"1a", INT64_MAX, std::nullopt},
        {"\xd9\xa1", INT64_MAX, std::nullopt},  // Arabic-Indic digit one
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.text);
        EXPECT_EQ(parse_digits(row.text, row.max), row.value);
    }
}

TEST(Text, DigitsTrimSplitPad) {
    EXPECT_TRUE(all_digits("0123456789"));
    EXPECT_FALSE(all_digits(""));
    EXPECT_FALSE(all_digits("12/"));
    EXPECT_FALSE(all_digits("12:"));
    EXPECT_EQ(trim_right("ab  "), "ab");
    EXPECT_EQ(trim_right("   "), "");
    EXPECT_EQ(trim_right(" a0", '0'), " a");
    EXPECT_EQ(trim(" \ta b\t "), "a b");
    EXPECT_EQ(trim("\n"), "\n");
    EXPECT_EQ(split("a;;b;", ';'), (std::vector<std::string_view>{"a", "", "b", ""}));
    EXPECT_EQ(split("", ';'), (std::vector<std::string_view>{""}));
    EXPECT_EQ(zero_padded(7, 3), "007");
    EXPECT_EQ(zero_padded(1234, 3), "1234");
    EXPECT_EQ(zero_padded(0, 0), "0");
    EXPECT_DEATH(static_cast<void>(zero_padded(-1, 3)), "number >= 0");
}

TEST(Text, SplitAndJoinIsTheText) {
    expect_law("split, then joined, is the text", [](const std::string& text) {
        std::string joined;
        for (const std::string_view part : split(text, ';')) (joined += part) += ';';
        joined.pop_back();
        return joined == text;
    });
}

TEST(FixedText, HoldsUpToItsSize) {
    using Short = FixedText<4>;
    EXPECT_TRUE(Short().empty());
    EXPECT_EQ(Short::of("abcd").view(), "abcd");
    EXPECT_EQ(Short::of("ab").str(), "ab");
    EXPECT_EQ(Short::of(""), Short());
    EXPECT_TRUE(Short::fits("abcd"));
    EXPECT_FALSE(Short::fits("abcde"));
    EXPECT_FALSE(Short::fits(std::string_view("a\0b", 3)));
    EXPECT_FALSE(Short::fits(std::string_view("\0", 1)));
    EXPECT_DEATH(Short::of("abcde"), "fits");
    EXPECT_DEATH(Short::of(std::string_view("a\0b", 3)), "fits");
}

TEST(FixedText, IsOrderedAsItsText) {
    // A plain char array would put "\xe9" before "a" where char is signed.
    EXPECT_LT(FixedText<4>::of("a"), FixedText<4>::of("\xc3\xa9"));
    expect_law("FixedText is ordered as std::string", [](const std::string& a, const std::string& b) {
        RC_PRE(FixedText<24>::fits(a) && FixedText<24>::fits(b));
        const auto left = FixedText<24>::of(a);
        const auto right = FixedText<24>::of(b);
        RC_ASSERT((left <=> right) == (a <=> b));
        RC_ASSERT((left == right) == (a == b));
        RC_ASSERT(left.view() == a);
    });
}

// BLAKE2b-256 of the empty text and of "abc": two independent implementations (Python hashlib, b2sum) agree.
TEST(Digest, IsBlake2b256) {
    EXPECT_EQ(digest("").hex(), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_EQ(digest("abc").hex(), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Digest, HexRoundTripAndRefusals) {
    const Digest value = digest("x");
    EXPECT_EQ(*Digest::parse(value.hex()), value);
    EXPECT_EQ(Digest::from_raw(value.view()), value);
    const std::string hex = value.hex();
    std::string upper = std::string(63, 'a') + "A";
    for (const std::string& text :
         {std::string(), hex.substr(1), hex + "0", upper, std::string(63, '0') + "g", "g" + hex.substr(1)}) {
        SCOPED_TRACE(text);
        EXPECT_EQ(Digest::parse(text).error().code, "digest_syntax");
    }
    EXPECT_DEATH(static_cast<void>(Digest::from_raw("short")), "raw.size");
}

TEST(Digest, KeyedDependsOnTheKeyAndRefusesShortOnes) {
    const std::string key(16, 'k');
    EXPECT_EQ(keyed_digest(key, "a"), keyed_digest(key, "a"));
    EXPECT_NE(keyed_digest(key, "a"), keyed_digest(std::string(17, 'k'), "a"));
    EXPECT_NE(keyed_digest(key, "a"), digest("a"));
    EXPECT_NE(keyed_digest(std::string(64, 'k'), "a"), keyed_digest(std::string(63, 'k'), "a"));
    EXPECT_DEATH(keyed_digest(std::string(15, 'k'), "a"), "key.size");
    EXPECT_DEATH(keyed_digest(std::string(65, 'k'), "a"), "key.size");
}

TEST(Hasher, FramesItsPieces) {
    const std::string eight(8, '\0');
    const std::string one_as_bytes("\1\0\0\0\0\0\0\0", 8);
    const Digest digests[] = {
        Hasher().finish(),
        Hasher().add("").finish(),
        Hasher().add("").add("").finish(),
        Hasher().add("abc").finish(),
        Hasher().add("ab").add("c").finish(),
        Hasher().add("a").add("bc").finish(),
        Hasher().add(std::int64_t{0}).finish(),  // was once equal to add("")
        Hasher().add(eight).finish(),
        Hasher().add(std::int64_t{1}).finish(),
        Hasher().add(one_as_bytes).finish(),
        Hasher().add(std::int64_t{8}).add(std::int64_t{1}).finish(),
        Hasher().add(std::int64_t{-1}).finish(),
        Hasher().add(INT64_MAX).finish(),
        Hasher().add(INT64_MIN).finish(),
    };
    EXPECT_EQ(std::set<Digest>(std::begin(digests), std::end(digests)).size(), std::size(digests));
}

TEST(Hasher, ACopyGoesOnFromTheSameState) {
    Hasher first;
    first.add("a");
    Hasher second = first;
    EXPECT_EQ(first.finish(), second.finish());
    second.add("b");
    EXPECT_EQ(second.finish(), Hasher().add("a").add("b").finish());
    EXPECT_EQ(first.finish(), Hasher().add("a").finish());
}

TEST(Hasher, DifferentPiecesDifferentDigests) {
    using Pieces = std::vector<std::string>;
    const auto digest_of = [](const Pieces& pieces) {
        Hasher hasher;
        for (const auto& piece : pieces) hasher.add(piece);
        return hasher.finish();
    };
    expect_law("digests are equal exactly when the pieces are", [&](const Pieces& a, const Pieces& b) {
        RC_ASSERT((digest_of(a) == digest_of(b)) == (a == b));
        RC_ASSERT(digest_of(a) == digest_of(a));
    });
}

TEST(Finding, IsComparedByAllOfIt) {
    const Finding finding{"code", Severity::note, {"file", 1, "0203", 15, 23}, {}, "0804", "source"};
    Finding other = finding;
    EXPECT_EQ(finding, other);
    other.where.last_column = 24;
    EXPECT_NE(finding, other);
}

}  // namespace
}  // namespace bundel::base
