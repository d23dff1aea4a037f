#include "store/crypto.h"

#include <gtest/gtest.h>

#include <set>

#include "store/pack.h"
#include "support/property.h"

namespace bundel::store {
namespace {

const Key key = Key::from_raw(std::string(Key::size, 'k'));

TEST(Box, OpensOnlyWhatItSealedInItsPlace) {
    const Box box(key);
    const std::string sealed = box.seal("secret", "here");
    EXPECT_EQ(box.open(sealed, "here"), "secret");
    EXPECT_EQ(box.open(sealed, "there"), std::nullopt);
    EXPECT_EQ(Box(key.for_purpose(1)).open(sealed, "here"), std::nullopt);
    EXPECT_EQ(box.open("", "here"), std::nullopt);
    EXPECT_EQ(box.open(sealed.substr(0, sealed.size() - 1), "here"), std::nullopt);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string turned = sealed;
        turned[i] = static_cast<char>(turned[i] ^ 1);
        EXPECT_EQ(box.open(turned, "here"), std::nullopt) << i;
    }
}

TEST(Box, SealsEveryTimeAnew) {
    const Box box(key);
    EXPECT_NE(box.seal("", "x"), box.seal("", "x"));
    EXPECT_EQ(box.open(box.seal("", ""), ""), "");
}

TEST(Key, EachPurposeHasItsOwn) {
    std::set<std::string> keys{std::string(key.view())};
    for (std::uint64_t purpose = 1; purpose <= 20; ++purpose) keys.emplace(key.for_purpose(purpose).view());
    EXPECT_EQ(keys.size(), 21U);
    EXPECT_EQ(key.for_purpose(3).view(), Key::from_raw(key.view()).for_purpose(3).view());
    EXPECT_NE(Key::random().view(), Key::random().view());
}

TEST(Pack, WhatWasPackedComesBack) {
    testing::expect_law("unpack(pack(x)) = x",
                        [](std::int64_t number, const std::string& text, const base::Params& params) {
                            const std::string bytes = Packer().add(text).add(number).add(params).bytes();
                            Unpacker from(bytes);
                            RC_ASSERT(from.text() == text);
                            RC_ASSERT(from.number() == number);
                            RC_ASSERT(!from.whole());
                            RC_ASSERT(from.params() == params);
                            RC_ASSERT(from.whole());
                        });
}

TEST(Pack, AnyBytesAreReadWithoutHarm) {
    testing::expect_law("a cut piece is not whole", [](const std::string& text, const base::Params& params) {
        const std::string bytes = Packer().add(text).add(params).bytes();
        const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size());
        const std::string part = bytes.substr(0, cut);
        Unpacker from(part);
        static_cast<void>(from.text());
        static_cast<void>(from.params());
        RC_ASSERT(!from.whole());
        Unpacker noise(text);
        static_cast<void>(noise.params());
        static_cast<void>(noise.text());
    });
}

}  // namespace
}  // namespace bundel::store
