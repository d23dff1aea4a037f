// The Dutch table as the build made it from texts.d (table.cmake).
#pragma once

#include <span>

#include "texts/texts.h"

namespace bundel::texts {
std::span<const Sentence> dutch_table();  // sorted by code
}
