// What a back-office person reads about a woman with a broken bundle: rule, source, day, party.
// BUNDEL_UPDATE_GOLDEN=1 writes tests/golden/explain anew; read what changed before keeping it.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>

#include "engine/explain.h"
#include "store/workspace.h"
#include "system/holding.h"
#include "system/region.h"

namespace bundel::testing {
namespace {
namespace fs = std::filesystem;

// Her key is another one in every directory.
std::string without_key(const std::string& text) {
    static const std::regex key("cliënt [0-9a-f]{8}");
    return std::regex_replace(text, key, "cliënt ########");
}

void expect_golden(const std::string& name, const std::string& text) {
    const fs::path file = fs::path(BUNDEL_SOURCE_DIR) / "tests/golden/explain" / (name + ".txt");
    if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) {
        fs::create_directories(file.parent_path());
        std::ofstream(file) << text;
    }
    std::stringstream golden;
    golden << std::ifstream(file).rdbuf();
    EXPECT_EQ(text, golden.str()) << file;
}

TEST(Explain, WomenWhoseBundleBroke) {
    const struct {
        const char* number;
        const char* patient;
        const char* name;
    } women[] = {
        {"02a", "08000101/V02a", "buitenstaander"},
        {"03", "08000102/V03", "alleen-0587"},
        {"13", "08000102/V13", "keten"},
    };
    const OwnFolder folder("explain");
    for (const auto& woman : women) {
        SCOPED_TRACE(woman.number);
        const std::string data = (folder.path / woman.number).string();
        must(store::create_workspace(data, "53000001", false));
        const auto workspace = must(store::Workspace::open(data));
        const auto nothing = [](const Step&) {};
        const auto steps = play(workspace->world(), {woman.number}, workspace->outbox(), nothing, nothing);
        const auto person = must(engine::whom(workspace->world(), woman.patient));
        const auto explanation = must(engine::explain(workspace->world(), person, steps.back().day));
        const std::string text = engine::to_text(workspace->world(), explanation, texts::Texts::dutch());
        EXPECT_EQ(text.find('{'), std::string::npos) << "a gap was not filled";
        expect_golden(woman.name, without_key(text));
    }
}

}  // namespace
}  // namespace bundel::testing
