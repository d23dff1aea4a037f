#include "rulebook/division_model.h"

#include "rulebook/reading.h"

namespace bundel::rulebook {
using distribution::ByActivity;
using distribution::ByKey;
using distribution::ByPregnancies;
using distribution::Side;
using distribution::Split;
using distribution::Step;
using distribution::Vat;
using values::AgbCode;
using values::Cents;
using values::Period;
using values::Ratio;
using values::Rounding;

namespace {

enum class Kind {
    bought_care,
    reserve,
    fixed_key,
    activity,
    pregnancies,
    subscription,
    quality,
    ordered,
    transition,
    remaining
};
constexpr Word<Kind> kinds[] = {{"bought_care", Kind::bought_care}, {"reserve", Kind::reserve},
                                {"fixed_key", Kind::fixed_key},     {"activity", Kind::activity},
                                {"pregnancies", Kind::pregnancies}, {"subscription", Kind::subscription},
                                {"quality", Kind::quality},         {"ordered", Kind::ordered},
                                {"transition", Kind::transition},   {"remaining", Kind::remaining}};
constexpr Word<Kind> splits[] = {
    {"fixed_key", Kind::fixed_key}, {"activity", Kind::activity}, {"pregnancies", Kind::pregnancies}};
constexpr Word<Side> sides[] = {{"gross", Side::gross}, {"net", Side::net}};
constexpr Word<Rounding> roundings[] = {{"down", Rounding::down},
                                        {"up", Rounding::up},
                                        {"half_up", Rounding::half_up},
                                        {"half_even", Rounding::half_even}};
constexpr Word<Vat> vats[] = {{"exempt", Vat::exempt}, {"taxed", Vat::taxed}, {"unknown", Vat::unknown}};
constexpr Word<PotPeriod> pots[] = {{"claim", PotPeriod::claim},
                                    {"month", PotPeriod::month},
                                    {"quarter", PotPeriod::quarter},
                                    {"year", PotPeriod::year}};

distribution::Key key_of(Table& row) {
    distribution::Key key;
    Table weights = row.table("key");
    for (const std::string& agb : weights.keys()) {
        const auto payee = weights.agb_named(agb);
        key[payee] = weights.number(agb, 1, distribution::weight_max);
    }
    if (key.empty()) row.wrong("key", "{ 08000101 = 1 }");
    return key;
}

std::map<AgbCode, Cents> euros_of(Table& row, std::string_view name) {
    std::map<AgbCode, Cents> amounts;
    if (!row.has(name)) return amounts;
    Table table = row.table(name);
    for (const std::string& agb : table.keys()) {
        const auto payee = table.agb_named(agb);
        amounts[payee] = table.euros(agb);
    }
    return amounts;
}

void bound(Table& row, Split& split) {
    split.least = euros_of(row, "least");
    split.most = euros_of(row, "most");
    if (!row.has("corridor")) return;
    Table corridor = row.table("corridor");
    split.corridor = distribution::Corridor{key_of(corridor), corridor.share("down"), corridor.share("up")};
}

Split split_of(Table& row, Kind kind) {
    Split split;
    if (kind == Kind::fixed_key) split.by = ByKey{key_of(row)};
    if (kind == Kind::activity) split.by = ByActivity{row.word<Side>("side", sides)};
    if (kind == Kind::pregnancies) split.by = ByPregnancies{};
    bound(row, split);
    return split;
}

Split split_in(Table& row, std::string_view name) {
    Table table = row.table(name);
    return split_of(table, table.word<Kind>("kind", splits));
}

// What is left to choose when a step takes a part: how that is rounded. All of it needs no rounding.
struct Part {
    Ratio share = Ratio::of(1, 1);
    Rounding rounding = Rounding::down;
};
Part part_of(Table& row) {
    if (!row.has("share")) return {};
    return {row.share("share"), row.word<Rounding>("rounding", roundings)};
}
Part needed_part_of(Table& row) {
    return {row.share("share"), row.word<Rounding>("rounding", roundings)};
}

distribution::Rule quality_of(Table& row, const Period& period) {
    const Part part = needed_part_of(row);
    distribution::QualityRule rule{
        part.share, part.rounding, split_of(row, row.word<Kind>("by", splits)), row.share("gate"), {}};
    row.each("score", [&](Table& score) {
        const auto payee = AgbCode::parse(score.text("payee"));
        if (!payee.ok()) return score.wrong("payee", "\"08000101\"");
        const Period holds = period_of(score, period);
        const Ratio points = score.share("points");
        rule.scores.push_back({*payee, holds, points, score.text("source")});
    });
    return rule;
}

distribution::Rule ordered_of(Table& row) {
    distribution::OrderedRule rule;
    row.each("group", [&](Table& group) {
        rule.groups.push_back(euros_of(group, "most"));
        if (rule.groups.back().empty()) group.wrong("most", "{ 08000101 = \"100,00\" }");
    });
    return rule;
}

distribution::Rule transition_of(Table& row) {
    distribution::TransitionRule rule;
    const Part part = part_of(row);
    rule.part = part.share;
    rule.rounding = row.word<Rounding>("rounding", roundings);
    rule.from = split_in(row, "old");
    rule.to = split_in(row, "new");
    row.each("year", [&](Table& year) {
        const int number = year.number("year", 2017, 2999);
        rule.to_part[number] = year.share("new");
    });
    return rule;
}

distribution::Rule rule_of(Table& row, const Period& period) {
    const Kind kind = row.word<Kind>("kind", kinds);
    switch (kind) {
        case Kind::bought_care: return distribution::BoughtCareRule{};
        case Kind::remaining: return distribution::RemainingRule{};
        case Kind::subscription: return distribution::SubscriptionRule{euros_of(row, "amounts")};
        case Kind::quality: return quality_of(row, period);
        case Kind::ordered: return ordered_of(row);
        case Kind::transition: return transition_of(row);
        case Kind::reserve: {
            const Part part = needed_part_of(row);
            return distribution::ReserveRule{part.share, part.rounding};
        }
        case Kind::fixed_key:
        case Kind::activity:
        case Kind::pregnancies: break;
    }
    const Part part = part_of(row);
    return distribution::SplitRule{part.share, part.rounding, split_of(row, kind)};
}

Step step_of(Table& row, const DivisionModel& model, Vat vat) {
    Step step;
    step.name = row.text("name");
    step.period = period_of(row, model.period);
    const Standing stands =
        row.has("status") || row.has("source") ? standing_of(row) : Standing{model.status, model.source};
    step.status = stands.status;
    step.source = stands.source;
    step.vat = row.has("vat") ? row.word<Vat>("vat", vats) : vat;
    step.rule = rule_of(row, step.period);
    return step;
}

DivisionDecision decision_of(Table& file) {
    Table table = file.table("decision");
    DivisionDecision decision;
    decision.day = table.date("day");
    decision.by = table.text("by");
    decision.in_favour = table.number("in_favour", 0, 100'000);
    decision.against = table.number("against", 0, 100'000);
    decision.abstained = table.number("abstained", 0, 100'000);
    decision.source = table.text("source");
    return decision;
}

std::string percent(Ratio part) {
    const auto millionths = values::scale(Cents::of(1'000'000), part, Rounding::half_even);
    BUNDEL_ASSERT(millionths.ok());
    const std::int64_t whole = millionths->count() / 10'000, rest = millionths->count() % 10'000;
    std::string text = std::to_string(whole);
    if (rest != 0) {
        std::string decimals = std::to_string(10'000 + rest).substr(1);
        decimals.erase(decimals.find_last_not_of('0') + 1);
        text += "." + decimals;
    }
    return text + "%";
}

struct Wording {
    std::string operator()(const distribution::BoughtCareRule&) const { return "bought_care"; }
    std::string operator()(const distribution::RemainingRule&) const { return "remaining"; }
    std::string operator()(const distribution::ReserveRule& rule) const {
        return "reserve " + percent(rule.part);
    }
    std::string operator()(const distribution::SubscriptionRule&) const { return "subscription"; }
    std::string operator()(const distribution::OrderedRule&) const { return "ordered"; }
    std::string operator()(const distribution::TransitionRule& rule) const {
        return "transition " + percent(rule.part);
    }
    std::string operator()(const distribution::QualityRule& rule) const {
        return "quality " + percent(rule.part) + ", gate " + percent(rule.gate);
    }
    std::string operator()(const distribution::SplitRule& rule) const {
        if (std::holds_alternative<ByKey>(rule.split.by)) return "fixed_key " + percent(rule.part);
        if (std::holds_alternative<ByPregnancies>(rule.split.by)) return "pregnancies " + percent(rule.part);
        const bool gross = std::get<ByActivity>(rule.split.by).side == Side::gross;
        return std::string("activity ") + (gross ? "gross " : "net ") + percent(rule.part);
    }
};

}  // namespace

DivisionModel read_division(Table& file) {
    DivisionModel model;
    model.id = short_text<32>(file, "id");
    file.date("from");
    model.period = period_of(file, always);
    const Standing stands = standing_of(file);
    model.status = stands.status;
    model.source = stands.source;
    model.pot = file.word<PotPeriod>("pot", pots);
    if (file.has("by_contract")) model.by_contract = file.flag("by_contract");
    const Vat vat = file.word<Vat>("vat", vats);
    if (file.has("decision") || model.status == values::Status::verified) {
        model.decision = decision_of(file);
        if (model.decision->day > model.period.first) file.wrong("from", ">= " + model.decision->day.iso());
    }
    model.model.name = model.id.str();
    file.each("step", [&](Table& row) { model.model.steps.push_back(step_of(row, model, vat)); });
    if (model.model.steps.empty()) {
        file.texts("step");
    } else if (const auto valid = distribution::validate(model.model); !valid.ok()) {
        base::Error error = valid.error();
        error.params.emplace_back("file", file.file());
        file.keep(std::move(error));
    }
    return model;
}

base::Result<DivisionModel> load_division(const std::string& file, const std::string& content) {
    BUNDEL_TRY(tree, read_toml(file, content));
    FirstError first;
    DivisionModel model;
    {
        Table table(first, file, tree, "", always.first);
        model = read_division(table);
    }
    if (first.get()) return *first.get();
    return model;
}

std::string word_of(const distribution::Rule& rule) {
    return std::visit(Wording{}, rule);
}

}  // namespace bundel::rulebook
