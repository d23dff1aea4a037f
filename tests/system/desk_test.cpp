// The desk as a server: who sees what, what it does with who means no good, and what it keeps when it dies.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "base/text.h"
#include "server/embedded.h"
#include "server/server.h"
#include "store/workspace.h"
#include "support/http_client.h"
#include "system/holding.h"
#include "system/region.h"

namespace bundel::testing {
namespace {
using server::Json;
using server::Method;
using server::Right;
using server::Role;
using server::Route;
using server::Visibility;

// What an IGO puts beside its data: names, and a rulebook to compare with.
void put_beside(const std::string& data) {
    std::ofstream(data + "/namen.csv") << "code;naam\n08000101;Praktijk Ster\n9101;Verzekeraar Noord\n";
    std::filesystem::create_directories(data + "/regelvoorstellen");
    std::filesystem::copy(std::string(BUNDEL_SOURCE_DIR) + "/rulebooks", data + "/regelvoorstellen/gelijk",
                          std::filesystem::copy_options::recursive);
}

// Four women of the example region, one of them with a bundle that broke, and a question about a claim.
std::string made_directory(const OwnFolder& folder) {
    const std::string data = (folder.path / "data").string();
    must(store::create_workspace(data, "53000001", false));
    const auto workspace = must(store::Workspace::open(data));
    const auto nothing = [](const Step&) {};
    play(workspace->world(), {"01", "02a", "03", "13"}, workspace->outbox(), nothing, nothing);
    engine::Store& store = workspace->world().store;
    const auto claims = must(store.all_claims());
    engine::QuestionRow question;
    question.person = claims.back().person;
    question.key =
        "claim/" + claims.back().declarant.digits() + "/" + claims.back().reference.str() + "/claim_reduced";
    question.code = "claim_reduced";
    question.amount = values::Cents::of(1000);
    must(store.put_questions(question.person, {question}));
    // A reference is free text: also with a slash.
    claim::Sent odd = claims.back();
    odd.reference = values::Reference::of("Z/1");
    must(store.add_claim(odd));
    put_beside(data);
    return data;
}

server::Serving serving(const std::string& data) {
    server::Serving what;
    what.data = data;
    what.listen.port = 0;
    what.as_of = values::Date::of(2018, 6, 1);
    what.watch_seconds = 0;
    return what;
}

// How many requests to make up, and with which seed: as the laws (docs/how-to/test-a-change.md).
std::size_t cases(std::size_t usual) {
    const char* text = std::getenv("BUNDEL_CASES");
    return text == nullptr ? usual : std::stoul(text);
}
std::uint64_t seed() {
    const char* text = std::getenv("BUNDEL_SEED");
    return text == nullptr ? 1 : std::stoull(text);
}

std::string password_of(const server::Server& desk, Role role) {
    for (const auto& account : desk.first_accounts()) {
        if (account.role == word(role)) return account.password;
    }
    return "";
}

class Desk : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder_ = new OwnFolder("bureau");
        desk_ = must(server::Server::start(serving(made_directory(*folder_)))).release();
        for (const Role role : server::all_roles) {
            Visitor visitor(desk_->port());
            ASSERT_EQ(visitor.log_in(word(role), password_of(*desk_, role)).status, 200);
            visitors_.emplace(role, visitor);
        }
    }
    static void TearDownTestSuite() {
        visitors_.clear();
        delete desk_;
        delete folder_;
    }
    static Visitor& as(Role role) { return visitors_.at(role); }
    // What takes long is asked again until it is there.
    static Answered patiently(Role role, const std::string& path) {
        for (int i = 0; i < 100; ++i) {
            Answered answered = as(role).get(path);
            if (answered.status != 202) return answered;
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        return {};
    }

    static OwnFolder* folder_;
    static server::Server* desk_;
    static std::map<Role, Visitor> visitors_;
};
OwnFolder* Desk::folder_ = nullptr;
server::Server* Desk::desk_ = nullptr;
std::map<Role, Visitor> Desk::visitors_;

// Every field of the answer stands in the table with a right for the role. Adds what was seen.
void expect_allowed(const std::string& type, Role role, const Json& json, std::set<std::string>& seen) {
    if (json.is_null()) return;
    if (json.items() != nullptr) {
        const std::string of = type.substr(1, type.size() - 2);
        for (const Json& item : *json.items()) expect_allowed(of, role, item, seen);
        return;
    }
    if (json.fields() == nullptr) return;
    for (const auto& [name, value] : *json.fields()) {
        bool is_allowed = false;
        std::string of;
        for (const auto& field : Visibility::of_program().fields()) {
            if (field.resource != type || field.field != name) continue;
            is_allowed = field.rights[static_cast<std::size_t>(role)] != Right::none;
            of = field.type;
        }
        EXPECT_TRUE(is_allowed) << word(role) << " sees " << type << "." << name;
        seen.insert(type + "." + name);
        expect_allowed(of, role, value, seen);
    }
}

// The first thing of a list, where a route needs one.
std::string filled(const std::string& pattern, Visitor& declarant) {
    const auto first = [&](const std::string& list) {
        const Json found = declarant.get(list + "?limit=1").json();
        const Json* items = found.field("items");
        return items == nullptr || items->items()->empty() ? Json() : items->items()->front();
    };
    if (pattern == "/questions/{id}") return "/questions/" + first("/questions").text_of("id");
    if (pattern == "/women/{id}") return "/women/" + first("/women").text_of("id");
    if (pattern == "/messages/{id}") return "/messages/" + first("/messages").text_of("id");
    if (pattern == "/claims/{declarant}/{reference}") {
        const Json claim = first("/claims");
        return "/claims/" + claim.text_of("declarant") + "/" + claim.text_of("reference");
    }
    if (pattern == "/rulebooks/{rulebook}") return "/rulebooks/gelijk";
    if (pattern == "/rules/{regime}/{decision}") return "/rules/2017/disposition";
    return pattern;
}

TEST_F(Desk, EveryRoleSeesWhatTheTableSaysAndNothingElse) {
    const Visibility& table = Visibility::of_program();
    std::set<std::string> seen;
    for (const Route& route : server::routes()) {
        if (route.asks != server::Asks::role || route.method != Method::get) continue;
        const std::string path = filled(route.pattern, as(Role::declarant));
        for (const Role role : server::all_roles) {
            SCOPED_TRACE(std::string(word(role)) + " " + path);
            const Right right = table.right(route.name(), role);
            const Answered answered = patiently(role, path);
            if (right == Right::none) {
                EXPECT_EQ(answered.status, 403);
                continue;
            }
            // What is not theirs does not exist for them.
            const bool may_be_absent = right == Right::own && path.find("/claims/") == 0;
            EXPECT_TRUE(answered.status == 200 || (may_be_absent && answered.status == 404)) << answered.body;
            if (answered.status == 200)
                expect_allowed(table.answer_of(route.name()), role, answered.json(), seen);
        }
    }
    EXPECT_GT(seen.size(), 250U) << "most fields of the table were looked at";
    EXPECT_EQ(desk_->unlisted(), std::set<std::string>()) << "fields that no row of the table has";
}

TEST_F(Desk, WritesAreRefusedToWhoHasNoRight) {
    for (const Route& route : server::routes()) {
        if (route.asks != server::Asks::role || route.method == Method::get) continue;
        for (const Role role : server::all_roles) {
            if (Visibility::of_program().right(route.name(), role) != Right::none) continue;
            EXPECT_EQ(as(role).post(route.pattern, "{}").status, 403) << word(role) << " " << route.name();
        }
    }
}

TEST_F(Desk, NobodyWithoutASession) {
    Visitor stranger(desk_->port());
    for (const Route& route : server::routes()) {
        if (route.asks == server::Asks::nothing || route.method == Method::remove) continue;
        const auto answered =
            route.method == Method::get ? stranger.get(route.pattern) : stranger.post(route.pattern, "{}");
        EXPECT_EQ(answered.status, 401) << route.name();
    }
}

TEST_F(Desk, AParticipantSeesItsOwnLinesOnly) {
    const std::string own = patiently(Role::deelnemer, "/session").json().text_of("scope");
    const Json lines = patiently(Role::deelnemer, "/mine/lines?limit=500").json();
    ASSERT_NE(lines.field("items"), nullptr);
    for (const Json& line : *lines.field("items")->items()) EXPECT_EQ(line.text_of("declarant"), own);
    // Names of others in the address change nothing.
    EXPECT_EQ(as(Role::deelnemer).get("/mine?participant=08000102").json().text_of("participant"), own);
}

TEST_F(Desk, AnInsurerSeesItsOwnBundlesOnly) {
    const std::string own = as(Role::verzekeraar).get("/session").json().text_of("scope");
    const Json all = as(Role::declarant).get("/claims?limit=500").json();
    for (const Json& claim : *all.field("items")->items()) {
        const std::string path = "/claims/" + claim.text_of("declarant") + "/" + claim.text_of("reference");
        const bool is_own =
            claim.text_of("insurer") == own && claim.text_of("kind").starts_with("integrated");
        EXPECT_EQ(as(Role::verzekeraar).get(path).status, is_own ? 200 : 404) << path;
    }
    for (const char* other : {"?insurer=9201", "?kind=forwarded", "?declarant=08000101"}) {
        const Json found = as(Role::verzekeraar).get(std::string("/claims") + other).json();
        for (const Json& claim : *found.field("items")->items()) {
            EXPECT_EQ(claim.text_of("insurer"), own);
            EXPECT_EQ(claim.text_of("declarant"), "53000001");
        }
    }
}

TEST_F(Desk, APersonalFactIsShownOneAtATimeWithAReasonAndLogged) {
    const std::string woman =
        as(Role::declarant).get("/women?limit=1").json().field("items")->items()->front().text_of("id");
    const std::string path = "/women/" + woman + "/reveal";
    EXPECT_EQ(as(Role::declarant).post(path, R"({"field":"bsn"})").status, 422) << "no reason";
    const char* asked = R"({"field":"bsn","reason":"navraag verzekeraar"})";
    const Json shown = as(Role::declarant).post(path, asked, "toon-1").json();
    EXPECT_EQ(as(Role::declarant).post(path, asked, "toon-1").status, 409) << "said once, and kept nowhere";
    EXPECT_EQ(as(Role::declarant).post(path, R"({"field":"bsn","reason":"          "})").status, 422);
    const std::string bsn = shown.text_of("value");
    ASSERT_EQ(bsn.size(), 9U);
    const Answered log = as(Role::beheerder).get("/audit?event=reveal&limit=500");
    EXPECT_NE(log.body.find("navraag verzekeraar"), std::string::npos);
    EXPECT_EQ(log.body.find(bsn), std::string::npos);
    EXPECT_TRUE(*log.json().field("chain_whole")->boolean());
    // Not on any page that was not asked for it.
    EXPECT_EQ(as(Role::declarant).get("/women/" + woman).body.find(bsn), std::string::npos);
    const Json messages = as(Role::declarant).get("/messages?limit=500").json();
    for (const Json& message : *messages.field("items")->items())
        EXPECT_EQ(as(Role::declarant).get("/messages/" + message.text_of("id") + "?limit=500").body.find(bsn),
                  std::string::npos);
}

TEST_F(Desk, AWriteNeedsItsProofAndIsCarriedOutOnce) {
    Visitor& admin = as(Role::beheerder);
    const std::string body = R"({"name":"eenmaal","role":"controller","scope":""})";
    EXPECT_EQ(admin.post("/people", body, std::string(65, 'x')).status, 400) << "a key that is too long";
    const Answered first = admin.post("/people", body, "sleutel-1");
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(admin.post("/people", body, "sleutel-1").status, 409) << "its answer is said once";
    EXPECT_EQ(admin.post("/people", body, "sleutel-2").status, 409) << "there is one of that name";
    EXPECT_EQ(admin.post("/people/eenmaal", R"({"active":false})", "sleutel-1").status, 409)
        << "another write";
    EXPECT_EQ(admin.post("/people/eenmaal", R"({"active":false})", "sleutel-3").status, 200);
    EXPECT_EQ(admin.post("/people/eenmaal", R"({"active":false})", "sleutel-3").status, 200)
        << "the kept answer";
    const std::string proof = admin.csrf;
    admin.csrf = "anders";
    EXPECT_EQ(admin.post("/people/eenmaal", R"({"active":true})").status, 403);
    admin.csrf = proof;
}

TEST_F(Desk, WhoResetsHisOwnPasswordWouldLockHimselfOut) {
    EXPECT_EQ(as(Role::beheerder).post("/people/beheerder/password", "{}").status, 422);
    EXPECT_EQ(as(Role::beheerder).get("/people").status, 200);
}

TEST_F(Desk, AReferenceWithASlashIsFoundAndLogged) {
    const Json claim = as(Role::declarant).get("/claims?search=Z").json().field("items")->items()->front();
    const std::string path = "/claims/" + claim.text_of("declarant") + "/Z%2F1";
    EXPECT_EQ(as(Role::declarant).get(path).json().text_of("reference"), "Z/1");
    EXPECT_EQ(as(Role::declarant).get("/claims/" + claim.text_of("declarant") + "/Z%2F2").status, 404);
    EXPECT_NE(as(Role::beheerder).get("/audit?event=view_claim&limit=500").body.find("/Z/1"),
              std::string::npos)
        << "the log says which";
}

TEST_F(Desk, AParticipantLeavesKeysOfOthersAlone) {
    const std::string header = "sleutel;versie;vervallen;bsn;praktijk;patientnummer;begin;a_terme\n";
    const auto row = [&](const char* key, const char* withdrawn, const char* practice) {
        return header + key + ";2;" + withdrawn + ";900027009;" + practice + ";P1;2017-03-20;2017-11-10\n";
    };
    const std::string own = as(Role::deelnemer).get("/session").json().text_of("scope");
    ASSERT_EQ(own, "08000101");
    const auto brings = [&](Role role, const std::string& body) {
        return as(role).post("/messages?name=" + std::string(word(role)) + ".csv", body).status;
    };
    EXPECT_EQ(brings(Role::declarant, row("van-maan", "", "08000102")), 200);
    EXPECT_EQ(brings(Role::deelnemer, row("van-ster", "", "08000101")), 200);
    EXPECT_EQ(brings(Role::deelnemer, row("van-maan", "ja", "08000101")), 422);
    EXPECT_EQ(brings(Role::deelnemer, row("van-ster", "ja", "08000101")), 200) << "its own may go";
}

TEST_F(Desk, AnExportIsLoggedAndALargeBodyIsForWhoMayBringFiles) {
    EXPECT_EQ(as(Role::controller).get("/claims?format=csv").status, 200);
    EXPECT_NE(as(Role::beheerder).get("/audit?event=export").body.find("/claims"), std::string::npos);
    const std::string large(200'000, 'x');
    EXPECT_EQ(as(Role::declarant).post("/messages?name=x.csv", large).status, 200);
    Visitor stranger(desk_->port());
    EXPECT_EQ(stranger.post("/messages?name=x.csv", large).status, 413);
    EXPECT_EQ(as(Role::controller).post("/messages?name=x.csv", large).status, 413);
}

TEST_F(Desk, TooManyWrongPasswordsMustWait) {
    Visitor visitor(desk_->port());
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(visitor.post("/session", R"({"name":"niemand","password":"mis"})").status, 401);
    const Answered answered = visitor.post("/session", R"({"name":"niemand","password":"mis"})");
    EXPECT_EQ(answered.status, 429);
    EXPECT_TRUE(answered.headers.contains("retry-after"));
}

TEST_F(Desk, TheCookieIsOutOfReachOfScripts) {
    const Answered answered =
        as(Role::onderzoeker).post("/session", R"({"name":"onderzoeker","password":"een-eigen-geheim"})");
    ASSERT_EQ(answered.status, 200);
    const std::string& cookie = answered.headers.at("set-cookie");
    EXPECT_NE(cookie.find("HttpOnly"), std::string::npos);
    EXPECT_NE(cookie.find("SameSite=Strict"), std::string::npos);
    as(Role::onderzoeker).csrf = answered.json().text_of("csrf");
}

TEST_F(Desk, WhatAnswersIsWhatItSays) {
    std::ifstream file(std::string(BUNDEL_SOURCE_DIR) + "/src/server/openapi.yaml");
    const std::string written((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    EXPECT_EQ(server::openapi(), written) << "bundel serve --openapi > src/server/openapi.yaml";
}

// ---- Who means no good ----

struct Abuse {
    const char* what;
    std::string bytes;
    int status;  // 0: cut without an answer
};

TEST_F(Desk, RequestsThatCouldMeanTwoThingsAreRefused) {
    const std::string get = "GET /api/v1/session HTTP/1.1\r\nHost: a\r\n";
    const std::string post = "POST /api/v1/session HTTP/1.1\r\nHost: a\r\n";
    const Abuse cases[] = {
        {"two lengths", post + "Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}", 400},
        {"length and chunks", post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"another encoding", post + "Transfer-Encoding: gzip\r\n\r\n{}", 400},
        {"a length that is none", post + "Content-Length: -1\r\n\r\n{}", 400},
        {"dots", "GET /api/v1/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"encoded dots", "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"NUL", "GET /api/v1/session%00.html HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"backslash", "GET /api/v1\\session HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"empty segments", "GET /api//v1/session HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"another method", "TRACE /api/v1/session HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"too large, said", post + "Content-Length: 70000\r\n\r\n", 413},
        {"a sound one", get + "\r\n", 401},
    };
    for (const Abuse& abuse : cases) {
        Line line(desk_->port());
        ASSERT_TRUE(line.say(abuse.bytes));
        EXPECT_EQ(line.hear().status, abuse.status) << abuse.what;
    }
}

TEST_F(Desk, WhatDoesNotEndIsCut) {
    {
        Line line(desk_->port());
        line.say("GET /api/v1/session HTTP/1.1\r\nHost: a\r\n");
        bool is_open = true;
        for (int i = 0; i < 2000 && is_open; ++i)
            is_open = line.say("X-Meer: " + std::string(1000, 'x') + "\r\n");
        EXPECT_FALSE(is_open && line.hear().status == 0) << "two megabytes of headers were taken";
    }
    {
        Line line(desk_->port());
        line.say("POST /api/v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
        bool is_open = true;
        for (int i = 0; i < 4000 && is_open; ++i)
            is_open = line.say("400\r\n" + std::string(1024, 'x') + "\r\n");
        EXPECT_NE(line.hear().status, 200);
    }
    EXPECT_EQ(as(Role::declarant).get("/today").status, 200);
}

TEST_F(Desk, ManyThatSayNothingKeepNobodyOut) {
    std::vector<Line> silent;
    for (int i = 0; i < 300; ++i) {
        silent.emplace_back(desk_->port());
        silent.back().say("GET /api/v1/session HT");
    }
    // Beyond the limit a new one waits until the silent ones are cut.
    int status = 0;
    for (int i = 0; i < 40 && status != 200; ++i) {
        status = as(Role::declarant).get("/today").status;
        if (status != 200) std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    EXPECT_EQ(status, 200);
}

// Requests made of the description of the API and of nonsense: nothing breaks, and nobody sees a BSN.
TEST_F(Desk, AnyRequestIsAnsweredAndShowsNoBsn) {
    const std::string woman =
        as(Role::declarant).get("/women?limit=1").json().field("items")->items()->front().text_of("id");
    const std::string path = "/women/" + woman + "/reveal";
    const std::string bsn =
        as(Role::declarant).post(path, R"({"field":"bsn","reason":"voor de proef"})").json().text_of("value");
    ASSERT_EQ(bsn.size(), 9U);
    const std::string ids[] = {woman,
                               "08000101",
                               "53000001",
                               "9101",
                               "BD0000000001",
                               "2017",
                               "disposition",
                               "%00",
                               "..%2f..",
                               "x'; DROP TABLE claim; --",
                               "\xc3\x28",
                               std::string(900, 'a'),
                               "0",
                               "-1"};
    std::mt19937_64 chance(seed());
    const auto any = [&](const auto& of) { return of[chance() % std::size(of)]; };
    const auto escaped = [](const std::string& text) {
        std::string out;
        for (const char c : text) {
            const bool is_plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '%' || c == '-';
            out += is_plain ? std::string(1, c) : "%" + server::hex_of(std::string(1, c));
        }
        return out;
    };
    const auto& routes = server::routes();
    for (std::size_t i = 0; i < cases(2000); ++i) {
        const Route& route = routes[chance() % routes.size()];
        if (route.asks == server::Asks::nothing || route.method == Method::remove) continue;
        if (route.event != nullptr && std::string_view(route.event) == "change_password") continue;
        const Role role = any(server::all_roles);
        std::string asked;
        for (const std::string_view part : base::split(std::string_view(route.pattern).substr(1), '/'))
            asked += "/" + (part.starts_with('{') ? escaped(any(ids)) : std::string(part));
        std::string query;
        for (const char* name : {"offset", "limit", "sort", "code", "state", "insurer", "search", "a", "b",
                                 "period", "name", "woman", "account"}) {
            if (chance() % 6 == 0)
                query += (query.empty() ? "?" : "&") + std::string(name) + "=" + escaped(any(ids));
        }
        const std::string bodies[] = {"",
                                      "{}",
                                      "[]",
                                      "{",
                                      R"({"verdict":"akkoord","reason":"x","text":"08000101/V03"})",
                                      R"({"name":7,"role":[],"active":"ja"})",
                                      std::string(2000, '[')};
        const Answered answered = route.method == Method::get ? as(role).get(asked + query)
                                                              : as(role).post(asked + query, any(bodies));
        ASSERT_TRUE(answered.status >= 200 && answered.status < 500)
            << word(role) << " " << route.name() << " " << asked << query << " " << answered.body;
        ASSERT_EQ(answered.body.find(bsn), std::string::npos) << word(role) << " " << asked << query;
    }
}

// ---- When it dies ----

// bundel serve as a process of its own; the port that it says it has.
struct Program {
    pid_t process = -1;
    std::uint16_t port = 0;
    std::map<std::string, std::string> passwords;

    explicit Program(const std::string& data) {
        int ends[2];
        if (::pipe(ends) != 0) std::abort();
        process = ::fork();
        if (process == 0) {
            ::dup2(ends[1], STDOUT_FILENO);
            ::close(ends[0]);
            ::execl(BUNDEL_PROGRAM, BUNDEL_PROGRAM, "serve", "--data", data.c_str(), "--listen",
                    "127.0.0.1:0", "--as-of", "2018-06-01", nullptr);
            ::_exit(127);
        }
        ::close(ends[1]);
        std::string said;
        char block[512];
        while (said.find("http://") == std::string::npos || said.back() != '\n') {
            const ssize_t got = ::read(ends[0], block, sizeof block);
            if (got <= 0) break;
            said.append(block, static_cast<std::size_t>(got));
        }
        ::close(ends[0]);
        for (const std::string_view line : base::split(said, '\n')) {
            const auto comma = line.find(',');
            if (line.starts_with("Account ") && comma != std::string_view::npos)
                passwords[std::string(line.substr(8, comma - 8))] =
                    std::string(line.substr(line.rfind(' ') + 1));
        }
        const auto at = said.find("127.0.0.1:");
        if (at != std::string::npos) port = static_cast<std::uint16_t>(std::atoi(said.c_str() + at + 10));
    }
    void kill() {
        ::kill(process, SIGKILL);
        int status = 0;
        ::waitpid(process, &status, 0);
        process = -1;
    }
    ~Program() {
        if (process > 0) kill();
    }
};

std::string enrolment(int number) {
    return "sleutel;praktijk;patientnummer;begin;a_terme\nk-" + std::to_string(number) + ";08000101;K" +
           std::to_string(number) + ";2018-01-05;2018-08-20\n";
}

TEST(DeskStop, AKilledServerKeptEveryWriteThatItAnswered) {
    const OwnFolder folder("bureau-stop");
    const std::string data = (folder.path / "data").string();
    must(store::create_workspace(data, "53000001", false));
    std::string password;
    std::vector<std::string> kept;
    int written = 0;
    for (const int lived : {3, 11, 17, 19}) {  // fifty writes over four lives
        Program program(data);
        ASSERT_NE(program.port, 0);
        if (password.empty()) password = program.passwords["declarant"];
        Visitor visitor(program.port);
        ASSERT_EQ(visitor.log_in("declarant", password).status, 200);
        password = own_password;
        // Others look all the while, and the blow falls while a write is under way.
        std::atomic<bool> is_over{false};
        std::thread looking([&] {
            Visitor other = visitor;
            while (!is_over) static_cast<void>(other.get("/messages"));
        });
        for (int i = 0; i < lived; ++i) {
            const Answered answered =
                visitor.post("/messages?name=k" + std::to_string(written) + ".csv", enrolment(written));
            ++written;
            ASSERT_EQ(answered.status, 200) << answered.body;
            ASSERT_FALSE(*answered.json().field("refused")->boolean()) << answered.body;
            kept.push_back(answered.json().text_of("id"));
        }
        std::thread last([&] {
            Visitor other = visitor;
            static_cast<void>(other.post("/messages?name=laatste.csv", enrolment(1000 + written)));
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
        program.kill();
        is_over = true;
        looking.join();
        last.join();
    }
    Program program(data);
    Visitor visitor(program.port);
    ASSERT_EQ(visitor.log_in("declarant", own_password).status, 200);
    EXPECT_EQ(kept.size(), 50U);
    for (const std::string& id : kept) EXPECT_EQ(visitor.get("/messages/" + id).status, 200) << id;
}

}  // namespace
}  // namespace bundel::testing
