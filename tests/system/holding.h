// All that a data directory holds, as text: equal texts are equal holdings.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>

#include "engine/world.h"

namespace bundel::testing {

// What a step that cannot fail here gave; with an Error the test program ends there, naming it.
template <typename T>
T must(base::Result<T> result) {
    if (!result.ok()) {
        std::fprintf(stderr, "%s", result.error().code.c_str());
        for (const auto& [name, value] : result.error().params)
            std::fprintf(stderr, " %s=%s", name.c_str(), value.c_str());
        std::fprintf(stderr, "\n");
        std::abort();
    }
    return std::move(result).value();
}

// Path below the folder -> contents, of every file; empty when there is no folder.
std::map<std::string, std::string> files_below(const std::filesystem::path& folder);

// Messages, receipts, readings, cases, questions, losses, findings, claims, what went out, and the book, one
// a line. Digests where the rows are long.
std::string holding(engine::World& world, engine::Date as_of);

// A folder of its own for one test, in memory where the machine has such a place: a killed process leaves
// what the kernel holds, so the disk adds nothing but time.
class OwnFolder {
public:
    explicit OwnFolder(const std::string& name);
    OwnFolder(const OwnFolder&) = delete;
    ~OwnFolder();
    std::filesystem::path path;
};

}  // namespace bundel::testing
