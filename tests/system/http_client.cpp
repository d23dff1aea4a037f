#include "support/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <utility>

namespace bundel::testing {

server::Json Answered::json() const {
    auto parsed = server::Json::parse(body);
    return parsed.ok() ? std::move(*parsed) : server::Json();
}

Line::Line(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

Line::Line(Line&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}

Line::~Line() {
    if (socket_ >= 0) ::close(socket_);
}

bool Line::say(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t now = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (now <= 0) return false;
        sent += static_cast<std::size_t>(now);
    }
    return true;
}

Answered Line::hear() {
    std::string all;
    std::size_t head = std::string::npos;
    std::size_t wanted = std::string::npos;
    Answered answered;
    char block[16384];
    while (head == std::string::npos || all.size() < wanted) {
        const ssize_t got = ::recv(socket_, block, sizeof block, 0);
        if (got <= 0) break;
        all.append(block, static_cast<std::size_t>(got));
        if (head != std::string::npos) continue;
        head = all.find("\r\n\r\n");
        if (head == std::string::npos) continue;
        answered.status = std::atoi(all.c_str() + 9);
        std::size_t at = all.find("\r\n") + 2;
        while (at < head) {
            const std::size_t end = all.find("\r\n", at);
            const std::size_t colon = all.find(':', at);
            std::string name = all.substr(at, colon - at);
            for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            answered.headers[name] = all.substr(colon + 2, end - colon - 2);
            at = end + 2;
        }
        const auto length = answered.headers.find("content-length");
        wanted = head + 4 + (length == answered.headers.end() ? 0 : std::stoul(length->second));
    }
    if (head != std::string::npos) answered.body = all.substr(head + 4);
    return answered;
}

Answered Visitor::ask(const std::string& method, const std::string& path, const std::string& body,
                      const std::string& key) {
    static std::atomic<int> counter{0};
    std::string request =
        method + " /api/v1" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (!cookie.empty()) request += "Cookie: " + cookie + "\r\n";
    if (method != "GET") {
        request += "X-CSRF-Token: " + csrf +
                   "\r\nIdempotency-Key: " + (key.empty() ? "test-" + std::to_string(++counter) : key) +
                   "\r\n";
        request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    Line line(port_);
    if (!line.say(request + "\r\n" + body)) return {};
    Answered answered = line.hear();
    const auto set = answered.headers.find("set-cookie");
    if (set != answered.headers.end()) cookie = set->second.substr(0, set->second.find(';'));
    return answered;
}

Answered Visitor::get(const std::string& path) {
    return ask("GET", path, "", "");
}

Answered Visitor::post(const std::string& path, const std::string& body, const std::string& key) {
    return ask("POST", path, body, key);
}

Answered Visitor::log_in(const std::string& name, const std::string& password) {
    const auto words = [](const std::string& a, const std::string& b, const std::string& c,
                          const std::string& d) {
        return server::Json{{a, b}, {c, d}}.text();
    };
    Answered answered = post("/session", words("name", name, "password", password));
    csrf = answered.json().text_of("csrf");
    const server::Json session = answered.json();
    const server::Json* must = session.field("must_change_password");
    if (answered.status != 200 || must == nullptr || must->boolean() == nullptr || !*must->boolean())
        return answered;
    answered = post("/session/password", words("old", password, "new", own_password));
    csrf = answered.json().text_of("csrf");
    return answered;
}

}  // namespace bundel::testing
