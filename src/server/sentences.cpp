#include "server/sentences.h"

#include "base/text.h"
#include "engine/sentences.h"

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
    if (run.resumed > 0) lines.push_back(dutch().sentence("resumed", {{"files", number(run.resumed)}}));
    lines.push_back(dutch().sentence("assessed", {{"women", number(run.assessed.women)}}));
    for (std::string& line : engine::sentences_of(run.sending, dutch())) lines.push_back(std::move(line));
    for (const engine::Refusal& refusal : run.sending.refusals)
        refusals.push_back(engine::sentence_of(refusal, dutch()));
}

std::string taken_line(const store::TakenFile& taken) {
    return taken.error ? dutch().error(*taken.error)
                       : engine::sentence_of(taken.imported, taken.name, dutch());
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
