#include "sim/office.h"

#include <algorithm>

#include "sim/files.h"
#include "sim/program.h"

namespace bundel::sim {
namespace fs = std::filesystem;
using base::Done;

Result<std::string> Office::bundel(std::vector<std::string> words) const {
    words.insert(words.begin(), program_);
    BUNDEL_TRY(ran, run_program(words, Complaints::captured));
    if (ran.exit_code == 0) return ran.output;
    std::string command;
    for (const auto& word : words) command += (command.empty() ? "" : " ") + word;
    return Error{"program_failed", {{"command", command}, {"output", ran.output}}};
}

Result<Done> Office::init() const {
    BUNDEL_TRY_DONE(bundel({"init", "--example", data_.string()}));
    return Done{};
}

Result<Done> Office::run(Date day) const {
    BUNDEL_TRY_DONE(bundel({"run", "--data", data_.string(), "--as-of", day.iso()}));
    return Done{};
}

Result<Done> Office::put(const File& file) {
    const auto inbox = data_ / "inbox";
    const auto half = data_ / ("." + file.name + ".half");
    BUNDEL_TRY_DONE(write_file(half, file.bytes));
    std::error_code problem;
    fs::create_directories(inbox, problem);
    fs::rename(half, inbox / file.name, problem);
    if (problem) return Error{"sim_file_unwritable", {{"file", file.name}}};
    ++put_;
    return Done{};
}

Result<Done> Office::let_read(Insurers& insurers, Date day) {
    const auto outbox = data_ / "outbox" / "verzekeraars";
    if (!fs::is_directory(outbox)) return Done{};
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(outbox)) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const auto& folder : folders) {
        BUNDEL_TRY(insurer, UzoviCode::parse(folder.filename().string()));
        for (const auto& path : files_in(folder, ".txt")) {
            if (!read_.insert(path).second) continue;
            BUNDEL_TRY(bytes, read_file(path));
            BUNDEL_TRY_DONE(insurers.receive(insurer, {path.filename().string(), bytes}, day));
        }
    }
    return Done{};
}

}  // namespace bundel::sim
