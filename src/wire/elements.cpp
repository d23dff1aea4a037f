#include "wire/elements.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "wire/elements_reader.h"
#include "wire/encode.h"

namespace bundel::wire {
namespace {

struct Word {
    std::string_view text;
    ElementKind kind;
};

constexpr Word words[] = {{"structure", ElementKind::structure},
                          {"position", ElementKind::position},
                          {"count", ElementKind::count},
                          {"amount", ElementKind::amount},
                          {"sign", ElementKind::sign},
                          {"code", ElementKind::code},
                          {"insurer", ElementKind::insurer},
                          {"reserve", ElementKind::reserve},
                          {"period_begin", ElementKind::period_begin},
                          {"message_day", ElementKind::message_day},
                          {"day", ElementKind::day},
                          {"own_reference", ElementKind::own_reference},
                          {"reference", ElementKind::reference},
                          {"provider", ElementKind::provider},
                          {"bsn", ElementKind::bsn},
                          {"number", ElementKind::number},
                          {"vat", ElementKind::vat},
                          {"name", ElementKind::name},
                          {"name_prefix", ElementKind::name_prefix},
                          {"initials", ElementKind::initials},
                          {"birth_day", ElementKind::birth_day},
                          {"street", ElementKind::street},
                          {"house_number", ElementKind::house_number},
                          {"house_addition", ElementKind::house_addition},
                          {"postcode", ElementKind::postcode},
                          {"town", ElementKind::town},
                          {"country", ElementKind::country},
                          {"email", ElementKind::email},
                          {"free_text", ElementKind::free_text}};

std::optional<ElementKind> kind_of(std::string_view text) {
    const auto* found = std::ranges::find(words, text, &Word::text);
    return found == std::end(words) ? std::nullopt : std::optional(found->kind);
}

bool is_plain(std::string_view text) {
    const auto plain = ascii(text);
    return !text.empty() && plain.ok() && *plain == text;
}

bool is_plain(const std::vector<std::string>& texts) {
    return !texts.empty() && std::ranges::all_of(texts, [](const auto& one) { return is_plain(one); });
}

const char* wrong_in(const Invented& invented) {
    if (!is_plain(invented.names)) return "names";
    if (!is_plain(invented.streets)) return "streets";
    if (!is_plain(invented.towns)) return "towns";
    if (!is_plain(invented.email)) return "email";
    return is_plain(invented.free_text) ? nullptr : "free_text";
}

using Kinds = std::map<std::string, ElementKind, std::less<>>;

base::Result<Kinds> kinds_of(const ElementsText::Words& given) {
    Kinds kinds;
    for (const auto& [element, word] : given) {
        const auto kind = kind_of(word);
        if (!kind) return base::Error{"elements_value", {{"key", element}}};
        kinds[element] = *kind;
    }
    return kinds;
}

}  // namespace

bool is_hidden(ElementKind kind) {
    return kind >= ElementKind::bsn;
}

base::Result<Elements> Elements::parse(std::string_view json) {
    BUNDEL_TRY(text, read_elements_text(json));
    if (const char* wrong = wrong_in(text.invented)) return base::Error{"elements_value", {{"key", wrong}}};
    BUNDEL_TRY(elements, kinds_of(text.elements));
    BUNDEL_TRY(prefixes, kinds_of(text.prefixes));
    Elements result;
    result.elements_ = std::move(elements);
    result.prefixes_ = std::move(prefixes);
    result.invented_ = std::move(text.invented);
    return result;
}

ElementKind Elements::of(const Field& field) const {
    if (const auto found = elements_.find(field.element); found != elements_.end()) return found->second;
    const auto prefix = prefixes_.find(std::string_view(field.element).substr(0, 3));
    if (prefix == prefixes_.end()) return ElementKind::unknown;
    const bool is_unlisted = prefix->second == ElementKind::code && field.codelist.empty();
    return is_unlisted ? ElementKind::unknown : prefix->second;
}

}  // namespace bundel::wire
