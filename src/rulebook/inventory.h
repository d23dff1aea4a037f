// The inventory of variables: everything the decision models look at, with its meaning, values and origin, so
// that another program can be built from it. Source: rulebooks/variables.toml. It explains the models and
// decides nothing: it is not part of the digest of a rulebook.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace bundel::rulebook {

inline constexpr const char* inventory_file = "variables.toml";

enum class VariableKind : std::uint8_t { observation, choice };
enum class VariableType : std::uint8_t { word, truth, number, text };

struct InventoryEntry {
    std::string id;       // in DMN, as in selection_model.h
    std::string name;     // in DMN, Dutch
    std::string english;  //
    VariableKind kind = VariableKind::observation;
    VariableType type = VariableType::word;
    std::vector<std::string> values;  // word: all of them; text: those that every model has
    std::int64_t least = 0;           // number: whole, both included
    std::int64_t most = 0;
    std::string meaning;
    std::vector<std::string> from;       // message fields, CSV columns, keys of the rulebook, other tables
    std::string missing;                 // what is put in when nothing is known
    std::vector<std::string> filled_by;  // choice: "regime", "contract"
};

struct Inventory {
    std::vector<InventoryEntry> variables;
    const InventoryEntry* find(std::string_view id) const;
};

// Errors: those of reading a rulebook file (rulebook_syntax, rulebook_value_missing, rulebook_value_wrong,
// rulebook_key_unknown); rulebook_value_twice{file,key} for an id or a name.
base::Result<Inventory> read_inventory(const std::string& content);

std::string_view word_of(VariableKind kind);
std::string_view word_of(VariableType type);

// Markdown, Dutch; the same inventory gives the same page.
std::string inventory_page(const Inventory& inventory);

}  // namespace bundel::rulebook
