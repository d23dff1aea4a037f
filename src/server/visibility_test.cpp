#include "server/visibility.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "server/router.h"

namespace bundel::server {
namespace {

constexpr const char* heading =
    "resource;field;type;meaning;beheerder;declarant;controller;deelnemer;verzekeraar;onderzoeker\n";

Visibility table_of(const std::string& rows) {
    auto table = Visibility::read(heading + rows);
    EXPECT_TRUE(table.ok());
    return std::move(*table);
}

const char* const thing =
    "GET /things;;ThingList;things;;ja;;;eigen;\n"
    "ThingList;items;[Thing];rows;;ja;;;ja;\n"
    "Thing;name;text;name;;ja;;;ja;\n"
    "Thing;secret;text;secret;;ja;;;;\n"
    "Thing;part;Part;part;;ja;;;ja;\n"
    "Part;cents;cents;amount;;ja;;;;\n";

Json things() {
    return Json{
        {"items",
         Json::array().add(
             {{"name", "a"}, {"secret", "s"}, {"part", Json{{"cents", 5}}}, {"new", "not in the table"}})}};
}

TEST(Visibility, WhatTheRoleMaySeeOnEveryLevel) {
    const Visibility table = table_of(thing);
    std::vector<std::string> unknown;
    EXPECT_EQ(table.visible("ThingList", Role::declarant, things(), &unknown).text(),
              R"({"items":[{"name":"a","secret":"s","part":{"cents":5}}]})");
    EXPECT_EQ(unknown, std::vector<std::string>{"Thing.new"});
    EXPECT_EQ(table.visible("ThingList", Role::verzekeraar, things()).text(),
              R"({"items":[{"name":"a","part":{}}]})");
}

TEST(Visibility, WhatIsNotInTheTableIsSeenByNobody) {
    const Visibility table = table_of(thing);
    for (const Role role : all_roles) {
        EXPECT_EQ(table.right("GET /other", role), Right::none);
        EXPECT_EQ(table.visible("Other", role, things()).text(), "{}");
    }
    EXPECT_EQ(table.visible("ThingList", Role::controller, things()).text(), "{}");
    EXPECT_EQ(table.right("GET /things", Role::declarant), Right::all);
    EXPECT_EQ(table.right("GET /things", Role::verzekeraar), Right::own);
    EXPECT_EQ(table.right("GET /things", Role::controller), Right::none);
}

// A shape that the table does not say could hide fields that nobody judged.
TEST(Visibility, AnotherShapeThanTheTypeIsNotShown) {
    const Visibility table = table_of(thing);
    const Json nested{{"name", Json{{"secret", "s"}}}};
    EXPECT_EQ(table.visible("Thing", Role::verzekeraar, nested).text(), R"({"name":null})");
    EXPECT_EQ(table.visible("ThingList", Role::verzekeraar, Json{{"items", Json{{"secret", "s"}}}}).text(),
              R"({"items":null})");
    EXPECT_EQ(table.visible("Thing", Role::verzekeraar, Json{{"part", "text"}}).text(), R"({"part":null})");
}

TEST(Visibility, WhatTheFileMayNotSay) {
    for (const char* rows : {"Thing;name;text;name;ja;ja\n",                           // too few columns
                             "Thing;name;text;name;;misschien;;;;\n",                  // no right
                             "Thing;name;Nothing;name;;ja;;;;\n",                      // no type
                             "Thing;name;text;n;;;;;;\nThing;name;text;n;;;;;;\n"}) {  // twice
        EXPECT_FALSE(Visibility::read(std::string(heading) + rows).ok()) << rows;
    }
}

// Every route has its row, and every row of a route its route.
TEST(Visibility, RoutesAndRowsAreTheSame) {
    std::set<std::string> of_table;
    for (const VisibleField& field : Visibility::of_program().fields()) {
        if (field.field.empty()) of_table.insert(field.resource);
    }
    std::set<std::string> of_program;
    for (const Route& route : routes()) of_program.insert(route.name());
    EXPECT_EQ(of_table, of_program);
}

std::string page() {
    std::string text =
        "# Who sees what\n\n"
        "Default deny: a field that stands in no row, or has no mark for a role, does not leave the server "
        "for "
        "that role. `ja`: all of it; `eigen`: only what belongs to the participant (AGB code) or insurer "
        "(UZOVI "
        "number) of the account. The server reads `src/server/visibility.csv`; this page is made from it by "
        "a "
        "test, and another test asks every route as every role.\n\n"
        "| | field | meaning | beheerder | declarant | controller | deelnemer | verzekeraar | onderzoeker |\n"
        "|---|---|---|---|---|---|---|---|---|\n";
    static constexpr const char* words[] = {"", "eigen", "ja"};
    for (const VisibleField& field : Visibility::of_program().fields()) {
        text += "| " + (field.field.empty() ? "`" + field.resource + "`" : field.resource) + " | " +
                field.field + " | " + field.meaning + " |";
        for (const Right right : field.rights)
            text += std::string(" ") + words[static_cast<std::size_t>(right)] + " |";
        text += "\n";
    }
    return text;
}

TEST(Visibility, ThePageSaysWhatTheTableSays) {
    const std::string path = std::string(BUNDEL_SOURCE_DIR) + "/docs/reference/visibility.md";
    if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << page();
    std::stringstream written;
    written << std::ifstream(path).rdbuf();
    EXPECT_EQ(written.str(), page()) << "BUNDEL_UPDATE_GOLDEN=1 writes it anew";
}

}  // namespace
}  // namespace bundel::server
