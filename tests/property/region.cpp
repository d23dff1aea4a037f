#include "region.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"

namespace bundel::testing {
using values::AgbCode;
using values::Date;
using values::Period;

namespace {

const AgbCode practices[] = {AgbCode::of(8'000'101), AgbCode::of(8'000'102)};
const AgbCode hospital = AgbCode::of(6'000'301);
const AgbCode kraamzorg = AgbCode::of(33'000'401);
const AgbCode members[] = {practices[0], practices[1], hospital, kraamzorg};
const AgbCode outside_practice = AgbCode::of(8'000'900);
const AgbCode outside_kraamzorg = AgbCode::of(33'000'900);
constexpr const char* insurers[] = {"9101", "9101", "9101", "9102", "9201", "9301"};

int check_digit(std::size_t eight_digits) {
    std::size_t sum = 0;
    for (std::size_t weight = 2; weight <= 9; ++weight, eight_digits /= 10)
        sum += weight * (eight_digits % 10);
    return static_cast<int>(sum % 11);
}

class Maker {
public:
    Maker(std::uint64_t seed, Shape shape) : chance_(seed), wide_(shape == Shape::wide) {}

    Region make() {
        // 2023-02: all of it under the regime of 2023; 2021-10: under the one before.
        const Date starts[] = {Date::of(2023, 2, 1), Date::of(2021, 10, 1), Date::of(2024, 2, 1)};
        start_ = starts[below(3)];
        agreements();
        region_.women = one_in(4) ? 1 + below(wide_ ? 6 : 4) : 1 + below(2);
        for (std::size_t i = 0; i < region_.women; ++i) woman(i + 1);
        if (one_in(3)) judge();
        write_files();
        return std::move(region_);
    }

private:
    std::size_t below(std::size_t bound) { return chance_.below(bound); }
    bool one_in(std::size_t n) { return below(n) == 0; }
    int between(int first, int last) {
        return first + static_cast<int>(below(std::size_t(last - first + 1)));
    }

    // Post comes on a few days, so that what women have in common stands in one file.
    Date post_after(Date day) {
        const int step = 45;
        int number = values::days_between(start_, day) / step + 1;
        if (one_in(5)) number += between(1, wide_ ? 12 : 2);
        return std::min(start_.plus_days(number * step), narrow_last());
    }
    // Before the first deadline of care that began at the first intake.
    Date narrow_last() const { return start_.plus_days(wide_ ? 3000 : 400); }

    std::string usual_form(AgbCode practice) {
        static constexpr const char* of_hospital[] = {hospital_message, hospital_message_with_activities,
                                                      table};
        if (practice == hospital) return of_hospital[below(3)];
        if (practice != kraamzorg && practice != outside_kraamzorg) return midwife_message;
        return one_in(6) ? table : kraamzorg_message;
    }

    void tell(const Line& line, Date day) {
        lines_[{day, line.practice, line.insurer, line.form, below(3)}].push_back(line);
    }
    void tell(const std::string& form, Cells row, Date day) { forms_[{day, form, below(2)}].push_back(row); }

    // ---- Agreements ----

    void agreements() {
        const Date day = one_in(4) ? start_.plus_days(between(1, 300)) : start_;
        for (const AgbCode practice : members) {
            Cells row{{"sleutel", "lid-" + practice.digits()},
                      {"organisatie", practice.digits()},
                      {"igo", region_igo.digits()},
                      {"begin", "2017-01-01"},
                      {"eind", ""},
                      {"versie", "1"}};
            tell("lidmaatschappen", row, day);
            if (!one_in(8)) continue;
            row["versie"] = "2";
            row[one_in(2) ? "eind" : "begin"] = start_.plus_days(between(-200, 300)).iso();
            tell("lidmaatschappen", row, post_after(start_.plus_days(between(0, 300))));
        }
        for (const char* concern : {"9101", "9201"}) contract(concern, day);
    }

