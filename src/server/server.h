// The desk: server and web application on one data directory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/http.h"
#include "server/office.h"
#include "server/router.h"

namespace bundel::server {

struct Serving {
    std::string data;
    Listen listen;
    std::optional<values::Date> as_of;  // in place of the day of today
    int watch_seconds = 10;             // how often the watched folders are looked at; 0: never
};

// An account that the first start made, with the password that is said this once.
struct FirstAccount {
    std::string name;
    std::string role;
    std::string password;
};

class Server {
public:
    // Answers until it goes. Errors: those of Workspace::open and HttpServer::start.
    static base::Result<std::unique_ptr<Server>> start(const Serving& serving);
    std::uint16_t port() const { return http_->port(); }
    // Made by this start: of a directory that never served before. A live one gets only `beheerder`; an
    // example one an account of every role, so that there is something to look at.
    const std::vector<FirstAccount>& first_accounts() const { return first_; }
    std::set<std::string> unlisted() { return router_->unlisted(); }  // of the router

private:
    Server() = default;
    base::Result<base::Done> make_first_accounts();

    std::unique_ptr<Office> office_;
    std::unique_ptr<Router> router_;
    std::unique_ptr<HttpServer> http_;  // last: it stops before what it asks goes
    std::vector<FirstAccount> first_;
};

}  // namespace bundel::server
