// The course of one pregnancy as it truly was. Days and chances follow the calibration; practice and region
// move some of them.
#pragma once

#include <optional>
#include <vector>

#include "sim/calibration.h"
#include "values/date.h"

namespace bundel::sim {
using values::Date;

struct Mother {
    int age = 30;    // years
    int parity = 0;  // earlier births
};

// What a practice does to the rates, in thousandths of a logit.
struct Effects {
    int referral = 0;
    int induction = 0;
    int haemorrhage = 0;
};

enum class Outcome { live_birth, stillbirth, miscarriage, termination, ectopic, molar };
enum class Labour { none, spontaneous, induced, planned_caesarean };
enum class Mode { none, spontaneous, instrumental, caesarean };
enum class Place { none, home, birth_centre, outpatient_hospital, hospital };  // hospital: second line

struct Child {
    bool alive = true;  // at birth
    bool died = false;  // within 28 days
    bool girl = false;
    bool small = false;  // birth weight under the tenth percentile
};

struct Pregnancy {
    Date onset;        // 0+0
    Date first_visit;  // the first care because of the pregnancy
    bool second_line_from_start = false;
    std::optional<Date> dating_scan, scan20, advanced_scan;
    std::optional<Date> referred;  // to the obstetrician, before labour
    bool referred_in_labour = false;
    Outcome outcome = Outcome::live_birth;
    Date end;  // birth or loss
    Labour labour = Labour::none;
    Mode mode = Mode::none;
    Place place = Place::none;
    bool epidural = false;
    bool haemorrhage = false;  // 1,000 ml or more
    bool episiotomy = false;
    bool severe_tear = false;     // third or fourth degree
    std::vector<Child> children;  // empty: no birth
    int stay_nights = 0;          // of the mother in hospital
    int kraamzorg_minutes = 0;    // quarters of an hour
    int kraamzorg_days = 0;
    bool partus_assistance = false;
    std::optional<Date> readmission;

    bool is_birth() const { return !children.empty(); }
    bool under_midwife_at_onset() const;  // of labour
};

int draw_parity(const Calibration& calibration, Chance& chance);
int draw_age(const Calibration& calibration, int parity, Chance& chance);
Effects practice_effects(const Calibration& calibration, Chance& chance);

Pregnancy course(const Calibration& calibration, const Mother& mother, const Effects& effects, Date onset,
                 Chance& chance);

}  // namespace bundel::sim
