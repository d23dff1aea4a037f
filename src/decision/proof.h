// Proof: that decision tables give exactly one answer to every input, or the inputs to which they do not.
//
// For tables with hit policy UNIQUE whose columns look at a variable with a declared domain: an input, an
// entry of an input, or the output of another such table. What another expression gives is taken for a
// variable over its declared type: more than can occur, so that no gap is missed. A domain is declared by the
// type: boolean, a list of values ("a", "b"), or a range of numbers, dates or durations ([0..45], >= 1, ...).
// Days and months step by one; numbers do when the allowed values also say floor(?) = ?, else they are
// continuous. Null is in a domain only when the allowed values name it. Cells are "-", values, comparisons,
// ranges, not(...) over constants; what else there is, is refused by name and cell.
//
// The borders in the cells cut each domain into classes in which all cells answer the same, so a finite
// search is exact. It splits column by column and never walks the whole product.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "decision/model.h"

namespace bundel::decision {

// Alone: what the table takes from other tables is a variable over its declared values. Graph: it is what
// those tables produce, down to the inputs of the model.
enum class Reach : std::uint8_t { alone, graph };

struct ProofProblem {
    enum class Kind : std::uint8_t {
        gap,       // no rule for the example
        overlap,   // `rule` and `other` both for the example
        dead_rule  // `rule` for no input at all: no example
    };
    Kind kind = Kind::gap;
    std::uint32_t decision = 0;  // Model::decisions()
    std::uint32_t rule = 0;      // from 0
    std::uint32_t other = 0;
    // One input for which it holds: the variables by name ("age", "person.age"), in a fixed order.
    std::vector<std::pair<std::string, Value>> example{};
};

struct Proof {
    std::vector<ProofProblem> problems;  // at most gaps_max gaps per decision
    std::uint64_t regions = 0;           // looked at
    static constexpr std::size_t gaps_max = 20;
    bool holds() const { return problems.empty(); }
};

// Of `decision`, and with Reach::graph of every decision that it requires.
// Errors, with file, line, element, cell and what: proof_no_table, proof_hit_policy, proof_expression,
// proof_domain, proof_test, proof_output. proof_domain_empty. proof_too_large: more than `regions_max`
// regions.
base::Result<Proof> prove(const Model& model, std::uint32_t decision, Reach reach,
                          std::uint64_t regions_max = 5'000'000);

}  // namespace bundel::decision
