// Files the simulator reads and writes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"
#include "wire/layout.h"

namespace bundel::sim {

// Error: sim_file_unreadable{file}.
base::Result<std::string> read_file(const std::filesystem::path& path);

// Makes the folders above it. Error: sim_file_unwritable{file}.
base::Result<base::Done> write_file(const std::filesystem::path& path, const std::string& bytes);

// The rows of a CSV file, each as column -> cell. Error: sim_file_unreadable{file}.
base::Result<std::vector<Row>> read_rows(const std::filesystem::path& path);

// By name; none when there is no such folder. The extension has its dot.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder,
                                            const std::string& extension);

// Every *.json of the folder. Errors: that of read_file; those of Layouts::read.
base::Result<wire::Layouts> read_layouts(const std::filesystem::path& folder);

}  // namespace bundel::sim
