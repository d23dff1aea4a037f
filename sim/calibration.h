// The figures a region is made with: chances in millionths, sizes in the unit of the name. Read from
// sim/calibration.toml, where each has its source, or is marked as memory or choice and can be changed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/chance.h"

namespace bundel::sim {

struct Calibration {
    // Weights; one list for those who have no child yet and one for the others.
    std::vector<int> parity;           // of 0, 1, 2, 3
    std::vector<int> age_nulliparous;  // under 25, 25-29, 30-34, 35-39, 40 and over
    std::vector<int> age_parous;
    std::vector<int> ends_early;       // miscarriage, termination, ectopic, molar
    std::vector<int> weeks_singleton;  // births at 22-23, 24-25, 26-31, 32-36, 37-38, 39-41, 42 weeks
    std::vector<int> weeks_multiple;
    std::vector<int> place_under_midwife;  // home, birth centre, outpatient hospital
    std::vector<int> labour_nulliparous;   // in the second line: spontaneous, induced, planned caesarean
    std::vector<int> labour_parous;
    std::vector<int> stillborn;         // per million, by the classes of weeks
    std::vector<int> died_after_birth;  // of those born alive, idem
    // Chances, per million.
    int lost_early, multiple, second_line_from_start;
    int referred_before_nulliparous, referred_before_parous;
    int referred_in_labour_nulliparous, referred_in_labour_parous;
    int caesarean_nulliparous, caesarean_parous;        // in hospital, not planned
    int instrumental_nulliparous, instrumental_parous;  // idem
    int epidural_nulliparous, epidural_parous;          // idem
    int haemorrhage_nulliparous, haemorrhage_parous;
    int episiotomy_midwife_nulliparous, episiotomy_midwife_parous;
    int episiotomy_hospital_nulliparous, episiotomy_hospital_parous;
    int severe_tear, small_singleton, small_multiple, girl;
    int dating_scan, scan20, advanced_scan, kraamzorg, partus_assistance, readmission;
    int pregnant_again, pregnant_after_loss, insurer_switch, move;
    // Standard deviation of a practice's effect, thousandths of a logit.
    int spread_referral, spread_induction, spread_haemorrhage;
    // Sizes.
    int kraamzorg_mean_minutes, kraamzorg_spread_minutes, kraamzorg_least_minutes, kraamzorg_most_minutes;
    int kraamzorg_days;
};

// Errors, each with {file, line, key}: those of a scenario's file; a figure that is missing
// (scenario_key_missing), unknown (scenario_key_unknown) or no number in its range (scenario_value).
base::Result<Calibration> parse_calibration(std::string_view toml, const std::string& file);

}  // namespace bundel::sim
