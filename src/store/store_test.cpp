#include <gtest/gtest.h>
#include "store/store.h"
#include <chrono>
namespace bundel::store { namespace {
TEST(Smoke, Opens) {
    const Key key = Key::random();
    auto s = open_store(":memory:", key);
    ASSERT_TRUE(s.ok()) << s.error().code << (s.error().params.empty() ? "" : s.error().params[0].second);
    auto wrong = (*s)->check();
    ASSERT_TRUE(wrong.ok());
    for (auto& e : *wrong) ADD_FAILURE() << e.code << " " << e.params[0].second;
    auto t0 = std::chrono::steady_clock::now();
    for (int i = 0; i < 200; ++i) { auto x = open_store(":memory:", key); ASSERT_TRUE(x.ok()); }
    std::cerr << std::chrono::duration<double>(std::chrono::steady_clock::now()-t0).count()/200*1e3 << " ms per open\n";
}
}}
