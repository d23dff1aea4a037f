// The walls of the house: who may include whom, and what a pure room may not touch (tools/rooms.toml).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using Words = std::set<std::string>;
using testing::HasSubstr;
using testing::UnorderedElementsAre;

struct Room {
    std::string name;
    std::map<std::string, std::string> keys;

    bool is(const std::string& key) const { return keys.contains(key) && keys.at(key) == "true"; }
    Words words(const std::string& key) const {
        std::istringstream text(keys.contains(key) ? keys.at(key) : "");
        return {std::istream_iterator<std::string>(text), {}};
    }
};

std::string content(const fs::path& path) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

// Only what rooms.toml uses of TOML: [name], key = true, key = "words", comments.
std::vector<Room> parse_rooms(const std::string& toml) {
    static const std::regex head(R"(\[(\w+)\])");
    static const std::regex pair(R"re((\w+) = "?([^"]*)"?)re");
    std::vector<Room> rooms;
    std::istringstream lines(toml);
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (line.empty() || line.front() == '#') continue;
        if (std::regex_match(line, match, head)) {
            rooms.push_back({match[1], {}});
        } else if (std::regex_match(line, match, pair) && !rooms.empty()) {
            rooms.back().keys[match[1]] = match[2];
        } else {
            ADD_FAILURE() << "rooms.toml: " << line;
        }
    }
    return rooms;
}

std::vector<std::string> includes(const std::string& source) {
    static const std::regex include(R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]*(<[^>\n]+>|"[^"\n]+"))re");
    std::vector<std::string> found;
    for (std::sregex_iterator i(source.begin(), source.end(), include), end; i != end; ++i) {
        found.push_back((*i)[1]);
    }
    return found;
}

