// One woman of the region: who she is, where she is in care, who insures her, and her pregnancies in order.
#pragma once

#include <optional>
#include <vector>

#include "sim/care_region.h"
#include "sim/pregnancy.h"
#include "sim/scenario.h"

namespace bundel::sim {

struct Insured {
    Date from;  // until the next one begins
    UzoviCode label;
};

// She leaves the region during a pregnancy and goes on with a neighbour's practice.
struct Move {
    Date day;  // the first day of care there
    std::size_t neighbour;
};

struct Carried {
    Pregnancy pregnancy;
    Mother mother;  // as she was at the birth
    std::optional<Move> move;
};

struct Life {
    Woman woman;           // number "R000017"; her insurer is the one of today, lines name their own
    std::size_t practice;  // index in CareRegion::practices
    std::vector<Insured> insured;
    std::vector<Carried> pregnancies;  // each ends in the period of births; at least one

    UzoviCode insurer_on(Date day) const;
};

// The woman with this number, 0..689,999; the same whatever other women there are. Her first pregnancy would
// come to term in `births`; later ones follow as far as they do.
Life life_of(const Calibration& calibration, const CareRegion& region, std::uint64_t seed, int number,
             const Period& births);

}  // namespace bundel::sim
