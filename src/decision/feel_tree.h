// The tree of a FEEL expression, boxed or text, with its names resolved: what feel_evaluate.h carries out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "decision/type.h"
#include "decision/value.h"

namespace bundel::decision {

struct Table;

enum class Op : std::uint8_t {
    literal,      // value
    global,       // slot of the model: an input, a decision, a business knowledge model
    local,        // slot of the frame: a parameter, an iterator, an entry of a context
    item_member,  // name: an entry of the item that a filter looks at (local `slot`), else children[0] if any
    add,
    subtract,
    multiply,
    divide,
    power,
    negate,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    both,     // and
    either,   // or
    between,  // value, low, high
    in,       // value, tests (over local `slot`)
    branch,   // condition, then, else
    each,     // for: lists.., result; iterators from local `slot`, `partial` behind them
    some,     // lists.., condition
    every,
    list,
    context,        // names, children; each in its own local from `slot`
    boxed_context,  // the same; the last child, without a name, is the result
    member,         // children[0].name
    filter,         // list, condition or index; the item is local `slot`
    function,       // names: parameters from local `slot`; body children[0]
    call,           // function, arguments; `names` when they are named
    instance_of,    // type
    range,          // low, high; flags
    // Unary tests: true or false about local `slot`.
    test_any,       // -
    test_compare,   // `compare` to children[0]
    test_value,     // equal to, in the list, or in the range that children[0] gives
    test_question,  // children[0], which looks at "?" itself
    test_not,
    test_list,  // one of the children is true
    table       // a decision table
};

struct Node {
    Op op = Op::literal;
    Op compare = Op::equal;
    bool low_closed = false;
    bool high_closed = false;
    bool names_question = false;  // somewhere inside stands "?" of the test around it
    bool names_partial = false;   // the body of this "for" looks at what was made before
    std::uint32_t slot = 0;
    std::uint32_t depth = 1;  // of the tree below, this node included
    Value value{};
    std::string name{};
    std::vector<Node> children{};
    std::vector<std::string> names{};
    TypeRef type{};                // what is asked (instance_of), or the declared result (function)
    std::vector<TypeRef> types{};  // of parameters; of entries of a context
    TypeRef gives{};               // the type of the result where it is known; null when not
    std::shared_ptr<const Table> table{};
};

// Sizes that no honest model reaches. What is larger is an Error.
struct Limits {
    static constexpr std::size_t text = 64 * 1024;             // of one expression, in bytes
    static constexpr std::size_t document = 16 * 1024 * 1024;  // of a model, in bytes
    static constexpr std::uint32_t depth = 200;                // of one expression
    static constexpr std::uint32_t calls = 600;                // nested evaluations, over all functions
    static constexpr std::uint64_t steps = 5'000'000;          // of one evaluation
    static constexpr std::size_t list = 1'000'000;             // items
    static constexpr std::size_t string = 4 * 1024 * 1024;     // bytes
    static constexpr std::uint32_t nesting = 200;              // lists and contexts in each other
};

}  // namespace bundel::decision
