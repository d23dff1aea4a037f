#include "engine/field_words.h"

namespace bundel::engine {
using texts::Texts;

namespace {

std::string long_day(values::Date day, const Texts& texts) {
    return std::to_string(day.day()) + " " + texts.sentence("month_" + std::to_string(day.month())) + " " +
           std::to_string(day.year());
}

std::string mask_of(const wire::FieldView& field, const Texts& texts) {
    if (field.mask == 0) return texts.sentence("ei_mask");
    return texts.sentence(field.kind == wire::ElementKind::bsn ? "ei_mask_person" : "ei_mask_number",
                          {{"number", std::to_string(field.mask)}});
}

// Without the sign: that is said by the letter behind it.
std::string amount_text(const wire::FieldView& field, const Texts& texts) {
    const values::Cents size = field.amount->is_negative() ? -*field.amount : *field.amount;
    return texts.amount(size) + (field.sign == ' ' ? "" : std::string(" ") + field.sign);
}

}  // namespace

std::string code_text(const wire::FieldView& field, const rulebook::CodeLists& lists) {
    if (field.is_hidden || field.field->codelist.empty()) return "";
    const auto* list = lists.find(field.field->codelist);
    const auto* entry = list == nullptr ? nullptr : list->entry(field.value);
    return entry == nullptr ? "" : entry->text;
}

FieldWords words_of(const wire::FieldView& field, const rulebook::CodeLists& lists, const Texts& texts) {
    if (field.is_hidden) return {mask_of(field, texts), ""};
    if (field.day) return {field.value, long_day(*field.day, texts)};
    if (field.amount) return {field.value, amount_text(field, texts)};
    return {field.value, code_text(field, lists)};
}

}  // namespace bundel::engine
