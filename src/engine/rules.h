// The decision models of a rulebook as their owners look after them: is every combination decided exactly
// once, and do the examples beside the model (tests as tables) come out as they should?
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "rulebook/inventory.h"
#include "rulebook/rulebook.h"

namespace bundel::engine {

// A rule of a table by its id in the file, and its row there from 1.
struct RuleName {
    std::string id;
    std::size_t row = 0;
    bool operator==(const RuleName&) const = default;
};

struct RuleProblem {
    enum class Kind : std::uint8_t {
        gap,                  // no rule for the example
        overlap,              // `rule` and `other` both for the example
        dead_rule,            // `rule` for nothing that can occur
        performance_unknown,  // `rule` gives `performance`, which the regime's catalogue does not derive
        performance_never     // no rule gives `performance`, which stands in the catalogue as derivable
    };
    Kind kind = Kind::gap;
    RuleName rule{};
    RuleName other{};
    std::vector<std::pair<std::string, std::string>> example{};  // variable, value: as words in a test
    std::string performance{};
};

struct CheckedDecision {
    std::string id;
    std::string name;
    std::size_t rules = 0;
    bool decided = false;  // the proof came to an end: what there is of problems stands below
    std::vector<RuleProblem> problems{};
    bool holds() const { return decided && problems.empty(); }
};

struct CheckedModel {
    std::string regime;
    std::string file;
    std::vector<CheckedDecision> decisions;  // those with a table, in order of the file
    std::vector<base::Error> refused;        // what cannot be proved, by name and cell; each once
    bool holds() const;
};

// Each problem stands once, with the decision whose table has it: what rests on that table does not repeat
// it.
std::vector<CheckedModel> check_rules(const rulebook::Rulebook& rulebook);
bool holds(const std::vector<CheckedModel>& models);

// A row that came out otherwise. Line in the file, from 1.
struct WrongRow {
    long line = 0;
    std::string column;  // "verwacht" or "reden"
    std::string expected;
    std::string got;  // empty: no rule decides
    std::string why;  // as the row says
};

struct TestedDecision {
    std::string id;
    std::string name;
    std::string file;  // of its rows; empty when it has none
    std::size_t rules = 0;
    std::size_t rows = 0;
    std::vector<WrongRow> wrong{};
    std::vector<RuleName> unreached{};  // rules that no row of this file reaches
};

struct TestedModel {
    std::string regime;
    std::string file;
    std::vector<TestedDecision> decisions;
};

// Carries out models/<model>/<decision id>.csv for every model "models/<model>.dmn" that a regime names.
// Columns: variables by their name in the model (an empty cell: not given), `verwacht`, `reden` where the
// decision has two outcomes, `uitspraak` and `waarom`.
// Errors: rules_test_unreadable{file,line}, rules_test_file{file} (of no model or decision with a table),
// rules_test_column{file,column}, rules_test_cell{file,line,column,found}; those of Model::evaluate.
base::Result<std::vector<TestedModel>> test_rules(const rulebook::Rulebook& rulebook,
                                                  const std::map<std::string, std::string>& files);
bool all_right(const std::vector<TestedModel>& models);

std::string to_json(const std::vector<CheckedModel>& models);
std::string to_json(const std::vector<TestedModel>& models);
std::string to_json(const rulebook::Inventory& inventory);

}  // namespace bundel::engine
