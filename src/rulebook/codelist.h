// Published code lists, as JSON: {"codes": [{"code": "0587", "text": "...", "severity": "D"}]}.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "rulebook/rulebook.h"

namespace bundel::rulebook {

// Return codes (COD954), sorted by code; without our meaning of them.
// Errors: rulebook_syntax{file,line}, rulebook_value_wrong, rulebook_value_twice.
base::Result<std::vector<ReturnCode>> read_return_codes(const std::string& file, const std::string& content);

}  // namespace bundel::rulebook
