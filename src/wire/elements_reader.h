// From the JSON of the table of elements to words. Only for this room.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "wire/elements.h"

namespace bundel::wire {

// What the JSON says, before any check.
struct ElementsText {
    using Words = std::vector<std::pair<std::string, std::string>>;
    Words elements, prefixes;  // element or prefix, and its kind
    Invented invented;
};

// Errors: elements_syntax, elements_value{key}.
base::Result<ElementsText> read_elements_text(std::string_view json);

}  // namespace bundel::wire
