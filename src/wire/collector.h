// Gathers findings up to a bound and keeps what matters of the rest.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "base/finding.h"

namespace bundel::wire {

class Collector {
public:
    Collector(base::Findings& findings, std::size_t bound, std::string file)
        : findings_(findings), bound_(bound), file_(std::move(file)) {}

    void add(base::Finding finding) {
        is_refused_ |= finding.severity == base::Severity::file_refused;
        const bool is_note = finding.severity == base::Severity::note;
        // Notes may not crowd out what is refused.
        const bool has_room = count_ + 1 < bound_ && (!is_note || notes_ < bound_ / 4);
        if (!has_room) {
            worst_left_out_ = left_out_ == 0 ? finding.severity : std::min(worst_left_out_, finding.severity);
            ++left_out_;
            return;
        }
        ++count_;
        notes_ += is_note ? 1 : 0;
        findings_.push_back(std::move(finding));
    }

    const std::string& file() const { return file_; }
    bool is_refused() const { return is_refused_; }
    // Refused, and no finding more would be told: reading on has no use.
    bool may_stop() const { return is_refused_ && left_out_ > 0; }

    // Call once, at the end.
    void finish() {
        if (left_out_ == 0) return;
        findings_.push_back({"findings_capped",
                             worst_left_out_,
                             {file_, 0, "", 0, 0},
                             {{"told", std::to_string(count_)}},
                             "",
                             ""});
    }

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
