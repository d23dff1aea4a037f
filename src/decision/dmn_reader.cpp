// DMN XML to Definitions. Each faulty place gives an Error with file, line, element and cell.
#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "decision/definitions.h"
#include "decision/feel_parser.h"
#include "decision/table.h"

namespace bundel::decision {
namespace {

using base::Error;
using base::Result;
using Xml = pugi::xml_node;

constexpr std::array versions{"http://www.omg.org/spec/DMN/20180521/MODEL/",    // 1.2
                              "https://www.omg.org/spec/DMN/20191111/MODEL/",   // 1.3
                              "https://www.omg.org/spec/DMN/20211108/MODEL/",   // 1.4
                              "https://www.omg.org/spec/DMN/20230324/MODEL/"};  // 1.5

std::string_view local_name(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// A fault that is thrown out of one decision only inside this file, and caught where the decision is read.
struct Refused {
    Error error;
};

// Logic that FEEL calls boxed, to a tree. One for each decision or knowledge model.
class Reader {
public:
    Reader(std::string_view bytes, Definitions& definitions) : bytes_(bytes), definitions_(definitions) {
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            if (bytes[at] == '\n') line_ends_.push_back(at);
        }
    }

    void read(Faults faults);

private:
    // ---- places ----
    std::uint32_t line_of(Xml xml) const {
        const auto offset = xml.offset_debug();
        if (offset < 0) return 0;
        const auto before = std::ranges::lower_bound(line_ends_, static_cast<std::size_t>(offset));
        return static_cast<std::uint32_t>(before - line_ends_.begin()) + 1;
    }
    static std::string id_of(Xml xml) {
        for (; xml; xml = xml.parent()) {
            if (const auto id = xml.attribute("id")) return id.value();
        }
        return "-";
    }
    [[noreturn]] void refuse(std::string_view code, Xml xml, std::string_view what,
                             std::uint32_t lines = 0) const {
        throw Refused{Error{std::string(code),
                            {{"file", definitions_.name},
                             {"line", std::to_string(line_of(xml) + lines)},
                             {"element", id_of(xml)},
                             {"cell", cell_},
                             {"what", std::string(what)}}}};
    }

    // ---- XML ----
    bool is(Xml xml, std::string_view name) const {
        const std::string_view full = xml.name();
        return full.size() == prefix_.size() + name.size() && full.starts_with(prefix_) &&
               full.ends_with(name);
    }
    bool is_dmn(Xml xml) const {
        const std::string_view full = xml.name();
        return xml.type() == pugi::node_element && full.starts_with(prefix_) &&
               full.find(':', prefix_.size()) == std::string_view::npos;
    }
    std::vector<Xml> children(Xml xml, std::string_view name) const {
        std::vector<Xml> found;
        for (const Xml child : xml.children()) {
            if (is(child, name)) found.push_back(child);
        }
        return found;
    }
    Xml child(Xml xml, std::string_view name) const {
        for (const Xml one : xml.children()) {
            if (is(one, name)) return one;
        }
        return {};
    }
    std::string text_of(Xml xml) const {
        std::string text;
        for (const Xml part : xml.children()) {
            if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) text += part.value();
        }
        return text;
    }
    std::string inner_text(Xml xml) const { return text_of(child(xml, "text")); }
    std::string description_of(Xml xml) const { return text_of(child(xml, "description")); }
    static std::string name_of(Xml xml) { return normal_name(xml.attribute("name").value()); }

    // ---- steps of the whole ----
    void check_top(Xml top);
    void read_types(Xml top);
    TypeRef read_item(Xml item, int depth);
    TypeRef type_named(std::string_view name, Xml place, int depth);
    TypeRef constrained(TypeRef type, Xml item);
    void read_graph(Xml top);
    void link(std::size_t element, Xml xml);
    std::uint32_t slot_by_href(Xml reference) const;
    void settle_order();
    void read_logic(std::size_t element);
    void read_decision(Element& element, Xml xml);
    void read_knowledge(Element& element, Xml xml);
    void read_service(Element& element, Xml xml);
    void fill_infos();
    void collect_members(Xml xml, int depth);

    // ---- logic ----
    TypeRef type_ref(Xml xml);
    Scope scope_of(const Element& element) const;
    Node parsed(FeelParsed result, Xml place) const;
    Node expression_text(const std::string& text, Xml place, const Scope& scope) const;
    Node logic(Xml xml, const Scope& scope, int depth);
    Node boxed(Xml xml, const Scope& scope, int depth);
    Node only_logic(Xml parent, const Scope& scope, int depth);
    Xml logic_in(Xml parent) const;
    Node context(Xml xml, Scope scope, int depth);
    Node invocation(Xml xml, const Scope& scope, int depth);
    Node function(Xml xml, Scope scope, int depth);
    Node list(Xml xml, const Scope& scope, int depth);
    Node relation(Xml xml, const Scope& scope, int depth);
    Node conditional(Xml xml, const Scope& scope, int depth);
    Node iteration(Xml xml, Scope scope, Op op, int depth);
    Node filter(Xml xml, Scope scope, int depth);
    Node table(Xml xml, const Scope& scope);
    void table_head(Xml xml, const Scope& scope, Table& table);
    void table_input(Xml xml, const Scope& scope, Table& table);
    void table_output(Xml xml, const Scope& scope, Table& table, const TypeRef& whole);
    void table_rule(Xml xml, const Scope& scope, Table& table);
    std::vector<Value> values_of(Xml place, const std::string& text, const Scope& scope) const;
    void check_test(const Node& test, const TypeRef& type, Xml place) const;
    void check_result(const Node& node, const TypeRef& type, Xml place) const;
    Node settled(Node node, Xml place) const {
        if (!settle_depth(node)) refuse("feel_too_deep", place, "");
        return node;
    }

