#include "decision/model.h"

#include <algorithm>

#include "decision/definitions.h"
#include "decision/feel_evaluate.h"

namespace bundel::decision {
namespace {

using base::Error;
using base::Result;

// The value of knowledge and services is the function that carries them out.
Value function_of(const Element& element, std::uint32_t number, const std::shared_ptr<const void>& owner) {
    auto function = std::make_shared<Function>();
    function->owner = owner;
    if (element.kind == Element::Kind::service) {
        function->service = number;
        const auto& definitions = *static_cast<const Definitions*>(owner.get());
        function->service_parameters = definitions.services[element.info].parameters;
    } else {
        function->node = &element.node;
    }
    return Value::of(std::shared_ptr<const Function>(std::move(function)), 1);
}

void take_steps(const Definitions& definitions, const std::vector<std::uint32_t>& steps, Run& run) {
    for (const std::uint32_t step : steps) {
        const Element& element = definitions.elements[step];
        if (run.stopped()) return;
        if (element.fault) return run.stop("decision_fault");
        Value value;
        if (element.kind == Element::Kind::decision) {
            value = evaluate(element.node, run);
            if (element.type) value = as_type(value, element.type, run);
        } else {
            value = function_of(element, step, run.owner());
        }
        run.globals()[definitions.slot_of(step)] = std::move(value);
    }
}

Value outputs_of(const Definitions& definitions, const Element& service, const Run& run) {
    if (service.outputs.size() == 1) return run.globals()[service.outputs.front()];
    Context context;
    for (const std::uint32_t slot : service.outputs) {
        context.emplace_back(definitions.elements[slot - definitions.inputs.size()].name,
                             run.globals()[slot]);
    }
    return Value::of(std::move(context));
}

TypeRef type_of_slot(const Definitions& definitions, std::uint32_t slot) {
    if (slot < definitions.inputs.size()) return definitions.inputs[slot].type;
    return definitions.elements[slot - definitions.inputs.size()].type;
}

Value call_service(Run& run, const void* model, std::uint32_t number, std::span<const Value> arguments) {
    const auto& definitions = *static_cast<const Definitions*>(model);
    const Element& service = definitions.elements[number];
    if (!run.spend(definitions.slots())) return {};
    std::vector<Value> globals(definitions.slots());
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        Value argument = as_type(arguments[i], type_of_slot(definitions, service.parameters[i]), run);
        if (argument.is_null() && !arguments[i].is_null()) return {};
        globals[service.parameters[i]] = std::move(argument);
    }
    const auto outside = run.use_globals(globals);
    take_steps(definitions, service.steps, run);
    Value result = run.stopped() ? Value() : outputs_of(definitions, service, run);
    run.use_globals(outside);
    return as_type(result, service.type, run);
}

bool holds_function(const Value& value) {
    switch (value.kind()) {
        case Kind::function: return true;
        case Kind::list: return std::ranges::any_of(value.list(), holds_function);
        case Kind::context:
            return std::ranges::any_of(value.context(),
                                       [](const auto& entry) { return holds_function(entry.second); });
        default: return false;
    }
}

bool is_listed(const Value& value, const Type& type) {
    return std::ranges::any_of(type.allowed_values, [&](const Value& one) { return same(one, value); });
}

// As the type of the input asks; a value of a plain kind is looked at without a run.
bool is_input(const Value& value, const TypeRef& type, Run& run) {
    if (value.is_null()) return true;
    if (value.nesting() > Limits::nesting / 2) return false;
    if (value.nesting() > 0 && holds_function(value)) return false;
    if (!type) return true;
    if (value.kind() == type->kind && value.nesting() == 0) {
        if (!type->allowed) return true;
        if (!type->allowed_values.empty()) return is_listed(value, *type);
    }
    return is_instance(value, type, run);
}

Result<Value> settled(const Definitions& definitions, const Element& element, const Run& run, Value value) {
    if (!run.stopped()) return value;
    if (run.failure() == "decision_fault") {
        for (const std::uint32_t step : element.steps) {
            if (definitions.elements[step].fault) return *definitions.elements[step].fault;
        }
    }
    return Error{std::string(run.failure()), {{"file", definitions.name}, {"decision", element.name}}};
}

}  // namespace

