#include "sim/insurer_rules.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "sim/files.h"

namespace bundel::sim {
namespace fs = std::filesystem;

namespace {

// The cells of one row of a table; a cell that cannot be read is an error that says where it stands.
class CellReader {
public:
    CellReader(const fs::path& file, std::size_t row, const Row& cells)
        : file_(file), line_(row + 2), cells_(cells) {}  // line 1 is the header

    Error wrong(const std::string& column) const {
        return {"insurer_rules_cell",
                {{"file", file_.filename().string()}, {"line", std::to_string(line_)}, {"column", column}}};
    }
    Result<std::string> text(const std::string& column) const {
        const auto found = cells_.find(column);
        if (found == cells_.end()) return wrong(column);
        return found->second;
    }
    template <class Value>
    Result<Value> parsed(const std::string& column, Result<Value> (*parse)(std::string_view)) const {
        BUNDEL_TRY(cell, text(column));
        auto value = parse(cell);
        if (!value.ok()) return wrong(column);
        return *value;
    }
    Result<int> number(const std::string& column, int least, int most) const {
        BUNDEL_TRY(cell, text(column));
        const auto value = base::parse_digits(cell, most);
        if (!value || *value < least) return wrong(column);
        return static_cast<int>(*value);
    }

private:
    const fs::path& file_;
    std::size_t line_;
    const Row& cells_;
};

// Each row of a file, read by `take`, which gives Result<Done>.
template <class Take>
Result<base::Done> each_row(const fs::path& file, Take take) {
    BUNDEL_TRY(rows, read_rows(file));
    for (std::size_t i = 0; i < rows.size(); ++i) BUNDEL_TRY_DONE(take(CellReader(file, i, rows[i])));
    return base::Done{};
}

Result<Terms> terms_of(const CellReader& cells) {
    Terms terms;
    BUNDEL_TRY(answer, cells.number("antwoord_dagen", 1, 365));
    BUNDEL_TRY(payment, cells.number("betaal_dagen", 0, 365));
    BUNDEL_TRY(submit, cells.number("indienen_maanden", 1, 120));
    BUNDEL_TRY(word, cells.text("strengheid"));
    if (word != "streng" && word != "soepel") return cells.wrong("strengheid");
    terms.answer_days = answer;
    terms.payment_days = payment;
    terms.submit_months = submit;
    terms.strict = word == "streng";
    return terms;
}

Result<std::map<UzoviCode, Terms>> read_terms(const fs::path& file) {
    std::map<UzoviCode, Terms> all;
    BUNDEL_TRY_DONE(each_row(file, [&](const CellReader& cells) -> Result<base::Done> {
        BUNDEL_TRY(label, cells.parsed("uzovi", &UzoviCode::parse));
        BUNDEL_TRY(terms, terms_of(cells));
        if (!all.emplace(label, terms).second) return cells.wrong("uzovi");
        return base::Done{};
    }));
    return all;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words = base::split(text, ' ');
    std::erase(words, "");
    return words;
}

using Codes = std::map<std::string, PerformanceCode>;

// "prenatal 2024-01-01 2024-12-31 1500,00"; an open end is a -.
std::optional<AgreedPrice> price_of(std::string_view text, const Codes& codes) {
    const auto words = words_of(text);
    if (words.size() != 4) return std::nullopt;
    const auto code = codes.find(std::string(words[0]));
    const auto first = Date::parse(words[1]);
    const auto last = words[2] == "-" ? Result<Date>(Date::far_future()) : Date::parse(words[2]);
    const auto amount = Cents::parse_euros(words[3]);
    if (code == codes.end() || !first.ok() || !last.ok() || !amount.ok()) return std::nullopt;
    return AgreedPrice{code->second, {*first, *last}, *amount};
}

Result<base::Done> add_prices(const CellReader& cells, const Codes& codes, KnownContract& contract) {
    BUNDEL_TRY(prices, cells.text("prijzen"));
    for (const auto text : base::split(prices, '|')) {
        const auto price = price_of(text, codes);
        if (!price) return cells.wrong("prijzen");
        contract.prices.push_back(*price);
    }
    return base::Done{};
}

Result<KnownContract> contract_of(const CellReader& cells, const Codes& codes) {
    KnownContract contract;
    BUNDEL_TRY(igo, cells.parsed("igo", &AgbCode::parse));
    BUNDEL_TRY(labels, cells.text("labels"));
    BUNDEL_TRY(first, cells.parsed("begin", &Date::parse));
    BUNDEL_TRY(last, cells.text("eind"));
    BUNDEL_TRY(overlap, cells.text("samenloop"));
    BUNDEL_TRY(fixed, cells.text("vaste_aftrek"));
    contract.igo = igo;
    contract.overlap = overlap;
    contract.period = Period::from(first);
    for (const auto word : words_of(labels)) {
        const auto label = UzoviCode::parse(word);
        if (!label.ok()) return cells.wrong("labels");
        contract.labels.push_back(*label);
    }
    if (!last.empty()) {
        BUNDEL_TRY(day, cells.parsed("eind", &Date::parse));
        contract.period.last = day;
    }
    if (!fixed.empty()) {
        BUNDEL_TRY(amount, cells.parsed("vaste_aftrek", &Cents::parse_euros));
        contract.fixed_deduction = amount;
    }
    BUNDEL_TRY_DONE(add_prices(cells, codes, contract));
    return contract;
}

Result<std::vector<KnownContract>> read_contracts(const fs::path& file, const fs::path& regimes) {
    std::map<std::string, Codes> by_regime;
    std::vector<KnownContract> all;
    BUNDEL_TRY_DONE(each_row(file, [&](const CellReader& cells) -> Result<base::Done> {
        BUNDEL_TRY(regime, cells.text("regime"));
        if (!by_regime.contains(regime)) {
            BUNDEL_TRY(toml, read_file(regimes / (regime + ".toml")));
            BUNDEL_TRY(codes, parse_performances(toml, regime + ".toml"));
            by_regime.emplace(regime, codes);
        }
        BUNDEL_TRY(contract, contract_of(cells, by_regime.at(regime)));
        all.push_back(contract);
        return base::Done{};
    }));
    return all;
}

Result<std::map<std::string, std::vector<Insured>>> read_insured(const fs::path& truth) {
    std::map<std::string, std::string> bsn_of;  // number of a woman -> BSN
    BUNDEL_TRY_DONE(each_row(truth / "vrouwen.csv", [&](const CellReader& cells) -> Result<base::Done> {
        BUNDEL_TRY(number, cells.text("vrouw"));
        BUNDEL_TRY(bsn, cells.text("bsn"));
        bsn_of[number] = bsn;
        return base::Done{};
    }));
    std::map<std::string, std::vector<Insured>> all;
    BUNDEL_TRY_DONE(each_row(truth / "verzekeringen.csv", [&](const CellReader& cells) -> Result<base::Done> {
        BUNDEL_TRY(number, cells.text("vrouw"));
        BUNDEL_TRY(from, cells.parsed("vanaf", &Date::parse));
        BUNDEL_TRY(label, cells.parsed("uzovi", &UzoviCode::parse));
        if (!bsn_of.contains(number)) return cells.wrong("vrouw");
        all[bsn_of.at(number)].push_back({from, label});
        return base::Done{};
    }));
    for (auto& [bsn, rows] : all) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Insured& a, const Insured& b) { return a.from < b.from; });
    }
    return all;
}

