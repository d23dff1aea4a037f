#include "rulebook/codelist.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace bundel::rulebook {
namespace {

using Json = nlohmann::json;

base::Error wrong(const std::string& file, std::size_t index, const std::string& key,
                  const std::string& found, const std::string& allowed) {
    return base::Error{"rulebook_value_wrong",
                       {{"file", file},
                        {"line", "-"},
                        {"key", "codes[" + std::to_string(index + 1) + "]." + key},
                        {"found", found},
                        {"allowed", allowed}}};
}

base::Result<ReturnCode> return_code(const std::string& file, std::size_t index, const Json& row) {
    const auto text = [&](const char* key) { return row.is_object() ? row.value(key, "") : ""; };
    ReturnCode result;
    result.code = text("code");
    result.text = text("text");
    const std::string severity = text("severity");
    if (result.code.size() != 4 || !base::all_digits(result.code)) {
        return wrong(file, index, "code", result.code, "0001..9999");
    }
    if (result.text.empty()) return wrong(file, index, "text", "", "a..z");
    if (severity.size() > 1 || std::string("XTDO").find(severity) == std::string::npos) {
        return wrong(file, index, "severity", severity, "X, T, D, O");
    }
    if (!severity.empty()) result.severity = severity.front();
    return result;
}

base::Result<std::vector<ReturnCode>> return_codes(const std::string& file, const Json& list) {
    std::vector<ReturnCode> result;
    const Json rows = list.is_object() ? list.value("codes", Json::array()) : Json::array();
    for (const Json& row : rows) {
        BUNDEL_TRY(code, return_code(file, result.size(), row));
        result.push_back(std::move(code));
    }
    std::ranges::sort(result, {}, &ReturnCode::code);
    const auto twice = std::ranges::adjacent_find(result, {}, &ReturnCode::code);
    if (twice != result.end()) {
        return base::Error{"rulebook_value_twice", {{"file", file}, {"key", twice->code}}};
    }
    return result;
}

}  // namespace

base::Result<std::vector<ReturnCode>> read_return_codes(const std::string& file, const std::string& content) {
    try {
        return return_codes(file, Json::parse(content));
    } catch (const Json::parse_error& error) {
        const auto end = content.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, content.size()));
        const auto line = 1 + std::count(content.begin(), end, '\n');
        return base::Error{"rulebook_syntax", {{"file", file}, {"line", std::to_string(line)}}};
    } catch (const Json::exception&) {  // a member of another kind than text
        return base::Error{"rulebook_syntax", {{"file", file}, {"line", "1"}}};
    }
}

}  // namespace bundel::rulebook
