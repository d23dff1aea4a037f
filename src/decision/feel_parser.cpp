#include "decision/feel_parser.h"

#include <algorithm>
#include <utility>

#include "decision/feel_functions.h"
#include "decision/feel_text.h"

namespace bundel::decision {
namespace {

constexpr std::string_view reserved[] = {
    "and",      "or",   "in",    "between",  "then", "else",  "return", "if",  "satisfies", "for",
    "function", "some", "every", "instance", "true", "false", "null",   "not", "external"};

Node literal(Value value) {
    Node node;
    node.gives = value.is_null() ? nullptr : type_of_kind(value.kind());
    node.value = std::move(value);
    return node;
}

Node with(Op op, std::vector<Node> children) {
    Node node;
    node.op = op;
    node.children = std::move(children);
    return node;
}

std::vector<Node> two(Node a, Node b) {
    std::vector<Node> nodes;
    nodes.push_back(std::move(a));
    nodes.push_back(std::move(b));
    return nodes;
}

std::vector<Node> one(Node a) {
    std::vector<Node> nodes;
    nodes.push_back(std::move(a));
    return nodes;
}

TypeRef sum_type(Op op, const TypeRef& a, const TypeRef& b) {
    if (!a || !b || a->kind != b->kind) return nullptr;
    if (a->kind == Kind::number) return a;
    return op == Op::add && a->kind == Kind::string ? a : nullptr;
}

class Parser {
public:
    Parser(std::string_view text, Scope scope) : text_(text), scope_(std::move(scope)) {}

    FeelParsed finish(Node node) {
        if (!failed_ && !text_.done()) fail("feel_syntax");
        if (failed_) return fault_;
        return node;
    }

    Node expression() {
        const Deeper deeper(*this);
        if (failed_) return {};
        if (text_.take_word("for")) return iteration(Op::each, "return");
        if (text_.take_word("if")) return if_expression();
        if (text_.take_word("some")) return iteration(Op::some, "satisfies");
        if (text_.take_word("every")) return iteration(Op::every, "satisfies");
        return disjunction();
    }

    // The tests of a cell, over the local that begins here.
    Node unary_tests(TypeRef tested) {
        bind("?", std::move(tested));
        if (text_.take("-") && text_.done()) return test_node(Op::test_any, {});
        text_.go_to(0);
        const std::size_t start = text_.at();
        if (text_.take_word("not") && text_.take("(")) {
            Node node = test_node(Op::test_not, one(test_list(")")));
            if (text_.done() && !failed_) return settled(std::move(node));
            // not(...) was the beginning of an expression.
            failed_ = false;
            text_.go_to(start);
        }
        text_.go_to(start);
        return test_list("");
    }

    TypeRef type() {
        const Deeper deeper(*this);
        if (failed_) return nullptr;
        if (text_.take_word("list")) return type_with_element(Kind::list);
        if (text_.take_word("range")) return type_with_element(Kind::range);
        if (text_.take_word("context")) return context_type();
        if (text_.take_word("function")) return function_type();
        return named_type();
    }

private:
    // Counts how deep the parser stands in itself, so that no text overflows the stack.
    class Deeper {
    public:
        explicit Deeper(Parser& parser) : parser_(parser) {
            if (++parser_.depth_ > Limits::depth) parser_.fail("feel_too_deep");
        }
        ~Deeper() { --parser_.depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

    private:
        Parser& parser_;
    };
    struct Filter {
        std::size_t variables;  // in scope outside it
        std::uint32_t item;     // local
    };

    void fail(std::string_view code, std::string what = {}) {
        if (failed_) return;
        failed_ = true;
        if (what.empty())
            what = std::string(text_.whole().substr(std::min(text_.at(), text_.whole().size()), 24));
        fault_ = {std::string(code), std::move(what), text_.at()};
    }

    void expect(std::string_view symbol) {
        if (!text_.take(symbol)) fail("feel_syntax");
    }
    void expect_word(std::string_view word) {
        if (!text_.take_word(word)) fail("feel_syntax");
    }

    Node settled(Node node) {
        if (!settle_depth(node)) fail("feel_too_deep");
        return node;
    }

