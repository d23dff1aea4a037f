#include "sim/knowable.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sim/registration.h"

namespace bundel::sim {
namespace {

// What is known on a day, in the shape of the truth.
struct View {
    Life life;
    std::vector<Delivered> lines;
    std::vector<FormRow> rows;
    std::set<std::size_t> pregnancies;  // that are known of
};

bool tells_of_pregnancy(const ClaimLine& line) {
    const bool birth = std::any_of(line.activities.begin(), line.activities.end(),
                                   [](const Activity& one) { return is_birth(one.code); });
    return line.performance.list == 32 || line.partus.has_value() || birth;
}

std::string text(const FormRow& row, const char* column) {
    const auto found = row.cells.find(column);
    return found == row.cells.end() ? "" : found->second;
}

class Viewer {
public:
    Viewer(const Life& life, const std::vector<Delivered>& lines, const std::vector<ToldRow>& rows, Date day,
           bool outside)
        : lines_(lines), rows_(rows), day_(day), outside_(outside) {
        view_.life = life;
    }

    View look() {
        add_lines();
        for (const ToldRow& one : rows_) {
            if (one.received && *one.received <= day_) view_.rows.push_back(one.row);
        }
        // Of two versions the last written counts, whatever order they came in.
        std::stable_sort(view_.rows.begin(), view_.rows.end(), [](const FormRow& a, const FormRow& b) {
            return text(a, "versie") < text(b, "versie");
        });
        for (std::size_t i = 0; i < view_.life.pregnancies.size(); ++i) learn(i);
        learn_insurers();
        return std::move(view_);
    }

private:
    void add_lines() {
        for (const Delivered& one : lines_) {
            const bool known = one.received && *one.received <= day_ && one.line.bsn != BsnUse::wrong;
            if (!known || (!one.to_igo && !outside_)) continue;
            view_.lines.push_back(one);
        }
        for (const Delivered* one : standing(view_.lines)) {
            if (one->to_igo && tells_of_pregnancy(one->line)) view_.pregnancies.insert(one->pregnancy);
        }
    }

    // Her first visit, due date and move from the enrolment; without one the first visit is that of the first
    // line.
    void learn(std::size_t index) {
        Carried& carried = view_.life.pregnancies[index];
        Pregnancy& pregnancy = carried.pregnancy;
        const Date end = pregnancy.end;
        const auto move = std::exchange(carried.move, std::nullopt);
        pregnancy.first_visit = Date::far_future();
        for (const FormRow& row : view_.rows) {
            if (row.form == "inschrijvingen" &&
                row.cells.at("sleutel") == enrolment_key(view_.life.woman, index)) {
                pregnancy.first_visit = *Date::parse(row.cells.at("begin"));
                pregnancy.onset = Date::parse(row.cells.at("a_terme"))->plus_days(-280);
                if (text(row, "reden") == "verhuisd") carried.move = move;
                view_.pregnancies.insert(index);
            }
            if (row.form == "uitkomsten" && *Date::parse(row.cells.at("datum")) == end)
                view_.pregnancies.insert(index);
        }
    }

    // As told; when nothing was told the lines tell.
    void learn_insurers() {
        std::map<std::string, Insured> told;  // by key
        for (const FormRow& row : view_.rows) {
            if (row.form != "verzekeringen") continue;
            told[row.cells.at("sleutel")] = {*Date::parse(row.cells.at("begin")),
                                             *UzoviCode::parse(row.cells.at("verzekeraar"))};
        }
        if (told.empty()) return;
        view_.life.insured.clear();
        for (const auto& [key, one] : told) view_.life.insured.push_back(one);
        std::sort(view_.life.insured.begin(), view_.life.insured.end(),
                  [](const Insured& a, const Insured& b) { return a.from < b.from; });
    }

    const std::vector<Delivered>& lines_;
    const std::vector<ToldRow>& rows_;
    Date day_;
    bool outside_;
    View view_;
};

using PhaseOf = std::pair<std::size_t, Phase>;

std::map<PhaseOf, DuePhase> known_phases(const CareRegion& region, const View& view) {
    std::map<PhaseOf, DuePhase> phases;
    for (const DuePhase& one : phases_due(region, view.life, view.lines, view.rows)) {
        if (view.pregnancies.contains(one.pregnancy)) phases.emplace(PhaseOf{one.pregnancy, one.phase}, one);
    }
    return phases;
}

bool is_same(const DuePhase& one, const DuePhase& other) {
    return one.integrated == other.integrated && one.insurer == other.insurer && one.price == other.price &&
           std::string_view(one.reason) == other.reason;
}

void add_changes(std::map<PhaseOf, DuePhase>& was, std::map<PhaseOf, DuePhase> is, Date day, bool outside,
                 std::vector<KnownPhase>& changes) {
    for (const auto& [place, due] : was) {
        if (!is.contains(place)) changes.push_back({day, outside, due, true});
    }
    for (const auto& [place, due] : is) {
        const auto before = was.find(place);
        if (before == was.end() || !is_same(before->second, due))
            changes.push_back({day, outside, due, false});
    }
    was = std::move(is);
}

}  // namespace

std::vector<KnownPhase> knowable(const CareRegion& region, const Life& life,
                                 const std::vector<Delivered>& lines, const std::vector<ToldRow>& rows) {
    std::set<Date> days;
    for (const Delivered& one : lines) {
        if (one.received) days.insert(*one.received);
    }
    for (const ToldRow& one : rows) {
        if (one.received) days.insert(*one.received);
    }
    const bool any_outside =
        std::any_of(lines.begin(), lines.end(), [](const Delivered& one) { return !one.to_igo; });
    std::vector<KnownPhase> changes;
    std::map<PhaseOf, DuePhase> inside, all;
    for (const Date day : days) {
        add_changes(inside, known_phases(region, Viewer(life, lines, rows, day, false).look()), day, false,
                    changes);
        if (any_outside)
            add_changes(all, known_phases(region, Viewer(life, lines, rows, day, true).look()), day, true,
                        changes);
    }
    return changes;
}

}  // namespace bundel::sim
