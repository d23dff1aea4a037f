// What the desk keeps of its own, in a file beside the store: who may log in, what they did, and what was
// answered to a write that may be asked again. Texts that people type are sealed.
//
// The log of what was done is a chain: each event names the digest of the one before, and neither SQL nor
// this program changes or removes one.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/result.h"
#include "store/crypto.h"
#include "store/pages.h"

namespace bundel::store {

struct Account {
    std::string name;   // 2..40 of a-z, 0-9, '.', '-': unique
    std::string role;   // a word of the visibility table
    std::string scope;  // deelnemer: an AGB code; verzekeraar: a UZOVI code; else empty
    bool active = true;
    bool must_change = true;   // the password is one that somebody else has seen
    std::int64_t created = 0;  // seconds since 1970, UTC
    std::int64_t last_login = 0;
};

// Who did what to whom, when, and how it ended.
struct AuditEvent {
    std::int64_t number = 0;  // given by the log: 1, 2, 3, ...
    std::int64_t at = 0;      // seconds since 1970, UTC
    std::string actor;        // the account; empty: nobody was logged in
    std::string role;
    std::string event;   // "view_woman", "reveal", "login", ...: a code of the text table "audit_" + event
    std::string object;  // what it was about: a path of the API, never a personal value
    values::PersonId woman;
    std::string reason;  // as typed
    bool done = true;    // false: refused or failed
    base::Digest link;   // given by the log
};

struct AuditFilter {
    std::string actor;
    std::string event;
    values::PersonId woman;
};

// An answer that was given to a write, for when the same write comes again.
struct KeptReply {
    base::Digest request;  // of what was asked
    int status = 0;
    std::string body;
};

// Safe to use from several threads.
class Desk {
public:
    // Errors: as of open_store().
    static base::Result<std::unique_ptr<Desk>> open(const std::string& path, const Key& key);
    ~Desk();

    base::Result<std::vector<Account>> accounts();  // by name
    base::Result<std::optional<Account>> account(const std::string& name);
    // Errors: account_exists{name}.
    base::Result<base::Done> add_account(const Account& account, const std::string& password_hash);
    base::Result<std::string> password_hash(const std::string& name);  // empty: nobody of that name
    // Errors of these: account_unknown{name}.
    base::Result<base::Done> set_password(const std::string& name, const std::string& hash, bool must_change);
    base::Result<base::Done> set_active(const std::string& name, bool active);
    base::Result<base::Done> note_login(const std::string& name, std::int64_t at);

    // On disk when it returns.
    base::Result<base::Done> log(AuditEvent event);
    base::Result<Paged<AuditEvent>> events(const AuditFilter& filter, const Page& page);
    // From the first event on when it is asked first, then what was added since.
    base::Result<bool> chain_is_whole();

    base::Result<std::optional<KeptReply>> reply(const base::Digest& key);
    base::Result<base::Done> keep_reply(const base::Digest& key, const KeptReply& reply, std::int64_t at);

private:
    Desk(std::unique_ptr<Database> database, const Key& key);
    AuditEvent take_event(class Statement& row) const;

    std::mutex one_at_a_time_;
    std::unique_ptr<Database> database_;
    Box box_;
    std::int64_t followed_to_ = 0;  // the chain is whole up to this event
    base::Digest followed_;         // its link
};

}  // namespace bundel::store
