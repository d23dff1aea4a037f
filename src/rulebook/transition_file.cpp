#include "rulebook/transition_file.h"

#include <set>

#include "rulebook/table.h"

namespace bundel::rulebook {
using base::Error;
using base::Result;
using values::Cents;
using values::Ratio;

namespace {

constexpr std::int64_t most_cents = 1'000'000'000'000;  // of one amount: ten billion euros

// What is wrong with a rulebook is here wrong with a file of wishes, which needs no status and no source.
Error of_wishes(const Error& error) {
    const auto param = [&](std::string_view name) {
        for (const auto& [key, value] : error.params) {
            if (key == name) return value;
        }
        return std::string();
    };
    if (error.code == "rulebook_syntax")
        return Error{"wishes_syntax", {{"file", param("file")}, {"line", param("line")}}};
    if (error.code == "rulebook_value_missing")
        return Error{"wishes_missing", {{"file", param("file")}, {"key", param("key")}}};
    if (error.code == "rulebook_key_unknown")
        return Error{"wishes_unknown",
                     {{"file", param("file")}, {"line", param("line")}, {"key", param("key")}}};
    return Error{"wishes_wrong",
                 {{"file", param("file")},
                  {"line", param("line")},
                  {"key", param("key")},
                  {"found", param("found")},
                  {"allowed", param("allowed")}}};
}

std::optional<Ratio> limit(Table& table, std::string_view key, std::optional<Ratio> otherwise = {}) {
    return table.has(key) ? table.share(key) : otherwise;
}

Cents amount(Table& table, std::string_view key) {
    const Cents euros = table.euros(key);
    if (euros.is_negative() || euros.count() > most_cents) table.wrong(key, "0,00 .. 10000000000,00");
    return euros;
}

std::vector<Cents> totals_in(Table& table, int years) {
    std::vector<Cents> totals;
    for (const std::string& text : table.texts("totalen")) {
        const auto total = Cents::parse_euros(text);
        if (!total.ok() || total->is_negative() || total->count() > most_cents)
            table.wrong("totalen", "0,00 .. 10000000000,00");
        else
            totals.push_back(*total);
    }
    if (totals.size() != static_cast<std::size_t>(years))
        table.wrong("totalen", std::to_string(years) + " x \"1050000,00\"");
    return totals;
}

TransitionFile wishes_in(FirstError& first, const std::string& file, const Node& root) {
    static constexpr Word<bool> bases[] = {{"vorig jaar", false}, {"vandaag", true}};
    TransitionFile wishes;
    Table table(first, file, root, "", values::Date());
    wishes.years = table.number("jaren", 1, 30);
    wishes.of_today = table.word<bool>("grens_van", bases);
    const auto loss = limit(table, "verlies_per_jaar");
    const auto gain = limit(table, "winst_per_jaar");
    if (table.has("totalen")) wishes.totals = totals_in(table, wishes.years);
    table.each("deelnemer", [&](Table& item) {
        TransitionFile::Party party;
        party.name = item.text("naam");
        party.today = amount(item, "nu");
        party.target = item.share("doel");
        party.loss = limit(item, "verlies_per_jaar", loss);
        party.gain = limit(item, "winst_per_jaar", gain);
        if (item.has("bodem")) party.floor = amount(item, "bodem");
        wishes.parties.push_back(std::move(party));
    });
    if (wishes.parties.empty() || wishes.parties.size() > 200) table.wrong("deelnemer", "1 .. 200");
    return wishes;
}

Result<TransitionFile> checked(TransitionFile wishes, const std::string& file) {
    std::set<std::string> names;
    Ratio sum;
    Cents today;
    for (const auto& party : wishes.parties) {
        if (!names.insert(party.name).second)
            return Error{"wishes_name_twice", {{"file", file}, {"name", party.name}}};
        BUNDEL_TRY(more, values::add(sum, party.target));
        sum = more;
        today += party.today;
    }
    if (today.count() > 10 * most_cents) return Error{"cents_overflow"};
    if (sum != Ratio::of(1, 1)) return Error{"wishes_targets", {{"file", file}, {"sum", sum.str()}}};
    if (wishes.totals.empty()) wishes.totals.assign(static_cast<std::size_t>(wishes.years), today);
    return wishes;
}

}  // namespace

Result<TransitionFile> read_transition(const std::string& file, const std::string& content) {
    const auto root = read_toml(file, content);
    if (!root.ok()) return of_wishes(root.error());
    FirstError first;
    TransitionFile wishes = wishes_in(first, file, *root);
    if (first.get()) return of_wishes(*first.get());
    return checked(std::move(wishes), file);
}

}  // namespace bundel::rulebook
