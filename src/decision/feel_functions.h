// The built-in functions of FEEL (DMN 1.2-1.5, chapter 10.3.4), by name. now() and today() are not among
// them: a model gives the same answer every day.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "decision/feel_evaluate.h"

namespace bundel::decision {

std::span<const std::string> built_in_names();
Value built_in_function(std::string_view name);  // Contract: in built_in_names()
TypeRef built_in_result(const Value& function);  // null when it depends on the arguments
// Whether it can be called with so many arguments, by position when `names` is empty.
bool built_in_takes(const Value& function, std::size_t count, const std::vector<std::string>& names);
// Arguments by name in their positions; nothing when there are no such parameters.
std::optional<List> built_in_arguments(const BuiltIn& function, const std::vector<std::string>& names,
                                       List arguments);
// Null when the function takes no such arguments.
Value call_built_in(const BuiltIn& function, std::span<const Value> arguments, Run& run);

// @"2024-02-29": a date, time, date and time or duration; null when it is none.
Value temporal_value(std::string_view text);

}  // namespace bundel::decision