    std::uint32_t bind(std::string name, TypeRef type = nullptr) {
        scope_.variables.push_back({std::move(name), false, scope_.locals, std::move(type)});
        return scope_.locals++;
    }
    // Back to what was in scope before.
    void unbind(std::size_t variables, std::uint32_t locals) {
        scope_.variables.resize(variables);
        scope_.locals = locals;
    }

    // ---- sentences ----

    // "x in list": binds x after its list, so that a later list may use it.
    Node iterator_list(std::vector<std::string>& names) {
        const std::string name = declared_name("in");
        expect_word("in");
        Node list = iterated();
        const TypeRef element = list.gives && list.gives->kind == Kind::list ? list.gives->element : nullptr;
        names.push_back(name);
        bind(name, element);
        return list;
    }

    Node iterated() {
        Node low = expression();
        if (!text_.take("..")) return low;
        Node range = with(Op::range, two(std::move(low), expression()));
        range.low_closed = range.high_closed = true;
        return settled(std::move(range));
    }

    Node iteration(Op op, std::string_view before_body) {
        const auto variables = scope_.variables.size();
        const auto locals = scope_.locals;
        Node node = with(op, {});
        node.slot = locals;
        do {
            node.children.push_back(iterator_list(node.names));
        } while (!failed_ && text_.take(","));
        if (op == Op::each) bind("partial");
        expect_word(before_body);
        const auto partials = partials_named_;
        node.children.push_back(expression());
        node.names_partial = partials_named_ != partials;
        node.gives = op == Op::each ? list_of(node.children.back().gives) : type_of_kind(Kind::boolean);
        unbind(variables, locals);
        return settled(std::move(node));
    }

    Node if_expression() {
        Node node = with(Op::branch, one(expression()));
        expect_word("then");
        node.children.push_back(expression());
        expect_word("else");
        node.children.push_back(expression());
        const auto& then = node.children[1].gives;
        const auto& otherwise = node.children[2].gives;
        if (then && otherwise && then->kind == otherwise->kind && then->kind < Kind::range) node.gives = then;
        return settled(std::move(node));
    }

    // ---- operators, from weak to strong ----

    Node logical(Node left, Op op, Node right) {
        Node node = with(op, two(std::move(left), std::move(right)));
        node.gives = type_of_kind(Kind::boolean);
        return settled(std::move(node));
    }

    Node disjunction() {
        Node left = conjunction();
        while (!failed_ && text_.take_word("or")) left = logical(std::move(left), Op::either, conjunction());
        return left;
    }

    Node conjunction() {
        Node left = comparison();
        while (!failed_ && text_.take_word("and")) left = logical(std::move(left), Op::both, comparison());
        return left;
    }

    bool take_comparison(Op& op) {
        struct Symbol {
            std::string_view text;
            Op op;
        };
        static constexpr Symbol symbols[] = {{"<=", Op::less_or_equal}, {">=", Op::greater_or_equal},
                                             {"!=", Op::not_equal},     {"<", Op::less},
                                             {">", Op::greater},        {"=", Op::equal}};
        for (const Symbol& symbol : symbols) {
            if (text_.take(symbol.text)) {
                op = symbol.op;
                return true;
            }
        }
        return false;
    }

    Node comparison() {
        Node left = sum();
        while (!failed_) {
            Op op{};
            if (take_comparison(op)) {
                left = logical(std::move(left), op, sum());
            } else if (text_.take_word("between")) {
                Node node = with(Op::between, two(std::move(left), sum()));
                expect_word("and");
                node.children.push_back(sum());
                node.gives = type_of_kind(Kind::boolean);
                left = settled(std::move(node));
            } else if (text_.take_word("in")) {
                left = in_tests(std::move(left));
            } else {
                break;
            }
        }
        return left;
    }

    Node in_tests(Node left) {
        const auto variables = scope_.variables.size();
        const auto locals = scope_.locals;
        const auto slot = bind("?", left.gives);
        // "?" of a surrounding test means the value of this one from here on.
        Node tests;
        const std::size_t start = text_.at();
        if (text_.take("(")) {
            tests = test_list(")");
            if (text_.looking_at("..") || failed_) {  // it was a range: (1..5)
                failed_ = false;
                text_.go_to(start);
                tests = test(true);
            }
        } else {
            tests = test(true);
        }
        unbind(variables, locals);
        Node node = with(Op::in, two(std::move(left), std::move(tests)));
        node.slot = slot;
        node.gives = type_of_kind(Kind::boolean);
        return settled(std::move(node));
    }

