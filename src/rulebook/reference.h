// The reference page of a rulebook: every value with its period, status and source, for whoever has to check
// or supply it.
#pragma once

#include <string>

#include "rulebook/rulebook.h"

namespace bundel::rulebook {

// Markdown; the same rulebook gives the same page.
std::string reference_page(const Rulebook& rulebook);

}  // namespace bundel::rulebook
