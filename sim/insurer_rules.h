// What an insurer of a made-up region knows by itself and agreed: how each label works (verzekeraars.csv),
// the contracts with the IGO, and who is insured with it since when. sim/insurer.h judges by it.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/life.h"
#include "sim/scenario.h"

namespace bundel::sim {

// A row of verzekeraars.csv.
struct Terms {
    int answer_days = 14;    // from receipt to answer
    int payment_days = 14;   // from answer to payment, at the earliest
    int submit_months = 12;  // after the last day of care; on the last day of the term it is in time
    bool strict = true;      // refuses a price that was not agreed; else grants at most what was
};

struct AgreedPrice {
    PerformanceCode performance;
    Period period;
    Cents amount;
};

// A row of contracten.csv, as far as an insurer looks at it.
struct KnownContract {
    AgbCode igo;
    std::vector<UzoviCode> labels;
    Period period;
    std::string overlap;    // "in de prijs": as the form writes it
    Cents fixed_deduction;  // overlap "vaste aftrek"
    std::vector<AgreedPrice> prices;
};

// Care from outside that the insurer told the IGO of: what its contract may make the IGO deduct.
struct ToldOverlap {
    Period care;
    Cents amount;
    Date told;
    std::optional<Date> withdrawn;
};

// What may be claimed, both ends included.
struct PriceRange {
    Cents least, most;
};

// The right prices of a performance over this care on the day its claim is received: those of the contract
// whose period overlaps the care, less what it deducts. A deduction that was told on that day, or of care
// that does not lie in it as a whole, may be made and need not: the claim may have been on its way, and the
// care may count in the phase beside it. Empty: the contract has no price for it.
std::vector<PriceRange> right_prices(const KnownContract& contract, const PerformanceCode& performance,
                                     const Period& care, std::span<const ToldOverlap> overlaps, Date day);

class InsurerRules {
public:
    InsurerRules(std::map<UzoviCode, Terms> terms, std::vector<KnownContract> contracts,
                 std::map<std::string, std::vector<Insured>> insured)
        : terms_(std::move(terms)), contracts_(std::move(contracts)), insured_(std::move(insured)) {}

    const Terms* terms(UzoviCode label) const;  // none: no such label
    // On this day she is with this label. `bsn` of nobody: not.
    bool insures(UzoviCode label, const std::string& bsn, Date day) const;
    const KnownContract* contract(UzoviCode label, AgbCode igo, Date day) const;  // none: not agreed
    // A label whose contracts let the bundle fall back when somebody outside gave care of it.
    bool lets_fall_back(UzoviCode label) const;

private:
    std::map<UzoviCode, Terms> terms_;
    std::vector<KnownContract> contracts_;
    std::map<std::string, std::vector<Insured>> insured_;  // BSN -> in order of day
};

// The codes of the performances that a file of rulebooks/regimes names: "prenatal" -> 069:990002. Errors:
// those of parse_scenario.
Result<std::map<std::string, PerformanceCode>> parse_performances(std::string_view toml,
                                                                  const std::string& file);

// `region`: of bundel-sim region; `regimes`: the folder of the rulebook with the regimes that the contracts
// name. Errors: sim_file_unreadable{file}; insurer_rules_cell{file, line, column}; those of
// parse_performances.
Result<InsurerRules> read_insurer_rules(const std::filesystem::path& region,
                                        const std::filesystem::path& regimes);

}  // namespace bundel::sim
