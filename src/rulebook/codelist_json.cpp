#include "rulebook/codelist_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace bundel::rulebook {
namespace {

using Json = nlohmann::json;

base::Error wrong(const std::string& file, const std::string& key, const std::string& found,
                  const std::string& allowed) {
    return base::Error{"rulebook_value_wrong",
                       {{"file", file}, {"line", "-"}, {"key", key}, {"found", found}, {"allowed", allowed}}};
}

base::Error wrong(const std::string& file, std::size_t index, const std::string& key,
                  const std::string& found, const std::string& allowed) {
    return wrong(file, "codes[" + std::to_string(index + 1) + "]." + key, found, allowed);
}

// What the reader makes of the whole file, or why it is no JSON of this shape.
template <class Read>
auto parsed(const std::string& file, const std::string& content, Read read)
    -> decltype(read(std::declval<const Json&>())) {
    try {
        return read(Json::parse(content));
    } catch (const Json::parse_error& error) {
        const auto end = content.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, content.size()));
        const auto line = 1 + std::count(content.begin(), end, '\n');
        return base::Error{"rulebook_syntax", {{"file", file}, {"line", std::to_string(line)}}};
    } catch (const Json::exception&) {  // a member of another kind than asked for
        return base::Error{"rulebook_syntax", {{"file", file}, {"line", "1"}}};
    }
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

// "codelists/COD043-VEKT.json" -> "COD043-VEKT".
std::string name_of(const std::string& file) {
    const auto slash = file.rfind('/');
    const auto first = slash == std::string::npos ? 0 : slash + 1;
    return file.substr(first, file.rfind('.') - first);
}

base::Result<std::vector<CodeList::Entry>> entries(const std::string& file, const Json& rows) {
    std::vector<CodeList::Entry> result;
    for (const Json& row : rows) {
        CodeList::Entry entry{row.value("code", ""), row.value("text", "")};
        if (entry.code.empty() || entry.code.size() > 16) {
            return wrong(file, result.size(), "code", entry.code, "1..16");
        }
        if (entry.text.empty()) return wrong(file, result.size(), "text", "", "a..z");
        result.push_back(std::move(entry));
    }
    if (result.empty()) return wrong(file, "codes", "[]", "[{code, text}]");
    std::ranges::sort(result, {}, &CodeList::Entry::code);
    const auto twice = std::ranges::adjacent_find(result, {}, &CodeList::Entry::code);
    if (twice != result.end()) {
        return base::Error{"rulebook_value_twice", {{"file", file}, {"key", twice->code}}};
    }
    return result;
}

base::Result<CodeList> code_list(const std::string& file, const Json& json) {
    CodeList list;
    list.name = json.value("codelist", "");
    list.also = json.value("also", std::vector<std::string>{});
    list.title = json.value("title", "");
    list.source = json.value("source", "");
    if (list.name != name_of(file)) return wrong(file, "codelist", list.name, name_of(file));
    if (list.source.empty()) return wrong(file, "source", "", "a..z");
    if (!json.contains("complete")) return wrong(file, "complete", "", "true, false");
    list.complete = json.at("complete").get<bool>();
    BUNDEL_TRY(codes, entries(file, json.value("codes", Json::array())));
    list.codes = std::move(codes);
    return list;
}

}  // namespace

base::Result<std::vector<ReturnCode>> read_return_codes(const std::string& file, const std::string& content) {
    return parsed(file, content, [&](const Json& json) { return return_codes(file, json); });
}

base::Result<CodeList> read_code_list(const std::string& file, const std::string& content) {
    return parsed(file, content, [&](const Json& json) { return code_list(file, json); });
}

}  // namespace bundel::rulebook
