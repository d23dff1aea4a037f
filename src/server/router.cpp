#include "server/router.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "server/embedded.h"
#include "server/sentences.h"
#include "server/table_file.h"

namespace bundel::server {
using base::Error;
using base::Result;

namespace {

constexpr std::size_t key_most = 64;
constexpr std::size_t object_most = 160;

struct Status {
    const char* code;
    int status;
};
// What is none of these is a request that cannot be carried out as it is: 422.
constexpr Status statuses[] = {
    {"not_found", 404},
    {"claim_unknown", 404},
    {"message_unknown", 404},
    {"explain_nobody", 404},
    {"question_unknown", 404},
    {"judgement_unknown", 404},
    {"account_unknown", 404},
    {"person_unknown", 404},
    {"message_forgotten", 410},
    {"desk_busy", 503},
    {"not_yours", 403},
    {"csrf_wrong", 403},
    {"password_change_required", 403},
    {"login_failed", 401},
    {"login_needed", 401},
    {"login_too_often", 429},
    {"json_syntax", 400},
    {"parameter_wrong", 400},
    {"idempotency_missing", 400},
    {"idempotency_other", 409},
    {"idempotency_busy", 409},
    {"idempotency_once", 409},
    {"account_exists", 409},
    {"run_busy", 409},
    {"store_in_use", 503},
    {"store_failed", 500},
    {"store_damaged", 500},
    {"file_failed", 500},
};

int status_of(const Error& error) {
    for (const Status& row : statuses) {
        if (error.code == row.code) return row.status;
    }
    return 422;
}

Response refusal(const Error& error) {
    return problem(status_of(error), error);
}

// "/claims/{declarant}/{reference}" against "/claims/53000001/B-1". A reference may have a '/' in it.
bool matches(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& values) {
    const auto wanted = base::split(pattern, '/');
    const auto given = base::split(path, '/');
    const bool takes_rest = wanted.back() == "{reference}" && given.size() > wanted.size();
    if (given.size() != wanted.size() && !takes_rest) return false;
    std::map<std::string, std::string> found;
    if (takes_rest) {
        const auto from = static_cast<std::size_t>(given[wanted.size() - 1].data() - path.data());
        found["reference"] = path.substr(from);
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].starts_with('{'))
            found.emplace(wanted[i].substr(1, wanted[i].size() - 2), given[i]);
        else if (wanted[i] != given[i])
            return false;
    }
    values = std::move(found);
    return true;
}

Result<store::Page> page_of(const Request& request, bool whole) {
    store::Page page;
    const Error wrong{"parameter_wrong", {{"name", "offset, limit"}}};
    if (const std::string text = request.parameter("offset"); !text.empty()) {
        const auto number = base::parse_digits(text, INT32_MAX);
        if (!number) return wrong;
        page.offset = *number;
    }
    if (const std::string text = request.parameter("limit"); !text.empty()) {
        const auto number = base::parse_digits(text, page_most);
        if (!number) return wrong;
        page.limit = *number;
    }
    if (whole) page = {0, export_most};
    return page;
}

// A page of another site cannot write here, also when a browser sends its cookie along.
bool is_from_here(const Request& request) {
    const std::string origin = request.header("origin");
    if (origin.empty()) return true;
    const auto slashes = origin.find("//");
    return slashes != std::string::npos && origin.substr(slashes + 2) == request.header("host");
}

// A whole list as a file.
bool is_export(const Route& route, const Request& request) {
    return route.is_list && !request.parameter("format").empty();
}

bool is_write(const Route& route) {
    return route.method != Method::get;
}

const char* content_type(std::string_view name) {
    if (name.ends_with(".html")) return "text/html; charset=utf-8";
    if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (name.ends_with(".css")) return "text/css; charset=utf-8";
    if (name.ends_with(".svg")) return "image/svg+xml";
    if (name.ends_with(".woff2")) return "font/woff2";
    return "text/plain; charset=utf-8";
}

Response with_headers(Response response, const Call& call) {
    response.headers.insert(response.headers.end(), call.headers.begin(), call.headers.end());
    return response;
}

void add_safety(Response& response) {
    auto& headers = response.headers;
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src "
        "'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
}

}  // namespace

