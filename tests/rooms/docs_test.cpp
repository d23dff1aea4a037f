// The documents against the tree: links that lead somewhere, and types of the glossary that exist.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace {

namespace fs = std::filesystem;
const fs::path root = BUNDEL_SOURCE_DIR;

std::string content(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::set<std::string> matches(const std::string& text, const std::regex& pattern) {
    std::set<std::string> found;
    for (std::sregex_iterator i(text.begin(), text.end(), pattern), end; i != end; ++i) found.insert((*i)[1]);
    return found;
}

// Markdown files at the top and under docs/ and examples/; not what a build or a run made.
std::vector<fs::path> documents() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(root)) found.push_back(entry.path());
    for (const char* folder : {"docs", "examples", "tests", "rulebooks"}) {
        if (!fs::exists(root / folder)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / folder))
            found.push_back(entry.path());
    }
    std::erase_if(found, [](const fs::path& path) { return path.extension() != ".md"; });
    return found;
}

TEST(Documents, EveryLinkLeadsSomewhere) {
    static const std::regex link(R"(\]\(([^)#\s]+)[^)]*\))");
    int links = 0;
    for (const auto& document : documents()) {
        for (const auto& target : matches(content(document), link)) {
            if (target.starts_with("http")) continue;
            ++links;
            EXPECT_TRUE(fs::exists(document.parent_path() / target)) << document << " links to " << target;
        }
    }
    EXPECT_GT(links, 10);
}

// `room::Type::member` in the glossary: the room exists and knows both words.
TEST(Documents, TypesOfTheGlossaryExist) {
    static const std::regex type(R"(`([a-z]+::[A-Za-z_]+(?:::[A-Za-z_]+)?)`)");
    const auto types = matches(content(root / "docs/glossary.md"), type);
    EXPECT_GT(types.size(), 40U);
    for (const auto& name : types) {
        const auto room = name.substr(0, name.find("::"));
        std::string headers;
        if (fs::exists(root / "src" / room)) {
            for (const auto& entry : fs::directory_iterator(root / "src" / room)) {
                if (entry.path().extension() == ".h") headers += content(entry.path());
            }
        }
        std::string rest = name.substr(room.size() + 2);
        for (std::size_t colon = rest.find("::"); !rest.empty(); colon = rest.find("::")) {
            const std::regex word("\\b" + rest.substr(0, colon) + "\\b");
            EXPECT_TRUE(std::regex_search(headers, word))
                << name << " is in the glossary, not in src/" << room;
            rest = colon == std::string::npos ? "" : rest.substr(colon + 2);
        }
    }
}

// `source = "..."` in a rulebook says what was not found, or names a key of docs/sources.md.
TEST(Documents, SourcesOfTheRulebookAreListed) {
    static const std::regex key(R"(\n\| ([^|]+) \|)");
    static const std::regex source(R"re(\bsource\s*=\s*"([^"]*)")re");
    const auto keys = matches(content(root / "docs/sources.md"), key);
    int sources = 0;
    for (const auto& entry : fs::recursive_directory_iterator(root / "rulebooks")) {
        if (entry.path().extension() != ".toml") continue;
        for (const auto& named : matches(content(entry.path()), source)) {
            ++sources;
            const bool known = std::ranges::any_of(
                keys, [&](const auto& one) { return named.find(one) != std::string::npos && one != "key"; });
            EXPECT_TRUE(known || named.starts_with("not found:")) << entry.path() << ": " << named;
        }
    }
    EXPECT_GT(sources, 10);
}

}  // namespace
