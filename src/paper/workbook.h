// A document as XLSX: a sheet for each section, amounts and days as numbers one can calculate with.
#pragma once

#include <string>

#include "base/result.h"
#include "paper/document.h"

namespace bundel::paper {

// The bytes; the same document gives the same bytes. No cell is a formula, whatever its text begins with. An
// amount of more than 2^53 cents is written as text: as a number it would not be exact. The library writes
// files: `scratch` is the path of one that is made and removed. Errors: paper_failed{why} (a sheet name that
// Excel refuses, a full disk).
base::Result<std::string> workbook(const Document& document, const std::string& scratch);

}  // namespace bundel::paper
