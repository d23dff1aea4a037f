// A message without any fault, for every layout of a claim; and what the checks of all levels say of one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/finding.h"
#include "rulebook/rulebook.h"
#include "values/date.h"
#include "wire/layout.h"

namespace bundel::messages {

inline const values::Date today = values::Date::of(2024, 6, 1);

// Content by data element, of one record.
using Elements = std::map<std::string, std::string, std::less<>>;

struct Part {
    std::string code;
    Elements elements;  // beside, and instead of, what a sound record has
};

// 01, then 02 with a 04 (with a 06 and a 16 where the layout has them), a comment, and a second 04.
std::vector<Part> sound_parts(const wire::Layout& layout);

// The file, with numbers, counts and totals right. Lines are in the order of the parts, and 99 at the end.
std::string write(const wire::LayoutRef& layout, const std::vector<Part>& parts);

const rulebook::Rulebook& law();
const wire::Layouts& layouts();

// Levels 1 to 5, with these files checked before it.
base::Findings check(std::string_view bytes, const std::vector<std::string>& earlier = {});

// "4 0429 content_reference_repeated 8021 D; ", for each that is no note.
std::string told(const base::Findings& findings);

}  // namespace bundel::messages
