#include "sim/pregnancy.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace bundel::sim {
namespace {

struct Span {
    int first, last;
};

// Where not said otherwise, days within a class of weeks and windows of scans are choices: what is published
// are the classes.
constexpr Span weeks_of[week_classes] = {{22, 23}, {24, 25}, {26, 31}, {32, 36},
                                         {37, 38}, {39, 41}, {42, 42}};
constexpr std::size_t viable = 2;   // from 26 weeks: a caesarean may be planned
constexpr std::size_t term = 4;     // from 37 weeks
constexpr std::size_t at_term = 5;  // 39-41 weeks
constexpr std::size_t past_term = 6;

// Days since 0+0. Born earlier no child is alive, as in the windows of pregnancy algorithms (quality.md
// section 6); of all children born at 22 and 23 weeks 987 in 1,000 die.
constexpr int live_birth_from = 161;

// Days since 0+0. What ends early does so within the windows of pregnancy algorithms (quality.md section 6);
// of a molar pregnancy no window was found.
constexpr Span miscarriage_window = {28, 139};
constexpr Span termination_window = {42, 153};
constexpr Span ectopic_window = {42, 84};
constexpr Span molar_window = {63, 112};
constexpr Span first_visit_early = {42, 69};  // before 10 weeks
constexpr Span first_visit_late = {70, 139};
constexpr Span dating_window = {70, 83};
constexpr Span nipt_window = {84, 90};
constexpr Span scan13_window = {91, 104};
constexpr Span scan20_window = {126, 146};

class Course {
public:
    Course(const Calibration& calibration, const Mother& mother, const Effects& effects, Date onset,
           Chance& chance)
        : figures_(calibration), nulliparous_(mother.parity == 0), effects_(effects), chance_(chance) {
        now_.onset = onset;
    }

    Pregnancy run() {
        const bool early = chance_.happens(figures_.first_visit_before_10w);
        now_.first_visit = day_in(early ? first_visit_early : first_visit_late);
        if (chance_.happens(figures_.lost_early)) {
            lose();
        } else {
            set_length();
            start_care();
            bear();
            start_labour();
            deliver();
            lie_in();
        }
        look();
        return std::move(now_);
    }

private:
    Date day(int since_onset) const { return now_.onset.plus_days(since_onset); }
    Date day_in(const Span& span) { return day(chance_.between(span.first, span.last)); }
    PerMillion of(const ByParity& chances) const {
        return nulliparous_ ? chances.nulliparous : chances.parous;
    }
    bool happens(PerMillion probability, int effect) { return chance_.happens(shifted(probability, effect)); }
    bool any_alive() const {
        return std::any_of(now_.children.begin(), now_.children.end(),
                           [](const Child& c) { return c.alive; });
    }

    void lose() {
        constexpr Outcome outcomes[] = {Outcome::miscarriage, Outcome::termination, Outcome::ectopic,
                                        Outcome::molar};
        constexpr Span windows[] = {miscarriage_window, termination_window, ectopic_window, molar_window};
        const auto kind = chance_.pick(figures_.ends_early);
        now_.outcome = outcomes[kind];
        now_.end = day_in(windows[kind]);
        now_.first_visit = std::min(now_.first_visit, now_.end);  // some come only because it ends
    }

    // How long it lasts: before 39 weeks more are born the longer it takes, later most in the middle.
    void set_length() {
        twins_ = chance_.happens(figures_.multiple);
        class_ = chance_.pick(twins_ ? figures_.weeks_multiple : figures_.weeks_singleton);
        const int first = weeks_of[class_].first * 7;
        const int last = weeks_of[class_].last * 7 + 6;
        const int one = chance_.between(first, last);
        const int other = chance_.between(first, last);
        if (class_ == at_term) {
            now_.end = day((one + other) / 2);
        } else {
            now_.end = day(class_ == past_term ? one : std::max(one, other));
        }
    }

    // Who is born before 37 or from 42 weeks is born under an obstetrician.
    void start_care() {
        const bool starts_there = chance_.happens(figures_.second_line_from_start_singleton);
        const bool referred = happens(of(figures_.referred_before), effects_.referral_before);
        now_.second_line_from_start = twins_ || starts_there;
        const int first = days_between(now_.onset, now_.first_visit) + 1;
        const int last = days_between(now_.onset, now_.end) - 1;
        const int one = chance_.between(first, last);
        const int other = chance_.between(first, last);
        if (now_.second_line_from_start) return;
        if (class_ < term) {
            now_.referred = now_.end.plus_days(-1);  // labour or what forebodes it
        } else if (class_ == past_term) {
            now_.referred = day(41 * 7 + 3);
        } else if (referred) {
            now_.referred = day(std::max(one, other));  // most of them late in pregnancy
        }
    }

