#include "wire/layout_writer.h"

namespace bundel::wire {
namespace {

std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') result += '\\';
        if (byte < ' ') {
            result += "\\u00";
            result += digits[byte >> 4];
            result += digits[byte & 15];
        } else {
            result += c;
        }
    }
    return result + "\"";
}

// {"a": 1, "b": "c"}, in the order of adding.
class Object {
public:
    Object& raw(const char* key, const std::string& value) {
        text_ += (text_.empty() ? "" : ", ") + quoted(key) + ": " + value;
        return *this;
    }
    Object& text(const char* key, const std::string& value) { return raw(key, quoted(value)); }
    Object& number(const char* key, int value) { return raw(key, std::to_string(value)); }
    Object& if_any(const char* key, const std::string& value) {
        return value.empty() ? *this : text(key, value);
    }
    std::string braced() const { return "{" + text_ + "}"; }

private:
    std::string text_;
};

template <class Items, class Each>
std::string list(const Items& items, const char* between, Each each) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : between) + each(item);
    return "[" + text + "]";
}

const char* letter(base::Severity severity) {
    switch (severity) {
        case base::Severity::file_refused: return "X";
        case base::Severity::claim_refused: return "T";
        case base::Severity::line_refused: return "D";
        case base::Severity::note: break;
    }
    return "O";
}

std::string field_text(const FieldFile& one) {
    const Field& field = one.field;
    Object object;
    object.text("id", field.id).text("element", field.element).text("name", field.name);
    object.text("type", field.kind == Kind::digits ? "N" : "AN");
    object.number("pos", field.position).number("len", field.length);
    object.text("use", std::string(1, static_cast<char>(field.use))).if_any("use_note", one.use_note);
    object.if_any("codelist", field.codelist)
        .if_any("pattern", field.pattern)
        .if_any("const", field.constant);
    object.if_any("return_code", field.return_code).text("severity", letter(field.severity));
    if (field.zero_is_value) object.raw("zero_is_value", "true");
    object.if_any("rule", field.rule).if_any("regex", field.regex);
    return "\n   " + object.braced();
}

std::string record_text(const RecordFile& record) {
    return "\n  {\"code\": " + quoted(record.code) + ", \"name\": " + quoted(record.name) +
           ", \"fields\": " + list(record.fields, ",", field_text) + "}";
}

std::string place_text(const Place& place) {
    Object object;
    object.text("code", place.code).number("min", place.is_required ? 1 : 0);
    object.raw("max", place.may_repeat ? "null" : "1");
    if (!place.children.empty()) object.raw("children", list(place.children, ", ", place_text));
    return object.braced();
}

std::string closing_text(const LayoutFile& file) {
    Object closing;
    closing.raw("counts", list(file.counts, ", ", [](const LayoutText::Count& count) {
                    return Object().text("field", count.field).text("record", count.record).braced();
                }));
    if (!file.total_field.empty()) {
        Object total;
        total.text("field", file.total_field).text("sign", file.total_sign);
        closing.raw("total", total.text("of", file.total_of).text("of_sign", file.total_of_sign).braced());
    }
    return closing.braced();
}

std::string ei_code_text(const std::vector<std::string>& codes) {
    return codes.size() == 1 ? quoted(codes.front()) : list(codes, ", ", quoted);
}

}  // namespace

std::string write_layout(const LayoutFile& file) {
    std::string text = "{";
    const auto line = [&](const char* key, const std::string& value) {
        text += std::string(text.size() == 1 ? "\n " : ",\n ") + quoted(key) + ": " + value;
    };
    line("message", quoted(file.message));
    line("version", quoted(file.version));
    if (!file.title.empty()) line("title", quoted(file.title));
    line("ei_code", ei_code_text(file.ei_codes));
    line("status", quoted(file.status));
    line("record_length", std::to_string(file.record_length));
    if (file.heen_length > 0) line("heen_length", std::to_string(file.heen_length));
    line("source", quoted(file.source));
    if (!file.note.empty()) line("provisional_note", quoted(file.note));
    if (!file.mark_field.empty()) {
        line("mark", Object().text("field", file.mark_field).text("value", file.mark_value).braced());
    }
    line("structure", list(file.structure, ", ", place_text));
    if (file.header_alone) line("header_alone", "true");
    line("structure_source", quoted(file.structure_source));
    line("closing", closing_text(file));
    line("records", list(file.records, ",", record_text));
    return text + "\n}\n";
}

}  // namespace bundel::wire
