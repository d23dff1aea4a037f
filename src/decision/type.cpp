#include "decision/type.h"

#include <algorithm>
#include <array>

namespace bundel::decision {
namespace {

struct Named {
    std::string_view name;
    Kind kind;
};

// The first name of a kind is its name in FEEL.
constexpr std::array names{Named{"boolean", Kind::boolean},
                           Named{"number", Kind::number},
                           Named{"string", Kind::string},
                           Named{"date", Kind::date},
                           Named{"time", Kind::time},
                           Named{"date and time", Kind::date_time},
                           Named{"dateTime", Kind::date_time},
                           Named{"days and time duration", Kind::day_time_duration},
                           Named{"dayTimeDuration", Kind::day_time_duration},
                           Named{"years and months duration", Kind::year_month_duration},
                           Named{"yearMonthDuration", Kind::year_month_duration},
                           Named{"list", Kind::list},
                           Named{"context", Kind::context},
                           Named{"range", Kind::range},
                           Named{"function", Kind::function},
                           Named{"Null", Kind::null}};

std::string_view without_prefix(std::string_view name) {
    return name.starts_with("feel:") ? name.substr(5) : name;
}

}  // namespace

TypeRef Type::component(std::string_view component_name) const {
    for (const auto& [key, type] : components) {
        if (key == component_name) return type;
    }
    return nullptr;
}

TypeRef type_of_kind(Kind kind) {
    auto type = std::make_shared<Type>();
    type->kind = kind;
    return type;
}

TypeRef built_in_type(std::string_view name) {
    for (const Named& one : names) {
        if (one.name == without_prefix(name)) return type_of_kind(one.kind);
    }
    return nullptr;
}

bool is_any_name(std::string_view name) {
    return name.empty() || without_prefix(name) == "Any";
}

TypeRef list_of(TypeRef element) {
    auto type = std::make_shared<Type>();
    type->kind = Kind::list;
    type->element = std::move(element);
    return type;
}

std::string_view name_of(Kind kind) {
    return std::ranges::find(names, kind, &Named::kind)->name;
}

bool may_fit(const TypeRef& a, const TypeRef& b) {
    if (!a || !b || a->kind == Kind::null || b->kind == Kind::null) return true;
    if (a->kind == b->kind) {
        if (a->kind == Kind::list) return may_fit(a->element, b->element);
        return true;
    }
    if (a->kind == Kind::list) return may_fit(a->element, b);
    if (b->kind == Kind::list) return may_fit(a, b->element);
    return a->kind == Kind::date && b->kind == Kind::date_time;
}

bool conforms(const TypeRef& a, const TypeRef& b) {
    if (!b) return true;
    if (!a || a->kind != b->kind) return a && a->kind == Kind::null;
    switch (a->kind) {
        case Kind::list:
        case Kind::range: return conforms(a->element, b->element);
        case Kind::context:
            return std::ranges::all_of(b->components, [&](const auto& wanted) {
                return std::ranges::any_of(a->components, [&](const auto& one) {
                    return one.first == wanted.first && conforms(one.second, wanted.second);
                });
            });
        case Kind::function: {
            if (!b->has_signature) return true;
            if (a->parameters.size() != b->parameters.size() || !conforms(a->element, b->element))
                return false;
            for (std::size_t i = 0; i < a->parameters.size(); ++i) {
                if (!conforms(b->parameters[i], a->parameters[i])) return false;
            }
            return true;
        }
        default: return true;
    }
}

}  // namespace bundel::decision
