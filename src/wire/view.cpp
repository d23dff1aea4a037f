#include "wire/view.h"

#include <algorithm>

#include "base/assert.h"
#include "base/text.h"

namespace bundel::wire {
namespace {

// As much of the field as the line has.
std::string_view part_of(std::string_view line, const Field& field) {
    const auto from = static_cast<std::size_t>(field.position - 1);
    return from < line.size() ? line.substr(from, static_cast<std::size_t>(field.length))
                              : std::string_view();
}

// A terminal obeys control characters; a person cannot read them.
std::string readable(std::string_view raw) {
    std::string clean(raw);
    for (char& c : clean) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || (byte >= 0x7F && byte < 0xA0)) c = '?';
    }
    return utf8(clean);
}

bool is_day(ElementKind kind) {
    return kind == ElementKind::day || kind == ElementKind::birth_day || kind == ElementKind::period_begin ||
           kind == ElementKind::message_day;
}

// What has not the shape of its field was perhaps meant for another: it may be anything.
bool has_shape(std::string_view raw, const Field& field) {
    if (!field.constant.empty()) return raw == field.constant;
    if (field.kind == Kind::digits && !base::all_digits(raw)) return false;
    return !field.is_date || is_empty(raw, field.kind) || date(raw).has_value();
}

bool is_filled(std::string_view raw, const Field& field) {
    if (raw.empty()) return false;
    return field.zero_is_value || !is_empty(raw, field.kind);
}

// Perhaps the columns of the record are not where they should be.
bool is_shifted(const std::vector<Field>& fields, std::string_view bytes) {
    return std::ranges::any_of(fields, [&](const Field& field) {
        return field.use != Use::reserve && !has_shape(part_of(bytes, field), field);
    });
}

void hide(std::vector<FieldView>& views, bool (*is_unsafe)(const FieldView&)) {
    for (FieldView& view : views) {
        if (is_unsafe(view)) view = {view.field, view.kind, true, 0, "", std::nullopt, std::nullopt, ' '};
    }
}

}  // namespace

std::size_t Masks::number(ElementKind kind, std::string_view value) {
    auto& numbers = numbers_[kind];
    const auto found = numbers.find(value);
    if (found != numbers.end()) return found->second;
    return numbers.emplace(std::string(value), numbers.size() + 1).first->second;
}

bool Masks::has_bsn(std::string_view text) const {
    constexpr std::size_t length = 9;
    const auto known = numbers_.find(ElementKind::bsn);
    if (known == numbers_.end()) return false;
    for (std::size_t at = 0; at + length <= text.size(); ++at) {
        if (known->second.contains(text.substr(at, length))) return true;
    }
    return false;
}

Viewer::Viewer(const Layout& layout, const Elements& elements, Masks& masks, bool is_revealed)
    : layout_(layout), masks_(masks), is_revealed_(is_revealed) {
    for (const RecordLayout& record : layout.records()) {
        std::vector<ElementKind> kinds;
        for (const Field& field : record.fields) kinds.push_back(elements.of(field));
        kinds_.push_back(std::move(kinds));
    }
}

FieldView Viewer::view(std::size_t record, std::size_t field, std::string_view bytes) {
    const auto& fields = layout_.records()[record].fields;
    const std::string_view raw = part_of(bytes, fields[field]);
    FieldView view;
    view.field = &fields[field];
    view.kind = kinds_[record][field];
    const bool is_reserve = view.kind == ElementKind::reserve || view.field->use == Use::reserve;
    const bool is_expected = !is_reserve && has_shape(raw, *view.field);
    const bool has_bsn = view.field->kind == Kind::text && masks_.has_bsn(raw);
    view.is_hidden = !is_revealed_ && (!is_expected || is_hidden(view.kind) || has_bsn);
    if (view.is_hidden) {
        const bool has_mask = view.kind == ElementKind::bsn || view.kind == ElementKind::number;
        view.mask = has_mask && !is_empty(raw, view.field->kind) ? masks_.number(view.kind, text(raw)) : 0;
        return view;
    }
    view.value = readable(raw);
    if (is_day(view.kind)) view.day = date(raw);
    if (view.kind != ElementKind::amount) return view;
    view.amount = cents(raw);
    const bool has_sign = field + 1 < fields.size() && kinds_[record][field + 1] == ElementKind::sign;
    const auto with_sign = has_sign ? signed_cents(raw, part_of(bytes, fields[field + 1])) : std::nullopt;
    if (!with_sign) return view;
    view.amount = with_sign;
    view.sign = part_of(bytes, fields[field + 1]).front();
    return view;
}

std::vector<FieldView> Viewer::fields(const Record& record, std::string_view bytes) {
    std::vector<FieldView> views;
    if (record.index == Record::unknown) return views;
    const auto& fields = layout_.records()[record.index].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (is_filled(part_of(bytes, fields[i]), fields[i])) views.push_back(view(record.index, i, bytes));
    }
    if (is_revealed_) return views;
    if (bytes.size() != layout_.record_length()) {
        hide(views, [](const FieldView&) { return true; });
    } else if (is_shifted(fields, bytes)) {
        hide(views, [](const FieldView& view) {
            return view.field->kind == Kind::text && view.field->length > 2 && !view.is_hidden;
        });
    }
    return views;
}

}  // namespace bundel::wire