    std::string_view bytes_;
    Definitions& definitions_;
    std::vector<std::size_t> line_ends_;
    std::string prefix_;
    std::string cell_ = "-";
    std::vector<Xml> xml_;                                     // per element
    std::map<std::string, Xml, std::less<>> items_;            // itemDefinitions by name
    std::map<std::string, TypeRef, std::less<>> types_;        // those that were read
    std::map<std::string, std::uint32_t, std::less<>> slots_;  // by id
    std::set<std::string> members_;
    const Element* current_ = nullptr;
};

bool is_ignored(std::string_view name) {
    static constexpr std::array ignored{"description",
                                        "extensionElements",
                                        "knowledgeSource",
                                        "textAnnotation",
                                        "association",
                                        "group",
                                        "elementCollection",
                                        "organizationUnit",
                                        "performanceIndicator",
                                        "businessContextElement",
                                        "artifact",
                                        "DMNDI"};
    return std::ranges::find(ignored, name) != ignored.end();
}

bool is_definition(std::string_view name) {
    static constexpr std::array known{"itemDefinition", "inputData", "decision", "businessKnowledgeModel",
                                      "decisionService"};
    return std::ranges::find(known, name) != known.end();
}

void Reader::check_top(Xml top) {
    const std::string_view full = top.name();
    if (local_name(full) != "definitions") refuse("decision_not_dmn", top, full);
    prefix_ = full.substr(0, full.size() - local_name(full).size());
    const std::string attribute =
        prefix_.empty() ? "xmlns" : "xmlns:" + prefix_.substr(0, prefix_.size() - 1);
    const std::string_view version = top.attribute(attribute.c_str()).value();
    if (std::ranges::find(versions, version) == versions.end()) refuse("decision_version", top, version);
    const std::string_view language = top.attribute("expressionLanguage").value();
    if (!language.empty() && language.find("FEEL") == std::string_view::npos)
        refuse("decision_language", top, language);
    definitions_.name_space = top.attribute("namespace").value();
    for (const Xml xml : top.children()) {
        if (!is_dmn(xml)) continue;
        const auto name = local_name(xml.name());
        if (!is_definition(name) && !is_ignored(name)) refuse("decision_unsupported", xml, name);
    }
}

// Refuses languages other than FEEL wherever they stand, and collects the entries that a path may name:
// components, columns, entries of contexts, outputs of tables.
void Reader::collect_members(Xml xml, int depth) {
    if (depth > 100) refuse("feel_too_deep", xml, "");
    for (const Xml one : xml.children()) {
        if (one.type() != pugi::node_element) continue;
        for (const char* attribute : {"expressionLanguage", "typeLanguage"}) {
            const std::string_view language = one.attribute(attribute).value();
            if (!language.empty() && language.find("FEEL") == std::string_view::npos) {
                refuse("decision_language", one, language);
            }
        }
        const bool named = is(one, "itemComponent") || is(one, "column") || is(one, "output") ||
                           (is(one, "variable") && is(xml, "contextEntry")) || is(one, "decision");
        if (named && one.attribute("name")) members_.insert(name_of(one));
        collect_members(one, depth + 1);
    }
}

// ---- types ----

void Reader::read_types(Xml top) {
    for (const Xml item : children(top, "itemDefinition")) {
        const std::string name = name_of(item);
        if (name.empty()) refuse("decision_name_missing", item, "itemDefinition");
        if (!items_.emplace(name, item).second) refuse("decision_name_twice", item, name);
    }
    for (const auto& [name, item] : items_) {
        const TypeRef type = type_named(name, item, 0);
        definitions_.types.emplace_back(name, type);
    }
}

TypeRef Reader::type_named(std::string_view written, Xml place, int depth) {
    const std::string name = normal_name(written);
    if (const auto read = types_.find(name); read != types_.end()) return read->second;
    if (const auto item = items_.find(name); item != items_.end()) {
        if (depth > 30) refuse("decision_type_cycle", place, name);
        const TypeRef type = read_item(item->second, depth + 1);
        types_.emplace(name, type);
        return type;
    }
    if (is_any_name(name)) return nullptr;
    if (TypeRef type = built_in_type(name)) return type;
    refuse("feel_unknown_type", place, name);
}

TypeRef Reader::constrained(TypeRef type, Xml item) {
    const Xml allowed = child(item, "allowedValues");
    const Xml constraint = child(item, "typeConstraint");
    const Xml which = constraint ? constraint : allowed;
    if (!which) return type;
    const std::string text = inner_text(which);
    Scope scope;
    scope.members = &members_;
    Node tests = parsed(parse_unary_tests(text, scope, type), which);
    fold(tests);
    if (type) check_test(tests, type, which);
    auto result = type ? std::make_shared<Type>(*type) : std::make_shared<Type>();
    if (!type) {
        // Any with allowed values: as its values are.
        const auto values = values_of(which, text, scope);
        if (values.empty()) refuse("decision_unsupported", which, "allowedValues");
        result->kind = values.front().kind();
    }
    result->allowed_values = values_of(which, text, scope);
    result->allowed = std::make_shared<const Node>(std::move(tests));
    return result;
}

TypeRef Reader::read_item(Xml item, int depth) {
    if (depth > 30) refuse("decision_type_cycle", item, name_of(item));
    TypeRef type;
    const auto components = children(item, "itemComponent");
    if (const Xml signature = child(item, "functionItem")) {
        auto function_type = std::make_shared<Type>();
        function_type->kind = Kind::function;
        function_type->has_signature = true;
        for (const Xml parameter : children(signature, "parameters")) {
            function_type->parameters.push_back(
                type_named(parameter.attribute("typeRef").value(), parameter, depth + 1));
        }
        function_type->element =
            type_named(signature.attribute("outputTypeRef").value(), signature, depth + 1);
        type = function_type;
    } else if (!components.empty()) {
        auto context_type = std::make_shared<Type>();
        context_type->kind = Kind::context;
        for (const Xml component : components) {
            const std::string name = name_of(component);
            const bool twice =
                std::ranges::any_of(context_type->components, [&](const auto& c) { return c.first == name; });
            if (twice) refuse("decision_name_twice", component, name);
            context_type->components.emplace_back(name, read_item(component, depth + 1));
        }
        type = context_type;
    } else {
        type = type_named(text_of(child(item, "typeRef")), item, depth + 1);
    }
    if (type) {
        auto named = std::make_shared<Type>(*type);
        named->name = name_of(item);
        type = named;
    }
    const bool collection = std::string_view(item.attribute("isCollection").value()) == "true";
    if (!collection) return constrained(std::move(type), item);
    // Allowed values of a collection are those of its items, a type constraint that of the whole.
    if (child(item, "typeConstraint")) return constrained(list_of(std::move(type)), item);
    auto result = std::make_shared<Type>(*list_of(constrained(std::move(type), item)));
    result->name = name_of(item);
    return result;
}

TypeRef Reader::type_ref(Xml xml) {
    return xml ? type_named(xml.attribute("typeRef").value(), xml, 0) : nullptr;
}

// ---- the graph ----

void Reader::read_graph(Xml top) {
    std::set<std::string> names;
    const auto check_name = [&](Xml xml) {
        const std::string name = name_of(xml);
        if (name.empty()) refuse("decision_name_missing", xml, local_name(xml.name()));
        if (!names.insert(name).second) refuse("decision_name_twice", xml, name);
        const Xml variable = child(xml, "variable");
        if (variable && variable.attribute("name") && name_of(variable) != name) {
            refuse("decision_variable_name", variable, name_of(variable));
        }
        return name;
    };
    for (const Xml xml : children(top, "inputData")) {
        const std::string name = check_name(xml);
        const std::string id = xml.attribute("id").value();
        definitions_.inputs.push_back(
            {id, name, line_of(xml), type_ref(child(xml, "variable")), description_of(xml)});
    }
    for (const Xml xml : top.children()) {
        Element element;
        if (is(xml, "businessKnowledgeModel")) {
            element.kind = Element::Kind::knowledge;
        } else if (is(xml, "decisionService")) {
            element.kind = Element::Kind::service;
        } else if (!is(xml, "decision")) {
            continue;
        }
        element.name = check_name(xml);
        element.id = xml.attribute("id").value();
        element.line = line_of(xml);
        element.description = description_of(xml);
        definitions_.elements.push_back(std::move(element));
        xml_.push_back(xml);
    }
    const auto add_id = [&](const std::string& id, std::size_t slot) {
        if (!id.empty()) slots_.emplace(id, static_cast<std::uint32_t>(slot));
    };
    for (std::size_t i = 0; i < definitions_.inputs.size(); ++i) add_id(definitions_.inputs[i].id, i);
    for (std::size_t i = 0; i < xml_.size(); ++i)
        add_id(definitions_.elements[i].id, definitions_.slot_of(i));
    for (std::size_t i = 0; i < xml_.size(); ++i) link(i, xml_[i]);
}

std::uint32_t Reader::slot_by_href(Xml reference) const {
    const std::string_view href = reference.attribute("href").value();
    const auto mark = href.find('#');
    if (mark == std::string_view::npos) refuse("decision_reference", reference, href);
    const auto name_space = href.substr(0, mark);
    const auto slot = slots_.find(href.substr(mark + 1));
    const bool elsewhere = !name_space.empty() && name_space != definitions_.name_space;
    if (elsewhere || slot == slots_.end()) refuse("decision_reference", reference, href);
    return slot->second;
}

void Reader::link(std::size_t number, Xml xml) {
    Element& element = definitions_.elements[number];
    const auto add = [&](Xml reference) {
        if (reference) element.requires_slots.push_back(slot_by_href(reference));
    };
    for (const Xml requirement : xml.children()) {
        if (is(requirement, "informationRequirement")) {
            add(child(requirement, "requiredInput"));
            add(child(requirement, "requiredDecision"));
        } else if (is(requirement, "knowledgeRequirement")) {
            add(child(requirement, "requiredKnowledge"));
        } else if (is(requirement, "outputDecision")) {
            element.outputs.push_back(slot_by_href(requirement));
        } else if (is(requirement, "encapsulatedDecision")) {
            element.encapsulated.push_back(slot_by_href(requirement));
        }
    }
    for (const char* kind : {"inputData", "inputDecision"}) {
        for (const Xml parameter : children(xml, kind)) {
            if (element.kind == Element::Kind::service) element.parameters.push_back(slot_by_href(parameter));
        }
    }
    for (const std::uint32_t slot : element.outputs) {
        if (slot < definitions_.inputs.size()) refuse("decision_reference", xml, element.name);
    }
}

// Each element after what it requires; a cycle is refused. A service stands after its outputs.
void Reader::settle_order() {
    enum class Mark : std::uint8_t { fresh, open, done };
    const auto needed = [&](std::size_t number) {
        auto slots = definitions_.elements[number].requires_slots;
        const auto& outputs = definitions_.elements[number].outputs;
        slots.insert(slots.end(), outputs.begin(), outputs.end());
        return slots;
    };
    std::vector<Mark> marks(xml_.size(), Mark::fresh);
    struct Open {
        std::size_t number;
        std::vector<std::uint32_t> needed;
        std::size_t next = 0;
    };
    std::vector<std::size_t> order;
    for (std::size_t start = 0; start < xml_.size(); ++start) {
        if (marks[start] != Mark::fresh) continue;
        std::vector<Open> stack{{start, needed(start)}};
        marks[start] = Mark::open;
        while (!stack.empty()) {
            Open& top = stack.back();
            if (top.next == top.needed.size()) {
                marks[top.number] = Mark::done;
                order.push_back(top.number);
                stack.pop_back();
                continue;
            }
            const std::uint32_t slot = top.needed[top.next++];
            if (slot < definitions_.inputs.size()) continue;
            const std::size_t inner = slot - definitions_.inputs.size();
            if (marks[inner] == Mark::open)
                refuse("decision_cycle", xml_[inner], definitions_.elements[inner].name);
            if (marks[inner] == Mark::fresh) {
                marks[inner] = Mark::open;
                stack.push_back({inner, needed(inner)});
            }
        }
    }
    for (const std::size_t number : order) read_logic(number);
}

Scope Reader::scope_of(const Element& element) const {
    Scope scope;
    scope.members = &members_;
    scope.types = &definitions_.types;
    for (const std::uint32_t slot : element.requires_slots) {
        if (slot < definitions_.inputs.size()) {
            scope.variables.push_back(
                {definitions_.inputs[slot].name, true, slot, definitions_.inputs[slot].type});
        } else {
            const Element& other = definitions_.elements[slot - definitions_.inputs.size()];
            const bool is_decision = other.kind == Element::Kind::decision;
            scope.variables.push_back(
                {other.name, true, slot, is_decision && other.type ? other.type : other.node.gives});
        }
    }
    return scope;
}

void Reader::read_logic(std::size_t number) {
    Element& element = definitions_.elements[number];
    current_ = &element;
    cell_ = "-";
    try {
        const Xml xml = xml_[number];
        switch (element.kind) {
            case Element::Kind::decision: read_decision(element, xml); break;
            case Element::Kind::knowledge: read_knowledge(element, xml); break;
            case Element::Kind::service: read_service(element, xml); break;
        }
    } catch (const Refused& refused) {
        element.fault = refused.error;
    }
}

void Reader::read_decision(Element& element, Xml xml) {
    element.type = type_ref(child(xml, "variable"));
    const Xml boxed = logic_in(xml);
    if (!boxed) refuse("decision_logic_missing", xml, element.name);
    element.node = logic(boxed, scope_of(element), 0);
    check_result(element.node, element.type, boxed);
}

void Reader::read_knowledge(Element& element, Xml xml) {
    const Xml body = child(xml, "encapsulatedLogic");
    if (!body) refuse("decision_logic_missing", xml, element.name);
    element.node = function(body, scope_of(element), 0);
    if (const TypeRef declared = type_ref(child(xml, "variable"))) {
        // The type of the variable is that of the function, or (older models) of its result.
        if (declared->kind != Kind::function) element.node.type = declared;
    }
}

void Reader::read_service(Element& element, Xml xml) {
    const TypeRef declared = type_ref(child(xml, "variable"));
    element.type = declared && declared->kind == Kind::function ? declared->element : declared;
    if (element.outputs.empty()) refuse("decision_logic_missing", xml, element.name);
}

void Reader::fill_infos() {
    for (std::uint32_t number = 0; number < definitions_.elements.size(); ++number) {
        Element& element = definitions_.elements[number];
        if (element.kind == Element::Kind::service) {
            element.steps = steps_for(definitions_, element.outputs, element.parameters);
            ServiceInfo info{element.id, element.name, {}};
            for (const std::uint32_t slot : element.parameters) {
                info.parameters.push_back(
                    slot < definitions_.inputs.size()
                        ? definitions_.inputs[slot].name
                        : definitions_.elements[slot - definitions_.inputs.size()].name);
            }
            element.info = static_cast<std::uint32_t>(definitions_.services.size());
            definitions_.services.push_back(std::move(info));
            definitions_.service_elements.push_back(number);
            continue;
        }
        element.steps = steps_for(definitions_, {definitions_.slot_of(number)}, {});
        if (element.kind != Element::Kind::decision) continue;
        element.info = static_cast<std::uint32_t>(definitions_.decisions.size());
        definitions_.decisions.push_back({element.id,
                                          element.name,
                                          element.line,
                                          element.type,
                                          element.description,
                                          element.node.table.get(),
                                          element.node.table ? nullptr : &element.node,
                                          {},
                                          {},
                                          false,
                                          element.fault});
        definitions_.decision_elements.push_back(number);
    }
    for (std::size_t i = 0; i < definitions_.decisions.size(); ++i) {
        DecisionInfo& info = definitions_.decisions[i];
        for (const std::uint32_t slot :
             definitions_.elements[definitions_.decision_elements[i]].requires_slots) {
            if (slot < definitions_.inputs.size()) {
                info.inputs.push_back(slot);
                continue;
            }
            const Element& other = definitions_.elements[slot - definitions_.inputs.size()];
            if (other.kind == Element::Kind::decision) info.decisions.push_back(other.info);
            info.needs_knowledge = info.needs_knowledge || other.kind != Element::Kind::decision;
        }
    }
}

// ---- logic ----

Node Reader::parsed(FeelParsed result, Xml place) const {
    if (result.ok()) return std::move(result.node());
    const Xml text = child(place, "text");
    const std::string inner = text_of(text);
    const auto lines = std::count(
        inner.begin(), inner.begin() + static_cast<std::ptrdiff_t>(std::min(result.fault().at, inner.size())),
        '\n');
    refuse(result.fault().code, text ? text : place, result.fault().what, static_cast<std::uint32_t>(lines));
}

Node Reader::expression_text(const std::string& text, Xml place, const Scope& scope) const {
    Node node = parsed(parse_expression(text, scope), place);
    fold(node);
    return node;
}

Xml Reader::logic_in(Xml parent) const {
    static constexpr std::array kinds{"literalExpression",
                                      "context",
                                      "invocation",
                                      "functionDefinition",
                                      "list",
                                      "relation",
                                      "conditional",
                                      "for",
                                      "every",
                                      "some",
                                      "filter",
                                      "decisionTable"};
    for (const Xml one : parent.children()) {
        if (is_dmn(one) && std::ranges::find(kinds, local_name(one.name())) != kinds.end()) return one;
    }
    return {};
}

Node Reader::only_logic(Xml parent, const Scope& scope, int depth) {
    const Xml inner = logic_in(parent);
    if (!inner) refuse("decision_logic_missing", parent, local_name(parent.name()));
    return logic(inner, scope, depth + 1);
}

// A type that stands on the expression itself is checked there.
Node Reader::logic(Xml xml, const Scope& scope, int depth) {
    Node node = boxed(xml, scope, depth);
    const bool is_typed = xml.attribute("typeRef") && node.op != Op::function;
    if (is_typed) check_result(node, type_ref(xml), xml);
    return node;
}

Node Reader::boxed(Xml xml, const Scope& scope, int depth) {
    if (depth > 60) refuse("feel_too_deep", xml, "");
    const auto kind = local_name(xml.name());
    if (kind == "literalExpression") {
        if (child(xml, "importedValues")) refuse("decision_unsupported", xml, "importedValues");
        const std::string text = inner_text(xml);
        if (text.find_first_not_of(" \t\r\n") == std::string::npos)
            refuse("decision_logic_missing", xml, kind);
        return expression_text(text, xml, scope);
    }
    if (kind == "context") return context(xml, scope, depth);
    if (kind == "invocation") return invocation(xml, scope, depth);
    if (kind == "functionDefinition") return function(xml, scope, depth);
    if (kind == "list") return list(xml, scope, depth);
    if (kind == "relation") return relation(xml, scope, depth);
    if (kind == "conditional") return conditional(xml, scope, depth);
    if (kind == "for") return iteration(xml, scope, Op::each, depth);
    if (kind == "every") return iteration(xml, scope, Op::every, depth);
    if (kind == "some") return iteration(xml, scope, Op::some, depth);
    if (kind == "filter") return filter(xml, scope, depth);
    return table(xml, scope);
}

Node Reader::context(Xml xml, Scope scope, int depth) {
    Node node;
    node.op = Op::context;
    node.slot = scope.locals;
    auto type = std::make_shared<Type>();
    type->kind = Kind::context;
    const auto entries = children(xml, "contextEntry");
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Xml variable = child(entries[i], "variable");
        const std::string name = variable ? name_of(variable) : "";
        if (name.empty() && i + 1 != entries.size())
            refuse("decision_name_missing", entries[i], "contextEntry");
        Node value = only_logic(entries[i], scope, depth);
        const TypeRef declared = type_ref(variable);
        check_result(value, declared, entries[i]);
        const TypeRef gives = declared ? declared : value.gives;
        node.children.push_back(std::move(value));
        node.types.push_back(declared);
        if (name.empty()) {
            node.op = Op::boxed_context;
            node.gives = gives;
            continue;
        }
        if (std::ranges::find(node.names, name) != node.names.end())
            refuse("decision_name_twice", variable, name);
        node.names.push_back(name);
        type->components.emplace_back(name, gives);
        scope.variables.push_back({name, false, scope.locals++, gives});
    }
    if (node.op == Op::context) node.gives = std::move(type);
    return settled(std::move(node), xml);
}

