// Lines into parts: one phase each, summing exactly to the line; what cannot be placed says why.
#pragma once

#include "pathway/pathway.h"

namespace bundel::pathway {

// Fills parts and unplaced. Asserts placed + unplaced = read. Error: rulebook_value_missing.
base::Result<base::Done> place_lines(Pathway& pathway, const rulebook::Rulebook& rulebook);

}  // namespace bundel::pathway
