#include <nlohmann/json.hpp>

#include "wire/layout_reader.h"

namespace bundel::wire {
namespace {

using nlohmann::json;

// A value of the wrong kind; leaves through the one catch below.
struct WrongValue {
    std::string key;
};

std::string text_of(const json& object, const char* key, const char* otherwise = nullptr) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) {
        if (otherwise == nullptr) throw WrongValue{key};
        return otherwise;
    }
    if (!found->is_string()) throw WrongValue{key};
    return found->get<std::string>();
}

std::int64_t number_of(const json& object, const char* key, std::int64_t otherwise = -1) {
    const auto found = object.find(key);
    if (found == object.end() && otherwise >= 0) return otherwise;
    if (found == object.end() || !found->is_number_integer()) throw WrongValue{key};
    const auto number = found->get<std::int64_t>();
    if (number < 0 || number > 10'000) throw WrongValue{key};
    return number;
}

bool flag_of(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return false;
    if (!found->is_boolean()) throw WrongValue{key};
    return found->get<bool>();
}

const json& list_of(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array()) throw WrongValue{key};
    return *found;
}

Kind kind_of(const std::string& type) {
    if (type == "N") return Kind::digits;
    if (type == "AN") return Kind::text;
    throw WrongValue{"type"};
}

Use use_of(const std::string& use) {
    if (use == "M") return Use::mandatory;
    if (use == "C") return Use::conditional;
    if (use == "O") return Use::optional;
    if (use == "S") return Use::reserve;
    throw WrongValue{"use"};
}

base::Severity severity_of(const std::string& letter) {
    if (letter == "X") return base::Severity::file_refused;
    if (letter == "T") return base::Severity::claim_refused;
    if (letter == "D") return base::Severity::line_refused;
    if (letter == "O") return base::Severity::note;
    throw WrongValue{"severity"};
}

Field read_field(const json& object) {
    Field field;
    field.id = text_of(object, "id");
    field.element = text_of(object, "element");
    field.name = text_of(object, "name");
    field.kind = kind_of(text_of(object, "type"));
    field.use = use_of(text_of(object, "use"));
    field.position = static_cast<int>(number_of(object, "pos"));
    field.length = static_cast<int>(number_of(object, "len"));
    field.codelist = text_of(object, "codelist", "");
    field.pattern = text_of(object, "pattern", "");
    field.regex = text_of(object, "regex", "");
    field.rule = text_of(object, "rule", "");
    field.constant = text_of(object, "const", "");
    field.return_code = text_of(object, "return_code", "");
    field.severity = severity_of(text_of(object, "severity"));
    field.zero_is_value = flag_of(object, "zero_is_value");
    field.is_date = field.pattern == "EEJJMMDD";
    return field;
}

RecordLayout read_record(const json& object) {
    RecordLayout record{text_of(object, "code"), text_of(object, "name"), {}};
    for (const json& field : list_of(object, "fields")) record.fields.push_back(read_field(field));
    return record;
}

// Depth is bounded: a record has comments, comments have nothing.
Place read_place(const json& object, int depth) {
    if (depth > 8) throw WrongValue{"structure"};
    Place place;
    place.code = text_of(object, "code");
    const auto least = number_of(object, "min");
    const auto most = object.find("max");
    if (least > 1 || most == object.end() || !(most->is_null() || *most == 1)) throw WrongValue{"structure"};
    place.is_required = least == 1;
    place.may_repeat = most->is_null();
    if (object.contains("children")) {
        for (const json& child : list_of(object, "children")) {
            place.children.push_back(read_place(child, depth + 1));
        }
    }
    return place;
}

void read_closing(const json& object, LayoutText& text) {
    for (const json& count : list_of(object, "counts")) {
        text.counts.push_back({text_of(count, "field"), text_of(count, "record")});
    }
    if (!object.contains("total")) return;
    const json& total = object.at("total");
    text.total_field = text_of(total, "field");
    text.total_sign = text_of(total, "sign");
    text.total_of = text_of(total, "of");
    text.total_of_sign = text_of(total, "of_sign");
}

// What a layout and an insert both have.
LayoutText read_records(const json& object) {
    LayoutText text;
    text.message = text_of(object, "message");
    text.version = text_of(object, "version");
    text.source = text_of(object, "source");
    text.status = text_of(object, "status");
    text.record_length = number_of(object, "record_length");
    text.heen_length = number_of(object, "heen_length", 0);
    for (const json& record : list_of(object, "records")) text.records.push_back(read_record(record));
    for (const json& place : list_of(object, "structure")) text.structure.push_back(read_place(place, 0));
    return text;
}

// One, or a list for a message that goes by several.
std::vector<std::string> read_ei_codes(const json& object) {
    const auto found = object.find("ei_code");
    if (found == object.end() || !found->is_array()) return {text_of(object, "ei_code")};
    std::vector<std::string> codes;
    for (const json& code : *found) {
        if (!code.is_string()) throw WrongValue{"ei_code"};
        codes.push_back(code.get<std::string>());
    }
    if (codes.empty()) throw WrongValue{"ei_code"};
    return codes;
}

LayoutText read_layout(const json& object) {
    LayoutText text = read_records(object);
    text.ei_codes = read_ei_codes(object);
    text.header_alone = flag_of(object, "header_alone");
    if (!object.contains("closing")) throw WrongValue{"closing"};
    read_closing(object.at("closing"), text);
    if (object.contains("mark")) {
        text.mark_field = text_of(object.at("mark"), "field");
        text.mark_value = text_of(object.at("mark"), "value");
    }
    return text;
}

InsertText read_insert(const json& object) {
    return {read_records(object), text_of(object, "under"), text_of(object, "before"),
            text_of(object, "reserve")};
}

NamedMessage read_name(const json& object) {
    return {text_of(object, "message"), text_of(object, "version"), text_of(object, "title"),
            text_of(object, "ei_code"), text_of(object, "source"),  text_of(object, "namespace")};
}

FileText read_file(const json& object) {
    const std::string kind = text_of(object, "kind", "layout");
    if (kind == "layout") return read_layout(object);
    if (kind == "insert") return read_insert(object);
    if (kind == "name_only") return read_name(object);
    throw WrongValue{"kind"};
}

}  // namespace

base::Result<FileText> read_file_text(std::string_view bytes) {
    try {
        const json object = json::parse(bytes);
        if (!object.is_object()) return base::Error{"layout_value", {{"key", "message"}}};
        return read_file(object);
    } catch (const WrongValue& wrong) {
        return base::Error{"layout_value", {{"key", wrong.key}}};
    } catch (const json::parse_error& error) {
        return base::Error{"layout_syntax", {{"byte", std::to_string(error.byte)}}};
    } catch (const json::exception&) {
        return base::Error{"layout_syntax", {{"byte", "0"}}};
    }
}

}  // namespace bundel::wire
