#include "cli/days.h"

#include "store/clock.h"

namespace bundel::cli {

base::Result<values::Date> day_or_today(const std::optional<std::string>& text) {
    if (!text) return store::SystemClock().today();
    const auto day = values::Date::parse(*text);
    if (!day.ok()) return base::Error{"argument_day", {{"text", *text}}};
    return *day;
}

}  // namespace bundel::cli
