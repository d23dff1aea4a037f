// What bundel made of one woman: a line of `bundel export women`.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/naive.h"

namespace bundel::sim {

struct FoundPregnancy {
    std::optional<Date> due, end;
};
struct FoundPhase {
    std::size_t pregnancy = 0;  // index
    Phase phase = Phase::prenatal;
    std::string route;  // "integrated", "mono", "hold", "ask"
    std::string reason, performance, insurer;
    Cents price;  // integrated
    std::optional<Date> latest_submit_day;
};
struct FoundLine {
    std::string line;  // "08000101/V-1"
    std::string disposition, standing;
    std::map<Phase, Cents> parts;
};
struct FoundClaim {
    std::string reference, debit, performance, insurer, state;
    Period care;
    bool integrated = false, credit = false, is_refused_as_double = false;  // 0587
    Cents amount, granted;
    std::optional<Date> sent, answered;
};
struct FoundQuestion {
    std::string code;
    std::string line;            // "08000101/V-1"; empty: of no line
    std::optional<Phase> phase;  // about this phase; none and no line: about all of her
    std::size_t pregnancy = 0;   // index, with `phase`
};
struct Found {
    std::vector<std::string> enrolments;  // keys
    std::vector<FoundPregnancy> pregnancies;
    std::vector<FoundPhase> phases;
    std::vector<FoundLine> lines;
    std::vector<FoundClaim> claims;
    std::vector<FoundQuestion> questions;
    Cents lost;  // revenue for which it became too late
};

// Error: explain_unreadable{what}.
Result<Found> parse_found(std::string_view json);

}  // namespace bundel::sim
