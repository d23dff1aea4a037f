#include "small_region.h"

#include <numeric>

#include "sim/any_pregnancy.h"
#include "sim/files.h"
#include "wire/testing.h"

namespace bundel::testing {
using sim::Regime;
using values::Date;

namespace {

constexpr int louder = 10;

// All of them, and for nothing more than half of the time.
sim::NoiseRates loud_rates() {
    sim::NoiseRates rates;
    for (int* rate :
         {&rates.late_file, &rates.lost_file, &rates.file_out_of_order, &rates.late_line,
          &rates.line_sent_twice, &rates.corrected_line, &rates.wrong_bsn_digit, &rates.wrong_due_days,
          &rates.wrong_due_month, &rates.missing_enrolment, &rates.hidden_outside_care})
        *rate = std::min(500'000, *rate * louder);
    return rates;
}

const sim::Calibration& calibration() {
    static const sim::Calibration shipped = sim::shipped_calibration();
    return shipped;
}
const sim::Fees& fees() {
    static const sim::Fees shipped = *sim::Fees::parse(*sim::read_file(BUNDEL_SOURCE_DIR "/sim/fees.csv"));
    return shipped;
}
const wire::Layouts& layouts() {
    static const wire::Layouts all = wire::testing::all_layouts();
    return all;
}

std::vector<sim::UzoviCode> falling_back(const sim::CareRegion& region) {
    std::vector<sim::UzoviCode> found;
    for (const sim::Agreed& one : region.agreed) {
        if (one.overlap == "terugvallen") found.insert(found.end(), one.labels.begin(), one.labels.end());
    }
    return found;
}

}  // namespace

// Births of a few weeks to half a year, so that it ends before long. The first could not be taken for a
// pregnancy that began before 2017, of which the rulebook knows nothing.
SmallRegion small_region(std::uint64_t seed) {
    wire::testing::Seeded chance(seed);
    SmallRegion region;
    region.seed = seed;
    region.order.seed = seed;
    region.order.regime = chance.below(2) == 0 ? Regime::y2017 : Regime::y2023;
    const Date first = region.order.regime == Regime::y2017 ? Date::of(2018, 9, 1) : Date::of(2023, 1, 1);
    const Date from = first.plus_days(static_cast<int>(chance.below(3 * 365)));
    region.order.births = {from, from.plus_days(20 + static_cast<int>(chance.below(160)))};
    region.order.women = 3 + static_cast<int>(chance.below(10));
    region.order.rates = loud_rates();
    region.order.only.resize(static_cast<std::size_t>(region.order.women));
    std::iota(region.order.only.begin(), region.order.only.end(), 0);
    return region;
}

std::string name_of(const sim::Received& file) {
    return file.receiver + "/" + file.file.name;
}

MadeFiles files_of(const SmallRegion& region) {
    MadeFiles files;
    const auto made =
        sim::make_region(region.order, calibration(), fees(), layouts(), [&](const sim::Received& file) {
            if (!region.left_out.contains(name_of(file))) files.received.push_back(file);
            return base::Result<base::Done>(base::Done{});
        });
    BUNDEL_ASSERT(made.ok());
    files.own = sim::own_files(made->region);
    files.falling_back = falling_back(made->region);
    return files;
}

}  // namespace bundel::testing
