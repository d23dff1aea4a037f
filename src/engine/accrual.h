// Onderhanden werk: what the members' care so far is expected to be declared for, beside what was declared.
//
// By phase and discipline, at declared value (what participants declare, not what the insurer pays). Counted
// are the phases of pregnancies in which a member declared or enrolled, unless they go mono: what is
// forwarded is no work of the IGO. Because facts are known by day, the estimate of any earlier day can be
// made again.
#pragma once

#include "engine/world.h"
#include "insight/accrual.h"

namespace bundel::engine {

struct Work {
    Date as_of;
    insight::Accruals accruals;
    values::Status status = values::Status::example;  // weakest value that took part
    // Bundles that ought to be claimed and were not sent by that day, by insurer and performance; what they
    // come to.
    std::map<std::pair<UzoviCode, values::PerformanceCode>, Cents> planned;
    std::size_t passed_over = 0;  // women whose care could not be decided: a rule value is missing
};
Result<Work> work_in_progress(World& world, Date as_of);

// What was expected at the end of a month against what came since for care up to then.
struct TrueUp {
    insight::CaseKind kind;
    Cents accrued;
    // Lines received after the month; of a line that goes on after it the share of its days up to it, rounded
    // half to even.
    Cents arrived;
};

// Today's estimate, and how that of the end of last month turns out.
struct WorkReport {
    Work now;
    Date month_end;
    bool booked = false;  // the month is closed: accrued is what was booked then; else it is estimated anew
    std::vector<TrueUp> true_up;  // by kind
};
Result<WorkReport> work_report(World& world, Date as_of);

// "prenataal:verloskunde": the part of an account path behind the name.
std::string subject_of(const insight::CaseKind& kind);

std::string to_json(const WorkReport& report);

}  // namespace bundel::engine
