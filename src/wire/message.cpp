#include "wire/message.h"

#include <algorithm>

#include "base/text.h"

namespace bundel::wire {

base::Where Message::where(const Record& record, const Column& column) const {
    const Field& field = layout_->field(column);
    return {file_, static_cast<long>(record.line), field.id, field.position,
            field.position + field.length - 1};
}

bool is_empty(std::string_view field, Kind kind) {
    const char fill = kind == Kind::digits ? '0' : ' ';
    return std::all_of(field.begin(), field.end(), [fill](char c) { return c == fill; });
}

std::optional<std::int64_t> number(std::string_view field) {
    if (field.size() > 18) return std::nullopt;
    return base::parse_digits(field);
}

std::optional<values::Date> date(std::string_view field) {
    if (field.size() != 8 || !base::all_digits(field)) return std::nullopt;
    const auto day = values::Date::parse(field);
    return day ? std::optional(*day) : std::nullopt;
}

std::optional<values::Cents> cents(std::string_view field) {
    const auto count = number(field);
    return count ? std::optional(values::Cents::of(*count)) : std::nullopt;
}

std::optional<values::Cents> signed_cents(std::string_view amount, std::string_view indicator) {
    const auto unsigned_amount = cents(amount);
    if (!unsigned_amount || (indicator != "D" && indicator != "C")) return std::nullopt;
    return indicator == "C" ? -*unsigned_amount : *unsigned_amount;
}

std::string_view text(std::string_view field) {
    return base::trim_right(field);
}

std::string utf8(std::string_view field) {
    std::string result;
    for (const char c : text(field)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            result += c;
        } else {
            result += static_cast<char>(0xC0 | (byte >> 6));
            result += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return result;
}

}  // namespace bundel::wire
