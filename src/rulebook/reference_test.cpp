#include "rulebook/reference.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/rulebook_files.h"

namespace bundel::rulebook {
namespace {

constexpr const char* page_file = BUNDEL_SOURCE_DIR "/docs/reference/rulebook.md";

// BUNDEL_UPDATE_GOLDEN=1 writes the page anew.
TEST(Reference, ThePageInTheDocumentationIsTheRulebookOfThisRepository) {
    const std::string page = reference_page(testing::load_rulebook());
    if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) std::ofstream(page_file) << page;
    std::stringstream written;
    written << std::ifstream(page_file).rdbuf();
    EXPECT_TRUE(written.str() == page) << "run rulebook_test with BUNDEL_UPDATE_GOLDEN=1";
}

TEST(Reference, EveryValueStandsOnThePage) {
    const Rulebook book = testing::load_rulebook();
    std::stringstream page(reference_page(book));
    std::size_t rows = 0;
    for (std::string line; std::getline(page, line);) {
        const bool head = line.starts_with("| key |") || line.starts_with("| status |");
        if (line.starts_with("| ") && !head) ++rows;
    }
    const std::size_t rows_of_counts = 3;
    EXPECT_EQ(rows, book.values().size() - 1 + rows_of_counts);
}

}  // namespace
}  // namespace bundel::rulebook
