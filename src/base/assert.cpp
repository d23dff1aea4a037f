#include "base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace bundel::base {
void assertion_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "bundel: assertion failed: %s (%s:%d)\n", condition, file, line);
    std::abort();
}
}  // namespace bundel::base
