#include "reply/draft.h"

namespace bundel::reply {

base::Result<wire::Column> column_of(const wire::Layout& layout, std::string_view record,
                                     std::string_view element) {
    const int index = layout.record_index(record);
    if (index >= 0) {
        for (const wire::Field& field : layout.records()[static_cast<std::size_t>(index)].fields) {
            if (field.element == element) return layout.column(field.id);
        }
    }
    return base::Error{
        "layout_field_unknown",
        {{"layout", layout.name()}, {"field", std::string(record) + " " + std::string(element)}}};
}

void Draft::begin(std::string_view record, values::PersonId owner) {
    record_ = record;
    owners_.push_back(owner);
}

Draft& Draft::append(std::string_view record, values::PersonId owner) {
    begin(record, owner);
    writer_.append(record);
    return *this;
}

Draft& Draft::copy(std::string_view record_bytes, values::PersonId owner) {
    begin(record_bytes.substr(0, 2), owner);
    writer_.copy(record_bytes);
    return *this;
}

Draft& Draft::close() {
    begin(wire::code_closing, {});
    writer_.close();
    return *this;
}

std::optional<wire::Column> Draft::find(std::string_view element) {
    auto column = column_of(*layout_, record_, element);
    if (column.ok()) return *column;
    if (!error_) error_ = column.error();
    return std::nullopt;
}

Draft& Draft::set_signed(std::string_view amount, std::string_view indicator, values::Cents cents) {
    const auto number = find(amount);
    const auto sign = find(indicator);
    if (number && sign) writer_.set_signed(*number, *sign, cents);
    return *this;
}

base::Result<std::vector<facts::Segment>> Draft::finish() {
    if (error_) return *error_;
    BUNDEL_TRY(bytes, writer_.finish());
    const std::size_t stride = layout_->record_length() + 2;
    BUNDEL_ASSERT(bytes.size() == owners_.size() * stride);
    std::vector<facts::Segment> segments;
    for (std::size_t i = 0; i < owners_.size(); ++i) {
        if (segments.empty() || segments.back().person != owners_[i]) segments.push_back({owners_[i], {}});
        segments.back().bytes.append(bytes, i * stride, stride);
    }
    return segments;
}

}  // namespace bundel::reply
