// The JSON of code lists. Only for this room.
//
//   {"codelist": "COD043-VEKT", "also": [], "title": "...", "source": "...", "complete": true,
//    "codes": [{"code": "C", "text": "..."}]}
//
// COD954 has per code also its severity: {"code": "0587", "text": "...", "severity": "D"}.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "rulebook/rulebook.h"

namespace bundel::rulebook {

// Return codes (COD954), sorted by code; without our meaning of them.
// Errors: rulebook_syntax{file,line}, rulebook_value_wrong, rulebook_value_twice.
base::Result<std::vector<ReturnCode>> read_return_codes(const std::string& file, const std::string& content);

// Any other list; its name is that of its file. Errors as above.
base::Result<CodeList> read_code_list(const std::string& file, const std::string& content);

}  // namespace bundel::rulebook
