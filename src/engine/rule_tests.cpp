// The tests beside the decision models: rows of CSV, carried out.
#include <algorithm>
#include <optional>
#include <set>

#include "engine/rule_words.h"
#include "engine/rules.h"
#include "rulebook/selection_model.h"
#include "wire/csv.h"

namespace bundel::engine {
using base::Done;
using base::Error;
using base::Result;
using decision::Model;
using decision::Value;

namespace {

using Files = std::map<std::string, std::string>;

constexpr std::string_view outcome_columns[] = {"verwacht", "reden"};

// Where a column goes: an input of the model, an outcome, or only for who reads.
struct Column {
    std::optional<std::uint32_t> input;
    std::optional<std::size_t> outcome;
};

struct Sheet {
    std::string file;
    wire::CsvTable table;
    std::vector<Column> columns;
};

Result<Column> column_of(const Model& model, const std::string& file, const std::string& name,
                         std::size_t outcomes) {
    if (const auto input = model.input(name)) return Column{*input, std::nullopt};
    for (std::size_t i = 0; i < outcomes; ++i) {
        if (name == outcome_columns[i]) return Column{std::nullopt, i};
    }
    if (name == "uitspraak" || name == "waarom") return Column{};
    return Error{"rules_test_column", {{"file", file}, {"column", name}}};
}

Result<Sheet> read_sheet(const Model& model, const decision::Table& table, const std::string& file,
                         const std::string& bytes) {
    base::Findings findings;
    auto csv = wire::read_csv(bytes, file, findings);
    if (!csv || !findings.empty()) {
        const long line = findings.empty() ? 0 : findings.front().where.record;
        return Error{"rules_test_unreadable", {{"file", file}, {"line", std::to_string(line)}}};
    }
    Sheet sheet{file, std::move(*csv), {}};
    const std::size_t outcomes = std::min(table.outputs.size(), std::size(outcome_columns));
    for (const std::string& name : sheet.table.header) {
        BUNDEL_TRY(column, column_of(model, file, name, outcomes));
        sheet.columns.push_back(column);
    }
    for (std::size_t i = 0; i < outcomes; ++i) {
        if (sheet.table.column(outcome_columns[i]) < 0)
            return Error{"rules_test_column", {{"file", file}, {"column", std::string(outcome_columns[i])}}};
    }
    return sheet;
}

Result<std::vector<Value>> inputs_of(const Model& model, const Sheet& sheet, const wire::CsvRow& row) {
    std::vector<Value> inputs(model.inputs().size());
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        if (!sheet.columns[i].input || row.cells[i].empty()) continue;
        const auto& input = model.inputs()[*sheet.columns[i].input];
        const auto value = value_of(row.cells[i], input.type);
        if (!value)
            return Error{"rules_test_cell",
                         {{"file", sheet.file},
                          {"line", std::to_string(row.line)},
                          {"column", input.name},
                          {"found", row.cells[i]}}};
        inputs[*sheet.columns[i].input] = *value;
    }
    return inputs;
}

// The outcomes in the order of the table; empty texts when no rule decides.
std::vector<std::string> outcomes_of(const Value& value, std::size_t count) {
    std::vector<std::string> words(count);
    if (count == 1) {
        words.front() = word_of(value);
    } else if (value.kind() == decision::Kind::context) {
        const auto& entries = value.context();
        for (std::size_t i = 0; i < std::min(count, entries.size()); ++i)
            words[i] = word_of(entries[i].second);
    }
    return words;
}

std::string cell_of(const Sheet& sheet, const wire::CsvRow& row, std::string_view name) {
    const int column = sheet.table.column(name);
    return column < 0 ? "" : row.cells[static_cast<std::size_t>(column)];
}

void compare(const Sheet& sheet, const wire::CsvRow& row, const std::vector<std::string>& got,
             std::vector<WrongRow>& wrong) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const auto outcome = sheet.columns[i].outcome;
        if (!outcome || *outcome >= got.size() || row.cells[i] == got[*outcome]) continue;
        wrong.push_back({row.line, std::string(outcome_columns[*outcome]), row.cells[i], got[*outcome],
                         cell_of(sheet, row, "waarom")});
    }
}

Result<Done> run_row(const Model& model, std::uint32_t decision, const Sheet& sheet, const wire::CsvRow& row,
                     std::set<std::size_t>& reached, TestedDecision& tested) {
    const decision::Table& table = *model.decisions()[decision].table;
    BUNDEL_TRY(inputs, inputs_of(model, sheet, row));
    decision::Trail trail;
    BUNDEL_TRY(value, model.evaluate(decision, inputs, &trail));
    compare(sheet, row, outcomes_of(value, table.outputs.size()), tested.wrong);
    for (const auto& entry : trail.entries) {
        if (entry.table != table.number) continue;
        const auto rules = trail.rules_of(entry);
        reached.insert(rules.begin(), rules.end());
    }
    ++tested.rows;
    return Done{};
}

Result<TestedDecision> test_decision(const Model& model, std::uint32_t decision, const std::string& file,
                                     const Files& files) {
    const decision::DecisionInfo& info = model.decisions()[decision];
    TestedDecision tested{info.id, info.name, "", info.table->rules.size()};
    std::set<std::size_t> reached;
    if (const auto found = files.find(file); found != files.end()) {
        tested.file = file;
        BUNDEL_TRY(sheet, read_sheet(model, *info.table, file, found->second));
        for (const wire::CsvRow& row : sheet.table.rows)
            BUNDEL_TRY_DONE(run_row(model, decision, sheet, row, reached, tested));
    }
    for (std::size_t rule = 0; rule < info.table->rules.size(); ++rule) {
        if (!reached.contains(rule)) tested.unreached.push_back({info.table->rules[rule].id, rule + 1});
    }
    return tested;
}

// "models/2023.dmn" -> "models/2023/".
std::string folder_of(const Model& model) {
    return model.name().substr(0, model.name().rfind('.')) + "/";
}

Result<TestedModel> test_model(const rulebook::Regime& regime, const Files& files,
                               std::set<std::string>& run) {
    const Model& model = regime.model->model();
    TestedModel tested{regime.id.str(), model.name(), {}};
    for (std::uint32_t i = 0; i < model.decisions().size(); ++i) {
        if (model.decisions()[i].table == nullptr) continue;
        const std::string file = folder_of(model) + model.decisions()[i].id + ".csv";
        BUNDEL_TRY(decision, test_decision(model, i, file, files));
        tested.decisions.push_back(std::move(decision));
        run.insert(file);
    }
    return tested;
}

}  // namespace

Result<std::vector<TestedModel>> test_rules(const rulebook::Rulebook& rulebook, const Files& files) {
    std::vector<TestedModel> models;
    std::set<std::string> run;
    for (const rulebook::Regime& regime : rulebook.regimes()) {
        BUNDEL_TRY(model, test_model(regime, files, run));
        models.push_back(std::move(model));
    }
    // Rows that nobody runs would look like a test.
    for (const auto& [file, bytes] : files) {
        if (file.starts_with("models/") && file.ends_with(".csv") && !run.contains(file))
            return Error{"rules_test_file", {{"file", file}}};
    }
    return models;
}

bool all_right(const std::vector<TestedModel>& models) {
    return std::ranges::all_of(models, [](const TestedModel& model) {
        return std::ranges::all_of(model.decisions,
                                   [](const TestedDecision& one) { return one.wrong.empty(); });
    });
}

}  // namespace bundel::engine
