#include "sim/files.h"

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

base::Result<base::Done> write_file(const fs::path& path, const std::string& bytes) {
    std::error_code failed;
    if (path.has_parent_path()) fs::create_directories(path.parent_path(), failed);
    std::ofstream out(path, std::ios::binary);
    out << bytes;
    out.close();
    if (failed || !out) return base::Error{"sim_file_unwritable", {{"file", path.string()}}};
    return base::Done{};
}

namespace {

using LookAtTable = std::function<void(const wire::CsvTable&)>;

base::Result<base::Done> look_at(const std::string& bytes, const fs::path& path, const LookAtTable& look) {
    base::Findings findings;
    const auto table = wire::read_csv(bytes, path.filename().string(), findings);
    if (!table || !findings.empty()) return base::Error{"sim_file_unreadable", {{"file", path.string()}}};
    look(*table);
    return base::Done{};
}

// So many rows are in memory at once. Our own files have no line end inside a cell.
constexpr int rows_at_once = 20'000;

base::Result<base::Done> in_pieces(const fs::path& path, const LookAtTable& look) {
    std::ifstream in(path, std::ios::binary);
    std::string header, line;
    if (!std::getline(in, header)) return base::Error{"sim_file_unreadable", {{"file", path.string()}}};
    while (in) {
        std::string piece = header + "\n";
        for (int i = 0; i < rows_at_once && std::getline(in, line); ++i) piece += line + "\n";
        BUNDEL_TRY_DONE(look_at(piece, path, look));
    }
    return base::Done{};
}

}  // namespace

const std::string& CsvCells::at(std::string_view column) const {
    static const std::string none;
    const int place = table_.column(column);
    return place < 0 ? none : row_.cells[static_cast<std::size_t>(place)];
}

base::Result<base::Done> each_row(const fs::path& path, const std::function<void(const CsvCells&)>& look) {
    return in_pieces(path, [&](const wire::CsvTable& table) {
        for (const auto& row : table.rows) look(CsvCells(table, row));
    });
}

base::Result<std::vector<Row>> read_rows(const fs::path& path) {
    std::vector<Row> rows;
    BUNDEL_TRY_DONE(in_pieces(path, [&](const wire::CsvTable& table) {
        for (const auto& line : table.rows) {
            Row row;
            for (std::size_t i = 0; i < table.header.size(); ++i) row[table.header[i]] = line.cells[i];
            rows.push_back(std::move(row));
        }
    }));
    return rows;
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
