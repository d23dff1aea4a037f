// The work list: a question, its evidence, an answer that is a fact with a reason, and taking that back.
#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "engine/importing.h"
#include "engine/messages.h"
#include "server/handlers.h"
#include "server/judgements.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using base::Error;
using engine::QuestionRow;

namespace {

Json choices_shape(const QuestionRow& question) {
    return list(choices_for(question), [](const Choice& choice) {
        return Json{{"verdict", choice.verdict},
                    {"label", label(choice.label)},
                    {"fields", list(choice.fields, [](const ChoiceField& field) {
                         return Json{{"name", field.name}, {"label", label(field.label)}, {"required", true}};
                     })}};
    });
}

Json listed(const QuestionRow& question) {
    Json shape = question_shape(question);
    shape.set("title", question_kind(question.code));
    shape.set("choices", choices_shape(question));
    return shape;
}

Result<store::QuestionFilter> filter_of(const Request& request) {
    const std::string sort = request.parameter("sort");
    if (!sort.empty() && sort != "deadline" && sort != "-amount")
        return Error{"parameter_wrong", {{"name", "sort"}}};
    return store::QuestionFilter{request.parameter("code"), sort == "deadline"
                                                                ? store::QuestionOrder::soonest
                                                                : store::QuestionOrder::largest};
}

Result<Json> evidence_of(store::View& view, const QuestionRow& question, values::Date as_of) {
    if (question.person.is_nobody())
        return Json{{"lines", Json::array()}, {"claims", Json::array()}, {"phases", Json::array()}};
    engine::World& world = view.world();
    auto explained = engine::explain(world, question.person, as_of);
    if (!explained.ok())
        return Json{{"finding", list(std::vector<std::string>{dutch().error(explained.error())},
                                     [](const std::string& text) { return Json(text); })}};
    Json phases = Json::array();
    for (const auto& decision : explained->standing.wanted.selection.phases)
        phases.add(phase_shape(world, *explained, decision));
    return Json{{"lines", lines_shape(*explained)},
                {"claims", list(explained->standing.loaded.sent,
                                [&](const auto& claim) { return claim_shape(claim, world.rulebook); })},
                {"phases", std::move(phases)}};
}

Json judgement_shape(const Judged& judged) {
    return {{"key", judged.key},
            {"version", judged.version},
            {"verdict", judged.verdict},
            {"label", verdict_label(judged.verdict)},
            {"question", judged.question},
            {"reason", judged.reason},
            {"by", judged.by},
            {"day", judged.day},
            {"withdrawn", judged.withdrawn}};
}

Result<Json> still_asked(Office& office, const std::string& question) {
    return office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(found, view.reader().question(question, {}));
        if (!found) return Error{"question_unknown"};
        return Json();
    });
}

// Takes the table in as any other, and looks again at whom it is about. Gives how many questions are left.
// With the id of a question: only when nobody answered it meanwhile.
Result<Json> take_in(Call& call, const std::string& csv, const std::string& question = {}) {
    Office& office = call.office;
    BUNDEL_TRY(changed, office.change([&](engine::World& world) -> Result<Json> {
        if (!question.empty()) BUNDEL_TRY_DONE(still_asked(office, question));
        BUNDEL_TRY(imported, engine::import_file(world, "bureau-uitspraak.csv", csv, office.today()));
        if (imported.refused || imported.lines == 0) {
            const std::string why =
                imported.findings.empty() ? "" : dutch().finding(imported.findings.front());
            return Error{"answer_refused", {{"why", why}}};
        }
        BUNDEL_TRY(assessed, engine::assess_due(world, office.today()));
        static_cast<void>(assessed);
        return Json();
    }));
    static_cast<void>(changed);
    return office.look([](store::View& view) -> Result<Json> {
        BUNDEL_TRY(left, view.reader().questions({}, {0, 0}));
        return Json(left.total);
    });
}

}  // namespace

Result<Reply> get_questions(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(filter, filter_of(call.request));
        BUNDEL_TRY(questions, view.reader().questions(filter, call.page));
        return paged(questions, call.page, listed);
    }));
}

Result<Reply> get_question(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(filter, filter_of(call.request));
        BUNDEL_TRY(found, view.reader().question(call.path["id"], filter));
        if (!found) return Error{"question_unknown"};
        call.woman = found->question.person;
        BUNDEL_TRY(evidence, evidence_of(view, found->question, call.office.today()));
        Json shape = listed(found->question);
        shape.set("evidence", std::move(evidence));
        shape.set("next", found->after.empty() ? Json() : Json(found->after));
        shape.set("previous", found->before.empty() ? Json() : Json(found->before));
        return shape;
    }));
}

Result<Reply> answer_question(Call& call) {
    std::optional<QuestionRow> question;
    std::string csv;
    std::string key;
    BUNDEL_TRY(prepared, call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(found, view.reader().question(call.path["id"], {}));
        if (!found) return Error{"question_unknown"};
        question = found->question;
        // The same asking twice gives the same fact twice, which is one.
        key = "b-" + base::digest(call.session->account.name + "/" + call.request.header("idempotency-key"))
                         .hex()
                         .substr(0, 24);
        BUNDEL_TRY(text, judgement_csv(view.world(), *question, call.body, key, call.session->account.name));
        csv = text;
        return Json();
    }));
    static_cast<void>(prepared);
    call.woman = question->person;
    call.reason = call.body.text_of("reason");
    BUNDEL_TRY(left, take_in(call, csv, question->id()));
    return Reply(Json{{"judgement", Json{{"key", key},
                                         {"version", 1},
                                         {"verdict", call.body.text_of("verdict")},
                                         {"question", question->key},
                                         {"reason", call.reason},
                                         {"by", call.session->account.name},
                                         {"day", call.office.today()},
                                         {"withdrawn", false}}},
                      {"questions", left}});
}

Result<Reply> get_judgements(Call& call) {
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(judged, call.office.judgements().all(view));
        return paged(piece_of(judged, call.page), call.page, judgement_shape);
    }));
}

Result<Reply> undo_judgement(Call& call) {
    std::string csv;
    BUNDEL_TRY(prepared, call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(text, withdrawal_csv(view, call.path["key"], call.body.text_of("reason"),
                                        call.session->account.name));
        csv = text;
        return Json();
    }));
    static_cast<void>(prepared);
    call.reason = call.body.text_of("reason");
    BUNDEL_TRY(left, take_in(call, csv));
    return Reply(Json{{"key", call.path["key"]}, {"withdrawn", true}, {"questions", left}});
}

}  // namespace bundel::server
