#include "decision/feel_functions.h"

#include <algorithm>
#include <map>
#include <memory>

#include "base/text.h"
#include "decision/built_in.h"

namespace bundel::decision {
namespace {

struct Signature {
    std::vector<std::string> names;
    std::size_t required = 0;
    bool is_open = false;  // takes any number
};

std::vector<Signature> signatures_of(std::string_view parameters) {
    std::vector<Signature> signatures;
    for (const auto part : base::split(parameters, '|')) {
        Signature signature;
        for (const auto field : base::split(part, ',')) {
            std::string_view name = base::trim(field);
            if (name.empty()) continue;
            signature.is_open = name.ends_with("...");
            if (signature.is_open) name.remove_suffix(3);
            const bool optional = name.ends_with("?");
            if (optional) name.remove_suffix(1);
            signature.names.emplace_back(name);
            if (!optional && !signature.is_open) ++signature.required;
        }
        signatures.push_back(std::move(signature));
    }
    return signatures;
}

struct Known {
    Value function;
    std::vector<Signature> signatures;
};

using Table = std::map<std::string, Known, std::less<>>;

const Table& table() {
    static const Table all = [] {
        Table result;
        for (const auto functions :
             {number_functions(), string_functions(), calendar_functions(), list_functions(),
              context_functions(), range_functions(), pattern_functions()}) {
            for (const BuiltIn& one : functions) {
                auto function = std::make_shared<Function>();
                function->built_in = &one;
                result.emplace(std::string(one.name),
                               Known{Value::of(std::shared_ptr<const Function>(std::move(function))),
                                     signatures_of(one.parameters)});
            }
        }
        return result;
    }();
    return all;
}

bool takes(const Signature& signature, std::size_t count) {
    return count >= signature.required && (signature.is_open || count <= signature.names.size());
}

// The place of each name among the parameters; nothing when one is not there, or a required one is missing.
std::optional<std::vector<std::size_t>> places(const Signature& signature,
                                               const std::vector<std::string>& names) {
    std::vector<std::size_t> result;
    std::vector<bool> filled(signature.names.size());
    for (const auto& name : names) {
        const auto at = std::ranges::find(signature.names, name);
        if (at == signature.names.end()) return std::nullopt;
        result.push_back(static_cast<std::size_t>(at - signature.names.begin()));
        if (filled[result.back()]) return std::nullopt;
        filled[result.back()] = true;
    }
    for (std::size_t i = 0; i < signature.required; ++i) {
        if (!filled[i]) return std::nullopt;
    }
    return result;
}

const Known& known(const BuiltIn& function) {
    return table().find(function.name)->second;
}

}  // namespace

const Value& Arguments::operator[](std::size_t i) const {
    static const Value nothing;
    return i < values_.size() ? values_[i] : nothing;
}

const Value* Arguments::of_kind(std::size_t i, Kind kind) const {
    const Value& value = (*this)[i];
    if (value.kind() == kind) return &value;
    const bool single =
        value.kind() == Kind::list && value.list().size() == 1 && value.list().front().kind() == kind;
    return single ? &value.list().front() : nullptr;
}

std::optional<Number> Arguments::number(std::size_t i) const {
    const Value* value = of_kind(i, Kind::number);
    return value != nullptr ? std::optional(value->number()) : std::nullopt;
}

std::optional<std::int64_t> Arguments::integer(std::size_t i) const {
    const auto value = number(i);
    return value ? value->to_integer() : std::nullopt;
}

const std::string* Arguments::string(std::size_t i) const {
    const Value* value = of_kind(i, Kind::string);
    return value != nullptr ? &value->string() : nullptr;
}

std::optional<List> Arguments::list(std::size_t i) const {
    const Value& value = (*this)[i];
    if (value.kind() == Kind::list) {
        run_.spend(value.list().size());
        return value.list();
    }
    return value.is_null() ? std::nullopt : std::optional(List{value});
}

std::optional<List> Arguments::items() const {
    if (size() == 1) return list(0);
    return List(values_.begin(), values_.end());
}

std::span<const std::string> built_in_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> result;
        for (const auto& [name, function] : table()) result.push_back(name);
        return result;
    }();
    return names;
}

Value built_in_function(std::string_view name) {
    return table().find(name)->second.function;
}

TypeRef built_in_result(const Value& function) {
    const Kind kind = function.function()->built_in->result;
    return kind == Kind::null ? nullptr : type_of_kind(kind);
}

bool built_in_takes(const Value& function, std::size_t count, const std::vector<std::string>& names) {
    return std::ranges::any_of(
        known(*function.function()->built_in).signatures, [&](const Signature& signature) {
            return names.empty() ? takes(signature, count) : places(signature, names).has_value();
        });
}

std::optional<List> built_in_arguments(const BuiltIn& function, const std::vector<std::string>& names,
                                       List arguments) {
    for (const Signature& signature : known(function).signatures) {
        const auto at = places(signature, names);
        if (!at) continue;
        List placed(names.empty() ? 0 : *std::ranges::max_element(*at) + 1);
        for (std::size_t i = 0; i < names.size(); ++i) placed[(*at)[i]] = std::move(arguments[i]);
        return placed;
    }
    return std::nullopt;
}

Value call_built_in(const BuiltIn& function, std::span<const Value> arguments, Run& run) {
    const auto& signatures = known(function).signatures;
    const bool fits =
        std::ranges::any_of(signatures, [&](const Signature& s) { return takes(s, arguments.size()); });
    if (!fits || !run.spend(1)) return {};
    return function.run(Arguments(arguments, run));
}

Value temporal_value(std::string_view text) {
    if (const auto date = Date::parse(text)) return Value::of(*date);
    if (const auto moment = DateTime::parse(text)) return Value::of(*moment);
    if (const auto time = Time::parse(text)) return Value::of(*time);
    if (const auto duration = YearMonthDuration::parse(text)) return Value::of(*duration);
    return Value::of(DayTimeDuration::parse(text));
}

}  // namespace bundel::decision
