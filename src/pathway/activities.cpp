#include "pathway/activities.h"

#include <algorithm>

namespace bundel::pathway {
using facts::Activity;
using facts::CareLine;

namespace {

bool is_about(const facts::ActivityReport& report, const CareLine& line) {
    const bool of_service = !line.service.empty() && report.line.reference == line.service;
    return report.line.issuer == line.id.issuer && (report.line.reference == line.id.reference || of_service);
}

bool same_act(const Activity& a, const Activity& b) {
    return a.code == b.code && a.day == b.day;
}

// One that was told twice keeps the higher count.
void merge(std::vector<Activity>& activities) {
    std::sort(activities.begin(), activities.end(), [](const Activity& a, const Activity& b) {
        return std::tuple(a.code, a.day, -a.count) < std::tuple(b.code, b.day, -b.count);
    });
    activities.erase(std::unique(activities.begin(), activities.end(), same_act), activities.end());
}

// What one message tells: several records of one activity on a day add up.
std::vector<Activity> added_up(const std::vector<Activity>& declared) {
    std::vector<Activity> sums;
    for (const Activity& activity : declared) {
        if (!sums.empty() && same_act(sums.back(), activity))
            sums.back().count += activity.count;
        else
            sums.push_back(activity);
    }
    return sums;
}

std::optional<BirthTold> by_activities(const facts::Woman& known, std::size_t line,
                                       const rulebook::Rulebook& rulebook) {
    std::optional<BirthTold> told;
    for (const Activity& activity : activities_of(known, line)) {
        const auto* rule = rulebook.activity_on(activity.code.view(), activity.day);
        if (rule == nullptr || !rule->birth) continue;
        if (!told) told = BirthTold{activity.day, 0};
        told->day = std::min(told->day, activity.day);
        told->children = std::max(told->children, rule->children);
    }
    return told;
}

}  // namespace

std::vector<Activity> activities_of(const facts::Woman& known, std::size_t index) {
    const CareLine& line = known.lines[index].fact;
    std::vector<Activity> all = added_up(line.activities);
    std::vector<Activity> apart;
    for (const auto& report : known.activities) {
        if (is_about(report.fact, line)) apart.push_back(report.fact.activity);
    }
    if (!apart.empty()) {
        std::sort(apart.begin(), apart.end());
        const auto reported = added_up(apart);
        all.insert(all.end(), reported.begin(), reported.end());
        merge(all);
    }
    std::erase_if(all, [&](const Activity& activity) { return !line.care.contains(activity.day); });
    return all;
}

std::optional<BirthTold> birth_told(const facts::Woman& known, std::size_t index,
                                    const rulebook::Rulebook& rulebook) {
    const CareLine& line = known.lines[index].fact;
    if (line.partus) return BirthTold{*line.partus, 0};
    if (!line.activities.empty() || !known.activities.empty()) {
        if (auto told = by_activities(known, index, rulebook)) return told;
    }
    const auto regime = rulebook.regime_on(line.care.first);
    if (!regime.ok()) return std::nullopt;  // a day the rulebook does not speak of tells nothing
    const rulebook::Scope* scope = (*regime)->scope_on(line.performance, line.care.first);
    if (scope == nullptr || !scope->birth) return std::nullopt;
    return BirthTold{line.care.first, 0};
}

}  // namespace bundel::pathway