Node Reader::invocation(Xml xml, const Scope& scope, int depth) {
    Node node;
    node.op = Op::call;
    node.children.push_back(only_logic(xml, scope, depth));
    const TypeRef callee = node.children.front().gives;
    if (callee && callee->kind == Kind::function) node.gives = callee->element;
    for (const Xml binding : children(xml, "binding")) {
        const Xml parameter = child(binding, "parameter");
        const std::string name = name_of(parameter);
        if (name.empty()) refuse("decision_name_missing", binding, "parameter");
        node.names.push_back(name);
        if (logic_in(binding)) {
            node.children.push_back(only_logic(binding, scope, depth));
        } else {
            node.children.emplace_back();  // a binding without expression is null
        }
    }
    return settled(std::move(node), xml);
}

Node Reader::function(Xml xml, Scope scope, int depth) {
    const std::string_view kind = xml.attribute("kind").value();
    if (!kind.empty() && kind != "FEEL") refuse("feel_external_function", xml, kind);
    Node node;
    node.op = Op::function;
    node.slot = scope.locals;
    auto type = std::make_shared<Type>();
    type->kind = Kind::function;
    type->has_signature = true;
    for (const Xml parameter : children(xml, "formalParameter")) {
        const std::string name = name_of(parameter);
        if (name.empty()) refuse("decision_name_missing", parameter, "formalParameter");
        if (std::ranges::find(node.names, name) != node.names.end())
            refuse("decision_name_twice", parameter, name);
        const TypeRef declared = type_ref(parameter);
        node.names.push_back(name);
        node.types.push_back(declared);
        scope.variables.push_back({name, false, scope.locals++, declared});
    }
    node.children.push_back(only_logic(xml, scope, depth));
    node.type = type_ref(xml);
    if (node.type && node.type->kind == Kind::function) node.type = node.type->element;
    type->parameters = node.types;
    type->element = node.type ? node.type : node.children.front().gives;
    node.gives = std::move(type);
    return settled(std::move(node), xml);
}

