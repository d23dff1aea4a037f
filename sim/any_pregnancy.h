// Pregnancies of women of a country, for tests: each with a mother and a practice of her own, so that the
// pregnancies are independent of each other.
#pragma once

#include "sim/care_region.h"
#include "sim/files.h"
#include "sim/pregnancy.h"

namespace bundel::sim {

inline Calibration shipped_calibration() {
    return *parse_calibration(*read_file(BUNDEL_SOURCE_DIR "/sim/calibration.toml"), "calibration.toml");
}

inline Choices shipped_choices(Regime regime) {
    const char* name = regime == Regime::y2017 ? "2017.toml" : "2023.toml";
    return *parse_choices(*read_file(std::string(BUNDEL_SOURCE_DIR "/rulebooks/regimes/") + name), name);
}

struct Case {
    Mother mother;
    Pregnancy pregnancy;
};

inline Case any_case(const Calibration& calibration, std::uint64_t seed, std::uint64_t index) {
    Chance woman(seed, "woman", index);
    Chance practice(seed, "practice", index);
    Chance chance(seed, "course", index);
    Case one;
    one.mother.parity = draw_parity(calibration, woman);
    one.mother.age = draw_age(calibration, one.mother.parity, woman);
    const Date onset = Date::of(2018, 1, 1).plus_days(woman.below(7 * 365));
    one.pregnancy = course(calibration, one.mother, practice_effects(calibration, practice), onset, chance);
    return one;
}

}  // namespace bundel::sim
