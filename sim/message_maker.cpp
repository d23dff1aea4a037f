#include "sim/message_maker.h"

#include <algorithm>

#include "base/text.h"
#include "sim/claim_file.h"
#include "sim/form_file.h"

namespace bundel::sim {
namespace {

// The check digit of the eleven test (weights 9..2, then -1), or 10 when there is none.
int check_digit(std::int64_t eight_digits) {
    std::int64_t sum = 0;
    for (int weight = 2; weight <= 9; ++weight, eight_digits /= 10) sum += weight * (eight_digits % 10);
    return static_cast<int>(sum % 11);
}

// The first BSN from these eight digits on.
std::string bsn_at(std::int64_t eight_digits) {
    while (check_digit(eight_digits) == 10) ++eight_digits;
    return base::zero_padded(eight_digits * 10 + check_digit(eight_digits), 9);
}

constexpr int women_of_a_region = 690'000;

// Where the numbers of a woman begin, with room for her child: "02a" is of a scenario, "R000017" of a region.
Result<std::int64_t> first_digits(const std::string& number, bool child) {
    if (number.starts_with("R")) {
        const auto place = base::parse_digits(std::string_view(number).substr(1), women_of_a_region - 1);
        if (place) return 93'000'000 + *place * 10 + (child ? 5 : 0);
    }
    const bool lettered = !number.empty() && number.back() >= 'a' && number.back() <= 'z';
    const auto digits =
        base::parse_digits(std::string_view(number).substr(0, number.size() - (lettered ? 1 : 0)), 999);
    if (!digits) return Error{"scenario_value", {{"file", ""}, {"line", "0"}, {"key", "nummer"}}};
    const int letter = lettered ? number.back() - 'a' + 1 : 0;
    return 90'000'000 + (*digits * 27 + letter) * 100 + (child ? 50 : 0);
}

struct Batch {
    AgbCode provider;
    UzoviCode insurer;
    std::string message;
    auto operator<=>(const Batch&) const = default;
};
using Batches = std::map<Batch, std::vector<WomanLine>>;

Batches batches_of(const std::vector<Scenario>& scenarios, Date day) {
    Batches batches;
    for (const auto& scenario : scenarios) {
        for (const auto& declaration : scenario.declarations) {
            if (declaration.day != day) continue;
            const auto message = declaration.message.empty()
                                     ? std::string(usual_message(declaration.provider))
                                     : declaration.message;
            for (const auto& line : declaration.lines) {
                batches[{declaration.provider, line.insurer, message}].push_back({&scenario, &line});
            }
        }
    }
    return batches;
}

using Tables = std::map<std::string, std::vector<Cells>>;  // name of the form -> rows

Result<Parties> parties_of(const Batch& batch, const std::vector<WomanLine>& lines, const Region& region) {
    const auto provider = region.providers.find(batch.provider);
    if (provider != region.providers.end()) return Parties{batch.provider, provider->second, batch.insurer};
    return Error{"scenario_provider_unknown",
                 {{"file", lines.front().scenario->file}, {"agb", batch.provider.digits()}}};
}

Result<wire::LayoutRef> layout_of(const Batch& batch, const std::vector<WomanLine>& lines,
                                  const wire::Layouts& layouts) {
    const auto space = std::min(batch.message.find(' '), batch.message.size() - 1);
    const auto layout = layouts.find(batch.message.substr(0, space), batch.message.substr(space + 1));
    if (layout != nullptr) return layout;
    return Error{"scenario_message_unknown",
                 {{"file", lines.front().scenario->file}, {"message", batch.message}}};
}

// Lines as rows of a table, for a provider that sends no messages.
Result<base::Done> add_lines(const std::vector<WomanLine>& lines, const Parties& parties, Tables& tables) {
    for (const auto& line : lines) {
        BUNDEL_TRY(cells, line_cells(line, parties));
        tables["declaraties"].push_back(cells);
    }
    return base::Done{};
}

// Activities that the message has no room for.
Result<base::Done> add_activities(const std::vector<WomanLine>& lines, const Parties& parties,
                                  Tables& tables) {
    for (const auto& line : lines) {
        BUNDEL_TRY(rows, activity_cells(line, parties));
        if (!rows.empty())
            tables["zorgactiviteiten"].insert(tables["zorgactiviteiten"].end(), rows.begin(), rows.end());
    }
    return base::Done{};
}

Result<base::Done> add_rows(const std::vector<Scenario>& scenarios, Date day, Tables& tables) {
    for (const auto& scenario : scenarios) {
        int place = 0;
        for (const auto& row : scenario.rows) {
            ++place;
            if (row.day != day) continue;
            BUNDEL_TRY(cells, form_cells(scenario, row, place));
            tables[row.form].push_back(cells);
        }
    }
    return base::Done{};
}

}  // namespace

Result<std::string> synthetic_bsn(const std::string& number) {
    return written_bsn(number, BsnUse::own);
}

Result<std::string> written_bsn(const std::string& number, BsnUse use) {
    if (use == BsnUse::none) return std::string("999999999");
    BUNDEL_TRY(digits, first_digits(number, use == BsnUse::child));
    std::string written = bsn_at(digits);
    if (use == BsnUse::wrong) written.back() = static_cast<char>('0' + (written.back() - '0' + 1) % 10);
    return written;
}

std::string patient_number(const Woman& woman) {
    return "V" + woman.number;
}

Result<std::vector<File>> files_of_day(const std::vector<Scenario>& scenarios, const Region& region, Date day,
                                       const wire::Layouts& layouts) {
    std::vector<File> files;
    Tables tables;
    for (const auto& [batch, lines] : batches_of(scenarios, day)) {
        BUNDEL_TRY(parties, parties_of(batch, lines, region));
        if (batch.message == "csv") {
            BUNDEL_TRY_DONE(add_lines(lines, parties, tables));
            continue;
        }
        BUNDEL_TRY(layout, layout_of(batch, lines, layouts));
        BUNDEL_TRY(bytes, claim_file(layout, parties, day, lines));
        const bool usual = batch.message == usual_message(batch.provider);
        files.push_back({(usual ? layout->message() : layout->name()) + "-" + batch.provider.digits() + "-" +
                             batch.insurer.digits() + "-" + day.ei() + ".txt",
                         bytes});
        if (layout->record_index("16") < 0) BUNDEL_TRY_DONE(add_activities(lines, parties, tables));
    }
    BUNDEL_TRY_DONE(add_rows(scenarios, day, tables));
    for (const auto& [form, rows] : tables) files.push_back({form + "-" + day.ei() + ".csv", csv(rows)});
    return files;
}

}  // namespace bundel::sim
