// Every input of the corpus, and what fuzzing found before, in the ordinary tests.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "fuzz/targets.h"

namespace bundel::fuzz {
namespace {

void replay(const char* folder, void (*target)(std::string_view)) {
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

TEST(Corpus, Decode) {
    replay("decode", decode);
}
TEST(Corpus, Tools) {
    replay("decode", tools);
}
TEST(Corpus, Csv) {
    replay("csv", csv);
}
TEST(Corpus, Intake) {
    replay("intake", intake);
    replay("decode", intake);
    replay("csv", intake);
}
TEST(Corpus, Answer) {
    replay("answer", answer);
    replay("decode", answer);
}
TEST(Corpus, Layout) {
    replay("layout", layout);
}

}  // namespace
}  // namespace bundel::fuzz
