// From the course of a pregnancy to what each provider declares for it: the lines of monodisciplinary care as
// they would stand in faultless bills, and the day each is handed in.
//
// Where a fact was not found, this is a choice, so that the region can be played at all:
// - codes of hospital, kraamzorg and echo: the examples of list 999 (rulebooks/scope);
// - a midwife who refers during labour declares no natal care (what she may declare was not found);
// - a second practice after 29 weeks has no known code, so nobody moves that late;
// - no activity code of a caesarean is known, so its DBC tells only of one day: that of the birth;
// - one tariff for all years (sim/fees.csv): every euro is followed to the cent, its height proves nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/life.h"

namespace bundel::sim {

// Activities of a hospital that are a birth (rulebooks/activities/birth.toml).
bool is_birth(std::string_view activity);

// Code -> amount for one, as in sim/fees.csv.
class Fees {
public:
    // Columns prestatie, centen, per, status, bron. Errors: fees_unreadable{line, what}.
    static Result<Fees> parse(std::string_view csv);
    Cents of(const PerformanceCode& code) const;  // contract: it is there

private:
    std::map<PerformanceCode, Cents> amounts_;
};

// A line as it was meant, before anything goes wrong on the way.
struct Delivered {
    AgbCode provider;
    std::size_t pregnancy;  // index in Life::pregnancies
    ClaimLine line;
    Date handed_in;
    // Whose pregnancy began while its provider took part goes to the IGO, also after it left; all else goes
    // to the insurer (reference day of membership: rulebooks/regimes).
    bool to_igo = false;
    std::optional<Date> received = {};  // by whom it was handed in to; none: not yet, or its file was lost
};

// Care as somebody gave it.
struct Care {
    AgbCode provider;
    std::string reference;
    PerformanceCode performance;
    Period period;
};
// Its line for one, at the fee and with her insurer of the first day, in the next bill of the provider.
Delivered delivered(const CareRegion& region, const Fees& fees, const Life& life, std::size_t pregnancy,
                    const Care& care);

// In the order in which they were delivered. References are unique for each provider.
std::vector<Delivered> care_of(const CareRegion& region, const Fees& fees, const Life& life, Chance& chance);

}  // namespace bundel::sim
