// The cash forecast (liquiditeitsprognose) of the IGO, from what the store knows.
//
// Comes in: what insurers still owe on bundles that were sent, and the bundles that are still to be claimed,
// at the price of their contract; less what they reject as they did so far, and less what is set off of what
// they paid in advance. Goes out: what participants get of that, payout.wait_days after it comes in; what is
// approved or ordered, on the day of the payout; and what they have coming already, at once. What a
// participant was paid in advance is held back of that. Not foreseen: reductions, credits under way, what is
// still to be settled over a year, women who are not known yet.
#pragma once

#include "engine/world.h"
#include "insight/forecast.h"

namespace bundel::engine {

struct CashOutlook {
    insight::CashForecast forecast;
    values::Ratio to_participants;  // of what comes in: as all divisions so far; 1 when nothing was divided
    bool divided = false;
    Cents due;            // to participants, of what came in already and is in no payout; advances held back
    Cents held_back;      // of that: was paid in advance
    Cents on_the_way;     // in payouts that are approved or ordered, and not seen on a statement
    int payout_days = 0;  // from payment by the insurer to what participants get of it
    // From first care to sending, the middle of the claims so far. None: there are too few; then what is not
    // claimed yet comes later than the weeks.
    std::optional<int> claim_days;
    std::size_t claim_history = 0;                    // claims
    values::Status status = values::Status::example;  // of the least history and the payout days
};
// As the women were assessed last, and with the answers of today: of an earlier day only what was sent, paid
// and booked by then counts, but a claim that was answered since counts as it was answered. Error:
// cents_overflow.
Result<CashOutlook> cash_outlook(World& world, Date as_of);

std::string to_json(const CashOutlook& outlook);

}  // namespace bundel::engine
