#include "wire/collector.h"

#include <algorithm>
#include <utility>

namespace bundel::wire {

Collector::Collector(base::Findings& findings, std::size_t bound, std::string file)
    : findings_(findings), bound_(bound), file_(std::move(file)) {}

void Collector::add(base::Finding finding) {
    is_refused_ |= finding.severity == base::Severity::file_refused;
    const bool is_note = finding.severity == base::Severity::note;
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

void Collector::finish() {
    if (left_out_ == 0) return;
    base::Finding capped;
    capped.code = "findings_capped";
    capped.severity = worst_left_out_;
    capped.where.file = file_;
    capped.params = {{"told", std::to_string(count_)}};
    findings_.push_back(std::move(capped));
}

}  // namespace bundel::wire
