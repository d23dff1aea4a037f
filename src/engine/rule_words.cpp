#include "engine/rule_words.h"

#include <algorithm>

namespace bundel::engine {
using decision::Kind;
using decision::Value;

std::string word_of(const Value& value) {
    switch (value.kind()) {
        case Kind::null: return "";
        case Kind::boolean: return value.boolean() ? "ja" : "nee";
        case Kind::string: return value.string();
        default: return value.format();
    }
}

namespace {

std::optional<Value> of_kind(std::string_view word, Kind kind) {
    switch (kind) {
        case Kind::boolean:
            if (word == "ja") return Value::of(true);
            if (word == "nee") return Value::of(false);
            return std::nullopt;
        case Kind::number: {
            const auto number = decision::Number::parse(word);
            return number ? std::optional(Value::of(*number)) : std::nullopt;
        }
        case Kind::string: return Value::of(std::string(word));
        default: return std::nullopt;
    }
}

}  // namespace

std::optional<Value> value_of(std::string_view word, const decision::TypeRef& type) {
    const auto value = of_kind(word, type == nullptr ? Kind::string : type->kind);
    if (!value || type == nullptr || type->allowed_values.empty()) return value;
    const bool allowed = std::ranges::any_of(type->allowed_values,
                                             [&](const Value& one) { return decision::same(one, *value); });
    return allowed ? value : std::nullopt;
}

}  // namespace bundel::engine
