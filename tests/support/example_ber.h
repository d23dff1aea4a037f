// A BER of KZ301 3.2 as it could be published, to try the import with. INVENTED: the real one was not found.
// The generic records are those of the family; record 04 has one field more than our provisional layout,
// named so, and the message has the other of the two codes that the real one may have.
#pragma once

#include "wire/any_ber.h"

namespace bundel::testing {

inline constexpr const char* invented_field = "0427";
inline constexpr const char* invented_name = "VERZONNEN VELD VAN BUNDEL, STAAT IN GEEN STANDAARD";

inline wire::Grid example_ber(const std::string& status) {
    const auto layout = wire::testing::layout("KZ301");
    wire::Grid grid = wire::testing::any_ber(*layout, {});
    for (wire::GridRow& row : grid.sheets[0].rows) {
        if (row.cell(0) == "Status") row.cells[1] = status;
        if (row.cell(0) == "Standaardnaam/-bericht") row.cells[1] = "VERZONNEN VOORBEELD VAN BUNDEL";
        if (row.cell(0) == "Code EI-bericht") row.cells[1] = "150";
    }
    auto& rows = grid.sheets[1].rows;
    constexpr std::size_t number = 3, name = 4, type = 5, length = 6, last = 8, use = 9, element = 11,
                          rule = 15;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].cell(number) == "0102") rows[i].cells[rule] = "Waarde '150' vullen.";
        if (rows[i].cell(number) != "0480") continue;
        // Ten positions of the reserve.
        wire::GridRow invented = rows[i];
        invented.cells[number] = invented_field;
        invented.cells[name] = invented_name;
        invented.cells[type] = "AN";
        invented.cells[length] = "10";
        invented.cells[last] = "201";
        invented.cells[use] = "O";
        invented.cells[element] = "XXX000";
        rows[i].cells[length] = "109";
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(i), invented);
        break;
    }
    int before = 0;
    for (wire::GridRow& row : rows) {
        row.number = std::max(row.number, before + 1);
        before = row.number;
    }
    return grid;
}

}  // namespace bundel::testing
