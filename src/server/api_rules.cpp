#include <algorithm>

#include "engine/explain.h"
#include "engine/sentences.h"
#include "rulebook/selection_model.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using base::Error;
using decision::DecisionInfo;
using rulebook::Regime;

namespace {

Json text_of(const decision::Cell& cell) {
    return cell.text;
}

Json row_shape(const decision::TableRule& rule) {
    std::string note = rule.description;
    for (const std::string& annotation : rule.annotations) {
        if (!annotation.empty()) note += (note.empty() ? "" : "; ") + annotation;
    }
    return {{"id", rule.id},
            {"inputs", list(rule.inputs, text_of)},
            {"outputs", list(rule.outputs, text_of)},
            {"note", note.empty() ? Json() : Json(note)}};
}

Json tests_shape(const std::vector<engine::TestedModel>& models, const std::string& decision) {
    for (const auto& model : models) {
        for (const auto& tested : model.decisions) {
            if (tested.id != decision) continue;
            return {{"file", tested.file},
                    {"rows", tested.rows},
                    {"wrong", list(tested.wrong,
                                   [](const engine::WrongRow& row) {
                                       return Json{{"line", std::int64_t{row.line}},
                                                   {"expected", row.expected},
                                                   {"got", row.got},
                                                   {"why", row.why}};
                                   })},
                    {"unreached",
                     list(tested.unreached, [](const engine::RuleName& rule) { return Json(rule.id); })}};
        }
    }
    return Json();
}

Json problem_text(const engine::RuleProblem& problem) {
    return engine::sentence_of(problem, dutch());
}

Json proof_shape(const std::vector<engine::CheckedModel>& models, const std::string& decision) {
    for (const auto& model : models) {
        for (const auto& checked : model.decisions) {
            if (checked.id == decision)
                return {{"holds", checked.holds()}, {"problems", list(checked.problems, problem_text)}};
        }
    }
    return Json();
}

const Regime* find_regime(const rulebook::Rulebook& rulebook, const std::string& id) {
    for (const Regime& regime : rulebook.regimes()) {
        if (regime.id.view() == id) return &regime;
    }
    return nullptr;
}

Json regime_shape(const Regime& regime) {
    Json decisions = Json::array();
    for (const DecisionInfo& info : regime.model->model().decisions()) {
        if (info.table != nullptr)
            decisions.add({{"id", info.id}, {"name", info.name}, {"rules", info.table->rules.size()}});
    }
    const bool is_open = regime.period.last == values::Date::far_future();
    return {{"regime", regime.id.str()},
            {"name", regime.name},
            {"first", regime.period.first},
            {"last", is_open ? Json() : Json(regime.period.last)},
            {"file", regime.model->model().name()},
            {"live_allowed", regime.live_allowed},
            {"decisions", std::move(decisions)}};
}

// ---- Another rulebook on the same facts ----

constexpr std::size_t changes_shown = 200;

Json portfolio_shape(const engine::Portfolio& portfolio) {
    return {{"women", portfolio.women},
            {"phases", portfolio.phases},
            {"claims", portfolio.claims},
            {"claimed_cents", portfolio.claimed},
            {"undecided", portfolio.undecided}};
}

Json change_shape(const engine::PhaseChange& change) {
    return {{"woman", change.person.hex()},
            {"pregnancy", change.pregnancy + 1},
            {"phase_label", label(engine::phase_words[static_cast<std::size_t>(change.phase)])},
            {"before", engine::sentence_of(change.before, dutch())},
            {"after", engine::sentence_of(change.after, dutch())}};
}

Json participant_shape(const engine::ParticipantChange& change) {
    return {{"participant", change.participant.digits()},  {"bundled_before_cents", change.before.bundled},
            {"bundled_after_cents", change.after.bundled}, {"mono_before_cents", change.before.mono},
            {"mono_after_cents", change.after.mono},       {"open_before_cents", change.before.open},
            {"open_after_cents", change.after.open}};
}

Json diff_shape(const std::string& name, const engine::RulesDiff& diff) {
    const std::vector<engine::PhaseChange> first(
        diff.changes.begin(),
        diff.changes.begin() + static_cast<std::ptrdiff_t>(std::min(changes_shown, diff.changes.size())));
    return {{"rulebook", name},
            {"before", portfolio_shape(diff.before)},
            {"after", portfolio_shape(diff.after)},
            {"difference_cents", diff.after.claimed - diff.before.claimed},
            {"changed", diff.changes.size()},
            {"changes", list(first, change_shape)},
            {"participants", list(diff.participants, participant_shape)}};
}

}  // namespace

