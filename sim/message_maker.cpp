#include "sim/message_maker.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "wire/csv.h"
#include "wire/encode.h"

namespace bundel::sim {
namespace {

// The check digit of the eleven test (weights 9..2, then -1), or 10 when there is none.
int check_digit(std::int64_t eight_digits) {
    std::int64_t sum = 0;
    for (int weight = 2; weight <= 9; ++weight, eight_digits /= 10) sum += weight * (eight_digits % 10);
    return static_cast<int>(sum % 11);
}

// "02a" -> 2 * 27 + 1. Numbers differ when scenarios do.
Result<std::int64_t> ordinal(const std::string& number) {
    const bool lettered = !number.empty() && number.back() >= 'a' && number.back() <= 'z';
    const auto digits =
        base::parse_digits(std::string_view(number).substr(0, number.size() - (lettered ? 1 : 0)), 999);
    if (!digits) return Error{"scenario_value", {{"file", ""}, {"line", "0"}, {"key", "nummer"}}};
    return *digits * 27 + (lettered ? number.back() - 'a' + 1 : 0);
}

struct WomanLine {
    const Scenario* scenario;
    const ClaimLine* line;
};

// Fields of record 01, 02 and 04 that are filled, by number of the standard.
struct Columns {
    std::array<wire::Column, 10> head;
    std::array<wire::Column, 9> insured;
    std::array<wire::Column, 19> claim;
};

Result<Columns> find_columns(const wire::Layout& layout) {
    Columns columns;
    BUNDEL_TRY(head, layout.columns<10>(
                         {"0105", "0107", "0108", "0111", "0113", "0114", "0115", "0116", "0117", "0119"}));
    BUNDEL_TRY(insured,
               layout.columns<9>({"0203", "0204", "0206", "0207", "0208", "0209", "0210", "0215", "0223"}));
    BUNDEL_TRY(claim, layout.columns<19>({"0403", "0404", "0407", "0412", "0413", "0414", "0415", "0416",
                                          "0417", "0418", "0421", "0423", "0424", "0425", "0427", "0428",
                                          "0429", "0430", "0480"}));
    columns.head = head;
    columns.insured = insured;
    columns.claim = claim;
    return columns;
}

class ClaimFile {
public:
    ClaimFile(const wire::LayoutRef& layout, const Columns& columns, AgbCode practice, UzoviCode insurer,
              Date day)
        : writer_(layout), columns_(columns), practice_(practice), insurer_(insurer), day_(day) {}

    void head(const Period& care) {
        const auto& [kind, software, uzovi, practice, payee, begin, end, invoice, dated, currency] =
            columns_.head;
        writer_.append("01").set(kind, "P").set(software, "BUNDEL-SIM").set(uzovi, insurer_.digits());
        writer_.set(practice, practice_.digits()).set(payee, "03");
        writer_.set(begin, care.first)
            .set(end, care.last)
            .set(invoice, day_.ei().substr(2) + "-" + insurer_.digits());
        writer_.set(dated, day_).set(currency, "EUR");
    }

    void woman(const Woman& woman, const std::string& bsn) {
        const auto& [number, uzovi, patient, born, sex, name_use, name, initials, deceased] =
            columns_.insured;
        writer_.append("02")
            .set(number, bsn)
            .set(uzovi, insurer_.digits())
            .set(patient, patient_number(woman));
        writer_.set(born, woman.born)
            .set(sex, "2")
            .set(name_use, "1")
            .set(name, "Test Vrouw " + woman.number);
        writer_.set(initials, "T").set(deceased, "2");
    }

    void line(const ClaimLine& line, const std::string& bsn, AgbCode midwife) {
        const auto& [number, uzovi, forwardable, begin, end, partus, list, code, treating, speciality,
                     quantity, tariff, calculated, calculated_sign, claimed, claimed_sign, reference,
                     previous, reserve] = columns_.claim;
        static_cast<void>(reserve);
        const Cents amount = line.credit ? -line.amount : line.amount;
        writer_.append("04").set(number, bsn).set(uzovi, insurer_.digits());
        writer_.set(forwardable, "1");  // list COD820 was not found; any filled value
        writer_.set(begin, line.care.first).set(end, line.care.last).set(partus, line.partus);
        writer_.set(list, line.performance.list).set(code, line.performance.code.view());
        writer_.set(treating, midwife.digits()).set(speciality, "0800").set(quantity, std::int64_t{1});
        writer_.set(tariff, line.amount).set_signed(calculated, calculated_sign, amount);
        writer_.set_signed(claimed, claimed_sign, amount)
            .set(reference, line.reference)
            .set(previous, line.previous);
    }

