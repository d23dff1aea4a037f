// The insurers of a made-up region, day by day: what outsiders declared to them (berichten/DAG/UZOVI), what
// bundel sent them, and what they send back. `bundel-sim play` lets them live beside bundel; `bundel-sim
// insurer` lives their days over again from the first each time it runs, for it keeps no state of its own.
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <ostream>
#include <set>

#include "base/result.h"
#include "sim/insurer.h"

namespace bundel::sim {

struct RegionNews {
    Date day;
    std::filesystem::path folder;  // with a folder for each receiver: igo, or an UZOVI number
};

// A row of the form samenloop: care from outside as an insurer tells of it.
Cells overlap_cells(const OutsideCare& one);

// The days on which something was received, in order. Error: sim_file_unreadable{file} when there are none.
Result<std::vector<RegionNews>> news_of(const std::filesystem::path& region);

// What the insurers know before the first day.
struct RegionKnowledge {
    std::vector<RegionNews> news;
    wire::Layouts layouts;
    InsurerRules rules;
};

// `layouts`: of a rulebook, with the folder regimes beside it. Errors: those of news_of, read_layouts and
// read_insurer_rules.
Result<RegionKnowledge> read_knowledge(const std::filesystem::path& region,
                                       const std::filesystem::path& layouts);

class RegionInsurers {
public:
    explicit RegionInsurers(RegionKnowledge known);
    RegionInsurers(const RegionInsurers&) = delete;  // the twin refers to what it knows
    RegionInsurers& operator=(const RegionInsurers&) = delete;

    // Reads what is new in the outbox of bundel (verzekeraars/UZOVI/*.txt). A message is received on the day
    // that is written in it, in order of its invoice. Errors: sim_file_unreadable{file} when there is no such
    // outbox; those of Insurers::receive.
    Result<base::Done> read_outbox(const std::filesystem::path& outbox);

    // Lives on until the end of `day`, and gives what they send: answers on the day they are due; on the 15th
    // of a month for each label the overlaps that came up, and what it pays (docs/reference/csv.md). Errors:
    // those of Insurers::receive and Insurers::outside.
    Result<std::vector<File>> live_until(Date day);

    const std::vector<Verdict>& verdicts() const { return insurers_.verdicts(); }
    std::optional<Date> next_answer() const { return insurers_.next_answer(); }
    long read() const { return static_cast<long>(read_.size()); }
    long answered() const { return answered_; }

private:
    struct Sent {
        Date dated;
        std::string invoice;
        UzoviCode insurer;
        wire::Message message;
    };
    Result<Sent> read_sent(UzoviCode insurer, const std::filesystem::path& path) const;
    Result<base::Done> receive_dated(Date last);
    Result<base::Done> live(Date day, std::vector<File>& files);
    Result<base::Done> hand_in(const std::filesystem::path& folder);

    RegionKnowledge known_;
    Insurers insurers_;
    Date lived_;  // the last day that is over
    std::size_t next_ = 0;
    std::set<std::filesystem::path> read_;
    std::deque<Sent> waiting_;  // by day and invoice
    long answered_ = 0;
};

struct InsurerRun {
    std::filesystem::path region;   // of bundel-sim region
    std::filesystem::path layouts;  // of a rulebook
    std::filesystem::path outbox;   // of bundel
    std::filesystem::path out;      // what was written there before stays
    Date as_of;
};

struct InsurerCount {
    long judged = 0, granted = 0, reduced = 0;
    std::map<std::string, long> refused;  // return code -> lines
    long written = 0;                     // files that were not there yet
};

// Lives until the end of as_of and writes what is not in `out` yet. Errors: those of RegionInsurers;
// sim_file_unwritable{file}; insurer_file_differs{file}: it was written before with other bytes, so what came
// in then is not what stands there now.
Result<InsurerCount> run_insurers(const InsurerRun& run);
void print_count(const InsurerCount& count, std::ostream& out);

}  // namespace bundel::sim
