#include "sim/score.h"

#include <algorithm>

#include "sim/files.h"
#include "sim/found.h"
#include "sim/play_log.h"
#include "sim/program.h"
#include "sim/truth_tables.h"

namespace bundel::sim {
namespace {

constexpr int end_tolerance = 14;  // closer than this two reports speak of one end
constexpr int due_tolerance = 45;  // or of one due date, that may be a month off
constexpr int after_birth = 60;    // the last care of a pregnancy
constexpr std::size_t none = static_cast<std::size_t>(-1);

bool is_near(const std::optional<Date>& found, Date truth, int days) {
    return found && std::abs(days_between(*found, truth)) <= days;
}

// References and keys of the region begin with the number of the woman.
std::string number_of(const Found& found) {
    if (!found.enrolments.empty()) return found.enrolments.front().substr(0, 7);
    if (found.lines.empty()) return "";
    const std::string& line = found.lines.front().line;
    return line.substr(line.find('/') + 1, 7);
}

// Which pregnancy of the truth each found one is.
std::vector<std::size_t> matched(const TrueWoman& her, const Found& found) {
    std::vector<std::size_t> places(found.pregnancies.size(), none);
    for (std::size_t truth = 0; truth < her.pregnancies.size(); ++truth) {
        const auto place = [&](auto is_it) {
            for (std::size_t i = 0; i < places.size(); ++i) {
                if (places[i] == none && is_it(found.pregnancies[i])) return i;
            }
            return none;
        };
        std::size_t same = place(
            [&](const auto& one) { return is_near(one.end, her.pregnancies[truth].end, end_tolerance); });
        if (same == none)
            same = place(
                [&](const auto& one) { return is_near(one.due, her.pregnancies[truth].due, due_tolerance); });
        if (same != none) places[same] = truth;
    }
    return places;
}

// What could be known of a phase on a day.
struct Known {
    std::string route = "none";
    std::string insurer;
    Cents price;
};
Known known_on(const TrueWoman& her, std::size_t pregnancy, Phase phase, Date day, bool outside) {
    Known known;
    for (const TrueKnown& one : her.known) {
        const bool fits =
            one.outside == outside && one.phase.pregnancy == pregnancy && one.phase.phase == phase;
        if (fits && one.from <= day) known = {one.phase.route, one.phase.insurer, one.phase.price};
    }
    return known;
}

// What she is found to be: of several persons the one with most of her.
struct Her {
    const TrueWoman& truth;
    const std::vector<Found>& all;
    const Found* main = nullptr;
    std::vector<std::size_t> places;  // of the pregnancies of main
    std::vector<Date> told;           // when an insurer told of care from outside
    std::vector<std::pair<Date, Date>> untold =
        {};  // from, before: an insurer had such care and had not told of it

    bool told_on(Date day) const {
        return std::any_of(told.begin(), told.end(), [&](Date one) { return one <= day; });
    }
    bool told_in_part_on(Date day) const {
        return told_on(day) && std::any_of(untold.begin(), untold.end(), [&](const auto& one) {
                   return one.first <= day && day < one.second;
               });
    }
    bool has_outside() const {
        return std::any_of(truth.lines.begin(), truth.lines.end(), [](const TrueLine& line) {
            return !line.to_igo && line.disposition == "in_scope";
        });
    }
    // About this phase, a line with a part in it, or all of her.
    bool has_question(std::size_t pregnancy, Phase phase) const {
        for (const Found& one : all) {
            for (const FoundQuestion& question : one.questions) {
                if (is_about(one, question, pregnancy, phase)) return true;
            }
        }
        return false;
    }
    bool is_about(const Found& one, const FoundQuestion& question, std::size_t pregnancy, Phase phase) const {
        if (question.phase && &one == main)
            return *question.phase == phase && places[question.pregnancy] == pregnancy;
        if (question.line.empty()) return true;
        return std::any_of(truth.lines.begin(), truth.lines.end(), [&](const TrueLine& line) {
            return line.line == question.line && line.pregnancy == pregnancy && line.parts.contains(phase);
        });
    }
    const FoundPhase* phase(std::size_t pregnancy, Phase phase) const {
        if (main == nullptr) return nullptr;
        for (const FoundPhase& one : main->phases) {
            if (places[one.pregnancy] == pregnancy && one.phase == phase) return &one;
        }
        return nullptr;
    }
};

// The first of these that she met; nothing of hers went wrong: what was not told.
std::string cause_of(const Her& her) {
    for (const char* fault : {"lost_file", "wrong_bsn_digit", "wrong_due_month", "wrong_due_days",
                              "missing_enrolment", "hidden_outside_care"}) {
        if (her.truth.faults.contains(fault)) return fault;
    }
    return her.has_outside() ? "outside_not_told" : "not_told";
}

class Scorer {
public:
    explicit Scorer(const ScoreOrder& order) : order_(order) {}

