#include <string>
#include <vector>

#include "base/assert.h"
#include "decision/feel_evaluate.h"
#include "decision/feel_parser.h"
#include "decision/model.h"
#include "decision/proof.h"
#include "fuzz/targets.h"

namespace bundel::fuzz {
namespace {

using namespace decision;

bool holds_function(const Value& value) {
    if (value.kind() == Kind::function) return true;
    if (value.kind() == Kind::list) {
        for (const Value& item : value.list()) {
            if (holds_function(item)) return true;
        }
    }
    if (value.kind() == Kind::context) {
        for (const auto& [name, entry] : value.context()) {
            if (holds_function(entry)) return true;
        }
    }
    return false;
}

// The text of a value is that value, when it is short enough to be read.
void print_and_read(const Value& value) {
    const std::string text = value.format();
    if (holds_function(value) || value.nesting() > 20 || text.size() > 10'000) return;
    auto again = parse_expression(text, {});
    BUNDEL_ASSERT(again.ok());
    Run run(nullptr, {}, nullptr, nullptr);
    BUNDEL_ASSERT(same(evaluate(again.node(), run), value));
}

std::vector<Value> samples() {
    return {Value(),
            Value::of(5),
            Value::of("a"),
            Value::of(true),
            Value::of(Date{19'000}),
            Value::of(List{Value::of(1), Value::of(Context{{"a b", Value::of(2)}})})};
}

}  // namespace

void feel(std::string_view bytes) {
    Scope scope;
    scope.variables = {
        {"x", true, 0, nullptr}, {"a b", true, 1, nullptr}, {"a b-c", true, 2, type_of_kind(Kind::number)}};
    std::vector<Value> globals{Value::of(List{Value::of(1), Value::of("s")}), Value::of(2), Value::of(3)};
    auto parsed = parse_expression(bytes, scope);
    if (parsed.ok()) {
        Run run(nullptr, globals, nullptr, nullptr);
        const Value value = evaluate(parsed.node(), run);
        BUNDEL_ASSERT(!run.stopped() || run.failure().starts_with("decision_"));
        if (!run.stopped()) print_and_read(value);
    } else {
        BUNDEL_ASSERT(parsed.fault().code.starts_with("feel_"));
    }
    auto tests = parse_unary_tests(bytes, scope, nullptr);
    if (!tests.ok()) return;
    for (const Value& sample : samples()) {
        Run run(nullptr, globals, nullptr, nullptr);
        static_cast<void>(passes(tests.node(), 0, sample, run));
    }
}

void dmn(std::string_view bytes) {
    const auto model = Model::load(bytes, "fuzz.dmn", Faults::keep);
    const auto named = [](const std::string& code) {
        return code.starts_with("feel_") || code.starts_with("decision_") || code.starts_with("proof_");
    };
    if (!model.ok()) {
        BUNDEL_ASSERT(named(model.error().code));
        return;
    }
    if (model->decisions().size() > 20) return;
    for (std::uint32_t decision = 0; decision < model->decisions().size(); ++decision) {
        for (const Value& sample : samples()) {
            const std::vector<Value> inputs(model->inputs().size(), sample);
            Trail trail;
            const auto value = model->evaluate(decision, inputs, &trail);
            BUNDEL_ASSERT(value.ok() || named(value.error().code));
        }
        const auto proof = prove(*model, decision, Reach::graph, 20'000);
        BUNDEL_ASSERT(proof.ok() || named(proof.error().code));
    }
}

}  // namespace bundel::fuzz