Result<Reply> get_rulebooks(Call& call) {
    std::vector<std::string> names;
    for (const auto& [name, book] : call.office.own().rulebooks) names.push_back(name);
    return Reply(paged(piece_of(names, call.page), call.page, [](const std::string& name) {
        return Json{{"rulebook", name}};
    }));
}

Result<Reply> get_rules_diff(Call& call) {
    Office& office = call.office;
    const auto found = office.own().rulebooks.find(call.path["rulebook"]);
    if (found == office.own().rulebooks.end()) return Error{"not_found"};
    return worked(call, "rules/" + found->first, [&office, found](store::View& view) -> Result<Json> {
        engine::World& here = view.world();
        engine::World there{here.store,    here.identities, here.outbox,
                            found->second, here.layouts,    here.settings};
        BUNDEL_TRY(diff, engine::rules_diff(here, there, office.today()));
        return diff_shape(found->first, diff);
    });
}

Result<Reply> get_rules(Call& call) {
    return Reply(paged(piece_of(call.office.rulebook().regimes(), call.page), call.page, regime_shape));
}

Result<Reply> get_decision(Call& call) {
    const Regime* regime = find_regime(call.office.rulebook(), call.path["regime"]);
    if (regime == nullptr) return Error{"not_found"};
    const auto& decisions = regime->model->model().decisions();
    const auto info = std::find_if(decisions.begin(), decisions.end(),
                                   [&](const DecisionInfo& one) { return one.id == call.path["decision"]; });
    if (info == decisions.end() || info->table == nullptr) return Error{"not_found"};
    // A proof takes seconds; the rules do not change while we run.
    Office& office = call.office;
    const auto prove = [&office](store::View&) -> Result<Json> {
        const auto checked = engine::check_rules(office.rulebook());
        BUNDEL_TRY(tested, engine::test_rules(office.rulebook(), office.rulebook_files()));
        Json::Object all;
        for (const Regime& each : office.rulebook().regimes()) {
            for (const DecisionInfo& one : each.model->model().decisions()) {
                if (one.table == nullptr) continue;
                const auto of = [&](const auto& models) {
                    auto mine = models;
                    std::erase_if(mine, [&](const auto& model) { return model.regime != each.id.view(); });
                    return mine;
                };
                all.emplace_back(each.id.str() + "/" + one.id,
                                 Json{{"tests", tests_shape(of(tested), one.id)},
                                      {"proof", proof_shape(of(checked), one.id)}});
            }
        }
        return Json(std::move(all));
    };
    const auto worked = office.work_out("rules", prove, Office::RestsOn::rulebook);
    if (worked.error) return *worked.error;
    const Json found = worked.json->at(regime->id.str() + "/" + info->id);
    const decision::Table& table = *info->table;
    return Reply(
        Json{{"id", info->id},
             {"regime", regime->id.str()},
             {"name", info->name},
             {"question", info->description},
             {"inputs", list(table.inputs,
                             [](const auto& input) {
                                 return Json(input.label.empty() ? input.expression.text : input.label);
                             })},
             {"outputs",
              list(table.outputs,
                   [&](const auto& output) { return Json(output.name.empty() ? info->name : output.name); })},
             {"rows", list(table.rules, row_shape)},
             {"tests", found.at("tests")},
             {"proof", found.at("proof")}});
}

Result<Reply> get_variables(Call& call) {
    const auto& files = call.office.rulebook_files();
    const auto file = files.find(rulebook::inventory_file);
    if (file == files.end()) return Error{"not_found"};
    BUNDEL_TRY(inventory, rulebook::read_inventory(file->second));
    return Reply(paged(piece_of(inventory.variables, call.page), call.page, [](const auto& entry) {
        return Json{{"id", entry.id},
                    {"name", entry.name},
                    {"kind", label("variable_" + std::string(rulebook::word_of(entry.kind)))},
                    {"type", rulebook::word_of(entry.type)},
                    {"meaning", entry.meaning},
                    {"missing", entry.missing}};
    }));
}

}  // namespace bundel::server
