// For tests: the table of elements of the rulebook.
#pragma once

#include <fstream>
#include <iterator>
#include <string>

#include "wire/elements.h"

namespace bundel::wire::testing {

inline std::string elements_json() {
    std::ifstream file(BUNDEL_SOURCE_DIR "/rulebooks/elements.json");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline const Elements& elements() {
    static const Elements table = *Elements::parse(elements_json());
    return table;
}

}  // namespace bundel::wire::testing
