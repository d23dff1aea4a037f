// Every input of a corpus, in the ordinary tests.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace bundel::fuzz {

inline void replay(const char* folder, void (*target)(std::string_view)) {
    std::size_t replayed = 0;
    const auto path = std::filesystem::path(BUNDEL_SOURCE_DIR) / "tests/fuzz/corpus" / folder;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.path().filename().string().front() == '.') continue;
        SCOPED_TRACE(entry.path().filename().string());
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
        target(bytes);
        ++replayed;
    }
    EXPECT_GE(replayed, 4U) << "the corpus is gone";
}

}  // namespace bundel::fuzz
