// Values of decision models as a person writes and reads them: "ja" and "nee", numbers, texts without
// quotation marks.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "decision/type.h"

namespace bundel::engine {

std::string word_of(const decision::Value& value);  // empty for null

// Nothing when the word cannot be a value of the type. A null type takes any text.
std::optional<decision::Value> value_of(std::string_view word, const decision::TypeRef& type);

}  // namespace bundel::engine
