#include "server/handlers.h"
#include "server/sentences.h"

namespace bundel::server {
using base::Error;

namespace {

constexpr std::size_t password_least = 12;
constexpr std::size_t password_most = 200;

// A page of the application and the route that it cannot do without.
struct PageOf {
    const char* page;
    const char* route;
};
constexpr PageOf pages[] = {
    {"vandaag", "GET /today"},
    {"werkvoorraad", "GET /questions"},
    {"zwangerschap", "GET /women/{id}"},
    {"declaraties", "GET /claims"},
    {"berichten", "GET /messages"},
    {"deelnemers", "GET /participants"},
    {"verdeling", "GET /division/models"},
    {"grootboek", "GET /ledger/accounts"},
    {"regels", "GET /rules"},
    {"beheer", "GET /people"},
    {"mijn-praktijk", "GET /mine"},
    {"mijn-verzekerden", "GET /claims"},
    {"cijfers", "GET /aggregates"},
};

// The claims of an insurer are a page of its own.
bool has_page(const PageOf& one, Role role) {
    const Right right = Visibility::of_program().right(one.route, role);
    const std::string_view page = one.page;
    if (page == "declaraties") return right == Right::all;
    if (page == "mijn-verzekerden") return right == Right::own;
    return right != Right::none;
}

Json session_shape(Office& office, const Session& session) {
    Json shown = Json::array();
    for (const PageOf& one : pages) {
        if (has_page(one, session.role)) shown.add(one.page);
    }
    return {{"name", session.account.name},
            {"role", word(session.role)},
            {"role_label", label(std::string("role_") + word(session.role))},
            {"scope", session.account.scope.empty() ? Json() : Json(session.account.scope)},
            {"csrf", session.csrf},
            {"must_change_password", session.account.must_change},
            {"pages", std::move(shown)},
            {"live", office.settings().live},
            {"igo", office.settings().igo.digits()},
            {"as_of", office.today()}};
}

std::string cookie_of(const std::string& token, std::int64_t seconds) {
    return std::string(session_cookie) + "=" + token +
           "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(seconds);
}

// A proxy in front that speaks TLS says so; then the cookie never goes over a line without.
std::string secured(const Request& request, std::string cookie) {
    return request.header("x-forwarded-proto") == "https" ? cookie + "; Secure" : cookie;
}

// Who tries: behind a proxy on this machine the one that it names.
std::string peer_of(const Request& request) {
    const bool is_near = request.peer.starts_with("127.") || request.peer == "::1";
    const std::string named = request.header("x-forwarded-for");
    return is_near && !named.empty() ? named : request.peer;
}

// One at a time: each takes 64 MB.
bool matches(const std::string& kept, const std::string& password) {
    static std::mutex one_at_a_time;
    const std::lock_guard<std::mutex> guard(one_at_a_time);
    return store::password_matches(kept, password);
}

}  // namespace

Result<Reply> get_session(Call& call) {
    return Reply(session_shape(call.office, *call.session));
}

Result<Reply> log_in(Call& call) {
    const std::string name = call.body.text_of("name");
    const std::string password = call.body.text_of("password");
    const std::int64_t now = call.office.now();
    LoginGuard& guard = call.office.login_guard();
    if (const std::int64_t wait = guard.wait(name, peer_of(call.request), now); wait > 0) {
        call.headers.emplace_back("Retry-After", std::to_string(wait));
        return Error{"login_too_often", {{"minutes", std::to_string((wait + 59) / 60)}}};
    }
    guard.tries(name, peer_of(call.request), now);
    BUNDEL_TRY(account, call.office.desk().account(name));
    if (account) call.actor = account->name;
    BUNDEL_TRY(kept, call.office.desk().password_hash(name));
    // Nobody of that name takes as long as a wrong password.
    static const std::string nobody = store::hash_password("nobody");
    const bool right = matches(kept.empty() ? nobody : kept, password);
    const auto role = account ? parse_role(account->role) : std::nullopt;
    if (!account || !right || !account->active || !role) return Error{"login_failed"};
    guard.succeeded(name, peer_of(call.request));
    BUNDEL_TRY_DONE(call.office.desk().note_login(name, now));
    const auto opened = call.office.sessions().open(*account, *role, now);
    // Looking at a password takes long: who was switched off meanwhile does not come in.
    BUNDEL_TRY(still, call.office.desk().account(name));
    if (!still || !still->active) {
        call.office.sessions().close(opened.token);
        return Error{"login_failed"};
    }
    call.headers.emplace_back("Set-Cookie",
                              secured(call.request, cookie_of(opened.token, Sessions::longest_seconds)));
    return Reply(session_shape(call.office, opened.session));
}

Result<Reply> log_out(Call& call) {
    call.office.sessions().close(call.request.cookie(session_cookie));
    call.headers.emplace_back("Set-Cookie", secured(call.request, cookie_of("", 0)));
    return Reply(Json(Json::Object{}));
}

Result<Reply> change_password(Call& call) {
    const std::string& name = call.session->account.name;
    const std::string fresh = call.body.text_of("new");
    const std::int64_t now = call.office.now();
    LoginGuard& guard = call.office.login_guard();
    if (const std::int64_t wait = guard.wait(name, peer_of(call.request), now); wait > 0)
        return Error{"login_too_often", {{"minutes", std::to_string((wait + 59) / 60)}}};
    guard.tries(name, peer_of(call.request), now);
    BUNDEL_TRY(kept, call.office.desk().password_hash(name));
    if (!matches(kept, call.body.text_of("old"))) return Error{"login_failed"};
    guard.succeeded(name, peer_of(call.request));
    if (fresh.size() < password_least || fresh.size() > password_most || fresh == call.body.text_of("old"))
        return Error{"password_weak", {{"least", std::to_string(password_least)}}};
    BUNDEL_TRY_DONE(call.office.desk().set_password(name, store::hash_password(fresh), false));
    // Whoever has another session of this name, has it by the old password.
    call.office.sessions().close_all_of(name);
    store::Account account = call.session->account;
    account.must_change = false;
    const auto opened = call.office.sessions().open(account, call.session->role, now);
    call.headers.emplace_back("Set-Cookie",
                              secured(call.request, cookie_of(opened.token, Sessions::longest_seconds)));
    return Reply(session_shape(call.office, opened.session));
}

}  // namespace bundel::server
