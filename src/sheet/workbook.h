// Reads a workbook of Excel into text: .xls (BIFF8, Excel 97 and later) and .xlsx (Office Open XML). Values
// only: formulas give the result that was saved, charts, pictures and macros are not looked at. Hidden sheets
// are read.
//
// Trusts nothing: every offset, length and chain in the file is checked before it is followed. That any bytes
// end in a Grid or an Error is fuzzed.
#pragma once

#include <string_view>

#include "base/result.h"
#include "wire/grid.h"

namespace bundel::sheet {

// By the first bytes, whatever the name. Errors: sheet_unknown_kind, those of the two kinds.
base::Result<wire::Grid> read_workbook(std::string_view bytes);

// Errors: sheet_xls_damaged{part}, sheet_xls_old (Excel 95 or before), sheet_encrypted, sheet_too_large.
base::Result<wire::Grid> read_xls(std::string_view bytes);

// Errors: sheet_xlsx_damaged{part}, sheet_too_large.
base::Result<wire::Grid> read_xlsx(std::string_view bytes);

}  // namespace bundel::sheet
