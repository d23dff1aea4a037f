// BUNDEL_ASSERT: our own bug. On in every build; prints the condition and place and aborts.
// Never for given data (that is a Finding), never for work that failed (that is an Error).
#pragma once

namespace bundel::base {
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);
}

#define BUNDEL_ASSERT(condition) \
    ((condition) ? static_cast<void>(0) : ::bundel::base::assertion_failed(#condition, __FILE__, __LINE__))
