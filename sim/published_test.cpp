// What the generated pregnancies come to, beside what was published. docs/explanation/calibration.md is
// written anew, over 100,000 pregnancies, by BUNDEL_UPDATE_GOLDEN=1; it is compared when BUNDEL_CASES is
// 10,000 or more.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/any_pregnancy.h"
#include "support/property.h"

namespace bundel::sim {
namespace {

constexpr const char* page_file = BUNDEL_SOURCE_DIR "/docs/explanation/calibration.md";
constexpr std::uint64_t few = 20'000;
constexpr std::uint64_t many = 100'000;

std::int64_t root(std::int64_t square) {
    std::int64_t low = 0, high = 3'000'000'000;
    while (low < high) {
        const std::int64_t middle = (low + high + 1) / 2;
        if (middle <= square / middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return low;
}

// What was counted for one figure: yes or no, or a number in the parts of its unit.
struct Count {
    std::int64_t observed = 0, sum = 0, squares = 0;

    void add(std::int64_t value) {
        ++observed;
        sum += value;
        squares += value * value;
    }
    // In millionths of the unit, of which `parts` are one.
    std::int64_t mean(int parts) const { return observed == 0 ? 0 : sum * 1'000'000 / observed / parts; }
    std::int64_t sampling_error(int parts) const {
        if (observed == 0) return 0;
        const std::int64_t spread = squares - sum * sum / observed;
        return root(spread * 1'000'000) * 1'000 / observed / parts;
    }
};

enum class Unit { percent, per_mille, years, hours };

// Figures and tolerances in millionths of the unit; a percentage in millionths of the whole.
struct Published {
    const char* id;
    const char* year;
    const char* source;  // key of the list below the table
    bool put_in;         // the calibration holds it; otherwise it follows from others
    Unit unit;
    std::int64_t value;
    std::int64_t uncertainty;  // beside the sampling error
    const char* why;
    void (*counts)(const Case&, Count&);
};

bool nulliparous(const Case& one) {
    return one.mother.parity == 0;
}
bool term_singleton(const Pregnancy& now) {
    return now.children.size() == 1 && now.weeks() >= 37;
}
bool vaginal(const Pregnancy& now) {
    return now.mode == Mode::spontaneous || now.mode == Mode::instrumental;
}
bool first_line(const Pregnancy& now) {
    return now.is_birth() && now.place != Place::hospital;
}
bool unplanned_caesarean(const Pregnancy& now) {
    return now.mode == Mode::caesarean && now.labour != Labour::planned_caesarean;
}
bool lost(const Child& child) {
    return !child.alive || child.died;
}

// Counts over births; over the births of the nulliparous or the others.
template <bool (*holds)(const Pregnancy&)>
void of_births(const Case& one, Count& count) {
    if (one.pregnancy.is_birth()) count.add(holds(one.pregnancy) ? 1 : 0);
}
template <bool first, bool (*among)(const Pregnancy&), bool (*holds)(const Pregnancy&)>
void by_parity(const Case& one, Count& count) {
    if (one.pregnancy.is_birth() && nulliparous(one) == first && among(one.pregnancy))
        count.add(holds(one.pregnancy) ? 1 : 0);
}
template <int from, int to>  // parity of the mothers of children born alive
void of_order(const Case& one, Count& count) {
    for (const Child& child : one.pregnancy.children) {
        if (child.alive) count.add(from <= one.mother.parity && one.mother.parity <= to ? 1 : 0);
    }
}
template <int from, int to>
void of_age(const Case& one, Count& count) {
    if (one.pregnancy.is_birth()) count.add(from <= one.mother.age && one.mother.age <= to ? 1 : 0);
}
template <int least, int from, int to>  // weeks of all children born from `least` weeks
void of_weeks(const Case& one, Count& count) {
    const int weeks = one.pregnancy.weeks();
    if (weeks < least) return;
    for (std::size_t i = 0; i < one.pregnancy.children.size(); ++i) count.add(from <= weeks && weeks <= to);
}
template <int from, int to>
void of_liveborn_weeks(const Case& one, Count& count) {
    const int weeks = one.pregnancy.weeks();
    for (const Child& child : one.pregnancy.children) {
        if (child.alive) count.add(from <= weeks && weeks <= to);
    }
}
template <int from, int to, bool (*holds)(const Child&)>
void of_children(const Case& one, Count& count) {
    const int weeks = one.pregnancy.weeks();
    if (weeks < from || weeks > to) return;
    for (const Child& child : one.pregnancy.children) count.add(holds(child) ? 1 : 0);
}
template <std::size_t least, std::size_t most, bool or_preterm>  // small, from 24 weeks
void of_small(const Case& one, Count& count) {
    const Pregnancy& now = one.pregnancy;
    if (now.weeks() < 24 || now.children.size() < least || now.children.size() > most) return;
    for (const Child& child : now.children)
        count.add(child.small || (or_preterm && now.weeks() < 37) ? 1 : 0);
}

bool all(const Pregnancy&) {
    return true;
}
template <Place place>
bool is_at(const Pregnancy& now) {
    return now.place == place;
}
template <Labour labour>
bool starts(const Pregnancy& now) {
    return now.labour == labour;
}
template <Mode mode>
bool is_born_by(const Pregnancy& now) {
    return now.mode == mode;
}
bool under_midwife(const Pregnancy& now) {
    return now.under_midwife_at_onset();
}
bool referred_in_labour(const Pregnancy& now) {
    return now.referred_in_labour;
}
bool starts_in_first_line(const Pregnancy& now) {
    return !now.second_line_from_start;
}
bool twins(const Pregnancy& now) {
    return now.children.size() > 1;
}
bool epidural(const Pregnancy& now) {
    return now.epidural;
}
bool episiotomy(const Pregnancy& now) {
    return now.episiotomy;
}
bool haemorrhage(const Pregnancy& now) {
    return now.haemorrhage;
}
bool vaginal_in_hospital(const Pregnancy& now) {
    return now.place == Place::hospital && vaginal(now);
}

constexpr const char* digits = "last digit that was published";
constexpr const char* another_year = "another year than what was put in";
constexpr const char* range = "range over regions";
constexpr const char* known = "of births at a known place; last digit";
constexpr Unit percent = Unit::percent;
constexpr Unit per_mille = Unit::per_mille;

// clang-format off
const Published figures[] = {
    {"birth_order.share_pct.1", "2023", "cbs-37744", true, percent, 459'600, 1'500, "women were put in, this counts children born alive", of_order<0, 0>},
    {"birth_order.share_pct.2", "2023", "cbs-37744", true, percent, 365'000, 1'500, "the same", of_order<1, 1>},
    {"birth_order.share_pct.3", "2023", "cbs-37744", true, percent, 122'600, 1'500, "the same", of_order<2, 2>},
    {"birth_order.share_pct.4plus", "2023", "cbs-37744", true, percent, 52'800, 1'500, "the same", of_order<3, 99>},
    {"birth_order.first_child_share_pct", "2022", "cbs-81019", false, percent, 466'600, 7'000, another_year, of_order<0, 0>},
    {"age.share_pct.<25", "about 2017", "bmjqs", true, percent, 84'000, 500, digits, of_age<0, 24>},
    {"age.share_pct.25-29", "about 2017", "bmjqs", true, percent, 294'000, 500, digits, of_age<25, 29>},
    {"age.share_pct.30-34", "about 2017", "bmjqs", true, percent, 398'000, 500, digits, of_age<30, 34>},
    {"age.share_pct.35-39", "about 2017", "bmjqs", true, percent, 188'000, 500, digits, of_age<35, 39>},
    {"age.share_pct.40+", "about 2017", "bmjqs", true, percent, 36'000, 500, digits, of_age<40, 99>},
    {"age.mean_first_child", "2020", "cbs-37422", false, Unit::years, 30'100'000, 200'000, "29.7 in 2016, 30.3 in 2022: the ages were put in from about 2017",
     [](const Case& one, Count& count) { if (one.pregnancy.is_birth() && nulliparous(one)) count.add(2 * one.mother.age + 1); }},
    {"multiple.share_of_maternities_pct", "2022", "cbs-37422", true, percent, 15'040, 50, digits, of_births<twins>},
    {"consult.first_consult_before_10w_pct", "2012", "vz-indicators", true, percent, 810'000, 5'000, digits,
     [](const Case& one, Count& count) { if (one.pregnancy.is_birth() && !one.pregnancy.second_line_from_start) count.add(days_between(one.pregnancy.onset, one.pregnancy.first_visit) < 70); }},
    {"care.start_in_first_line_pct", "2020", "knov", true, percent, 900'000, 5'000, digits, of_births<starts_in_first_line>},
    {"care.midwife_led_at_onset_of_labour_pct", "about 2017", "bmjqs", false, percent, 477'000, 22'000, "4.3 % unknown: 47.7 to 49.8 of those known", of_births<under_midwife>},
    {"care.first_births_under_obstetrician_pct", "2020", "ed-2022", true, percent, 830'000, 5'000, digits, by_parity<true, all, is_at<Place::hospital>>},
    {"place.share_pct.home_1st", "2020", "vz-place", true, percent, 154'000, 1'000, known, of_births<is_at<Place::home>>},
    {"place.share_pct.birthcentre_1st", "2020", "vz-place", true, percent, 25'000, 1'000, known, of_births<is_at<Place::birth_centre>>},
    {"place.share_pct.outpatient_hospital_1st", "2020", "vz-place", true, percent, 100'900, 1'000, known, of_births<is_at<Place::outpatient_hospital>>},
    {"place.share_pct.second_line", "2020", "vz-place", true, percent, 720'100, 1'000, known, of_births<is_at<Place::hospital>>},
    {"place.ended_in_second_line_pct", "2021", "nza", false, percent, 730'000, 5'000, "last digit; counted from bills, so none is unknown", of_births<is_at<Place::hospital>>},
    {"place.home_pct_region_range_nulli", "2010-2013", "plos-2020", false, percent, 110'000, 50'000, range, by_parity<true, term_singleton, is_at<Place::home>>},
    {"place.home_pct_region_range_multi", "2010-2013", "plos-2020", false, percent, 235'000, 75'000, range, by_parity<false, term_singleton, is_at<Place::home>>},
    {"referral.intrapartum_pct_nulliparous_region_range", "2010-2013", "plos-2020", true, percent, 615'000, 65'000, range, by_parity<true, under_midwife, referred_in_labour>},
    {"referral.intrapartum_pct_multiparous_region_range", "2010-2013", "plos-2020", true, percent, 260'000, 60'000, range, by_parity<false, under_midwife, referred_in_labour>},
    {"onset.spontaneous_pct", "about 2017", "bmjqs", true, percent, 670'000, 2'500, "last digit; no planned caesarean before 26 weeks or of a stillborn child", of_births<starts<Labour::spontaneous>>},
    {"onset.induction_pct", "about 2017", "bmjqs", true, percent, 250'000, 2'500, "the same; practices differ", of_births<starts<Labour::induced>>},
    {"onset.prelabour_cs_pct", "about 2017", "bmjqs", true, percent, 80'000, 2'500, "the same", of_births<starts<Labour::planned_caesarean>>},
    {"onset.induction_pct_nulli_term_singleton_vertex", "2016-2018", "pubmed-37289749", false, percent, 244'000, 10'000, "vertex only; here also breech", by_parity<true, term_singleton, starts<Labour::induced>>},
    {"mode.cs_pct", "2016", "ntog", true, percent, 160'000, 1'000, "last digit; practices differ", of_births<is_born_by<Mode::caesarean>>},
    {"mode.cs_planned_pct", "2014", "stbt", false, percent, 81'000, 3'000, another_year, of_births<starts<Labour::planned_caesarean>>},
    {"mode.cs_unplanned_pct", "2014", "stbt", false, percent, 84'000, 6'000, "another year: 16.5 then, 16.0 in 2016", of_births<unplanned_caesarean>},
    {"nulli_term.unplanned_cs_pct.Q1-Q4", "2016-2018", "pubmed-37289749", true, percent, 115'000, 13'000, "range over quarters of the networks", by_parity<true, term_singleton, unplanned_caesarean>},
    {"mode.instrumental_vaginal_pct_region_range_nulli", "2010-2013", "bmc-2018", true, percent, 175'000, 15'000, range, by_parity<true, term_singleton, is_born_by<Mode::instrumental>>},
    {"mode.instrumental_vaginal_pct_region_range_multi", "2010-2013", "bmc-2018", true, percent, 35'000, 5'000, range, by_parity<false, term_singleton, is_born_by<Mode::instrumental>>},
    {"pain.epidural_pct", "2016", "ntog", true, percent, 217'000, 2'000, "last digit; practices differ", of_births<epidural>},
    {"pain.epidural_pct_region_range_nulli", "2010-2013", "bmc-2018", false, percent, 250'000, 130'000, range, by_parity<true, term_singleton, epidural>},
    {"pain.epidural_pct_region_range_multi", "2010-2013", "bmc-2018", false, percent, 95'000, 45'000, range, by_parity<false, term_singleton, epidural>},
    {"perineum.episiotomy_pct_first_line", "2012", "zorgbalans", true, percent, 120'000, 5'000, digits, [](const Case& one, Count& count) { if (first_line(one.pregnancy)) count.add(one.pregnancy.episiotomy); }},
    {"perineum.episiotomy_pct_midwife_led_region_range_nulli", "2010-2013", "plos-2020", true, percent, 280'000, 140'000, range, by_parity<true, first_line, episiotomy>},
    {"perineum.episiotomy_pct_midwife_led_region_range_multi", "2010-2013", "plos-2020", true, percent, 80'000, 50'000, range, by_parity<false, first_line, episiotomy>},
    {"perineum.episiotomy_pct_obstetrician_led_region_range_nulli", "2010-2013", "plos-2020", true, percent, 565'000, 105'000, range, by_parity<true, vaginal_in_hospital, episiotomy>},
    {"perineum.episiotomy_pct_obstetrician_led_region_range_multi", "2010-2013", "plos-2020", true, percent, 210'000, 70'000, range, by_parity<false, vaginal_in_hospital, episiotomy>},
    {"perineum.oasi_pct_noninstrumental_vaginal", "2012", "zorgbalans", true, percent, 29'000, 500, digits, [](const Case& one, Count& count) { if (one.pregnancy.mode == Mode::spontaneous) count.add(one.pregnancy.severe_tear); }},
    {"pph.gt1000ml_pct_nulliparous", "2009, stable to 2020", "broeders", true, percent, 70'000, 500, digits, by_parity<true, all, haemorrhage>},
    {"preterm.lt37_pct (from 22 weeks)", "2020", "vz-preterm", false, percent, 69'000, 500, digits, of_weeks<22, 22, 36>},
    {"preterm.lt37_pct (from 24 weeks)", "2021", "vz-big2", true, percent, 66'000, 500, digits, of_weeks<24, 24, 36>},
    {"preterm.32_36_pct", "2021", "vz-big2", true, percent, 56'000, 500, digits, of_weeks<24, 32, 36>},
    {"preterm.lt32_pct", "2021", "vz-big2", true, percent, 10'500, 50, digits, of_weeks<24, 24, 31>},
    {"preterm.lt26_pct", "2021", "vz-big2", true, percent, 1'500, 50, digits, of_weeks<24, 24, 25>},
    {"gestation.liveborn_counts 37-38 weeks", "2019", "darwin", true, percent, 233'100, 3'000, "counts of one year, columns interpreted", of_liveborn_weeks<37, 38>},
    {"gestation.liveborn_counts 39-41 weeks", "2019", "darwin", true, percent, 687'900, 3'000, "the same", of_liveborn_weeks<39, 41>},
    {"gestation.liveborn_counts 42 weeks", "2019", "darwin", true, percent, 13'800, 500, "the same", of_liveborn_weeks<42, 99>},
    {"sga.p10_hoftiezer_pct", "2021", "vz-big2", false, percent, 97'000, 1'000, "last digit of both parts", of_small<1, 2, false>},
    {"sga.p10_singleton_pct", "2021", "vz-sga", true, percent, 91'000, 500, digits, of_small<1, 1, false>},
    {"sga.p10_multiple_pct", "2021", "vz-sga", true, percent, 309'000, 500, digits, of_small<2, 2, false>},
    {"big2_pct", "2021", "vz-big2", true, percent, 148'000, 1'000, "last digit of the three figures", of_small<1, 2, true>},
    {"mortality_permille.stillbirth_ge22w", "2019", "vz-death", false, per_mille, 4'800, 300, "7.3 to 7.8 in all in 2015-2019; weeks of 2017 and 2021 were put in", of_children<22, 99, [](const Child& c) { return !c.alive; }>},
    {"mortality_permille.perinatal_28d_ge22w", "2019", "vz-death", false, per_mille, 7'800, 500, "7.3 in 2016, 7.8 in 2015 and 2019", of_children<22, 99, lost>},
    {"mortality_permille.neonatal_28d", "2019", "vz-death", false, per_mille, 2'900, 200, "of children born alive; years differ as above", [](const Case& one, Count& count) { for (const Child& c : one.pregnancy.children) if (c.alive) count.add(c.died); }},
    {"stillborn_ge24w", "2020", "cbs-37422", false, per_mille, 2'814, 200, "2.7 to 2.8 in 2020-2022; years differ as above", of_children<24, 99, [](const Child& c) { return !c.alive; }>},
    {"perinatal_mortality_28d_permille.26-31.6", "2017", "vz-preterm-death", true, per_mille, 137'100, 500, digits, of_children<26, 31, lost>},
    {"perinatal_mortality_28d_permille.32-36.6", "2017", "vz-preterm-death", true, per_mille, 18'300, 100, digits, of_children<32, 36, lost>},
    {"perinatal_mortality_28d_permille.37-41.6", "2017", "vz-preterm-death", true, per_mille, 1'700, 50, digits, of_children<37, 41, lost>},
    {"apgar5_lt7_pct_first_line_births", "2012", "zorgbalans", true, percent, 4'200, 50, digits, [](const Case& one, Count& count) { if (first_line(one.pregnancy)) for (const Child& c : one.pregnancy.children) if (c.alive) count.add(c.low_apgar); }},
    {"kraamzorg.average_hours", "2008", "nrc", true, Unit::hours, 44'000'000, 500'000, digits, [](const Case& one, Count& count) { if (one.pregnancy.kraamzorg_minutes > 0) count.add(one.pregnancy.kraamzorg_minutes); }},
};

struct Source { const char* key; const char* where; };
const Source sources[] = {
    {"cbs-37744", "https://cbs.nl/nl-nl/cijfers/detail/37744ned"},
    {"cbs-81019", "https://www.cbs.nl/nl-nl/cijfers/detail/81019ned"},
    {"cbs-37422", "https://www.cbs.nl/nl-nl/cijfers/detail/37422ned"},
    {"bmjqs", "https://qualitysafety.bmj.com (table 164329, national column; year not in the excerpt)"},
    {"vz-indicators", "https://www.volksgezondheidenzorg.info/prestatie-indicatoren-voor-gezondheidszorg/zorg-rond-de-geboorte-en-zwangerschap"},
    {"knov", "https://www.knov.nl/actueel/nieuws/nieuwsbericht/knov-zet-cijfers-rondom-zwanger-en-bevallen-op-een-rij"},
    {"ed-2022", "https://www.ed.nl (April 2022)"},
    {"vz-place", "https://www.volksgezondheidenzorg.info/onderwerp/zorg-rond-de-geboorte/cijfers-context/gebruik"},
    {"nza", "https://www.nza.nl/zorgsectoren/geboortezorg/kerncijfers-geboortezorg"},
    {"plos-2020", "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0229488"},
    {"pubmed-37289749", "https://pubmed.ncbi.nlm.nih.gov/37289749/"},
    {"ntog", "http://ntog.nl (Perined 2016)"},
    {"stbt", "https://stichtingbevallingstrauma.nl/feiten-cijfers/"},
    {"bmc-2018", "http://bmcpregnancychildbirth.biomedcentral.com/articles/10.1186/s12884-018-1795-0"},
    {"zorgbalans", "https://studylibnl.com/doc/1066246 (Zorgbalans 2014)"},
    {"broeders", "Broeders et al., preprint 1220839"},
    {"vz-preterm", "https://www.volksgezondheidenzorg.info/onderwerp/vroeggeboorte-ondergewicht-enof-groeivertraging/cijfers-context/trends"},
    {"vz-big2", "https://vzinfo.nl/vroeggeboorte-ondergewicht-enof-groeivertraging/big2"},
    {"darwin", "darwin-eu/PregnancyIdentifier, National_Statistics_Obj2_v2.csv"},
    {"vz-sga", "https://volksgezondheidenzorg.info./vroeggeboorte-ondergewicht-en-of-groeivertraging/cijfers"},
    {"vz-death", "https://www.volksgezondheidenzorg.info/onderwerp/sterfte-rond-de-geboorte/cijfers-context/sterfte"},
    {"vz-preterm-death", "https://www.volksgezondheidenzorg.info/onderwerp/vroeggeboorte-en-laag-geboortegewicht/cijfers-context/sterfte"},
    {"nrc", "https://www.nrc.nl/nieuws/2008/09/25/"},
};
// clang-format on

int parts(Unit unit) {
    if (unit == Unit::years) return 2;  // half years: a woman of 30 is 30.5 on average
    return unit == Unit::hours ? 60 : 1;
}

std::int64_t tolerance(const Published& figure, const Count& count) {
    return 4 * count.sampling_error(parts(figure.unit)) + figure.uncertainty;
}

std::vector<Count> counted(std::uint64_t pregnancies) {
    const Calibration calibration = shipped_calibration();
    std::vector<Count> counts(std::size(figures));
    for (std::uint64_t i = 0; i < pregnancies; ++i) {
        const Case one = any_case(calibration, 1, i);
        for (std::size_t at = 0; at < counts.size(); ++at) figures[at].counts(one, counts[at]);
    }
    return counts;
}

// "15.40", in the unit of the figure.
std::string written(std::int64_t millionths, Unit unit) {
    const std::int64_t hundredth = unit == Unit::percent ? 100 : unit == Unit::per_mille ? 10 : 10'000;
    const std::int64_t hundredths = (millionths + hundredth / 2) / hundredth;
    const std::int64_t rest = hundredths % 100;
    return std::to_string(hundredths / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
}

const char* word(Unit unit) {
    switch (unit) {
        case Unit::percent: return "%";
        case Unit::per_mille: return "per 1,000";
        case Unit::years: return "years";
        case Unit::hours: return "hours";
    }
    return "";
}

std::string row(const Published& figure, const Count& count) {
    const auto text = [&](std::int64_t value) { return written(value, figure.unit); };
    return std::string("| `") + figure.id + "` | " + figure.year + " | " + figure.source + " | " +
           (figure.put_in ? "yes" : "no") + " | " + word(figure.unit) + " | " + text(figure.value) + " | " +
           text(count.mean(parts(figure.unit))) + " | " + text(tolerance(figure, count)) + " | " +
           text(figure.uncertainty) + ": " + figure.why + " |\n";
}

constexpr const char* introduction = R"(# How the made-up pregnancies compare with the published

There is no public data of single pregnancies. `bundel-sim` makes them up, one by one, from the figures in
`sim/calibration.toml`. This page counts 100,000 of them (seed 1) beside what was published about the Netherlands.
It is written by `sim_test`, which also fails when a figure leaves its tolerance.

**Put in.** "yes": the calibration holds this figure, or was solved for it, so the row proves that the program does
what the calibration says. "no": the figure follows from others, so the row is evidence that the whole fits.

**Tolerance.** Four times the sampling error of this count, plus the uncertainty in the last column: the last digit that
was published, the years between two sources, or the range over regions (then the middle is given as published, and
any value in the range is right). Every woman has a practice of her own here, so that the differences between
practices do not blur the count.

**Not from a source.** What is marked `memory` in the calibration is not compared with anything: early losses, use of
scans, weeks of twins, admission of the child, nights in hospital, readmission, sex of the child, and more.

## Where sources contradict each other

- **Place of birth.** Perined (2020) does not know 3.8 % of the places. Those known are used, rescaled to 100: second
  line 72.0 %. The NZa, who counts bills, has 73 %; so the two agree.
- **Referral during labour.** 56.8 % of the nulliparous and 37.8 % of all (2008-2010) do not fit what came later: with
  47.7 % under a midwife when labour starts and 28.0 % of births ending in the first line, 41 % is referred. The
  middles of the regional ranges of 2010-2013 (61.5 and 26 %), with 83 % of first births under an obstetrician, give
  47.6 % under a midwife. Those are used.
- **Parity.** CBS has 46.0 % first births (2023), Perined 44.5 % (about 2017). The later is used; Perined is not matched.
- **Instrumental births.** The regional ranges (2010-2013) give 9.3 % at the low end; memory of the national figure is 8 %.
  What was read goes before what is remembered.
- **Severe bleeding.** 4.5 % of all (2000-2008) against 7.0 % of the nulliparous (2009, stable to 2020). The later is used;
  for women with an earlier birth, 5.0 % is a choice.
- **Preterm.** 6.9 % from 22 weeks (2020) and 6.6 % from 24 weeks (2021) are one figure: the difference is the births at 22
  and 23 weeks, as counted in the deaths of 2017.
- **Hours of kraamzorg.** 44 (2008) is read, 42 (about 2020) is remembered. 44 is used.

## The table

Published, generated and tolerance are in the unit of the row.

| figure | year | source | put in | unit | published | generated | tolerance | of which, beside sampling |
|---|---|---|---|---|---:|---:|---:|---|
)";

std::string page(const std::vector<Count>& counts) {
    std::string text = introduction;
    for (std::size_t i = 0; i < counts.size(); ++i) text += row(figures[i], counts[i]);
    text += "\n## Sources\n\n| source | where |\n|---|---|\n";
    for (const Source& source : sources)
        text += std::string("| ") + source.key + " | " + source.where + " |\n";
    return text;
}

TEST(PublishedFigures, AreMetWithinTheirTolerance) {
    const bool update = std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr;
    const bool whole = update || testing::from_environment("BUNDEL_CASES", 1000) >= 10'000;
    const auto counts = counted(whole ? many : few);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const Published& figure = figures[i];
        EXPECT_GT(counts[i].observed, 0) << figure.id;
        EXPECT_LE(std::abs(counts[i].mean(parts(figure.unit)) - figure.value), tolerance(figure, counts[i]))
            << row(figure, counts[i]);
    }
    if (!whole) return;
    if (update) std::ofstream(page_file) << page(counts);
    std::stringstream read;
    read << std::ifstream(page_file).rdbuf();
    EXPECT_TRUE(read.str() == page(counts)) << "run sim_test with BUNDEL_UPDATE_GOLDEN=1";
}

}  // namespace
}  // namespace bundel::sim
