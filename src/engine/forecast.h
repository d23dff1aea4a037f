// The cash forecast (liquiditeitsprognose) of the IGO, from what the store knows.
//
// Comes in: what insurers still owe on bundles that were sent, and the bundles that are still to be claimed,
// at the price of their contract. Goes out: what participants get of that on the day it comes in, and what
// they have coming already, at once. Not foreseen: what insurers will still reduce or reject, credits under
// way, women who are not known yet.
#pragma once

#include "engine/world.h"
#include "insight/forecast.h"

namespace bundel::engine {

struct CashOutlook {
    insight::CashForecast forecast;
    values::Ratio to_participants;  // of what comes in: as all divisions so far; 1 when nothing was divided
    bool divided = false;
    Cents due;  // to participants, of what came in already
    // From first care to sending, the middle of the claims so far. None: there are too few; then what is not
    // claimed yet comes later than the weeks.
    std::optional<int> claim_days;
    std::size_t claim_history = 0;                    // claims
    values::Status status = values::Status::example;  // of the least history that is asked for
};
// As the women were assessed last, and with the answers of today: of an earlier day only what was sent, paid
// and booked by then counts, but a claim that was answered since counts as it was answered. Error:
// cents_overflow.
Result<CashOutlook> cash_outlook(World& world, Date as_of);

std::string to_json(const CashOutlook& outlook);

}  // namespace bundel::engine
