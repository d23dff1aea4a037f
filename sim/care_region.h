// The region that is made up: who delivers care, who takes part in the IGO and when, who insures. All codes
// are test codes; nothing in it exists.
//
// The default region: 13 midwife practices, one hospital, four kraamzorg
// organisations and an echo centre that take part; a tertiary centre and two neighbour regions (each a
// practice, a hospital and a kraamzorg organisation) that do not; three insurers, one of which has two
// labels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/calibration.h"
#include "sim/choices.h"
#include "sim/form_file.h"
#include "sim/pregnancy.h"
#include "sim/scenario.h"

namespace bundel::sim {

struct Practice {
    AgbCode agb;
    int weight = 1;  // its share of the women
    Effects effects;
};

struct Neighbour {
    AgbCode practice;
    AgbCode hospital;
    AgbCode kraamzorg;
};

struct Label {
    UzoviCode uzovi;
    int weight = 1;
};

struct Membership {
    AgbCode organisation;
    Period period;
};

// A contract of the IGO with an insurer.
struct Agreed {
    std::vector<UzoviCode> labels;
    Period period;
    std::string overlap;    // "in de prijs": as the form contracten writes it
    Cents fixed_deduction;  // overlap "vaste aftrek"
    Cents early_loss, prenatal, natal, postnatal;
};

enum class Regime { y2017, y2023 };  // 2017-2022 and 2023-

struct CareRegion {
    Regime regime = Regime::y2023;
    Choices choices;  // of the regime
    Region region;    // every provider by AGB code, also those outside
    std::vector<Practice> practices;
    AgbCode hospital;
    std::vector<AgbCode> kraamzorg;
    AgbCode echo_centre;
    AgbCode tertiary;
    std::vector<Neighbour> neighbours;
    std::vector<Label> labels;
    std::vector<Membership> memberships;
    std::vector<Agreed> agreed;

    bool takes_part(AgbCode organisation, Date day) const;
    const Agreed* agreed_with(UzoviCode label, Date day) const;  // none: no contract
};

// Days on which births may fall under a regime. Source: rulebooks/regimes.
Period births_under(Regime regime);

// What changes on the way, when noise is on: in two years one practice joins and one leaves, and one contract
// is replaced on 1 July.
enum class Changes { none, usual };

// Memberships and contracts cover the births and the care around them. Contract: births lie under the regime.
CareRegion default_region(const Calibration& calibration, std::uint64_t seed, Regime regime,
                          const Period& births, Changes changes);

// Rows of the forms lidmaatschappen and contracten.
std::vector<Cells> membership_cells(const CareRegion& region);
std::vector<Cells> contract_cells(const CareRegion& region);

// Rows of namen.csv, which the desk shows beside codes: providers, and the insurers of all made-up regions.
std::vector<Cells> name_cells(const Region& region);

// Rows of verzekeraars.csv: how each label works (sim/insurer_rules.h).
std::vector<Cells> insurer_cells();

}  // namespace bundel::sim