// Without comments and string literals, so that a word is looked for in code only.
std::string code_only(const std::string& source) {
    static const std::regex noise(R"re(//[^\n]*|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|"(?:[^"\\\n]|\\.)*")re");
    return std::regex_replace(source, noise, " ");
}

// A header of the C++ library has neither a dot nor a slash: <vector>, <cstdint>.
bool is_standard(const std::string& header) {
    return header.find_first_of("./") == std::string::npos;
}

// Beside the code stand tests (x_test.cpp) and what they share: testing.h, and any_x.h that makes values.
bool is_test_code(const std::string& path) {
    const auto name = path.substr(path.rfind('/') + 1);
    return name.ends_with("_test.cpp") || name == "testing.h" || name.starts_with("any_");
}

class Inspection {
public:
    Inspection(fs::path root, std::vector<Room> rooms) : root_(std::move(root)), rooms_(std::move(rooms)) {}

    std::vector<std::string> complaints() {
        Words names;
        Words above;
        for (const Room& room : rooms_) names.insert(room.name);
        for (const Room& room : rooms_) {
            above.insert(room.name);
            Words allowed = room.keys.contains("only") ? room.words("only") : above;
            allowed.insert(room.name);
            inspect(room, allowed, names);
        }
        for (const auto& entry : fs::directory_iterator(root_ / "src")) {
            const auto name = entry.path().filename().string();
            if (entry.is_directory() && !names.contains(name)) complain(name, "is not in rooms.toml");
        }
        return complaints_;
    }

private:
    void complain(const std::string& place, const std::string& what) {
        complaints_.push_back(place + ": " + what);
    }

    void inspect(const Room& room, const Words& allowed, const Words& names) {
        const auto in_src = root_ / "src" / room.name;
        const auto folder = fs::exists(in_src) ? in_src : root_ / room.name;
        if (!fs::exists(folder)) return;
        std::map<std::string, std::string> user_of;  // library -> the one .cpp that includes it
        std::map<std::string, std::string> home_of;  // type -> the one header that defines it
        for (const auto& entry : fs::recursive_directory_iterator(folder)) {
            const auto kind = entry.path().extension();
            if (kind != ".cpp" && kind != ".h") continue;
            const auto source = content(entry.path());
            const auto place = fs::relative(entry.path(), root_).generic_string();
            const bool is_test = is_test_code(place);
            for (const auto& written : includes(source)) {
                const auto header = written.substr(1, written.size() - 2);
                if (written.front() == '"') {
                    own_header(place, header, allowed, names, is_test);
                } else if (!is_test) {
                    foreign_header(room, place, header, user_of);
                }
            }
            if (kind == ".h" && !is_test) own_types(place, code_only(source), home_of);
            static const std::regex floating(R"(\b(double|float)\b)");
            if (!is_test && !room.is("floating") && std::regex_search(code_only(source), floating)) {
                complain(place, "uses double or float");
            }
        }
    }

    // A room is a namespace: two types of one name in it are one to the linker, which takes the code of
    // either.
    void own_types(const std::string& place, const std::string& code,
                   std::map<std::string, std::string>& home_of) {
        static const std::regex type(R"((?:^|\n)(?:struct|class|enum class) (\w+)\b(?!::)[^;{\n]*\{)");
        for (std::sregex_iterator i(code.begin(), code.end(), type), end; i != end; ++i) {
            const auto [first, is_new] = home_of.emplace((*i)[1], place);
            if (!is_new)
                complain(place, "defines " + first->first + ", as " + first->second + " already does");
        }
    }

    void own_header(const std::string& place, const std::string& header, const Words& allowed,
                    const Words& names, bool is_test) {
        const auto room = header.substr(0, header.find('/'));
        if (is_test && room == "support") return;
        if (!is_test && is_test_code(header)) complain(place, "is no test and includes " + header);
        if (!names.contains(room)) return complain(place, "includes \"" + header + "\", which is in no room");
        if (!allowed.contains(room)) complain(place, "includes \"" + header + "\", which is not above it");
    }

    void foreign_header(const Room& room, const std::string& place, const std::string& header,
                        std::map<std::string, std::string>& user_of) {
        static const Words impure{"chrono",  "fstream",  "filesystem", "thread",       "mutex",
                                  "random",  "iostream", "ctime",      "shared_mutex", "condition_variable",
                                  "atomic",  "future",   "semaphore",  "stop_token",   "latch",
                                  "barrier", "time.h"};
        const bool calendar = header == "chrono" && room.keys.contains("calendar") &&
                              place.ends_with("/" + room.keys.at("calendar"));
        if (room.is("pure") && impure.contains(header) && !calendar) {
            complain(place, "is in a pure room and includes <" + header + ">");
        }
        if (is_standard(header) || room.words("system").contains(header)) return;
        if (!room.words("libraries").contains(header)) {
            return complain(place, "includes <" + header + ">, which rooms.toml does not give to this room");
        }
        if (!place.ends_with(".cpp")) complain(place, "is a header and includes <" + header + ">");
        const auto [first, is_new] = user_of.emplace(header, place);
        if (!is_new) complain(place, "includes <" + header + ">, as " + first->second + " already does");
    }

    fs::path root_;
    std::vector<Room> rooms_;
    std::vector<std::string> complaints_;
};

std::string lines(const std::vector<std::string>& all) {
    std::string text;
    for (const auto& line : all) text += "\n  " + line;
    return text;
}

TEST(Rooms, TheHouseKeepsItsWalls) {
    const fs::path root = BUNDEL_SOURCE_DIR;
    const auto rooms = parse_rooms(content(root / "tools/rooms.toml"));
    ASSERT_GE(rooms.size(), 19U);
    EXPECT_EQ(lines(Inspection(root, rooms).complaints()), "");
}

// A made-up house in which every wall is broken once.
TEST(Rooms, EachBrokenWallIsSeen) {
    const fs::path root = fs::path(testing::TempDir()) / "bundel rooms test";
    fs::remove_all(root);
    const auto write = [&](const std::string& path, const std::string& source) {
        fs::create_directories((root / path).parent_path());
        std::ofstream(root / path) << source;
    };
    write("src/low/fine.h", "#include <vector>\n// double in a comment\nauto text = \"float\";\n");
    write("src/low/date.cpp", "#include <chrono>\n#include \"low/fine.h\"\n");
    write("src/low/clock.cpp", "#include <chrono>\n");
    write("src/low/file.h", "  #  include <fstream>\n");
    write("src/low/upward.cpp", "#include \"high/fine.h\"\n");
    write("src/low/lost.cpp", "#include \"fine.h\"\n");
    write("src/low/money.cpp", "double euros;\n");
    write("src/low/money_test.cpp", "#include \"support/x.h\"\n#include <fstream>\ndouble seconds;\n");
    write("src/low/testing.h", "#include <fstream>\n");
    write("src/low/posing.cpp", "#include \"low/testing.h\"\n");
    write("src/low/upward_test.cpp", "#include \"high/fine.h\"\n");
    write("src/high/fine.h", "#include \"low/fine.h\"\n#include <fstream>\n#include <unistd.h>\n");
    write("src/high/a.cpp", "#include <json.hpp>\n#include \"low/fine.h\"\n");
    write("src/high/b.cpp", "#include <json.hpp>\n");
    write("src/high/c.h", "#include <json.hpp>\n");
    write("src/high/d.cpp", "#include <sqlite3.h>\n");
    write("src/shed/x.cpp", "");
    write("src/low/twice.h",
          "struct Twice;\nenum class Colour { red };\nstruct Twice {\n    struct Inner {};\n};\n");
    write("src/low/again.h", "struct Twice { int other; };\nstruct Again {\n    struct Inner {};\n};\n");
    write("src/high/twice.h", "struct Twice {};  // another room, another namespace\n");
    write("twin/twin.cpp", "#include \"low/fine.h\"\n#include \"high/fine.h\"\n");
    const auto rooms = parse_rooms(
        "# comment\n[low]\npure = true\ncalendar = \"date.cpp\"\n\n[high]\nlibraries = \"json.hpp\"\n"
        "system = \"unistd.h\"\n[twin]\nonly = \"low\"\n");
    auto complaints = Inspection(root, rooms).complaints();
    fs::remove_all(root);
    // Which of the three users of <json.hpp>, or of the two headers with one type, comes first depends on the
    // file system.
    const auto doubled = [](const auto& line) { return line.find("already does") != std::string::npos; };
    EXPECT_EQ(std::erase_if(complaints, doubled), 3U) << lines(complaints);
    EXPECT_THAT(complaints, UnorderedElementsAre(
                                HasSubstr("low/clock.cpp: is in a pure room and includes <chrono>"),
                                HasSubstr("low/file.h: is in a pure room and includes <fstream>"),
                                HasSubstr("low/upward.cpp: includes \"high/fine.h\", which is not above it"),
                                HasSubstr("low/upward_test.cpp: includes \"high/fine.h\""),
                                HasSubstr("low/lost.cpp: includes \"fine.h\", which is in no room"),
                                HasSubstr("low/money.cpp: uses double"),
                                HasSubstr("low/posing.cpp: is no test and includes"),
                                HasSubstr("high/c.h: is a header and includes <json.hpp>"),
                                HasSubstr("high/d.cpp: includes <sqlite3.h>, which rooms.toml does not give"),
                                HasSubstr("shed: is not in rooms.toml"),
                                HasSubstr("twin/twin.cpp: includes \"high/fine.h\", which is not above it")))
        << lines(complaints);
}

}  // namespace