    Node sum() {
        Node left = product();
        while (!failed_) {
            const Op op = text_.looking_at("+") ? Op::add : Op::subtract;
            if (!text_.take("+") && !text_.take("-")) break;
            Node right = product();
            const TypeRef gives = sum_type(op, left.gives, right.gives);
            left = settled(with(op, two(std::move(left), std::move(right))));
            left.gives = gives;
        }
        return left;
    }

    Node product() {
        Node left = raised();
        while (!failed_) {
            const Op op = text_.looking_at("*") ? Op::multiply : Op::divide;
            if (text_.looking_at("**") || (!text_.take("*") && !text_.take("/"))) break;
            Node right = raised();
            const TypeRef gives = sum_type(op, left.gives, right.gives);
            left = settled(with(op, two(std::move(left), std::move(right))));
            left.gives = gives;
        }
        return left;
    }

    Node raised() {
        Node left = negation();
        while (!failed_ && text_.take("**")) {
            left = settled(with(Op::power, two(std::move(left), negation())));
        }
        return left;
    }

    Node negation() {
        const Deeper deeper(*this);
        if (failed_) return {};
        if (!text_.take("-")) return instance();
        Node inner = negation();
        const TypeRef gives = inner.gives;
        if (inner.op == Op::literal && inner.value.kind() == Kind::number) {
            return literal(Value::of(inner.value.number().negated()));
        }
        Node node = settled(with(Op::negate, one(std::move(inner))));
        node.gives = gives;
        return node;
    }

    Node instance() {
        Node left = postfix();
        while (!failed_ && text_.take_word("instance")) {
            expect_word("of");
            Node node = with(Op::instance_of, one(std::move(left)));
            node.type = type();
            node.gives = type_of_kind(Kind::boolean);
            left = settled(std::move(node));
        }
        return left;
    }

    Node postfix() {
        Node left = primary();
        while (!failed_) {
            if (text_.looking_at("..")) break;
            if (text_.take(".")) {
                left = member(std::move(left));
            } else if (text_.looking_at("[")) {
                if (is_range_end_ && !is_filter_ahead(left)) break;
                text_.take("[");
                left = filter(std::move(left));
            } else if (text_.take("(")) {
                left = call(std::move(left));
            } else {
                break;
            }
        }
        return left;
    }

    Node member(Node left) {
        const TypeRef type = left.gives;
        const TypeRef inner = type && type->kind == Kind::list ? type->element : type;
        Node node = with(Op::member, one(std::move(left)));
        node.name = member_name(inner);
        if (inner && inner->kind == Kind::context) {
            node.gives = inner->component(node.name);
            if (type != inner) node.gives = list_of(node.gives);
        }
        return settled(std::move(node));
    }

    // "[1..10[": whether the bracket behind the end of a range opens a filter, or closes the range.
    bool is_filter_ahead(const Node& left) {
        Parser trial = *this;
        trial.is_range_end_ = false;
        trial.text_.take("[");
        trial.filter(left);
        return !trial.failed_;
    }

    Node filter(Node left) {
        const TypeRef type = left.gives;
        const auto variables = scope_.variables.size();
        const auto locals = scope_.locals;
        Node node = with(Op::filter, one(std::move(left)));
        node.slot = scope_.locals;
        filters_.push_back({variables, node.slot});
        const TypeRef item = type && type->kind == Kind::list ? type->element : type;
        bind("item", item);
        if (item) {
            for (const auto& component : item->components) known_.insert(component.first);
        }
        node.children.push_back(expression());
        expect("]");
        filters_.pop_back();
        unbind(variables, locals);
        const auto& condition = node.children[1].gives;
        if (type && condition && condition->kind == Kind::boolean)
            node.gives = type->kind == Kind::list ? type : nullptr;
        if (type && condition && condition->kind == Kind::number) node.gives = item;
        return settled(std::move(node));
    }

