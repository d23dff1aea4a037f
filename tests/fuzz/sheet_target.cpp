#include "sheet/workbook.h"

#include "base/assert.h"
#include "fuzz/targets.h"

namespace bundel::fuzz {

void sheet(std::string_view bytes) {
    const auto grid = bundel::sheet::read_workbook(bytes);
    if (!grid.ok()) {
        BUNDEL_ASSERT(grid.error().code.starts_with("sheet_"));
        return;
    }
    const std::string written = wire::write_grid(*grid);
    const auto again = wire::read_grid(written);
    BUNDEL_ASSERT(again.ok() && wire::write_grid(*again) == written);
}

}  // namespace bundel::fuzz
