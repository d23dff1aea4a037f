// A message of any size, from a file or a pipe, through wire::Scan.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"
#include "wire/scan.h"

namespace bundel::cli {

// What is done with the records of a message in this layout.
using Begin = std::function<base::Result<wire::Scan::Sink>(const wire::LayoutRef& layout)>;

// Recognises the layout by the first block of bytes, asks `begin` for the sink, and feeds the rest. Findings
// are those of recognise and Scan. Null: it is no message, and `begin` was not called. Errors:
// file_missing{file}, file_no_regular{file} (a folder), file_failed{file, why}, those of `begin`.
base::Result<wire::LayoutRef> scan_file(const std::string& path, const wire::Layouts& layouts,
                                        base::Findings& findings, const Begin& begin);

}  // namespace bundel::cli
