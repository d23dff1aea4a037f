#include "cli/serve.h"

#include <csignal>
#include <cstdio>

#include "cli/days.h"
#include "server/server.h"

namespace bundel::cli {
using base::Result;

namespace {

// Every thread that is made after this leaves these to sigwait().
sigset_t stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int one : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, one);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

std::string address_of(const server::Listen& listen, std::uint16_t port) {
    const bool is_v6 = listen.address.find(':') != std::string::npos;
    return "http://" + (is_v6 ? "[" + listen.address + "]" : listen.address) + ":" + std::to_string(port) +
           "/";
}

Result<server::Serving> asked(const Arguments& arguments) {
    server::Serving serving;
    serving.data = arguments.data;
    if (!arguments.listen.empty()) {
        BUNDEL_TRY(listen, server::parse_listen(arguments.listen));
        serving.listen = listen;
    }
    if (arguments.as_of) {
        BUNDEL_TRY(day, day_or_today(arguments.as_of));
        serving.as_of = day;
    }
    return serving;
}

void tell(const server::Server& desk, const server::Listen& listen) {
    for (const auto& account : desk.first_accounts())
        print(texts().sentence("serve_first_account",
                               {{"name", account.name}, {"password", account.password}}) +
              "\n");
    print(texts().sentence("serve_listening", {{"address", address_of(listen, desk.port())}}) + "\n");
    std::fflush(stdout);
}

}  // namespace

Exit serve(const Arguments& arguments) {
    if (arguments.openapi) {
        print(server::openapi());
        return Exit::done;
    }
    const auto serving = asked(arguments);
    if (!serving.ok()) {
        fail(serving.error());
        return Exit::usage;
    }
    const sigset_t signals = stop_signals();
    const auto desk = server::Server::start(*serving);
    if (!desk.ok()) return fail(desk.error());
    tell(**desk, serving->listen);
    int signal = 0;
    sigwait(&signals, &signal);
    print(texts().sentence("serve_stopped") + "\n");
    return Exit::done;
}

}  // namespace bundel::cli
