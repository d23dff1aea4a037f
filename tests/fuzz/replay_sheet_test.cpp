#include "fuzz/replay.h"
#include "fuzz/targets.h"

namespace bundel::fuzz {
namespace {

TEST(Corpus, Sheet) {
    replay("sheet", sheet);
}

}  // namespace
}  // namespace bundel::fuzz
