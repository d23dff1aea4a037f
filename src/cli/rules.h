// `bundel rules`: the decision models of a rulebook proved, tested and described; a rulebook proposed,
// approved and put in force.
#pragma once

#include "cli/arguments.h"
#include "cli/commands.h"

namespace bundel::cli {

Exit check_rules(const Arguments& arguments);
Exit test_rules(const Arguments& arguments);
Exit list_variables(const Arguments& arguments);
Exit propose_rules(const Arguments& arguments);
Exit approve_rules(const Arguments& arguments);
// Refused, with the reason, unless the models are proved, the tests come out and an approval stands.
Exit adopt_rules(const Arguments& arguments);

}  // namespace bundel::cli
