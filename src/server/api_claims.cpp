#include "engine/division.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using base::Error;
using claim::Sent;

namespace {

Result<store::ClaimFilter> filter_of(const Request& request) {
    store::ClaimFilter filter;
    if (const std::string text = request.parameter("state"); !text.empty()) {
        for (const claim::State state : claim::all_states) {
            if (claim::word(state) == "state_" + text) filter.state = state;
        }
        if (!filter.state) return Error{"parameter_wrong", {{"name", "state"}}};
    }
    if (const std::string text = request.parameter("kind"); !text.empty()) {
        if (text != "integrated" && text != "forwarded") return Error{"parameter_wrong", {{"name", "kind"}}};
        filter.kind = text == "integrated" ? claim::Kind::integrated : claim::Kind::forwarded;
    }
    if (const std::string text = request.parameter("insurer"); !text.empty()) {
        const auto insurer = values::UzoviCode::parse(text);
        if (!insurer.ok()) return Error{"parameter_wrong", {{"name", "insurer"}}};
        filter.insurers = {*insurer};
    }
    if (const std::string text = request.parameter("declarant"); !text.empty()) {
        const auto declarant = values::AgbCode::parse(text);
        if (!declarant.ok()) return Error{"parameter_wrong", {{"name", "declarant"}}};
        filter.declarant = *declarant;
    }
    filter.reference = request.parameter("search");
    return filter;
}

Result<store::ClaimOrder> order_of(const Request& request) {
    const std::string sort = request.parameter("sort");
    if (sort.empty() || sort == "-number") return store::ClaimOrder::newest;
    if (sort == "-amount") return store::ClaimOrder::largest;
    if (sort == "-sent_day") return store::ClaimOrder::last_sent;
    return Error{"parameter_wrong", {{"name", "sort"}}};
}

// An insurer sees what was claimed from it, and only bundles: the rest is between it and the practice.
Result<base::Done> keep_own(const Call& call, store::ClaimFilter& filter) {
    const auto insurer = values::UzoviCode::parse(call.scope());
    if (!insurer.ok()) return Error{"not_yours"};
    filter.insurers = {*insurer};
    filter.kind = claim::Kind::integrated;
    return base::Done{};
}

Json step_shape(const store::ClaimStep& step, const rulebook::Rulebook& rulebook) {
    const std::string state = claim::word(step.state);
    return {{"day", step.day},
            {"state", state.substr(6)},
            {"state_label", label(state)},
            {"granted_cents", step.granted},
            {"paid_cents", step.paid},
            {"codes", codes_shape(step.codes, rulebook)}};
}

Result<Json> shares_of(engine::World& world, const Sent& claim, values::Date as_of) {
    Json shares = Json::array();
    if (claim.person.is_nobody() || claim.kind != claim::Kind::integrated) return shares;
    const auto explained = engine::explain(world, claim.person, as_of);
    if (!explained.ok()) return shares;  // she cannot be decided: then nothing of hers is divided either
    for (const auto& division : explained->divisions) {
        if (division.claim.declarant != claim.declarant || division.claim.reference != claim.reference)
            continue;
        for (const auto& share : division.division.shares)
            shares.add({{"payee", share.payee.digits()}, {"amount_cents", share.amount}});
    }
    return shares;
}

Result<Json> message_of(store::View& view, const Sent& claim) {
    if (claim.message == 0) return Json();
    BUNDEL_TRY(outgoing, view.reader().outgoing(claim.message));
    if (!outgoing) return Json();
    static constexpr const char* states[] = {"state_planned", "state_staged", "state_sent"};
    return Json{{"number", outgoing->number},
                {"id", outgoing->message.hex()},
                {"file_name", outgoing->file_name},
                {"state_label", label(states[static_cast<std::size_t>(outgoing->state)])},
                {"sent_day", outgoing->sent_day}};
}

}  // namespace

Result<Reply> get_claims(Call& call) {
    BUNDEL_TRY(filter, filter_of(call.request));
    BUNDEL_TRY(order, order_of(call.request));
    if (call.own()) BUNDEL_TRY_DONE(keep_own(call, filter));
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(found, view.reader().claims(filter, order, call.page));
        return paged(found, call.page,
                     [&](const Sent& claim) { return claim_shape(claim, call.office.rulebook()); });
    }));
}

Result<Reply> get_claim(Call& call) {
    const auto declarant = values::AgbCode::parse(call.path["declarant"]);
    const std::string text = call.path["reference"];
    if (!declarant.ok() || !values::Reference::fits(text)) return Error{"not_found"};
    const auto reference = values::Reference::of(text);
    return as_reply(call.office.look([&](store::View& view) -> Result<Json> {
        engine::Store& store = view.reader().store();
        BUNDEL_TRY(claim, store.claim(*declarant, reference));
        // What is not theirs does not exist for them.
        if (claim && call.own()) {
            store::ClaimFilter filter;
            BUNDEL_TRY_DONE(keep_own(call, filter));
            if (claim->insurer != filter.insurers.front() || claim->kind != claim::Kind::integrated)
                return Error{"not_found"};
        }
        if (!claim) return Error{"not_found"};
        call.woman = claim->person;
        BUNDEL_TRY(steps, view.reader().steps(*declarant, reference));
        BUNDEL_TRY(payments, store.payments_on(*declarant, reference));
        BUNDEL_TRY(shares, shares_of(view.world(), *claim, call.office.today()));
        BUNDEL_TRY(message, message_of(view, *claim));
        BUNDEL_TRY(questions, view.reader().questions_about(*declarant, reference));
        Json shape = claim_shape(*claim, call.office.rulebook());
        shape.set("history",
                  list(steps, [&](const auto& step) { return step_shape(step, call.office.rulebook()); }));
        shape.set("payments", list(payments, [](const engine::PaymentRow& row) {
                      return Json{{"insurer", row.insurer.digits()},
                                  {"day", row.day},
                                  {"amount_cents", row.amount},
                                  {"applied_cents", row.applied}};
                  }));
        shape.set("shares", std::move(shares));
        shape.set("message", std::move(message));
        shape.set("questions", list(questions, question_shape));
        return shape;
    }));
}

}  // namespace bundel::server
