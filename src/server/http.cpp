#include "server/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cstring>

#include "base/text.h"
#include "texts/texts.h"

namespace bundel::server {
using base::Error;
using base::Result;

namespace {

const texts::Texts& dutch() {
    return texts::Texts::dutch();
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::string found_in(const std::map<std::string, std::string>& values, const std::string& name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
}

}  // namespace

const char* word(Method method) {
    static constexpr const char* words[] = {"GET", "POST", "DELETE"};
    return words[static_cast<std::size_t>(method)];
}

std::string Request::header(const std::string& name) const {
    return found_in(headers, name);
}

std::string Request::parameter(const std::string& name) const {
    return found_in(query, name);
}

std::string Request::cookie(const std::string& name) const {
    const std::string cookies = header("cookie");
    for (const std::string_view part : base::split(cookies, ';')) {
        const std::string_view pair = base::trim(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
    }
    return "";
}

Response answer(int status, const Json& json) {
    return {status, "application/json", json.text(), {}};
}

Response problem(int status, const Error& error) {
    const Json json{{"type", "about:blank"},
                    {"title", dutch().sentence("problem_" + std::to_string(status))},
                    {"status", status},
                    {"detail", dutch().sentence(error.code, error.params)},
                    {"code", error.code}};
    return {status, "application/problem+json", json.text(), {}};
}

Result<Listen> parse_listen(std::string_view text) {
    const Error wrong{"listen_syntax", {{"text", std::string(text)}}};
    Listen listen;
    const auto colon = text.rfind(':');
    std::string_view port = text;
    if (colon != std::string_view::npos) {
        std::string_view address = text.substr(0, colon);
        port = text.substr(colon + 1);
        if (address.starts_with('[') && address.ends_with(']'))
            address = address.substr(1, address.size() - 2);
        else if (address.find(':') != std::string_view::npos)
            return wrong;
        if (!address.empty()) listen.address = std::string(address);
    }
    const auto number = base::parse_digits(port, 65535);
    if (!number) return wrong;
    listen.port = static_cast<std::uint16_t>(*number);
    std::array<unsigned char, 16> ignored{};
    const bool is_address = inet_pton(AF_INET, listen.address.c_str(), ignored.data()) == 1 ||
                            inet_pton(AF_INET6, listen.address.c_str(), ignored.data()) == 1;
    return is_address ? Result<Listen>(listen) : wrong;
}

// ---- The library ----

struct HttpServer::State {
    Limits limits;
    Answer answer;
    MHD_Daemon* daemon = nullptr;
    std::uint16_t port = 0;
};

namespace {

// One request on its way in.
struct Incoming {
    Request request;
    std::size_t body_max = 0;
    int refused = 0;  // the status that it gets, whatever follows
    std::string why;
};

MHD_Result collect(void* into, MHD_ValueKind, const char* name, const char* value) {
    auto& values = *static_cast<std::map<std::string, std::string>*>(into);
    values.emplace(name, value == nullptr ? "" : value);
    return MHD_YES;
}

struct Framing {
    int lengths = 0;
    int encodings = 0;
    bool only_chunked = true;
    std::string length;
};

MHD_Result collect_header(void* into, MHD_ValueKind, const char* name, const char* value) {
    auto& [headers, framing] = *static_cast<std::pair<std::map<std::string, std::string>, Framing>*>(into);
    const std::string key = lower(name);
    const std::string text = value == nullptr ? "" : value;
    if (key == "content-length") {
        ++framing.lengths;
        framing.length = text;
    }
    if (key == "transfer-encoding") {
        ++framing.encodings;
        framing.only_chunked = framing.only_chunked && lower(text) == "chunked";
    }
    headers.emplace(key, text);
    return MHD_YES;
}

bool is_plain_path(std::string_view path) {
    if (!path.starts_with('/') || path.size() > 1024) return false;
    if (path == "/") return true;
    for (const std::string_view part : base::split(path.substr(1), '/')) {
        if (part.empty() || part == "." || part == "..") return false;
        for (const char c : part) {
            if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
        }
    }
    return true;
}

// NUL would end the text before its end: it is kept as a control character, which no path may have.
std::size_t unescape(void*, MHD_Connection*, char* text) {
    for (char* at = text; (at = std::strstr(at, "%00")) != nullptr; ++at) at[2] = '1';
    return MHD_http_unescape(text);
}

std::string peer_of(MHD_Connection* connection) {
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == nullptr || info->client_addr == nullptr) return "";
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (info->client_addr->sa_family == AF_INET) {
        sockaddr_in address{};
        std::memcpy(&address, info->client_addr, sizeof address);
        inet_ntop(AF_INET, &address.sin_addr, text.data(), text.size());
    } else if (info->client_addr->sa_family == AF_INET6) {
        sockaddr_in6 address{};
        std::memcpy(&address, info->client_addr, sizeof address);
        inet_ntop(AF_INET6, &address.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

MHD_Result send(MHD_Connection* connection, const Response& response, bool cut) {
    // MUST_COPY never changes what it is given.
    MHD_Response* out = MHD_create_response_from_buffer(
        response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_MUST_COPY);
    if (out == nullptr) return MHD_NO;
    MHD_add_response_header(out, "Content-Type", response.type.c_str());
    for (const auto& [name, value] : response.headers)
        MHD_add_response_header(out, name.c_str(), value.c_str());
    if (cut) MHD_add_response_header(out, "Connection", "close");
    const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(response.status), out);
    MHD_destroy_response(out);
    return queued;
}

bool parse_method(std::string_view text, Method& method) {
    for (const Method one : {Method::get, Method::post, Method::remove}) {
        if (text == word(one)) {
            method = one;
            return true;
        }
    }
    return false;
}

void refuse(Incoming& incoming, int status, const char* why) {
    if (incoming.refused != 0) return;
    incoming.refused = status;
    incoming.why = why;
}

// What can be told before the body.
void open_request(MHD_Connection* connection, const Limits& limits, const char* url, const char* method,
                  Incoming& incoming) {
    Request& request = incoming.request;
    std::pair<std::map<std::string, std::string>, Framing> seen;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, collect_header, &seen);
    MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, collect, &request.query);
    request.headers = std::move(seen.first);
    request.path = url;
    request.peer = peer_of(connection);
    const Framing& framing = seen.second;
    if (framing.lengths + framing.encodings > 1 || !framing.only_chunked)
        refuse(incoming, 400, "request_two_lengths");
    if (!is_plain_path(request.path)) refuse(incoming, 400, "request_path");
    if (!parse_method(method, request.method)) refuse(incoming, 405, "request_method");
    incoming.body_max = limits.body_bytes(request);
    if (framing.lengths == 1) {
        const auto length = base::parse_digits(framing.length);
        if (!length) refuse(incoming, 400, "request_two_lengths");
        if (length && static_cast<std::uint64_t>(*length) > incoming.body_max)
            refuse(incoming, 413, "request_too_large");
    }
}

MHD_Result on_request(void* into, MHD_Connection* connection, const char* url, const char* method,
                      const char*, const char* body, std::size_t* size, void** held) {
    const auto& state = *static_cast<const HttpServer::State*>(into);
    auto* incoming = static_cast<Incoming*>(*held);
    if (incoming == nullptr) {
        incoming = new Incoming;  // freed by on_end, which the library calls once for each request
        *held = incoming;
        open_request(connection, state.limits, url, method, *incoming);
        if (incoming->refused == 0) return MHD_YES;
        return send(connection, problem(incoming->refused, Error{incoming->why}), true);
    }
    if (*size != 0) {
        if (incoming->request.body.size() + *size > incoming->body_max) return MHD_NO;
        incoming->request.body.append(body, *size);
        *size = 0;
        return MHD_YES;
    }
    return send(connection, state.answer(incoming->request), false);
}

void on_end(void*, MHD_Connection*, void** held, MHD_RequestTerminationCode) {
    delete static_cast<Incoming*>(*held);
    *held = nullptr;
}

void say_nothing(void*, const char*, va_list) {}

// The address to listen at, as the system wants it.
struct Socket {
    sockaddr_storage address{};
    bool is_v6 = false;
};
Socket socket_of(const Listen& listen) {
    Socket socket;
    sockaddr_in v4{};
    sockaddr_in6 v6{};
    if (inet_pton(AF_INET, listen.address.c_str(), &v4.sin_addr) == 1) {
        v4.sin_family = AF_INET;
        v4.sin_port = htons(listen.port);
        std::memcpy(&socket.address, &v4, sizeof v4);
    } else {
        BUNDEL_ASSERT(inet_pton(AF_INET6, listen.address.c_str(), &v6.sin6_addr) == 1);
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(listen.port);
        std::memcpy(&socket.address, &v6, sizeof v6);
        socket.is_v6 = true;
    }
    return socket;
}

}  // namespace

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}

HttpServer::~HttpServer() {
    if (state_ != nullptr && state_->daemon != nullptr) MHD_stop_daemon(state_->daemon);
}

std::uint16_t HttpServer::port() const {
    return state_->port;
}

// A thread for each connection: a slow answer keeps nobody else waiting.
Result<std::unique_ptr<HttpServer>> HttpServer::start(const Listen& listen, Limits limits, Answer answer) {
    auto state = std::make_unique<State>();
    state->limits = std::move(limits);
    state->answer = std::move(answer);
    Socket socket = socket_of(listen);
    unsigned flags =
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL | MHD_USE_ERROR_LOG;
    if (socket.is_v6) flags |= MHD_USE_IPv6;
    state->daemon = MHD_start_daemon(
        flags, listen.port, nullptr, nullptr, &on_request, state.get(), MHD_OPTION_EXTERNAL_LOGGER,
        &say_nothing, nullptr, MHD_OPTION_SOCK_ADDR, &socket.address, MHD_OPTION_CONNECTION_LIMIT,
        static_cast<unsigned>(state->limits.connections), MHD_OPTION_CONNECTION_TIMEOUT,
        state->limits.silence_seconds, MHD_OPTION_CONNECTION_MEMORY_LIMIT, state->limits.header_bytes,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, &unescape, nullptr,
        MHD_OPTION_NOTIFY_COMPLETED, &on_end, nullptr, MHD_OPTION_END);
    if (state->daemon == nullptr)
        return Error{
            "listen_failed",
            {{"address", listen.address + ":" + std::to_string(listen.port)}, {"why", std::strerror(errno)}}};
    const MHD_DaemonInfo* bound = MHD_get_daemon_info(state->daemon, MHD_DAEMON_INFO_BIND_PORT);
    state->port = bound == nullptr ? listen.port : bound->port;
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

}  // namespace bundel::server