Node Reader::list(Xml xml, const Scope& scope, int depth) {
    Node node;
    node.op = Op::list;
    for (const Xml one : xml.children()) {
        if (!is_dmn(one) || is_ignored(local_name(one.name()))) continue;
        node.children.push_back(logic(one, scope, depth + 1));
    }
    node.gives = list_of(nullptr);
    return settled(std::move(node), xml);
}

Node Reader::relation(Xml xml, const Scope& scope, int depth) {
    std::vector<std::string> names;
    auto type = std::make_shared<Type>();
    type->kind = Kind::context;
    for (const Xml column : children(xml, "column")) {
        names.push_back(name_of(column));
        type->components.emplace_back(names.back(), type_ref(column));
    }
    Node node;
    node.op = Op::list;
    for (const Xml row : children(xml, "row")) {
        Node entry;
        entry.op = Op::context;
        entry.slot = scope.locals;
        entry.names = names;
        for (const Xml one : row.children()) {
            if (is_dmn(one) && !is_ignored(local_name(one.name())))
                entry.children.push_back(logic(one, scope, depth + 1));
        }
        if (entry.children.size() != names.size())
            refuse("decision_cells", row, std::to_string(entry.children.size()));
        node.children.push_back(settled(std::move(entry), row));
    }
    node.gives = list_of(std::move(type));
    return settled(std::move(node), xml);
}

