#include "server/json.h"

#include <nlohmann/json.hpp>

namespace bundel::server {
using base::Error;
using base::Result;

namespace {

using Library = nlohmann::ordered_json;
constexpr int depth_max = 32;

Library to_library(const Json& json) {
    if (const bool* value = json.boolean()) return *value;
    if (const std::int64_t* value = json.number()) return *value;
    if (const std::string* value = json.string()) return *value;
    if (const Json::Array* items = json.items()) {
        Library array = Library::array();
        for (const Json& item : *items) array.push_back(to_library(item));
        return array;
    }
    if (const Json::Object* fields = json.fields()) {
        Library object = Library::object();
        for (const auto& [name, value] : *fields) object[name] = to_library(value);
        return object;
    }
    return nullptr;
}

Result<Json> from_library(const Library& json, int depth) {
    const Error wrong{"json_syntax"};
    if (depth > depth_max) return wrong;
    switch (json.type()) {
        case Library::value_t::null: return Json();
        case Library::value_t::boolean: return Json(json.get<bool>());
        case Library::value_t::string: return Json(json.get_ref<const std::string&>());
        case Library::value_t::number_integer: return Json(json.get<std::int64_t>());
        case Library::value_t::number_unsigned:
            if (json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) return wrong;
            return Json(json.get<std::int64_t>());
        case Library::value_t::array: {
            Json array = Json::array();
            for (const Library& item : json) {
                BUNDEL_TRY(value, from_library(item, depth + 1));
                array.add(std::move(value));
            }
            return array;
        }
        case Library::value_t::object: {
            Json::Object fields;
            for (const auto& [name, item] : json.items()) {
                BUNDEL_TRY(value, from_library(item, depth + 1));
                fields.emplace_back(name, std::move(value));
            }
            return Json(std::move(fields));
        }
        default: return wrong;
    }
}

}  // namespace

Json& Json::add(Json item) {
    auto* items = std::get_if<Array>(&value_);
    BUNDEL_ASSERT(items != nullptr);
    items->push_back(std::move(item));
    return *this;
}

Json& Json::set(std::string name, Json value) {
    auto* fields = std::get_if<Object>(&value_);
    BUNDEL_ASSERT(fields != nullptr && field(name) == nullptr);
    fields->emplace_back(std::move(name), std::move(value));
    return *this;
}

const Json* Json::field(std::string_view name) const {
    const Object* all = fields();
    if (all == nullptr) return nullptr;
    for (const auto& [known, value] : *all) {
        if (known == name) return &value;
    }
    return nullptr;
}

Json Json::at(std::string_view name) const {
    const Json* found = field(name);
    if (found == nullptr) return Json();
    return *found;
}

std::string Json::text_of(std::string_view name) const {
    const Json* found = field(name);
    const std::string* text = found == nullptr ? nullptr : found->string();
    return text == nullptr ? std::string() : *text;
}

std::string Json::text() const {
    return to_library(*this).dump(-1, ' ', false, Library::error_handler_t::replace);
}

Result<Json> Json::parse(std::string_view text) {
    int depth = 0;
    const auto watch = [&depth](int level, Library::parse_event_t, Library&) {
        depth = std::max(depth, level);
        return depth <= depth_max;
    };
    const Library parsed = Library::parse(text, watch, false);
    if (parsed.is_discarded() || depth > depth_max) return Error{"json_syntax"};
    return from_library(parsed, 0);
}

}  // namespace bundel::server
