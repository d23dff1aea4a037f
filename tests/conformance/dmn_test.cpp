// The test cases of the DMN Technology Compatibility Kit, read in place (others.h): all of level 2, and of
// level 3 no fewer than before.
#include "conformance/others.h"

#include <pugixml.hpp>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "decision/feel_functions.h"
#include "decision/model.h"

namespace bundel {
namespace {

using namespace decision;
using Xml = pugi::xml_node;
namespace fs = std::filesystem;

const std::string cases_folder = "dmn-tck/TestCases/";

bool is(Xml xml, std::string_view name) {
    std::string_view full = xml.name();
    if (const auto colon = full.find(':'); colon != std::string_view::npos) full.remove_prefix(colon + 1);
    return full == name;
}

std::vector<Xml> children(Xml xml, std::string_view name) {
    std::vector<Xml> found;
    for (const Xml child : xml.children()) {
        if (is(child, name)) found.push_back(child);
    }
    return found;
}

Xml child(Xml xml, std::string_view name) {
    const auto all = children(xml, name);
    return all.empty() ? Xml() : all.front();
}

std::string attribute(Xml xml, std::string_view name) {
    for (const auto one : xml.attributes()) {
        std::string_view full = one.name();
        if (const auto colon = full.find(':'); colon != std::string_view::npos) full.remove_prefix(colon + 1);
        if (full == name) return one.value();
    }
    return {};
}

Value simple_value(Xml xml) {
    if (attribute(xml, "nil") == "true") return {};
    std::string type = attribute(xml, "type");
    if (const auto colon = type.find(':'); colon != std::string::npos) type.erase(0, colon + 1);
    const std::string text = xml.child_value();
    if (type == "decimal" || type == "double" || type == "integer") return Value::of(Number::parse(text));
    if (type == "boolean") return Value::of(text == "true");
    if (type == "date") return Value::of(Date::parse(text));
    if (type == "dateTime") return Value::of(DateTime::parse(text));
    if (type == "time") return Value::of(Time::parse(text));
    if (type == "duration") return temporal_value(text);
    return Value::of(text);
}

Value value_of(Xml xml) {
    if (attribute(xml, "nil") == "true") return {};
    if (const Xml list = child(xml, "list")) {
        List items;
        if (attribute(list, "nil") == "true") return {};
        for (const Xml item : children(list, "item")) items.push_back(value_of(item));
        return Value::of(std::move(items));
    }
    const auto components = children(xml, "component");
    if (!components.empty()) {
        Context context;
        for (const Xml component : components)
            context.emplace_back(attribute(component, "name"), value_of(component));
        return Value::of(std::move(context));
    }
    const Xml value = child(xml, "value");
    return value ? simple_value(value) : Value();
}

// What is computed in doubles elsewhere ("1.7320508") is right when it agrees to eight digits behind the
// point.
bool agree(const Value& got, const Value& wanted) {
    if (got.kind() == Kind::number && wanted.kind() == Kind::number) {
        const auto distance = got.number().minus(wanted.number());
        return distance && distance->absolute() < *Number::parse("0.00000001");
    }
    if (got.kind() == Kind::list && wanted.kind() == Kind::list) {
        return std::ranges::equal(got.list(), wanted.list(), agree);
    }
    if (got.kind() == Kind::context && wanted.kind() == Kind::context) {
        return got.context().size() == wanted.context().size() &&
               std::ranges::all_of(wanted.context(), [&](const auto& entry) {
                   const Value* other = got.entry(entry.first);
                   return other != nullptr && agree(*other, entry.second);
               });
    }
    return equal(got, wanted) == true;
}

struct Tally {
    std::size_t cases = 0;
    std::size_t passed = 0;
    std::map<std::string, std::size_t> failed_by_file{};
    std::string failures{};
};

std::map<std::string, Value> inputs_of(Xml test_case) {
    std::map<std::string, Value> inputs;
    for (const Xml node : children(test_case, "inputNode")) inputs[attribute(node, "name")] = value_of(node);
    return inputs;
}

base::Result<Value> result_of(const Model& model, Xml test_case, const std::string& result) {
    auto given = inputs_of(test_case);
    if (attribute(test_case, "type") == "decisionService") {
        const auto service = model.service(attribute(test_case, "invocableName"));
        if (!service) return base::Error{"no_service"};
        List arguments;
        for (const auto& parameter : model.services()[*service].parameters)
            arguments.push_back(given[parameter]);
        auto all = model.evaluate_service(*service, arguments);
        // A service with more outputs gives a context with one entry for each.
        const Value* one = all.ok() ? all->entry(result) : nullptr;
        return one != nullptr ? base::Result<Value>(*one) : all;
    }
    const auto decision = model.decision(result);
    if (!decision) return base::Error{"no_decision"};
    List inputs;
    for (const InputData& input : model.inputs()) inputs.push_back(given[input.name]);
    return model.evaluate(*decision, inputs);
}

bool passes_case(const Model& model, Xml test_case, std::string& why) {
    bool all = true;
    for (const Xml node : children(test_case, "resultNode")) {
        const auto got = result_of(model, test_case, attribute(node, "name"));
        const Value wanted = value_of(child(node, "expected"));
        const bool may_fail = attribute(node, "errorResult") == "true";
        const bool good = got.ok() ? agree(*got, wanted) : may_fail;
        if (good) continue;
        all = false;
        why += "    " + attribute(node, "name") + ": ";
        if (got.ok()) {
            why += got->format();
        } else {
            why += got.error().code;
            for (const auto& [name, value] : got.error().params) {
                if (name == "what" || name == "line") why += " " + value;
            }
        }
        why += ", wanted " + wanted.format() + "\n";
    }
    return all;
}

void run_file(const fs::path& path, Tally& tally, Faults faults) {
    pugi::xml_document document;
    ASSERT_TRUE(document.load_file(path.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single)) << path;
    const auto model_path =
        path.parent_path() / child(document.document_element(), "modelName").child_value();
    std::ifstream file(model_path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto model = Model::load(bytes, model_path.filename().string(), faults);
    const auto name = path.filename().string();
    if (!model.ok()) {
        tally.failures += name + ": " + model.error().code;
        for (const auto& [param, value] : model.error().params) tally.failures += " " + param + "=" + value;
        tally.failures += "\n";
    }
    for (const Xml test_case : children(document.document_element(), "testCase")) {
        ++tally.cases;
        std::string why;
        if (model.ok() && passes_case(*model, test_case, why)) {
            ++tally.passed;
        } else {
            ++tally.failed_by_file[name];
            tally.failures += name + " " + attribute(test_case, "id") + "\n" + why;
        }
    }
}

Tally run_level(const std::string& level, Faults faults) {
    std::set<fs::path> files;
    for (const auto& entry :
         fs::recursive_directory_iterator(testing::conformance_path(cases_folder + level))) {
        if (entry.path().extension() == ".xml") files.insert(entry.path());
    }
    Tally tally;
    for (const auto& file : files) run_file(file, tally, faults);
    return tally;
}

TEST(ConformanceDmn, AllOfLevelTwo) {
    if (testing::is_absent(cases_folder + "compliance-level-2")) GTEST_SKIP();
    const Tally tally = run_level("compliance-level-2", Faults::refuse);
    EXPECT_EQ(tally.cases, 116U);
    EXPECT_EQ(tally.passed, tally.cases) << tally.failures;
}

// The ratchet: raise it when more pass. What does not pass is named in docs/reference/feel-coverage.md.
constexpr std::size_t level_three_cases = 1421;
constexpr std::size_t level_three_passing = 1387;

TEST(ConformanceDmn, LevelThreeDoesNotGoBack) {
    if (testing::is_absent(cases_folder + "compliance-level-3")) GTEST_SKIP();
    const Tally tally = run_level("compliance-level-3", Faults::keep);
    std::cout << "DMN level 3: " << tally.passed << " of " << tally.cases << " cases pass\n";
    for (const auto& [file, count] : tally.failed_by_file)
        std::cout << "  " << count << " not in " << file << "\n";
    if (std::getenv("BUNDEL_VERBOSE") != nullptr) std::cout << tally.failures;
    EXPECT_EQ(tally.cases, level_three_cases);
    EXPECT_GE(tally.passed, level_three_passing) << tally.failures;
}

// The document names every function there is and no other, and the figures above.
TEST(ConformanceDmn, TheDocumentSaysWhatIsSupported) {
    std::ifstream file(std::string(BUNDEL_SOURCE_DIR) + "/docs/reference/feel-coverage.md");
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const auto first = text.find("## Functions");
    const auto last = text.find("## Not supported");
    ASSERT_TRUE(first != std::string::npos && last != std::string::npos);
    std::set<std::string> named;
    for (auto at = text.find('`', first); at < last; at = text.find('`', at)) {
        const auto end = text.find('`', at + 1);
        named.insert(text.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    const auto names = built_in_names();
    EXPECT_EQ(named, std::set<std::string>(names.begin(), names.end()));
    const auto with_comma = [](std::size_t number) {
        auto digits = std::to_string(number);
        return digits.insert(digits.size() - 3, ",");
    };
    EXPECT_NE(text.find(with_comma(level_three_passing) + " of the " + with_comma(level_three_cases)),
              std::string::npos);
}

}  // namespace
}  // namespace bundel
