#include "sim/region_play.h"

#include <algorithm>

#include "sim/files.h"
#include "sim/form_file.h"
#include "sim/office.h"
#include "sim/play_log.h"

namespace bundel::sim {
namespace fs = std::filesystem;
using base::Done;

namespace {

constexpr int day_of_run = 15;
constexpr int quiet_months = 15;  // no deadline of twelve months is open any more

// The days on which something was received, in order.
Result<std::vector<std::pair<Date, fs::path>>> received_days(const fs::path& messages) {
    std::vector<std::pair<Date, fs::path>> days;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(messages, failed)) {
        BUNDEL_TRY(day, Date::parse(entry.path().filename().string()));
        days.emplace_back(day, entry.path());
    }
    if (days.empty()) return Error{"sim_file_unreadable", {{"file", messages.string()}}};
    std::sort(days.begin(), days.end());
    return days;
}

std::vector<fs::path> all_files(const fs::path& folder) {
    std::vector<fs::path> files = files_in(folder, ".csv");
    for (auto& path : files_in(folder, ".txt")) files.push_back(std::move(path));
    return files;
}

class RegionPlayer {
public:
    RegionPlayer(const RegionPlay& play, wire::Layouts layouts, std::ostream& progress)
        : play_(play),
          layouts_(std::move(layouts)),
          insurers_(layouts_),
          office_(play.data, play.program),
          progress_(progress) {}

    Result<Played> run() {
        BUNDEL_TRY(days, received_days(play_.region / "berichten"));
        days_ = std::move(days);
        BUNDEL_TRY_DONE(begin());
        Date day = Date::of(days_.front().first.year(), days_.front().first.month(), day_of_run);
        Date news = days_.back().first;
        for (; day <= news.plus_months(quiet_months); day = day.plus_months(1)) {
            BUNDEL_TRY_DONE(month(day));
            if (insurers_.next_answer()) news = std::max(news, *insurers_.next_answer());
            played_.day = day;
        }
        if (play_.progress) progress_ << "\n";
        played_.sent = static_cast<long>(office_.read_count());
        BUNDEL_TRY_DONE(log_.write(play_.region / "gespeeld"));
        return played_;
    }

private:
    // What the IGO knows before the first day; and which insurers let a bundle fall back.
    Result<Done> begin() {
        BUNDEL_TRY_DONE(office_.init());
        for (const auto& path : files_in(play_.region / "regio", ".csv")) {
            BUNDEL_TRY(bytes, read_file(path));
            BUNDEL_TRY_DONE(office_.put({path.filename().string(), bytes}));
        }
        BUNDEL_TRY(contracts, read_rows(play_.region / "regio/contracten.csv"));
        for (const Row& contract : contracts) {
            if (contract.at("samenloop") == "terugvallen")
                BUNDEL_TRY_DONE(let_fall_back(contract.at("labels")));
        }
        return Done{};
    }

    Result<Done> let_fall_back(const std::string& labels) {
        for (std::size_t at = 0; at < labels.size(); at += 5) {
            BUNDEL_TRY(label, UzoviCode::parse(labels.substr(at, 4)));
            insurers_.let_fall_back(label);
        }
        return Done{};
    }

    Result<Done> month(Date day) {
        for (; next_ < days_.size() && days_[next_].first <= day; ++next_)
            BUNDEL_TRY_DONE(hand_in(days_[next_].second));
        for (const auto& file : insurers_.answers_due(day)) {
            BUNDEL_TRY_DONE(office_.put(file));
            ++played_.answered;
        }
        BUNDEL_TRY_DONE(tell_overlaps(day));
        BUNDEL_TRY_DONE(office_.run(day));
        BUNDEL_TRY_DONE(office_.let_read(insurers_, day));
        BUNDEL_TRY(worklist, office_.bundel({"worklist", "--data", play_.data.string(), "--as-of", day.iso(),
                                             "--json"}));
        BUNDEL_TRY_DONE(log_.add_questions(worklist, day));
        ++played_.months;
        if (play_.progress)
            progress_ << "\r" << day.iso() << "  " << office_.put_count() << " bestanden binnen, "
                      << office_.read_count() << " verzonden   " << std::flush;
        return Done{};
    }

    Result<Done> hand_in(const fs::path& folder) {
        std::vector<fs::path> receivers;
        for (const auto& entry : fs::directory_iterator(folder)) receivers.push_back(entry.path());
        std::sort(receivers.begin(), receivers.end());
        for (const auto& receiver : receivers) {
            for (const auto& path : all_files(receiver))
                BUNDEL_TRY_DONE(hand_in_file(receiver.filename().string(), path));
        }
        return Done{};
    }

    Result<Done> hand_in_file(const std::string& receiver, const fs::path& path) {
        BUNDEL_TRY(bytes, read_file(path));
        const File file{path.filename().string(), std::move(bytes)};
        if (receiver == "igo") {
            if (path.extension() == ".txt") BUNDEL_TRY_DONE(insurers_.handed_in(file));
            return office_.put(file);
        }
        BUNDEL_TRY(insurer, UzoviCode::parse(receiver));
        return insurers_.outside(insurer, file);
    }

    Result<Done> tell_overlaps(Date day) {
        std::vector<Cells> rows;
        for (const auto& one : insurers_.overlaps()) {
            log_.told.try_emplace(one.declarant + "/" + one.reference, day);
            rows.push_back({{"sleutel", one.insurer.digits() + "-" + one.declarant + "-" + one.reference},
                            {"bsn", one.bsn},
                            {"uzovi", one.insurer.digits()},
                            {"declarant", one.declarant},
                            {"begin", one.care.first.iso()},
                            {"eind", one.care.last.iso()},
                            {"bedrag", amount_cell(one.amount)},
                            {"versie", one.withdrawn ? "2" : "1"},
                            {"vervallen", one.withdrawn ? "ja" : "nee"}});
        }
        if (rows.empty()) return Done{};
        return office_.put({"samenloop-" + day.ei() + ".csv", csv(rows)});
    }

    const RegionPlay& play_;
    wire::Layouts layouts_;
    Insurers insurers_;
    Office office_;
    std::ostream& progress_;
    PlayLog log_;
    std::vector<std::pair<Date, fs::path>> days_;
    std::size_t next_ = 0;
    Played played_;
};

}  // namespace

Result<Played> play_region(const RegionPlay& play, std::ostream& progress) {
    BUNDEL_TRY(layouts, read_layouts(play.layouts));
    return RegionPlayer(play, std::move(layouts), progress).run();
}

}  // namespace bundel::sim
