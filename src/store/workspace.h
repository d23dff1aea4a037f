// A data directory: its settings, rulebook, layouts, keys, databases and folders.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "engine/world.h"
#include "store/desk.h"
#include "store/pages.h"
#include "store/store.h"
#include "store/vault.h"

namespace bundel::store {

// Where the rulebook comes from when a data directory is made: BUNDEL_RULEBOOKS, else beside the program's
// sources.
std::string shipped_rulebooks();

// Whether there is a data directory in the folder, and where its own rulebook is.
bool is_workspace(const std::string& folder);
// After a stop between the two renames of put_in_force() that of the new rulebook, which is whole.
std::string rulebook_folder(const std::string& folder);
// That of the data directory; when `folder` is "." and no data directory, what the program came with. Error:
// workspace_none{folder}.
base::Result<std::string> known_rulebook(const std::string& folder);

// Path below `folder` -> contents. Errors: file_missing{file}, file_failed{file, why}.
base::Result<std::map<std::string, std::string>> rulebook_files(const std::string& folder);

// The layouts among these files. Errors: those of wire::Layouts::read.
base::Result<wire::Layouts> load_layouts(const std::map<std::string, std::string>& files);

// Makes the folders, keys, databases and settings, and copies the rulebook. Errors: init_exists, file_failed,
// those of the rulebook (a broken rulebook makes no directory).
base::Result<base::Done> create_workspace(const std::string& folder, const std::string& igo, bool live);

// Makes these files the rulebook of the data directory. The one that was stays in regelboeken/<digest>, so
// that verify can replay what was decided by it. At every moment there is one whole rulebook, the old or the
// new. Errors: file_failed, those of the rulebook that was.
base::Result<base::Done> put_in_force(const std::string& folder,
                                      const std::map<std::string, std::string>& files);
// One that was in force before; null when there is none with this digest. Error:
// rulebook_kept_changed{digest} (its files are not what they were).
base::Result<std::shared_ptr<const rulebook::Rulebook>> kept_rulebook(const std::string& folder,
                                                                      const base::Digest& digest);

// One more look at a data directory that is open, for another thread; its world changes nothing. The
// Workspace outlives it.
class View {
public:
    View(std::unique_ptr<Reader> reader, std::unique_ptr<Vault> vault, const engine::World& world);
    Reader& reader() { return *reader_; }
    engine::World& world() { return world_; }

private:
    std::unique_ptr<Reader> reader_;
    std::unique_ptr<Vault> vault_;
    engine::World world_;
};

class Workspace {
public:
    // Errors: workspace_none{folder}, workspace_settings{file, line}, those of rulebook, layouts, keys and
    // store.
    static base::Result<std::unique_ptr<Workspace>> open(const std::string& folder);

    engine::World& world() { return *world_; }
    const std::string& folder() const { return folder_; }
    std::string inbox() const { return folder_ + "/inbox"; }
    std::string outbox() const { return folder_ + "/outbox"; }

    // Errors: those of store and vault.
    base::Result<std::unique_ptr<View>> view() const;
    // Of the desk (desk.h), beside the store. Errors: those of Desk::open().
    base::Result<std::unique_ptr<Desk>> desk() const;

private:
    Workspace() = default;
    std::string folder_;
    std::unique_ptr<rulebook::Rulebook> rulebook_;
    std::unique_ptr<wire::Layouts> layouts_;
    std::unique_ptr<Vault> vault_;
    std::unique_ptr<engine::Store> store_;
    std::unique_ptr<engine::Outbox> outbox_;
    std::unique_ptr<engine::World> world_;
};

}  // namespace bundel::store
