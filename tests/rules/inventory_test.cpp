// The inventory of variables against what it describes: the program, the models, the layouts, the CSV forms.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <regex>
#include <set>

#include "engine/rules.h"
#include "intake/forms.h"
#include "rulebook/selection_model.h"
#include "support/rulebook_files.h"
#include "wire/layout.h"

namespace bundel::rulebook {
namespace {

using decision::Kind;
using decision::Value;
using testing::as_text;

const Inventory& inventory() {
    static const Inventory read = [] {
        auto result = read_inventory(testing::rulebook_files().at(inventory_file));
        EXPECT_TRUE(result.ok()) << (result.ok() ? "" : as_text(result.error()));
        return std::move(result).value();
    }();
    return read;
}

std::vector<Rulebook> rulebooks() {
    std::vector<Rulebook> books;
    books.push_back(testing::load_rulebook());
    books.push_back(testing::load_rulebook(testing::second_catalogue_files()));
    return books;
}

// BUNDEL_UPDATE_GOLDEN=1 writes them anew.
TEST(Inventory, ThePageAndTheDataAreMadeOfIt) {
    const std::pair<std::string, std::string> made[] = {
        {"/docs/reference/variables.md", inventory_page(inventory())},
        {"/rulebooks/variables.json", engine::to_json(inventory())}};
    for (const auto& [file, text] : made) {
        const std::string path = BUNDEL_SOURCE_DIR + file;
        if (std::getenv("BUNDEL_UPDATE_GOLDEN") != nullptr) std::ofstream(path) << text;
        std::stringstream written;
        written << std::ifstream(path).rdbuf();
        EXPECT_TRUE(written.str() == text) << file << ": run rules_test with BUNDEL_UPDATE_GOLDEN=1";
    }
}

TEST(Inventory, HasTheVariablesOfTheProgramAndNoOthers) {
    std::set<std::string> known;
    for (std::size_t i = 0; i < variable_count; ++i) {
        const auto variable = static_cast<Variable>(i);
        known.insert(std::string(id_of(variable)));
        const InventoryEntry* entry = inventory().find(id_of(variable));
        ASSERT_NE(entry, nullptr) << id_of(variable);
        const auto words = words_of(variable);
        EXPECT_EQ(entry->type == VariableType::word, !words.empty()) << entry->id;
        if (words.empty()) continue;
        const std::set<std::string> wanted(words.begin(), words.end());
        EXPECT_EQ(std::set<std::string>(entry->values.begin(), entry->values.end()), wanted) << entry->id;
    }
    for (const InventoryEntry& entry : inventory().variables)
        EXPECT_TRUE(known.contains(entry.id)) << entry.id;
}

Kind kind_of(VariableType type) {
    switch (type) {
        case VariableType::truth: return Kind::boolean;
        case VariableType::number: return Kind::number;
        case VariableType::word:
        case VariableType::text: break;
    }
    return Kind::string;
}

std::set<std::string> allowed_words(const decision::InputData& input) {
    std::set<std::string> words;
    for (const Value& value : input.type->allowed_values) words.insert(value.string());
    return words;
}

// Of a text the inventory has those that every model knows.
void expect_values(const decision::InputData& input, const InventoryEntry& entry) {
    const auto allowed = allowed_words(input);
    for (const std::string& value : entry.values) EXPECT_TRUE(allowed.contains(value)) << entry.id;
    if (entry.type == VariableType::text) return;
    EXPECT_EQ(allowed.size(), entry.values.size()) << entry.id;
}

// The model takes the borders of the range, and nothing beyond.
void expect_range(const decision::Model& model, std::uint32_t input, const InventoryEntry& entry) {
    const std::pair<std::int64_t, bool> rows[] = {
        {entry.least - 1, false}, {entry.least, true}, {entry.most, true}, {entry.most + 1, false}};
    for (const auto& [number, allowed] : rows) {
        std::vector<Value> values(model.inputs().size());
        values[input] = Value::of(number);
        const auto answer = model.evaluate(*model.decision("coupling"), values);
        const bool refused = !answer.ok() && answer.error().code == "decision_input_type";
        EXPECT_EQ(refused, !allowed) << model.name() << " " << entry.name << " " << number;
    }
}

TEST(Inventory, EveryInputOfEveryShippedModelIsInItAsItIs) {
    for (const Rulebook& book : rulebooks()) {
        for (const Regime& regime : book.regimes()) {
            const decision::Model& model = regime.model->model();
            for (std::uint32_t i = 0; i < model.inputs().size(); ++i) {
                const auto& input = model.inputs()[i];
                const InventoryEntry* entry = inventory().find(input.id);
                ASSERT_NE(entry, nullptr) << input.id;
                EXPECT_EQ(entry->name, input.name);
                ASSERT_NE(input.type, nullptr) << input.id;
                EXPECT_EQ(input.type->kind, kind_of(entry->type)) << input.id;
                if (entry->type == VariableType::word || entry->type == VariableType::text)
                    expect_values(input, *entry);
                if (entry->type == VariableType::number) expect_range(model, i, *entry);
            }
        }
    }
}

// ---- Origins: what they name exists ----

// "VK301 0111, 0112 (declarant)": the message, and the fields in it. Nothing: no message is named.
struct Fields {
    std::set<std::string> messages, fields;
};
Fields fields_in(const std::string& from) {
    static const std::regex message(R"(\b(VK301|ZH308|KZ301)\b)"), field(R"(\b[0-9]{4}\b)");
    Fields found;
    for (std::sregex_iterator i(from.begin(), from.end(), message), end; i != end; ++i)
        found.messages.insert((*i)[0]);
    for (std::sregex_iterator i(from.begin(), from.end(), field), end; i != end; ++i)
        found.fields.insert((*i)[0]);
    return found;
}

std::set<std::string> fields_of(const wire::Layout& layout) {
    std::set<std::string> fields;
    for (const auto& record : layout.records()) {
        for (const auto& field : record.fields) fields.insert(std::string(field.id));
    }
    return fields;
}

TEST(Inventory, EveryFieldNamedIsInTheLayoutOfItsMessage) {
    std::map<std::string, std::set<std::string>> known;
    for (const auto& [file, text] : testing::repository_files("rulebooks/layouts")) {
        for (const char* layout : {"VK301-2.2", "ZH308-9.0", "KZ301-3.2"}) {
            if (!file.starts_with(layout)) continue;
            const auto parsed = wire::Layout::parse(text);
            ASSERT_TRUE(parsed.ok());
            known[file.substr(0, 5)] = fields_of(*parsed);
        }
    }
    ASSERT_EQ(known.size(), 3U);
    std::size_t seen = 0;
    for (const InventoryEntry& entry : inventory().variables) {
        for (const std::string& from : entry.from) {
            const Fields named = fields_in(from);
            for (const std::string& message : named.messages) {
                for (const std::string& field : named.fields) {
                    EXPECT_TRUE(known[message].contains(field))
                        << entry.id << ": " << message << " " << field;
                    ++seen;
                }
            }
        }
    }
    EXPECT_GT(seen, 50U);
}

std::string lower(std::string text) {
    for (char& letter : text)
        letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    return text;
}

TEST(Inventory, EveryColumnNamedIsInItsForm) {
    static const std::regex shape("CSV ([^:]+): (.+)"), word("[a-z_]+");
    std::size_t seen = 0;
    for (const InventoryEntry& entry : inventory().variables) {
        for (const std::string& from : entry.from) {
            if (!from.starts_with("CSV ")) continue;
            std::smatch parts;
            ASSERT_TRUE(std::regex_match(from, parts, shape)) << entry.id << ": " << from;
            const std::string name = lower(parts[1]), columns = parts[2];
            const auto form =
                std::ranges::find_if(intake::forms(), [&](const auto& one) { return one.name == name; });
            ASSERT_NE(form, intake::forms().end()) << entry.id << ": " << from;
            for (std::sregex_iterator i(columns.begin(), columns.end(), word), end; i != end; ++i) {
                const std::string column = (*i)[0];
                EXPECT_TRUE(
                    std::ranges::any_of(form->columns, [&](const auto& one) { return one.name == column; }))
                    << entry.id << ": " << name << "." << column;
                ++seen;
            }
        }
    }
    EXPECT_GT(seen, 50U);
}

TEST(Inventory, EveryKeyNamedIsInTheRulebook) {
    static const std::regex shape(R"(regelboek: ([a-z_]+)(/\*)?\.toml, ([a-z_.]+))");
    const Rulebook book = testing::load_rulebook(testing::second_catalogue_files());
    std::size_t seen = 0;
    for (const InventoryEntry& entry : inventory().variables) {
        for (const std::string& from : entry.from) {
            if (!from.starts_with("regelboek: ")) continue;
            std::smatch parts;
            ASSERT_TRUE(std::regex_search(from, parts, shape)) << entry.id << ": " << from;
            const std::string folder = parts[1], key = parts[3];
            ++seen;
            const auto& files = testing::second_catalogue_files();
            const bool written = std::ranges::any_of(files, [&](const auto& file) {
                if (!file.first.starts_with(folder)) return false;
                const std::string last = key.substr(key.rfind('.') + 1);
                return std::regex_search(file.second, std::regex("(^|\n|\\[|\\.)" + last + "( = |\\])"));
            });
            EXPECT_TRUE(written) << entry.id << ": " << from;
        }
    }
    EXPECT_GT(seen, 12U);
}

// ---- What is refused ----

TEST(Inventory, WhatIsWrongIsRefusedByKey) {
    const std::string good =
        "[[variable]]\nid = \"a\"\nname = \"b\"\nenglish = \"c\"\nkind = \"choice\"\ntype = \"number\"\n"
        "range = \"-1..2\"\nmeaning = \"d\"\nfrom = [\"e\"]\nmissing = \"f\"\nfilled_by = [\"regime\"]\n";
    const auto read = read_inventory(good);
    ASSERT_TRUE(read.ok()) << as_text(read.error());
    EXPECT_EQ(read->variables.front().least, -1);
    EXPECT_EQ(read->variables.front().most, 2);
    const struct {
        const char *from, *to, *error;
    } rows[] = {{"-1..2", "2..1", "rulebook_value_wrong"},
                {"-1..2", "1", "rulebook_value_wrong"},
                {"choice", "verdict", "rulebook_value_wrong"},
                {"\"number\"", "\"float\"", "rulebook_value_wrong"},
                {"[\"regime\"]", "[\"us\"]", "rulebook_value_wrong"},
                {"missing", "mising", "rulebook_value_missing"},
                {"choice", "observation", "rulebook_key_unknown"}};
    for (const auto& row : rows) {
        SCOPED_TRACE(row.to);
        std::string bad = good;
        bad.replace(bad.find(row.from), std::string_view(row.from).size(), row.to);
        const auto refused = read_inventory(bad);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().code, row.error);
    }
    EXPECT_EQ(as_text(read_inventory(good + good).error()),
              "rulebook_value_twice file=variables.toml key=id a");
}

TEST(Inventory, ExplainsAndIsNotPartOfTheLaw) {
    auto files = testing::rulebook_files();
    const auto digest = testing::load_rulebook(files).digest();
    files[inventory_file] += "# more\n";
    files["models/2023/route.csv"] += "\n";
    EXPECT_EQ(testing::load_rulebook(files).digest(), digest);
}

}  // namespace
}  // namespace bundel::rulebook
