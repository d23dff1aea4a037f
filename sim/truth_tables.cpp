#include "sim/truth_tables.h"

#include "base/text.h"
#include "sim/files.h"

namespace bundel::sim {
namespace {
namespace fs = std::filesystem;

std::optional<Date> day(const std::string& cell) {
    const auto date = Date::parse(cell);
    if (!date.ok()) return std::nullopt;
    return *date;
}

Cents cents(const std::string& cell) {
    return Cents::of(base::parse_digits(cell, 1'000'000'000'000).value_or(0));
}

std::size_t index_in(const CsvCells& row) {
    return static_cast<std::size_t>(base::parse_digits(row.at("zwangerschap"), 1'000).value_or(1)) - 1;
}

TruePhase phase_from(const CsvCells& row) {
    return {index_in(row),   phase_of(row.at("fase")), row.at("route"),
            row.at("reden"), row.at("uzovi"),          cents(row.at("centen"))};
}

TrueLine line_from(const CsvCells& row) {
    TrueLine line{row.at("agb") + "/" + row.at("regel"),
                  index_in(row),
                  row.at("ontvanger") == "igo",
                  day(row.at("ontvangen")),
                  row.at("stand"),
                  row.at("bestemming"),
                  {}};
    const std::pair<const char*, Phase> columns[] = {
        {"prenataal", Phase::prenatal}, {"nataal", Phase::natal}, {"postnataal", Phase::postnatal}};
    for (const auto& [column, phase] : columns) {
        const Cents part = cents(row.at(column));
        if (!part.is_zero()) line.parts[phase] = part;
    }
    return line;
}

// "igo/VK301-08002012-9101-20240305.txt", "igo/uitkomsten-08002012-20240405.csv"
std::optional<LostFile> lost_file(const std::string& name, const std::string& number) {
    const auto parts = base::split(name, '-');
    const auto sender = AgbCode::parse(parts.size() < 3 ? "" : parts[1]);
    if (!name.starts_with("igo/") || !sender.ok()) return std::nullopt;
    return LostFile{name, *sender, number};
}

class Reader {
public:
    explicit Reader(fs::path folder) : folder_(std::move(folder)) {}

    Result<TrueRegion> read() {
        BUNDEL_TRY_DONE(each_row(folder_ / "vrouwen.csv", [&](const CsvCells& row) {
            region_.place.emplace(row.at("vrouw"), region_.women.size());
            region_.women.push_back({row.at("vrouw"), {}, {}, {}, {}, {}});
        }));
        BUNDEL_TRY_DONE(of_women("zwangerschappen.csv", [](const CsvCells& row, TrueWoman& her) {
            her.pregnancies.push_back(
                {day(row.at("a_terme")).value_or(Date()), day(row.at("einde")).value_or(Date())});
        }));
        BUNDEL_TRY_DONE(of_women(
            "fasen.csv", [](const CsvCells& row, TrueWoman& her) { her.phases.push_back(phase_from(row)); }));
        BUNDEL_TRY_DONE(of_women("kenbaar.csv", [](const CsvCells& row, TrueWoman& her) {
            her.known.push_back(
                {day(row.at("vanaf")).value_or(Date()), row.at("buiten") == "ja", phase_from(row)});
        }));
        BUNDEL_TRY_DONE(read_what_was_sent());
        BUNDEL_TRY_DONE(each_row(folder_ / "ruis.csv", [&](const CsvCells& row) { add_fault(row); }));
        return std::move(region_);
    }

private:
    using OfWoman = std::function<void(const CsvCells&, TrueWoman&)>;
    Result<base::Done> of_women(const char* file, const OfWoman& look) {
        return each_row(folder_ / file, [&](const CsvCells& row) {
            const auto found = region_.place.find(row.at("vrouw"));
            if (found != region_.place.end()) look(row, region_.women[found->second]);
        });
    }

    Result<base::Done> read_what_was_sent() {
        BUNDEL_TRY_DONE(of_women("regels.csv", [](const CsvCells& row, TrueWoman& her) {
            her.lines.push_back(line_from(row));
            if (!her.lines.back().received) her.faults.insert("lost_file");
        }));
        return of_women("meldingen.csv", [](const CsvCells& row, TrueWoman& her) {
            if (row.at("ontvangen").empty()) her.faults.insert("lost_file");
        });
    }

    void add_fault(const CsvCells& row) {
        const auto her = region_.place.find(row.at("vrouw"));
        if (her != region_.place.end()) region_.women[her->second].faults.insert(row.at("fout"));
        if (row.at("fout") != "lost_file") return;
        if (const auto lost = lost_file(row.at("onderwerp"), row.at("nummer"))) region_.lost.push_back(*lost);
    }

    fs::path folder_;
    TrueRegion region_;
};

}  // namespace

Result<TrueRegion> read_truth(const fs::path& folder) {
    return Reader(folder).read();
}

}  // namespace bundel::sim
