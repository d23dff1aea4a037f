// The description of the API, made of what the program itself goes by.
#include <set>

#include "base/text.h"
#include "server/router.h"

namespace bundel::server {

namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
    return out + "'";
}

class Yaml {
public:
    void line(int indent, const std::string& text) {
        out_.append(static_cast<std::size_t>(indent) * 2, ' ').append(text).push_back('\n');
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

bool is_list(const std::string& type) {
    return type.starts_with('[');
}

std::string inner(const std::string& type) {
    return is_list(type) ? type.substr(1, type.size() - 2) : type;
}

std::string schema_of(const std::string& type) {
    const std::string of = inner(type);
    std::string one = "$ref: '#/components/schemas/" + of + "'";
    if (of == "text") one = "type: [string, 'null']";
    if (of == "number" || of == "cents") one = "type: [integer, 'null'], format: int64";
    if (of == "day") one = "type: [string, 'null'], format: date";
    if (of == "bool") one = "type: [boolean, 'null']";
    if (is_list(type)) return "{type: [array, 'null'], items: {" + one + "}}";
    if (one.starts_with("$ref")) return "{oneOf: [{" + one + "}, {type: 'null'}]}";
    return "{" + one + "}";
}

void write_parameters(Yaml& yaml, const Route& route) {
    std::vector<std::string> names;
    for (const std::string_view part : base::split(route.pattern, '/')) {
        if (part.starts_with('{')) names.emplace_back(part.substr(1, part.size() - 2));
    }
    if (names.empty() && route.query.empty() && !route.is_list && route.asks != Asks::role) return;
    yaml.line(3, "parameters:");
    for (const std::string& name : names)
        yaml.line(4, "- {name: " + name + ", in: path, required: true, schema: {type: string}}");
    for (const Parameter& parameter : route.query)
        yaml.line(4, "- {name: " + std::string(parameter.name) + ", in: query, description: " +
                         quoted(parameter.meaning) + ", schema: {type: string}}");
    if (route.is_list) {
        yaml.line(4, "- {$ref: '#/components/parameters/offset'}");
        yaml.line(4, "- {$ref: '#/components/parameters/limit'}");
        yaml.line(4, "- {$ref: '#/components/parameters/format'}");
    }
    if (route.method != Method::get) yaml.line(4, "- {$ref: '#/components/parameters/csrf'}");
    if (route.method != Method::get) yaml.line(4, "- {$ref: '#/components/parameters/idempotency'}");
}

void write_body(Yaml& yaml, const Route& route) {
    if (route.takes_bytes) {
        yaml.line(3, "requestBody: {required: true, content: {application/octet-stream: {}}}");
        return;
    }
    if (route.fields.empty()) return;
    yaml.line(3, "requestBody:");
    yaml.line(4, "required: true");
    yaml.line(4, "content:");
    yaml.line(5, "application/json:");
    yaml.line(6, "schema:");
    yaml.line(7, "type: object");
    yaml.line(7, "properties:");
    for (const Parameter& field : route.fields)
        yaml.line(8, std::string(field.name) + ": {description: " + quoted(field.meaning) + "}");
}

void write_route(Yaml& yaml, const Route& route, const Visibility& table) {
    static constexpr const char* words[] = {"get", "post", "delete"};
    yaml.line(2, std::string(words[static_cast<std::size_t>(route.method)]) + ":");
    yaml.line(3, "summary: " + quoted(route.summary));
    if (route.asks == Asks::nothing) yaml.line(3, "security: []");
    if (route.asks == Asks::role) {
        std::string roles;
        for (const Role role : all_roles) {
            const Right right = table.right(route.name(), role);
            if (right != Right::none)
                roles += (roles.empty() ? "" : ", ") + std::string(word(role)) +
                         (right == Right::own ? " (own)" : "");
        }
        yaml.line(3, "x-roles: [" + roles + "]");
    }
    write_parameters(yaml, route);
    write_body(yaml, route);
    yaml.line(3, "responses:");
    const std::string type = table.answer_of(route.name());
    if (type == "File")
        yaml.line(4, "'200': {description: a file}");
    else
        yaml.line(
            4,
            "'200': {description: done, content: {application/json: {schema: {$ref: '#/components/schemas/" +
                type + "'}}}}");
    yaml.line(4, "default: {$ref: '#/components/responses/problem'}");
}

void write_paths(Yaml& yaml, const Visibility& table) {
    yaml.line(0, "paths:");
    std::set<std::string> written;
    for (const Route& route : routes()) {
        if (!written.insert(route.pattern).second) continue;
        yaml.line(1, std::string(route.pattern) + ":");
        for (const Route& other : routes()) {
            if (std::string_view(other.pattern) == route.pattern) write_route(yaml, other, table);
        }
    }
}

void write_schemas(Yaml& yaml, const Visibility& table) {
    yaml.line(1, "schemas:");
    std::string resource;
    for (const VisibleField& field : table.fields()) {
        if (field.field.empty() || field.resource == "File") continue;
        if (field.resource != resource) {
            resource = field.resource;
            yaml.line(2, resource + ":");
            yaml.line(3, "type: object");
            yaml.line(3, "additionalProperties: false");
            yaml.line(3, "properties:");
        }
        std::string schema = schema_of(field.type);
        schema.insert(1, "description: " + quoted(field.meaning) + ", ");
        yaml.line(4, field.field + ": " + schema);
    }
}

}  // namespace

std::string openapi() {
    const Visibility& table = Visibility::of_program();
    Yaml yaml;
    yaml.line(0,
              "# Made by the program from its routes and its table of visibility: `bundel serve --openapi`.");
    yaml.line(0, "openapi: 3.1.0");
    yaml.line(0, "info:");
    yaml.line(1, "title: bundel");
    yaml.line(1, "version: 0.1.0");
    yaml.line(1, "description: >-");
    yaml.line(2,
              "The desk of bundel. Amounts are whole cents, days are ISO. A field that a role may not see is "
              "absent.");
    yaml.line(
        2,
        "Writes carry a CSRF token and an idempotency key; the same write asked twice is carried out once.");
    yaml.line(1, "license: {name: EUPL-1.2, identifier: EUPL-1.2}");
    yaml.line(0, "servers: [{url: /api/v1}]");
    yaml.line(0, "security: [{cookie: []}]");
    write_paths(yaml, table);
    yaml.line(0, "components:");
    yaml.line(1, "securitySchemes: {cookie: {type: apiKey, in: cookie, name: bundel}}");
    yaml.line(1, "parameters:");
    yaml.line(2,
              "offset: {name: offset, in: query, schema: {type: integer, minimum: 0, maximum: 2147483647}}");
    yaml.line(2, "limit: {name: limit, in: query, schema: {type: integer, minimum: 0, maximum: 500}}");
    yaml.line(
        2, "format: {name: format, in: query, description: all rows as a file, schema: {enum: [csv, xlsx]}}");
    yaml.line(2, "csrf: {name: X-CSRF-Token, in: header, schema: {type: string}}");
    yaml.line(2, "idempotency: {name: Idempotency-Key, in: header, schema: {type: string, maxLength: 64}}");
    yaml.line(1, "responses:");
    yaml.line(2,
              "problem: {description: RFC 9457, content: {application/problem+json: {schema: {$ref: "
              "'#/components/schemas/Problem'}}}}");
    write_schemas(yaml, table);
    return yaml.take();
}

}  // namespace bundel::server
