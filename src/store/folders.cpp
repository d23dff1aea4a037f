#include "store/folders.h"

#include <algorithm>
#include <filesystem>

#include "store/inbox.h"
#include "wire/decode.h"

namespace bundel::store {
using base::Done;
using base::Error;
using base::Result;
using engine::World;
using values::Date;
namespace fs = std::filesystem;

namespace {

Taken outcome_of(const engine::Imported& imported) {
    if (imported.refused) return Taken::refused;
    const bool whole = std::none_of(imported.findings.begin(), imported.findings.end(),
                                    [](const auto& one) { return one.severity != base::Severity::note; });
    return whole ? Taken::yes : Taken::in_part;
}

Result<Done> put_aside(const std::string& path, const std::string& folder) {
    const fs::path from(path);
    fs::path to = fs::path(folder) / from.filename();
    std::error_code error;
    for (int i = 2; fs::exists(to, error); ++i)
        to = fs::path(folder) / (from.stem().string() + "-" + std::to_string(i) + from.extension().string());
    fs::rename(from, to, error);
    if (error) return Error{"file_failed", {{"file", path}, {"why", error.message()}}};
    return Done{};
}

}  // namespace

Result<TakenFile> take_file(World& world, const std::string& path, const std::string& name, Date received) {
    TakenFile taken;
    taken.name = name;
    auto bytes = read_file(path, wire::file_bytes_max);
    if (!bytes.ok()) {
        taken.outcome = bytes.error().code == "file_still_written" ? Taken::later : Taken::refused;
        taken.error = bytes.error();
        return taken;
    }
    BUNDEL_TRY(imported, engine::import_file(world, name, std::move(*bytes), received));
    taken.outcome = outcome_of(imported);
    taken.imported = std::move(imported);
    return taken;
}

Result<Taken> empty_inbox(const std::string& inbox, World& world, Date received, const Told& told) {
    BUNDEL_TRY(files, list_files(inbox));
    Taken worst = Taken::yes;
    for (const std::string& path : files) {
        const std::string name = path.substr(inbox.size() + 1);
        if (name.starts_with("verwerkt/") || name.starts_with("geweigerd/")) continue;
        BUNDEL_TRY(taken, take_file(world, path, name, received));
        told(taken);
        worst = std::max(worst, taken.outcome);
        if (taken.outcome != Taken::later)
            BUNDEL_TRY_DONE(
                put_aside(path, inbox + (taken.outcome == Taken::refused ? "/geweigerd" : "/verwerkt")));
    }
    return worst;
}

}  // namespace bundel::store
