#include "cli/rules.h"

#include <algorithm>
#include <filesystem>

#include "cli/console.h"
#include "cli/days.h"
#include "cli/rules_screen.h"
#include "engine/approval.h"
#include "engine/rules.h"
#include "store/files.h"
#include "store/workspace.h"
#include "wire/layout_compare.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Result;
using engine::RulebookFiles;
namespace fs = std::filesystem;

namespace {

Result<RulebookFiles> files_of(const Arguments& arguments) {
    if (!arguments.rulebook.empty()) {
        // With a bar behind it the paths below it would begin one too far.
        std::string folder = arguments.rulebook;
        while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
        return store::rulebook_files(folder);
    }
    BUNDEL_TRY(folder, store::known_rulebook(arguments.data));
    return store::rulebook_files(folder);
}

struct Read {
    RulebookFiles files;
    rulebook::Rulebook book;
};
Result<Read> read(const Arguments& arguments) {
    BUNDEL_TRY(files, files_of(arguments));
    BUNDEL_TRY(book, rulebook::Rulebook::load(files));
    return Read{std::move(files), std::move(book)};
}

Result<Exit> check(const Arguments& arguments) {
    BUNDEL_TRY(given, read(arguments));
    const auto models = engine::check_rules(given.book);
    print(arguments.json ? engine::to_json(models) : checked_lines(models, texts()));
    return engine::holds(models) ? Exit::done : Exit::refused;
}

Result<Exit> test(const Arguments& arguments) {
    BUNDEL_TRY(given, read(arguments));
    BUNDEL_TRY(models, engine::test_rules(given.book, given.files));
    print(arguments.json ? engine::to_json(models) : tested_lines(models, texts()));
    return engine::all_right(models) ? Exit::done : Exit::refused;
}

Result<Exit> variables(const Arguments& arguments) {
    BUNDEL_TRY(files, files_of(arguments));
    const auto found = files.find(rulebook::inventory_file);
    if (found == files.end()) return Error{"rulebook_file_missing", {{"file", rulebook::inventory_file}}};
    BUNDEL_TRY(inventory, rulebook::read_inventory(found->second));
    print(arguments.json ? engine::to_json(inventory) : rulebook::inventory_page(inventory));
    return Exit::done;
}

// On disk under its name, or not at all.
Result<Done> replace_file(const std::string& path, const std::string& bytes) {
    const std::string unfinished = path + ".tmp";
    BUNDEL_TRY_DONE(store::write_through(unfinished, bytes, 0644));
    std::error_code failed;
    fs::rename(unfinished, path, failed);
    if (failed) return Error{"file_failed", {{"file", path}, {"why", failed.message()}}};
    return store::sync_folder(store::folder_of(path));
}

// A rulebook that cannot be read is no proposal.
Result<Exit> sign(const Arguments& arguments, const char* file, const char* sentence,
                  Result<std::string> (*add)(const RulebookFiles&, const engine::Signature&)) {
    BUNDEL_TRY(day, day_or_today(arguments.as_of));
    BUNDEL_TRY(given, read(arguments));
    BUNDEL_TRY(bytes, add(given.files, {day, arguments.by, arguments.note}));
    BUNDEL_TRY_DONE(replace_file(arguments.rulebook + "/" + file, bytes));
    print(texts().sentence(sentence, {{"who", arguments.by},
                                      {"day", texts().day(day)},
                                      {"seal", engine::files_digest(given.files).hex()}}) +
          "\n");
    return Exit::done;
}

// What is kept was read in a layout: the new rulebook must read it as it was.
Result<Done> require_layouts(store::Workspace& workspace, const RulebookFiles& files) {
    BUNDEL_TRY(layouts, store::load_layouts(files));
    const auto named = [](const auto& all, const std::string& name) {
        return std::ranges::find_if(all, [&](const auto& one) { return one->name() == name; });
    };
    for (const auto direction : {engine::Direction::received, engine::Direction::sent}) {
        BUNDEL_TRY(messages, workspace.world().store.messages(direction));
        for (const auto& message : messages) {
            const auto& known = workspace.world().layouts.all();
            const auto before = named(known, message.kind);
            if (before == known.end()) continue;  // a CSV form
            const auto after = named(layouts.all(), message.kind);
            const bool same = after != layouts.all().end() && wire::has_same_columns(**before, **after);
            if (!same) return Error{"rules_adopt_layout", {{"layout", message.kind}}};
        }
    }
    return Done{};
}

// Told why not. The bytes that were judged are the bytes that come in force.
Result<Exit> adopt(const Arguments& arguments) {
    if (!store::is_workspace(arguments.data)) return Error{"workspace_none", {{"folder", arguments.data}}};
    BUNDEL_TRY(given, read(arguments));
    const auto checked = engine::check_rules(given.book);
    if (!engine::holds(checked)) {
        print(checked_lines(checked, texts()));
        return Error{"rules_adopt_check"};
    }
    BUNDEL_TRY(tested, engine::test_rules(given.book, given.files));
    if (!engine::all_right(tested)) {
        print(tested_lines(tested, texts()));
        return Error{"rules_adopt_test"};
    }
    BUNDEL_TRY(approval, engine::standing_approval(given.files));
    BUNDEL_TRY(workspace, store::Workspace::open(arguments.data));
    BUNDEL_TRY_DONE(require_layouts(*workspace, given.files));
    BUNDEL_TRY_DONE(store::put_in_force(arguments.data, given.files));
    print(texts().sentence("rules_adopted", {{"rulebook", given.book.id()},
                                             {"who", approval.who},
                                             {"day", texts().day(approval.day)},
                                             {"before", workspace->world().rulebook.digest().hex()}}) +
          "\n");
    return Exit::done;
}

Exit exit_of(const Result<Exit>& result) {
    return result.ok() ? *result : fail(result.error());
}

}  // namespace

Exit check_rules(const Arguments& arguments) {
    return exit_of(check(arguments));
}
Exit test_rules(const Arguments& arguments) {
    return exit_of(test(arguments));
}
Exit list_variables(const Arguments& arguments) {
    return exit_of(variables(arguments));
}
Exit propose_rules(const Arguments& arguments) {
    return exit_of(sign(arguments, engine::proposals_file, "rules_proposed", engine::propose));
}
Exit approve_rules(const Arguments& arguments) {
    return exit_of(sign(arguments, engine::approvals_file, "rules_approved", engine::approve));
}
Exit adopt_rules(const Arguments& arguments) {
    return exit_of(adopt(arguments));
}

}  // namespace bundel::cli
