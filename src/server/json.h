// A JSON value as the desk speaks it: no decimals (amounts are whole cents), fields in the order they were
// set.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"
#include "values/cents.h"
#include "values/date.h"

namespace bundel::server {

class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::vector<std::pair<std::string, Json>>;

    Json() = default;  // null
    Json(bool value) : value_(value) {}
    template <std::integral T>
    requires(!std::same_as<T, bool>) Json(T value) : value_(static_cast<std::int64_t>(value)) {}
    Json(std::string value) : value_(std::move(value)) {}
    Json(std::string_view value) : value_(std::string(value)) {}
    Json(const char* value) : value_(std::string(value)) {}
    Json(values::Cents value) : value_(value.count()) {}
    Json(values::Date value) : value_(value.iso()) {}
    template <class T>
    Json(const std::optional<T>& value) {
        if (value) *this = Json(*value);
    }
    Json(Array value) : value_(std::move(value)) {}
    Json(Object value) : value_(std::move(value)) {}
    Json(std::initializer_list<std::pair<std::string, Json>> fields) : value_(Object(fields)) {}
    static Json array() { return Json(Array()); }

    bool is_null() const { return value_.index() == 0; }
    const bool* boolean() const { return std::get_if<bool>(&value_); }
    const std::int64_t* number() const { return std::get_if<std::int64_t>(&value_); }
    const std::string* string() const { return std::get_if<std::string>(&value_); }
    const Array* items() const { return std::get_if<Array>(&value_); }
    const Object* fields() const { return std::get_if<Object>(&value_); }

    Json& add(Json item);                              // Contract: an array
    Json& set(std::string name, Json value);           // Contract: an object without this field
    const Json* field(std::string_view name) const;    // none: no such field, or no object
    Json at(std::string_view name) const;              // a copy; null when there is none
    std::string text_of(std::string_view name) const;  // empty when it is no text

    std::string text() const;
    // Errors: json_syntax; also a decimal, a depth over 32, a number outside int64.
    static base::Result<Json> parse(std::string_view text);

private:
    std::variant<std::monostate, bool, std::int64_t, std::string, Array, Object> value_;
};

template <class Rows, class Make>
Json list(const Rows& rows, Make make) {
    Json::Array items;
    items.reserve(rows.size());
    for (const auto& row : rows) items.push_back(make(row));
    return Json(std::move(items));
}

}  // namespace bundel::server
