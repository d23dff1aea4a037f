// The day of today, by the clock and time zone of the machine.
#pragma once

#include "engine/ports.h"

namespace bundel::store {

class SystemClock final : public engine::Clock {
public:
    values::Date today() override;
};

}  // namespace bundel::store