    // "name: value" in a call: the name, when one stands here.
    std::string argument_name() {
        const std::size_t start = text_.at();
        text_.skip_space();
        const std::size_t first = text_.at();
        const auto rest = text_.whole().substr(first);
        const auto colon = rest.find_first_of(":,()[]{}\"=<>@.");
        if (colon != std::string_view::npos && rest[colon] == ':' && text_.at_name()) {
            std::string name = normal_name(rest.substr(0, colon));
            if (!name.starts_with("function") && name.find(" return ") == std::string::npos) {
                text_.go_to(first + colon + 1);
                return name;
            }
        }
        text_.go_to(start);
        return {};
    }

    Node call(Node callee) {
        Node node = with(Op::call, one(std::move(callee)));
        if (!text_.take(")")) {
            do {
                auto name = argument_name();
                if (!name.empty()) node.names.push_back(std::move(name));
                node.children.push_back(expression());
            } while (!failed_ && text_.take(","));
            expect(")");
        }
        if (!node.names.empty() && node.names.size() + 1 != node.children.size()) fail("feel_syntax");
        const Node& function = node.children.front();
        if (function.op == Op::literal && function.value.kind() == Kind::function) {
            node.gives = built_in_result(function.value);
            if (!built_in_takes(function.value, node.children.size() - 1, node.names)) {
                fail("feel_arguments", function.name);
            }
        } else if (function.gives && function.gives->kind == Kind::function) {
            node.gives = function.gives->element;
        }
        return settled(std::move(node));
    }

    // ---- what stands alone ----

    Node primary() {
        text_.skip_space();
        const char c = text_.peek();
        if (c == '"') return string_literal();
        if (c == '(') return parenthesised();
        if (c == '[') return list_or_range();
        if (c == ']') {
            text_.take("]");
            return range_from(expression(), false);
        }
        if (c == '{') return context();
        if (c == '@') return at_literal();
        if ((c >= '0' && c <= '9') || c == '.') return number_literal();
        if (text_.take_word("true")) return literal(Value::of(true));
        if (text_.take_word("false")) return literal(Value::of(false));
        if (text_.take_word("null")) return literal(Value());
        if (text_.looking_at_word("function")) return function();
        if (text_.at_name()) return name();
        fail("feel_syntax");
        return {};
    }

    Node string_literal() {
        auto text = text_.take_string();
        if (!text) fail("feel_syntax");
        return literal(text ? Value::of(std::move(*text)) : Value());
    }

    Node number_literal() {
        const auto digits = text_.take_number();
        const auto number = digits ? Number::parse(*digits) : std::nullopt;
        if (!number) {
            fail(digits ? "feel_number_size" : "feel_syntax");
            return {};
        }
        return literal(Value::of(*number));
    }

    Node at_literal() {
        text_.take("@");
        text_.skip_space();
        auto text = text_.peek() == '"' ? text_.take_string() : std::nullopt;
        Value value = text ? temporal_value(*text) : Value();
        if (value.is_null()) fail("feel_at_literal", text.value_or(""));
        return literal(std::move(value));
    }

    Node range_from(Node low, bool low_closed) {
        expect("..");
        const bool outside = std::exchange(is_range_end_, true);
        Node range = with(Op::range, two(std::move(low), expression()));
        is_range_end_ = outside;
        range.low_closed = low_closed;
        if (text_.take("]")) {
            range.high_closed = true;
        } else if (!text_.take(")") && !text_.take("[")) {
            fail("feel_syntax");
        }
        range.gives = type_of_kind(Kind::range);
        return settled(std::move(range));
    }

    // "(< 5)": a range without an end.
    Node open_range(Op op) {
        Node end = sum();
        expect(")");
        if (op == Op::not_equal) fail("feel_syntax");
        Node low = literal(Value());
        Node high = literal(Value());
        const bool closed = op == Op::less_or_equal || op == Op::greater_or_equal || op == Op::equal;
        Node range;
        if (op == Op::equal) {
            low = end;
            high = std::move(end);
        } else if (op == Op::less || op == Op::less_or_equal) {
            high = std::move(end);
        } else {
            low = std::move(end);
        }
        range = with(Op::range, {});
        range.low_closed = closed && op != Op::less_or_equal;
        range.high_closed = closed && op != Op::greater_or_equal;
        range.children = two(std::move(low), std::move(high));
        if (op != Op::equal) range.compare = op;
        range.gives = type_of_kind(Kind::range);
        return settled(std::move(range));
    }

