#include "intake/time_unit.h"

#include "base/assert.h"

namespace bundel::intake {
namespace {

struct Unit {
    std::string_view code;
    std::int32_t minutes;
};

constexpr Unit units[] = {
    {"01", 1},   // minuut
    {"02", 15},  // kwartier
    {"03", 30},  // half uur
    {"04", 60},  // uur
    {"07", 5},   // 5 minuten
    {"08", 10},  // 10 minuten
};

}  // namespace

std::int32_t minutes_of(std::int32_t quantity, std::string_view unit) {
    BUNDEL_ASSERT(quantity >= 0 && quantity <= 9999);
    for (const Unit& one : units) {
        if (one.code == unit) return quantity * one.minutes;
    }
    return 0;
}

}  // namespace bundel::intake
