// What others made, in ../shared/conformance beside the repository: read in place, never copied.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace bundel::testing {

inline std::string conformance_path(const std::string& file) {
    return std::string(BUNDEL_SOURCE_DIR) + "/../shared/conformance/" + file;
}

// With CI=true what is absent is a failure; elsewhere the test is named as not run (GTEST_SKIP).
inline bool is_absent(const std::string& file) {
    if (std::filesystem::exists(conformance_path(file))) return false;
    const char* ci = std::getenv("CI");
    EXPECT_FALSE(ci != nullptr && std::string_view(ci) == "true") << file << " is absent";
    return true;
}

inline std::string conformance_bytes(const std::string& file) {
    std::ifstream in(conformance_path(file), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace bundel::testing
