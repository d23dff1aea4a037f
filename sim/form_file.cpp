#include "sim/form_file.h"

#include <set>

#include "base/text.h"
#include "sim/message_maker.h"
#include "wire/csv.h"

namespace bundel::sim {
namespace {

std::string activities_cell(const std::vector<Activity>& activities) {
    std::string cell;
    for (const auto& one : activities) {
        cell += (cell.empty() ? "" : "|") + one.code + " " + one.day.iso() + " " + std::to_string(one.count);
    }
    return cell;
}

// Columns of the person that a line is about, as its declarant knows her.
Result<Cells> person_cells(const WomanLine& one, const Parties& parties) {
    BUNDEL_TRY(bsn, written_bsn(one.scenario->woman.number, one.line->bsn));
    return Cells{
        {"bsn", bsn},
        {"praktijk", parties.agb.digits()},
        {"patientnummer", patient_number(one.scenario->woman) + (one.line->bsn == BsnUse::child ? "K" : "")}};
}

}  // namespace

std::string amount_cell(Cents amount) {
    return std::to_string(amount.count() / 100) + "," + base::zero_padded(amount.count() % 100, 2);
}

Result<Cells> form_cells(const Scenario& scenario, const FormRow& row, int place) {
    Cells cells = row.cells;
    const auto& number = scenario.woman.number;
    if (row.form != "overgenomen-claims")
        cells.emplace("sleutel", number + "-" + row.form + "-" + std::to_string(place));
    if (row.form == "betalingen") return cells;  // about a claim, not about a woman
    BUNDEL_TRY(bsn, synthetic_bsn(number));
    cells.emplace("bsn", bsn);
    cells.emplace("patientnummer", patient_number(scenario.woman));
    cells.emplace("praktijk", scenario.woman.practice.digits());
    if (row.form != "kinderen") return cells;
    BUNDEL_TRY(child, written_bsn(number, BsnUse::child));
    cells.emplace("kind_bsn", child);
    return cells;
}

Result<Cells> line_cells(const WomanLine& one, const Parties& parties) {
    const ClaimLine& line = *one.line;
    BUNDEL_TRY(cells, person_cells(one, parties));
    const auto treating = line.treating.is_none() ? parties.provider.treating : line.treating;
    cells["regel"] = line.reference;
    cells["vorige"] = line.previous;
    cells["credit"] = line.credit ? "ja" : "nee";
    cells["uzovi"] = parties.insurer.digits();
    cells["prestatie"] = line.performance.str();
    cells["begin"] = line.care.first.iso();
    cells["eind"] = line.care.last.iso();
    cells["partus"] = line.partus ? line.partus->iso() : "";
    cells["uitvoerder"] = treating.digits();
    cells["minuten"] = line.minutes > 0 ? std::to_string(line.minutes) : "";
    cells["tarief"] = amount_cell(line.tariff.value_or(line.amount));
    cells["bedrag"] = amount_cell(line.amount);
    cells["activiteiten"] = activities_cell(line.activities);
    return cells;
}

Result<std::vector<Cells>> activity_cells(const WomanLine& one, const Parties& parties) {
    std::vector<Cells> rows;
    for (const auto& activity : one.line->activities) {
        BUNDEL_TRY(cells, person_cells(one, parties));
        cells["sleutel"] = one.line->reference + "-za" + std::to_string(rows.size() + 1);
        cells["regel_agb"] = parties.agb.digits();
        cells["regel"] = one.line->reference;
        cells["activiteit"] = activity.code;
        cells["datum"] = activity.day.iso();
        cells["aantal"] = std::to_string(activity.count);
        rows.push_back(std::move(cells));
    }
    return rows;
}

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

}  // namespace bundel::sim
