#include "server/timeline.h"

#include <algorithm>

#include "server/sentences.h"
#include "server/svg.h"
#include "wire/utf8.h"

namespace bundel::server {
using values::Date;

namespace {

constexpr int left = 150;
constexpr int wide = 830;
constexpr int lane_height = 26;
constexpr std::size_t name_most = 21;  // signs beside a lane
constexpr int head = 64;               // phases and the weeks
constexpr const char* phase_fills[] = {"#dcecf7", "#f7e3cf", "#e0f0e4"};
constexpr const char* route_fills[] = {"#1b6e53", "#8a5a00", "#6b5b95", "#a8431d"};
constexpr const char* line_fill = "#2f5d86";
constexpr const char* aside_fill = "#8b98a3";
constexpr const char* grid = "#c6d0d8";

struct Mark {
    values::Period period;
    const char* fill = line_fill;
    std::string tip;
};

// What of a name fits beside its lane.
std::string fitting(const std::string& name) {
    std::string_view rest = name;
    for (std::size_t i = 0; i < name_most; ++i) {
        if (!wire::take_code_point(rest)) return name;
    }
    return rest.empty() ? name : name.substr(0, name.size() - rest.size()) + "…";
}

class Drawing {
public:
    Drawing(const engine::Explanation& explanation, std::size_t pregnancy,
            const std::map<std::string, std::string>& names)
        : explanation_(explanation),
          index_(pregnancy),
          pregnancy_(pathway().pregnancies[pregnancy]),
          names_(names) {
        first_ = pregnancy_.onset;
        last_ = pregnancy_.due ? pregnancy_.due->on : first_.plus_days(280);
        for (const auto& phase : pregnancy_.phases) {
            if (phase.exists) last_ = std::max(last_, phase.period.last);
        }
        collect_lines();
        collect_claims();
    }

    std::string draw() {
        const int lanes = static_cast<int>(lanes_.size()) + (claims_.empty() ? 0 : 1);
        Svg svg(left + wide + 20, head + lanes * lane_height + 30, title(), about());
        phases(svg, head + lanes * lane_height);
        weeks(svg, head + lanes * lane_height);
        int y = head;
        for (const auto& [declarant, marks] : lanes_) lane(svg, y, shown_name(declarant), marks);
        if (!claims_.empty()) lane(svg, y, label("timeline_claims"), claims_);
        return svg.finish();
    }

private:
    const pathway::Pathway& pathway() const { return explanation_.standing.wanted.pathway; }
    int days() const { return std::max(values::days_between(first_, last_) + 1, 1); }
    std::int64_t at(Date day) const {
        const std::int64_t past = std::clamp(values::days_between(first_, day), 0, days());
        return left + past * wide / days();
    }

    void collect_lines() {
        const auto& known = pathway().known.lines;
        std::map<std::uint32_t, bool> mine;
        for (const auto& part : pathway().parts) {
            if (part.pregnancy == index_) mine[part.line] = true;
        }
        for (std::uint32_t i = 0; i < known.size(); ++i) {
            const auto& care = known[i].fact;
            const bool near = care.care.last >= first_ && care.care.first <= last_;
            if (!mine.contains(i) && !near) continue;
            lanes_[care.declarant.digits()].push_back({care.care, mine.contains(i) ? line_fill : aside_fill,
                                                       care.performance.str() + ", " +
                                                           dutch().period(care.care) + ", " +
                                                           dutch().amount(care.amount)});
            last_ = mine.contains(i) ? std::max(last_, care.care.last) : last_;
        }
    }

    void collect_claims() {
        for (const auto& claim : explanation_.standing.loaded.sent) {
            if (claim.kind != claim::Kind::integrated || claim.care.last < first_ || claim.care.first > last_)
                continue;
            const bool refused = claim.state == claim::State::rejected;
            claims_.push_back({claim.care, refused ? route_fills[3] : route_fills[0],
                               claim.reference.str() + ", " + label(claim::word(claim.state)) + ", " +
                                   dutch().amount(claim.amount)});
        }
    }

    std::string title() const {
        return dutch().sentence("timeline_title", {{"number", std::to_string(index_ + 1)}});
    }
    std::string about() const {
        return dutch().sentence("timeline_about",
                                {{"first", first_.dutch()},
                                 {"last", last_.dutch()},
                                 {"providers", dutch().number(static_cast<std::int64_t>(lanes_.size()))}});
    }

    void phases(Svg& svg, int bottom) const {
        for (const auto& decision : explanation_.standing.wanted.selection.phases) {
            if (decision.pregnancy != index_) continue;
            const auto& phase = pregnancy_.phase(decision.phase);
            const std::int64_t x = at(phase.period.first);
            const std::int64_t width = std::max<std::int64_t>(at(phase.period.last.plus_days(1)) - x, 6);
            const auto route = static_cast<std::size_t>(decision.route.kind);
            const std::string words = label(engine::phase_words[static_cast<std::size_t>(decision.phase)]) +
                                      ": " + label(engine::route_words[route]);
            svg.box(x, 22, width, bottom - 22, phase_fills[static_cast<std::size_t>(decision.phase)], words);
            svg.box(x, 22, width, 5, route_fills[route]);
            if (width > 110) svg.text(x + 4, 41, words);
        }
    }

    void weeks(Svg& svg, int bottom) const {
        svg.text(left - 8, 16, label("timeline_weeks"), Svg::Anchor::end);
        for (int week = 0; first_.plus_days(week * 7) <= last_; week += 4) {
            const std::int64_t x = at(first_.plus_days(week * 7));
            svg.line(x, 20, x, bottom, grid);
            svg.text(x, 16, std::to_string(week), Svg::Anchor::middle);
        }
        if (pregnancy_.end) {
            svg.line(at(*pregnancy_.end), 20, at(*pregnancy_.end), bottom, "#1f2a33");
            svg.text(at(*pregnancy_.end), bottom + 18, dutch().day(*pregnancy_.end), Svg::Anchor::middle);
        }
    }

    std::string shown_name(const std::string& code) const {
        const auto found = names_.find(code);
        return found == names_.end() ? code : fitting(found->second);
    }

    void lane(Svg& svg, int& y, const std::string& name, const std::vector<Mark>& marks) const {
        svg.text(left - 8, y + 17, name, Svg::Anchor::end);
        for (const Mark& mark : marks) {
            const std::int64_t x = at(mark.period.first);
            svg.box(x, y + 6, std::max<std::int64_t>(at(mark.period.last.plus_days(1)) - x, 3),
                    lane_height - 12, mark.fill, mark.tip);
        }
        y += lane_height;
    }

    const engine::Explanation& explanation_;
    std::size_t index_;
    const pathway::Pregnancy& pregnancy_;
    const std::map<std::string, std::string>& names_;
    Date first_, last_;
    std::map<std::string, std::vector<Mark>> lanes_;
    std::vector<Mark> claims_;
};

}  // namespace

std::string timeline_svg(const engine::Explanation& explanation,
                         const std::map<std::string, std::string>& names) {
    std::string all;
    for (std::size_t i = 0; i < explanation.standing.wanted.pathway.pregnancies.size(); ++i)
        all += Drawing(explanation, i, names).draw();
    return all;
}

}  // namespace bundel::server
