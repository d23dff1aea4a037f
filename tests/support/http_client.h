// A client for tests of the desk: well-behaved by default, and raw bytes where it should not be.
#pragma once

#include <map>
#include <string>

#include "server/json.h"

namespace bundel::testing {

struct Answered {
    int status = 0;                              // 0: the line was cut without an answer
    std::map<std::string, std::string> headers;  // names in lower case; of Set-Cookie the last
    std::string body;
    server::Json json() const;  // null when it is no JSON
};

// An open line to the server.
class Line {
public:
    explicit Line(std::uint16_t port);
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    Line(Line&& other) noexcept;
    ~Line();
    bool say(const std::string& bytes);  // false: the other end is gone
    Answered hear();                     // one answer, or until the line is cut

private:
    int socket_;
};

// Somebody with a browser: keeps the cookie and the proof against forgery.
class Visitor {
public:
    explicit Visitor(std::uint16_t port) : port_(port) {}
    Answered get(const std::string& path);
    // `key` is the idempotency key; empty: a fresh one.
    Answered post(const std::string& path, const std::string& body, const std::string& key = {});
    // Also changes the one-time password when asked to.
    Answered log_in(const std::string& name, const std::string& password);
    std::string csrf;
    std::string cookie;

private:
    Answered ask(const std::string& method, const std::string& path, const std::string& body,
                 const std::string& key);
    std::uint16_t port_;
};

inline constexpr const char* own_password = "een-eigen-geheim";

}  // namespace bundel::testing
