#include "rulebook/inventory.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "rulebook/table.h"

namespace bundel::rulebook {
using base::Error;
using base::Result;

namespace {

constexpr Word<VariableKind> kinds[] = {{"observation", VariableKind::observation},
                                        {"choice", VariableKind::choice}};
constexpr Word<VariableType> types[] = {{"word", VariableType::word},
                                        {"truth", VariableType::truth},
                                        {"number", VariableType::number},
                                        {"text", VariableType::text}};
constexpr std::string_view fillers[] = {"regime", "contract"};

std::optional<std::int64_t> whole(std::string_view text) {
    const bool negative = text.starts_with('-');
    const auto digits = base::parse_digits(text.substr(negative ? 1 : 0));
    if (!digits) return std::nullopt;
    return negative ? -*digits : *digits;
}

// "-5..40".
void read_range(Table& row, InventoryEntry& entry) {
    const std::string text = row.text("range");
    const auto dots = text.find("..");
    const auto least = whole(text.substr(0, dots));
    const auto most = dots == std::string::npos ? std::nullopt : whole(text.substr(dots + 2));
    if (!least || !most || *least > *most) return row.wrong("range", "-5..40");
    entry.least = *least;
    entry.most = *most;
}

InventoryEntry read_entry(Table& row) {
    InventoryEntry entry;
    entry.id = row.text("id");
    entry.name = row.text("name");
    entry.english = row.text("english");
    entry.kind = row.word<VariableKind>("kind", kinds);
    entry.type = row.word<VariableType>("type", types);
    if (entry.type == VariableType::number) read_range(row, entry);
    if (entry.type == VariableType::word || entry.type == VariableType::text)
        entry.values = row.texts("values");
    entry.meaning = row.text("meaning");
    entry.from = row.texts("from");
    entry.missing = row.text("missing");
    if (entry.kind == VariableKind::choice) entry.filled_by = row.texts("filled_by");
    for (const std::string& one : entry.filled_by) {
        if (std::ranges::find(fillers, one) == std::end(fillers)) row.wrong("filled_by", "regime, contract");
    }
    return entry;
}

// A bar would end the cell.
std::string cell(const std::string& text) {
    std::string result;
    for (const char letter : text) {
        if (letter == '|') result += '\\';
        result += letter;
    }
    return result;
}

std::string values_text(const InventoryEntry& entry) {
    switch (entry.type) {
        case VariableType::truth: return "`ja`, `nee`";
        case VariableType::number:
            return "geheel getal van " + std::to_string(entry.least) + " t/m " + std::to_string(entry.most);
        case VariableType::word:
        case VariableType::text: break;
    }
    std::string text;
    for (const std::string& value : entry.values) text += (text.empty() ? "`" : ", `") + value + "`";
    return entry.type == VariableType::text ? text + ", en wat het regime verder onderscheidt" : text;
}

// The nearest agreement goes first.
std::string filled_by_text(const InventoryEntry& entry) {
    if (entry.filled_by.size() > 1) return "het contract, anders het regime";
    return "het " + entry.filled_by.front();
}

std::string section(const InventoryEntry& entry) {
    std::string text = "\n### " + entry.name + "\n\n" + entry.meaning + "\n\n| | |\n|---|---|\n";
    const auto row = [&](const std::string& head, const std::string& body) {
        text += "| " + head + " | " + cell(body) + " |\n";
    };
    row("id, Engels", "`" + entry.id + "`, " + entry.english);
    row("waarden", values_text(entry));
    for (std::size_t i = 0; i < entry.from.size(); ++i) row(i == 0 ? "herkomst" : "", entry.from[i]);
    if (entry.kind == VariableKind::choice) row("ingevuld door", filled_by_text(entry));
    row("als het ontbreekt", entry.missing);
    return text;
}

std::string sections(const Inventory& inventory, VariableKind kind) {
    std::string text;
    for (const InventoryEntry& entry : inventory.variables) {
        if (entry.kind == kind) text += section(entry);
    }
    return text;
}

Result<base::Done> refuse_twins(const Inventory& inventory) {
    std::set<std::string> seen;
    for (const InventoryEntry& entry : inventory.variables) {
        for (const std::string& key : {"id " + entry.id, "name " + entry.name}) {
            if (!seen.insert(key).second)
                return Error{"rulebook_value_twice", {{"file", inventory_file}, {"key", key}}};
        }
    }
    return base::Done{};
}

}  // namespace

const InventoryEntry* Inventory::find(std::string_view id) const {
    const auto found = std::ranges::find(variables, id, &InventoryEntry::id);
    return found == variables.end() ? nullptr : &*found;
}

std::string_view word_of(VariableKind kind) {
    return kinds[static_cast<std::size_t>(kind)].text;
}
std::string_view word_of(VariableType type) {
    return types[static_cast<std::size_t>(type)].text;
}

Result<Inventory> read_inventory(const std::string& content) {
    BUNDEL_TRY(tree, read_toml(inventory_file, content));
    FirstError first;
    Inventory inventory;
    {
        Table file(first, inventory_file, tree, "", values::Date());
        file.each("variable", [&](Table& row) { inventory.variables.push_back(read_entry(row)); });
    }
    if (first.get()) return *first.get();
    BUNDEL_TRY_DONE(refuse_twins(inventory));
    return inventory;
}

std::string inventory_page(const Inventory& inventory) {
    return "# Variabelen van de beslismodellen\n\n"
           "Gemaakt van rulebooks/variables.toml door `bundel rules variables`; niet met de hand wijzigen. "
           "Hetzelfde als data: rulebooks/variables.json.\n\n"
           "Dit is alles waar de beslismodellen in `rulebooks/models/` naar kijken. Een *waarneming* is wat "
           "berichten, feiten en lijsten\nzeggen: wie, wanneer, wat. Een *keuze* is een opening die het "
           "regime of het contract invult; iets anders mogen zij niet. Wat er\nuit volgt staat in de "
           "tabellen, nooit in een variabele. Wie deze variabelen kan vullen, kan de modellen in elk "
           "programma voor\nDMN uitvoeren.\n\n"
           "Nummers als `VK301 0412` zijn velden van [berichten](layouts.md); `CSV Inschrijvingen: begin` is "
           "een kolom van een\n[CSV-bestand](csv.md); `regelboek: ...` is een bestand en sleutel van het "
           "[regelboek](rulebook.md).\n\n## Keuzes\n" +
           sections(inventory, VariableKind::choice) + "\n## Waarnemingen\n" +
           sections(inventory, VariableKind::observation);
}

}  // namespace bundel::rulebook
