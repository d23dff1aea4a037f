#include "cli/layout.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "cli/spreadsheet.h"
#include "rulebook/rulebook.h"
#include "store/files.h"
#include "store/workspace.h"
#include "texts/texts.h"
#include "wire/ber.h"
#include "wire/layout_compare.h"

namespace bundel::cli {
using base::Done;
using base::Error;
using base::Result;
using texts::Texts;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t changes_shown = 25;

const Texts& texts() {
    return Texts::dutch();
}

Exit fail(const Error& error) {
    std::fputs((texts().error(error) + "\n").c_str(), stderr);
    return Exit::failed;
}

// Where the layouts are: those of the data directory, or those the program came with.
struct Place {
    bool is_workspace = false;
    std::string rulebook;  // folder
};
// Without --data and without a data directory here, the program's own. Error: workspace_none{folder}.
Result<Place> place_of(const std::string& folder) {
    BUNDEL_TRY(rulebook, store::known_rulebook(folder));
    return Place{store::is_workspace(folder), rulebook};
}

struct Known {
    std::map<std::string, std::string> files;
    wire::Layouts layouts;
};
Result<Known> known_in(const Place& place) {
    BUNDEL_TRY(files, store::rulebook_files(place.rulebook));
    BUNDEL_TRY(layouts, store::load_layouts(files));
    return Known{std::move(files), std::move(layouts)};
}

std::string status_text(const wire::Layout& layout) {
    return texts().sentence(layout.status() == wire::Status::verified ? "layout_verified"
                                                                      : "layout_provisional");
}

std::string name_line(const wire::Layout& layout) {
    return texts().sentence("layout_line", {{"message", layout.message()},
                                            {"version", layout.version()},
                                            {"status", status_text(layout)},
                                            {"length", std::to_string(layout.record_length())},
                                            {"source", layout.source()}}) +
           "\n";
}

Result<wire::Learnt> learn(const std::string& path, const Known& known) {
    BUNDEL_TRY(grid, read_spreadsheet(path));
    BUNDEL_TRY(book, rulebook::Rulebook::load(known.files));
    std::vector<wire::ReturnText> codes;
    for (const auto& one : book.return_codes()) codes.push_back({one.code, one.text, one.severity});
    return wire::learn_layout(grid, fs::path(path).filename().string(), known.layouts, codes);
}

// The files of the layouts that may not stand beside this one: of the same message or EI code, in its
// version.
std::vector<std::pair<std::string, wire::LayoutRef>> replaced_by(const wire::Layout& layout,
                                                                 const Known& known) {
    std::vector<std::pair<std::string, wire::LayoutRef>> replaced;
    for (const auto& [name, text] : known.files) {
        if (!name.starts_with("layouts/")) continue;
        auto old = wire::Layout::parse(text);
        if (!old.ok()) continue;  // a file of another kind: it is no message
        const bool is_same_version = old->version_digits() == layout.version_digits() &&
                                     old->subversion_digits() == layout.subversion_digits();
        const bool is_same = old->message() == layout.message() || old->ei_code() == layout.ei_code();
        if (is_same && is_same_version) {
            replaced.emplace_back(name, std::make_shared<const wire::Layout>(std::move(*old)));
        }
    }
    return replaced;
}

// What is kept was read in a layout: one with other columns, or another name, would read it differently.
Result<Done> check_unused(const std::string& folder, const wire::Layout& before, const wire::Layout& after) {
    if (before.name() == after.name() && wire::has_same_columns(before, after)) return Done{};
    BUNDEL_TRY(workspace, store::Workspace::open(folder));
    std::size_t count = 0;
    for (const auto direction : {engine::Direction::received, engine::Direction::sent}) {
        BUNDEL_TRY(messages, workspace->world().store.messages(direction));
        count += static_cast<std::size_t>(std::count_if(
            messages.begin(), messages.end(), [&](const auto& row) { return row.kind == before.name(); }));
    }
    if (count == 0) return Done{};
    return Error{"layout_in_use", {{"layout", before.name()}, {"count", std::to_string(count)}}};
}

// The new one is on disk before the old one goes; between the two steps nothing is lost, only not yet in
// place.
Result<Done> replace(const std::string& path, const std::string& json, const std::vector<std::string>& old) {
    const std::string unfinished = path + ".tmp";
    BUNDEL_TRY_DONE(store::write_through(unfinished, json, 0644));
    std::error_code failed;
    for (const std::string& one : old) {
        if (one != path) fs::remove(one, failed);
        if (failed) return Error{"file_failed", {{"file", one}, {"why", failed.message()}}};
    }
    fs::rename(unfinished, path, failed);
    if (failed) return Error{"file_failed", {{"file", path}, {"why", failed.message()}}};
    return store::sync_folder(store::folder_of(path));
}

const char* change_code(wire::LayoutChange::What what) {
    switch (what) {
        case wire::LayoutChange::What::added: return "layout_change_added";
        case wire::LayoutChange::What::removed: return "layout_change_removed";
        case wire::LayoutChange::What::place: return "layout_change_place";
        case wire::LayoutChange::What::shape: return "layout_change_shape";
        case wire::LayoutChange::What::use: return "layout_change_use";
        case wire::LayoutChange::What::values: break;
    }
    return "layout_change_values";
}

std::string learnt_lines(const wire::Layout& layout) {
    std::string lines = name_line(layout);
    for (const wire::RecordLayout& record : layout.records()) {
        lines += "  " +
                 texts().sentence("layout_record", {{"record", record.code},
                                                    {"name", record.name},
                                                    {"count", std::to_string(record.fields.size())}}) +
                 "\n";
    }
    return lines;
}

std::string change_lines(const wire::Layout& before, const wire::Layout& after) {
    const auto changes = wire::compare(before, after);
    const std::string count = std::to_string(changes.size());
    std::string lines =
        texts().sentence(changes.empty() ? "layout_replaces_same" : "layout_replaces",
                         {{"layout", before.name()}, {"status", status_text(before)}, {"count", count}}) +
        "\n";
    for (std::size_t i = 0; i < std::min(changes.size(), changes_shown); ++i) {
        const auto& change = changes[i];
        lines +=
            "  " +
            texts().sentence(change_code(change.what),
                             {{"field", change.field}, {"before", change.before}, {"after", change.after}}) +
            "\n";
    }
    if (changes.size() > changes_shown) {
        lines += "  " +
                 texts().sentence("layout_changes_more",
                                  {{"count", std::to_string(changes.size() - changes_shown)}}) +
                 "\n";
    }
    return lines;
}

// The directory opens with the new one as it did with the old one.
Result<Done> check_together(const Known& known,
                            const std::vector<std::pair<std::string, wire::LayoutRef>>& replaced,
                            const wire::Learnt& learnt) {
    auto files = known.files;
    for (const auto& [name, layout] : replaced) files.erase(name);
    files["layouts/" + learnt.layout.name() + ".json"] = learnt.json;
    const auto layouts = store::load_layouts(files);
    return layouts.ok() ? Result<Done>(Done{}) : Result<Done>(layouts.error());
}

Result<std::string> keep(const Arguments& arguments, const Place& place, const wire::Learnt& learnt,
                         const std::vector<std::pair<std::string, wire::LayoutRef>>& replaced) {
    std::vector<std::string> old;
    for (const auto& [name, layout] : replaced) {
        BUNDEL_TRY_DONE(check_unused(arguments.data, *layout, learnt.layout));
        old.push_back(place.rulebook + "/" + name);
    }
    const std::string path = place.rulebook + "/layouts/" + learnt.layout.name() + ".json";
    BUNDEL_TRY_DONE(replace(path, learnt.json, old));
    return path;
}

Result<Done> import_into(const Arguments& arguments, const Place& place) {
    BUNDEL_TRY(known, known_in(place));
    BUNDEL_TRY(learnt, learn(arguments.paths.front(), known));
    const auto replaced = replaced_by(learnt.layout, known);
    BUNDEL_TRY_DONE(check_together(known, replaced, learnt));
    std::string report = learnt_lines(learnt.layout);
    for (const auto& [name, layout] : replaced) report += change_lines(*layout, learnt.layout);
    if (replaced.empty()) report += texts().sentence("layout_is_new") + "\n";
    if (place.is_workspace) {
        BUNDEL_TRY(path, keep(arguments, place, learnt, replaced));
        report += texts().sentence("layout_kept", {{"file", path}}) + "\n";
    } else {
        std::fputs(learnt.json.c_str(), stdout);
    }
    std::fputs(report.c_str(), place.is_workspace ? stdout : stderr);
    return Done{};
}

}  // namespace

Exit import_layout(const Arguments& arguments) {
    const auto place = place_of(arguments.data);
    if (!place.ok()) return fail(place.error());
    const auto done = import_into(arguments, *place);
    return done.ok() ? Exit::done : fail(done.error());
}

Exit list_layouts(const Arguments& arguments) {
    const auto place = place_of(arguments.data);
    if (!place.ok()) return fail(place.error());
    const auto known = known_in(*place);
    if (!known.ok()) return fail(known.error());
    std::string last;  // a layout with several codes is one
    for (const auto& layout : known->layouts.all()) {
        if (layout->name() != last) std::fputs(name_line(*layout).c_str(), stdout);
        last = layout->name();
    }
    return Exit::done;
}

}  // namespace bundel::cli
