// What a Model holds. Globals of a run: first the inputs, then the elements, in this order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "decision/model.h"

namespace bundel::decision {

struct Element {
    enum class Kind : std::uint8_t { decision, knowledge, service };
    Kind kind = Kind::decision;
    std::string id;
    std::string name;
    std::string description;
    std::uint32_t line = 0;
    TypeRef type;
    Node node;  // of a decision; of knowledge a function
    std::vector<std::uint32_t> requires_slots;
    std::vector<std::uint32_t> steps;  // elements to compute before it, and itself, in order
    std::optional<base::Error> fault;
    std::uint32_t info = 0;  // index into Definitions::decisions, or services

    // Of a service: slots.
    std::vector<std::uint32_t> outputs;
    std::vector<std::uint32_t> encapsulated;
    std::vector<std::uint32_t> parameters;
};

struct Definitions {
    std::string name;  // of the file
    std::string name_space;
    std::vector<std::pair<std::string, TypeRef>> types;
    std::vector<InputData> inputs;
    std::vector<Element> elements;
    std::vector<DecisionInfo> decisions;
    std::vector<std::uint32_t> decision_elements;  // per DecisionInfo
    std::vector<ServiceInfo> services;
    std::vector<std::uint32_t> service_elements;
    std::vector<std::shared_ptr<const Table>> tables;

    std::size_t slots() const { return inputs.size() + elements.size(); }
    std::uint32_t slot_of(std::size_t element) const {
        return static_cast<std::uint32_t>(inputs.size() + element);
    }
};

// Reads and checks the XML; the links of the graph are settled, nothing is evaluated.
base::Result<std::shared_ptr<Definitions>> read_definitions(std::string_view bytes, std::string_view name,
                                                            Faults faults);

// The elements to compute for `targets`, each after what it requires; slots in `given` are there already.
// Contract: no cycles.
std::vector<std::uint32_t> steps_for(const Definitions& definitions,
                                     const std::vector<std::uint32_t>& targets,
                                     const std::vector<std::uint32_t>& given);

}  // namespace bundel::decision
