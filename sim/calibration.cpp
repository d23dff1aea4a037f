#include "sim/calibration.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <variant>

namespace bundel::sim {
namespace {

using base::Error;
using base::Result;

// A figure's place in the struct, its unit and how many numbers it has.
struct Place {
    const char* name;
    std::variant<int Calibration::*, ByParity Calibration::*, std::vector<int> Calibration::*> member;
    const char* unit;
    std::size_t length = 1;
};

const std::size_t weeks_of_weight = 20;  // 23..42

const Place places[] = {
    {"parity", &Calibration::parity, "weight", 4},
    {"age_nulliparous", &Calibration::age_nulliparous, "weight", 5},
    {"age_parous", &Calibration::age_parous, "weight", 5},
    {"lost_early", &Calibration::lost_early, "per million"},
    {"ends_early", &Calibration::ends_early, "weight", 4},
    {"multiple", &Calibration::multiple, "per million"},
    {"weeks_singleton", &Calibration::weeks_singleton, "weight", week_classes},
    {"weeks_multiple", &Calibration::weeks_multiple, "weight", week_classes},
    {"first_visit_before_10w", &Calibration::first_visit_before_10w, "per million"},
    {"dating_scan", &Calibration::dating_scan, "per million"},
    {"nipt", &Calibration::nipt, "per million"},
    {"nipt_from", &Calibration::nipt_from, "day"},
    {"scan13", &Calibration::scan13, "per million"},
    {"scan13_from", &Calibration::scan13_from, "day"},
    {"scan20", &Calibration::scan20, "per million"},
    {"advanced_scan", &Calibration::advanced_scan, "per million"},
    {"second_line_from_start_singleton", &Calibration::second_line_from_start_singleton, "per million"},
    {"referred_before", &Calibration::referred_before, "per million", 2},
    {"referred_in_labour", &Calibration::referred_in_labour, "per million", 2},
    {"labour_nulliparous", &Calibration::labour_nulliparous, "weight", 3},
    {"labour_parous", &Calibration::labour_parous, "weight", 3},
    {"caesarean", &Calibration::caesarean, "per million", 2},
    {"instrumental", &Calibration::instrumental, "per million", 2},
    {"epidural", &Calibration::epidural, "per million", 2},
    {"place_first_line", &Calibration::place_first_line, "weight", 3},
    {"haemorrhage", &Calibration::haemorrhage, "per million", 2},
    {"episiotomy_first_line", &Calibration::episiotomy_first_line, "per million", 2},
    {"episiotomy_hospital", &Calibration::episiotomy_hospital, "per million", 2},
    {"severe_tear", &Calibration::severe_tear, "per million"},
    {"severe_tear_instrumental", &Calibration::severe_tear_instrumental, "per million"},
    {"girl", &Calibration::girl, "per million"},
    {"stillborn", &Calibration::stillborn, "per million", week_classes},
    {"died_after_birth", &Calibration::died_after_birth, "per million", week_classes},
    {"low_apgar_first_line", &Calibration::low_apgar_first_line, "per million"},
    {"low_apgar_hospital", &Calibration::low_apgar_hospital, "per million", week_classes},
    {"admitted", &Calibration::admitted, "per million", week_classes},
    {"small_preterm_singleton", &Calibration::small_preterm_singleton, "per million"},
    {"small_term_singleton", &Calibration::small_term_singleton, "per million"},
    {"small_multiple", &Calibration::small_multiple, "per million"},
    {"girl_p10", &Calibration::girl_p10, "grams", weeks_of_weight},
    {"girl_p50", &Calibration::girl_p50, "grams", weeks_of_weight},
    {"boy_p10", &Calibration::boy_p10, "grams", weeks_of_weight},
    {"boy_p50", &Calibration::boy_p50, "grams", weeks_of_weight},
    {"nights_vaginal_most", &Calibration::nights_vaginal_most, "nights"},
    {"nights_caesarean_least", &Calibration::nights_caesarean_least, "nights"},
    {"nights_caesarean_most", &Calibration::nights_caesarean_most, "nights"},
    {"kraamzorg", &Calibration::kraamzorg, "per million"},
    {"kraamzorg_mean", &Calibration::kraamzorg_mean, "minutes"},
    {"kraamzorg_spread", &Calibration::kraamzorg_spread, "minutes"},
    {"kraamzorg_least", &Calibration::kraamzorg_least, "minutes"},
    {"kraamzorg_most", &Calibration::kraamzorg_most, "minutes"},
    {"kraamzorg_days", &Calibration::kraamzorg_days, "days"},
    {"partus_assistance", &Calibration::partus_assistance, "per million"},
    {"readmission", &Calibration::readmission, "per million"},
    {"pregnant_again", &Calibration::pregnant_again, "per million"},
    {"pregnant_after_loss", &Calibration::pregnant_after_loss, "per million"},
    {"insurer_switch", &Calibration::insurer_switch, "per million"},
    {"move", &Calibration::move, "per million"},
    {"spread_induction", &Calibration::spread_induction, "logit/1000"},
    {"spread_referral_before", &Calibration::spread_referral_before, "logit/1000"},
    {"spread_referral_in_labour", &Calibration::spread_referral_in_labour, "logit/1000"},
    {"spread_caesarean", &Calibration::spread_caesarean, "logit/1000"},
    {"spread_epidural", &Calibration::spread_epidural, "logit/1000"},
    {"spread_haemorrhage", &Calibration::spread_haemorrhage, "logit/1000"},
    {"spread_home", &Calibration::spread_home, "logit/1000"},
};

// Largest value of a unit; what is larger is a slip of the pen.
const std::map<std::string, int, std::less<>> largest = {
    {"per million", always}, {"weight", always}, {"days", 300},          {"minutes", 10'000},
    {"nights", 60},          {"grams", 10'000},  {"logit/1000", 10'000}, {"day", 99'991'231},
};

bool fits(const Figure& figure, const Place& place) {
    const auto top = largest.at(place.unit);
    const bool in_range = std::all_of(figure.values.begin(), figure.values.end(),
                                      [&](int value) { return 0 <= value && value <= top; });
    const bool weighs = std::any_of(figure.values.begin(), figure.values.end(), [](int v) { return v > 0; });
    const bool right_shape = figure.values.size() == place.length && figure.is_list == (place.length > 1);
    return right_shape && in_range && figure.unit == place.unit &&
           (weighs || figure.unit != std::string_view("weight"));
}

void put(const Figure& figure, const Place& place, Calibration& calibration) {
    if (const auto* number = std::get_if<int Calibration::*>(&place.member)) {
        calibration.** number = figure.values[0];
    } else if (const auto* pair = std::get_if<ByParity Calibration::*>(&place.member)) {
        calibration.** pair = {figure.values[0], figure.values[1]};
    } else {
        calibration.*std::get<std::vector<int> Calibration::*>(place.member) = figure.values;
    }
}

// What no single figure can say.
const char* out_of_order(const Calibration& read) {
    if (read.kraamzorg_least > read.kraamzorg_most) return "kraamzorg_least";
    if (read.nights_caesarean_least > read.nights_caesarean_most) return "nights_caesarean_least";
    for (std::size_t week = 0; week < weeks_of_weight; ++week) {
        if (read.girl_p10[week] >= read.girl_p50[week]) return "girl_p10";
        if (read.boy_p10[week] >= read.boy_p50[week]) return "boy_p10";
    }
    return nullptr;
}

Error wrong(const char* code, const std::string& file, int line, const std::string& key) {
    return {code, {{"file", file}, {"line", std::to_string(line)}, {"key", key}}};
}

}  // namespace

Result<Calibration> parse_calibration(std::string_view toml, const std::string& file) {
    BUNDEL_TRY(figures, parse_figures(toml, file));
    std::map<std::string, Figure, std::less<>> by_name;
    for (const Figure& figure : figures) by_name[figure.name] = figure;
    Calibration read;
    for (const Place& place : places) {
        const auto found = by_name.find(place.name);
        if (found == by_name.end()) return wrong("scenario_key_missing", file, 1, place.name);
        if (!fits(found->second, place)) return wrong("scenario_value", file, found->second.line, place.name);
        put(found->second, place, read);
    }
    for (const Figure& figure : figures) {
        const bool known = std::any_of(std::begin(places), std::end(places),
                                       [&](const Place& place) { return figure.name == place.name; });
        if (!known) return wrong("scenario_key_unknown", file, figure.line, figure.name);
    }
    if (const char* key = out_of_order(read))
        return wrong("scenario_value", file, by_name.find(key)->second.line, key);
    return read;
}

}  // namespace bundel::sim