Response Router::answer(const Request& request) {
    const bool is_api = request.path.starts_with(std::string(api_base) + "/");
    Response response = is_api ? api(request) : page(request);
    add_safety(response);
    if (is_api) response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

// The application has one page; its paths are for the browser to tell apart.
Response Router::page(const Request& request) const {
    if (request.method != Method::get) return refusal({"not_found"});
    std::string name = "web" + request.path;
    std::string_view bytes = embedded_file(name);
    const std::string first = request.path.substr(0, request.path.find('/', 1));
    if (bytes.empty() && first.find('.') == std::string::npos) {
        name = "web/index.html";
        bytes = embedded_file(name);
    }
    if (bytes.empty()) return refusal({"not_found"});
    const std::string tag = "\"" + base::digest(bytes).hex().substr(0, 16) + "\"";
    if (request.header("if-none-match") == tag) return {304, content_type(name), "", {{"ETag", tag}}};
    return {200, content_type(name), std::string(bytes), {{"ETag", tag}, {"Cache-Control", "no-cache"}}};
}

Response Router::api(const Request& request) {
    const std::string path = request.path.substr(std::string_view(api_base).size());
    bool is_known = false;
    for (const Route& route : routes()) {
        Call call{request, office_, nullptr, Right::none, {}, {}, {}, {}, {}, {}, {}};
        if (!matches(route.pattern, path, call.path)) continue;
        is_known = true;
        if (route.method == request.method) return carry_out(route, call);
    }
    return is_known ? problem(405, {"request_method"}) : refusal({"not_found"});
}

Response Router::carry_out(const Route& route, Call& call) {
    const auto session = office_.sessions().find(call.request.cookie(session_cookie), office_.now());
    if (route.asks != Asks::nothing) {
        if (!session) return refusal({"login_needed"});
        call.session = &*session;
        if (is_write(route) && (!is_from_here(call.request) ||
                                !store::equal_secrets(call.request.header("x-csrf-token"), session->csrf)))
            return refusal({"csrf_wrong"});
    } else if (is_write(route) && !is_from_here(call.request)) {
        return refusal({"csrf_wrong"});
    }
    if (route.asks == Asks::role) {
        if (session->account.must_change) return refusal({"password_change_required"});
        call.right = Visibility::of_program().right(route.name(), session->role);
        if (call.right == Right::none) return finish(route, call, Error{"not_yours"});
    }
    auto page = page_of(call.request, is_export(route, call.request));
    if (!page.ok()) return refusal(page.error());
    call.page = *page;
    if (is_write(route) && !route.takes_bytes && !call.request.body.empty()) {
        auto body = Json::parse(call.request.body);
        if (!body.ok() || body->fields() == nullptr) return refusal({"json_syntax"});
        call.body = std::move(*body);
    }
    if (is_write(route) && route.asks == Asks::role) return once(route, call);
    return finish(route, call, route.handler(call));
}

// The same write asked twice is carried out once.
Response Router::once(const Route& route, Call& call) {
    const std::string asked = call.request.header("idempotency-key");
    if (asked.empty() || asked.size() > key_most) return refusal({"idempotency_missing"});
    const base::Digest key = base::Hasher().add(call.session->account.name).add(asked).finish();
    const base::Digest request = base::Hasher()
                                     .add(route.name())
                                     .add(call.request.path)
                                     .add(call.request.parameter("name"))
                                     .add(call.request.body)
                                     .finish();
    {
        const std::lock_guard<std::mutex> lock(under_way_guard_);
        if (!under_way_.insert(key).second) return refusal({"idempotency_busy"});
    }
    const auto leave = [&](Response response) {
        const std::lock_guard<std::mutex> lock(under_way_guard_);
        under_way_.erase(key);
        return response;
    };
    const auto kept = office_.desk().reply(key);
    if (!kept.ok()) return leave(refusal(kept.error()));
    if (*kept && (*kept)->request != request) return leave(refusal({"idempotency_other"}));
    if (*kept && route.says_once) return leave(refusal({"idempotency_once"}));
    if (*kept) return leave({(*kept)->status, "application/json", (*kept)->body, {}});
    Response response = finish(route, call, route.handler(call));
    if (response.status < 300) {
        const store::KeptReply reply{request, response.status, route.says_once ? "" : response.body};
        const auto done = office_.desk().keep_reply(key, reply, office_.now());
        if (!done.ok()) return leave(refusal(done.error()));
    }
    return leave(std::move(response));
}

Response Router::finish(const Route& route, Call& call, const Result<Reply>& done) {
    const bool exports = is_export(route, call.request);
    const char* what = route.event == nullptr && exports ? "export" : route.event;
    if (what != nullptr) {
        store::AuditEvent event;
        event.at = office_.now();
        event.actor = call.session != nullptr ? call.session->account.name : call.actor;
        if (call.session != nullptr) event.role = word(call.session->role);
        event.event = what;
        event.object = (word(route.method) + (" " + call.request.path)).substr(0, object_most);
        event.woman = call.woman;
        event.reason = call.reason;
        event.done = done.ok();
        // What was not logged is not shown.
        if (const auto logged = office_.desk().log(std::move(event)); !logged.ok())
            return refusal(logged.error());
    }
    if (!done.ok()) return with_headers(refusal(done.error()), call);
    if (done->raw) return *done->raw;
    const Visibility& table = Visibility::of_program();
    if (route.asks != Asks::role) return with_headers(server::answer(done->status, done->json), call);
    const std::string type = table.answer_of(route.name());
    std::vector<std::string> unknown;
    const Json seen = table.visible(type, call.session->role, done->json, &unknown);
    {
        const std::lock_guard<std::mutex> lock(unlisted_guard_);
        unlisted_.insert(unknown.begin(), unknown.end());
    }
    if (exports && done->status == 200)
        return table_file(table, type, call.session->role, seen, call.request.parameter("format"),
                          office_.folder() + "/staging/tabel-" + hex_of(store::random_bytes(8)) + ".tmp");
    return with_headers(server::answer(done->status, seen), call);
}

std::set<std::string> Router::unlisted() {
    const std::lock_guard<std::mutex> lock(unlisted_guard_);
    return unlisted_;
}

Result<Reply> worked(Call& call, const std::string& key, const Office::Look& look) {
    const auto found = call.office.work_out(key, look);
    if (!found.ready) {
        call.headers.emplace_back("Retry-After", "1");
        return Reply(202, Json{{"state", "busy"}});
    }
    if (found.error) return *found.error;
    Json json = *found.json;
    json.set("stale", found.stale);
    return Reply(std::move(json));
}

}  // namespace bundel::server
