#include "sim/registration.h"

#include <algorithm>

namespace bundel::sim {
namespace {

constexpr int postnatal_days = 42;

class Registrar {
public:
    Registrar(const NoiseRates& rates, const CareRegion& region, const Life& life, Chance& chance,
              std::vector<Mishap>& mishaps)
        : rates_(rates), region_(region), life_(life), chance_(chance), mishaps_(mishaps) {}

    std::vector<FormRow> all() {
        for (std::size_t i = 0; i < life_.pregnancies.size(); ++i) {
            enrol(i);
            tell_outcome(i);
        }
        insure();
        return std::move(rows_);
    }

private:
    const Pregnancy& pregnancy(std::size_t index) const { return life_.pregnancies[index].pregnancy; }

    // Who has her in care from the first visit on.
    AgbCode enroller(std::size_t index) const {
        return pregnancy(index).second_line_from_start ? region_.hospital
                                                       : region_.practices[life_.practice].agb;
    }

    // The fifth of the next month, or the day after joining when she is still in care then; none: nobody
    // hands it in to the IGO.
    std::optional<Date> told_on(AgbCode organisation, Date known, Date care_ends) const {
        const Date usual = Period::month_of(known).last.plus_days(5);
        if (region_.takes_part(organisation, usual)) return usual;
        for (const auto& one : region_.memberships) {
            const Date joined = one.period.first.plus_days(5);
            if (one.organisation == organisation && joined > usual && joined <= care_ends) return joined;
        }
        return std::nullopt;
    }

    void add(std::optional<Date> day, const char* form, Cells cells) {
        if (day) rows_.push_back({*day, form, std::move(cells)});
    }

    void enrol(std::size_t index) {
        const Pregnancy& now = pregnancy(index);
        const bool missing = chance_.happens(rates_.missing_enrolment);
        const int error = due_date_error(rates_, life_, index, chance_, mishaps_);
        const auto agb = enroller(index);
        const Date care_ends = now.end.plus_days(postnatal_days);
        if (missing) {
            mishaps_.push_back({Fault::missing_enrolment, life_.woman.number, std::to_string(index + 1), 0});
            return;
        }
        Cells cells{{"sleutel", life_.woman.number + "-" + std::to_string(index + 1) + "-in"},
                    {"praktijk", agb.digits()},
                    {"begin", now.first_visit.iso()},
                    {"a_terme", now.onset.plus_days(280 + error).iso()},
                    {"a_terme_bron", now.dating_scan ? "termijnecho" : "geregistreerd"},
                    {"geboortedatum", life_.woman.born.iso()},
                    {"geslacht", "2"},
                    {"naam", "Test Vrouw " + life_.woman.number},
                    {"voorletters", "T"}};
        const auto first = told_on(agb, now.first_visit, care_ends);
        add(first, "inschrijvingen", cells);
        if (first) end_enrolment(index, agb, *first, std::move(cells));
    }

    // Referred before labour or moved: the same enrolment with its end.
    void end_enrolment(std::size_t index, AgbCode agb, Date told, Cells cells) {
        const auto& move = life_.pregnancies[index].move;
        std::optional<Date> left = pregnancy(index).referred;
        if (move) left = move->day;
        if (!left || pregnancy(index).second_line_from_start) return;
        cells["versie"] = "2";
        cells["eind"] = left->plus_days(-1).iso();
        cells["reden"] = move ? "verhuisd" : "verwezen";
        const auto day = told_on(agb, *left, *left);
        if (day) add(std::max(*day, told), "inschrijvingen", std::move(cells));
    }

    void tell_outcome(std::size_t index) {
        const Pregnancy& now = pregnancy(index);
        if (life_.pregnancies[index].move) return;  // the practice she left does not hear of it
        const auto agb = enroller(index);
        Cells cells{{"sleutel", life_.woman.number + "-" + std::to_string(index + 1) + "-uit"},
                    {"praktijk", agb.digits()},
                    {"uitkomst", outcome_word(now.outcome)},
                    {"datum", now.end.iso()}};
        if (now.is_birth()) cells["kinderen"] = std::to_string(now.children.size());
        add(told_on(agb, now.end, now.end.plus_days(postnatal_days)), "uitkomsten", std::move(cells));
    }

    // The insurer is looked up at the first visit, and again each January: nobody knows of a switch before.
    void insure() {
        const Date first = Period::month_of(pregnancy(0).first_visit).last.plus_days(5);
        for (std::size_t i = 0; i < life_.insured.size(); ++i) {
            const Insured& one = life_.insured[i];
            const bool is_last = i + 1 == life_.insured.size();
            Cells cells{{"sleutel", life_.woman.number + "-cov-" + std::to_string(i + 1)},
                        {"praktijk", enroller(0).digits()},
                        {"verzekeraar", one.label.digits()},
                        {"begin", one.from.iso()}};
            const Date known = std::max(first, one.from.plus_days(9));
            const Date ended = is_last ? Date::far_future() : life_.insured[i + 1].from.plus_days(9);
            if (ended > known) add(known, "verzekeringen", cells);
            if (is_last) continue;
            cells["eind"] = life_.insured[i + 1].from.plus_days(-1).iso();
            cells["versie"] = "2";
            add(std::max(known, ended), "verzekeringen", std::move(cells));
        }
    }

    const NoiseRates& rates_;
    const CareRegion& region_;
    const Life& life_;
    Chance& chance_;
    std::vector<Mishap>& mishaps_;
    std::vector<FormRow> rows_;
};

}  // namespace

const char* outcome_word(Outcome outcome) {
    switch (outcome) {
        case Outcome::live_birth: return "levend geboren";
        case Outcome::stillbirth: return "doodgeboren";
        case Outcome::miscarriage: return "miskraam";
        case Outcome::termination: return "afgebroken";
        case Outcome::ectopic: return "buitenbaarmoederlijk";
        case Outcome::molar: break;
    }
    return "mola";
}

std::vector<FormRow> registrations(const NoiseRates& rates, const CareRegion& region, const Life& life,
                                   Chance& chance, std::vector<Mishap>& mishaps) {
    return Registrar(rates, region, life, chance, mishaps).all();
}

}  // namespace bundel::sim
