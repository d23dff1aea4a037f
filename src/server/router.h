// From a request to an answer: who asks, may they, was it asked before, what may they see of it, and the log.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/http.h"
#include "server/office.h"
#include "server/visibility.h"

namespace bundel::server {

// What a handler gets, and may say of itself to the log.
struct Call {
    const Request& request;
    Office& office;
    const Session* session = nullptr;  // null: the route is open to everybody
    Right right = Right::none;
    std::map<std::string, std::string> path;  // of the pattern: {reference}
    Json body;                                // of a write with JSON
    store::Page page;

    // For the log: none when it concerns nobody.
    values::PersonId woman;
    std::string actor;  // of a login: the account, when there is one of that name
    std::string reason;
    std::vector<std::pair<std::string, std::string>> headers;  // that go with the answer

    bool own() const { return right == Right::own; }
    const std::string& scope() const { return session->account.scope; }
};

// What comes out of a handler: JSON of the type in the table of visibility, or (raw) something else.
struct Reply {
    Json json;
    int status = 200;
    std::optional<Response> raw;
    Reply(Json value) : json(std::move(value)) {}
    Reply(int code, Json value) : json(std::move(value)), status(code) {}
    Reply(Response response) : raw(std::move(response)) {}
};
inline base::Result<Reply> as_reply(base::Result<Json> json) {
    if (!json.ok()) return json.error();
    return Reply(std::move(*json));
}
// What is worked out beside: with `stale`; 202 and {"state": "busy"} as long as there is none.
base::Result<Reply> worked(Call& call, const std::string& key, const Office::Look& look);
using Handler = base::Result<Reply> (*)(Call& call);

struct Parameter {
    const char* name;
    const char* meaning;  // English, for openapi.yaml
};

enum class Asks : std::uint8_t {
    nothing,  // no session
    session,  // also one that must change its password first
    role,     // a right in the table of visibility
};

struct Route {
    Method method;
    const char* pattern;  // "/claims/{declarant}/{reference}", below /api/v1
    const char* summary;  // English, for openapi.yaml
    Handler handler;
    std::vector<Parameter> query{};
    std::vector<Parameter> fields{};  // of the body, all text
    const char* event = nullptr;      // in the log: "view_woman"; null: not logged
    Asks asks = Asks::role;
    bool is_list = false;      // takes offset, limit and format
    bool takes_bytes = false;  // the body is a file, not JSON
    bool says_once = false;    // the answer holds a secret: it is not kept for a second asking
    std::string name() const { return std::string(word(method)) + " " + pattern; }
};
const std::vector<Route>& routes();

class Router {
public:
    explicit Router(Office& office) : office_(office) {}
    Response answer(const Request& request);
    // Fields that a handler gave and no row of the table has: nobody saw them. A bug, for a test to find.
    std::set<std::string> unlisted();

private:
    Response api(const Request& request);
    Response carry_out(const Route& route, Call& call);
    Response once(const Route& route, Call& call);
    Response finish(const Route& route, Call& call, const base::Result<Reply>& done);
    Response page(const Request& request) const;

    Office& office_;
    std::mutex unlisted_guard_;
    std::set<std::string> unlisted_;
    std::mutex under_way_guard_;
    std::set<base::Digest> under_way_;  // writes that are being carried out
};

inline constexpr const char* session_cookie = "bundel";
inline constexpr const char* api_base = "/api/v1";
inline constexpr std::int64_t page_most = 500;
inline constexpr std::int64_t export_most = 1'000'000;

// Every route and every resource, as OpenAPI 3.1: made of routes() and the table of visibility.
std::string openapi();

}  // namespace bundel::server
