#include "rulebook/rulebook.h"

#include <gtest/gtest.h>

#include "support/rulebook_files.h"

namespace bundel::rulebook {
namespace {

TEST(Rulebook, TheOneOfThisRepositoryLoads) {
    const Rulebook book = testing::load_rulebook();
    EXPECT_EQ(book.regimes().size(), 2U);
}

}  // namespace
}  // namespace bundel::rulebook
