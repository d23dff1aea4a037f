#include "sim/player.h"

#include <algorithm>
#include <set>

#include "sim/care_region.h"
#include "sim/compare.h"
#include "sim/files.h"
#include "sim/insurer.h"
#include "sim/message_maker.h"
#include "sim/office.h"
#include "wire/csv.h"
#include "wire/decode.h"

namespace bundel::sim {
namespace fs = std::filesystem;
using base::Done;

namespace {

bool wanted(const Play& play, const std::string& number) {
    return play.only.empty() ||
           std::any_of(play.only.begin(), play.only.end(),
                       [&](const std::string& prefix) { return number.starts_with(prefix); });
}

Result<std::vector<Scenario>> read_scenarios(const Play& play) {
    std::vector<Scenario> scenarios;
    for (const auto& path : files_in(play.examples / "vrouwen", ".toml")) {
        BUNDEL_TRY(text, read_file(path));
        BUNDEL_TRY(scenario, parse_scenario(text, path.filename().string()));
        if (wanted(play, scenario.woman.number)) scenarios.push_back(std::move(scenario));
    }
    if (scenarios.empty()) return Error{"scenario_none", {}};
    return scenarios;
}

std::vector<Date> news_days(const Scenario& scenario) {
    std::vector<Date> days;
    for (const auto& one : scenario.declarations) days.push_back(one.day);
    for (const auto& one : scenario.rows) days.push_back(one.day);
    for (const auto& one : scenario.expectations) {
        if (one.day) days.push_back(*one.day);
    }
    std::sort(days.begin(), days.end());
    return days;
}

class Player {
public:
    Player(const Play& play, Region region, std::vector<Scenario> scenarios, wire::Layouts layouts,
           std::ostream& out, std::ostream& progress)
        : play_(play),
          region_(std::move(region)),
          scenarios_(std::move(scenarios)),
          layouts_(std::move(layouts)),
          insurers_(layouts_),
          office_(play_.data, play_.program),
          out_(out),
          progress_(progress) {}

    Result<int> run() {
        BUNDEL_TRY_DONE(prepare());
        while (!days_.empty()) {
            day_ = *days_.begin();
            days_.erase(days_.begin());
            BUNDEL_TRY_DONE(live_through());
        }
        if (play_.progress) progress_ << "\n";
        BUNDEL_TRY(report, office_.bundel({"report", "--data", play_.data.string(), "--as-of", day_.iso()}));
        out_ << report;
        if (play_.check) {
            BUNDEL_TRY_DONE(check_at_rest());
            check_inbox();
            BUNDEL_TRY_DONE(check_returned());
        }
        return failed_;
    }

private:
    Result<Done> prepare() {
        BUNDEL_TRY_DONE(office_.init());
        BUNDEL_TRY_DONE(write_file(play_.data / "namen.csv", csv(name_cells(region_))));
        days_.insert(region_.first_day);
        for (const auto& scenario : scenarios_) {
            BUNDEL_TRY(bsn, synthetic_bsn(scenario.woman.number));
            insurers_.expect(bsn, scenario.deviations);
            for (const auto day : news_days(scenario)) days_.insert(day);
            for (const auto day : quiet_days(scenario)) days_.insert(day);
        }
        return Done{};
    }

    Result<Done> live_through() {
        BUNDEL_TRY_DONE(hand_in());
        BUNDEL_TRY_DONE(office_.run(day_));
        BUNDEL_TRY_DONE(office_.let_read(insurers_, day_));
        if (const auto next = insurers_.next_answer()) days_.insert(*next);
        show_progress();
        if (!play_.check) return Done{};
        for (const auto& scenario : scenarios_) {
            for (const auto& expectation : scenario.expectations) {
                if (expectation.day == day_) BUNDEL_TRY_DONE(check(scenario, expectation));
            }
        }
        return Done{};
    }

    Result<Done> hand_in() {
        BUNDEL_TRY(files, files_of_day(scenarios_, region_, day_, layouts_));
        for (const auto& file : files) {
            BUNDEL_TRY_DONE(office_.put(file));
            if (file.name.ends_with(".txt")) BUNDEL_TRY_DONE(insurers_.handed_in(file));
        }
        for (const auto& file : insurers_.answers_due(day_)) BUNDEL_TRY_DONE(office_.put(file));
        if (day_ != region_.first_day) return Done{};
        for (const auto& path : files_in(play_.examples / "regio", ".csv")) {
            BUNDEL_TRY(bytes, read_file(path));
            BUNDEL_TRY_DONE(office_.put({path.filename().string(), bytes}));
        }
        return Done{};
    }

    void show_progress() {
        if (!play_.progress) return;
        progress_ << "\r" << day_.iso() << "  " << office_.put_count() << " bestanden binnen, "
                  << office_.read_count() << " verzonden, nog " << days_.size() << " dagen   " << std::flush;
    }

