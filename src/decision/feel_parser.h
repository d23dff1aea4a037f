// FEEL text to a tree with its names resolved. What is not FEEL, or not supported, is refused here.
//
// Names may hold spaces and operators ("Applicant-Age / months"): where a name begins, the longest name in
// scope that stands there is taken.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "decision/feel_tree.h"

namespace bundel::decision {

struct Variable {
    std::string name;
    bool is_global = false;
    std::uint32_t slot = 0;
    TypeRef type{};
};

// What an expression may name. Locals are counted from the frame of the function that holds it.
struct Scope {
    std::vector<Variable> variables{};               // the innermost last
    std::uint32_t locals = 0;                        // in use
    const std::set<std::string>* members = nullptr;  // names of entries that are known in the model
    const std::vector<std::pair<std::string, TypeRef>>* types = nullptr;  // itemDefinitions
};

// Where in the text a fault stands, with its code ("feel_syntax", "feel_unknown_name") and the word.
struct Fault {
    std::string code;
    std::string what;
    std::size_t at = 0;
};

class FeelParsed {
public:
    FeelParsed(Node node) : node_(std::move(node)) {}
    FeelParsed(Fault fault) : fault_(std::move(fault)), ok_(false) {}
    bool ok() const { return ok_; }
    Node& node() { return node_; }
    const Fault& fault() const { return fault_; }

private:
    Node node_;
    Fault fault_;
    bool ok_ = true;
};

FeelParsed parse_expression(std::string_view text, const Scope& scope);
// A cell of a decision table or allowed values: tests of the local `scope.locals`, which is "?" inside.
FeelParsed parse_unary_tests(std::string_view text, const Scope& scope, TypeRef tested);

// Names of DMN, without the spaces around them, each run of white space one space.
std::string normal_name(std::string_view name);

// Sets node.depth from its children and says whether it is within Limits::depth.
bool settle_depth(Node& node);

}  // namespace bundel::decision