Node Reader::conditional(Xml xml, const Scope& scope, int depth) {
    Node node;
    node.op = Op::branch;
    for (const char* part : {"if", "then", "else"}) {
        const Xml one = child(xml, part);
        if (!one) refuse("decision_logic_missing", xml, part);
        node.children.push_back(only_logic(one, scope, depth));
    }
    return settled(std::move(node), xml);
}

Node Reader::iteration(Xml xml, Scope scope, Op op, int depth) {
    Node node;
    node.op = op;
    node.slot = scope.locals;
    const std::string name = normal_name(xml.attribute("iteratorVariable").value());
    const Xml in = child(xml, "in");
    const Xml body = child(xml, op == Op::each ? "return" : "satisfies");
    if (name.empty() || !in || !body) refuse("decision_logic_missing", xml, local_name(xml.name()));
    node.children.push_back(only_logic(in, scope, depth));
    const TypeRef gives = node.children.front().gives;
    scope.variables.push_back(
        {name, false, scope.locals++, gives && gives->kind == Kind::list ? gives->element : nullptr});
    if (op == Op::each) scope.variables.push_back({"partial", false, scope.locals++, nullptr});
    node.names_partial =
        op == Op::each &&
        text_of(child(child(body, "literalExpression"), "text")).find("partial") != std::string::npos;
    node.children.push_back(only_logic(body, scope, depth));
    node.gives = op == Op::each ? list_of(nullptr) : type_of_kind(Kind::boolean);
    return settled(std::move(node), xml);
}

