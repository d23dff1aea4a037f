// Gathers findings up to a bound and keeps what matters of the rest.
#pragma once

#include <string>

#include "base/finding.h"

namespace bundel::wire {

class Collector {
public:
    // Contract: `findings` outlives the collector.
    Collector(base::Findings& findings, std::size_t bound, std::string file);

    // Notes may not crowd out what is refused: they get a quarter of the room.
    void add(base::Finding finding);

    const std::string& file() const { return file_; }
    bool is_refused() const { return is_refused_; }
    // Refused, and no finding more would be told: reading on has no use.
    bool may_stop() const { return is_refused_ && left_out_ > 0; }

    // Call once, at the end: says with findings_capped that findings were left out.
    void finish();

private:
    base::Findings& findings_;
    std::size_t bound_;
    std::string file_;
    std::size_t count_ = 0;
    std::size_t notes_ = 0;
    std::size_t left_out_ = 0;
    base::Severity worst_left_out_ = base::Severity::note;
    bool is_refused_ = false;
};

}  // namespace bundel::wire
