#include "sheet/workbook.h"

namespace bundel::sheet {

using base::Error;

base::Result<wire::Grid> read_workbook(std::string_view bytes) {
    if (bytes.starts_with("\xD0\xCF\x11\xE0")) return read_xls(bytes);
    if (bytes.starts_with("PK\x03\x04")) return read_xlsx(bytes);
    return Error{"sheet_unknown_kind"};
}

}  // namespace bundel::sheet
