// The tables of the store: what is history may only grow (triggers), what is derived is kept by delta (total,
// balance).
#pragma once

#include "store/database.h"

namespace bundel::store {
extern const Database::Kind store_kind;
}
