// Reading a spreadsheet by the program bundel-sheet, which stands beside this one: whatever a downloaded file
// does to the libraries that unpack it, it does there, within bounds of memory and time.
#pragma once

#include <string>

#include "base/result.h"
#include "wire/grid.h"

namespace bundel::cli {

// Errors: spreadsheet_program_missing, spreadsheet_failed (it stopped without saying why, or took too long),
// those of the room sheet, those of store::read_file and wire::read_grid.
base::Result<wire::Grid> read_spreadsheet(const std::string& path);

}  // namespace bundel::cli
