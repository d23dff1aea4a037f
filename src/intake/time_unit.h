// How long care took, from a quantity and its unit of time. Only for this room.
//
// Source: COD218-VEKT (tijdseenheid zorgperiode). Only units that are a fixed number of minutes say a
// duration; a piece, a night or a month does not.
#pragma once

#include <cstdint>
#include <string_view>

namespace bundel::intake {

// Contract: 0 <= quantity <= 9999. 0 minutes: `unit` (two digits) is empty or says no duration.
std::int32_t minutes_of(std::int32_t quantity, std::string_view unit);

}  // namespace bundel::intake
