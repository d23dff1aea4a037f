// Error: we could not do the work. Result: the value, or why there is none.
//
// An Error is data: a stable code plus named parameters. The Dutch sentence with the same code is in the text
// table (room texts); inner rooms never make a sentence. No parameter may hold a personal value.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/assert.h"

namespace bundel::base {

// Named values that fill the {holes} of a sentence, in any order.
using Params = std::vector<std::pair<std::string, std::string>>;

struct Error {
    std::string code;  // stable, lower_snake: "rulebook_value_missing"
    Params params{};
    bool operator==(const Error&) const = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Contract: ok().
    T& value() & {
        BUNDEL_ASSERT(ok());
        return *std::get_if<0>(&state_);
    }
    const T& value() const& {
        BUNDEL_ASSERT(ok());
        return *std::get_if<0>(&state_);
    }
    T&& value() && {
        BUNDEL_ASSERT(ok());
        return std::move(*std::get_if<0>(&state_));
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    // Contract: !ok().
    const Error& error() const {
        BUNDEL_ASSERT(!ok());
        return *std::get_if<1>(&state_);
    }

private:
    std::variant<T, Error> state_;
};

// The result of work that has no value to give.
struct Done {
    bool operator==(const Done&) const = default;
};

}  // namespace bundel::base

// Leaves the function with the Error of `result`, else goes on.
#define BUNDEL_TRY(name, result)                           \
    auto name##_result = (result);                         \
    if (!name##_result.ok()) return name##_result.error(); \
    auto& name = name##_result.value()

#define BUNDEL_TRY_DONE(result) \
    if (auto bundel_done = (result); !bundel_done.ok()) return bundel_done.error()