    void bear() {
        for (int i = 0; i < (twins_ ? 2 : 1); ++i) {
            Child child;
            const bool stillborn = chance_.happens(figures_.stillborn[class_]);
            child.alive = !stillborn && days_between(now_.onset, now_.end) >= live_birth_from;
            child.died = chance_.happens(figures_.died_after_birth[class_]) && child.alive;
            child.girl = chance_.happens(figures_.girl);
            const PerMillion singleton =
                class_ < term ? figures_.small_preterm_singleton : figures_.small_term_singleton;
            child.small = chance_.happens(twins_ ? figures_.small_multiple : singleton);
            child.grams = grams(child);
            now_.children.push_back(child);
        }
        now_.outcome = any_alive() ? Outcome::live_birth : Outcome::stillbirth;
    }

    // A bell around the median of weeks and sex, as wide as the distance to the tenth percentile says; a
    // small child is in its tail below that percentile (choice: half as wide, and never under 250 grams).
    int grams(const Child& child) {
        const auto week = static_cast<std::size_t>(std::clamp(now_.weeks(), 23, 42) - 23);
        const int p10 = (child.girl ? figures_.girl_p10 : figures_.boy_p10)[week];
        const int p50 = (child.girl ? figures_.girl_p50 : figures_.boy_p50)[week];
        const int away = chance_.normal_thousandths() * (p50 - p10) / 1'282;  // p10 is 1.282 SD below p50
        if (child.small) return std::max(250, p10 - 1 - std::abs(away) / 2);
        return p50 + away < p10 ? p50 - away : p50 + away;
    }

    void start_labour() {
        now_.labour = Labour::spontaneous;
        if (now_.under_midwife_at_onset()) return;
        const auto& weights = nulliparous_ ? figures_.labour_nulliparous : figures_.labour_parous;
        const std::int64_t of_labour = std::max(weights[0] + weights[1], 1);
        const auto induced = static_cast<PerMillion>(weights[1] * std::int64_t{always} / of_labour);
        const bool planned = chance_.pick(weights) == 2;
        const bool induces = happens(induced, effects_.induction);
        if (planned && class_ >= viable && any_alive()) {
            now_.labour = Labour::planned_caesarean;
        } else if (planned || induces) {
            now_.labour = Labour::induced;
        }
    }

    void deliver() {
        const bool under_midwife = now_.under_midwife_at_onset();
        const bool refers = happens(of(figures_.referred_in_labour), effects_.referral_in_labour);
        now_.referred_in_labour = under_midwife && refers;
        if (under_midwife && !refers) {
            stay_first_line();
        } else {
            in_hospital();
        }
        const bool vaginal = now_.mode != Mode::caesarean;
        const auto& cut =
            now_.place == Place::hospital ? figures_.episiotomy_hospital : figures_.episiotomy_first_line;
        const bool instrument = now_.mode == Mode::instrumental;
        now_.episiotomy = chance_.happens(of(cut)) && vaginal;
        now_.severe_tear =
            chance_.happens(instrument ? figures_.severe_tear_instrumental : figures_.severe_tear) && vaginal;
        now_.haemorrhage = happens(of(figures_.haemorrhage), effects_.haemorrhage);
        for (Child& child : now_.children) first_minutes(child);
    }

    void stay_first_line() {
        const auto& weights = figures_.place_first_line;
        const std::int64_t all = weights[0] + weights[1] + weights[2];
        const auto home = static_cast<PerMillion>(weights[0] * std::int64_t{always} / all);
        const std::size_t elsewhere = chance_.pick({0, weights[1], std::max(weights[2], 1)});
        now_.mode = Mode::spontaneous;
        if (happens(home, effects_.home)) {
            now_.place = Place::home;
        } else {
            now_.place = elsewhere == 1 ? Place::birth_centre : Place::outpatient_hospital;
        }
    }

    void in_hospital() {
        now_.place = Place::hospital;
        const bool unplanned = happens(of(figures_.caesarean), effects_.caesarean);
        const bool instrument = chance_.happens(of(figures_.instrumental));
        const bool epidural = happens(of(figures_.epidural), effects_.epidural);
        const bool planned = now_.labour == Labour::planned_caesarean;
        now_.epidural = epidural && !planned;
        if (planned || unplanned) {
            now_.mode = Mode::caesarean;
        } else {
            now_.mode = instrument ? Mode::instrumental : Mode::spontaneous;
        }
    }

