// Files the simulator reads and writes.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"
#include "wire/csv.h"
#include "wire/layout.h"

namespace bundel::sim {

// Error: sim_file_unreadable{file}.
base::Result<std::string> read_file(const std::filesystem::path& path);

// Makes the folders above it. Error: sim_file_unwritable{file}.
base::Result<base::Done> write_file(const std::filesystem::path& path, const std::string& bytes);

// Each row of a CSV file that this program wrote, in order; the file may be larger than memory. A column that
// is not there is empty. Error: sim_file_unreadable{file}.
class CsvCells {
public:
    CsvCells(const wire::CsvTable& table, const wire::CsvRow& row) : table_(table), row_(row) {}
    const std::string& at(std::string_view column) const;

private:
    const wire::CsvTable& table_;
    const wire::CsvRow& row_;
};
base::Result<base::Done> each_row(const std::filesystem::path& path,
                                  const std::function<void(const CsvCells&)>& look);

// The rows of a CSV file, each as column -> cell. Error: sim_file_unreadable{file}.
base::Result<std::vector<Row>> read_rows(const std::filesystem::path& path);

// By name; none when there is no such folder. The extension has its dot.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            const std::string& extension);

// Every *.json of the folder. Errors: that of read_file; those of Layouts::read.
base::Result<wire::Layouts> read_layouts(const std::filesystem::path& folder);

}  // namespace bundel::sim
