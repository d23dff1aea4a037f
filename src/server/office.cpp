#include "server/office.h"

#include <chrono>

#include "engine/run.h"
#include "server/sentences.h"
#include "store/clock.h"
#include "store/inbox.h"

namespace bundel::server {
using base::Done;
using base::Error;
using base::Result;

namespace {

constexpr std::size_t views_most = 4;
constexpr std::size_t watched_most = 100;
constexpr auto patience = std::chrono::milliseconds(150);  // a page waits this long for what is worked out
constexpr std::int64_t kept_seconds = 3600;                // what nobody asked for so long is let go
constexpr auto writing_patience = std::chrono::seconds(10);

// Nobody asked for it: files came.
store::AuditEvent own_run(std::int64_t at) {
    store::AuditEvent event;
    event.at = at;
    event.actor = "bundel";
    event.event = "run";
    event.object = "inbox";
    event.done = true;
    return event;
}

}  // namespace

// A view that is back when this goes.
class Office::Lent {
public:
    explicit Lent(Office& office) : office_(office) {
        std::unique_lock<std::mutex> lock(office_.views_guard_);
        office_.view_back_.wait(lock, [this] { return !office_.views_.empty(); });
        view_ = std::move(office_.views_.back());
        office_.views_.pop_back();
    }
    Lent(const Lent&) = delete;
    ~Lent() {
        view_->reader().end();
        const std::lock_guard<std::mutex> lock(office_.views_guard_);
        office_.views_.push_back(std::move(view_));
        office_.view_back_.notify_one();
    }
    store::View& view() { return *view_; }

private:
    Office& office_;
    std::unique_ptr<store::View> view_;
};

Result<std::unique_ptr<Office>> Office::open(const std::string& data, std::optional<values::Date> as_of) {
    std::unique_ptr<Office> office(new Office());
    office->as_of_ = as_of;
    BUNDEL_TRY(workspace, store::Workspace::open(data));
    office->workspace_ = std::move(workspace);
    BUNDEL_TRY(files, store::rulebook_files(store::rulebook_folder(data)));
    office->rulebook_files_ = std::move(files);
    BUNDEL_TRY(elements, wire::Elements::parse(office->rulebook_files_["elements.json"]));
    office->elements_.emplace(std::move(elements));
    BUNDEL_TRY(own, read_own_files(data));
    office->own_ = std::move(own);
    BUNDEL_TRY(desk, office->workspace_->desk());
    office->desk_ = std::move(desk);
    for (std::size_t i = 0; i < views_most; ++i) {
        BUNDEL_TRY(view, office->workspace_->view());
        office->views_.push_back(std::move(view));
    }
    office->runner_ = std::thread([raw = office.get()] { raw->live_in_background(); });
    office->thinker_ = std::thread([raw = office.get()] { raw->think(); });
    return office;
}

Office::~Office() {
    {
        const std::scoped_lock lock(running_, thinking_);
        stopping_ = true;
    }
    wake_.notify_all();
    thought_.notify_all();
    if (runner_.joinable()) runner_.join();
    if (thinker_.joinable()) thinker_.join();
}

values::Date Office::today() const {
    return as_of_ ? *as_of_ : store::SystemClock().today();
}

std::int64_t Office::now() const {
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Result<Json> Office::look(const Look& look) {
    Lent lent(*this);
    BUNDEL_TRY_DONE(lent.view().reader().begin());
    return look(lent.view());
}

Result<Json> Office::change(const Change& change) {
    const std::unique_lock<std::timed_mutex> lock(writing_, writing_patience);
    if (!lock.owns_lock()) return Error{"desk_busy"};
    auto done = change(workspace_->world());
    ++changes_;
    return done;
}

Office::Basis Office::basis_now(RestsOn rests_on) const {
    if (rests_on == RestsOn::rulebook) return {0, values::Date()};
    return {changes_, today()};
}

Office::Worked Office::work_out(const std::string& key, const Look& look, RestsOn rests_on) {
    std::unique_lock<std::mutex> lock(thinking_);
    std::erase_if(kept_, [&](const auto& entry) {
        return !entry.second.asked && entry.second.last_asked < now() - kept_seconds;
    });
    Kept& kept = kept_[key];
    kept.last_asked = now();
    const Basis basis = basis_now(rests_on);
    // Who sets it to work waits a little; others get what there is.
    const bool is_first = kept.basis != basis && !kept.asked;
    if (is_first) {
        kept.asked = true;
        kept.rests_on = rests_on;
        kept.look = look;
        to_think_.push_back(key);
        thought_.notify_all();
    }
    if (is_first) thought_.wait_for(lock, patience, [&] { return kept.basis == basis || stopping_; });
    Worked worked = kept.worked;
    worked.ready = kept.basis.change >= 0;
    worked.stale = kept.basis != basis;
    return worked;
}

void Office::think() {
    std::unique_lock<std::mutex> lock(thinking_);
    while (true) {
        thought_.wait(lock, [this] { return stopping_ || !to_think_.empty(); });
        if (stopping_) return;
        const std::string key = to_think_.front();
        to_think_.pop_front();
        const Look look_at = kept_[key].look;
        const Basis basis = basis_now(kept_[key].rests_on);
        lock.unlock();
        auto json = look(look_at);
        lock.lock();
        Kept& kept = kept_[key];
        kept.basis = basis;
        kept.asked = false;
        kept.worked = {};
        if (json.ok()) kept.worked.json = std::make_shared<const Json>(std::move(*json));
        if (!json.ok()) kept.worked.error = json.error();
        thought_.notify_all();
    }
}

bool Office::start_run() {
    const std::lock_guard<std::mutex> lock(running_);
    if (report_.busy || run_asked_) return false;
    run_asked_ = true;
    wake_.notify_all();
    return true;
}

RunReport Office::last_run() const {
    const std::lock_guard<std::mutex> lock(running_);
    RunReport report = report_;
    report.busy = report.busy || run_asked_;
    return report;
}

std::vector<WatchedFile> Office::watched() const {
    const std::lock_guard<std::mutex> lock(running_);
    return {watched_.begin(), watched_.end()};
}

void Office::watch(int seconds) {
    const std::lock_guard<std::mutex> lock(running_);
    watch_seconds_ = seconds;
    wake_.notify_all();
}

void Office::live_in_background() {
    std::unique_lock<std::mutex> lock(running_);
    while (true) {
        const auto due = [this] { return stopping_ || run_asked_; };
        if (watch_seconds_ == 0)
            wake_.wait(lock, [&] { return due() || watch_seconds_ != 0; });
        else
            wake_.wait_for(lock, std::chrono::seconds(watch_seconds_), due);
        if (stopping_) return;
        const bool asked = std::exchange(run_asked_, false);
        if (!asked && watch_seconds_ == 0) continue;
        report_.busy = asked;
        lock.unlock();
        RunReport report;
        report.started = now();
        bool news = false;
        {
            const std::lock_guard<std::timed_mutex> writing(writing_);
            news = take_in(workspace_->world(), report) || asked;
            if (news) run_once(report);
            if (news) ++changes_;  // else what was worked out still holds
            if (news && !asked) static_cast<void>(desk_->log(own_run(now())));
        }
        report.ended = now();
        lock.lock();
        if (news) report_ = report;
        report_.busy = false;
    }
}

void Office::run_once(RunReport& report) {
    const auto done = engine::run(workspace_->world(), today());
    if (!done.ok()) report.refusals.push_back(dutch().error(done.error()));
    if (done.ok()) tell_run(*done, report.lines, report.refusals);
}

// Files of the watched folders, and what an earlier stop left on its way. False: there was nothing.
bool Office::take_in(engine::World& world, RunReport& report) {
    bool is_news = false;
    const auto told = [&](const store::TakenFile& taken) {
        if (taken.outcome == store::Taken::later) return;
        is_news = true;
        WatchedFile file{taken.name, today(), taken.outcome, {}};
        if (taken.error) file.findings.push_back(dutch().error(*taken.error));
        for (const auto& finding : taken.imported.findings) file.findings.push_back(dutch().finding(finding));
        report.lines.push_back(taken_line(taken));
        const std::lock_guard<std::mutex> lock(running_);
        watched_.push_front(std::move(file));
        if (watched_.size() > watched_most) watched_.pop_back();
    };
    const auto resumed = engine::resume(world, today());
    if (!resumed.ok()) report.refusals.push_back(dutch().error(resumed.error()));
    if (resumed.ok() && *resumed > 0) is_news = true;
    const auto taken = store::empty_inbox(workspace_->inbox(), world, today(), told);
    if (!taken.ok()) report.refusals.push_back(dutch().error(taken.error()));
    return is_news;
}

}  // namespace bundel::server