    void first_minutes(Child& child) {
        const bool hospital = now_.place == Place::hospital;
        const PerMillion low = hospital ? figures_.low_apgar_hospital[class_] : figures_.low_apgar_first_line;
        child.low_apgar = chance_.happens(low) && child.alive;
        child.admitted = chance_.happens(figures_.admitted[class_]) && child.alive && hospital;
    }

    // Who has no living child has no kraamzorg here: what is usual then was not found.
    void lie_in() {
        const bool hospital = now_.place == Place::hospital;
        const int nights = now_.mode == Mode::caesarean ? chance_.between(figures_.nights_caesarean_least,
                                                                          figures_.nights_caesarean_most)
                                                        : chance_.between(0, figures_.nights_vaginal_most);
        if (hospital) now_.stay_nights = nights;
        now_.partus_assistance = chance_.happens(figures_.partus_assistance) && !hospital;
        const int later = chance_.between(1, 20);
        if (chance_.happens(figures_.readmission) && hospital)
            now_.readmission = now_.end.plus_days(now_.stay_nights + later);
        const int minutes = std::clamp(
            figures_.kraamzorg_mean + chance_.normal_thousandths() * figures_.kraamzorg_spread / 1'000,
            figures_.kraamzorg_least, figures_.kraamzorg_most);
        if (!chance_.happens(figures_.kraamzorg) || !any_alive()) return;
        now_.kraamzorg_minutes = (minutes + 7) / 15 * 15;
        now_.kraamzorg_days = figures_.kraamzorg_days - (now_.stay_nights > 0 ? 1 : 0);
    }

    // Scans in their order, while she is pregnant and in care. Who comes late has her term dated at once.
    void look() {
        const Date dating = std::max(day_in(dating_window), now_.first_visit);
        scan(now_.dating_scan, figures_.dating_scan, dating, 0);
        scan(now_.nipt, figures_.nipt, day_in(nipt_window), figures_.nipt_from);
        scan(now_.scan13, figures_.scan13, day_in(scan13_window), figures_.scan13_from);
        const Date twenty = std::max(day_in(scan20_window), now_.first_visit);
        scan(now_.scan20, figures_.scan20, twenty, 0);
        scan(now_.advanced_scan, figures_.advanced_scan, twenty.plus_days(chance_.between(1, 14)), 0);
        if (!now_.scan20) now_.advanced_scan.reset();
    }

    void scan(std::optional<Date>& done, PerMillion used, Date when, int offered_from) {
        const bool uses = chance_.happens(used);
        const int written = when.year() * 10'000 + when.month() * 100 + when.day();
        if (uses && now_.first_visit <= when && when < now_.end && offered_from <= written) done = when;
    }

    const Calibration& figures_;
    bool nulliparous_;
    Effects effects_;
    Chance& chance_;
    bool twins_ = false;
    std::size_t class_ = 0;  // of weeks
    Pregnancy now_;
};

}  // namespace

bool Pregnancy::under_midwife_at_onset() const {
    return is_birth() && !second_line_from_start && !referred;
}

int draw_parity(const Calibration& calibration, Chance& chance) {
    return static_cast<int>(chance.pick(calibration.parity));
}

int draw_age(const Calibration& calibration, int parity, Chance& chance) {
    constexpr Span years[] = {{18, 24}, {25, 29}, {30, 34}, {35, 39}, {40, 44}};
    const auto group = chance.pick(parity == 0 ? calibration.age_nulliparous : calibration.age_parous);
    return chance.between(years[group].first, years[group].last);
}

Effects practice_effects(const Calibration& calibration, Chance& chance) {
    const auto draw = [&](int spread) { return chance.normal_thousandths() * spread / 1'000; };
    Effects effects;
    effects.induction = draw(calibration.spread_induction);
    effects.referral_before = draw(calibration.spread_referral_before);
    effects.referral_in_labour = draw(calibration.spread_referral_in_labour);
    effects.caesarean = draw(calibration.spread_caesarean);
    effects.epidural = draw(calibration.spread_epidural);
    effects.haemorrhage = draw(calibration.spread_haemorrhage);
    effects.home = draw(calibration.spread_home);
    return effects;
}

Pregnancy course(const Calibration& calibration, const Mother& mother, const Effects& effects, Date onset,
                 Chance& chance) {
    return Course(calibration, mother, effects, onset, chance).run();
}

}  // namespace bundel::sim
