#include "wire/view.h"

#include "base/assert.h"
#include "base/text.h"
#include "wire/message.h"

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

void hide(std::vector<FieldView>& views) {
    for (FieldView& view : views) {
        view = {view.field, view.kind, true, 0, "", std::nullopt, std::nullopt, ' '};
    }
}

}  // namespace

std::optional<Line> Lines::next() {
    if (rest_.empty()) return std::nullopt;
    const auto end = rest_.find('\n');
    std::string_view bytes = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (!bytes.empty() && bytes.back() == '\r') bytes.remove_suffix(1);
    return Line{++number_, layout_.record_index(bytes.substr(0, 2)), bytes};
}

std::size_t Masks::number(ElementKind kind, std::string_view value) {
    auto& numbers = numbers_[kind];
    const auto found = numbers.find(value);
    if (found != numbers.end()) return found->second;
    return numbers.emplace(std::string(value), numbers.size() + 1).first->second;
}

Viewer::Viewer(const Layout& layout, const Elements& elements, Masks& masks, bool is_revealed)
    : layout_(layout), masks_(masks), is_revealed_(is_revealed) {
    for (const RecordLayout& record : layout.records()) {
        std::vector<ElementKind> kinds;
        for (const Field& field : record.fields) kinds.push_back(elements.of(field));
        kinds_.push_back(std::move(kinds));
    }
}

FieldView Viewer::view(int record, std::size_t field, std::string_view raw, std::string_view next) {
    const auto& kinds = kinds_[static_cast<std::size_t>(record)];
    FieldView view;
    view.field = &layout_.records()[static_cast<std::size_t>(record)].fields[field];
    view.kind = kinds[field];
    const bool is_reserve = view.kind == ElementKind::reserve || view.field->use == Use::reserve;
    const bool is_expected = !is_reserve && has_shape(raw, *view.field);
    view.is_hidden = !is_revealed_ && (!is_expected || is_hidden(view.kind));
    const bool has_mask = view.kind == ElementKind::bsn || view.kind == ElementKind::number;
    if (view.is_hidden) {
        view.mask = has_mask ? masks_.number(view.kind, text(raw)) : 0;
        return view;
    }
    view.value = readable(raw);
    if (is_day(view.kind)) view.day = date(raw);
    if (view.kind != ElementKind::amount) return view;
    const bool has_sign = field + 1 < kinds.size() && kinds[field + 1] == ElementKind::sign;
    const auto with_sign = has_sign ? signed_cents(raw, next) : std::nullopt;
    view.amount = with_sign ? with_sign : cents(raw);
    if (with_sign) view.sign = next.front();
    return view;
}

std::vector<FieldView> Viewer::fields(const Line& line) {
    BUNDEL_ASSERT(line.index >= 0);
    const auto& fields = layout_.records()[static_cast<std::size_t>(line.index)].fields;
    std::vector<FieldView> views;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string_view raw = part_of(line.bytes, fields[i]);
        if (!is_filled(raw, fields[i])) continue;
        const std::string_view next =
            i + 1 < fields.size() ? part_of(line.bytes, fields[i + 1]) : std::string_view();
        views.push_back(view(line.index, i, raw, next));
    }
    const bool is_aligned = line.bytes.size() == layout_.record_length();
    if (!is_aligned && !is_revealed_) hide(views);
    return views;
}

}  // namespace bundel::wire
