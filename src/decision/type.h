// Type: what a typeRef names. A null TypeRef is Any.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decision/value.h"

namespace bundel::decision {

struct Node;
struct Type;
using TypeRef = std::shared_ptr<const Type>;

struct Type {
    Kind kind = Kind::null;
    std::string name;                                         // as declared; empty for what has no name
    std::vector<std::pair<std::string, TypeRef>> components;  // of a context
    TypeRef element;                                          // of a list or range; result of a function
    std::vector<TypeRef> parameters;                          // of a function
    bool has_signature = false;                               // function<..>, not any function
    // Unary tests over local 0 that every value must pass; null when all pass. The values themselves when the
    // tests are constants only ("a", "b").
    std::shared_ptr<const Node> allowed;
    std::vector<Value> allowed_values;

    TypeRef component(std::string_view component_name) const;
};

// The types of FEEL by their name in FEEL or in XML of any DMN version ("number", "feel:number", "dateTime",
// "days and time duration"); nullptr when it is none of them. Any gives a type without meaning: see
// is_any_name.
TypeRef built_in_type(std::string_view name);
bool is_any_name(std::string_view name);
TypeRef type_of_kind(Kind kind);
TypeRef list_of(TypeRef element);
std::string_view name_of(Kind kind);

// Whether a value of `a` can be one of `b` (after the singleton conversions of FEEL): false only when it
// never can. Any fits all.
bool may_fit(const TypeRef& a, const TypeRef& b);

// Every value of `a` is one of `b`, as FEEL's "instance of" asks.
bool conforms(const TypeRef& a, const TypeRef& b);

}  // namespace bundel::decision
