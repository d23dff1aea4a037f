#include "server/server.h"

#include "engine/women.h"

namespace bundel::server {
using base::Done;
using base::Result;

namespace {

constexpr std::size_t body_most = 64 * 1024;
constexpr std::size_t upload_most = 64 * 1024 * 1024;

// A large body is taken only from who may bring files.
std::size_t body_bytes(Office& office, const Request& request) {
    if (request.path != std::string(api_base) + "/messages") return body_most;
    const auto session = office.sessions().find(request.cookie(session_cookie), office.now());
    const bool may =
        session && Visibility::of_program().right("POST /messages", session->role) != Right::none;
    return may ? upload_most : body_most;
}

// A participant and an insurer of the example region, when it has any yet.
Result<std::pair<std::string, std::string>> example_scopes(Office& office) {
    std::pair<std::string, std::string> found{"08000101", "9101"};
    BUNDEL_TRY(done, office.look([&](store::View& view) -> Result<Json> {
        BUNDEL_TRY(known, engine::load_agreements(view.world()));
        if (!known.memberships.empty()) found.first = known.memberships.front().fact.organisation.digits();
        for (const auto& contract : known.contracts) {
            if (!contract.fact.labels.empty()) found.second = contract.fact.labels.front().digits();
        }
        return Json();
    }));
    static_cast<void>(done);
    return found;
}

}  // namespace

Result<Done> Server::make_first_accounts() {
    store::Desk& desk = office_->desk();
    BUNDEL_TRY(known, desk.accounts());
    if (!known.empty()) return Done{};
    BUNDEL_TRY(scopes, example_scopes(*office_));
    for (const Role role : all_roles) {
        if (office_->settings().live && role != Role::beheerder) continue;
        store::Account account;
        account.name = account.role = word(role);
        if (role == Role::deelnemer) account.scope = scopes.first;
        if (role == Role::verzekeraar) account.scope = scopes.second;
        account.created = office_->now();
        const std::string password = one_time_password();
        BUNDEL_TRY_DONE(desk.add_account(account, store::hash_password(password)));
        first_.push_back({account.name, account.role, password});
    }
    return Done{};
}

Result<std::unique_ptr<Server>> Server::start(const Serving& serving) {
    std::unique_ptr<Server> server(new Server());
    BUNDEL_TRY(office, Office::open(serving.data, serving.as_of));
    server->office_ = std::move(office);
    BUNDEL_TRY_DONE(server->make_first_accounts());
    server->router_ = std::make_unique<Router>(*server->office_);
    Limits limits;
    limits.body_bytes = [raw = server->office_.get()](const Request& request) {
        return body_bytes(*raw, request);
    };
    BUNDEL_TRY(http, HttpServer::start(serving.listen, std::move(limits),
                                       [raw = server->router_.get()](const Request& request) {
                                           return raw->answer(request);
                                       }));
    server->http_ = std::move(http);
    server->office_->watch(serving.watch_seconds);
    return server;
}

}  // namespace bundel::server
