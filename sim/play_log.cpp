#include "sim/play_log.h"

#include "sim/files.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;

constexpr const char* last_file = "laatste.csv";
constexpr const char* told_file = "verteld.csv";
constexpr const char* suspected_file = "vermoedens.csv";

std::string row(const std::vector<std::string>& cells) {
    return wire::csv_line(cells);
}

Date day(const std::string& cell) {
    const auto date = Date::parse(cell);
    return date.ok() ? *date : Date();
}

}  // namespace

Result<base::Done> PlayLog::add_overlaps(const File& file, Date day) {
    base::Findings findings;
    const auto table = wire::read_csv(file.bytes, file.name, findings);
    if (!table || !findings.empty()) return Error{"sim_file_unreadable", {{"file", file.name}}};
    for (const auto& row : table->rows) {
        const CsvCells cells(*table, row);
        const std::string before = cells.at("uzovi") + "-" + cells.at("declarant") + "-";
        told.try_emplace(cells.at("declarant") + "/" + cells.at("sleutel").substr(before.size()), day);
    }
    return base::Done{};
}

Result<base::Done> PlayLog::write(const fs::path& folder) const {
    BUNDEL_TRY_DONE(write_file(folder / last_file, row({"dag"}) + row({last.iso()})));
    std::string lines = row({"regel", "dag"});
    for (const auto& [line, first] : told) lines += row({line, first.iso()});
    BUNDEL_TRY_DONE(write_file(folder / told_file, lines));
    std::string questions = row({"vraag", "deelnemer", "code", "van", "tot", "dag"});
    for (const auto& [key, one] : suspected)
        questions += row({key, one.participant, one.code, one.first, one.last, one.first_asked.iso()});
    return write_file(folder / suspected_file, questions);
}

Result<PlayLog> PlayLog::read(const fs::path& folder) {
    PlayLog log;
    BUNDEL_TRY_DONE(
        each_row(folder / last_file, [&](const CsvCells& row) { log.last = day(row.at("dag")); }));
    BUNDEL_TRY_DONE(each_row(folder / told_file, [&](const CsvCells& row) {
        log.told.emplace(row.at("regel"), day(row.at("dag")));
    }));
    BUNDEL_TRY_DONE(each_row(folder / suspected_file, [&](const CsvCells& row) {
        log.suspected.emplace(row.at("vraag"), Suspected{row.at("deelnemer"), row.at("code"), row.at("van"),
                                                         row.at("tot"), day(row.at("dag"))});
    }));
    return log;
}

}  // namespace bundel::sim
