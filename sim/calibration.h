// The figures that pregnancies are made with. They are read from sim/calibration.toml, where each has its
// unit, its source and a status, and where each can be changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/chance.h"

namespace bundel::sim {

// One entry of the file as it is written there.
struct Figure {
    std::string name;
    int line = 0;
    bool is_list = false;
    std::vector<int> values;
    std::string unit;    // "per million", "weight", "days", "minutes", "nights", "grams", "logit/1000", "day"
    std::string status;  // "sourced": as published; "derived": worked out from published; "memory": neither
    std::string source;
};

// Weeks of a birth are counted in these classes: 22-23, 24-25, 26-31, 32-36, 37-38, 39-41 and 42.
constexpr std::size_t week_classes = 7;

struct ByParity {
    PerMillion nulliparous = 0;
    PerMillion parous = 0;
};

struct Calibration {
    // The mother. Weights.
    std::vector<int> parity;           // no, one, two, three earlier births (three: or more)
    std::vector<int> age_nulliparous;  // 18-24, 25-29, 30-34, 35-39, 40-44 years
    std::vector<int> age_parous;

    // Before labour.
    PerMillion lost_early = 0;    // of all pregnancies in care: ends before 22 weeks
    std::vector<int> ends_early;  // weights: miscarriage, termination, ectopic, molar
    PerMillion multiple = 0;      // of births, as all that follows unless it says otherwise
    std::vector<int> weeks_singleton, weeks_multiple;  // weights by class of weeks
    PerMillion first_visit_before_10w = 0;
    PerMillion dating_scan = 0, nipt = 0, scan13 = 0, scan20 = 0,
               advanced_scan = 0;        // of those still pregnant
    int nipt_from = 0, scan13_from = 0;  // days as 20210901: not offered before
    PerMillion second_line_from_start_singleton = 0;
    ByParity referred_before;  // singletons of 37-41 weeks that started in the first line

    // Labour and birth.
    ByParity referred_in_labour;                         // under a midwife when labour starts
    std::vector<int> labour_nulliparous, labour_parous;  // weights in hospital: spontaneous, induced, planned
                                                         // caesarean
    ByParity caesarean;                                  // labour in hospital, not planned
    ByParity instrumental;                               // labour in hospital, no caesarean
    ByParity epidural;                                   // labour in hospital
    std::vector<int> place_first_line;  // weights: home, birth centre, outpatient in hospital
    ByParity haemorrhage;               // 1,000 ml or more
    ByParity episiotomy_first_line, episiotomy_hospital;       // of vaginal births
    PerMillion severe_tear = 0, severe_tear_instrumental = 0;  // of vaginal births without, with instrument

    // The child.
    PerMillion girl = 0;
    std::vector<int> stillborn;         // chances by class of weeks
    std::vector<int> died_after_birth;  // of those born alive, within 28 days, by class of weeks
    PerMillion low_apgar_first_line = 0;
    std::vector<int> low_apgar_hospital, admitted;  // of those born alive in hospital, by class of weeks
    PerMillion small_preterm_singleton = 0, small_term_singleton = 0, small_multiple = 0;  // below p10
    std::vector<int> girl_p10, girl_p50, boy_p10, boy_p50;  // grams at 23, 24 .. 42 weeks

    // After the birth.
    int nights_vaginal_most = 0, nights_caesarean_least = 0, nights_caesarean_most = 0;
    PerMillion kraamzorg = 0;  // of births with a living child
    int kraamzorg_mean = 0, kraamzorg_spread = 0, kraamzorg_least = 0, kraamzorg_most = 0;  // minutes
    int kraamzorg_days = 0;
    PerMillion partus_assistance = 0;  // of births in the first line
    PerMillion readmission = 0;        // of births in hospital

    // The rest of her life.
    PerMillion pregnant_again = 0, pregnant_after_loss = 0;  // if a next one fits in the period
    PerMillion insurer_switch = 0;                           // each 1 January
    PerMillion move = 0;                                     // out of the region, during a pregnancy

    // How far practices differ: standard deviation in thousandths of a logit.
    int spread_induction = 0, spread_referral_before = 0, spread_referral_in_labour = 0, spread_caesarean = 0,
        spread_epidural = 0, spread_haemorrhage = 0, spread_home = 0;
};

// In the order of the file. Errors, each with {file, line, key}: scenario_syntax (no TOML),
// scenario_key_missing, scenario_key_unknown, scenario_value (no whole number, unknown status, source empty).
base::Result<std::vector<Figure>> parse_figures(std::string_view toml, const std::string& file);

// Errors: the above, for a figure that is missing, is unknown, has another unit or another length of list, is
// out of range, or is a list of nothing but zeros.
base::Result<Calibration> parse_calibration(std::string_view toml, const std::string& file);

}  // namespace bundel::sim
