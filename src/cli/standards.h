// What is needed to read a message without a data directory: layouts, the table of elements and code lists.
#pragma once

#include <map>
#include <string>

#include "rulebook/rulebook.h"
#include "wire/elements.h"
#include "wire/layout.h"

namespace bundel::cli {

struct Standards {
    wire::Layouts layouts;
    wire::Elements elements;
    rulebook::Rulebook rulebook;
};

// Of the data directory `folder`; empty: as shipped. Errors: file_missing{file}, file_failed, those of
// layouts, elements and rulebook.
base::Result<Standards> load_standards(const std::string& folder);

}  // namespace bundel::cli
