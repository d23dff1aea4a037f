#include "wire/anonymise.h"

#include <algorithm>

#include "base/text.h"

namespace bundel::wire {
namespace {

constexpr int days_per_week = 7;
constexpr std::string_view nobody = "999999999";  // identifiers.json: no BSN known

std::string_view view_of(std::string_view record, const Field& field) {
    return record.substr(static_cast<std::size_t>(field.position - 1),
                         static_cast<std::size_t>(field.length));
}

std::string blank(const Field& field) {
    return std::string(static_cast<std::size_t>(field.length), field.kind == Kind::digits ? '0' : ' ');
}

// As long as the field; what does not fit is cut off.
std::string filled(const Field& field, std::string_view text) {
    std::string raw = blank(field);
    text = text.substr(0, raw.size());
    const std::size_t at = field.kind == Kind::digits ? raw.size() - text.size() : 0;
    std::ranges::copy(text, raw.begin() + static_cast<std::ptrdiff_t>(at));
    return raw;
}

bool is_kept(const Field& field, ElementKind kind) {
    switch (kind) {
        case ElementKind::structure:
        case ElementKind::position:
        case ElementKind::count:
        case ElementKind::amount:
        case ElementKind::sign:
        case ElementKind::code:
        case ElementKind::insurer:
        case ElementKind::message_day: return true;
        default: return !field.constant.empty();
    }
}

}  // namespace

bool is_whole(const base::Findings& findings) {
    return std::ranges::all_of(findings, [](const auto& one) { return one.code == "field_reserve"; });
}

// What is no day, where the layout asks for none, is some number.
std::string Anonymiser::earlier(std::string_view text, int weeks) const {
    const auto day = date(text);
    return day ? day->plus_days(-days_per_week * weeks).ei() : pseudonyms_.shaped("number", text);
}

int Anonymiser::weeks_of(std::string_view person) const {
    return 1 + static_cast<int>(pseudonyms_.below(shift_weeks_max, "weeks", person));
}

// The kind of provider stays; a practice keeps the zero behind it.
std::string Anonymiser::provider(std::string_view digits) const {
    const std::string kind(digits.substr(0, 2));
    return kind + pseudonyms_.shaped("agb " + kind, digits.substr(kind.size()));
}

// NL, nine digits, B, two digits.
std::string Anonymiser::vat(std::string_view text) const {
    const bool is_dutch = text.size() == 14 && text.starts_with("NL") && text[11] == 'B' &&
                          base::all_digits(text.substr(2, 9)) && base::all_digits(text.substr(12));
    if (!is_dutch) return pseudonyms_.shaped("vat", text);
    const std::string number = pseudonyms_.shaped("vat", text.substr(2, 9));
    return "NL" + number + "B" + std::string(text.substr(12));
}

const std::string& Anonymiser::any_of(const std::vector<std::string>& invented, std::string_view value,
                                      std::string_view person) const {
    const std::string whose = std::string(person) + '\0' + std::string(value);
    return invented[pseudonyms_.below(static_cast<std::uint32_t>(invented.size()), "invented", whose)];
}

std::string Anonymiser::replacement(const Field& field, ElementKind kind, std::string_view text,
                                    std::string_view person) const {
    const Invented& invented = elements_.invented();
    switch (kind) {
        case ElementKind::period_begin: return earlier(text, shift_weeks_max);
        case ElementKind::day:
        case ElementKind::birth_day: return earlier(text, weeks_of(person));
        case ElementKind::unknown:
            return field.is_date ? earlier(text, weeks_of(person)) : pseudonyms_.shaped("unknown", text);
        case ElementKind::own_reference:
        case ElementKind::reference: return pseudonyms_.shaped("reference", text);
        case ElementKind::provider: return provider(text);
        case ElementKind::bsn:
            return text.size() == 9 ? pseudonyms_.bsn(text) : pseudonyms_.shaped("bsn", text);
        case ElementKind::vat: return vat(text);
        case ElementKind::name: return any_of(invented.names, text, person);
        case ElementKind::name_prefix: return "van";
        case ElementKind::initials: return pseudonyms_.shaped("initials " + std::string(person), text);
        case ElementKind::street: return any_of(invented.streets, text, person);
        case ElementKind::town: return any_of(invented.towns, text, person);
        case ElementKind::house_number: return "1";
        case ElementKind::house_addition: return "A";
        case ElementKind::postcode: return pseudonyms_.shaped("postcode " + std::string(person), text);
        case ElementKind::country: return "NL";
        case ElementKind::email: return invented.email;
        case ElementKind::free_text: return invented.free_text;
        case ElementKind::reserve: return "";
        default: return pseudonyms_.shaped("number", text);
    }
}

std::string Anonymiser::replaced(const Field& field, ElementKind kind, std::string_view raw,
                                 std::string_view person) const {
    if (field.use == Use::reserve) return blank(field);
    if (is_kept(field, kind) || is_empty(raw, field.kind)) return std::string(raw);
    // A number keeps the zeros in front: pseudonyms know them.
    const std::string_view content = field.kind == Kind::digits ? raw : text(raw);
    const std::string other = replacement(field, kind, content, person);
    const bool fits = field.kind == Kind::text || other.empty() || base::all_digits(other);
    return filled(field, fits ? other : pseudonyms_.shaped("number", content));
}

// Who a record of an insured person is about: the BSN, else the first number under which somebody knows her,
// else all that is said of her.
std::string Anonymiser::person_of(const Message& message, const Record& record) const {
    const std::string_view bytes = message.record_bytes(record);
    std::string number, rest;
    for (const Field& field : message.layout().records()[record.index].fields) {
        const ElementKind kind = elements_.of(field);
        const std::string_view raw = view_of(bytes, field);
        if (is_empty(raw, field.kind) || !is_hidden(kind)) continue;
        if (kind == ElementKind::bsn && raw != nobody) return "bsn " + std::string(raw);
        if (kind == ElementKind::number && number.empty()) number = "number " + std::string(text(raw));
        rest.append(raw);
    }
    return number.empty() ? "rest " + rest : number;
}

std::string Anonymiser::anonymise(const Message& message) const {
    std::string bytes;
    bytes.reserve(message.bytes().size());
    std::string person;
    for (const Record& record : message.records()) {
        if (message.code(record) == code_insured) person = person_of(message, record);
        const std::string_view from = message.record_bytes(record);
        for (const Field& field : message.layout().records()[record.index].fields)
            bytes += replaced(field, elements_.of(field), view_of(from, field), person);
        bytes += "\r\n";
    }
    return bytes;
}

std::string Anonymiser::file_name(const Message& message) const {
    const std::uint32_t bound = UINT32_MAX;
    std::string name = message.layout().message() + "-";
    for (const char* half : {"file", "file again"}) {
        const std::uint32_t number = pseudonyms_.below(bound, half, message.bytes());
        name += base::zero_padded(number, 10);
    }
    return name + ".txt";
}

}  // namespace bundel::wire
