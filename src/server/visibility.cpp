#include "server/visibility.h"

#include <set>

#include "base/text.h"
#include "server/embedded.h"

namespace bundel::server {
using base::Error;
using base::Result;

namespace {

constexpr const char* words[role_count] = {"beheerder", "declarant",   "controller",
                                           "deelnemer", "verzekeraar", "onderzoeker"};
constexpr std::size_t first_role_column = 4;
constexpr std::string_view plain_types[] = {"text", "number", "cents", "day", "bool", "map"};

std::optional<Right> parse_right(std::string_view word) {
    if (word == "ja") return Right::all;
    if (word == "eigen") return Right::own;
    if (word.empty()) return Right::none;
    return std::nullopt;
}

bool is_plain(std::string_view type) {
    for (const std::string_view plain : plain_types) {
        if (type == plain) return true;
    }
    return false;
}

bool is_list(std::string_view type) {
    return type.starts_with('[') && type.ends_with(']');
}

std::string_view inner(std::string_view type) {
    return is_list(type) ? type.substr(1, type.size() - 2) : type;
}

std::optional<VisibleField> parse_row(std::string_view line) {
    const auto cells = base::split(line, ';');
    if (cells.size() != first_role_column + role_count) return std::nullopt;
    VisibleField field{
        std::string(cells[0]), std::string(cells[1]), std::string(cells[2]), std::string(cells[3]), {}};
    for (std::size_t i = 0; i < role_count; ++i) {
        const auto right = parse_right(cells[first_role_column + i]);
        if (!right) return std::nullopt;
        field.rights[i] = *right;
    }
    return field;
}

}  // namespace

const char* word(Role role) {
    return words[static_cast<std::size_t>(role)];
}

std::optional<Role> parse_role(std::string_view text) {
    for (const Role role : all_roles) {
        if (text == word(role)) return role;
    }
    return std::nullopt;
}

Result<Visibility> Visibility::read(std::string_view csv) {
    Visibility table;
    std::int64_t number = 0;
    std::set<std::string, std::less<>> resources;
    for (const std::string_view line : base::split(csv, '\n')) {
        ++number;
        if (number == 1 || line.empty() || line.starts_with('#')) continue;
        const Error wrong{"visibility_line", {{"line", std::to_string(number)}}};
        auto field = parse_row(line);
        if (!field) return wrong;
        const auto key = std::pair(field->resource, field->field);
        if (!table.index_.emplace(key, table.fields_.size()).second) return wrong;
        resources.insert(field->resource);
        table.fields_.push_back(std::move(*field));
    }
    for (const VisibleField& field : table.fields_) {
        const std::string_view type = inner(field.type);
        if (!type.empty() && !is_plain(type) && !resources.contains(type))
            return Error{"visibility_line", {{"line", field.resource + "." + field.field}}};
    }
    return table;
}

const Visibility& Visibility::of_program() {
    static const Visibility table = [] {
        auto read_one = read(embedded_file("visibility.csv"));
        BUNDEL_ASSERT(read_one.ok());
        return std::move(*read_one);
    }();
    return table;
}

const VisibleField* Visibility::find(const std::string& resource, const std::string& field) const {
    const auto found = index_.find({resource, field});
    return found == index_.end() ? nullptr : &fields_[found->second];
}

Right Visibility::right(const std::string& route, Role role) const {
    const VisibleField* row = find(route, "");
    return row == nullptr ? Right::none : row->rights[static_cast<std::size_t>(role)];
}

std::string Visibility::answer_of(const std::string& route) const {
    const VisibleField* row = find(route, "");
    return row == nullptr ? std::string() : row->type;
}

bool Visibility::has_field(const std::string& resource, const std::string& field) const {
    return find(resource, field) != nullptr;
}

Json Visibility::visible(const std::string& type, Role role, const Json& json,
                         std::vector<std::string>* unknown) const {
    if (json.is_null()) return Json();
    if (is_list(type)) {
        Json out = Json::array();
        if (json.items() == nullptr) return Json();
        for (const Json& item : *json.items())
            out.add(visible(std::string(inner(type)), role, item, unknown));
        return out;
    }
    if (is_plain(type))
        return type == "map" || (json.fields() == nullptr && json.items() == nullptr) ? json : Json();
    if (json.fields() == nullptr) return Json();
    Json::Object out;
    for (const auto& [name, value] : *json.fields()) {
        const VisibleField* row = find(type, name);
        if (row == nullptr) {
            if (unknown != nullptr) unknown->push_back(type + "." + name);
            continue;
        }
        if (row->rights[static_cast<std::size_t>(role)] == Right::none) continue;
        out.emplace_back(name, visible(row->type, role, value, unknown));
    }
    return Json(std::move(out));
}

}  // namespace bundel::server