    Node parenthesised() {
        text_.take("(");
        Op op{};
        if (take_comparison(op)) return open_range(op);
        Node inner = expression();
        if (text_.looking_at("..")) return range_from(std::move(inner), false);
        expect(")");
        return inner;
    }

    Node list_or_range() {
        text_.take("[");
        Node list = with(Op::list, {});
        list.gives = list_of(nullptr);
        if (text_.take("]")) return list;
        Node first = expression();
        if (text_.looking_at("..")) return range_from(std::move(first), true);
        list.gives = list_of(first.gives && first.gives->kind < Kind::range ? first.gives : nullptr);
        list.children.push_back(std::move(first));
        while (!failed_ && text_.take(",")) {
            list.children.push_back(expression());
            const auto& gives = list.children.back().gives;
            if (!gives || (list.gives->element && gives->kind != list.gives->element->kind))
                list.gives = list_of(nullptr);
        }
        expect("]");
        return settled(std::move(list));
    }

    Node context() {
        text_.take("{");
        const auto variables = scope_.variables.size();
        const auto locals = scope_.locals;
        Node node = with(Op::context, {});
        node.slot = locals;
        auto type = std::make_shared<Type>();
        type->kind = Kind::context;
        if (!text_.take("}")) {
            do {
                context_entry(node, *type);
            } while (!failed_ && text_.take(","));
            expect("}");
        }
        unbind(variables, locals);
        node.gives = std::move(type);
        return settled(std::move(node));
    }

    void context_entry(Node& node, Type& type) {
        std::string key;
        text_.skip_space();
        if (text_.peek() == '"') {
            key = text_.take_string().value_or("");
        } else {
            key = declared_name(":");
        }
        expect(":");
        if (std::ranges::find(node.names, key) != node.names.end()) fail("feel_name_twice", key);
        node.children.push_back(expression());
        node.names.push_back(key);
        known_.insert(key);
        const auto& gives = node.children.back().gives;
        type.components.emplace_back(key, gives);
        bind(key, gives);
    }

    Node function() {
        expect_word("function");
        const auto variables = scope_.variables.size();
        const auto locals = scope_.locals;
        Node node = with(Op::function, {});
        node.slot = locals;
        expect("(");
        if (!text_.take(")")) {
            do {
                const std::string parameter = declared_name(":,)");
                TypeRef parameter_type = text_.take(":") ? type() : nullptr;
                node.names.push_back(parameter);
                node.types.push_back(parameter_type);
                bind(parameter, parameter_type);
            } while (!failed_ && text_.take(","));
            expect(")");
        }
        if (text_.looking_at_word("external")) fail("feel_external_function", "external");
        node.children.push_back(expression());
        unbind(variables, locals);
        auto gives = std::make_shared<Type>();
        gives->kind = Kind::function;
        gives->parameters = node.types;
        gives->element = node.children.back().gives;
        gives->has_signature = true;
        node.gives = std::move(gives);
        return settled(std::move(node));
    }

    // ---- names ----

    // A name that is being declared runs to one of the symbols (or to the word "in"), without the space
    // around.
    std::string declared_name(std::string_view until) {
        text_.skip_space();
        const std::size_t start = text_.at();
        if (!text_.at_name()) fail("feel_syntax");
        const auto whole = text_.whole();
        std::size_t end = start;
        const bool to_word = until == "in";
        while (end < whole.size()) {
            if (to_word) {
                text_.go_to(end);
                const bool space = end > start && (whole[end - 1] == ' ' || whole[end - 1] == '\n' ||
                                                   whole[end - 1] == '\t');
                if (space && whole.substr(end, 2) == "in" && text_.length_of_name("in") != 0) break;
            } else if (until.find(whole[end]) != std::string_view::npos) {
                break;
            }
            ++end;
        }
        if (end == whole.size()) fail("feel_syntax");
        text_.go_to(end);
        std::string name = normal_name(whole.substr(start, end - start));
        if (name.empty() || name.find_first_of("\"()[]{},:=<>;@") != std::string::npos) fail("feel_syntax");
        return name;
    }

