// The chart of accounts (rekeningschema) as the rulebook gives it: number, Dutch name and type of each
// account we keep. What we book under stays the name of account.h; this is how it is shown.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "ledger/account.h"
#include "rulebook/rulebook.h"

namespace bundel::ledger {

using rulebook::AccountType;
using rulebook::ChartLine;

class Chart {
public:
    // One line for each kind of account. The first fault is the Error: rulebook_file_missing{file} (no lines
    // at all), ledger_chart_unknown{account}, ledger_chart_twice{account}, ledger_chart_missing{account}.
    static base::Result<Chart> make(std::span<const ChartLine> lines);

    const ChartLine& of(AccountKind kind) const { return by_kind_[static_cast<std::size_t>(kind)]; }

private:
    std::vector<ChartLine> by_kind_;
};

}  // namespace bundel::ledger
