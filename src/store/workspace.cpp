#include "store/workspace.h"

#include <cstdlib>
#include <filesystem>

#include "base/text.h"
#include "ledger/chart.h"
#include "store/files.h"
#include "store/inbox.h"
#include "store/key_file.h"
#include "store/outbox.h"

namespace bundel::store {
using base::Done;
using base::Error;
using base::Result;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t settings_bytes_max = 64 * 1024;
constexpr std::size_t rulebook_bytes_max = 16 * 1024 * 1024;
constexpr const char* settings_name = "bundel.ini";
constexpr const char* in_force = "/regelboek";
constexpr const char* to_come = "/regelboek.nieuw";  // whole, one rename away from being in force
constexpr const char* gone = "/regelboek.oud";
constexpr const char* unfinished = "/regelboek.tmp";
constexpr const char* kept = "/regelboeken";

// "name = value" lines; '#' begins a comment.
Result<engine::Settings> parse_settings(const std::string& text) {
    engine::Settings settings;
    bool has_igo = false;
    bool has_mode = false;
    int number = 0;
    for (const std::string_view raw : base::split(text, '\n')) {
        ++number;
        const std::string_view line = base::trim(raw.substr(0, raw.find('#')));
        if (line.empty()) continue;
        const Error wrong{"workspace_settings", {{"file", settings_name}, {"line", std::to_string(number)}}};
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) return wrong;
        const std::string_view name = base::trim(line.substr(0, equals));
        const std::string_view value = base::trim(line.substr(equals + 1));
        if (name == "igo") {
            const auto igo = values::AgbCode::parse(value);
            if (!igo.ok()) return wrong;
            settings.igo = *igo;
            has_igo = true;
        } else if (name == "soort" && (value == "voorbeeld" || value == "echt")) {
            settings.live = value == "echt";
            has_mode = true;
        } else {
            return wrong;
        }
    }
    if (!has_igo || !has_mode)
        return Error{"workspace_settings", {{"file", settings_name}, {"line", std::to_string(number)}}};
    return settings;
}

std::string settings_text(const std::string& igo, bool live) {
    return "# Instellingen van deze gegevensmap.\n"
           "# soort: voorbeeld (voorbeeldwaarden mogen meedoen) of echt (alleen geverifieerde waarden gaan "
           "naar buiten).\n"
           "soort = " +
           std::string(live ? "echt" : "voorbeeld") +
           "\n"
           "# AGB-code van de integrale geboortezorgorganisatie (soort 53).\n"
           "igo = " +
           igo + "\n";
}

Result<Done> copy_rulebook(const std::map<std::string, std::string>& files, const std::string& folder) {
    for (const auto& [name, text] : files) {
        const std::string path = folder + "/" + name;
        BUNDEL_TRY_DONE(make_folders(folder_of(path)));
        BUNDEL_TRY_DONE(write_through(path, text, 0644));
    }
    return Done{};
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

Result<Done> remove(const std::string& path) {
    std::error_code failed;
    fs::remove_all(path, failed);
    if (failed) return Error{"file_failed", {{"file", path}, {"why", failed.message()}}};
    return Done{};
}

Result<Done> rename(const std::string& from, const std::string& to) {
    std::error_code failed;
    fs::rename(from, to, failed);
    if (failed) return Error{"file_failed", {{"file", from}, {"why", failed.message()}}};
    return sync_folder(folder_of(to));
}

// The folder `to` has these files or is not there: all are on disk before it gets its name. Contract: it is
// not there yet.
Result<Done> write_whole(const std::map<std::string, std::string>& files, const std::string& scratch,
                         const std::string& to) {
    BUNDEL_TRY_DONE(remove(scratch));
    BUNDEL_TRY_DONE(copy_rulebook(files, scratch));
    return rename(scratch, to);
}

Result<Done> keep_rulebook(const std::string& folder) {
    BUNDEL_TRY(files, rulebook_files(rulebook_folder(folder)));
    BUNDEL_TRY(book, rulebook::Rulebook::load(files));
    const std::string path = folder + kept + "/" + book.digest().hex();
    if (exists(path)) return Done{};
    BUNDEL_TRY_DONE(make_folders(folder + kept));
    return write_whole(files, folder + unfinished, path);
}

}  // namespace

