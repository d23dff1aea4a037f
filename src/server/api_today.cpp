#include "engine/reliance.h"
#include "engine/report.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"
#include "server/suppression.h"
#include "server/svg.h"

namespace bundel::server {
using base::Error;
using engine::CountRow;

namespace {

constexpr std::int64_t latest_messages = 10;
constexpr const char* research_groups[] = {"disposition", "route", "pregnancy", "phase_status"};

std::int64_t count_of(const std::vector<CountRow>& totals, std::string_view group, std::string_view name) {
    for (const CountRow& row : totals) {
        if (row.group == group && (name.empty() || row.name == name)) return row.count;
    }
    return 0;
}

Json kinds_of_questions(const std::vector<store::QuestionKind>& kinds) {
    return list(kinds, [](const store::QuestionKind& kind) {
        return Json{{"code", kind.code},
                    {"label", question_kind(kind.code)},
                    {"count", kind.count},
                    {"amount_cents", kind.amount},
                    {"deadline", kind.soonest}};
    });
}

std::string routes_picture(const std::vector<CountRow>& routes) {
    std::vector<Bar> bars;
    for (const CountRow& row : routes)
        bars.push_back(
            {label("screen_route_" + row.name), dutch().number(row.count), row.count, std::nullopt});
    return bars_svg(label("plot_routes_title"), label("plot_routes_about"), bars);
}

// A phase went by itself when nobody was asked anything about it.
Json straight_through(const std::vector<CountRow>& routes) {
    std::int64_t all = 0;
    std::int64_t asked = 0;
    for (const CountRow& row : routes) {
        all += row.count;
        if (row.name == "ask") asked += row.count;
    }
    return {{"by_itself", all - asked},
            {"of", all},
            {"ppm", all == 0 ? Json() : Json((all - asked) * 1'000'000 / all)}};
}

// What sorting by hand would have taken, what it takes now (questions that wait and were answered), and the
// difference: by estimates of the rulebook.
Json minutes_shape(const rulebook::WorkTerms& terms, std::int64_t pregnancies,
                   const std::vector<store::QuestionKind>& waiting, std::int64_t answered) {
    const std::int64_t by_hand = pregnancies * terms.sort_pregnancy.value;
    std::int64_t now = answered * terms.question.rest.value;
    for (const store::QuestionKind& kind : waiting) now += kind.count * terms.minutes_of(kind.code);
    return {{"by_hand", by_hand},
            {"now", now},
            {"saved", by_hand - now},
            {"status_label", status_fields(terms.sort_pregnancy.status).at("status_label")}};
}

std::string claims_picture(const engine::Overview& overview) {
    std::vector<Bar> bars;
    for (const CountRow& row : overview.claims) {
        if (row.group != "integrated" || row.count == 0) continue;
        bars.push_back({label(row.name), dutch().amount(row.amount), row.amount.count(), std::nullopt});
    }
    return bars_svg(label("plot_claims_title"), label("plot_claims_about"), bars);
}

Json claims_by_state(const engine::Overview& overview) {
    return list(overview.claims, [](const CountRow& row) {
        return Json{{"group", row.group},         {"group_label", label("claim_" + row.group)},
                    {"name", row.name.substr(6)}, {"label", label(row.name)},
                    {"count", row.count},         {"amount_cents", row.amount}};
    });
}

}  // namespace

Office::Worked overview_of(Office& office) {
    return office.work_out("overview", [&office](store::View& view) -> Result<Json> {
        BUNDEL_TRY(overview, engine::overview(view.world(), office.today()));
        return Json{{"claims", claims_by_state(overview)},
                    {"claims_svg", claims_picture(overview)},
                    {"books_sound", overview.books_sound}};
    });
}

Result<Reply> get_today(Call& call) {
    Office& office = call.office;
    const auto slow = overview_of(office);
    if (slow.error) return *slow.error;
    return as_reply(office.look([&](store::View& view) -> Result<Json> {
        engine::Store& store = view.reader().store();
        BUNDEL_TRY(totals, store.totals());
        BUNDEL_TRY(kinds, view.reader().question_kinds());
        BUNDEL_TRY(losses, view.reader().losses());
        BUNDEL_TRY(received,
                   view.reader().messages({engine::Direction::received, "", ""}, {0, latest_messages}));
        BUNDEL_TRY(sent, view.reader().messages({engine::Direction::sent, "", ""}, {0, 1}));
        BUNDEL_TRY(reliance, engine::reliance_of_phases(store));
        BUNDEL_TRY(judged, office.judgements().all(view));
        const auto answered =
            std::count_if(judged.begin(), judged.end(), [](const Judged& one) { return !one.withdrawn; });
        const std::int64_t pregnancies = count_of(totals, "pregnancy", "");
        const auto routes = counts_of(totals, "route");
        store::Sum waiting;
        for (const store::QuestionKind& kind : kinds) {
            waiting.count += kind.count;
            waiting.amount += kind.amount;
        }
        return Json{{"as_of", office.today()},
                    {"live", office.settings().live},
                    {"messages_received", received.total},
                    {"messages_sent", sent.total},
                    {"women", count_of(totals, "woman", "known")},
                    {"without_bsn", count_of(totals, "woman", "provisional")},
                    {"pregnancies", pregnancies},
                    {"questions", waiting.count},
                    {"questions_amount_cents", waiting.amount},
                    {"questions_by_kind", kinds_of_questions(kinds)},
                    {"latest_messages", list(received.rows,
                                             [](const store::MessageLine& line) {
                                                 return Json{{"id", line.message.id.hex()},
                                                             {"name", line.message.name},
                                                             {"kind", line.message.kind},
                                                             {"received", line.received},
                                                             {"findings", line.findings}};
                                             })},
                    {"straight_through", straight_through(routes)},
                    {"dispositions", counts_shape(counts_of(totals, "disposition"), "disposition_")},
                    {"routes", counts_shape(routes, "screen_route_")},
                    {"claims", slow.json->at("claims")},
                    {"books_sound", slow.json->at("books_sound")},
                    {"stale", slow.stale},
                    {"losses", Json{{"count", losses.count}, {"amount_cents", losses.amount}}},
                    {"rests_on", rests_shape(reliance)},
                    {"minutes", minutes_shape(office.rulebook().work_terms(), pregnancies, kinds, answered)},
                    {"plots", Json{{"routes_svg", routes_picture(routes)},
                                   {"claims_svg", slow.json->at("claims_svg")}}}};
    }));
}

Result<Reply> get_run(Call& call) {
    const RunReport report = call.office.last_run();
    static constexpr const char* outcomes[] = {"yes", "in_part", "refused", "later"};
    const auto text = [](const std::string& line) { return Json(line); };
    return Reply(Json{{"state", report.busy ? "busy" : "idle"},
                      {"started", instant(report.started)},
                      {"ended", instant(report.ended)},
                      {"result", list(report.lines, text)},
                      {"refusals", list(report.refusals, text)},
                      {"watch", list(call.office.watched(), [&](const WatchedFile& file) {
                           const char* outcome = outcomes[static_cast<std::size_t>(file.outcome)];
                           return Json{{"file", file.name},
                                       {"day", file.day},
                                       {"outcome", outcome},
                                       {"outcome_label", label(std::string("taken_") + outcome)},
                                       {"findings", list(file.findings, text)}};
                       })}});
}

Result<Reply> start_run(Call& call) {
    if (!call.office.start_run()) return Error{"run_busy"};
    return Reply(202, Json{{"state", "busy"}});
}

namespace {

Json aggregate_shape(const CountRow& row) {
    const std::string prefix = row.group == "route"          ? "screen_route_"
                               : row.group == "phase_status" ? "screen_status_"
                               : row.group == "disposition"  ? "disposition_"
                                                             : "aggregate_";
    return {{"group", row.group},
            {"group_label", label("aggregate_" + row.group)},
            {"name", row.name},
            {"label", row.group == "pregnancy" ? label("aggregate_all") : label(prefix + row.name)},
            {"count", row.count},
            {"amount_cents", row.amount}};
}

std::vector<CountRow> cells_for_research(const std::vector<CountRow>& totals) {
    std::vector<CountRow> cells;
    for (const char* group : research_groups) {
        const auto of_group = counts_of(totals, group);
        cells.insert(cells.end(), of_group.begin(), of_group.end());
    }
    return cells;
}

}  // namespace

// For research: only what is about ten or more, and never whether the rest is one or nine.
Result<Reply> get_aggregates(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(totals, view.reader().store().totals());
        const auto cells = cells_for_research(totals);
        const auto shown = large_enough(cells);
        Json shape = paged(piece_of(shown, call.page), call.page, aggregate_shape);
        shape.set("suppressed", cells.size() - shown.size());
        shape.set("smallest", smallest_cell);
        return shape;
    }));
}

}  // namespace bundel::server
