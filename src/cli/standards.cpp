#include "cli/standards.h"

#include "store/workspace.h"

namespace bundel::cli {

base::Result<Standards> load_standards(const std::string& folder) {
    const std::string path = folder.empty() ? store::shipped_rulebooks() : folder + "/regelboek";
    BUNDEL_TRY(files, store::rulebook_files(path));
    BUNDEL_TRY(layouts, store::load_layouts(files));
    const auto table = files.find("elements.json");
    if (table == files.end()) return base::Error{"file_missing", {{"file", path + "/elements.json"}}};
    BUNDEL_TRY(elements, wire::Elements::parse(table->second));
    BUNDEL_TRY(book, rulebook::Rulebook::load(files));
    return Standards{std::move(layouts), std::move(elements), std::move(book)};
}

}  // namespace bundel::cli
