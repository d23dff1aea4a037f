#include "sim/read_files.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace bundel::sim {
namespace fs = std::filesystem;

base::Result<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return base::Error{"sim_file_unreadable", {{"file", path.string()}}};
    return text.str();
}

std::vector<fs::path> files_in(const fs::path& folder, const std::string& extension) {
    std::vector<fs::path> files;
    if (!fs::is_directory(folder)) return files;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == extension) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

base::Result<wire::Layouts> read_layouts(const fs::path& folder) {
    wire::Layouts layouts;
    for (const auto& path : files_in(folder, ".json")) {
        BUNDEL_TRY(json, read_file(path));
        BUNDEL_TRY_DONE(layouts.read(json));
    }
    return layouts;
}

}  // namespace bundel::sim