    void contract(const std::string& concern, Date day) {
        static constexpr const char* overlaps[] = {"terugvallen", "in de prijs", "vaste aftrek",
                                                   "werkelijke aftrek", "jaarlijkse verrekening"};
        static constexpr const char* extents[] = {"", "fase", "zwangerschap"};
        static constexpr const char* days[] = {"", "", "begin fase", "geboorte", "begin zwangerschap"};
        for (const bool old : {true, false}) {
            const std::string overlap = old ? "terugvallen" : overlaps[below(5)];
            Cells row{{"sleutel", concern + (old ? "-2017" : "-2023")},
                      {"igo", region_igo.digits()},
                      {"labels", concern == "9101" ? "9101 9102" : concern},
                      {"begin", old ? "2017-01-01" : "2023-01-01"},
                      {"eind", old ? "2022-12-31" : ""},
                      {"regime", old ? "2017" : "2023"},
                      {"status", "voorbeeld"},
                      {"samenloop", overlap},
                      {"indienen_maanden", "12"},
                      {"vraag_dagen", "30"},
                      {"antwoord_dagen", "60"},
                      {"breuk", extents[below(3)]},
                      {"peildag_tarief", days[below(5)]},
                      {"peildag_lidmaatschap", days[below(5)]},
                      {"vaste_aftrek", overlap == "vaste aftrek" ? "50,00" : ""},
                      {"versie", "1"}};
            const std::string from = old ? " 2017-01-01 - " : " 2023-01-01 - ";
            const auto prices = [&](int euros) {
                const auto price = [&](const char* performance, int above) {
                    return performance + from + std::to_string(euros + above) + ",01";
                };
                // Of both catalogues: a price that the rulebook does not know is never asked for.
                return price(old ? "early_loss" : "loss_24", -520) + " | " + price("loss_20", -500) + " | " +
                       price("prenatal", 0) + " | " + price("natal", 70) + " | " + price("postnatal", -270) +
                       " | " + price("pregnancy", 10) + " | " + price("pregnancy_complex", 410) + " | " +
                       price("birth", 380) + " | " + price("birth_complex", 790);
            };
            row["prijzen"] = prices(700);
            tell("contracten", row, day);
            if (!one_in(6)) continue;
            row["versie"] = "2";
            row["prijzen"] = prices(640 + between(0, 9));
            tell("contracten", row, post_after(start_.plus_days(between(0, 350))));
        }
    }

    // ---- One woman ----

    struct Herself {
        std::string number;  // "1"
        std::string bsn;
        AgbCode practice;
        std::string insurer;
        Date onset;
        Date end;  // of the pregnancy
        bool birth = true;
        std::string child_bsn;
        int references = 0;
        int facts = 0;
    };

    Cells cells(const Herself& her, const std::string& key) {
        return {{"sleutel", her.number + "-" + key},
                {"versie", "1"},
                {"vervallen", ""},
                {"bsn", her.bsn},
                {"praktijk", her.practice.digits()},
                {"patientnummer", "P" + her.number}};
    }

    void woman(std::size_t number) {
        Herself her;
        her.number = std::to_string(number);
        her.bsn = made_up_bsn(number);
        her.child_bsn = made_up_bsn(500 + number);
        her.practice = practices[below(2)];
        her.insurer = insurers[below(6)];
        women_.push_back(her);
        her.onset = start_.plus_days(between(0, wide_ ? 500 : 12));
        pregnancy(her, "a");
        if (wide_ && one_in(8)) {
            her.onset = her.onset.plus_days(between(330, 700));
            pregnancy(her, "b");
        }
    }

    void pregnancy(Herself& her, const std::string& which) {
        her.birth = !one_in(7);
        her.end = her.onset.plus_days(her.birth ? between(255, 292) : between(64, 150));
        enrolment(her, which);
        outcome(her, which);
        if (one_in(4)) phase_end(her, which);
        if (one_in(3)) insurance(her, which);
        if (!one_in(6)) care(her);
        if (one_in(4)) hospital_care(her);
        if (one_in(5)) kraamzorg_care(her);
        if (her.birth && one_in(12)) child_care(her);
        if (one_in(5)) outside_care(her);
        if (one_in(14)) overlap(her);
        if (one_in(14)) bought(her);
        if (one_in(5)) other_care(her);
    }

