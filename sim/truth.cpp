#include "sim/truth.h"

#include "sim/knowable.h"
#include "sim/message_maker.h"
#include "sim/naive.h"
#include "sim/registration.h"
#include "wire/csv.h"

namespace bundel::sim {
namespace {

class Table {
public:
    explicit Table(const std::vector<std::string>& header) { row(header); }
    void row(const std::vector<std::string>& cells) { bytes_ += wire::csv_line(cells); }
    const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

std::string day_if(const std::optional<Date>& day) {
    return day ? day->iso() : "";
}
std::string yes(bool value) {
    return value ? "ja" : "nee";
}

const char* labour_word(Labour labour) {
    switch (labour) {
        case Labour::spontaneous: return "spontaan";
        case Labour::induced: return "ingeleid";
        case Labour::planned_caesarean: return "geplande keizersnede";
        case Labour::none: break;
    }
    return "";
}
const char* mode_word(Mode mode) {
    switch (mode) {
        case Mode::spontaneous: return "spontaan";
        case Mode::instrumental: return "kunstverlossing";
        case Mode::caesarean: return "keizersnede";
        case Mode::none: break;
    }
    return "";
}
const char* place_word(Place place) {
    switch (place) {
        case Place::home: return "thuis";
        case Place::birth_centre: return "geboortecentrum";
        case Place::outpatient_hospital: return "poliklinisch";
        case Place::hospital: return "ziekenhuis";
        case Place::none: break;
    }
    return "";
}

// Contract: the number of a woman of a region.
std::string bsn_of(const Woman& woman) {
    return *synthetic_bsn(woman.number);
}

void tell_woman(const WomanTruth& woman, Table& women, Table& insured) {
    const Woman& who = woman.life.woman;
    women.row({who.number, bsn_of(who), who.practice.digits(), patient_number(who), who.born.iso()});
    for (const auto& one : woman.life.insured) insured.row({who.number, one.from.iso(), one.label.digits()});
}

void tell_pregnancies(const WomanTruth& woman, Table& pregnancies, Table& children) {
    int number = 0;
    for (const auto& carried : woman.life.pregnancies) {
        const Pregnancy& one = carried.pregnancy;
        const auto which = std::to_string(++number);
        pregnancies.row({woman.life.woman.number, which, std::to_string(carried.mother.age),
                         std::to_string(carried.mother.parity), one.onset.iso(),
                         one.onset.plus_days(280).iso(), one.first_visit.iso(),
                         yes(one.second_line_from_start), day_if(one.referred), yes(one.referred_in_labour),
                         carried.move ? carried.move->day.iso() : "", outcome_word(one.outcome),
                         one.end.iso(), std::to_string(one.children.size()), labour_word(one.labour),
                         mode_word(one.mode), place_word(one.place), std::to_string(one.kraamzorg_minutes)});
        for (const Child& child : one.children) {
            children.row({woman.life.woman.number, which, child.girl ? "meisje" : "jongen", yes(child.alive),
                          yes(child.died), yes(child.small)});
        }
    }
}

std::string part(const DueLine& due, Phase phase) {
    const auto found = due.parts.find(phase);
    return std::to_string(found == due.parts.end() ? 0 : found->second.count());
}

void tell_lines(const CareRegion& region, const WomanTruth& woman, Table& lines) {
    const auto due = lines_due(region, woman.life, woman.lines);
    for (std::size_t i = 0; i < due.size(); ++i) {
        const Delivered& one = woman.lines[i];
        const ClaimLine& line = one.line;
        lines.row({one.provider.digits(), line.reference, woman.life.woman.number,
                   std::to_string(one.pregnancy + 1), line.performance.str(), line.care.first.iso(),
                   line.care.last.iso(), std::to_string(line.amount.count()), line.credit ? "C" : "D",
                   line.previous, line.insurer.digits(), one.handed_in.iso(), day_if(one.received),
                   one.to_igo ? "igo" : "verzekeraar", standing_word(due[i].standing),
                   due[i].beside ? "beside" : "in_scope", part(due[i], Phase::prenatal),
                   part(due[i], Phase::natal), part(due[i], Phase::postnatal)});
    }
}

void tell_phases(const CareRegion& region, const WomanTruth& woman, Table& phases) {
    for (const DuePhase& one : phases_due(region, woman.life, woman.lines, woman.scenario.rows)) {
        phases.row({woman.life.woman.number, std::to_string(one.pregnancy + 1), phase_word(one.phase),
                    one.integrated ? "integrated" : "mono", one.reason, one.insurer.digits(),
                    std::to_string(one.price.count())});
    }
}

void tell_rows(const WomanTruth& woman, Table& rows) {
    for (std::size_t i = 0; i < woman.told.size(); ++i) {
        const FormRow& row = woman.scenario.rows[i];
        rows.row({woman.life.woman.number, row.form, row.cells.at("sleutel"), row.day.iso(),
                  day_if(woman.told[i])});
    }
}

void tell_knowable(const CareRegion& region, const WomanTruth& woman, Table& known) {
    std::vector<ToldRow> rows;
    for (std::size_t i = 0; i < woman.told.size(); ++i)
        rows.push_back({woman.scenario.rows[i], woman.told[i]});
    for (const KnownPhase& one : knowable(region, woman.life, woman.lines, rows)) {
        const DuePhase& due = one.due;
        known.row({woman.life.woman.number, std::to_string(due.pregnancy + 1), phase_word(due.phase),
                   one.from.iso(), yes(one.outside),
                   one.gone         ? "none"
                   : due.integrated ? "integrated"
                                    : "mono",
                   due.reason, due.insurer.digits(), std::to_string(due.price.count())});
    }
}

}  // namespace

std::map<std::string, std::string> truth_files(const CareRegion& region, const std::deque<WomanTruth>& women,
                                               const std::vector<Mishap>& mishaps) {
    Table who({"vrouw", "bsn", "praktijk", "patientnummer", "geboren"});
    Table insured({"vrouw", "vanaf", "uzovi"});
    Table pregnancies({"vrouw", "zwangerschap", "leeftijd", "eerdere_bevallingen", "begin", "a_terme",
                       "eerste_zorg", "tweede_lijn_vanaf_begin", "verwezen", "verwezen_tijdens_baring",
                       "verhuisd", "uitkomst", "einde", "kinderen", "begin_baring", "wijze", "plaats",
                       "kraamzorg_minuten"});
    Table children({"vrouw", "zwangerschap", "geslacht", "levend", "overleden_28_dagen", "klein"});
    Table lines({"agb", "regel", "vrouw", "zwangerschap", "prestatie", "begin", "eind", "centen", "soort",
                 "vorige", "uzovi", "aangeleverd", "ontvangen", "ontvanger", "stand", "bestemming",
                 "prenataal", "nataal", "postnataal"});
    Table phases({"vrouw", "zwangerschap", "fase", "route", "reden", "uzovi", "centen"});
    Table known({"vrouw", "zwangerschap", "fase", "vanaf", "buiten", "route", "reden", "uzovi", "centen"});
    Table rows({"vrouw", "formulier", "sleutel", "aangeleverd", "ontvangen"});
    for (const auto& woman : women) {
        tell_woman(woman, who, insured);
        tell_pregnancies(woman, pregnancies, children);
        tell_lines(region, woman, lines);
        tell_phases(region, woman, phases);
        tell_rows(woman, rows);
        tell_knowable(region, woman, known);
    }
    Table noise({"fout", "vrouw", "onderwerp", "dagen", "nummer"});
    for (const auto& one : mishaps)
        noise.row({fault_word(one.fault), one.woman, one.subject, std::to_string(one.days), one.number});
    return {{"vrouwen.csv", who.bytes()},
            {"verzekeringen.csv", insured.bytes()},
            {"zwangerschappen.csv", pregnancies.bytes()},
            {"kinderen.csv", children.bytes()},
            {"regels.csv", lines.bytes()},
            {"fasen.csv", phases.bytes()},
            {"meldingen.csv", rows.bytes()},
            {"kenbaar.csv", known.bytes()},
            {"ruis.csv", noise.bytes()}};
}

}  // namespace bundel::sim
