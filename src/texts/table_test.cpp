// The build step that merges texts.d: what it must refuse, and that sentences come through unharmed.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;

struct Merged {
    bool ok;
    std::string table;
};

Merged merge(const std::map<std::string, std::string>& files) {
    const fs::path folder = fs::temp_directory_path() / "bundel texts test";
    fs::remove_all(folder);
    fs::create_directories(folder / "in");
    for (const auto& [name, json] : files) std::ofstream(folder / "in" / name) << json;
    const std::string command = "cmake -DFOLDER='" + (folder / "in").string() + "' -DOUT='" +
                                (folder / "out.cpp").string() +
                                "' -P '" BUNDEL_SOURCE_DIR "/src/texts/table.cmake' 2>/dev/null";
    const bool ok = std::system(command.c_str()) == 0;
    std::stringstream table;
    table << std::ifstream(folder / "out.cpp").rdbuf();
    fs::remove_all(folder);
    return {ok, table.str()};
}

TEST(Merge, KeepsEveryCharacterAndSorts) {
    const auto merged = merge({{"b.json", R"({"b": "een; twee [x] \"y\" ${z} \\ € {gat}"})"},
                               {"a.json", R"({"c": "3", "a": "1"})"},
                               {"empty.json", "{}"}});
    ASSERT_TRUE(merged.ok);
    const std::string& table = merged.table;
    EXPECT_NE(table.find(R"x({"b", R"nl(een; twee [x] "y" ${z} \ € {gat})nl"},)x"), std::string::npos)
        << table;
    EXPECT_LT(table.find("{\"a\""), table.find("{\"b\""));
    EXPECT_LT(table.find("{\"b\""), table.find("{\"c\""));
}

TEST(Merge, RefusesWhatIsNotOneTable) {
    EXPECT_FALSE(merge({{"a.json", R"({"a": "1", "a": "2"})"}}).ok) << "twice in one file";
    EXPECT_FALSE(merge({{"a.json", R"({"a": "1"})"}, {"b.json", R"({"a": "1"})"}}).ok)
        << "twice in two files";
    EXPECT_FALSE(merge({{"a.json", R"({"a": "1")"}}).ok) << "no JSON";
    EXPECT_FALSE(merge({{"a.json", R"({"A b": "1"})"}}).ok) << "no lower_snake";
    EXPECT_FALSE(merge({{"a.json", R"({"a": 1})"}}).ok) << "no sentence";
    EXPECT_FALSE(merge({{"a.json", R"({"a": {"b": "1"}})"}}).ok) << "not flat";
}

}  // namespace