// What must be deducted, and what may.
struct Deduction {
    Cents must, may;
};

Deduction deduction(const KnownContract& contract, const Period& care, std::span<const ToldOverlap> overlaps,
                    Date day) {
    Deduction sum;
    const bool fixed = contract.overlap == "vaste aftrek";
    if (!fixed && contract.overlap != "werkelijke aftrek") return sum;
    for (const ToldOverlap& one : overlaps) {
        if (!one.care.overlaps(care) || one.told > day || (one.withdrawn && *one.withdrawn < day)) continue;
        const bool whole = care.contains(one.care.first) && care.contains(one.care.last);
        const bool settled = whole && one.told < day && !one.withdrawn;
        // A fixed deduction is once for the phase, however much there was.
        sum.may = fixed ? contract.fixed_deduction : sum.may + one.amount;
        if (settled) sum.must = fixed ? contract.fixed_deduction : sum.must + one.amount;
    }
    return sum;
}

}  // namespace

std::vector<PriceRange> right_prices(const KnownContract& contract, const PerformanceCode& performance,
                                     const Period& care, std::span<const ToldOverlap> overlaps, Date day) {
    const Deduction less = deduction(contract, care, overlaps, day);
    std::vector<PriceRange> ranges;
    for (const AgreedPrice& price : contract.prices) {
        if (price.performance != performance || !price.period.overlaps(care)) continue;
        ranges.push_back(
            {std::max(Cents(), price.amount - less.may), std::max(Cents(), price.amount - less.must)});
    }
    return ranges;
}

const Terms* InsurerRules::terms(UzoviCode label) const {
    const auto found = terms_.find(label);
    return found == terms_.end() ? nullptr : &found->second;
}

bool InsurerRules::insures(UzoviCode label, const std::string& bsn, Date day) const {
    const auto found = insured_.find(bsn);
    if (found == insured_.end()) return false;
    const Insured* now = nullptr;
    for (const Insured& one : found->second) {
        if (one.from <= day) now = &one;
    }
    return now != nullptr && now->label == label;
}

const KnownContract* InsurerRules::contract(UzoviCode label, AgbCode igo, Date day) const {
    const auto found = std::find_if(contracts_.begin(), contracts_.end(), [&](const KnownContract& one) {
        return one.igo == igo && one.period.contains(day) &&
               std::find(one.labels.begin(), one.labels.end(), label) != one.labels.end();
    });
    return found == contracts_.end() ? nullptr : &*found;
}

bool InsurerRules::lets_fall_back(UzoviCode label) const {
    return std::any_of(contracts_.begin(), contracts_.end(), [&](const KnownContract& one) {
        return one.overlap == "terugvallen" &&
               std::find(one.labels.begin(), one.labels.end(), label) != one.labels.end();
    });
}

Result<InsurerRules> read_insurer_rules(const fs::path& region, const fs::path& regimes) {
    BUNDEL_TRY(terms, read_terms(region / "verzekeraars/verzekeraars.csv"));
    BUNDEL_TRY(contracts, read_contracts(region / "regio/contracten.csv", regimes));
    BUNDEL_TRY(insured, read_insured(region / "waarheid"));
    return InsurerRules(std::move(terms), std::move(contracts), std::move(insured));
}

}  // namespace bundel::sim