std::vector<std::uint32_t> steps_for(const Definitions& definitions,
                                     const std::vector<std::uint32_t>& targets,
                                     const std::vector<std::uint32_t>& given) {
    std::vector<bool> done(definitions.slots());
    for (const std::uint32_t slot : given) done[slot] = true;
    std::vector<std::uint32_t> steps;
    struct Open {
        std::uint32_t slot;
        std::size_t next = 0;
    };
    std::vector<Open> stack;
    const auto open = [&](std::uint32_t slot) {
        if (done[slot] || slot < definitions.inputs.size()) return;
        done[slot] = true;
        stack.push_back({slot});
    };
    for (const std::uint32_t target : targets) {
        open(target);
        while (!stack.empty()) {
            const auto element = static_cast<std::uint32_t>(stack.back().slot - definitions.inputs.size());
            const auto& needed = definitions.elements[element].requires_slots;
            if (stack.back().next < needed.size()) {
                open(needed[stack.back().next++]);
            } else {
                steps.push_back(element);
                stack.pop_back();
            }
        }
    }
    return steps;
}

Result<Model> Model::load(std::string_view bytes, std::string_view name, Faults faults) {
    BUNDEL_TRY(definitions, read_definitions(bytes, name, faults));
    return Model(std::move(definitions));
}

const std::string& Model::name() const {
    return definitions_->name;
}
std::span<const InputData> Model::inputs() const {
    return definitions_->inputs;
}
std::span<const DecisionInfo> Model::decisions() const {
    return definitions_->decisions;
}
std::span<const ServiceInfo> Model::services() const {
    return definitions_->services;
}
std::size_t Model::table_count() const {
    return definitions_->tables.size();
}
const Table& Model::table(std::uint32_t number) const {
    BUNDEL_ASSERT(number < definitions_->tables.size());
    return *definitions_->tables[number];
}

namespace {

template <class All>
std::optional<std::uint32_t> find_named(const All& all, std::string_view name) {
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (all[i].name == name) return i;
    }
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (all[i].id == name) return i;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint32_t> Model::input(std::string_view wanted) const {
    return find_named(definitions_->inputs, wanted);
}
std::optional<std::uint32_t> Model::decision(std::string_view wanted) const {
    return find_named(definitions_->decisions, wanted);
}
std::optional<std::uint32_t> Model::service(std::string_view wanted) const {
    return find_named(definitions_->services, wanted);
}

Result<Value> Model::evaluate(std::uint32_t decision, std::span<const Value> inputs, Trail* trail) const {
    const Definitions& definitions = *definitions_;
    BUNDEL_ASSERT(decision < definitions.decision_elements.size());
    if (inputs.size() > definitions.inputs.size()) {
        return Error{"decision_inputs",
                     {{"file", definitions.name}, {"count", std::to_string(inputs.size())}}};
    }
    std::vector<Value> globals(definitions.slots());
    Run run(definitions_, globals, trail, call_service);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (!is_input(inputs[i], definitions.inputs[i].type, run)) {
            return Error{"decision_input_type",
                         {{"file", definitions.name}, {"input", definitions.inputs[i].name}}};
        }
        globals[i] = inputs[i];
    }
    const std::uint32_t element = definitions.decision_elements[decision];
    take_steps(definitions, definitions.elements[element].steps, run);
    return settled(definitions, definitions.elements[element], run,
                   std::move(globals[definitions.slot_of(element)]));
}

Result<Value> Model::evaluate_service(std::uint32_t service, std::span<const Value> arguments,
                                      Trail* trail) const {
    const Definitions& definitions = *definitions_;
    BUNDEL_ASSERT(service < definitions.service_elements.size());
    const std::uint32_t number = definitions.service_elements[service];
    const Element& element = definitions.elements[number];
    if (arguments.size() != element.parameters.size()) {
        return Error{"decision_inputs",
                     {{"file", definitions.name}, {"count", std::to_string(arguments.size())}}};
    }
    Run run(definitions_, {}, trail, call_service);
    for (const Value& argument : arguments) {
        if (!is_input(argument, nullptr, run)) {
            return Error{"decision_input_type", {{"file", definitions.name}, {"input", element.name}}};
        }
    }
    Value value = call_service(run, definitions_.get(), number, arguments);
    return settled(definitions, element, run, std::move(value));
}

}  // namespace bundel::decision
