// Model: a DMN model (1.2 to 1.5) that was read, checked and compiled. Values in, a value out; no clock, no
// file.
//
// Load refuses, with file, line, element and cell: what is not DMN, what is not supported
// (docs/reference/feel-coverage.md), unknown names and types, rules with too few or too many cells, tests and
// results that can never fit their type, cycles, names that stand twice. All Errors of loading have the
// params file, line, element, cell ("rule:column" from 1, "-" outside tables) and what.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "decision/table.h"
#include "decision/trail.h"
#include "decision/type.h"
#include "decision/value.h"

namespace bundel::decision {

struct Definitions;

struct InputData {
    std::string id;
    std::string name;
    std::uint32_t line = 0;
    TypeRef type;  // null: any; allowed values are in it
    std::string description;
};

struct DecisionInfo {
    std::string id;
    std::string name;
    std::uint32_t line = 0;
    TypeRef type;
    std::string description;
    const Table* table = nullptr;          // when its logic is a decision table
    const Node* expression = nullptr;      // when it is something else; lives as long as the model
    std::vector<std::uint32_t> inputs;     // required: indexes into Model::inputs()
    std::vector<std::uint32_t> decisions;  // required: indexes into Model::decisions()
    bool needs_knowledge = false;          // requires a business knowledge model or service
    std::optional<base::Error> fault;      // only with Faults::keep
};

struct ServiceInfo {
    std::string id;
    std::string name;
    std::vector<std::string> parameters;
};

// Faults inside one decision: the whole model is refused, or only that decision and those that require it,
// which then answer with the Error.
enum class Faults { refuse, keep };

class Model {
public:
    // `name` stands in messages: the name of the file.
    static base::Result<Model> load(std::string_view bytes, std::string_view name,
                                    Faults faults = Faults::refuse);

    const std::string& name() const;
    std::span<const InputData> inputs() const;
    std::span<const DecisionInfo> decisions() const;
    std::span<const ServiceInfo> services() const;
    std::optional<std::uint32_t> input(std::string_view name) const;
    std::optional<std::uint32_t> decision(std::string_view name) const;  // by name, or by id
    std::optional<std::uint32_t> service(std::string_view name) const;
    std::size_t table_count() const;
    const Table& table(std::uint32_t number) const;  // Contract: number < table_count()

    // `inputs` in the order of inputs(); an input that is not there is null. Pure: the same values give the
    // same answer. What FEEL cannot compute is null, not an Error. Errors: decision_input_type (an input is
    // not of its type, or not an allowed value), decision_inputs (too many), decision_limit_steps,
    // decision_limit_depth, decision_limit_size, and a fault that was kept.
    base::Result<Value> evaluate(std::uint32_t decision, std::span<const Value> inputs,
                                 Trail* trail = nullptr) const;
    // Arguments in the order of ServiceInfo::parameters.
    base::Result<Value> evaluate_service(std::uint32_t service, std::span<const Value> arguments,
                                         Trail* trail = nullptr) const;

private:
    explicit Model(std::shared_ptr<const Definitions> definitions) : definitions_(std::move(definitions)) {}
    std::shared_ptr<const Definitions> definitions_;
};

}  // namespace bundel::decision
