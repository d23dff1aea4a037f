#include "sim/region_play.h"

#include <algorithm>

#include "sim/files.h"
#include "sim/office.h"
#include "sim/play_log.h"
#include "sim/region_insurers.h"

namespace bundel::sim {
namespace fs = std::filesystem;
using base::Done;

namespace {

constexpr int day_of_run = 15;
constexpr int quiet_months = 15;  // no deadline of twelve months is open any more

std::vector<fs::path> all_files(const fs::path& folder) {
    std::vector<fs::path> files = files_in(folder, ".csv");
    for (auto& path : files_in(folder, ".txt")) files.push_back(std::move(path));
    return files;
}

class RegionPlayer {
public:
    RegionPlayer(const RegionPlay& play, RegionKnowledge known, std::ostream& progress)
        : play_(play),
          news_(known.news),
          insurers_(std::move(known)),
          office_(play.data, play.program),
          progress_(progress) {}

    Result<Played> run() {
        BUNDEL_TRY_DONE(begin());
        Date day = Date::of(news_.front().day.year(), news_.front().day.month(), day_of_run);
        Date last = news_.back().day;
        for (; day <= last.plus_months(quiet_months); day = day.plus_months(1)) {
            BUNDEL_TRY_DONE(month(day));
            if (insurers_.next_answer()) last = std::max(last, *insurers_.next_answer());
            played_.day = day;
        }
        if (play_.progress) progress_ << "\n";
        played_.sent = insurers_.read();
        played_.answered = insurers_.answered();
        log_.last = played_.day;
        BUNDEL_TRY_DONE(log_.write(play_.region / "gespeeld"));
        return played_;
    }

private:
    // What the IGO knows before the first day.
    Result<Done> begin() {
        BUNDEL_TRY_DONE(office_.init());
        BUNDEL_TRY(names, read_file(play_.region / "namen.csv"));
        BUNDEL_TRY_DONE(write_file(play_.data / "namen.csv", names));
        for (const auto& path : files_in(play_.region / "regio", ".csv")) BUNDEL_TRY_DONE(put(path));
        return Done{};
    }

    Result<Done> put(const fs::path& path) {
        BUNDEL_TRY(bytes, read_file(path));
        return office_.put({path.filename().string(), std::move(bytes)});
    }

    Result<Done> month(Date day) {
        for (; next_ < news_.size() && news_[next_].day <= day; ++next_) {
            for (const auto& path : all_files(news_[next_].folder / "igo")) BUNDEL_TRY_DONE(put(path));
        }
        BUNDEL_TRY(files, insurers_.live_until(day));
        for (const auto& file : files) {
            if (file.name.starts_with("samenloop-")) BUNDEL_TRY_DONE(log_.add_overlaps(file, day));
            BUNDEL_TRY_DONE(office_.put(file));
        }
        BUNDEL_TRY_DONE(office_.run(day));
        BUNDEL_TRY_DONE(insurers_.read_outbox(play_.data / "outbox"));
        BUNDEL_TRY(worklist, office_.bundel({"worklist", "--data", play_.data.string(), "--as-of", day.iso(),
                                             "--json"}));
        BUNDEL_TRY_DONE(log_.add_questions(worklist, day));
        ++played_.months;
        if (play_.progress)
            progress_ << "\r" << day.iso() << "  " << office_.put_count() << " bestanden binnen, "
                      << insurers_.read() << " verzonden   " << std::flush;
        return Done{};
    }

    const RegionPlay& play_;
    std::vector<RegionNews> news_;
    RegionInsurers insurers_;
    Office office_;
    std::ostream& progress_;
    PlayLog log_;
    std::size_t next_ = 0;
    Played played_;
};

}  // namespace

Result<Played> play_region(const RegionPlay& play, std::ostream& progress) {
    BUNDEL_TRY(known, read_knowledge(play.region, play.layouts));
    return RegionPlayer(play, std::move(known), progress).run();
}

}  // namespace bundel::sim
