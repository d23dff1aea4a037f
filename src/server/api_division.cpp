#include "engine/comparison.h"
#include "engine/forecast.h"
#include "rulebook/division_model.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"
#include "server/svg.h"

namespace bundel::server {
using base::Error;
using rulebook::DivisionModel;
using values::AgbCode;
using values::Cents;

namespace {

constexpr const char* in_force = "geldend";

Json payees_shape(const distribution::Key& key) {
    return list(key, [](const auto& entry) {
        return Json{{"payee", entry.first.digits()}, {"weight", entry.second}};
    });
}

Json weights_of(const distribution::Rule& rule) {
    if (const auto* split = std::get_if<distribution::SplitRule>(&rule)) {
        if (const auto* key = std::get_if<distribution::ByKey>(&split->split.by))
            return payees_shape(key->weights);
    }
    return Json::array();
}

std::string step_kind(const distribution::Rule& rule) {
    static constexpr const char* kinds[] = {"step_bought",       "step_reserve",  "step_split",
                                            "step_subscription", "step_quality",  "step_ordered",
                                            "step_transition",   "step_remaining"};
    return kinds[rule.index()];
}

// "10% van wat er over is", or nothing where a step has no part.
std::string part_of(const distribution::Rule& rule) {
    const values::Ratio* part = nullptr;
    if (const auto* reserve = std::get_if<distribution::ReserveRule>(&rule)) part = &reserve->part;
    if (const auto* split = std::get_if<distribution::SplitRule>(&rule)) part = &split->part;
    if (const auto* quality = std::get_if<distribution::QualityRule>(&rule)) part = &quality->part;
    if (const auto* transition = std::get_if<distribution::TransitionRule>(&rule)) part = &transition->part;
    return part == nullptr ? "" : dutch().sentence("step_part", {{"part", dutch().percent(*part)}});
}

std::string by_of(const distribution::Rule& rule) {
    const auto* split = std::get_if<distribution::SplitRule>(&rule);
    if (split == nullptr) return "";
    static constexpr const char* by[] = {"step_by_key", "step_by_activity", "step_by_pregnancies"};
    return label(by[split->split.by.index()]);
}

Json step_shape(const distribution::Step& step, std::size_t number) {
    static constexpr const char* vats[] = {"vat_exempt", "vat_taxed", "vat_unknown"};
    std::string text = part_of(step.rule);
    if (const std::string by = by_of(step.rule); !by.empty()) text += (text.empty() ? "" : ", ") + by;
    const bool is_open = step.period.last == values::Date::far_future();
    return {{"number", number},
            {"name", step.name},
            {"kind", step_kind(step.rule).substr(5)},
            {"kind_label", label(step_kind(step.rule))},
            {"text", text},
            {"weights", weights_of(step.rule)},
            {"first", step.period.first},
            {"last", is_open ? Json() : Json(step.period.last)},
            {"source", engine::source_text(step.source, dutch())},
            {"status_label", *status_fields(step.status).field("status_label")},
            {"vat_label", label(vats[static_cast<std::size_t>(step.vat)])}};
}

Json decision_shape(const DivisionModel& model) {
    if (!model.decision) return Json();
    return {{"day", model.decision->day},
            {"by", model.decision->by},
            {"in_favour", model.decision->in_favour},
            {"against", model.decision->against},
            {"abstained", model.decision->abstained},
            {"source", model.decision->source}};
}

Json model_shape(const DivisionModel& model, bool is_in_force) {
    static constexpr const char* pots[] = {"pot_claim", "pot_month", "pot_quarter", "pot_year"};
    Json steps = Json::array();
    std::size_t number = 0;
    for (const auto& step : model.model.steps) steps.add(step_shape(step, ++number));
    return {{"id", model.id.str()},
            {"from", model.period.first},
            {"status", *status_fields(model.status).field("status")},
            {"status_label", *status_fields(model.status).field("status_label")},
            {"source", engine::source_text(model.source, dutch())},
            {"pot_label", label(pots[static_cast<std::size_t>(model.pot)])},
            {"by_contract", model.by_contract},
            {"decision", decision_shape(model)},
            {"steps", std::move(steps)},
            {"in_force", is_in_force}};
}

// Those of the rulebook, then those that are only to compare with.
std::vector<const DivisionModel*> models_of(const Office& office) {
    std::vector<const DivisionModel*> models;
    for (const DivisionModel& model : office.rulebook().divisions()) models.push_back(&model);
    for (const DivisionModel& model : office.own().models) models.push_back(&model);
    return models;
}

Result<engine::Side> side_of(const Office& office, const std::string& name) {
    engine::Side side{
        name.empty() ? in_force : name,
        nullptr,
        {values::Date::from_day_number(values::Date::earliest_day), values::Date::far_future()}};
    if (side.name == in_force) return side;
    for (const DivisionModel* model : models_of(office)) {
        if (model->id.view() == side.name) side.model = model;
    }
    if (side.model == nullptr) return Error{"parameter_wrong", {{"name", "a, b"}}};
    return side;
}

Json range_shape(const std::optional<insight::Range>& range) {
    if (!range) return Json();
    return Json::array().add(range->low).add(range->high);
}

constexpr const char* discipline_words[] = {"discipline_midwife", "discipline_hospital",
                                            "discipline_kraamzorg", "discipline_other"};

Json difference_shape(const std::string& name, insight::Discipline discipline,
                      const insight::Difference& difference) {
    return {{"participant", name},
            {"discipline_label", label(discipline_words[static_cast<std::size_t>(discipline)])},
            {"a_cents", difference.a},
            {"b_cents", difference.b},
            {"cents", difference.b - difference.a},
            {"ppm", difference.ppm},
            {"interval_cents", range_shape(difference.cents)}};
}

Json side_shape(const engine::Side& side, const engine::SideTotals& totals) {
    return {{"model", side.name},
            {"claims", totals.claims},
            {"pregnancies", totals.pregnancies},
            {"pot_cents", totals.pot},
            {"reserve_cents", totals.reserve},
            {"covered_cents", totals.covered},
            {"undivided_cents", totals.undivided}};
}

std::string comparison_picture(const engine::Comparison& comparison) {
    std::vector<Bar> bars;
    for (const auto& row : comparison.participants) {
        const Cents change = row.difference.b - row.difference.a;
        Bar bar{row.participant.digits(), dutch().amount(change), change.count(), std::nullopt};
        if (row.difference.cents) bar.interval = {row.difference.cents->low, row.difference.cents->high};
        bars.push_back(std::move(bar));
    }
    return bars_svg(label("plot_compare_title"), label("plot_compare_about"), bars);
}

Json terms_shape(const insight::Terms& terms) {
    using insight::Factor;
    struct Term {
        const char* name;
        Cents cents;
    };
    const Term all[] = {{"price", terms.of(Factor::price)},
                        {"volume", terms.of(Factor::volume)},
                        {"mix", terms.of(Factor::mix)},
                        {"breaks", terms.of(Factor::breaks)},
                        {"task_shift", terms.of(Factor::task_shift)},
                        {"rounding", terms.rounding}};
    Json out = Json::array();
    for (const Term& term : all)
        out.add(
            {{"term", term.name}, {"label", label(std::string("term_") + term.name)}, {"cents", term.cents}});
    return out;
}

Json comparison_shape(const engine::Comparison& comparison) {
    Json participants = Json::array();
    for (const auto& row : comparison.participants)
        participants.add(difference_shape(row.participant.digits(), row.discipline, row.difference));
    Json disciplines = Json::array();
    for (const auto& [discipline, difference] : comparison.disciplines)
        disciplines.add(difference_shape("", discipline, difference));
    return {{"a", side_shape(comparison.a, comparison.a_totals)},
            {"b", side_shape(comparison.b, comparison.b_totals)},
            {"participants", std::move(participants)},
            {"disciplines", std::move(disciplines)},
            {"terms", terms_shape(comparison.terms)},
            {"replicates", comparison.replicates},
            {"same_care", comparison.same_care},
            {"passed_over", comparison.passed_over},
            {"plot_svg", comparison_picture(comparison)}};
}

Json forecast_shape(const engine::CashOutlook& outlook) {
    const insight::CashForecast& forecast = outlook.forecast;
    Json weeks = Json::array();
    std::vector<Bar> bars;
    for (std::size_t i = 0; i < forecast.weeks.size(); ++i) {
        const auto& [low, expected, high] = forecast.weeks[i];
        const values::Date monday = forecast.mondays[i];
        weeks.add({{"first", monday},
                   {"last", monday.plus_days(6)},
                   {"low_cents", low.closing},
                   {"expected_cents", expected.closing},
                   {"high_cents", high.closing}});
        bars.push_back({dutch().day(monday), dutch().amount(expected.closing), expected.closing.count(),
                        std::pair(low.closing.count(), high.closing.count())});
    }
    return {{"weeks", std::move(weeks)},
            {"status_label", *status_fields(outlook.status).field("status_label")},
            {"plot_svg", bars_svg(label("plot_forecast_title"), label("plot_forecast_about"), bars)}};
}

}  // namespace

Result<Reply> get_models(Call& call) {
    const auto current = call.office.rulebook().division_on(call.office.today());
    return Reply(paged(
        piece_of(models_of(call.office), call.page), call.page,
        [&](const DivisionModel* model) { return model_shape(*model, current.ok() && *current == model); }));
}

Result<Reply> compare_models(Call& call) {
    BUNDEL_TRY(a, side_of(call.office, call.request.parameter("a")));
    BUNDEL_TRY(b, side_of(call.office, call.request.parameter("b")));
    Office& office = call.office;
    return worked(call, "compare/" + a.name + "/" + b.name,
                  [&office, a, b](store::View& view) -> Result<Json> {
                      BUNDEL_TRY(comparison, engine::compare(view.world(), a, b, {}, office.today()));
                      return comparison_shape(comparison);
                  });
}

Result<Reply> get_shares(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(totals, view.reader().store().totals());
        BUNDEL_TRY(balances, view.reader().balances());
        const auto share_of = [&](const engine::CountRow& row) {
            const auto balance = balances.find("deelnemer:" + row.name);
            return balance == balances.end() ? Cents() : -balance->second;
        };
        const auto rows = counts_of(totals, "shadow");
        std::vector<Bar> bars;
        for (const engine::CountRow& row : rows) {
            const Cents share = share_of(row);
            bars.push_back({row.name, dutch().amount(share), share.count(), std::nullopt});
        }
        Json shape = paged(piece_of(rows, call.page), call.page, [&](const engine::CountRow& row) {
            return Json{{"participant", row.name},
                        {"shadow_cents", row.amount},
                        {"share_cents", share_of(row)},
                        {"difference_cents", share_of(row) - row.amount}};
        });
        shape.set("plot_svg", bars_svg(label("plot_shares_title"), label("plot_shares_about"), bars));
        return shape;
    }));
}

Result<Reply> get_forecast(Call& call) {
    Office& office = call.office;
    return worked(call, "forecast", [&office](store::View& view) -> Result<Json> {
        BUNDEL_TRY(outlook, engine::cash_outlook(view.world(), office.today()));
        return forecast_shape(outlook);
    });
}

}  // namespace bundel::server
