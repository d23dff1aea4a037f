// The one real public message there is (PM304 3.2). What is said of it is exactly what is wrong with it.
#include "conformance/others.h"
#include "messages/sound.h"

namespace bundel {
namespace {

constexpr const char* file = "ei/PM304_v3.2.asc";

TEST(PublicMessage, HasNoFaultAndNothingWorthARemark) {
    if (testing::is_absent(file)) GTEST_SKIP() << "not run: " << file << " is not here";
    EXPECT_TRUE(messages::check(testing::conformance_bytes(file)).empty());
}

TEST(PublicMessage, IsReadToTheLastField) {
    if (testing::is_absent(file)) GTEST_SKIP() << "not run: " << file << " is not here";
    std::string bytes = testing::conformance_bytes(file);
    bytes.replace(bytes.find("00000004000D752") + 11, 1, "C");  // the debit of what is claimed
    EXPECT_NE(messages::told(messages::check(bytes)).find("content_sides_differ 8064 D"), std::string::npos);
}

}  // namespace
}  // namespace bundel