    Result<Done> check(const Scenario& scenario, const Expectation& expectation) {
        const auto patient = scenario.woman.practice.digits() + "/" + patient_number(scenario.woman);
        BUNDEL_TRY(json, office_.bundel({"explain", "--data", play_.data.string(), "--as-of", day_.iso(),
                                         "--patient", patient, "--json"}));
        BUNDEL_TRY(bsn, synthetic_bsn(scenario.woman.number));
        BUNDEL_TRY(found, explained_rows(json, bsn, insurers_.verdicts()));
        const auto wrong = mismatches(expectation, found);
        for (const auto& line : wrong) out_ << scenario.file << " " << day_.iso() << " " << line << "\n";
        if (wrong.empty()) out_ << scenario.file << " " << day_.iso() << " ok\n";
        failed_ += wrong.empty() ? 0 : 1;
        return Done{};
    }

    Result<Done> check_at_rest() {
        for (const auto& scenario : scenarios_) {
            for (const auto& expectation : scenario.expectations) {
                if (!expectation.day) BUNDEL_TRY_DONE(check(scenario, expectation));
            }
        }
        return Done{};
    }

    // What we hand in is right, so nothing of it may be refused or left lying.
    void check_inbox() {
        for (const char* folder : {"inbox", "inbox/geweigerd"}) {
            if (!fs::is_directory(play_.data / folder)) continue;
            for (const auto& entry : fs::directory_iterator(play_.data / folder)) {
                if (!entry.is_regular_file()) continue;
                out_ << folder << "/" << entry.path().filename().string() << ": not taken in\n";
                ++failed_;
            }
        }
    }

    // What participants get back is a right message, or a table they can open: the list of lines that they
    // must declare themselves.
    Result<Done> check_returned() {
        const auto outbox = play_.data / "outbox" / "deelnemers";
        if (!fs::is_directory(outbox)) return Done{};
        for (const auto& folder : fs::directory_iterator(outbox)) {
            for (const char* extension : {".txt", ".csv"}) {
                for (const auto& path : files_in(folder.path(), extension)) {
                    BUNDEL_TRY(bytes, read_file(path));
                    const auto name = path.filename().string();
                    const auto wrong = extension == std::string_view(".txt") ? wrong_in_answer(bytes, name)
                                                                             : wrong_in_table(bytes, name);
                    if (wrong.empty()) continue;
                    out_ << name << ": " << wrong << "\n";
                    ++failed_;
                }
            }
        }
        return Done{};
    }

    // Empty: nothing is wrong.
    std::string wrong_in_answer(const std::string& bytes, const std::string& name) const {
        base::Findings findings;
        const auto message = wire::decode(bytes, layouts_, name, findings);
        if (!findings.empty()) return findings.front().code + " " + findings.front().where.field;
        return message && message->layout().is_return() ? "" : "no answer";
    }
    static std::string wrong_in_table(const std::string& bytes, const std::string& name) {
        base::Findings findings;
        const auto table = wire::read_csv(bytes, name, findings);
        if (!findings.empty()) return findings.front().code;
        return table && !table->rows.empty() ? "" : "no rows";
    }

    const Play& play_;
    Region region_;
    std::vector<Scenario> scenarios_;
    wire::Layouts layouts_;
    Insurers insurers_;
    Office office_;
    std::ostream& out_;
    std::ostream& progress_;
    std::set<Date> days_;
    Date day_;
    int failed_ = 0;
};

}  // namespace

// Every week for four months, then every month until no deadline of twelve months can be open. Weeks and
// months are those of the calendar, so that women share the days and a region takes no longer than it must.
std::vector<Date> quiet_days(const Scenario& scenario) {
    std::vector<Date> days;
    const auto news = news_days(scenario);
    if (news.empty()) return days;
    const Date first = news.front();
    const Date monthly = news.back().plus_days(120);
    const Date last = news.back().plus_months(15);
    for (Date day = first.plus_days((7 - first.day_number() % 7) % 7); day < monthly; day = day.plus_days(7))
        days.push_back(day);
    for (Date day = Date::of(monthly.year(), monthly.month(), 1).plus_months(1); day <= last;
         day = day.plus_months(1))
        days.push_back(day);
    return days;
}

Result<int> play(const Play& play, std::ostream& out, std::ostream& progress) {
    BUNDEL_TRY(region_text, read_file(play.examples / "regio.toml"));
    BUNDEL_TRY(region, parse_region(region_text, "regio.toml"));
    BUNDEL_TRY(scenarios, read_scenarios(play));
    BUNDEL_TRY(layouts, read_layouts(play.layouts));
    return Player(play, region, scenarios, layouts, out, progress).run();
}

}  // namespace bundel::sim