    void enrolment(const Herself& her, const std::string& which) {
        if (one_in(12)) return;
        Cells row = cells(her, which + "-in");
        const Date begin = her.onset.plus_days(between(42, 62));
        row["begin"] = begin.iso();
        row["eind"] = "";
        row["reden"] = "";
        row["a_terme"] = one_in(6) ? "" : her.onset.plus_days(280).iso();
        row["a_terme_bron"] = row["a_terme"].empty() || one_in(2) ? "" : "termijnecho";
        if (row["a_terme"].empty()) row["a_terme_bron"] = "";
        tell("inschrijvingen", row, post_after(begin));
        if (!one_in(4)) return;
        row["versie"] = "2";
        if (one_in(3)) {
            row["vervallen"] = one_in(4) ? "ja" : "";
            row["eind"] = begin.plus_days(between(30, 120)).iso();
            row["reden"] = one_in(2) ? "verhuisd" : "gestopt";
        } else {
            row["a_terme"] = her.onset.plus_days(280 + between(-9, 9)).iso();
        }
        tell("inschrijvingen", row, post_after(begin.plus_days(between(20, 160))));
    }

    void outcome(const Herself& her, const std::string& which) {
        if (one_in(10)) return;
        Cells row = cells(her, which + "-uit");
        row["uitkomst"] = her.birth ? "levend geboren" : "miskraam";
        row["kinderen"] = her.birth ? (one_in(20) ? "2" : "1") : "";
        row["datum"] = her.end.iso();
        row["zwangerschapsduur"] =
            one_in(3) ? std::to_string(values::days_between(her.onset, her.end) / 7) + "+0" : "";
        tell("uitkomsten", row, post_after(her.end));
        if (!one_in(6)) return;
        row["versie"] = "2";
        if (one_in(4))
            row["vervallen"] = "ja";
        else
            row["datum"] = her.end.plus_days(between(-2, 2)).iso();
        tell("uitkomsten", row, post_after(her.end));
    }

    void phase_end(const Herself& her, const std::string& which) {
        if (!her.birth) return;
        static constexpr const char* names[] = {"prenataal", "nataal", "postnataal"};
        const std::size_t phase = below(3);
        Cells row = cells(her, which + "-fase");
        row["fase"] = names[phase];
        row["datum"] = her.end.plus_days(phase == 0 ? -1 : phase == 1 ? 0 : between(30, 42)).iso();
        row["reden"] = one_in(3) ? "bevallen" : "";
        tell("fase-einden", row, post_after(her.end.plus_days(30)));
    }

    void insurance(const Herself& her, const std::string& which) {
        Cells row = cells(her, which + "-cov");
        const Date change = Date::of(her.onset.year() + 1, 1, 1);
        row["verzekeraar"] = her.insurer;
        row["betaler"] = "";
        row["begin"] = her.onset.plus_days(-100).iso();
        row["eind"] = one_in(2) ? change.plus_days(-1).iso() : "";
        const bool changes = !row["eind"].empty();
        tell("verzekeringen", row, post_after(her.onset.plus_days(between(50, 300))));
        if (!changes) return;
        row["sleutel"] += "2";
        row["verzekeraar"] = insurers[below(6)];
        if (one_in(6)) {
            row["verzekeraar"] = "";
            row["betaler"] = "asielopvang";
        }
        row["begin"] = change.iso();
        row["eind"] = "";
        tell("verzekeringen", row, post_after(change));
    }

    Line line(Herself& her, AgbCode practice) {
        Line made;
        made.practice = practice;
        made.form = usual_form(practice);
        made.insurer = her.insurer;
        made.bsn = her.bsn;
        made.patient = "P" + her.number;
        made.reference = "L" + her.number + "-" + std::to_string(++her.references);
        if (wide_ && one_in(40)) made.reference = "L1-1";
        return made;
    }
    Line line(Herself& her, AgbCode practice, const char* code, Period care, std::int64_t cents) {
        Line made = line(her, practice);
        made.code = code;
        made.care = care;
        made.cents = cents;
        return made;
    }

