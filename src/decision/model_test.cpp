// What a model is refused for, with the place; and what an evaluation refuses.
#include "decision/model.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "decision/testing.h"

namespace bundel::decision {
namespace {

using testing::Rows;

std::string param(const base::Error& error, std::string_view name) {
    const auto found = std::ranges::find(error.params, name, [](const auto& one) { return one.first; });
    return found == error.params.end() ? "" : found->second;
}

const std::string input_x =
    "<inputData id=\"x\" name=\"x\"><variable name=\"x\" typeRef=\"number\"/></inputData>\n";

std::string literal(const std::string& name, const std::string& text, const std::string& inside = "") {
    return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name +
           "\" typeRef=\"number\"/>" + inside + "\n<literalExpression><text>" + text +
           "</text></literalExpression></decision>\n";
}

std::string requires_decision(const std::string& name) {
    return "<informationRequirement><requiredDecision href=\"#" + name + "\"/></informationRequirement>";
}

std::string table_with(const std::string& cells, const std::string& type = "number") {
    return input_x + "<decision id=\"d\" name=\"d\"><variable name=\"d\" typeRef=\"" + type +
           "\"/><informationRequirement><requiredInput "
           "href=\"#x\"/></informationRequirement>\n<decisionTable>\n"
           "<input><inputExpression><text>x</text></inputExpression></input>\n<output/>\n" +
           cells + "</decisionTable></decision>\n";
}

std::string rule(const std::string& in, const std::string& out) {
    return "<rule><inputEntry><text>" + in + "</text></inputEntry><outputEntry><text>" + out +
           "</text></outputEntry></rule>\n";
}

TEST(Model, IsRefusedWithThePlace) {
    struct Row {
        const char* name;
        std::string inside;
        const char* code;
        const char* line;
        const char* cell;
        const char* what;
    };
    const Row rows[] = {
        {"not FEEL", literal("d", "1 +"), "feel_syntax", "3", "-", ""},
        {"unknown name", literal("d", "\ny + 1"), "feel_unknown_name", "4", "-", "y"},
        {"known, but without an arrow", input_x + literal("d", "x + 1"), "feel_unknown_name", "4", "-", "x"},
        {"unknown type", "<inputData name=\"x\"><variable name=\"x\" typeRef=\"t\"/></inputData>",
         "feel_unknown_type", "2", "-", "t"},
        {"type that holds itself", "<itemDefinition name=\"t\"><typeRef>t</typeRef></itemDefinition>",
         "decision_type_cycle", "2", "-", "t"},
        {"two of one name", input_x + literal("x", "1"), "decision_name_twice", "3", "-", "x"},
        {"two types of one name",
         "<itemDefinition name=\"t\"><typeRef>number</typeRef></itemDefinition>\n<itemDefinition "
         "name=\"t\"><typeRef>string</typeRef></itemDefinition>",
         "decision_name_twice", "3", "-", "t"},
        {"arrow to nothing", literal("d", "1", requires_decision("e")), "decision_reference", "2", "-", "#e"},
        {"cycle", literal("d", "e", requires_decision("e")) + literal("e", "d", requires_decision("d")),
         "decision_cycle", "2", "-", "d"},
        {"needs itself", literal("d", "d", requires_decision("d")), "decision_cycle", "2", "-", "d"},
        {"result of another type", literal("d", "\"a\""), "decision_result_type", "3", "-", "\"a\""},
        {"no logic", "<decision name=\"d\"/>", "decision_logic_missing", "2", "-", "d"},
        {"no such construct", "<import namespace=\"n2\"/>", "decision_unsupported", "2", "-", "import"},
        {"another language",
         "<decision name=\"d\"><literalExpression "
         "expressionLanguage=\"urn:js\"><text>1</text></literalExpression></decision>",
         "decision_language", "2", "-", "urn:js"},
        {"too few cells", table_with("<rule><inputEntry><text>1</text></inputEntry></rule>"),
         "decision_cells", "7", "1:2", "0"},
        {"test of another type", table_with(rule("1", "1") + rule("\"a\"", "1")), "decision_test_type", "8",
         "2:1", "\"a\""},
        {"one of a list of tests", table_with(rule("1, \"a\"", "1")), "decision_test_type", "7", "1:1",
         "1, \"a\""},
        {"range of another type", table_with(rule("[\"a\"..\"b\"]", "1")), "decision_test_type", "7", "1:1",
         ""},
        {"output of another type", table_with(rule("1", "\"a\"")), "decision_result_type", "7", "1:2",
         "\"a\""},
        {"cell that is not FEEL", table_with(rule("&lt;", "1")), "feel_syntax", "7", "1:1", ""},
        {"function from outside", "<decision name=\"d\"><functionDefinition kind=\"Java\"/></decision>",
         "feel_external_function", "2", "-", "Java"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.name);
        const auto model = Model::load(testing::definitions(row.inside), "m.dmn");
        ASSERT_FALSE(model.ok());
        EXPECT_EQ(model.error().code, row.code);
        EXPECT_EQ(param(model.error(), "file"), "m.dmn");
        EXPECT_EQ(param(model.error(), "line"), row.line);
        EXPECT_EQ(param(model.error(), "cell"), row.cell);
        if (*row.what != 0) {
            EXPECT_EQ(param(model.error(), "what"), row.what);
        }
    }
}

TEST(Model, OtherBytesAreRefused) {
    const auto code = [](const std::string& bytes) {
        const auto model = Model::load(bytes, "m");
        return model.ok() ? std::string("ok") : model.error().code;
    };
    EXPECT_EQ(code(""), "decision_xml");
    EXPECT_EQ(code("<a>"), "decision_xml");
    EXPECT_EQ(code("<a/>"), "decision_not_dmn");
    EXPECT_EQ(code("<definitions/>"), "decision_version");
    EXPECT_EQ(code(testing::definitions("")), "ok");
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "<context>";
    for (int i = 0; i < 100'000; ++i) deep += "</context>";
    EXPECT_EQ(code(testing::definitions(deep)), "feel_too_deep");
    EXPECT_EQ(code(std::string(Limits::document + 1, ' ')), "decision_too_large");
}

// A fault of one decision leaves the others, and is the answer of that one and of those that rest on it.
TEST(Model, FaultsCanBeKept) {
    const auto bytes = testing::definitions(
        literal("a", "nothing") + literal("b", "a + 1", requires_decision("a")) + literal("c", "1"));
    EXPECT_FALSE(Model::load(bytes, "m").ok());
    const auto model = Model::load(bytes, "m", Faults::keep);
    ASSERT_TRUE(model.ok());
    EXPECT_TRUE(model->decisions()[0].fault);
    EXPECT_EQ(model->evaluate(*model->decision("a"), {}).error().code, "feel_unknown_name");
    EXPECT_EQ(model->evaluate(*model->decision("b"), {}).error().code, "feel_unknown_name");
    EXPECT_EQ(model->evaluate(*model->decision("c"), {})->format(), "1");
}

TEST(Model, InputsAreOfTheirType) {
    const Rows table{"d", "UNIQUE", {"x", "y"}, {{"-", "-", "1"}}};
    const Model model =
        testing::load(testing::model({{"x", "number", "[0..10]"}, {"y", "string", "\"a\", \"b\""}}, {table}));
    const auto code = [&](const Value& x, const Value& y) {
        const std::vector<Value> inputs{x, y};
        const auto value = model.evaluate(0, inputs);
        return value.ok() ? value->format() : value.error().code;
    };
    EXPECT_EQ(code(Value::of(0), Value::of("a")), "1");
    EXPECT_EQ(code(Value::of(10), Value::of("b")), "1");
    EXPECT_EQ(code(Value::of(11), Value::of("a")), "decision_input_type");
    EXPECT_EQ(code(Value::of(-1), Value::of("a")), "decision_input_type");
    EXPECT_EQ(code(Value::of("0"), Value::of("a")), "decision_input_type");
    EXPECT_EQ(code(Value::of(0), Value::of("c")), "decision_input_type");
    EXPECT_EQ(code(Value(), Value()), "1");
    const std::vector<Value> three(3);
    EXPECT_EQ(model.evaluate(0, three).error().code, "decision_inputs");
}

TEST(Model, EndlessKnowledgeStops) {
    const std::string knowledge =
        "<businessKnowledgeModel id=\"f\" name=\"f\"><encapsulatedLogic><formalParameter name=\"g\"/>"
        "<literalExpression><text>g(g)</text></literalExpression></encapsulatedLogic></"
        "businessKnowledgeModel>\n";
    const Model model = testing::load(testing::definitions(
        knowledge +
        literal("d", "f(f)",
                "<knowledgeRequirement><requiredKnowledge href=\"#f\"/></knowledgeRequirement>")));
    EXPECT_EQ(model.evaluate(0, {}).error().code, "decision_limit_depth");
}

// A function of one model says nothing in another.
TEST(Model, FunctionsStayInTheirModel) {
    const std::string gives =
        "<decision id=\"d\" name=\"d\"><literalExpression><text>function(a) "
        "a</text></literalExpression></decision>\n";
    const Model first = testing::load(testing::definitions(gives));
    const Value function = *first.evaluate(0, {});
    EXPECT_EQ(function.kind(), Kind::function);
    const std::string takes = "<inputData id=\"x\" name=\"x\"/>\n";
    const Model second = testing::load(testing::definitions(takes));
    const std::vector<Value> inputs{function};
    EXPECT_EQ(second.inputs().size(), 1U);
    const Model third = testing::load(
        testing::definitions(takes + "<decision id=\"d\" name=\"d\"><informationRequirement><requiredInput "
                                     "href=\"#x\"/></informationRequirement>"
                                     "<literalExpression><text>x(1)</text></literalExpression></decision>"));
    EXPECT_EQ(third.evaluate(0, inputs).error().code, "decision_input_type");
}

}  // namespace
}  // namespace bundel::decision
