// How a built-in function is written down. Each feel_*_functions.cpp gives a table of them.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "decision/feel_evaluate.h"

namespace bundel::decision {

// The arguments of one call. A missing optional argument is null; a list of one stands for its item where one
// value is asked, and a value for a list of it where a list is asked.
class Arguments {
public:
    Arguments(std::span<const Value> values, Run& run) : values_(values), run_(run) {}

    std::size_t size() const { return values_.size(); }
    const Value& operator[](std::size_t i) const;
    std::span<const Value> values() const { return values_; }
    Run& run() const { return run_; }
    bool has(std::size_t i) const { return !(*this)[i].is_null(); }

    // Nothing when the argument is not of the kind.
    const Value* of_kind(std::size_t i, Kind kind) const;
    std::optional<Number> number(std::size_t i) const;
    std::optional<std::int64_t> integer(std::size_t i) const;
    const std::string* string(std::size_t i) const;
    std::optional<List> list(std::size_t i) const;  // nothing for null
    // "f(list)" or "f(a, b, c)": the items.
    std::optional<List> items() const;

private:
    std::span<const Value> values_;
    Run& run_;
};

struct BuiltIn {
    std::string_view name;
    // Parameters by signature: "string, start position, length?", signatures apart by "|". A last "..." takes
    // any number.
    std::string_view parameters;
    Kind result;  // null: depends on the arguments
    Value (*run)(const Arguments& arguments);
};

std::span<const BuiltIn> number_functions();
std::span<const BuiltIn> string_functions();
std::span<const BuiltIn> calendar_functions();
std::span<const BuiltIn> list_functions();
std::span<const BuiltIn> context_functions();
std::span<const BuiltIn> range_functions();
std::span<const BuiltIn> pattern_functions();

}  // namespace bundel::decision