    Result<Score> run() {
        BUNDEL_TRY(truth, read_truth(order_.region / "waarheid"));
        truth_ = std::move(truth);
        found_.resize(truth_.women.size());
        BUNDEL_TRY(log, PlayLog::read(order_.region / "gespeeld"));
        log_ = std::move(log);
        as_of_ = order_.as_of.value_or(log_.last);
        BUNDEL_TRY_DONE(read_found());
        for (std::size_t i = 0; i < truth_.women.size(); ++i) judge(truth_.women[i], found_[i]);
        judge_suspicions();
        return std::move(score_);
    }

private:
    Result<base::Done> read_found() {
        const std::vector<std::string> command{order_.program,       "export",  "women",     "--data",
                                               order_.data.string(), "--as-of", as_of_.iso()};
        BUNDEL_TRY(exit_code, read_program(command, [&](std::string_view line) -> Result<base::Done> {
                       BUNDEL_TRY(found, parse_found(line));
                       keep(std::move(found));
                       return base::Done{};
                   }));
        some_undecided_ = exit_code == 1;
        if (exit_code <= 1) return base::Done{};
        return base::Error{"program_failed",
                           {{"command", "export women"}, {"output", std::to_string(exit_code)}}};
    }

    void keep(Found found) {
        for (const FoundPhase& one : found.phases) {
            if (one.route == "integrated") performances_[one.performance] = one.phase;
        }
        for (const auto& question : found.questions) ++score_.questions[question.code];
        score_.lost += found.lost;
        const auto her = truth_.place.find(number_of(found));
        if (her != truth_.place.end()) found_[her->second].push_back(std::move(found));
    }

    void judge(const TrueWoman& truth, const std::vector<Found>& found) {
        Her her{truth, found, nullptr, {}, {}};
        for (const Found& one : found) {
            if (her.main == nullptr || one.lines.size() > her.main->lines.size()) her.main = &one;
        }
        if (her.main != nullptr) her.places = matched(truth, *her.main);
        listen(her);
        ++score_.women;
        score_.pregnancies += static_cast<long>(truth.pregnancies.size());
        if (found.empty() && some_undecided_ && was_heard_of(truth)) return leave_open(truth);
        for (const TruePhase& phase : truth.phases) judge_phase(her, phase);
        judge_phases_too_many(her);
        judge_lines(her);
        for (const Found& one : found) {
            for (const FoundClaim& claim : one.claims) {
                if (claim.integrated && !claim.credit && claim.sent) judge_claim(her, one, claim);
            }
        }
    }

    static bool is_ours(const TrueLine& line) { return line.to_igo && line.received.has_value(); }

    static bool was_heard_of(const TrueWoman& truth) {
        return std::any_of(truth.lines.begin(), truth.lines.end(), is_ours);
    }

    // bundel tells nothing of her, because the rulebook lacks a value for her: that is a question to its
    // owner.
    void leave_open(const TrueWoman& truth) {
        std::set<std::string> lines;
        for (const TrueLine& line : truth.lines) {
            if (is_ours(line)) lines.insert(line.line);
        }
        score_.phases.left_open += static_cast<long>(truth.phases.size());
        score_.lines.left_open += static_cast<long>(lines.size());
        ++score_.questions["rulebook_value_missing"];
    }

    // An insurer tells by an overlap file, or by refusing what was declared already.
    void listen(Her& her) const {
        for (const TrueLine& line : her.truth.lines) {
            if (line.to_igo || !line.received) continue;
            const auto told = log_.told.find(line.line);
            if (told != log_.told.end()) her.told.push_back(told->second);
            her.untold.emplace_back(*line.received,
                                    told != log_.told.end() ? told->second : Date::far_future());
        }
        for (const Found& one : her.all) {
            for (const FoundClaim& claim : one.claims) {
                if (claim.is_refused_as_double && claim.answered) her.told.push_back(*claim.answered);
            }
        }
    }

