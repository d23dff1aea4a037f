// The one real public message there is (PM304 3.2), read in place: it is others' material. What is said of it
// is exactly what is wrong with it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "messages/sound.h"

namespace bundel::messages {
namespace {

TEST(PublicMessage, IsToldExactlyItsFaults) {
    const std::filesystem::path path =
        std::filesystem::path(BUNDEL_SOURCE_DIR) / "../shared/conformance/ei/PM304_v3.2.asc";
    if (!std::filesystem::exists(path)) {
        ASSERT_EQ(std::getenv("CI"), nullptr) << "the conformance data is not there";
        GTEST_SKIP() << "not run: conformance/ei/PM304_v3.2.asc is not here";
    }
    std::stringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    EXPECT_TRUE(check(bytes.str()).empty()) << "it has no fault, and nothing that is worth a note";
}

}  // namespace
}  // namespace bundel::messages
