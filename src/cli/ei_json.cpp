// All JSON of the ei commands, in the one file of this room that includes the library. Amounts are whole
// cents; days are ISO.
#include <nlohmann/json.hpp>

#include "cli/ei_check.h"
#include "cli/ei_diff.h"
#include "cli/ei_fields.h"

namespace bundel::cli {
namespace {

using Json = nlohmann::ordered_json;

// What the file holds need not be UTF-8, a file name least of all.
std::string dumped(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json named(const wire::Field& field) {
    return {{"id", field.id}, {"element", field.element}, {"name", field.name}};
}

Json field_json(const wire::FieldView& field, const rulebook::CodeLists& lists, const texts::Texts& texts) {
    Json json = named(*field.field);
    json["value"] = words_of(field, lists, texts).value;
    json["masked"] = field.is_hidden;
    if (field.day) json["day"] = field.day->iso();
    if (field.amount) json["amount_cents"] = field.amount->count();
    if (const std::string text = code_text(field, lists); !text.empty()) json["meaning"] = text;
    return json;
}

Json finding_json(const base::Finding& finding, const texts::Texts& texts) {
    return {{"code", finding.code},
            {"return_code", finding.return_code},
            {"field", finding.where.field},
            {"first_column", finding.where.first_column},
            {"last_column", finding.where.last_column},
            {"refuses", finding.severity != base::Severity::note},
            {"sentence", texts.sentence(finding.code, finding.params)}};
}

Json side_json(const wire::Message& message, const std::optional<values::Cents>& total) {
    Json json = {{"file", message.file()}, {"layout", message.layout().name()}};
    json["total_cents"] = total ? Json(total->count()) : Json();
    return json;
}

Json value_json(const std::string& value) {
    return value.empty() ? Json() : Json(value);
}

Json change_json(const ShownChange& change) {
    Json fields = Json::array();
    for (const auto& field : change.fields) {
        Json json = named(*field.field);
        json["old"] = value_json(field.before.value);
        json["new"] = value_json(field.after.value);
        json["masked"] = field.is_hidden;
        json["added_by_layout"] = field.is_added;
        fields.push_back(std::move(json));
    }
    return {{"change", change.change},
            {"code", change.record->code},
            {"record", change.record->name},
            {"who", value_json(change.who)},
            {"old_line", change.old_line == 0 ? Json() : Json(change.old_line)},
            {"new_line", change.new_line == 0 ? Json() : Json(change.new_line)},
            {"fields", std::move(fields)}};
}

}  // namespace

std::string to_json(const ShownRecord& shown, const rulebook::CodeLists& lists, const texts::Texts& texts) {
    const std::string code = code_of(shown);
    Json json = {{"file", shown.file}, {"layout", shown.layout->name()}};
    json["line"] = shown.record.line;
    json["code"] = value_json(code);
    json["record"] = code.empty() ? Json() : Json(shown.layout->records()[shown.record.index].name);
    json["fields"] = Json::array();
    for (const auto& field : shown.fields) json["fields"].push_back(field_json(field, lists, texts));
    json["findings"] = Json::array();
    for (const auto& finding : shown.findings) json["findings"].push_back(finding_json(finding, texts));
    return dumped(json, -1);
}

std::string to_json(const ShownDiff& diff) {
    Json records = Json::array();
    for (const ShownChange& change : diff.changes) records.push_back(change_json(change));
    return dumped({{"same", diff.comparison.is_same()},
                   {"before", side_json(*diff.before, diff.comparison.old_total)},
                   {"after", side_json(*diff.after, diff.comparison.new_total)},
                   {"records", std::move(records)}},
                  2);
}

std::string to_json(const Checked& checked, const rulebook::Rulebook& rulebook, const texts::Texts& texts) {
    Json json = {{"file", checked.file}};
    json["layout"] = checked.layout == nullptr ? Json() : Json(checked.layout->name());
    json["records"] = checked.records;
    json["findings"] = Json::array();
    for (const base::Finding& finding : checked.findings) {
        Json one = finding_json(finding, texts);
        one["line"] = finding.where.record;
        one["severity"] = std::string(1, "XTDO"[static_cast<std::size_t>(finding.severity)]);
        const rulebook::ReturnCode* code = rulebook.return_code(finding.return_code);
        const bool has_repair = code != nullptr && !code->repair.empty();
        one["repair"] = has_repair ? Json(texts.sentence(code->repair)) : Json();
        json["findings"].push_back(std::move(one));
    }
    json["lists_missing"] = checked.missing_lists;
    return dumped(json, 2);
}

}  // namespace bundel::cli