    void tell(const Her& her, std::size_t pregnancy, const char* where, const std::string& what) {
        score_.differences.push_back(her.truth.number + " zwangerschap " + std::to_string(pregnancy + 1) +
                                     " " + where + ": " + what);
    }

    void judge_phase(const Her& her, const TruePhase& due) {
        const FoundPhase* found = her.phase(due.pregnancy, due.phase);
        const std::string route = found == nullptr ? "none" : found->route;
        ++score_.routes[{due.route, route}];
        const Cents price = found == nullptr ? Cents() : found->price;
        const bool is_integrated = route == "integrated";
        const bool same_price = !is_integrated || price == due.price;
        if (route == due.route && !same_price)
            score_.price_difference += Cents::of(std::abs((price - due.price).count()));
        if (route != due.route || !same_price) return differ(her, due, route, price);
        ++score_.phases.right;
        const bool is_settled = is_integrated && settled(due, *found, *her.main);
        score_.settled += is_settled ? 1 : 0;
        if ((!is_integrated || is_settled) && !her.has_question(due.pregnancy, due.phase)) ++score_.straight;
    }

    // Not as in the truth: was it as could be known?
    void differ(const Her& her, const TruePhase& due, const std::string& route, Cents price) {
        if (route == "ask" || route == "hold") {
            ++score_.phases.left_open;
            return;
        }
        const Known known = known_on(her.truth, due.pregnancy, due.phase, as_of_, her.told_on(as_of_));
        const bool as_known = known.route == route && (route != "integrated" || known.price == price);
        const bool in_part = route == "integrated" && her.told_in_part_on(as_of_);
        if (as_known || in_part) {
            ++score_.phases.unknowable[as_known ? cause_of(her) : "outside_told_in_part"];
            return;
        }
        ++score_.phases.wrong;
        tell(her, due.pregnancy, phase_word(due.phase),
             due.route + " " + std::to_string(due.price.count()) + " (" + due.reason + "), kenbaar " +
                 known.route + " " + std::to_string(known.price.count()) + ", bundel " + route + " " +
                 std::to_string(price.count()));
    }

    static bool settled(const TruePhase& due, const FoundPhase& phase, const Found& found) {
        return std::any_of(found.claims.begin(), found.claims.end(), [&](const FoundClaim& claim) {
            const bool granted = claim.state == "approved" || claim.state == "paid";
            const bool in_time =
                claim.answered && phase.latest_submit_day && *claim.answered <= *phase.latest_submit_day;
            return !claim.credit && claim.performance == phase.performance && granted && in_time &&
                   claim.granted == due.price;
        });
    }

    // Phases that the truth does not have.
    void judge_phases_too_many(const Her& her) {
        for (const Found& one : her.all) {
            for (const FoundPhase& phase : one.phases) {
                const std::size_t pregnancy = &one == her.main ? her.places[phase.pregnancy] : none;
                const bool is_due =
                    std::any_of(her.truth.phases.begin(), her.truth.phases.end(), [&](const TruePhase& due) {
                        return due.pregnancy == pregnancy && due.phase == phase.phase;
                    });
                if (is_due) continue;
                ++score_.routes[{"none", phase.route}];
                differ(her, {pregnancy, phase.phase, "none", phase.reason, "", Cents()}, phase.route,
                       phase.price);
            }
        }
    }

    void judge_lines(const Her& her) {
        std::map<std::string, const FoundLine*> found;
        for (const Found& one : her.all) {
            for (const FoundLine& line : one.lines) found[line.line] = &line;
        }
        std::set<std::string> seen;  // what was handed in twice is one line
        for (const TrueLine& line : her.truth.lines) {
            if (!is_ours(line) || !seen.insert(line.line).second) continue;
            const auto it = found.find(line.line);
            const FoundLine* its = it == found.end() ? nullptr : it->second;
            const bool same = its != nullptr && its->standing == line.standing &&
                              (line.standing != "effective" || its->disposition == line.disposition) &&
                              its->parts == line.parts;
            if (same) {
                ++score_.lines.right;
            } else if (is_unknowable(her, line)) {
                ++score_.lines.unknowable[cause_of(her)];
            } else {
                ++score_.lines.wrong;
                tell(her, line.pregnancy, line.line.c_str(),
                     line.standing + " " + line.disposition +
                         (its == nullptr ? ", bundel niets"
                                         : ", bundel " + its->standing + " " + its->disposition));
            }
        }
    }

