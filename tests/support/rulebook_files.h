// The rulebook of this repository, for tests of any room.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "rulebook/rulebook.h"

namespace bundel::testing {

// Path inside a folder of this repository -> contents, of every file in it.
inline std::map<std::string, std::string> repository_files(const std::string& folder) {
    namespace fs = std::filesystem;
    const fs::path root = fs::path(BUNDEL_SOURCE_DIR) / folder;
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        std::stringstream content;
        content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
        files.emplace(fs::relative(entry.path(), root).generic_string(), content.str());
    }
    return files;
}

inline std::map<std::string, std::string> rulebook_files() {
    return repository_files("rulebooks");
}

// The same law with a catalogue of another shape: by care weight, natal and postnatal together, another week
// border.
inline std::map<std::string, std::string> second_catalogue_files() {
    auto files = rulebook_files();
    for (auto& [name, content] : repository_files("examples/delta-b/regelboek")) files[name] = content;
    return files;
}

// "rulebook_value_missing file=regimes/2017.toml key=phases.birth_day date=2017-01-01".
inline std::string as_text(const base::Error& error) {
    std::string text = error.code;
    for (const auto& [name, value] : error.params) text.append(" ").append(name).append("=").append(value);
    return text;
}

// A rulebook that does not load ends the test program: nothing it would say has a meaning.
inline rulebook::Rulebook load_rulebook(const std::map<std::string, std::string>& files = rulebook_files()) {
    auto loaded = rulebook::Rulebook::load(files);
    EXPECT_TRUE(loaded.ok()) << (loaded.ok() ? "" : as_text(loaded.error()));
    return std::move(loaded).value();
}

}  // namespace bundel::testing
