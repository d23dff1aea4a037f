#include "engine/reliance.h"
#include "engine/report.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"
#include "server/svg.h"

namespace bundel::server {
using base::Error;
using engine::CountRow;

namespace {

constexpr std::int64_t smallest_cell = 10;  // of what a researcher sees
constexpr std::int64_t latest_messages = 10;

std::vector<CountRow> of_group(const std::vector<CountRow>& totals, std::string_view group) {
    std::vector<CountRow> found;
    for (const CountRow& row : totals) {
        if (row.group == group) found.push_back(row);
    }
    return found;
}

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
        return Json{{"claims", claims_by_state(overview)}, {"books_sound", overview.books_sound}};
    });
}

Result<Reply> get_today(Call& call) {
    Office& office = call.office;
    const auto slow = overview_of(office);
    return as_reply(office.look([&](store::View& view) -> Result<Json> {
        engine::Store& store = view.reader().store();
        BUNDEL_TRY(totals, store.totals());
        BUNDEL_TRY(kinds, view.reader().question_kinds());
        BUNDEL_TRY(losses, view.reader().losses());
        BUNDEL_TRY(received,
                   view.reader().messages({engine::Direction::received, "", ""}, {0, latest_messages}));
        BUNDEL_TRY(sent, view.reader().messages({engine::Direction::sent, "", ""}, {0, 1}));
        BUNDEL_TRY(reliance, engine::reliance_of_phases(store));
        const auto routes = of_group(totals, "route");
        store::Sum waiting;
        for (const store::QuestionKind& kind : kinds) {
            waiting.count += kind.count;
            waiting.amount += kind.amount;
        }
        const Json* claims = slow.json.field("claims");
        const Json* sound = slow.json.field("books_sound");
        return Json{{"as_of", office.today()},
                    {"live", office.settings().live},
                    {"messages_received", received.total},
                    {"messages_sent", sent.total},
                    {"women", count_of(totals, "woman", "known")},
                    {"without_bsn", count_of(totals, "woman", "provisional")},
                    {"pregnancies", count_of(totals, "pregnancy", "")},
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
                    {"dispositions", counts_shape(of_group(totals, "disposition"), "disposition_")},
                    {"routes", counts_shape(routes, "screen_route_")},
                    {"claims", claims == nullptr ? Json() : *claims},
                    {"books_sound", sound == nullptr ? Json() : *sound},
                    {"stale", slow.stale},
                    {"losses", Json{{"count", losses.count}, {"amount_cents", losses.amount}}},
                    {"rests_on", rests_shape(reliance)},
                    {"plots", Json{{"routes_svg", routes_picture(routes)}}}};
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

// For research: only what is about ten or more, and never whether the rest is one or nine.
Result<Reply> get_aggregates(Call& call) {
    return as_reply(call.office.look([](store::View& view) -> Result<Json> {
        BUNDEL_TRY(totals, view.reader().store().totals());
        Json items = Json::array();
        std::int64_t suppressed = 0;
        for (const CountRow& row : totals) {
            const bool is_shown = row.group == "disposition" || row.group == "route" ||
                                  row.group == "pregnancy" || row.group == "phase_status";
            if (!is_shown) continue;
            if (row.count < smallest_cell) {
                ++suppressed;
                continue;
            }
            const std::string prefix = row.group == "route"          ? "screen_route_"
                                       : row.group == "phase_status" ? "screen_status_"
                                       : row.group == "disposition"  ? "disposition_"
                                                                     : "aggregate_";
            items.add(
                {{"group", row.group},
                 {"group_label", label("aggregate_" + row.group)},
                 {"name", row.name},
                 {"label", row.group == "pregnancy" ? label("aggregate_all") : label(prefix + row.name)},
                 {"count", row.count},
                 {"amount_cents", row.amount}});
        }
        const std::int64_t total = static_cast<std::int64_t>(items.items()->size());
        return Json{{"items", std::move(items)},
                    {"suppressed", suppressed},
                    {"smallest", smallest_cell},
                    {"total", total}};
    }));
}

}  // namespace bundel::server