Result<std::map<std::string, std::string>> rulebook_files(const std::string& folder) {
    BUNDEL_TRY(paths, list_files(folder));
    std::map<std::string, std::string> files;
    for (const std::string& path : paths) {
        BUNDEL_TRY(bytes, read_file(path, rulebook_bytes_max));
        files[path.substr(folder.size() + 1)] = std::move(bytes);
    }
    return files;
}

Result<wire::Layouts> load_layouts(const std::map<std::string, std::string>& files) {
    wire::Layouts layouts;
    for (const auto& [name, text] : files) {
        if (!name.starts_with("layouts/")) continue;
        BUNDEL_TRY_DONE(layouts.read(text));
    }
    return layouts;
}

bool is_workspace(const std::string& folder) {
    std::error_code ignored;
    return fs::exists(folder + "/" + settings_name, ignored);
}

std::string rulebook_folder(const std::string& folder) {
    const bool between = !exists(folder + in_force) && exists(folder + to_come);
    return folder + (between ? to_come : in_force);
}

Result<std::string> known_rulebook(const std::string& folder) {
    if (is_workspace(folder)) return rulebook_folder(folder);
    if (folder != ".") return Error{"workspace_none", {{"folder", folder}}};
    return shipped_rulebooks();
}

Result<Done> put_in_force(const std::string& folder, const std::map<std::string, std::string>& files) {
    if (rulebook_folder(folder) == folder + to_come)
        BUNDEL_TRY_DONE(rename(folder + to_come, folder + in_force));
    BUNDEL_TRY_DONE(keep_rulebook(folder));
    BUNDEL_TRY_DONE(remove(folder + to_come));
    BUNDEL_TRY_DONE(remove(folder + gone));
    BUNDEL_TRY_DONE(write_whole(files, folder + unfinished, folder + to_come));
    BUNDEL_TRY_DONE(rename(folder + in_force, folder + gone));
    BUNDEL_TRY_DONE(rename(folder + to_come, folder + in_force));
    return remove(folder + gone);
}

Result<std::shared_ptr<const rulebook::Rulebook>> kept_rulebook(const std::string& folder,
                                                                const base::Digest& digest) {
    const std::string path = folder + kept + "/" + digest.hex();
    if (!exists(path)) return std::shared_ptr<const rulebook::Rulebook>();
    const Error changed{"rulebook_kept_changed", {{"digest", digest.hex()}}};
    const auto files = rulebook_files(path);
    if (!files.ok()) return changed;
    auto book = rulebook::Rulebook::load(*files);
    if (!book.ok() || book->digest() != digest) return changed;
    return std::make_shared<const rulebook::Rulebook>(std::move(*book));
}

std::string shipped_rulebooks() {
    if (const char* named = std::getenv("BUNDEL_RULEBOOKS")) return named;
    return BUNDEL_RULEBOOKS_DIR;
}

