// Who may see what: the table of field x role, with default deny (DESIGN section 5). What stands in no row is
// seen by nobody.
//
// Source: visibility.csv beside this file, which is in the program; docs/reference/visibility.md is made from
// it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/json.h"

namespace bundel::server {

enum class Role : std::uint8_t { beheerder, declarant, controller, deelnemer, verzekeraar, onderzoeker };
inline constexpr std::size_t role_count = 6;
inline constexpr std::array<Role, role_count> all_roles{Role::beheerder,   Role::declarant,
                                                        Role::controller,  Role::deelnemer,
                                                        Role::verzekeraar, Role::onderzoeker};
const char* word(Role role);  // "beheerder"
std::optional<Role> parse_role(std::string_view word);

// own: only what is of the account itself, its participant or its insurer; the query sees to that.
enum class Right : std::uint8_t { none, own, all };

struct VisibleField {
    std::string resource;  // "Claim"; of a route its method and pattern, "GET /claims"
    std::string field;     // empty: the route itself
    std::string type;      // text, number, cents, day, bool, or another resource; "[Claim]": a list of them
    std::string meaning;   // Dutch
    std::array<Right, role_count> rights{};
};

class Visibility {
public:
    // The table of the program. Contract: it is well-formed (a test reads it).
    static const Visibility& of_program();
    // Errors: visibility_line{line} (columns, a word that is no right, a row that stands twice, a type that
    // is none).
    static base::Result<Visibility> read(std::string_view csv);

    const std::vector<VisibleField>& fields() const { return fields_; }
    Right right(const std::string& route, Role role) const;  // of "GET /claims"
    // The type of what a route answers; empty: none.
    std::string answer_of(const std::string& route) const;

    bool has_field(const std::string& resource, const std::string& field) const;

    // What the role may see of it: every field without a right is gone, on every level. Contract of callers:
    // what is given is of this type; another shape comes out as null. Fields that stand in no row are added
    // to `unknown`.
    Json visible(const std::string& type, Role role, const Json& json,
                 std::vector<std::string>* unknown = nullptr) const;

private:
    const VisibleField* find(const std::string& resource, const std::string& field) const;

    std::vector<VisibleField> fields_;
    std::map<std::pair<std::string, std::string>, std::size_t> index_;
};

}  // namespace bundel::server
