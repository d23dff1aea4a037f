// A linear programme and its solution, in floating point: a proposal, which somebody else checks.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace bundel::insight {

// Minimise the cost of the columns, each between its bounds, so that each row is at least `least` (or is it,
// when `equal`).
struct LinearProgramme {
    struct Column {
        double low = 0;
        double high = 0;
        double cost = 0;
    };
    struct Row {
        std::vector<std::pair<std::size_t, double>> terms;  // column, factor; a column once
        double least = 0;
        bool equal = false;
    };
    std::vector<Column> columns;
    std::vector<Row> rows;
};

struct LinearSolution {
    std::vector<double> columns;
    std::vector<double> prices;  // of the rows: what one more of `least` costs
};

// None: the library found no optimum, or gave up; nothing is known then.
std::optional<LinearSolution> solve(const LinearProgramme& programme);

}  // namespace bundel::insight
