#include <string>

#include "base/assert.h"
#include "fuzz/targets.h"
#include "wire/ber.h"
#include "wire/testing.h"

namespace bundel::fuzz {

void ber(std::string_view bytes) {
    const auto grid = wire::read_grid(bytes);
    if (!grid.ok()) {
        BUNDEL_ASSERT(grid.error().code.starts_with("grid_"));
        return;
    }
    const std::string written = wire::write_grid(*grid);
    const auto again = wire::read_grid(written);
    BUNDEL_ASSERT(again.ok() && wire::write_grid(*again) == written);
    static const std::vector<wire::ReturnText> texts = {
        {"0310", "Voorletters ontbreken of zijn onjuist (verzekerde).", 'D'},
        {"8007", "(Begin-/eind)datum prestatie ontbreekt of is onjuist.", 'D'}};
    const auto learnt = wire::learn_layout(*grid, "fuzz.xls", wire::testing::all_layouts(), texts);
    if (!learnt.ok()) {
        const std::string& code = learnt.error().code;
        BUNDEL_ASSERT(code.starts_with("ber_") || code.starts_with("layout_"));
        return;
    }
    layout(learnt->json);
    const auto parsed = wire::Layout::parse(learnt->json);
    BUNDEL_ASSERT(parsed.ok() && parsed->name() == learnt->layout.name());
}

}  // namespace bundel::fuzz