Result<Done> create_workspace(const std::string& folder, const std::string& igo, bool live) {
    if (is_workspace(folder)) return Error{"init_exists", {{"folder", folder}}};
    if (const auto code = values::AgbCode::parse(igo); !code.ok() || code->kind() != 53)
        return Error{"init_igo"};
    BUNDEL_TRY(files, rulebook_files(shipped_rulebooks()));
    if (auto book = rulebook::Rulebook::load(files); !book.ok()) return book.error();
    if (auto layouts = load_layouts(files); !layouts.ok()) return layouts.error();
    for (const char* part :
         {"", "/sleutels", "/inbox", "/inbox/verwerkt", "/inbox/geweigerd", "/staging", "/outbox"}) {
        BUNDEL_TRY_DONE(make_folders(folder + part));
    }
    std::error_code ignored;
    fs::permissions(folder + "/sleutels", fs::perms::owner_all, ignored);
    fs::permissions(folder + "/staging", fs::perms::owner_all, ignored);
    BUNDEL_TRY_DONE(copy_rulebook(files, rulebook_folder(folder)));
    for (const char* key : {"gegevens", "kluis"}) {
        if (auto made = create_key(folder + "/sleutels/" + key); !made.ok()) return made.error();
    }
    // Last: without settings it is no data directory, so a stopped init can simply be done again elsewhere.
    return write_through(folder + "/" + settings_name, settings_text(igo, live), 0644);
}

Result<std::unique_ptr<Workspace>> Workspace::open(const std::string& folder) {
    auto settings_bytes = read_file(folder + "/" + settings_name, settings_bytes_max);
    if (!settings_bytes.ok()) return Error{"workspace_none", {{"folder", folder}}};
    BUNDEL_TRY(settings, parse_settings(*settings_bytes));
    std::unique_ptr<Workspace> workspace(new Workspace());
    workspace->folder_ = folder;
    BUNDEL_TRY(files, rulebook_files(rulebook_folder(folder)));
    BUNDEL_TRY(book, rulebook::Rulebook::load(files));
    if (!book.chart().empty()) {
        if (auto chart = ledger::Chart::make(book.chart()); !chart.ok()) return chart.error();
    }
    workspace->rulebook_ = std::make_unique<rulebook::Rulebook>(std::move(book));
    BUNDEL_TRY(layouts, load_layouts(files));
    workspace->layouts_ = std::make_unique<wire::Layouts>(std::move(layouts));
    BUNDEL_TRY(data_key, read_key(folder + "/sleutels/gegevens"));
    BUNDEL_TRY(vault_key, read_key(folder + "/sleutels/kluis"));
    // Example people come from scenario files: their keys follow from them, so that every run gives the same
    // state.
    const auto ids = settings.live ? PersonIds::random : PersonIds::from_identity;
    BUNDEL_TRY(vault, open_vault(folder + "/kluis.db", vault_key, ids));
    workspace->vault_ = std::move(vault);
    workspace->vault_->settle_on_request();
    BUNDEL_TRY(store, open_store(folder + "/bundel.db", data_key, workspace->vault_.get()));
    workspace->store_ = std::move(store);
    workspace->outbox_ = std::make_unique<FolderOutbox>(folder + "/staging", folder + "/outbox");
    workspace->world_.reset(new engine::World{*workspace->store_, *workspace->vault_, *workspace->outbox_,
                                              *workspace->rulebook_, *workspace->layouts_, settings});
    return workspace;
}

View::View(std::unique_ptr<Reader> reader, std::unique_ptr<Vault> vault, const engine::World& world)
    : reader_(std::move(reader)), vault_(std::move(vault)), world_{reader_->store(), *vault_,
                                                                   world.outbox,     world.rulebook,
                                                                   world.layouts,    world.settings} {}

Result<std::unique_ptr<View>> Workspace::view() const {
    BUNDEL_TRY(data_key, read_key(folder_ + "/sleutels/gegevens"));
    BUNDEL_TRY(vault_key, read_key(folder_ + "/sleutels/kluis"));
    BUNDEL_TRY(reader, Reader::open(folder_ + "/bundel.db", data_key));
    BUNDEL_TRY(vault, open_vault_reader(folder_ + "/kluis.db", vault_key));
    return std::make_unique<View>(std::move(reader), std::move(vault), *world_);
}

Result<std::unique_ptr<Desk>> Workspace::desk() const {
    BUNDEL_TRY(data_key, read_key(folder_ + "/sleutels/gegevens"));
    return Desk::open(folder_ + "/bureau.db", data_key);
}

}  // namespace bundel::store