    void care(Herself& her) {
        const Date first = her.onset.plus_days(70);
        const Date end = std::max(first, her.end);
        const AgbCode practice = one_in(8) ? practices[below(2)] : her.practice;
        if (!her.birth) return hand_in(her, line(her, practice, "1201", {first.plus_days(-10), end}, 16777));
        const Date after = end.plus_days(between(8, 20));
        if (one_in(2)) return hand_in(her, line(her, practice, "1001", {first, after}, 131075));
        if (!one_in(5)) hand_in(her, line(her, practice, one_in(3) ? "1203" : "1101", {first, end}, 48705));
        if (!one_in(5)) hand_in(her, line(her, practice, "1102", Period::day(end), 52952));
        if (!one_in(5)) hand_in(her, line(her, practice, "1103", {end, after}, 29418));
    }

    // A line of the made-up list of what is not verloskunde.
    Line example_line(Herself& her, AgbCode practice, const char* code, Period care, std::int64_t cents) {
        Line made = line(her, practice, code, care, cents);
        made.list = 999;
        return made;
    }

    Line timed_line(Herself& her, AgbCode practice, const char* code, Period care, int hours) {
        Line made = example_line(her, practice, code, care, hours * 4800);
        made.minutes = hours * 60;
        return made;
    }

    void kraamzorg_care(Herself& her) {
        const Date intake = std::min(her.end, her.onset.plus_days(between(90, 150)));
        if (one_in(2)) hand_in(her, example_line(her, kraamzorg, "KZINS", Period::day(intake), 3025));
        if (one_in(3)) hand_in(her, example_line(her, kraamzorg, "KZINT", Period::day(intake), 6050));
        if (!her.birth) return;
        if (one_in(4)) hand_in(her, timed_line(her, kraamzorg, "KZPAU", Period::day(her.end), between(1, 6)));
        const Period week{her.end, her.end.plus_days(between(2, 8))};
        if (!one_in(3)) hand_in(her, timed_line(her, kraamzorg, "KZUUR", week, between(24, 49)));
    }

    void hospital_care(Herself& her) {
        const Date first = her.onset.plus_days(70);
        const Date end = std::max(first, her.end);
        if (one_in(2)) {
            Line whole =
                example_line(her, hospital, "DBCZW", {first, end.plus_days(her.birth ? 14 : 0)}, 91207);
            whole.activities = {{"190013", first, between(1, 3)}};
            if (her.birth) whole.activities.push_back(delivery(her));
            hand_in_by_hospital(her, whole);
        }
        if (one_in(8)) hand_in(her, example_line(her, hospital, "HICARE", Period::day(end), 70011));
        if (!her.birth) return;
        if (one_in(2)) {
            Line birth = example_line(her, hospital, "DBCPAR", {end.plus_days(-1), end.plus_days(3)}, 154303);
            birth.activities = {delivery(her), {"190013", end.plus_days(between(-1, 3)), 1}};
            hand_in_by_hospital(her, birth);
        }
        const Period stay{end, end.plus_days(2)};
        if (one_in(4)) hand_in(her, example_line(her, hospital, "VERPL", stay, 61001));
    }

    // 037611: spontaneous, one child; 037751: by section, and complex in the second catalogue.
    DatedActivity delivery(const Herself& her) { return {one_in(3) ? "037751" : "037611", her.end, 1}; }

    // What the message has no place for is told apart, sometimes.
    void hand_in_by_hospital(Herself& her, const Line& made) {
        hand_in(her, made);
        if (made.form != hospital_message || one_in(2)) return;
        for (const DatedActivity& activity : made.activities) {
            Cells row = cells(her, "za" + std::to_string(++her.facts));
            row["regel_agb"] = made.practice.digits();
            row["regel"] = made.reference;
            row["activiteit"] = activity.code;
            row["datum"] = activity.day.iso();
            row["aantal"] = std::to_string(activity.count);
            tell("zorgactiviteiten", row, post_after(made.care.last));
        }
    }

