// For tests that write XML.
#pragma once

#include <string>
#include <string_view>

namespace bundel::testing {

// What may stand between tags.
inline std::string xml_escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '<') {
            result += "&lt;";
        } else if (c == '&') {
            result += "&amp;";
        } else {
            result += c;
        }
    }
    return result;
}

}  // namespace bundel::testing
