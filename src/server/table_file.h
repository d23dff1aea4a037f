// A list of the desk as a file: CSV as Dutch spreadsheets open it, or XLSX.
#pragma once

#include <string>

#include "server/http.h"
#include "server/visibility.h"

namespace bundel::server {

// `list` holds `items` of a resource, as the role sees them. Columns are the plain fields of the resource
// that the role may see, with their meaning as heading. `scratch` is a path for a file that is made and
// removed. Another format is refused.
Response table_file(const Visibility& table, const std::string& type, Role role, const Json& list,
                    const std::string& format, const std::string& scratch);

}  // namespace bundel::server