    // Declared under the child; whose it is comes apart, or not.
    void child_care(Herself& her) {
        const Period care{her.end, her.end.plus_days(between(1, 4))};
        Line made = one_in(2) ? example_line(her, hospital, one_in(2) ? "VERPL" : "KINDPN", care, 33003)
                              : timed_line(her, kraamzorg, "KZUUR", care, between(6, 20));
        made.bsn = her.child_bsn;
        made.patient += "K";
        hand_in(her, made);
        if (one_in(4)) return;
        Cells row = cells(her, "kind" + std::to_string(++her.facts));
        row["kind_bsn"] = her.child_bsn;
        row["geboren"] = her.end.iso();
        tell_and_withdraw("kinderen", row, post_after(her.end));
    }

    // Care of others, told by the insurer.
    void overlap(Herself& her) {
        static const std::string outside[] = {outside_practice.digits(), outside_kraamzorg.digits(), ""};
        const Date day = std::min(her.end, her.onset.plus_days(between(70, 290)));
        Cells row = cells(her, "sam" + std::to_string(++her.facts));
        row["uzovi"] = her.insurer;
        row["declarant"] = outside[below(3)];
        row["begin"] = day.iso();
        row["eind"] = day.iso();
        row["bedrag"] = one_in(3) ? "" : "85,53";
        tell_and_withdraw("samenloop", row, post_after(day));
    }

    void bought(Herself& her) {
        const Date day = std::min(her.end, her.onset.plus_days(between(70, 290)));
        Cells row = cells(her, "ink" + std::to_string(++her.facts));
        row["inkoop"] = one_in(2) ? "laboratorium" : "uitbesteed";
        row["koper"] = one_in(3) ? region_igo.digits() : members[below(4)].digits();
        row["leverancier"] = one_in(2) ? "" : outside_practice.digits();
        row["begin"] = day.iso();
        row["eind"] = day.iso();
        row["bedrag"] = "48,50";
        tell_and_withdraw("ingekochte zorg", row, post_after(day));
    }

    void tell_and_withdraw(const std::string& form, Cells row, Date day) {
        tell(form, row, day);
        if (!one_in(5)) return;
        row["versie"] = "2";
        row["vervallen"] = "ja";
        tell(form, row, post_after(day));
    }

    // One line and what may become of it.
    void hand_in(Herself& her, Line made) {
        const Date day = post_after(made.care.last);
        const std::size_t fate = below(14);
        const Line right = made;
        if (fate == 0 || fate == 1) made.bsn.clear();
        tell(made, day);
        Line next = right;
        next.reference = "L" + her.number + "-" + std::to_string(++her.references);
        next.previous = made.reference;
        switch (fate) {
            case 0:  // the BSN is known later: a new line in place of the old
            case 2:  // repaired
                if (fate == 2) next.cents += 1000;
                return tell(next, post_after(day));
            case 1:  // the same line with the BSN, under its own reference: not unique any more
                return tell(right, post_after(day));
            case 3:  // credited, perhaps claimed anew
                next.credit = true;
                tell(next, post_after(day));
                if (one_in(2)) return;
                next.credit = false;
                next.previous = one_in(2) ? "" : right.reference;
                next.reference += "n";
                return tell(next, post_after(day));
            case 4:  // in another file again
                return tell(made, post_after(day));
            case 5:  // the same care under another reference, without evidence
                next.previous.clear();
                if (one_in(3)) next.bsn = made_up_bsn(1 + below(region_.women));
                return tell(next, post_after(day));
            case 6:  // the reference used for something else
                if (!wide_) return;
                next.reference = right.reference;
                next.previous.clear();
                next.cents += 500;
                return tell(next, post_after(day));
            case 7:  // a credit of something else
                if (!wide_) return;
                next.credit = true;
                next.previous = one_in(2) ? "L9-9" : right.reference;
                next.cents += one_in(2) ? 1 : 0;
                return tell(next, post_after(day));
            default: return;
        }
    }

