// Hours of kraamzorg and partus assistance that an insurer asks to be reported beside the bundles. The format
// of insurers was not found: this is a table of our own (docs/reference/csv.md).
#pragma once

#include "engine/world.h"

namespace bundel::engine {

// Of members' lines whose every part lies in a bundled phase; a line counts in the month of its first day.
struct HoursRow {
    UzoviCode insurer;  // of the phase
    AgbCode participant;
    int year = 0;
    int month = 0;  // 1..12
    std::int64_t lines = 0;
    std::int64_t kraamzorg_minutes = 0;
    std::int64_t partus_minutes = 0;
    Cents declared;
    Cents gross;        // what the care is worth, own payment included
    Cents own_payment;  // of the lines of which it is known
    Cents net;
    std::int64_t own_payment_unknown = 0;  // lines
    bool operator==(const HoursRow&) const = default;
};
struct Hours {
    std::vector<HoursRow> rows;   // by insurer, participant, year, month
    std::size_t passed_over = 0;  // women who are not counted: a rule value is missing
};
Result<Hours> hours(World& world, Date as_of);

// A heading and a line per row, euros as "1310,75" (with the quotes).
std::string to_csv(const std::vector<HoursRow>& rows);

}  // namespace bundel::engine
