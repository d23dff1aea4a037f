#include "sim/naive.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/assert.h"
#include "sim/registration.h"

namespace bundel::sim {
namespace {

constexpr Phase all_phases[] = {Phase::prenatal, Phase::natal, Phase::postnatal};

Phase phase_of_day(const Pregnancy& pregnancy, Date day) {
    if (day < pregnancy.end || !pregnancy.is_birth()) return Phase::prenatal;
    return day == pregnancy.end ? Phase::natal : Phase::postnatal;
}

// By the name of the code, or else by the days.
std::set<Phase> phases_of(const Pregnancy& pregnancy, const ClaimLine& line) {
    const std::string code(line.performance.code.view());
    if (code == "1102" || code == "KZPAU") return {Phase::natal};
    if (code == "1103" || code == "KZUUR" || code == "VERPL") return {Phase::postnatal};
    if (line.performance.list == 32 || code == "KZINS" || code == "KZINT") return {Phase::prenatal};
    std::set<Phase> phases;
    for (const auto& activity : line.activities) phases.insert(phase_of_day(pregnancy, activity.day));
    if (phases.empty()) phases.insert(phase_of_day(pregnancy, line.care.first));
    return phases;
}

// Weights as in the header: of a line that is not shared one phase has all.
std::map<Phase, std::int64_t> weights_of(const Choices& choices, const Pregnancy& pregnancy,
                                         const ClaimLine& line) {
    std::map<Phase, std::int64_t> weights;
    std::set<Date> days;
    for (const auto& activity : line.activities) {
        const std::int64_t once = days.insert(activity.day).second ? 1 : 0;
        weights[phase_of_day(pregnancy, activity.day)] += choices.activities_by_days ? once : activity.count;
    }
    if (weights.empty()) weights[*phases_of(pregnancy, line).begin()] = 1;
    return weights;
}

std::map<Phase, Cents> parts_of(const Choices& choices, const Pregnancy& pregnancy, const ClaimLine& line) {
    const auto weights = weights_of(choices, pregnancy, line);
    std::int64_t total = 0;
    for (const auto& [phase, weight] : weights) total += weight;
    std::map<Phase, Cents> parts;
    std::multimap<std::int64_t, Phase, std::greater<>> remainders;  // equals stay in order of phase
    Cents left = line.amount;
    for (const auto& [phase, weight] : weights) {
        parts[phase] = Cents::of(line.amount.count() * weight / total);
        left -= parts[phase];
        remainders.emplace(line.amount.count() * weight % total, phase);
    }
    for (const auto& [remainder, phase] : remainders) {
        if (left.is_zero()) break;
        parts[phase] += Cents::of(1);
        left -= Cents::of(1);
    }
    return parts;
}

using LineKey = std::pair<AgbCode, std::string>;

std::set<LineKey> taken_back_in(const std::vector<Delivered>& lines) {
    std::set<LineKey> taken_back;
    for (const auto& one : lines) {
        if (one.line.credit) taken_back.insert({one.provider, one.line.previous});
    }
    return taken_back;
}

Cents price_of(const Agreed& agreed, const Choices& choices, const Pregnancy& pregnancy, Phase phase) {
    const bool early =
        !pregnancy.is_birth() && days_between(pregnancy.onset, pregnancy.end) < choices.early_loss_days;
    if (phase == Phase::prenatal) return early ? agreed.early_loss : agreed.prenatal;
    return phase == Phase::natal ? agreed.natal : agreed.postnatal;
}

struct Seen {
    std::set<Phase> inside;           // phases with care of the bundle by who takes part
    std::map<Phase, Cents> outside;   // and by others
    Date first = Date::far_future();  // the first care of the bundle
};

Seen see(const CareRegion& region, const Pregnancy& pregnancy, std::size_t index,
         const std::vector<const Delivered*>& lines) {
    Seen seen;
    for (const Delivered* one : lines) {
        if (one->pregnancy != index || is_beside(one->line.performance)) continue;
        const auto phases = phases_of(pregnancy, one->line);
        if (region.takes_part(one->provider, pregnancy.onset)) {
            seen.inside.insert(phases.begin(), phases.end());
            seen.first = std::min(seen.first, one->line.care.first);
        } else {
            seen.outside[*phases.begin()] += one->line.amount;
        }
    }
    return seen;
}

// Days of care with who enrolled her, as told last; none: not enrolled.
std::optional<Period> enrolled(const Life& life, std::size_t index, const std::vector<FormRow>& rows) {
    std::optional<Period> found;
    const std::string key = enrolment_key(life.woman, index);
    for (const FormRow& row : rows) {
        if (row.form != "inschrijvingen" || row.cells.at("sleutel") != key) continue;
        const auto end = row.cells.find("eind");
        found = Period::from(*Date::parse(row.cells.at("begin")));
        if (end != row.cells.end()) found->last = *Date::parse(end->second);
    }
    return found;
}

// The phases in which she is enrolled when they begin: after a loss there is one.
void add_enrolled(const Pregnancy& pregnancy, const std::optional<Period>& period, Seen& seen) {
    if (!period) return;
    seen.inside.insert(Phase::prenatal);
    if (!pregnancy.is_birth()) return;
    if (period->contains(pregnancy.end)) seen.inside.insert(Phase::natal);
    if (period->contains(pregnancy.end.plus_days(1))) seen.inside.insert(Phase::postnatal);
}

DuePhase decide(const CareRegion& region, const Life& life, std::size_t index, const Seen& seen,
                Phase phase) {
    const Carried& carried = life.pregnancies[index];
    const Pregnancy& pregnancy = carried.pregnancy;
    const Date begins = phase == Phase::prenatal ? std::min(seen.first, pregnancy.first_visit)
                        : phase == Phase::natal  ? pregnancy.end
                                                 : pregnancy.end.plus_days(1);
    DuePhase due{index, phase, false, "inside", life.insurer_on(begins), Cents()};
    const Agreed* agreed = region.agreed_with(due.insurer, begins);
    const Choices& choices = region.choices;
    const bool left = carried.move && phase == Phase::prenatal && choices.left_early_is_mono;
    const bool has_outside =
        choices.breaks_whole_pregnancy ? !seen.outside.empty() : seen.outside.contains(phase);
    if (choices.outside_breaks && has_outside) {
        due.reason = "outside_care";
    } else if (left) {
        due.reason = "left_early";
    } else if (agreed == nullptr) {
        due.reason = "no_contract";
    } else {
        due.integrated = true;
        due.price = price_of(*agreed, choices, pregnancy, phase);
        const auto outside = seen.outside.find(phase);
        if (outside == seen.outside.end()) return due;
        const Cents deduction =
            agreed->overlap == "werkelijke aftrek" ? outside->second : agreed->fixed_deduction;
        due.price = std::max(Cents(), due.price - deduction);
    }
    return due;
}

}  // namespace

std::vector<const Delivered*> standing(const std::vector<Delivered>& lines) {
    const auto taken_back = taken_back_in(lines);
    std::map<LineKey, const Delivered*> left;
    for (const auto& one : lines) {
        const auto key = std::make_pair(one.provider, one.line.reference);
        if (!one.line.credit && !taken_back.contains(key)) left.emplace(key, &one);
    }
    std::vector<const Delivered*> all;
    for (const auto& [key, line] : left) all.push_back(line);
    return all;
}

bool is_beside(const PerformanceCode& code) {
    return code.list == 999 && code.code.view() == "GUO";
}

const char* standing_word(DueLine::Standing standing) {
    switch (standing) {
        case DueLine::Standing::effective: return "effective";
        case DueLine::Standing::credited: return "credited";
        case DueLine::Standing::credit: break;
    }
    return "credit";
}

std::vector<DueLine> lines_due(const CareRegion& region, const Life& life,
                               const std::vector<Delivered>& lines) {
    const auto taken_back = taken_back_in(lines);
    std::vector<DueLine> all;
    for (const Delivered& one : lines) {
        DueLine due{DueLine::Standing::effective, is_beside(one.line.performance), {}};
        if (one.line.credit) due.standing = DueLine::Standing::credit;
        if (taken_back.contains({one.provider, one.line.reference}))
            due.standing = DueLine::Standing::credited;
        if (due.standing == DueLine::Standing::effective && !due.beside)
            due.parts = parts_of(region.choices, life.pregnancies[one.pregnancy].pregnancy, one.line);
        all.push_back(std::move(due));
    }
    return all;
}

Phase phase_of(const std::string& word) {
    const auto found = std::find_if(std::begin(all_phases), std::end(all_phases),
                                    [&](Phase phase) { return word == phase_word(phase); });
    BUNDEL_ASSERT(found != std::end(all_phases));
    return *found;
}

const char* phase_word(Phase phase) {
    return phase == Phase::prenatal ? "prenatal" : phase == Phase::natal ? "natal" : "postnatal";
}

std::vector<DuePhase> phases_due(const CareRegion& region, const Life& life,
                                 const std::vector<Delivered>& lines, const std::vector<FormRow>& rows) {
    std::vector<DuePhase> all;
    const auto left = standing(lines);
    for (std::size_t index = 0; index < life.pregnancies.size(); ++index) {
        const Pregnancy& pregnancy = life.pregnancies[index].pregnancy;
        Seen seen = see(region, pregnancy, index, left);
        add_enrolled(pregnancy, enrolled(life, index, rows), seen);
        for (const Phase phase : all_phases) {
            if (seen.inside.contains(phase)) all.push_back(decide(region, life, index, seen, phase));
        }
    }
    return all;
}

}  // namespace bundel::sim
