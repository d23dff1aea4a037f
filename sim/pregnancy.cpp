#include "sim/pregnancy.h"

#include <algorithm>

namespace bundel::sim {
namespace {

// The classes of weeks in which births and deaths are counted.
struct Weeks {
    int first, last;
};
constexpr Weeks classes[] = {{22, 23}, {24, 25}, {26, 31}, {32, 36}, {37, 38}, {39, 41}, {42, 42}};
constexpr std::size_t term = 4;  // the first class of term births
// Earlier no child is born alive here, as in the windows of pathway reconstruction (quality.md section 6); of
// all children born at 22 and 23 weeks 987 in 1,000 die.
constexpr int live_birth_days = 161;

class Course {
public:
    Course(const Calibration& calibration, const Mother& mother, const Effects& effects, Chance& chance)
        : figures_(calibration), first_(mother.parity == 0), effects_(effects), chance_(chance) {}

    Pregnancy run(Date onset) {
        now_.onset = onset;
        now_.first_visit = day(chance_.between(49, 77));
        if (happens(figures_.lost_early)) {
            lose();
        } else {
            carry();
            give_birth();
            lie_in();
        }
        look();
        return std::move(now_);
    }

private:
    bool happens(int per_million, int effect = 0) { return chance_.happens(shifted(per_million, effect)); }
    int either(int nulliparous, int parous) const { return first_ ? nulliparous : parous; }
    Date day(int after_onset) const { return now_.onset.plus_days(after_onset); }

    void lose() {
        constexpr Outcome kinds[] = {Outcome::miscarriage, Outcome::termination, Outcome::ectopic,
                                     Outcome::molar};
        now_.outcome = kinds[chance_.pick(figures_.ends_early)];
        const bool is_early = now_.outcome == Outcome::ectopic || now_.outcome == Outcome::molar;
        const int latest = now_.outcome == Outcome::miscarriage ? 112 : is_early ? 84 : 160;
        now_.end = std::max(day(chance_.between(56, latest)), now_.first_visit.plus_days(1));
    }

    // Up to labour: twins and part of the others are with an obstetrician from the start; who is born too
    // early was referred; of the rest a part.
    void carry() {
        twins_ = happens(figures_.multiple);
        class_ = chance_.pick(twins_ ? figures_.weeks_multiple : figures_.weeks_singleton);
        const Weeks weeks = classes[class_];
        now_.end = day(chance_.between(weeks.first * 7, weeks.last * 7 + 6));
        now_.second_line_from_start = twins_ || happens(figures_.second_line_from_start);
        const bool refers = happens(
            either(figures_.referred_before_nulliparous, figures_.referred_before_parous), effects_.referral);
        if (now_.second_line_from_start || (!refers && class_ >= term)) return;
        const int first = days_between(now_.onset, now_.first_visit) + 7;
        const int last = days_between(now_.onset, now_.end) - 1;
        // Most referrals come late in pregnancy: the later of two days.
        now_.referred = day(std::max(chance_.between(first, last), chance_.between(first, last)));
    }

    void give_birth() {
        const bool hospital = now_.second_line_from_start || now_.referred;
        start_labour(hospital);
        if (!hospital) {
            now_.referred_in_labour =
                happens(either(figures_.referred_in_labour_nulliparous, figures_.referred_in_labour_parous),
                        effects_.referral);
        }
        if (hospital || now_.referred_in_labour) {
            in_hospital();
        } else {
            constexpr Place places[] = {Place::home, Place::birth_centre, Place::outpatient_hospital};
            now_.place = places[chance_.pick(figures_.place_under_midwife)];
            now_.mode = Mode::spontaneous;
        }
        about_mother();
        bear(twins_ ? 2 : 1);
    }

    void start_labour(bool hospital) {
        now_.labour = Labour::spontaneous;
        if (!hospital) return;
        auto weights = first_ ? figures_.labour_nulliparous : figures_.labour_parous;
        const int sum = weights[0] + weights[1];
        const auto share = static_cast<int>(static_cast<std::int64_t>(weights[1]) * 1'000'000 / sum);
        weights[1] =
            static_cast<int>(static_cast<std::int64_t>(shifted(share, effects_.induction)) * sum / 1'000'000);
        weights[0] = sum - weights[1];
        constexpr Labour kinds[] = {Labour::spontaneous, Labour::induced, Labour::planned_caesarean};
        now_.labour = kinds[chance_.pick(weights)];
    }

