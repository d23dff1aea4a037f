#include "cli/ei_anonymise.h"

#include <algorithm>
#include <filesystem>

#include "cli/console.h"
#include "cli/standards.h"
#include "store/files.h"
#include "store/inbox.h"
#include "store/key_file.h"
#include "wire/anonymise.h"
#include "wire/decode.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Result;

namespace {

Result<store::Key> key_of(const std::string& path) {
    auto key = store::read_key(path);
    if (key.ok() || key.error().code != "key_file_missing") return key;
    BUNDEL_TRY_DONE(store::make_folders(store::folder_of(path)));
    BUNDEL_TRY(made, store::create_key(path));
    complain(texts().sentence("anonymise_key_made", {{"file", path}}) + "\n");
    return std::move(made);
}

// The same file gives the same name and bytes again. Anything else that has that name is left alone.
Result<Done> write_new(const std::string& path, const std::string& bytes) {
    const auto there = store::read_file(path, wire::file_bytes_max);
    if (there.ok() && *there == bytes) return Done{};
    if (there.ok() || there.error().code != "file_missing")
        return Error{"anonymise_exists", {{"file", path}}};
    auto written = store::write_through(path, bytes, 0640);
    std::error_code ignored;
    if (!written.ok()) std::filesystem::remove(path, ignored);  // half a file would stand in the way
    return written;
}

// False: refused, and told why.
Result<bool> anonymise_file(const Standards& standards, const wire::Anonymiser& anonymiser,
                            const std::string& path, const std::string& folder) {
    auto bytes = store::read_file(path, wire::file_bytes_max);
    if (!bytes.ok()) {
        complain(texts().error(bytes.error()) + "\n");
        return false;
    }
    base::Findings findings;
    const auto message = wire::decode(std::move(*bytes), standards.layouts, path, findings);
    if (!message || !wire::is_whole(findings)) {
        for (const auto& finding : findings) complain(texts().finding(finding) + "\n");
        complain(texts().sentence("anonymise_refused", {{"file", path}}) + "\n");
        return false;
    }
    const std::string to = folder + "/" + anonymiser.file_name(*message);
    BUNDEL_TRY_DONE(write_new(to, anonymiser.anonymise(*message)));
    print(texts().sentence("anonymise_done", {{"file", path}, {"to", to}}) + "\n");
    return true;
}

Result<Exit> anonymise_all(const Arguments& arguments) {
    BUNDEL_TRY(standards, load_standards(arguments.data));
    BUNDEL_TRY(key, key_of(arguments.key));
    BUNDEL_TRY_DONE(store::make_folders(arguments.out));
    const wire::Anonymiser anonymiser(standards.elements, key.view());
    Exit exit = Exit::done;
    for (const std::string& path : arguments.paths) {
        BUNDEL_TRY(written, anonymise_file(standards, anonymiser, path, arguments.out));
        if (!written) exit = Exit::refused;
    }
    return exit;
}

}  // namespace

Exit ei_anonymise(const Arguments& arguments) {
    const auto exit = anonymise_all(arguments);
    return exit.ok() ? *exit : fail(exit.error());
}

}  // namespace bundel::cli
