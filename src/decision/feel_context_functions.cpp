// DMN 1.5 table 81, contexts.
#include <algorithm>
#include <array>

#include "decision/built_in.h"

namespace bundel::decision {
namespace {

void put(Context& context, const std::string& name, Value value) {
    const auto at = std::ranges::find(context, name, [](const auto& entry) { return entry.first; });
    if (at != context.end()) {
        at->second = std::move(value);
    } else {
        context.emplace_back(name, std::move(value));
    }
}

Value get_value(const Arguments& arguments) {
    const Value* context = arguments.of_kind(0, Kind::context);
    const std::string* key = arguments.string(1);
    if (context == nullptr || key == nullptr) return {};
    const Value* entry = context->entry(*key);
    return entry != nullptr ? *entry : Value();
}

Value get_entries(const Arguments& arguments) {
    const Value* context = arguments.of_kind(0, Kind::context);
    if (context == nullptr) return {};
    List entries;
    for (const auto& [name, value] : context->context()) {
        entries.push_back(Value::of(Context{{"key", Value::of(name)}, {"value", value}}));
    }
    return Value::of(std::move(entries));
}

Value context_of(const Arguments& arguments) {
    const auto entries = arguments.list(0);
    if (!entries || !arguments.run().spend(entries->size() * entries->size() / 8)) return {};
    Context context;
    for (const Value& entry : *entries) {
        const Value* key = entry.entry("key");
        const Value* value = entry.entry("value");
        if (key == nullptr || value == nullptr || key->kind() != Kind::string) return {};
        const bool twice =
            std::ranges::any_of(context, [&](const auto& one) { return one.first == key->string(); });
        if (twice) return {};
        context.emplace_back(key->string(), *value);
    }
    return Value::of(std::move(context));
}

// Puts `value` where the keys lead; contexts on the way must be there.
Value put_deep(const Value& context, std::span<const Value> keys, const Value& value, Run& run) {
    if (context.kind() != Kind::context || keys.empty() || keys.front().kind() != Kind::string) return {};
    if (keys.size() > Limits::nesting || !run.spend(context.context().size())) return {};
    Context copy = context.context();
    const std::string& key = keys.front().string();
    if (keys.size() == 1) {
        put(copy, key, value);
        return Value::of(std::move(copy));
    }
    const Value* inner = context.entry(key);
    if (inner == nullptr) return {};
    Value changed = put_deep(*inner, keys.subspan(1), value, run);
    if (changed.is_null()) return {};
    put(copy, key, std::move(changed));
    return Value::of(std::move(copy));
}

Value context_put(const Arguments& arguments) {
    const Value* context = arguments.of_kind(0, Kind::context);
    if (context == nullptr) return {};
    const Value& key = arguments[1];
    if (key.kind() == Kind::list) return put_deep(*context, key.list(), arguments[2], arguments.run());
    return put_deep(*context, std::span(&key, 1), arguments[2], arguments.run());
}

Value context_merge(const Arguments& arguments) {
    const auto contexts = arguments.list(0);
    if (!contexts) return {};
    Context merged;
    for (const Value& context : *contexts) {
        if (context.kind() != Kind::context) return {};
        if (!arguments.run().spend(context.context().size() * (merged.size() + 1))) return {};
        for (const auto& [name, value] : context.context()) put(merged, name, value);
    }
    return Value::of(std::move(merged));
}

constexpr std::array functions{
    BuiltIn{"get value", "m, key | context, key", Kind::null, get_value},
    BuiltIn{"get entries", "m | context", Kind::list, get_entries},
    BuiltIn{"context", "entries", Kind::context, context_of},
    BuiltIn{"context put", "context, key, value | context, keys, value", Kind::context, context_put},
    BuiltIn{"context merge", "contexts", Kind::context, context_merge},
};

}  // namespace

std::span<const BuiltIn> context_functions() {
    return functions;
}

}  // namespace bundel::decision
