// HTTP as the desk needs it: one request in, one answer out.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "server/json.h"

namespace bundel::server {

enum class Method : std::uint8_t { get, post, remove };
const char* word(Method method);  // "GET", "POST", "DELETE"

struct Request {
    Method method = Method::get;
    std::string path;  // decoded, begins with '/', without '.', '..' or empty segments
    std::map<std::string, std::string> query;    // decoded; of a name that comes twice the first
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;
    std::string peer;  // address of the other end

    std::string header(const std::string& name) const;     // empty: none
    std::string parameter(const std::string& name) const;  // of the query; empty: none
    std::string cookie(const std::string& name) const;
};

struct Response {
    int status = 200;
    std::string type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
};

Response answer(int status, const Json& json);
// Problem details (RFC 9457) with the Dutch sentences of the code: title "problem_" + status, detail the
// sentence of the error.
Response problem(int status, const base::Error& error);

using Answer = std::function<Response(const Request&)>;

struct Listen {
    std::string address = "127.0.0.1";  // IPv4, or IPv6 without brackets
    std::uint16_t port = 8080;          // 0: any that is free
};
// "127.0.0.1:8080", "[::1]:8080", ":8080" or "8080" (loopback). Error: listen_syntax{text}.
base::Result<Listen> parse_listen(std::string_view text);

// What the other end may send before it is cut off.
struct Limits {
    std::size_t connections = 256;
    unsigned silence_seconds = 15;
    std::size_t header_bytes = 32 * 1024;
    // Of a request of which the headers came: the most bytes of its body. A larger one gets 413 when it says
    // so, else the line is cut.
    std::function<std::size_t(const Request& request)> body_bytes;
};

// Answers from several threads until it goes. Requests that could mean two things to two readers (two
// lengths, a length and chunks, other encodings, NUL or dots in a path) get 400 and the line is cut.
class HttpServer {
public:
    // Errors: listen_failed{address, why}.
    static base::Result<std::unique_ptr<HttpServer>> start(const Listen& listen, Limits limits,
                                                           Answer answer);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();
    std::uint16_t port() const;

    struct State;  // of http.cpp

private:
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bundel::server
