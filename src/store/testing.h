// What the tests of this room share.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "store/columns.h"
#include "store/store.h"

namespace bundel::store {

// A folder of its own for one test; gone afterwards.
class TempFolder {
public:
    explicit TempFolder(const std::string& name) {
        const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
        folder_ = std::filesystem::path(::testing::TempDir()) /
                  ("bundel " + name + " " + test->name() + std::to_string(::getpid()));
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() { std::filesystem::remove_all(folder_); }
    std::string path(const std::string& name = "") const { return (folder_ / name).string(); }

private:
    std::filesystem::path folder_;
};

inline std::string content_of(const std::string& path) {
    std::stringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

inline base::Digest kept_message(engine::Store& store, const std::vector<engine::Segment>& segments,
                                 engine::Direction direction = engine::Direction::received) {
    std::string whole;
    for (const auto& segment : segments) whole += segment.bytes;
    const base::Digest id = base::digest(whole);
    const auto done = store.add_message({id, direction, "VK301 2.2", "vk.txt"}, segments);
    EXPECT_TRUE(done.ok()) << done.error().code;
    return id;
}

}  // namespace bundel::store