    void in_hospital() {
        now_.place = Place::hospital;
        const int caesarean = either(figures_.caesarean_nulliparous, figures_.caesarean_parous);
        const int instrumental = either(figures_.instrumental_nulliparous, figures_.instrumental_parous);
        const bool painless = happens(either(figures_.epidural_nulliparous, figures_.epidural_parous));
        const auto how = chance_.pick({1'000'000 - caesarean - instrumental, instrumental, caesarean});
        if (now_.labour == Labour::planned_caesarean) {
            now_.mode = Mode::caesarean;
            return;
        }
        now_.epidural = painless;
        constexpr Mode modes[] = {Mode::spontaneous, Mode::instrumental, Mode::caesarean};
        now_.mode = modes[how];
    }

    void about_mother() {
        const bool vaginal = now_.mode != Mode::caesarean;
        const bool hospital = now_.place == Place::hospital;
        const int cut =
            hospital ? either(figures_.episiotomy_hospital_nulliparous, figures_.episiotomy_hospital_parous)
                     : either(figures_.episiotomy_midwife_nulliparous, figures_.episiotomy_midwife_parous);
        now_.episiotomy = happens(cut) && vaginal;
        now_.severe_tear = happens(figures_.severe_tear) && vaginal;
        now_.haemorrhage = happens(either(figures_.haemorrhage_nulliparous, figures_.haemorrhage_parous),
                                   effects_.haemorrhage);
        const int nights = chance_.below(2);
        if (hospital) now_.stay_nights = (vaginal ? 0 : 2) + nights;
    }

    void bear(int count) {
        for (int i = 0; i < count; ++i) {
            Child child;
            const bool stillborn = happens(figures_.stillborn[class_]);
            child.alive = !stillborn && days_between(now_.onset, now_.end) >= live_birth_days;
            child.died = happens(figures_.died_after_birth[class_]) && child.alive;
            child.girl = happens(figures_.girl);
            child.small = happens(twins_ ? figures_.small_multiple : figures_.small_singleton);
            now_.children.push_back(child);
        }
        const bool any_alive = std::any_of(now_.children.begin(), now_.children.end(),
                                           [](const Child& child) { return child.alive; });
        now_.outcome = any_alive ? Outcome::live_birth : Outcome::stillbirth;
    }

    // After the birth. Who has no living child has no kraamzorg here: what is usual then was not found.
    void lie_in() {
        const int bell =
            figures_.kraamzorg_mean_minutes + chance_.bell() * figures_.kraamzorg_spread_minutes / 1'000;
        const int minutes =
            std::clamp(bell, figures_.kraamzorg_least_minutes, figures_.kraamzorg_most_minutes);
        const bool helped = happens(figures_.kraamzorg);
        const bool assisted = happens(figures_.partus_assistance);
        const bool again = happens(figures_.readmission);
        const int later = chance_.between(3, 20);
        if (again && now_.place == Place::hospital) now_.readmission = now_.end.plus_days(later);
        now_.partus_assistance = assisted && now_.place != Place::hospital;
        if (!helped || now_.outcome != Outcome::live_birth) return;
        now_.kraamzorg_minutes = minutes / 15 * 15;
        now_.kraamzorg_days = figures_.kraamzorg_days;
    }

    // Scans as far as the pregnancy lasts.
    void look() {
        const Date dating = now_.first_visit.plus_days(chance_.between(0, 14));
        const Date second = day(chance_.between(18 * 7, 21 * 7));
        const Date advanced = day(chance_.between(20 * 7, 24 * 7));
        if (happens(figures_.dating_scan) && dating < now_.end) now_.dating_scan = dating;
        if (happens(figures_.scan20) && second < now_.end) now_.scan20 = second;
        if (happens(figures_.advanced_scan) && advanced < now_.end) now_.advanced_scan = advanced;
    }

    const Calibration& figures_;
    bool first_;
    Effects effects_;
    Chance& chance_;
    bool twins_ = false;
    std::size_t class_ = 0;
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
    constexpr Weeks years[] = {{18, 24}, {25, 29}, {30, 34}, {35, 39}, {40, 44}};
    const auto group = chance.pick(parity == 0 ? calibration.age_nulliparous : calibration.age_parous);
    return chance.between(years[group].first, years[group].last);
}

Effects practice_effects(const Calibration& calibration, Chance& chance) {
    const auto draw = [&](int spread) { return chance.bell() * spread / 1'000; };
    const int referral = draw(calibration.spread_referral);
    const int induction = draw(calibration.spread_induction);
    return {referral, induction, draw(calibration.spread_haemorrhage)};
}

Pregnancy course(const Calibration& calibration, const Mother& mother, const Effects& effects, Date onset,
                 Chance& chance) {
    return Course(calibration, mother, effects, chance).run(onset);
}

}  // namespace bundel::sim
