#include "intake/completeness.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "intake/forms.h"

namespace bundel::intake {
namespace {

using rulebook::Completeness;
using values::AgbCode;
using values::Date;
using values::Period;

// The whole months that are looked at, oldest first.
std::vector<Period> months_before(const Completeness& rules, Date as_of) {
    std::vector<Period> months;
    const Date newest =
        Period::month_of(as_of.plus_days(-rules.month_closed_days.value)).first.plus_months(-1);
    for (int back = rules.history_months.value - 1; back >= 0; --back)
        months.push_back(Period::month_of(newest.plus_months(-back)));
    return months;
}

// An invoice number as the text before its last digits and those digits.
struct Numbered {
    std::string before;
    std::int64_t number = 0;
    int width = 0;
};

std::optional<Numbered> numbered(const std::string& invoice) {
    std::size_t tail = invoice.size();
    while (tail > 0 && invoice[tail - 1] >= '0' && invoice[tail - 1] <= '9') --tail;
    const std::string digits = invoice.substr(tail);
    const auto number = base::parse_digits(digits);
    if (!number) return std::nullopt;
    return Numbered{invoice.substr(0, tail), *number, static_cast<int>(digits.size())};
}

// Of one number the earliest day and as it was written.
struct Invoice {
    Date dated;
    int width = 0;
    auto operator<=>(const Invoice&) const = default;
};
using Series = std::map<std::int64_t, Invoice>;

bool is_habit(const Series& series, const Completeness& rules) {
    int by_one = 0;
    int otherwise = 0;
    for (auto next = std::next(series.begin()); next != series.end(); ++next)
        ++(next->first - std::prev(next)->first == 1 ? by_one : otherwise);
    return by_one >= rules.habit_invoices.value && by_one > otherwise;
}

void add_gaps(AgbCode declarant, const std::string& before, const Series& series, const Completeness& rules,
              Date as_of, std::vector<Suspicion>& found) {
    for (auto next = std::next(series.begin()); next != series.end(); ++next) {
        const auto& [last_number, last] = *std::prev(next);
        const Date after = next->second.dated;
        const std::int64_t missing = next->first - last_number - 1;
        const bool may_be_late = after.plus_days(rules.patience_days.value) > as_of;
        const bool old = after.plus_months(rules.gap_months.value) < as_of;
        if (missing == 0 || missing > rules.largest_gap.value || may_be_late || old) continue;
        const auto written = [&](std::int64_t number) {
            return before + base::zero_padded(number, last.width);
        };
        Suspicion gap;
        gap.kind = Suspicion::Kind::numbers;
        gap.declarant = declarant;
        gap.first = written(last_number + 1);
        gap.last = written(next->first - 1);
        gap.missing = missing;
        gap.month = Period::month_of(after);
        found.push_back(gap);
    }
}

// The numbers of tables are ours to prescribe: docs/reference/csv.md.
bool is_of_tables(const std::string& before) {
    return std::any_of(forms().begin(), forms().end(), [&](const Form& form) {
        return is_numbered(form) && before == std::string(form.name) + " ";
    });
}

void add_numbers(const std::vector<Delivery>& known, const Completeness& rules, Date as_of,
                 std::vector<Suspicion>& found) {
    std::map<std::pair<AgbCode, std::string>, Series> all;
    for (const Delivery& delivery : known) {
        const auto invoice = numbered(delivery.invoice);
        if (!invoice) continue;
        const Invoice one{delivery.dated, invoice->width};
        auto [at, fresh] = all[{delivery.declarant, invoice->before}].emplace(invoice->number, one);
        if (!fresh) at->second = std::min(at->second, one);
    }
    for (auto& [key, series] : all) {
        const auto& [declarant, before] = key;
        const bool tables = is_of_tables(before);
        if (tables) series.try_emplace(0, Invoice{Date(), series.begin()->second.width});
        if (tables || is_habit(series, rules)) add_gaps(declarant, before, series, rules, as_of, found);
    }
}

// Of the lines per month, in the order of the months.
void add_low_months(AgbCode declarant, const std::vector<std::int64_t>& lines,
                    const std::vector<Period>& months, const Completeness& rules,
                    std::vector<Suspicion>& found) {
    std::vector<std::int64_t> sorted = lines;
    std::sort(sorted.begin(), sorted.end());
    const std::int64_t median = sorted[(sorted.size() - 1) / 2];
    if (median < rules.least_lines.value) return;
    for (std::size_t i = 0; i < months.size(); ++i) {
        if (lines[i] * 100 >= median * rules.low_percent.value) continue;
        Suspicion low;
        low.kind = Suspicion::Kind::month;
        low.declarant = declarant;
        low.month = months[i];
        low.lines = lines[i];
        low.usual = median;
        found.push_back(low);
    }
}

void add_months(const std::vector<Delivery>& known, const std::vector<Period>& months,
                const Completeness& rules, std::vector<Suspicion>& found) {
    std::map<AgbCode, std::vector<std::int64_t>> lines;
    std::map<AgbCode, Date> began;
    for (const Delivery& delivery : known) {
        if (delivery.lines == 0) continue;
        auto& of_declarant = lines[delivery.declarant];
        of_declarant.resize(months.size());
        const auto first = began.try_emplace(delivery.declarant, delivery.dated).first;
        first->second = std::min(first->second, delivery.dated);
        for (std::size_t i = 0; i < months.size(); ++i) {
            if (months[i].contains(delivery.dated)) of_declarant[i] += delivery.lines;
        }
    }
    for (const auto& [declarant, of_declarant] : lines) {
        if (began.at(declarant) <= months.front().last)
            add_low_months(declarant, of_declarant, months, rules, found);
    }
}

}  // namespace

std::vector<Suspicion> suspicions(const std::vector<Delivery>& known, const Completeness& rules, Date as_of) {
    std::vector<Suspicion> found;
    const auto months = months_before(rules, as_of);
    add_numbers(known, rules, as_of, found);
    if (!months.empty()) add_months(known, months, rules, found);
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace bundel::intake
