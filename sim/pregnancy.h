// The course of one pregnancy as it truly was: what later becomes bills, forms and the truth. Days and
// chances follow the calibration; practice and region move some of them. Consultations follow from these
// days.
#pragma once

#include <optional>
#include <vector>

#include "sim/calibration.h"
#include "sim/chance.h"
#include "values/date.h"

namespace bundel::sim {
using values::Date;

struct Mother {
    int age = 30;    // years, when the pregnancy ends
    int parity = 0;  // earlier births
};

// What a practice in its region does to the rates, in thousandths of a logit.
struct Effects {
    int induction = 0, referral_before = 0, referral_in_labour = 0, caesarean = 0, epidural = 0,
        haemorrhage = 0, home = 0;
};

// A birth is from 22 weeks; what ends earlier is one of the last four.
enum class Outcome { live_birth, stillbirth, miscarriage, termination, ectopic, molar };
enum class Labour { none, spontaneous, induced, planned_caesarean };
enum class Mode { none, spontaneous, instrumental, caesarean };
enum class Place { none, home, birth_centre, outpatient_hospital, hospital };  // hospital: second line

struct Child {
    bool alive = false;  // at birth
    bool died = false;   // born alive, died within 28 days
    int grams = 0;
    bool small = false;  // below the tenth percentile of its weeks and sex
    bool girl = false;
    bool admitted = false;
    bool low_apgar = false;  // below 7 after five minutes
};

struct Pregnancy {
    Date onset;        // 0+0
    Date first_visit;  // the first care because of the pregnancy
    bool second_line_from_start = false;
    // None: not done, or the pregnancy had ended.
    std::optional<Date> dating_scan, nipt, scan13, scan20, advanced_scan;
    std::optional<Date> referred;     // to the obstetrician, before the day of birth
    bool referred_in_labour = false;  // on the day of birth
    Outcome outcome = Outcome::live_birth;
    Date end;  // birth or loss
    Labour labour = Labour::none;
    Mode mode = Mode::none;
    Place place = Place::none;
    bool epidural = false;
    bool haemorrhage = false;  // 1,000 ml or more
    bool episiotomy = false;
    bool severe_tear = false;     // third or fourth degree
    std::vector<Child> children;  // none: no birth; twins have the outcome live_birth if one was born alive
    int stay_nights = 0;          // mother in hospital after the birth
    int kraamzorg_minutes = 0;    // whole quarters of an hour
    int kraamzorg_days = 0;
    bool partus_assistance = false;
    std::optional<Date> readmission;  // of the mother, after she went home

    Date due() const { return onset.plus_days(280); }
    int weeks() const { return days_between(onset, end) / 7; }  // completed, at the end
    bool is_birth() const { return !children.empty(); }
    bool under_midwife_at_onset() const;  // of labour
};

int draw_parity(const Calibration& calibration, Chance& chance);
int draw_age(const Calibration& calibration, int parity, Chance& chance);

// Drawn once for a practice.
Effects practice_effects(const Calibration& calibration, Chance& chance);

// Takes its draws from `chance` only: one stream for each pregnancy keeps it apart from all others.
Pregnancy course(const Calibration& calibration, const Mother& mother, const Effects& effects, Date onset,
                 Chance& chance);

}  // namespace bundel::sim
