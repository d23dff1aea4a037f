// One claim message of one provider for one insurer, as the software of that provider would write it: a
// midwife practice a VK301, a hospital a ZH308, a kraamzorg organisation a KZ301. Fields are found by the
// data element they hold, because every message numbers them otherwise.
//
// Of a hospital every line is a record 04 with its record 06, and a record 16 for each activity when the
// layout has one. The hash and the fields of the grouper are made up; whoever passes a line on may not touch
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/scenario.h"
#include "wire/layout.h"

namespace bundel::sim {

struct WomanLine {
    const Scenario* scenario;
    const ClaimLine* line;
};

struct Parties {
    AgbCode agb;
    Provider provider;
    UzoviCode insurer;
    std::string invoice = {};  // at most twelve characters; empty: by the day and the insurer
};

// The message a provider of this kind sends when a scenario does not say: "VK301 2.2".
std::string_view usual_message(AgbCode provider);

// Contract: lines is not empty. Errors: layout_field_unknown{layout, field}; those of wire::Writer.
Result<std::string> claim_file(const wire::LayoutRef& layout, const Parties& parties, Date day,
                               const std::vector<WomanLine>& lines);

}  // namespace bundel::sim
