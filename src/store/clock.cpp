#include "store/clock.h"

#include <ctime>

namespace bundel::store {

values::Date SystemClock::today() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    BUNDEL_ASSERT(localtime_r(&now, &local) != nullptr);
    return values::Date::of(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

}  // namespace bundel::store