Node Reader::filter(Xml xml, Scope scope, int depth) {
    const Xml in = child(xml, "in");
    const Xml match = child(xml, "match");
    if (!in || !match) refuse("decision_logic_missing", xml, "filter");
    Node node;
    node.op = Op::filter;
    node.slot = scope.locals;
    node.children.push_back(only_logic(in, scope, depth));
    scope.variables.push_back({"item", false, scope.locals++, nullptr});
    node.children.push_back(only_logic(match, scope, depth));
    return settled(std::move(node), xml);
}

// ---- decision tables ----

struct PolicyName {
    std::string_view name;
    HitPolicy policy;
};
constexpr std::array policies{PolicyName{"", HitPolicy::unique},
                              PolicyName{"UNIQUE", HitPolicy::unique},
                              PolicyName{"ANY", HitPolicy::any},
                              PolicyName{"PRIORITY", HitPolicy::priority},
                              PolicyName{"FIRST", HitPolicy::first},
                              PolicyName{"RULE ORDER", HitPolicy::rule_order},
                              PolicyName{"OUTPUT ORDER", HitPolicy::output_order},
                              PolicyName{"COLLECT", HitPolicy::collect}};

struct AggregatorName {
    std::string_view name;
    Aggregator aggregator;
};
constexpr std::array aggregators{AggregatorName{"", Aggregator::none}, AggregatorName{"SUM", Aggregator::sum},
                                 AggregatorName{"COUNT", Aggregator::count},
                                 AggregatorName{"MIN", Aggregator::min},
                                 AggregatorName{"MAX", Aggregator::max}};

void Reader::table_head(Xml xml, const Scope& scope, Table& table) {
    table.id = xml.attribute("id").value();
    table.owner_id = current_ != nullptr ? current_->id : "";
    table.owner_name = current_ != nullptr ? current_->name : "";
    table.line = line_of(xml);
    table.slot = scope.locals;
    const std::string_view policy = xml.attribute("hitPolicy").value();
    const auto found = std::ranges::find(policies, policy, &PolicyName::name);
    if (found == policies.end()) refuse("decision_unsupported", xml, policy);
    table.policy = found->policy;
    const std::string_view aggregation = xml.attribute("aggregation").value();
    const auto aggregator = std::ranges::find(aggregators, aggregation, &AggregatorName::name);
    if (aggregator == aggregators.end()) refuse("decision_unsupported", xml, aggregation);
    table.aggregator = table.policy == HitPolicy::collect ? aggregator->aggregator : Aggregator::none;
}

std::vector<Value> Reader::values_of(Xml place, const std::string& text, const Scope& scope) const {
    std::vector<Value> values;
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return values;
    Node tests = parsed(parse_unary_tests(text, scope, nullptr), place);
    fold(tests);
    const std::vector<Node> single{tests};
    for (const Node& test : tests.op == Op::test_list ? tests.children : single) {
        const bool constant = test.op == Op::test_value && test.children.front().op == Op::literal &&
                              test.children.front().value.kind() < Kind::range;
        if (!constant) return {};
        values.push_back(test.children.front().value);
    }
    return values;
}

