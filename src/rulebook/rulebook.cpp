#include "rulebook/rulebook.h"

#include <algorithm>

namespace bundel::rulebook {
namespace {

base::Error missing(const char* file, std::string key, values::Date day) {
    return base::Error{"rulebook_value_missing",
                       {{"file", file}, {"key", std::move(key)}, {"date", day.iso()}}};
}

// The row that holds on `day`, of rows sorted by (performance, period) that do not overlap; none: end.
template <class Row>
const Row* row_on(const std::vector<Row>& rows, const values::PerformanceCode& performance,
                  values::Date day) {
    const auto after = std::ranges::upper_bound(rows, std::pair(performance, day), {}, [](const Row& row) {
        return std::pair(row.performance, row.period.first);
    });
    if (after == rows.begin()) return nullptr;
    const Row& row = *std::prev(after);
    return row.performance == performance && row.period.contains(day) ? &row : nullptr;
}

template <class Row>
const Row* row_on(const std::vector<Row>& rows, values::Date day) {
    const auto found = std::ranges::find_if(rows, [&](const Row& row) { return row.period.contains(day); });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const Scope* Regime::scope_on(const values::PerformanceCode& performance, values::Date day) const {
    return row_on(scopes, performance, day);
}

base::Result<const Regime*> Rulebook::regime_on(values::Date day) const {
    if (const Regime* regime = row_on(regimes_, day)) return regime;
    return missing("regimes/", "regime", day);
}

base::Result<const Tariff*> Rulebook::tariff_on(const values::PerformanceCode& performance,
                                                values::Date day) const {
    if (const Tariff* tariff = row_on(tariffs_, performance, day)) return tariff;
    return missing("tariffs/", "tariff." + performance.str(), day);
}

base::Result<const DivisionModel*> Rulebook::division_on(values::Date day) const {
    if (const DivisionModel* model = row_on(divisions_, day)) return model;
    return missing("division/", "division", day);
}

const ReturnCode* Rulebook::return_code(std::string_view code) const {
    const auto found = std::ranges::lower_bound(return_codes_, code, {}, &ReturnCode::code);
    return found != return_codes_.end() && found->code == code ? &*found : nullptr;
}

}  // namespace bundel::rulebook
