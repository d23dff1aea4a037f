// How sure a value of a rulebook is, as its files write it.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "values/care.h"

namespace bundel::rulebook {

inline constexpr std::array<std::string_view, 3> status_names{"verified", "example", "provisional"};

inline std::optional<values::Status> status_named(std::string_view name) {
    for (std::size_t i = 0; i < status_names.size(); ++i) {
        if (status_names[i] == name) return static_cast<values::Status>(i);
    }
    return std::nullopt;
}

// "verified" without a place where it can be read is no longer verified.
inline bool may_stand(values::Status status, std::string_view source) {
    return status != values::Status::verified || !source.starts_with("not found");
}

}  // namespace bundel::rulebook
