#include "engine/ready.h"
#include "server/handlers.h"
#include "server/sentences.h"
#include "server/shapes.h"

namespace bundel::server {
using base::Error;
using store::Account;

namespace {

Json account_shape(const Account& account) {
    return {{"name", account.name},
            {"role", account.role},
            {"role_label", label("role_" + account.role)},
            {"scope", account.scope.empty() ? Json() : Json(account.scope)},
            {"active", account.active},
            {"must_change_password", account.must_change},
            {"created", instant(account.created)},
            {"last_login", account.last_login == 0 ? Json() : Json(instant(account.last_login))}};
}

bool is_name(const std::string& name) {
    if (name.size() < 2 || name.size() > 20) return false;
    for (const char c : name) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
        if (!fits) return false;
    }
    return true;
}

// A participant and an insurer are bound to a code; nobody else is.
bool scope_fits(Role role, const std::string& scope) {
    if (role == Role::deelnemer) return values::AgbCode::parse(scope).ok();
    if (role == Role::verzekeraar) return values::UzoviCode::parse(scope).ok();
    return scope.empty();
}

Result<Account> asked_account(const Json& body, std::int64_t now) {
    Account account;
    account.name = body.text_of("name");
    account.role = body.text_of("role");
    account.scope = body.text_of("scope");
    account.created = now;
    if (!is_name(account.name)) return Error{"account_name"};
    const auto role = parse_role(account.role);
    if (!role) return Error{"account_role"};
    if (!scope_fits(*role, account.scope)) return Error{"account_scope"};
    return account;
}

Json event_shape(const store::AuditEvent& event) {
    return {{"number", event.number},
            {"at", instant(event.at)},
            {"actor", event.actor},
            {"role", event.role},
            {"event", event.event},
            {"event_label", label("audit_" + event.event)},
            {"object", event.object},
            {"woman", event.woman.is_nobody() ? Json() : Json(event.woman.hex())},
            {"reason", event.reason.empty() ? Json() : Json(event.reason)},
            {"done", event.done},
            {"outcome_label", label(event.done ? "audit_done" : "audit_refused")},
            {"hash", event.link.hex().substr(0, 16)}};
}

}  // namespace

Result<Reply> get_people(Call& call) {
    BUNDEL_TRY(accounts, call.office.desk().accounts());
    return Reply(paged(piece_of(accounts, call.page), call.page, account_shape));
}

Result<Reply> add_person(Call& call) {
    BUNDEL_TRY(account, asked_account(call.body, call.office.now()));
    const std::string password = one_time_password();
    call.reason = account.name + ", " + account.role;
    BUNDEL_TRY_DONE(call.office.desk().add_account(account, store::hash_password(password)));
    return Reply(Json{{"name", account.name}, {"one_time_password", password}});
}

Result<Reply> set_person(Call& call) {
    const std::string name = call.path["name"];
    const Json* field = call.body.field("active");
    const bool* active = field == nullptr ? nullptr : field->boolean();
    if (active == nullptr) return Error{"parameter_wrong", {{"name", "active"}}};
    if (name == call.session->account.name) return Error{"account_own"};
    call.reason = name + (*active ? ", aan" : ", uit");
    BUNDEL_TRY_DONE(call.office.desk().set_active(name, *active));
    if (!*active) call.office.sessions().close_all_of(name);
    return Reply(Json{{"name", name}, {"active", *active}});
}

Result<Reply> reset_password(Call& call) {
    const std::string name = call.path["name"];
    // Who resets his own is logged out before he has read it.
    if (name == call.session->account.name) return Error{"account_own"};
    const std::string password = one_time_password();
    call.reason = name;
    BUNDEL_TRY_DONE(call.office.desk().set_password(name, store::hash_password(password), true));
    call.office.sessions().close_all_of(name);
    return Reply(Json{{"name", name}, {"one_time_password", password}});
}

Result<Reply> get_audit(Call& call) {
    store::AuditFilter filter{call.request.parameter("actor"), call.request.parameter("event"), {}};
    if (const std::string text = call.request.parameter("woman"); !text.empty()) {
        const auto woman = values::PersonId::parse(text);
        if (!woman.ok()) return Error{"parameter_wrong", {{"name", "woman"}}};
        filter.woman = *woman;
    }
    BUNDEL_TRY(events, call.office.desk().events(filter, call.page));
    BUNDEL_TRY(whole, call.office.desk().chain_is_whole());
    Json shape = paged(events, call.page, event_shape);
    shape.set("chain_whole", whole);
    return Reply(std::move(shape));
}

Result<Reply> get_system(Call& call) {
    Office& office = call.office;
    const auto worked = office.work_out("ready", [&office](store::View& view) -> Result<Json> {
        BUNDEL_TRY(missing, engine::ready(view.world(), office.today()));
        return Json{
            {"ready", list(missing, [](const engine::Missing& item) {
                 return Json{{"text", dutch().sentence(item.code, item.params)}, {"blocks", item.blocks}};
             })}};
    });
    if (worked.error) return *worked.error;
    return Reply(Json{{"version", "0.1.0"},
                      {"data_folder_kind", label(office.settings().live ? "data_live" : "data_example")},
                      {"igo", office.settings().igo.digits()},
                      {"as_of", office.today()},
                      {"rulebook", office.rulebook().id()},
                      {"rulebook_digest", office.rulebook().digest().hex()},
                      {"ready", worked.json->at("ready")}});
}

Result<Reply> get_visibility(Call& call) {
    return Reply(paged(
        piece_of(Visibility::of_program().fields(), call.page), call.page, [](const VisibleField& field) {
            static constexpr const char* words[] = {"nee", "eigen", "ja"};
            Json shape{{"resource", field.resource},
                       {"field", field.field},
                       {"type", field.type},
                       {"meaning", field.meaning}};
            for (const Role role : all_roles)
                shape.set(word(role),
                          words[static_cast<std::size_t>(field.rights[static_cast<std::size_t>(role)])]);
            return shape;
        }));
}

}  // namespace bundel::server