    // Something of hers went wrong on the way, or nothing tells of this pregnancy.
    bool is_unknowable(const Her& her, const TrueLine& line) const {
        static const std::set<std::string> faults{"lost_file", "wrong_bsn_digit", "wrong_due_month",
                                                  "wrong_due_days", "missing_enrolment"};
        const bool met = std::any_of(faults.begin(), faults.end(), [&](const std::string& fault) {
            return her.truth.faults.contains(fault);
        });
        return met || known_on(her.truth, line.pregnancy, Phase::prenatal, as_of_, false).route == "none";
    }

    // The pregnancy whose care a claim lies in.
    static std::size_t pregnancy_at(const TrueWoman& truth, Date day) {
        for (std::size_t i = 0; i < truth.pregnancies.size(); ++i) {
            if (day <= truth.pregnancies[i].end.plus_days(after_birth)) return i;
        }
        return none;
    }

    static Date last_day(const Found& found, const FoundClaim& claim, Date as_of) {
        Date last = as_of;
        if (claim.state == "rejected" && claim.answered) last = claim.answered->plus_days(-1);
        for (const FoundClaim& other : found.claims) {
            if (other.credit && other.debit == claim.reference && other.sent)
                last = std::min(last, other.sent->plus_days(-1));
        }
        return last;
    }

    void judge_claim(const Her& her, const Found& found, const FoundClaim& claim) {
        const std::size_t pregnancy = pregnancy_at(her.truth, claim.care.first);
        const auto phase = performances_.find(claim.performance);
        const Date last = last_day(found, claim, as_of_);
        std::string cause;
        for (Date day = *claim.sent; day <= last; day = day.plus_months(1)) {
            if (phase == performances_.end()) return wrong_claim(her, pregnancy, claim, day, Known());
            const Known known = known_on(her.truth, pregnancy, phase->second, day, her.told_on(day));
            const bool right =
                known.route == "integrated" && known.price == claim.amount && known.insurer == claim.insurer;
            if (right) continue;
            if (!her.told_in_part_on(day)) return wrong_claim(her, pregnancy, claim, day, known);
            cause = "outside_told_in_part";
        }
        if (cause.empty()) {
            ++score_.claims.right;
        } else {
            ++score_.claims.unknowable[cause];
        }
    }

    void wrong_claim(const Her& her, std::size_t pregnancy, const FoundClaim& claim, Date day,
                     const Known& known) {
        ++score_.claims.wrong;
        tell(her, pregnancy, claim.reference.c_str(),
             claim.performance + " " + std::to_string(claim.amount.count()) + " bij " + claim.insurer +
                 " staat op " + day.iso() + ", kenbaar " + known.route + " " +
                 std::to_string(known.price.count()) + " bij " + known.insurer);
    }

    static bool is_about(const Suspected& suspicion, const LostFile& file) {
        return suspicion.participant == file.sender.digits() && suspicion.first <= file.number &&
               file.number <= suspicion.last;
    }

    void judge_suspicions() {
        for (const LostFile& file : truth_.lost) {
            ++score_.lost_files;
            const bool seen = std::any_of(log_.suspected.begin(), log_.suspected.end(),
                                          [&](const auto& one) { return is_about(one.second, file); });
            score_.suspected += seen ? 1 : 0;
            if (!seen) score_.differences.push_back("niet vermoed: " + file.name);
        }
        for (const auto& [key, one] : log_.suspected) {
            const bool was =
                std::any_of(truth_.lost.begin(), truth_.lost.end(),
                            [&, about = one](const LostFile& file) { return is_about(about, file); });
            if (!was) ++score_.false_suspicions[one.code];
            ++score_.questions[one.code];
        }
    }

    const ScoreOrder& order_;
    Date as_of_;
    TrueRegion truth_;
    std::vector<std::vector<Found>> found_;      // by woman of the truth
    std::map<std::string, Phase> performances_;  // integrated performance -> its phase
    PlayLog log_;
    bool some_undecided_ = false;  // bundel passed over women of whom the rulebook lacks a value
    Score score_;
};

}  // namespace

long Agreement::all() const {
    long sum = right + left_open + wrong;
    for (const auto& [cause, count] : unknowable) sum += count;
    return sum;
}

Result<Score> score(const ScoreOrder& order) {
    return Scorer(order).run();
}

}  // namespace bundel::sim
