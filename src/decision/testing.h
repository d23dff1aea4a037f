// What the tests of this room share: FEEL without a model, and models written as rows of text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "decision/feel_evaluate.h"
#include "decision/feel_parser.h"
#include "decision/model.h"
#include "support/xml.h"

namespace bundel::decision::testing {
using bundel::testing::xml_escaped;

// The text of the value, or the code of what refused it.
inline std::string feel(std::string_view text) {
    auto parsed = parse_expression(text, {});
    if (!parsed.ok()) return parsed.fault().code;
    Run run(nullptr, {}, nullptr, nullptr);
    const Value value = evaluate(parsed.node(), run);
    return run.stopped() ? std::string(run.failure()) : value.format();
}

inline Value value(std::string_view text) {
    auto parsed = parse_expression(text, {});
    EXPECT_TRUE(parsed.ok()) << text;
    Run run(nullptr, {}, nullptr, nullptr);
    return evaluate(parsed.node(), run);
}

inline std::string definitions(const std::string& inside) {
    return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" namespace=\"n\" "
           "name=\"m\">\n" +
           inside + "</definitions>\n";
}

struct Variable {
    std::string name;
    std::string type;     // a type of FEEL
    std::string allowed;  // unary tests; "" for none
};

inline std::string item_and_input(const Variable& variable) {
    const std::string type = variable.allowed.empty() ? variable.type : "t_" + variable.name;
    std::string text;
    if (!variable.allowed.empty()) {
        text += "<itemDefinition name=\"" + type + "\"><typeRef>" + variable.type +
                "</typeRef><allowedValues><text>" + xml_escaped(variable.allowed) +
                "</text></allowedValues></itemDefinition>\n";
    }
    return text + "<inputData name=\"" + variable.name + "\" id=\"" + variable.name + "\"><variable name=\"" +
           variable.name + "\" typeRef=\"" + type + "\"/></inputData>\n";
}

struct Rows {
    std::string name = "d";
    std::string policy = "UNIQUE";
    std::vector<std::string> columns;            // names of inputs, or of decisions with a "!" before them
    std::vector<std::vector<std::string>> rows;  // the cells of a rule, the output last
    std::string output_values{};
    std::string attributes{};  // of the table
};

inline std::string decision(const Rows& table) {
    std::string text = "<decision name=\"" + table.name + "\" id=\"" + table.name + "\">\n<variable name=\"" +
                       table.name + "\"/>\n";
    std::string inputs;
    for (const auto& column : table.columns) {
        const bool upstream = column.front() == '!';
        const std::string name = upstream ? column.substr(1) : column;
        const std::string kind = upstream ? "requiredDecision" : "requiredInput";
        text += "<informationRequirement><" + kind + " href=\"#" + name + "\"/></informationRequirement>\n";
        inputs += "<input><inputExpression><text>" + name + "</text></inputExpression></input>\n";
    }
    text +=
        "<decisionTable hitPolicy=\"" + table.policy + "\" " + table.attributes + ">\n" + inputs + "<output>";
    if (!table.output_values.empty())
        text += "<outputValues><text>" + table.output_values + "</text></outputValues>";
    text += "</output>\n<annotation name=\"source\"/>\n";
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto number = std::to_string(i + 1);
        text += "<rule id=\"r" + number + "\">";
        for (std::size_t c = 0; c < table.rows[i].size(); ++c) {
            const std::string kind = c + 1 == table.rows[i].size() ? "outputEntry" : "inputEntry";
            text += "<" + kind + "><text>" + xml_escaped(table.rows[i][c]) + "</text></" + kind + ">";
        }
        text += "<annotationEntry><text>source " + number + "</text></annotationEntry></rule>\n";
    }
    return text + "</decisionTable>\n</decision>\n";
}

inline std::string model(const std::vector<Variable>& variables, const std::vector<Rows>& tables) {
    std::string text;
    for (const auto& variable : variables) text += item_and_input(variable);
    for (const auto& table : tables) text += decision(table);
    return definitions(text);
}

inline Model load(const std::string& bytes) {
    auto loaded = Model::load(bytes, "test.dmn");
    if (!loaded.ok()) {
        std::string why = loaded.error().code;
        for (const auto& [name, text] : loaded.error().params) why += " " + name + "=" + text;
        ADD_FAILURE() << why << "\n" << bytes;
    }
    return *std::move(loaded);
}

}  // namespace bundel::decision::testing