    std::string member_name(const TypeRef& type) {
        text_.skip_space();
        const std::size_t start = text_.at();
        std::size_t length = 0;
        std::string best;
        const auto consider = [&](const std::string& name) {
            const auto here = text_.length_of_name(name);
            if (here > length) {
                length = here;
                best = name;
            }
        };
        if (type) {
            for (const auto& component : type->components) consider(component.first);
        }
        if (scope_.members != nullptr) {
            for (const auto& name : *scope_.members) consider(name);
        }
        for (const auto& name : known_) consider(name);
        for (const char* name : {"time offset", "start included", "end included"}) consider(name);
        const std::string simple(text_.take_simple_name());
        if (simple.size() >= length) best = simple;
        text_.go_to(start + std::max(simple.size(), length));
        if (best.empty()) fail("feel_syntax");
        return best;
    }

    Node name() {
        const std::size_t start = text_.at();
        std::size_t length = 0;
        std::optional<std::size_t> found;
        for (std::size_t i = scope_.variables.size(); i-- > 0;) {
            const auto here = text_.length_of_name(scope_.variables[i].name);
            if (here > length) {
                length = here;
                found = i;
            }
        }
        std::string member;
        if (!filters_.empty()) {
            const auto consider = [&](const std::string& known) {
                const auto here = text_.length_of_name(known);
                if (here > length ||
                    (here == length && here > 0 && found && *found < filters_.back().variables)) {
                    if (here > length) found.reset();
                    length = here;
                    member = known;
                }
            };
            if (scope_.members != nullptr) std::ranges::for_each(*scope_.members, consider);
            std::ranges::for_each(known_, consider);
            consider("key");
            consider("value");
        }
        const auto built_in = built_in_here(length);
        if (built_in) {
            Node node = literal(built_in->second);
            node.name = built_in->first;
            text_.go_to(start + length);
            return node;
        }
        if (length == 0) {
            const std::string unknown(text_.take_simple_name());
            text_.go_to(start);
            const bool is_word = std::ranges::find(reserved, unknown) != std::end(reserved);
            fail(is_word ? "feel_syntax" : "feel_unknown_name", unknown);
            return {};
        }
        text_.go_to(start + length);
        return resolved(found, member.empty() && found ? scope_.variables[*found].name : member);
    }

    // A built-in function with a name longer than what was found; its length in `length`.
    std::optional<std::pair<std::string, Value>> built_in_here(std::size_t& length) {
        std::optional<std::pair<std::string, Value>> best;
        for (const auto& name : built_in_names()) {
            const auto here = text_.length_of_name(name);
            if (here > length) {
                length = here;
                best = std::pair(std::string(name), built_in_function(name));
            }
        }
        return best;
    }

    // Inside filters a name is first an entry of the item, from the innermost filter outwards, as far as the
    // variable of that name was there before the filter.
    Node resolved(std::optional<std::size_t> found, const std::string& name) {
        Node node;
        bool has_node = false;
        if (found) {
            const Variable& variable = scope_.variables[*found];
            node.op = variable.is_global ? Op::global : Op::local;
            node.slot = variable.slot;
            node.name = variable.name;
            node.gives = variable.type;
            node.names_question = variable.name == "?";
            if (variable.name == "partial") ++partials_named_;
            has_node = true;
        }
        for (const Filter& filter : filters_) {
            if (found && *found >= filter.variables) continue;
            Node member;
            member.op = Op::item_member;
            member.slot = filter.item;
            member.name = name;
            const TypeRef item = scope_.variables[filter.variables].type;
            if (item) member.gives = item->component(name);
            if (has_node) member.children.push_back(std::move(node));
            node = std::move(member);
            has_node = true;
        }
        return settled(std::move(node));
    }

    // ---- unary tests ----

    Node test_node(Op op, std::vector<Node> children) {
        Node node = with(op, std::move(children));
        node.slot = scope_.locals - 1;
        node.gives = type_of_kind(Kind::boolean);
        return settled(std::move(node));
    }

    Node test_list(std::string_view end) {
        std::vector<Node> tests;
        do {
            tests.push_back(test());
        } while (!failed_ && text_.take(","));
        if (!end.empty()) expect(end);
        if (tests.size() == 1) return std::move(tests.front());
        return test_node(Op::test_list, std::move(tests));
    }