void Reader::table_input(Xml xml, const Scope& scope, Table& table) {
    cell_ = "0:" + std::to_string(table.inputs.size() + 1);
    TableInput input;
    input.id = xml.attribute("id").value();
    input.label = xml.attribute("label").value();
    const Xml expression = child(xml, "inputExpression");
    if (!expression) refuse("decision_logic_missing", xml, "inputExpression");
    input.expression.text = inner_text(expression);
    input.expression.line = line_of(expression);
    input.expression.node = expression_text(input.expression.text, expression, scope);
    input.type = type_ref(expression);
    check_result(input.expression.node, input.type, expression);
    const TypeRef& known = input.expression.node.gives;
    if (known && (!input.type || (known->kind == input.type->kind && known->allowed))) input.type = known;
    if (const Xml allowed = child(xml, "inputValues")) {
        const std::string text = inner_text(allowed);
        Scope bare;
        bare.members = &members_;
        Node tests = parsed(parse_unary_tests(text, bare, input.type), allowed);
        fold(tests);
        check_test(tests, input.type, allowed);
        input.allowed_values = values_of(allowed, text, bare);
        input.allowed = std::make_shared<const Node>(std::move(tests));
    }
    table.inputs.push_back(std::move(input));
}

void Reader::table_output(Xml xml, const Scope& scope, Table& table, const TypeRef& whole) {
    cell_ = "0:" + std::to_string(table.inputs.size() + table.outputs.size() + 1);
    TableOutput output;
    output.name = name_of(xml);
    output.type = xml.attribute("typeRef") ? type_ref(xml) : nullptr;
    if (!output.type && whole) output.type = output.name.empty() ? whole : whole->component(output.name);
    if (const Xml values = child(xml, "outputValues")) {
        output.priorities = values_of(values, inner_text(values), scope);
        if (output.priorities.empty()) refuse("decision_unsupported", values, "outputValues");
        for (const Value& value : output.priorities) {
            if (!may_fit(type_of_kind(value.kind()), output.type))
                refuse("decision_result_type", values, value.format());
        }
    } else if (output.type) {
        output.priorities = output.type->allowed_values;
    }
    if (const Xml otherwise = child(xml, "defaultOutputEntry")) {
        Cell cell{inner_text(otherwise), {}, line_of(otherwise)};
        cell.node = expression_text(cell.text, otherwise, scope);
        check_result(cell.node, output.type, otherwise);
        output.otherwise = std::move(cell);
    }
    table.outputs.push_back(std::move(output));
}

void Reader::table_rule(Xml xml, const Scope& scope, Table& table) {
    TableRule rule;
    rule.id = xml.attribute("id").value();
    rule.line = line_of(xml);
    rule.description = description_of(xml);
    const auto place = [&](std::size_t column) {
        return std::to_string(table.rules.size() + 1) + ":" + std::to_string(column + 1);
    };
    const auto inputs = children(xml, "inputEntry");
    const auto outputs = children(xml, "outputEntry");
    const auto annotations = children(xml, "annotationEntry");
    cell_ = place(inputs.size());
    if (inputs.size() != table.inputs.size()) refuse("decision_cells", xml, std::to_string(inputs.size()));
    if (outputs.size() != table.outputs.size()) refuse("decision_cells", xml, std::to_string(outputs.size()));
    if (!table.annotation_names.empty() && annotations.size() > table.annotation_names.size()) {
        refuse("decision_cells", xml, std::to_string(annotations.size()));
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        cell_ = place(i);
        Cell cell{inner_text(inputs[i]), {}, line_of(inputs[i])};
        if (cell.text.find_first_not_of(" \t\r\n") == std::string::npos) cell.text = "-";
        cell.node = parsed(parse_unary_tests(cell.text, scope, table.inputs[i].type), inputs[i]);
        fold(cell.node);
        check_test(cell.node, table.inputs[i].type, inputs[i]);
        rule.inputs.push_back(std::move(cell));
    }
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        cell_ = place(inputs.size() + i);
        Cell cell{inner_text(outputs[i]), {}, line_of(outputs[i])};
        const bool empty = cell.text.find_first_not_of(" \t\r\n") == std::string::npos;
        if (!empty) cell.node = expression_text(cell.text, outputs[i], scope);
        check_result(cell.node, table.outputs[i].type, outputs[i]);
        rule.outputs.push_back(std::move(cell));
    }
    for (const Xml annotation : annotations) rule.annotations.push_back(inner_text(annotation));
    table.rules.push_back(std::move(rule));
}

TypeRef table_type(const Table& table) {
    TypeRef one;
    if (table.outputs.size() == 1) {
        one = table.outputs.front().type;
    } else {
        auto type = std::make_shared<Type>();
        type->kind = Kind::context;
        for (const TableOutput& output : table.outputs)
            type->components.emplace_back(output.name, output.type);
        one = std::move(type);
    }
    const bool many = table.policy == HitPolicy::rule_order || table.policy == HitPolicy::output_order ||
                      (table.policy == HitPolicy::collect && table.aggregator == Aggregator::none);
    if (many) return list_of(std::move(one));
    if (table.policy == HitPolicy::collect && table.aggregator == Aggregator::count)
        return type_of_kind(Kind::number);
    return one;
}