    Result<std::string> finish() {
        writer_.close();
        return writer_.finish();
    }

private:
    wire::Writer writer_;
    const Columns& columns_;
    AgbCode practice_;
    UzoviCode insurer_;
    Date day_;
};

Period span(const std::vector<WomanLine>& lines) {
    Period all = lines.front().line->care;
    for (const auto& one : lines) {
        all.first = std::min(all.first, one.line->care.first);
        all.last = std::max(all.last, one.line->care.last);
    }
    return all;
}

// Lines stand under the record of their woman: one record 02 for each stretch of lines of one woman and BSN
// use.
Result<std::string> claim_file(const std::vector<WomanLine>& lines, const Practice& practice,
                               ClaimFile file) {
    file.head(span(lines));
    const WomanLine* last = nullptr;
    for (const auto& one : lines) {
        BUNDEL_TRY(own, synthetic_bsn(one.scenario->woman.number));
        const auto bsn = written_bsn(own, one.line->bsn);
        const bool same =
            last != nullptr && last->scenario == one.scenario && last->line->bsn == one.line->bsn;
        if (!same) file.woman(one.scenario->woman, bsn);
        file.line(*one.line, bsn, one.line->treating.is_none() ? practice.midwife : one.line->treating);
        last = &one;
    }
    return file.finish();
}

using Batches = std::map<std::pair<AgbCode, UzoviCode>, std::vector<WomanLine>>;

Batches batches_of(const std::vector<Scenario>& scenarios, Date day) {
    Batches batches;
    for (const auto& scenario : scenarios) {
        for (const auto& declaration : scenario.declarations) {
            if (declaration.day != day) continue;
            for (const auto& line : declaration.lines) {
                batches[{declaration.practice, line.insurer}].push_back({&scenario, &line});
            }
        }
    }
    return batches;
}

using Cells = std::map<std::string, std::string>;

std::string csv(const std::vector<Cells>& rows) {
    std::set<std::string> names;
    for (const auto& row : rows) {
        for (const auto& [name, value] : row) names.insert(name);
    }
    std::string bytes = wire::csv_line(std::vector<std::string>(names.begin(), names.end()));
    for (const auto& row : rows) {
        std::vector<std::string> cells;
        for (const auto& name : names) cells.push_back(row.contains(name) ? row.at(name) : "");
        bytes += wire::csv_line(cells);
    }
    return bytes;
}

// What a form needs and no scenario says: whose row it is, and its key.
Result<Cells> form_cells(const Scenario& scenario, const FormRow& row, int place) {
    BUNDEL_TRY(bsn, synthetic_bsn(scenario.woman.number));
    Cells cells = row.cells;
    cells.emplace("sleutel", scenario.woman.number + "-" + row.form + "-" + std::to_string(place));
    cells.emplace("bsn", bsn);
    cells.emplace("patientnummer", patient_number(scenario.woman));
    cells.emplace("praktijk", scenario.woman.practice.digits());
    return cells;
}

}  // namespace

Result<std::string> synthetic_bsn(const std::string& number) {
    BUNDEL_TRY(place, ordinal(number));
    std::int64_t eight = 90'000'000 + place * 100;
    while (check_digit(eight) == 10) ++eight;
    return base::zero_padded(eight * 10 + check_digit(eight), 9);
}

std::string written_bsn(const std::string& own, BsnUse use) {
    if (use == BsnUse::none) return "999999999";
    std::string written = own;
    if (use == BsnUse::wrong) written.back() = static_cast<char>('0' + (written.back() - '0' + 1) % 10);
    return written;
}

std::string patient_number(const Woman& woman) {
    return "V" + woman.number;
}

Result<std::vector<File>> files_of_day(const std::vector<Scenario>& scenarios, const Region& region, Date day,
                                       const wire::LayoutRef& vk301) {
    std::vector<File> files;
    BUNDEL_TRY(columns, find_columns(*vk301));
    for (const auto& [parties, lines] : batches_of(scenarios, day)) {
        const auto& [agb, insurer] = parties;
        const auto practice = region.practices.find(agb);
        if (practice == region.practices.end()) {
            return Error{"scenario_practice_unknown",
                         {{"file", lines.front().scenario->file}, {"agb", agb.digits()}}};
        }
        BUNDEL_TRY(bytes, claim_file(lines, practice->second, ClaimFile(vk301, columns, agb, insurer, day)));
        files.push_back({"VK301-" + agb.digits() + "-" + insurer.digits() + "-" + day.ei() + ".txt", bytes});
    }
    std::map<std::string, std::vector<Cells>> forms;
    for (const auto& scenario : scenarios) {
        int place = 0;
        for (const auto& row : scenario.rows) {
            ++place;
            if (row.day != day) continue;
            BUNDEL_TRY(cells, form_cells(scenario, row, place));
            forms[row.form].push_back(cells);
        }
    }
    for (const auto& [form, rows] : forms) files.push_back({form + "-" + day.ei() + ".csv", csv(rows)});
    return files;
}

}  // namespace bundel::sim
