#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "values/date.h"

namespace bundel::cli {

// A day as it is typed (ISO), or today when nothing was. Error: argument_day{text}.
base::Result<values::Date> day_or_today(const std::optional<std::string>& text);

}  // namespace bundel::cli