Node Reader::table(Xml xml, const Scope& scope) {
    auto table = std::make_shared<Table>();
    table_head(xml, scope, *table);
    for (const Xml input : children(xml, "input")) table_input(input, scope, *table);
    TypeRef whole =
        current_ != nullptr && current_->kind == Element::Kind::decision ? current_->type : nullptr;
    if (!whole && xml.attribute("typeRef")) whole = type_ref(xml);
    if (whole && whole->kind == Kind::list) whole = whole->element;
    const auto outputs = children(xml, "output");
    cell_ = "-";
    if (outputs.empty()) refuse("decision_logic_missing", xml, "output");
    for (const Xml output : outputs) {
        // The one output of a table is the value itself, whatever it is called.
        table_output(output, scope, *table, outputs.size() == 1 ? nullptr : whole);
        if (outputs.size() == 1) {
            if (!table->outputs[0].type && !(table->aggregator == Aggregator::count))
                table->outputs[0].type = whole;
            if (table->outputs[0].priorities.empty() && table->outputs[0].type) {
                table->outputs[0].priorities = table->outputs[0].type->allowed_values;
            }
        } else if (table->outputs.back().name.empty()) {
            refuse("decision_name_missing", output, "output");
        }
    }
    for (const Xml annotation : children(xml, "annotation"))
        table->annotation_names.push_back(name_of(annotation));
    for (const Xml rule : children(xml, "rule")) table_rule(rule, scope, *table);
    cell_ = "-";
    const bool ranked =
        std::ranges::any_of(table->outputs, [](const auto& output) { return !output.priorities.empty(); });
    if ((table->policy == HitPolicy::priority || table->policy == HitPolicy::output_order) && !ranked) {
        refuse("decision_priorities", xml, "outputValues");
    }
    index_columns(*table);
    table->number = static_cast<std::uint32_t>(definitions_.tables.size());
    definitions_.tables.push_back(table);
    Node node;
    node.op = Op::table;
    node.gives = table_type(*table);
    node.table = std::move(table);
    return node;
}

// ---- checks ----

// Two kinds that a comparison can tell apart or put in order.
bool may_compare(Kind a, Kind b) {
    const bool days = (a == Kind::date || a == Kind::date_time) && (b == Kind::date || b == Kind::date_time);
    return a == b || a == Kind::null || b == Kind::null || days;
}

bool value_may_match(const Value& value, const TypeRef& type) {
    if (value.kind() == Kind::range && type->kind != Kind::range) {
        return value_may_match(value.range().low, type) && value_may_match(value.range().high, type);
    }
    if (value.kind() == Kind::list && type->kind != Kind::list) {
        return std::ranges::all_of(value.list(),
                                   [&](const Value& item) { return value_may_match(item, type); });
    }
    return may_compare(value.kind(), type->kind);
}

void Reader::check_test(const Node& test, const TypeRef& type, Xml place) const {
    if (!type) return;
    if (test.op == Op::test_not || test.op == Op::test_list) {
        for (const Node& child_test : test.children) check_test(child_test, type, place);
    }
    if (test.op == Op::test_question) {
        const auto& gives = test.children.front().gives;
        if (gives && gives->kind != Kind::boolean) refuse("decision_test_type", place, inner_text(place));
    }
    if (test.op != Op::test_compare && test.op != Op::test_value) return;
    const Node& operand = test.children.front();
    bool fits = true;
    if (operand.op == Op::literal) {
        fits = value_may_match(operand.value, type);
    } else if (operand.gives && operand.gives->kind < Kind::range && type->kind < Kind::range) {
        fits = may_compare(operand.gives->kind, type->kind);
    }
    if (!fits) refuse("decision_test_type", place, inner_text(place));
    const bool ordered =
        test.op == Op::test_compare && test.compare != Op::equal && test.compare != Op::not_equal;
    if (ordered && (type->kind == Kind::boolean || type->kind == Kind::context || type->kind == Kind::list)) {
        refuse("decision_test_type", place, inner_text(place));
    }
}

void Reader::check_result(const Node& node, const TypeRef& type, Xml place) const {
    if (!type || !node.gives) return;
    if (!may_fit(node.gives, type)) refuse("decision_result_type", place, inner_text(place));
    const bool constant =
        node.op == Op::literal && node.value.kind() == type->kind && !type->allowed_values.empty();
    if (!constant) return;
    const bool listed =
        std::ranges::any_of(type->allowed_values, [&](const Value& one) { return same(one, node.value); });
    if (!listed) refuse("decision_result_type", place, node.value.format());
}

// ---- all of it ----

// pugixml reads nested elements without recursion; what walks them here must know that they end.
bool is_too_deep(Xml top) {
    Xml xml = top;
    int depth = 0;
    while (xml) {
        if (depth > 100) return true;
        if (xml.first_child()) {
            xml = xml.first_child();
            ++depth;
            continue;
        }
        while (xml && xml != top && !xml.next_sibling()) {
            xml = xml.parent();
            --depth;
        }
        if (!xml || xml == top) return false;
        xml = xml.next_sibling();
    }
    return false;
}

void Reader::read(Faults faults) {
    if (bytes_.size() > Limits::document)
        throw Refused{Error{"decision_too_large", {{"file", definitions_.name}}}};
    pugi::xml_document document;
    const auto parsed_xml = document.load_buffer(bytes_.data(), bytes_.size(),
                                                 pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!parsed_xml) {
        const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed_xml.offset, 0));
        const auto line = std::ranges::lower_bound(line_ends_, at) - line_ends_.begin() + 1;
        throw Refused{Error{"decision_xml", {{"file", definitions_.name}, {"line", std::to_string(line)}}}};
    }
    const Xml top = document.document_element();
    if (is_too_deep(document)) refuse("feel_too_deep", top, "XML");
    check_top(top);
    collect_members(top, 0);
    read_types(top);
    read_graph(top);
    settle_order();
    fill_infos();
    if (faults == Faults::keep) return;
    for (const Element& element : definitions_.elements) {
        if (element.fault) throw Refused{*element.fault};
    }
}

}  // namespace

Result<std::shared_ptr<Definitions>> read_definitions(std::string_view bytes, std::string_view name,
                                                      Faults faults) {
    auto definitions = std::make_shared<Definitions>();
    definitions->name = std::string(name);
    try {
        Reader reader(bytes, *definitions);
        reader.read(faults);
    } catch (const Refused& refused) {
        return refused.error;
    }
    return definitions;
}

}  // namespace bundel::decision
