#include "rulebook/rulebook.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace bundel::rulebook {
namespace {

base::Error missing(const char* file, std::string key, values::Date day) {
    return base::Error{"rulebook_value_missing",
                       {{"file", file}, {"key", std::move(key)}, {"date", day.iso()}}};
}

// In the order of PerformanceCode, as one number: scope_on runs for every line of every woman.
std::uint64_t number_of(const values::PerformanceCode& performance) {
    const auto bytes = std::bit_cast<std::array<std::uint8_t, 6>>(performance.code);
    std::uint64_t number = performance.list;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
}

// The row that holds on `day`, of rows sorted by (performance, period) that do not overlap; none: null.
template <class Row>
const Row* row_on(const std::vector<Row>& rows, const values::PerformanceCode& performance,
                  values::Date day) {
    const std::uint64_t number = number_of(performance);
    const auto starts_later = [&](const Row& row) {
        const std::uint64_t of_row = number_of(row.performance);
        return of_row != number ? of_row > number : row.period.first > day;
    };
    const auto after = std::ranges::partition_point(rows, std::not_fn(starts_later));
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

const Performance* Regime::performance_on(std::string_view wanted, values::Date day) const {
    const auto found = std::ranges::find_if(performances, [&](const Performance& one) {
        return one.derivable && one.id.view() == wanted && one.period.contains(day);
    });
    return found == performances.end() ? nullptr : &*found;
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

int WorkTerms::minutes_of(std::string_view question_code) const {
    if (question_code == "line_person_unknown") return question.line_person_unknown.value;
    if (question_code == "delivery_numbers_missing") return question.delivery_numbers_missing.value;
    if (question_code == "delivery_month_low") return question.delivery_month_low.value;
    return question.rest.value;
}

base::Result<const DivisionModel*> Rulebook::division_on(values::Date day) const {
    if (const DivisionModel* model = row_on(divisions_, day)) return model;
    return missing("division/", "division", day);
}

const SetOff* Rulebook::set_off_on(SetOff::Of of, values::Date day) const {
    const auto found = std::ranges::find_if(
        set_offs_, [&](const SetOff& row) { return row.of == of && row.period.contains(day); });
    return found == set_offs_.end() ? nullptr : &*found;
}

const ActivityRule* Rulebook::activity_on(std::string_view code, values::Date day) const {
    const auto starts_later = [&](const ActivityRule& row) {
        return row.code.view() != code ? row.code.view() > code : row.period.first > day;
    };
    const auto after = std::ranges::partition_point(activities_, std::not_fn(starts_later));
    if (after == activities_.begin()) return nullptr;
    const ActivityRule& row = *std::prev(after);
    return row.code.view() == code && row.period.contains(day) ? &row : nullptr;
}

bool Rulebook::bears_own_payment(const values::PerformanceCode& performance) const {
    return std::ranges::any_of(own_payments_,
                               [&](const OwnPayment& row) { return row.performance == performance; });
}

const OwnPayment* Rulebook::own_payment_on(const values::PerformanceCode& performance,
                                           values::Date day) const {
    return row_on(own_payments_, performance, day);
}

const ReturnCode* Rulebook::return_code(std::string_view code) const {
    const auto found = std::ranges::lower_bound(return_codes_, code, {}, &ReturnCode::code);
    return found != return_codes_.end() && found->code == code ? &*found : nullptr;
}

}  // namespace bundel::rulebook
