#include "server/sessions.h"

#include "base/hash.h"

namespace bundel::server {

namespace {

constexpr std::int64_t window_seconds = 15 * 60;
constexpr int tries_of_name = 5;
constexpr int tries_of_peer = 30;
constexpr std::size_t remembered_most = 10'000;

}  // namespace

std::string hex_of(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto value = static_cast<unsigned char>(c);
        out.push_back(digits[value >> 4]);
        out.push_back(digits[value & 15]);
    }
    return out;
}

std::string one_time_password() {
    constexpr std::string_view letters = "abcdefghjkmnpqrstuvwxyz23456789";  // 31: 99 bits in twenty
    std::string out;
    while (out.size() < 20) {
        const auto value = static_cast<unsigned char>(store::random_bytes(1)[0]);
        if (value >= 248) continue;  // 8 x 31: every letter as often
        out.push_back(letters[value % letters.size()]);
    }
    return out;
}

Sessions::Opened Sessions::open(const store::Account& account, Role role, std::int64_t now) {
    const std::string token = hex_of(store::random_bytes(32));
    const std::lock_guard<std::mutex> lock(guard_);
    std::erase_if(by_token_,
                  [now](const auto& entry) { return entry.second.last_seen < now - idle_seconds; });
    const Session session{account, role, hex_of(store::random_bytes(16)), now, now};
    by_token_[base::digest(token)] = session;
    return {token, session};
}

std::optional<Session> Sessions::find(const std::string& token, std::int64_t now) {
    if (token.empty()) return std::nullopt;
    const std::lock_guard<std::mutex> lock(guard_);
    const auto found = by_token_.find(base::digest(token));
    if (found == by_token_.end()) return std::nullopt;
    Session& session = found->second;
    if (session.last_seen < now - idle_seconds || session.opened < now - longest_seconds) {
        by_token_.erase(found);
        return std::nullopt;
    }
    session.last_seen = now;
    return session;
}

void Sessions::close(const std::string& token) {
    const std::lock_guard<std::mutex> lock(guard_);
    by_token_.erase(base::digest(token));
}

void Sessions::close_all_of(const std::string& name) {
    const std::lock_guard<std::mutex> lock(guard_);
    std::erase_if(by_token_, [&](const auto& entry) { return entry.second.account.name == name; });
}

std::int64_t LoginGuard::wait_of(const std::string& key, int most, std::int64_t now) {
    const auto found = tries_.find(key);
    if (found == tries_.end() || found->second.count < most) return 0;
    const std::int64_t left = found->second.first + window_seconds - now;
    return left > 0 ? left : 0;
}

std::int64_t LoginGuard::wait(const std::string& name, const std::string& peer, std::int64_t now) {
    const std::lock_guard<std::mutex> lock(guard_);
    return std::max(wait_of("name " + name, tries_of_name, now), wait_of("peer " + peer, tries_of_peer, now));
}

void LoginGuard::note(const std::string& key, std::int64_t now) {
    Tries& tries = tries_[key];
    if (tries.count == 0 || tries.first + window_seconds <= now) tries = {0, now};
    ++tries.count;
}

void LoginGuard::tries(const std::string& name, const std::string& peer, std::int64_t now) {
    const std::lock_guard<std::mutex> lock(guard_);
    if (tries_.size() > remembered_most)
        std::erase_if(tries_,
                      [now](const auto& entry) { return entry.second.first + window_seconds <= now; });
    if (tries_.size() > remembered_most) tries_.clear();
    note("name " + name, now);
    note("peer " + peer, now);
}

void LoginGuard::succeeded(const std::string& name, const std::string& peer) {
    const std::lock_guard<std::mutex> lock(guard_);
    tries_.erase("name " + name);
    const auto of_peer = tries_.find("peer " + peer);
    if (of_peer != tries_.end() && of_peer->second.count > 0) --of_peer->second.count;
}

}  // namespace bundel::server
