// Who is logged in, and how often somebody may try. In memory: after a restart people log in again. Safe to
// use from several threads.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/visibility.h"
#include "store/desk.h"

namespace bundel::server {

struct Session {
    store::Account account;
    Role role = Role::onderzoeker;
    std::string csrf;
    std::int64_t opened = 0;
    std::int64_t last_seen = 0;
};

class Sessions {
public:
    static constexpr std::int64_t idle_seconds = 30 * 60;
    static constexpr std::int64_t longest_seconds = 12 * 3600;

    struct Opened {
        std::string token;  // for the cookie; only its hash is kept
        Session session;
    };
    Opened open(const store::Account& account, Role role, std::int64_t now);
    std::optional<Session> find(const std::string& token, std::int64_t now);  // and notes that it was seen
    void close(const std::string& token);
    void close_all_of(const std::string& name);

private:
    std::mutex guard_;
    std::map<base::Digest, Session> by_token_;
};

// After five wrong passwords for a name, or thirty from an address, within a quarter of an hour: wait.
class LoginGuard {
public:
    // Seconds to wait; 0: try.
    std::int64_t wait(const std::string& name, const std::string& peer, std::int64_t now);
    // Counts before the password is looked at: many at once are as many tries.
    void tries(const std::string& name, const std::string& peer, std::int64_t now);
    void succeeded(const std::string& name, const std::string& peer);

private:
    struct Tries {
        int count = 0;
        std::int64_t first = 0;
    };
    std::int64_t wait_of(const std::string& key, int most, std::int64_t now);
    void note(const std::string& key, std::int64_t now);

    std::mutex guard_;
    std::map<std::string, Tries> tries_;
};

std::string hex_of(std::string_view bytes);
// Twenty characters that nobody mixes up when typing them over.
std::string one_time_password();

}  // namespace bundel::server
