#include "server/sentences.h"

#include "base/text.h"

namespace bundel::server {

namespace {

std::string number(std::size_t count) {
    return dutch().number(static_cast<std::int64_t>(count));
}

}  // namespace

std::string question_kind(const std::string& code) {
    std::string out;
    bool in_hole = false;
    for (const char c : label(code)) {
        if (c == '{') out += "…";
        if (c == '{' || c == '}')
            in_hole = c == '{';
        else if (!in_hole)
            out.push_back(c);
    }
    return out;
}

void tell_run(const engine::Run& run, std::vector<std::string>& lines, std::vector<std::string>& refusals) {
    const engine::Sending& sending = run.sending;
    if (run.resumed > 0) lines.push_back(dutch().sentence("resumed", {{"files", number(run.resumed)}}));
    lines.push_back(dutch().sentence("assessed", {{"women", number(run.assessed.women)}}));
    lines.push_back(dutch().sentence("sent_lines", {{"files", number(sending.files)},
                                                    {"claims", number(sending.claims)},
                                                    {"credits", number(sending.credits)},
                                                    {"amount", dutch().amount(sending.amount)}}));
    if (sending.handed_over > 0)
        lines.push_back(
            dutch().sentence("handed_over_lines", {{"lines", number(sending.handed_over)},
                                                   {"amount", dutch().amount(sending.handed_over_amount)}}));
    for (const engine::Refusal& refusal : sending.refusals)
        refusals.push_back(
            dutch().sentence(engine::word(refusal), {{"claims", number(refusal.claims)},
                                                     {"amount", dutch().amount(refusal.amount)},
                                                     {"file", refusal.file},
                                                     {"key", refusal.key}}));
}

std::string taken_line(const store::TakenFile& taken) {
    if (taken.error) return dutch().error(*taken.error);
    const engine::Imported& imported = taken.imported;
    const char* code = imported.refused ? "imported_refused" : imported.again ? "imported_again" : "imported";
    return dutch().sentence(code, {{"file", taken.name},
                                   {"kind", imported.kind.empty() ? label("kind_unknown") : imported.kind},
                                   {"lines", number(imported.lines)},
                                   {"women", number(imported.persons)}});
}

std::string instant(std::int64_t seconds) {
    if (seconds == 0) return "";
    constexpr std::int64_t day_seconds = 24 * 3600;
    const auto day = values::Date::from_day_number(static_cast<std::int32_t>(seconds / day_seconds));
    const std::int64_t rest = seconds % day_seconds;
    return day.iso() + "T" + base::zero_padded(rest / 3600, 2) + ":" + base::zero_padded(rest / 60 % 60, 2) +
           ":" + base::zero_padded(rest % 60, 2) + "Z";
}

}  // namespace bundel::server
