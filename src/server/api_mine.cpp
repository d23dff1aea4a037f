// What a participant sees: its own lines and its own share.
#include "engine/statement.h"
#include "engine/statement_document.h"
#include "paper/pdf.h"
#include "paper/workbook.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using base::Error;
using engine::Statement;
using values::AgbCode;

namespace {

Result<AgbCode> own_code(const Call& call) {
    const auto code = AgbCode::parse(call.scope());
    if (!code.ok()) return Error{"not_yours"};
    return *code;
}

Result<Statement> own_statement(const Call& call, engine::World& world) {
    BUNDEL_TRY(code, own_code(call));
    const std::string asked = call.request.parameter("period");
    auto period = asked.empty() ? engine::usual_statement_period(world, call.office.today())
                                : engine::parse_statement_period(asked);
    if (!period.ok()) return period.error();
    BUNDEL_TRY(statements, engine::statements_of(world, code, *period, call.office.today()));
    if (statements.empty()) return Error{"not_found"};
    return std::move(statements.front());
}

Json steps_shape(const engine::Reasoning& reasoning) {
    return list(reasoning.steps, [](const engine::OwnStep& step) {
        return Json{{"name", step.name},
                    {"basis_cents", step.basis},
                    {"taken_cents", step.taken},
                    {"own_cents", step.own},
                    {"source", step.source}};
    });
}

Json pot_shape(const engine::PotShare& pot) {
    return {{"pot", pot.pot},
            {"performance", pot.performance},
            {"performance_name", pot.performance_name.empty() ? Json() : Json(pot.performance_name)},
            {"first", pot.care.first},
            {"last", pot.care.last},
            {"booked", pot.booked},
            {"before_cents", pot.before},
            {"after_cents", pot.after},
            {"change_cents", pot.change()},
            {"own_value_cents", pot.reasoning ? Json(pot.reasoning->value) : Json()},
            {"others_cents", pot.reasoning ? Json(pot.reasoning->others) : Json()},
            {"steps", pot.reasoning ? steps_shape(*pot.reasoning) : Json::array()}};
}

Json statement_shape(const Statement& statement) {
    Json pots = Json::array();
    for (const auto* each : {&statement.divided, &statement.corrections}) {
        for (const auto& pot : *each) pots.add(pot_shape(pot));
    }
    return {{"participant", statement.participant.digits()},
            {"first", statement.period.first},
            {"last", statement.period.last},
            {"opening_cents", statement.opening.total()},
            {"closing_cents", statement.closing.total()},
            {"final", !statement.open_from.has_value()},
            {"movements", list(statement.payments,
                               [](const engine::Payment& payment) {
                                   return Json{{"booked", payment.booked},
                                               {"kind_label", ledger::row_of(payment.kind).title},
                                               {"cents", payment.change.total()}};
                               })},
            {"pots", std::move(pots)},
            {"late", list(statement.late,
                          [](const engine::LateLine& line) {
                              return Json{{"line", line.line.str()},
                                          {"amount_cents", line.amount},
                                          {"latest_submit_day", line.latest_submit_day}};
                          })},
            {"rests_on", rests_shape(statement.reliance)}};
}

Json own_line_shape(const engine::Explanation& explanation, std::uint32_t index) {
    Json all = line_shape(explanation, index);
    Json::Object kept;
    for (const auto& [name, value] : *all.fields()) {
        if (name != "by_member") kept.emplace_back(name, value);
    }
    return Json(std::move(kept));
}

}  // namespace

Result<Reply> get_mine(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(statement, own_statement(call, view.world()));
        return statement_shape(statement);
    }));
}

// Of every woman the lines that this participant declared, and nothing else of her.
Result<Reply> get_my_lines(Call& call) {
    BUNDEL_TRY(code, own_code(call));
    Office& office = call.office;
    const auto worked =
        office.work_out("lines/" + code.digits(), [&office, code](store::View& view) -> Result<Json> {
            Json lines = Json::array();
            const auto told = [&](const engine::Explanation& explanation) -> base::Result<base::Done> {
                const auto& known = explanation.standing.wanted.pathway.known.lines;
                for (std::uint32_t i = 0; i < known.size(); ++i) {
                    if (known[i].fact.declarant == code) lines.add(own_line_shape(explanation, i));
                }
                return base::Done{};
            };
            BUNDEL_TRY(passed_over, engine::explain_all(view.world(), office.today(), told));
            static_cast<void>(passed_over);
            return lines;
        });
    if (!worked.ready) {
        call.headers.emplace_back("Retry-After", "1");
        return Reply(202, Json{{"state", "busy"}});
    }
    if (worked.error) return *worked.error;
    Json shape =
        paged(piece_of(*worked.json->items(), call.page), call.page, [](const Json& line) { return line; });
    shape.set("stale", worked.stale);
    return Reply(std::move(shape));
}

Result<Reply> get_my_statement_pdf(Call& call) {
    std::string bytes;
    BUNDEL_TRY(done, call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(statement, own_statement(call, view.world()));
        BUNDEL_TRY(pdf, paper::pdf(engine::statement_document(statement, dutch())));
        bytes = std::move(pdf);
        return Json();
    }));
    static_cast<void>(done);
    return Reply(Response{200,
                          "application/pdf",
                          std::move(bytes),
                          {{"Content-Disposition", "attachment; filename=\"afrekening.pdf\""}}});
}

Result<Reply> get_my_statement_xlsx(Call& call) {
    std::string bytes;
    const std::string scratch =
        call.office.folder() + "/staging/afrekening-" + hex_of(store::random_bytes(8)) + ".tmp";
    BUNDEL_TRY(done, call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(statement, own_statement(call, view.world()));
        BUNDEL_TRY(workbook, paper::workbook(engine::statement_document(statement, dutch()), scratch));
        bytes = std::move(workbook);
        return Json();
    }));
    static_cast<void>(done);
    return Reply(Response{200,
                          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                          std::move(bytes),
                          {{"Content-Disposition", "attachment; filename=\"afrekening.xlsx\""}}});
}

}  // namespace bundel::server