    // Narrow: behind "in" without brackets, where "and" belongs to what stands outside.
    Node test(bool is_narrow = false) {
        const Deeper deeper(*this);
        if (failed_) return {};
        const auto question = scope_.locals - 1;
        Op op{};
        if (take_comparison(op)) {
            Node node = test_node(Op::test_compare, one(sum()));
            node.compare = op;
            node.slot = question;
            return node;
        }
        Node value = is_narrow ? sum() : expression();
        const bool asks = value.names_question;
        Node node = test_node(asks ? Op::test_question : Op::test_value, one(std::move(value)));
        node.slot = question;
        node.names_question = false;
        return node;
    }

    // ---- types ----

    std::shared_ptr<Type> fresh(Kind kind) {
        auto type = std::make_shared<Type>();
        type->kind = kind;
        return type;
    }

    TypeRef type_with_element(Kind kind) {
        auto result = fresh(kind);
        if (text_.take("<")) {
            result->element = type();
            expect(">");
        }
        return result;
    }

    TypeRef context_type() {
        auto result = fresh(Kind::context);
        if (text_.take("<")) {
            do {
                const std::string name = declared_name(":");
                expect(":");
                result->components.emplace_back(name, type());
            } while (!failed_ && text_.take(","));
            expect(">");
        }
        return result;
    }

    TypeRef function_type() {
        auto result = fresh(Kind::function);
        if (text_.take("<")) {
            result->has_signature = true;
            if (!text_.take(">")) {
                do {
                    result->parameters.push_back(type());
                } while (!failed_ && text_.take(","));
                expect(">");
            }
            expect("->");
            result->element = type();
        }
        return result;
    }

    TypeRef named_type() {
        text_.skip_space();
        const std::size_t start = text_.at();
        std::size_t length = 0;
        TypeRef found;
        const auto consider = [&](std::string_view name, const TypeRef& type) {
            const auto here = text_.length_of_name(name);
            if (here <= length) return;
            length = here;
            found = type;
        };
        if (scope_.types != nullptr) {
            for (const auto& [name, type] : *scope_.types) consider(name, type);
        }
        for (const Kind kind :
             {Kind::boolean, Kind::number, Kind::string, Kind::date, Kind::time, Kind::date_time,
              Kind::day_time_duration, Kind::year_month_duration, Kind::null}) {
            consider(name_of(kind), type_of_kind(kind));
        }
        consider("Any", nullptr);
        consider("day and time duration", type_of_kind(Kind::day_time_duration));
        consider("year and month duration", type_of_kind(Kind::year_month_duration));
        if (length == 0) fail("feel_unknown_type", std::string(text_.take_simple_name()));
        if (length != 0) text_.go_to(start + length);
        // A component of a type: TypeName.entry
        while (!failed_ && found && !found->components.empty() && text_.peek() == '.' && text_.take(".")) {
            found = found->component(member_name(found));
        }
        return found;
    }

    FeelText text_;
    Scope scope_;
    std::vector<Filter> filters_;
    std::set<std::string> known_;  // entries named so far in this text
    std::uint32_t depth_ = 0;
    std::uint32_t partials_named_ = 0;
    bool is_range_end_ = false;
    bool failed_ = false;
    Fault fault_;
};

bool too_long(std::string_view text) {
    return text.size() > Limits::text;
}

}  // namespace

bool settle_depth(Node& node) {
    node.depth = 1;
    for (const Node& child : node.children) {
        node.depth = std::max(node.depth, child.depth + 1);
        node.names_question = node.names_question || child.names_question;
    }
    return node.depth <= Limits::depth;
}

std::string normal_name(std::string_view name) {
    std::string result;
    FeelText text(name);
    for (text.skip_space(); text.at() < name.size();) {
        const auto before = text.at();
        text.skip_space();
        if (text.at() != before) {
            if (text.at() < name.size()) result += ' ';
            continue;
        }
        result += name[before];
        text.go_to(before + 1);
    }
    return result;
}

FeelParsed parse_expression(std::string_view text, const Scope& scope) {
    if (too_long(text)) return Fault{"feel_too_long", {}, 0};
    Parser parser(text, scope);
    Node node = parser.expression();
    return parser.finish(std::move(node));
}

FeelParsed parse_unary_tests(std::string_view text, const Scope& scope, TypeRef tested) {
    if (too_long(text)) return Fault{"feel_too_long", {}, 0};
    Parser parser(text, scope);
    Node node = parser.unary_tests(std::move(tested));
    return parser.finish(std::move(node));
}

}  // namespace bundel::decision
