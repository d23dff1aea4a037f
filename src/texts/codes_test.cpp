// The table against the source tree: every code that a room can give has a sentence, and the holes of the
// sentence are the params that the room gives with it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

#include "texts/texts.h"

namespace bundel::texts {
namespace {

namespace fs = std::filesystem;

// One place where a code is written as a literal. `params` are known when the list stands there as literals.
struct Use {
    std::string code;
    std::string place;
    std::optional<std::set<std::string>> params;
};

// From `start`, just after an opening bracket, to the one that closes it; brackets in string literals do not
// count.
std::string bracketed(const std::string& source, std::size_t start) {
    int depth = 1;
    for (std::size_t i = start; i < source.size(); ++i) {
        if (source[i] == '"') {
            for (++i; i < source.size() && source[i] != '"'; ++i) i += source[i] == '\\';
        } else if (source[i] == '{' || source[i] == '(') {
            ++depth;
        } else if ((source[i] == '}' || source[i] == ')') && --depth == 0) {
            return source.substr(start, i - start);
        }
    }
    return source.substr(start);
}

// What follows the code inside the brackets: nothing is "no params" (of an Error); a list of {"name", value}
// is known; anything else (a variable, a call) is not.
std::optional<std::set<std::string>> params_in(const std::string& rest, bool is_error) {
    static const std::regex blank(R"(^[\s,]*$)");
    static const std::regex list(R"(^\s*,\s*(\.params\s*=\s*)?\{\s*\{)");
    static const std::regex name(R"re(\{\s*"([a-z][a-z0-9_]*)"\s*,)re");
    if (is_error && std::regex_search(rest, blank)) return std::set<std::string>{};
    if (!std::regex_search(rest, list)) return std::nullopt;
    std::set<std::string> names;
    for (std::sregex_iterator i(rest.begin(), rest.end(), name), end; i != end; ++i) names.insert((*i)[1]);
    return names;
}

// A code is given as Error{"code"}, as .code = "code", or as the first argument of one of these verbs.
std::vector<Use> uses_in(const std::string& source, const std::string& file) {
    static const std::regex given(
        R"re(\b(Error|Breach|breach|refuse|refuse_field|refuse_file|add_field|tell|tell_closing|fail|finding|note|fact|of_word)\s*[({]\s*(\.code\s*=\s*)?"([a-z][a-z0-9_]*)")re");
    static const std::regex field(R"re(\bcode\s*=\s*"([a-z][a-z0-9_]*)")re");
    std::vector<Use> uses;
    const auto place = [&](std::ptrdiff_t at) {
        return file + ":" + std::to_string(1 + std::count(source.begin(), source.begin() + at, '\n'));
    };
    for (std::sregex_iterator i(source.begin(), source.end(), given), end; i != end; ++i) {
        const auto after = static_cast<std::size_t>(i->position() + i->length());
        uses.push_back(
            {(*i)[3], place(i->position()), params_in(bracketed(source, after), (*i)[1] == "Error")});
    }
    for (std::sregex_iterator i(source.begin(), source.end(), field), end; i != end; ++i) {
        uses.push_back({(*i)[1], place(i->position()), std::nullopt});
    }
    return uses;
}

std::vector<Use> uses_in_tree() {
    std::vector<Use> uses;
    const fs::path root = fs::path(BUNDEL_SOURCE_DIR) / "src";
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        const auto name = entry.path().filename().string();
        const auto kind = entry.path().extension();
        if ((kind != ".cpp" && kind != ".h") || name.ends_with("_test.cpp")) continue;
        std::ifstream in(entry.path());
        std::stringstream source;
        source << in.rdbuf();
        for (auto& use : uses_in(source.str(), fs::relative(entry.path(), root).string())) {
            uses.push_back(std::move(use));
        }
    }
    return uses;
}

std::set<std::string> hole_set(std::string_view text) {
    const auto names = holes(text);
    return names.ok() ? std::set<std::string>(names->begin(), names->end()) : std::set<std::string>{"?"};
}

std::string joined(const std::set<std::string>& names) {
    std::string result;
    for (const auto& name : names) result += (result.empty() ? "" : ", ") + name;
    return "{" + result + "}";
}

TEST(Codes, UsesAreFoundInSource) {
    const auto uses = uses_in(R"src(
        return Error{"one"};
        return base::Error{"two", {{"file", path}, {"key", "a } b"}}};
        return Error{"three", params};
        Finding f{.code = "four", .severity = Severity::note};
        finding.code = "five";
        return Error{ .code = "six", .params = {{"day", d.iso()}} };
        breach("seven", {{"entry", number_text(f(entry))}});
        trail.note("eight", rule.value, Datum::of_word("nine"));
    )src",
                              "x.cpp");
    std::map<std::string, std::optional<std::set<std::string>>> found;
    for (const auto& use : uses) found.emplace(use.code, use.params);
    EXPECT_EQ(found.size(), 9U);
    EXPECT_EQ(found["one"], std::set<std::string>{});
    EXPECT_EQ(found["two"], (std::set<std::string>{"file", "key"}));
    EXPECT_EQ(found["three"], std::nullopt);
    EXPECT_EQ(found["four"], std::nullopt);
    EXPECT_EQ(found["six"], std::set<std::string>{"day"});
    EXPECT_EQ(found["seven"], std::set<std::string>{"entry"});
    EXPECT_EQ(found["eight"], std::nullopt);
    EXPECT_EQ(uses.front().place, "x.cpp:2");
}

TEST(Codes, EveryCodeInTheSourceHasADutchSentence) {
    const auto uses = uses_in_tree();
    ASSERT_GT(uses.size(), 20U);
    std::string missing;
    for (const auto& use : uses) {
        if (!Texts::dutch().has(use.code)) missing += "\n  " + use.code + "  (" + use.place + ")";
    }
    EXPECT_TRUE(missing.empty()) << "add these to texts.d/<room>.json:" << missing;
}

TEST(Codes, ParamsAreTheHolesOfTheSentence) {
    std::string wrong;
    for (const auto& use : uses_in_tree()) {
        if (!use.params || !Texts::dutch().has(use.code)) continue;
        for (const auto& sentence : Texts::dutch().all()) {
            if (sentence.code != use.code) continue;
            const auto wanted = hole_set(sentence.text);
            if (wanted == *use.params) continue;
            wrong += "\n  " + use.code + " (" + use.place + "): sentence " + joined(wanted) + ", params " +
                     joined(*use.params);
        }
    }
    EXPECT_TRUE(wrong.empty()) << "sentence and params differ:" << wrong;
}

TEST(Codes, EverySentenceIsWellFormed) {
    for (const auto& sentence : Texts::dutch().all()) {
        EXPECT_TRUE(holes(sentence.text).ok()) << sentence.code << ": " << sentence.text;
        EXPECT_FALSE(sentence.text.empty()) << sentence.code;
        EXPECT_EQ(sentence.text.find("  "), std::string_view::npos) << sentence.code;
    }
    EXPECT_GT(Texts::dutch().all().size(), 20U);
}

}  // namespace
}  // namespace bundel::texts
