// The desk at work: the open data directory, one that writes, several that look, and what takes longer than
// a page may.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/judgements.h"
#include "server/own_files.h"
#include "server/sessions.h"
#include "store/folders.h"
#include "store/workspace.h"
#include "wire/elements.h"

namespace bundel::server {

// The outcome of the last run, in sentences.
struct RunReport {
    bool busy = false;
    std::int64_t started = 0, ended = 0;  // seconds since 1970, UTC; 0: never
    std::vector<std::string> lines;
    std::vector<std::string> refusals;
};

// A file that a watched folder brought.
struct WatchedFile {
    std::string name;
    values::Date day;
    store::Taken outcome = store::Taken::yes;
    std::vector<std::string> findings;
};

class Office {
public:
    // `as_of` in place of the day of today, for examples and tests. Errors: those of Workspace::open.
    static base::Result<std::unique_ptr<Office>> open(const std::string& data,
                                                      std::optional<values::Date> as_of);
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;
    ~Office();

    values::Date today() const;
    std::int64_t now() const;  // seconds since 1970, UTC
    const std::string& folder() const { return workspace_->folder(); }
    const rulebook::Rulebook& rulebook() const { return workspace_->world().rulebook; }
    const wire::Elements& elements() const { return *elements_; }
    const std::map<std::string, std::string>& rulebook_files() const { return rulebook_files_; }
    const OwnFiles& own() const { return own_; }
    const engine::Settings& settings() const { return workspace_->world().settings; }
    store::Desk& desk() { return *desk_; }
    Judgements& judgements() { return judgements_; }
    Sessions& sessions() { return sessions_; }
    LoginGuard& login_guard() { return login_guard_; }

    // At one moment of the data, on the thread of the caller.
    using Look = std::function<base::Result<Json>(store::View&)>;
    base::Result<Json> look(const Look& look);
    // One at a time; what looks sees it when it is done. Error: desk_busy (somebody else has been writing for
    // ten seconds: a long run).
    using Change = std::function<base::Result<Json>(engine::World&)>;
    base::Result<Json> change(const Change& change);

    // What takes long is worked out beside, once for each day and state of the data; what rests on the
    // rulebook alone, once.
    struct Worked {
        bool ready = false;
        bool stale = false;                                           // of before; a new one is on its way
        std::shared_ptr<const Json> json = std::make_shared<Json>();  // null where there is none
        std::optional<base::Error> error;
    };
    enum class RestsOn : std::uint8_t { data, rulebook };
    Worked work_out(const std::string& key, const Look& look, RestsOn rests_on = RestsOn::data);

    // Takes in what the watched folders hold, then assesses, sends, divides. False: one is going on.
    bool start_run();
    RunReport last_run() const;
    std::vector<WatchedFile> watched() const;  // the last hundred, newest first
    // From now on the watched folders are looked at every `seconds`.
    void watch(int seconds);

private:
    // What something was worked out from.
    struct Basis {
        std::int64_t change = -1;
        values::Date day;
        bool operator==(const Basis&) const = default;
    };
    struct Kept {
        Basis basis;
        Worked worked;
        bool asked = false;
        RestsOn rests_on = RestsOn::data;
        std::int64_t last_asked = 0;
        Look look;
    };
    Basis basis_now(RestsOn rests_on) const;
    class Lent;

    Office() = default;
    bool take_in(engine::World& world, RunReport& report);
    void run_once(RunReport& report);
    void live_in_background();
    void think();

    std::unique_ptr<store::Workspace> workspace_;
    std::unique_ptr<store::Desk> desk_;
    std::map<std::string, std::string> rulebook_files_;
    std::optional<wire::Elements> elements_;
    OwnFiles own_;
    std::optional<values::Date> as_of_;
    Judgements judgements_;
    Sessions sessions_;
    LoginGuard login_guard_;

    std::timed_mutex writing_;
    std::atomic<std::int64_t> changes_{0};

    std::mutex views_guard_;
    std::condition_variable view_back_;
    std::vector<std::unique_ptr<store::View>> views_;

    std::mutex thinking_;
    std::condition_variable thought_;
    std::map<std::string, Kept> kept_;
    std::list<std::string> to_think_;

    mutable std::mutex running_;
    std::condition_variable wake_;
    bool run_asked_ = false;
    int watch_seconds_ = 0;
    RunReport report_;
    std::list<WatchedFile> watched_;

    bool stopping_ = false;  // under running_ and thinking_
    std::thread runner_;
    std::thread thinker_;
};

}  // namespace bundel::server