    void outside_care(Herself& her) {
        const Date day = her.onset.plus_days(between(70, 240));
        const Period care = Period::day(std::min(day, her.end));
        const Line made = one_in(4) ? example_line(her, outside_kraamzorg, "KZINT", care, 6050)
                                    : line(her, outside_practice, one_in(3) ? "1102" : "1301", care, 8553);
        tell(made, post_after(made.care.last));
        if (!one_in(4)) return;
        Line credit = made;
        credit.credit = true;
        credit.reference += "c";
        credit.previous = made.reference;
        tell(credit, post_after(post_after(made.care.last)));
    }

    void other_care(Herself& her) {
        static constexpr const char* codes[] = {"9901", "9904", "9906", "9907", "9910", "9908", "7777"};
        Line made = line(her, her.practice);
        made.list = 999;
        made.code = codes[below(7)];
        made.care = Period::day(her.onset.plus_days(between(wide_ ? 20 : 60, 320)));
        made.cents = 4500 + between(0, 99);
        hand_in(her, made);
    }

    // ---- Judgements ----

    void judge() {
        const Herself& one = women_[below(women_.size())];
        const Herself& other = women_[below(women_.size())];
        Cells row{{"sleutel", "u-" + one.number},
                  {"versie", "1"},
                  {"vervallen", ""},
                  {"bsn", one.bsn},
                  {"door", "test"}};
        const std::size_t kind = below(wide_ ? 4 : 1);
        row["uitspraak"] = kind == 2 ? "regel is van haar" : kind == 3 ? "akkoord" : "zelfde persoon";
        if (kind == 0) {
            row["ander_praktijk"] = one.practice.digits();
            row["ander_patientnummer"] = "P" + one.number;
        } else if (kind == 1) {
            row["ander_bsn"] = other.bsn;
            if (one.bsn == other.bsn) return;
        } else if (kind == 2) {
            row["regel_agb"] = other.practice.digits();
            row["regel"] = "L" + other.number + "-" + std::to_string(between(1, 2));
        } else {
            row["vraag"] = "fase/1/prenataal/hold_meets_deadline";
        }
        const Date day = post_after(start_.plus_days(between(60, 350)));
        tell("uitspraken", row, day);
        if (!one_in(3)) return;
        row["versie"] = "2";
        row["vervallen"] = "ja";
        tell("uitspraken", row, post_after(day));
    }

    // ---- Files ----

    void write_files() {
        int number = 0;
        for (const auto& [key, lines] : lines_) {
            region_.files.push_back(claim_file(lines, "F" + std::to_string(++number), std::get<0>(key)));
        }
        for (const auto& [key, rows] : forms_)
            region_.files.push_back(form_file(std::get<1>(key), rows, std::get<0>(key)));
        std::stable_sort(region_.files.begin(), region_.files.end(),
                         [](const File& a, const File& b) { return a.received < b.received; });
        region_.last = region_.files.back().received;
    }

    Seeded chance_;
    bool wide_;
    Date start_;
    Region region_;
    std::vector<Herself> women_;
    std::map<std::tuple<Date, AgbCode, std::string, std::string, std::size_t>, std::vector<Line>> lines_;
    std::map<std::tuple<Date, std::string, std::size_t>, std::vector<Cells>> forms_;
};

}  // namespace

std::string made_up_bsn(std::size_t number) {
    std::size_t eight = 90'000'000 + number * 100;
    while (check_digit(eight) == 10) ++eight;
    return base::zero_padded(static_cast<std::int64_t>(eight) * 10 + check_digit(eight), 9);
}

File judgement(int version, const std::map<std::string, std::string>& cells, Date received) {
    Cells row = cells;
    row["sleutel"] = "uitspraak-test";
    row["versie"] = std::to_string(version);
    row["vervallen"] = version > 1 ? "ja" : "";
    row["door"] = "test";
    return form_file("uitspraken", {row}, received);
}

Region any_region(std::uint64_t seed, Shape shape) {
    return Maker(seed, shape).make();
}

}  // namespace bundel::testing
