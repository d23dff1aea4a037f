#include "ledger/chart.h"

#include <algorithm>

namespace bundel::ledger {
using base::Error;
using base::Result;

Result<Chart> Chart::make(std::span<const ChartLine> lines) {
    if (lines.empty()) return Error{"rulebook_file_missing", {{"file", "chart.toml"}}};
    Chart chart;
    chart.by_kind_.resize(chart_rows().size());
    for (const ChartLine& line : lines) {
        const auto row = std::ranges::find(chart_rows(), line.account, &ChartRow::name);
        if (row == chart_rows().end()) return Error{"ledger_chart_unknown", {{"account", line.account}}};
        ChartLine& kept = chart.by_kind_[static_cast<std::size_t>(row->kind)];
        if (!kept.account.empty()) return Error{"ledger_chart_twice", {{"account", line.account}}};
        kept = line;
    }
    for (const ChartRow& row : chart_rows()) {
        if (chart.of(row.kind).account.empty())
            return Error{"ledger_chart_missing", {{"account", std::string(row.name)}}};
    }
    return chart;
}

}  // namespace bundel::ledger
