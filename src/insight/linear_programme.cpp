#include "insight/linear_programme.h"

#include <Clp_C_Interface.h>

#include <limits>
#include <memory>

namespace bundel::insight {
namespace {

constexpr double endless = std::numeric_limits<double>::max();
constexpr double tolerance = 1e-10;
constexpr int most_iterations = 200'000;  // no clock: the same programme ends the same everywhere

struct Delete {
    void operator()(Clp_Simplex* model) const { Clp_deleteModel(model); }
};
using Model = std::unique_ptr<Clp_Simplex, Delete>;

// By column, as the library wants it.
struct Matrix {
    std::vector<CoinBigIndex> starts;
    std::vector<int> rows;
    std::vector<double> factors;
};

Matrix matrix_of(const LinearProgramme& programme) {
    std::vector<std::vector<std::pair<int, double>>> columns(programme.columns.size());
    for (std::size_t row = 0; row < programme.rows.size(); ++row) {
        for (const auto& [column, factor] : programme.rows[row].terms)
            columns[column].emplace_back(static_cast<int>(row), factor);
    }
    Matrix matrix;
    matrix.starts.push_back(0);
    for (const auto& column : columns) {
        for (const auto& [row, factor] : column) {
            matrix.rows.push_back(row);
            matrix.factors.push_back(factor);
        }
        matrix.starts.push_back(static_cast<CoinBigIndex>(matrix.rows.size()));
    }
    return matrix;
}

void load(Clp_Simplex* model, const LinearProgramme& programme) {
    const Matrix matrix = matrix_of(programme);
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> cost;
    std::vector<double> least;
    std::vector<double> most;
    for (const auto& column : programme.columns) {
        low.push_back(column.low);
        high.push_back(column.high);
        cost.push_back(column.cost);
    }
    for (const auto& row : programme.rows) {
        least.push_back(row.least);
        most.push_back(row.equal ? row.least : endless);
    }
    Clp_loadProblem(model, static_cast<int>(low.size()), static_cast<int>(least.size()), matrix.starts.data(),
                    matrix.rows.data(), matrix.factors.data(), low.data(), high.data(), cost.data(),
                    least.data(), most.data());
}

}  // namespace

std::optional<LinearSolution> solve(const LinearProgramme& programme) {
    try {
        const Model model(Clp_newModel());
        Clp_setLogLevel(model.get(), 0);
        Clp_setPrimalTolerance(model.get(), tolerance);
        Clp_setDualTolerance(model.get(), tolerance);
        Clp_setMaximumIterations(model.get(), most_iterations);
        load(model.get(), programme);
        Clp_dual(model.get(), 0);
        constexpr int optimal = 0;
        if (Clp_status(model.get()) != optimal) return std::nullopt;
        const double* columns = Clp_primalColumnSolution(model.get());
        const double* prices = Clp_dualRowSolution(model.get());
        return LinearSolution{{columns, columns + programme.columns.size()},
                              {prices, prices + programme.rows.size()}};
    } catch (...) {  // what it throws has no type of its own to rely on; a search that fails is "not known"
        return std::nullopt;
    }
}

}  // namespace bundel::insight
