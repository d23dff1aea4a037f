#include "pathway/pregnancies.h"

#include <algorithm>

#include "pathway/activities.h"

namespace bundel::pathway {
using base::Done;
using base::Result;
using facts::Known;
using facts::OutcomeReport;
using rulebook::Datum;
using rulebook::Regime;
using rulebook::Rulebook;
using rulebook::Trail;
using rulebook::Windows;
using values::days_between;
using values::DueDateSource;
using values::ReferenceDay;

namespace {

// One end of a pregnancy as far as the facts tell: reports that lie close together speak of the same end.
struct End {
    Date day;
    Outcome outcome = Outcome::unknown;
    int children = 0;
    std::optional<int> age_days;
    bool is_loss() const {
        return outcome == Outcome::miscarriage || outcome == Outcome::termination ||
               outcome == Outcome::ectopic || outcome == Outcome::molar;
    }
};

struct DueGroup {
    std::vector<DueEvidence> evidence;  // best first
    DueDate best() const { return evidence.front().due; }
};

std::size_t rank_of(const Rulebook& rulebook, DueDateSource source) {
    const auto& rank = rulebook.due_date_rank();
    return static_cast<std::size_t>(std::find(rank.begin(), rank.end(), source) - rank.begin());
}

// Due dates that lie within the tolerance of each other are one group; the best source leads, then the latest
// date of knowing is not looked at: the tighter precision and the earlier date decide, so that order of
// arrival cannot.
std::vector<DueGroup> due_groups(const facts::Woman& known, const Rulebook& rulebook) {
    std::vector<DueDate> dates;
    for (const auto& enrolment : known.enrolments) {
        if (enrolment.fact.due) dates.push_back(*enrolment.fact.due);
    }
    std::sort(dates.begin(), dates.end());
    std::vector<DueGroup> groups;
    for (const DueDate& due : dates) {
        const bool joins = !groups.empty() && days_between(groups.back().evidence.back().due.on, due.on) <=
                                                  rulebook.windows().due_tolerance_days.value;
        if (!joins) groups.emplace_back();
        groups.back().evidence.push_back({due, false});
    }
    for (DueGroup& group : groups) {
        std::sort(group.evidence.begin(), group.evidence.end(),
                  [&](const DueEvidence& a, const DueEvidence& b) {
                      const auto key = [&](const DueEvidence& e) {
                          return std::tuple(rank_of(rulebook, e.due.source), e.due.precision_days, e.due.on);
                      };
                      return key(a) < key(b);
                  });
        group.evidence.front().used = true;
    }
    return groups;
}

// A report beats a day of birth on a claim line; of two reports the one that names an outcome, then the
// earlier.
std::vector<End> ends(const facts::Woman& known, const std::vector<facts::Standing>& standings,
                      const Rulebook& rulebook) {
    std::vector<End> all;
    for (const auto& report : known.outcomes) {
        std::optional<int> age;
        if (report.fact.age) age = report.fact.age->total_days();
        all.push_back({report.fact.day, report.fact.outcome, report.fact.children, age});
    }
    for (std::size_t i = 0; i < known.lines.size(); ++i) {
        if (standings[i] != facts::Standing::effective) continue;
        if (const auto told = birth_told(known, i, rulebook))
            all.push_back({told->day, Outcome::unknown, told->children, std::nullopt});
    }
    const auto order = [](const End& e) {
        return std::tuple(e.day, e.outcome == Outcome::unknown, e.outcome, -e.children);
    };
    std::sort(all.begin(), all.end(), [&](const End& a, const End& b) { return order(a) < order(b); });
    std::vector<End> merged;
    for (const End& end : all) {
        const bool same = !merged.empty() && days_between(merged.back().day, end.day) <=
                                                 rulebook.windows().due_tolerance_days.value;
        if (!same) {
            merged.push_back(end);
            continue;
        }
        End& kept = merged.back();
        const bool better = kept.outcome == Outcome::unknown && end.outcome != Outcome::unknown;
        const auto age = kept.age_days ? kept.age_days : end.age_days;
        if (better) kept = end;
        kept.age_days = age;
        kept.children = std::max(kept.children, end.children);
    }
    return merged;
}

bool fits(const End& end, const DueDate& due, const Windows& windows) {
    const int days = days_between(due.onset(), end.day);
    if (end.is_loss())
        return days >= windows.loss_term_min_days.value && days <= windows.loss_term_max_days.value;
    const int least = end.outcome == Outcome::stillbirth ? windows.stillbirth_term_min_days.value
                                                         : windows.birth_term_min_days.value;
    return days >= least && days <= windows.birth_term_max_days.value;
}

Pregnancy from_due(const DueGroup& group) {
    Pregnancy pregnancy;
    pregnancy.due = group.best();
    pregnancy.onset = group.best().onset();
    pregnancy.evidence = group.evidence;
    pregnancy.age_known = true;
    return pregnancy;
}

void set_end(Pregnancy& pregnancy, const End& end) {
    pregnancy.end = end.day;
    pregnancy.outcome = end.outcome;
    pregnancy.children = end.children;
}

// An end that no due date speaks of: counted back from the age that was reported, else from an assumed 40+0.
Pregnancy from_end(const End& end, const Windows& windows) {
    Pregnancy pregnancy;
    set_end(pregnancy, end);
    if (end.age_days) {
        pregnancy.onset = end.day.plus_days(-*end.age_days);
        pregnancy.age_known = true;
        pregnancy.due = DueDate{pregnancy.onset.plus_days(280), DueDateSource::gestational_age, 0};
    } else if (end.is_loss()) {
        pregnancy.onset = end.day.plus_days(-windows.loss_term_max_days.value);
    } else {
        const int precision = (windows.birth_term_max_days.value - windows.birth_term_min_days.value) / 2;
        pregnancy.due = DueDate{end.day, DueDateSource::delivery_minus_term, std::min(precision, 60)};
        pregnancy.onset = pregnancy.due->onset();
    }
    if (pregnancy.due) pregnancy.evidence.push_back({*pregnancy.due, true});
    return pregnancy;
}

// Each end goes to the group of due dates it fits best; the rest stands on its own.
std::vector<Pregnancy> match(const std::vector<DueGroup>& groups, const std::vector<End>& all_ends,
                             const Windows& windows) {
    std::vector<Pregnancy> pregnancies;
    for (const DueGroup& group : groups) pregnancies.push_back(from_due(group));
    for (const End& end : all_ends) {
        Pregnancy* best = nullptr;
        for (Pregnancy& candidate : pregnancies) {
            if (candidate.end || !candidate.due || !fits(end, *candidate.due, windows)) continue;
            const auto distance = [&](const Pregnancy& p) {
                return std::abs(days_between(p.due->on, end.day));
            };
            if (best == nullptr || distance(candidate) < distance(*best)) best = &candidate;
        }
        if (best != nullptr)
            set_end(*best, end);
        else
            pregnancies.push_back(from_end(end, windows));
    }
    return pregnancies;
}

bool ended_in_loss(const Pregnancy& pregnancy) {
    return pregnancy.end && End{*pregnancy.end, pregnancy.outcome, 0, std::nullopt}.is_loss();
}

int least_between(const Pregnancy& earlier, const Windows& windows) {
    return ended_in_loss(earlier) ? windows.loss_to_birth_days.value : windows.birth_to_birth_days.value;
}

// An assumed onset gives way to what is known: it lies no earlier than a next pregnancy can begin.
void push_assumed_onsets(std::vector<Pregnancy>& pregnancies, const Windows& windows) {
    for (Pregnancy& later : pregnancies) {
        if (later.age_known) continue;
        for (const Pregnancy& earlier : pregnancies) {
            if (!earlier.end || *earlier.end >= *later.end) continue;
            const int rest = least_between(earlier, windows) - windows.birth_term_min_days.value;
            later.onset = std::max(later.onset, std::min(earlier.end->plus_days(rest), *later.end));
        }
    }
}

// Two pregnancies that cannot both be: the later began before the earlier can have ended, or too soon after
// it.
void mark_contradictions(std::vector<Pregnancy>& pregnancies, const Windows& windows) {
    for (std::size_t i = 1; i < pregnancies.size(); ++i) {
        Pregnancy& earlier = pregnancies[i - 1];
        Pregnancy& later = pregnancies[i];
        const bool overlap = !earlier.end || later.onset <= *earlier.end;
        bool too_soon = false;
        if (earlier.end && later.end && !ended_in_loss(later)) {
            too_soon = days_between(*earlier.end, *later.end) < least_between(earlier, windows);
        }
        const bool long_before = !earlier.end && earlier.due &&
                                 days_between(earlier.due->on, later.onset) > windows.unfinished_days.value;
        if ((overlap && !long_before) || too_soon) earlier.contradiction = later.contradiction = true;
    }
}

Date latest_end(const Pregnancy& pregnancy, const Windows& windows) {
    return pregnancy.end ? *pregnancy.end : pregnancy.onset.plus_days(windows.birth_term_max_days.value);
}

std::vector<const facts::Enrolment*> enrolments_of(const Pathway& pathway, std::size_t index,
                                                   const Rulebook& rulebook) {
    std::vector<const facts::Enrolment*> found;
    for (const auto& enrolment : pathway.known.enrolments) {
        if (is_for(pathway, index, enrolment.fact, rulebook)) found.push_back(&enrolment.fact);
    }
    return found;
}

Date first_activity(const Pathway& pathway, std::size_t index, const Rulebook& rulebook,
                    const std::vector<const facts::Enrolment*>& enrolments) {
    const Period window = care_window(pathway, index, rulebook);
    std::optional<Date> first;
    const auto take = [&](Date day) { first = first ? std::min(*first, day) : day; };
    for (const auto* enrolment : enrolments) take(std::max(enrolment->begin, window.first));
    for (std::size_t i = 0; i < pathway.known.lines.size(); ++i) {
        const facts::CareLine& line = pathway.known.lines[i].fact;
        if (pathway.standings[i] == facts::Standing::effective && window.contains(line.care.first))
            take(line.care.first);
    }
    return first.value_or(window.first);
}

// The woman left before her care was complete: her last enrolment ended because she moved or stopped, and
// none goes on.
std::optional<Date> left_on(const std::vector<const facts::Enrolment*>& enrolments) {
    std::optional<Date> left;
    for (const auto* enrolment : enrolments) {
        const bool leaves = enrolment->end_reason == facts::EnrolmentEnd::moved ||
                            enrolment->end_reason == facts::EnrolmentEnd::stopped;
        if (!enrolment->end || !leaves) return std::nullopt;
        left = left ? std::max(*left, *enrolment->end) : *enrolment->end;
    }
    return left;
}

const facts::PhaseEnd* declared_end(const Pathway& pathway, PhaseKind kind, const Period& window) {
    const facts::PhaseEnd* found = nullptr;
    for (const auto& end : pathway.known.phase_ends) {
        if (end.fact.phase != kind || !window.contains(end.fact.last_day)) continue;
        if (found == nullptr || found->last_day < end.fact.last_day) found = &end.fact;
    }
    return found;
}

void set_prenatal(Pregnancy& pregnancy, const facts::PhaseEnd* declared, std::optional<Date> left,
                  Date last_resort, Date as_of, Trail& trail) {
    Phase& phase = pregnancy.phase(PhaseKind::prenatal);
    phase.kind = PhaseKind::prenatal;
    phase.exists = true;
    const bool birth_day_is_prenatal = pregnancy.regime->birth_day.value == rulebook::BirthDayRule::prenatal;
    if (pregnancy.end) {
        const bool whole_day = ended_in_loss(pregnancy) || birth_day_is_prenatal;
        phase.period.last = whole_day ? *pregnancy.end : pregnancy.end->plus_days(-1);
        phase.end = EndEvidence::outcome;
        if (!ended_in_loss(pregnancy))
            trail.note("phase_birth_day", pregnancy.regime->birth_day, Datum::of(*pregnancy.end));
    } else if (declared != nullptr) {
        phase.period.last = declared->last_day;
        phase.end = EndEvidence::phase_end;
        phase.left_early = declared->reason == facts::EnrolmentEnd::moved ||
                           declared->reason == facts::EnrolmentEnd::stopped;
        trail.fact("phase_end_declared", Datum::of(PhaseKind::prenatal), Datum::of(declared->last_day),
                   Datum::of(declared->reporter));
    } else if (left) {
        phase.period.last = *left;
        phase.end = EndEvidence::enrolment_end;
        phase.left_early = true;
        trail.fact("phase_left_early", Datum::of(*left));
    } else {
        phase.period.last = pregnancy.due ? pregnancy.due->on.plus_days(-1) : last_resort;
        if (last_resort <= as_of) phase.end = EndEvidence::window;
    }
    // Care may be known only from after the end: then the phase is that last day, never a day beyond it.
    phase.period.first = std::min(pregnancy.first_activity, phase.period.last);
}

void set_natal_and_postnatal(Pregnancy& pregnancy, const facts::PhaseEnd* declared, Trail& trail) {
    Phase& natal = pregnancy.phase(PhaseKind::natal);
    Phase& postnatal = pregnancy.phase(PhaseKind::postnatal);
    natal.kind = PhaseKind::natal;
    postnatal.kind = PhaseKind::postnatal;
    const Phase& prenatal = pregnancy.phase(PhaseKind::prenatal);
    if (ended_in_loss(pregnancy) || prenatal.left_early) return;  // neither phase comes
    const bool expected_only = !pregnancy.end;
    if (expected_only && !pregnancy.due) return;
    const Date birth = pregnancy.end.value_or(pregnancy.due->on);
    const bool from_birth_day = pregnancy.regime->birth_day.value == rulebook::BirthDayRule::postnatal;
    natal.exists = postnatal.exists = true;
    natal.period = Period::day(birth);
    postnatal.period = {from_birth_day ? birth : birth.plus_days(1),
                        birth.plus_days(pregnancy.regime->postnatal_days.value)};
    if (expected_only) return;
    natal.end = EndEvidence::outcome;
    postnatal.end = EndEvidence::window;
    trail.note("phase_postnatal_days", pregnancy.regime->postnatal_days, Datum::of(postnatal.period.last));
    if (declared != nullptr && declared->last_day >= postnatal.period.first) {
        postnatal.period.last = declared->last_day;
        postnatal.end = EndEvidence::phase_end;
        trail.fact("phase_end_declared", Datum::of(PhaseKind::postnatal), Datum::of(declared->last_day),
                   Datum::of(declared->reporter));
    }
}

void note_dates(const Pregnancy& pregnancy, Trail& trail) {
    static constexpr const char* source_words[] = {"due_registered", "due_dating_scan", "due_gestational_age",
                                                   "due_codes", "due_delivery_minus_term"};
    for (const DueEvidence& evidence : pregnancy.evidence) {
        const char* word = source_words[static_cast<std::size_t>(evidence.due.source)];
        trail.fact(evidence.used ? "due_used" : "due_not_used", Datum::of(evidence.due.on),
                   Datum::of_word(word));
    }
    static constexpr const char* outcome_words[] = {
        "outcome_unknown",     "outcome_live_birth", "outcome_stillbirth", "outcome_miscarriage",
        "outcome_termination", "outcome_ectopic",    "outcome_molar"};
    if (pregnancy.end) {
        trail.fact("pregnancy_ended", Datum::of(*pregnancy.end),
                   Datum::of_word(outcome_words[static_cast<std::size_t>(pregnancy.outcome)]));
    }
    if (pregnancy.contradiction) trail.fact("pregnancy_contradiction");
}

Result<Done> set_phases(Pathway& pathway, std::size_t index, const Rulebook& rulebook, Date as_of) {
    Pregnancy& pregnancy = pathway.pregnancies[index];
    Trail& trail = pathway.trails[index];
    note_dates(pregnancy, trail);
    // The regime may hang on the first care or on the birth; phases hang on the regime. First activity needs
    // no regime.
    const auto enrolments = enrolments_of(pathway, index, rulebook);
    pregnancy.first_activity = first_activity(pathway, index, rulebook, enrolments);
    pregnancy.phase(PhaseKind::prenatal).period = {pregnancy.first_activity,
                                                   latest_end(pregnancy, rulebook.windows())};
    BUNDEL_TRY(regime, rulebook.regime_on(
                           reference_day(rulebook.regime_day().value, pregnancy, PhaseKind::prenatal)));
    pregnancy.regime = regime;
    trail.note("regime_chosen", rulebook.regime_day(),
               Datum::of(reference_day(rulebook.regime_day().value, pregnancy, PhaseKind::prenatal)));
    const Period window = care_window(pathway, index, rulebook);
    const Date last_resort = (pregnancy.due ? pregnancy.due->on : latest_end(pregnancy, rulebook.windows()))
                                 .plus_days(rulebook.windows().unfinished_days.value);
    set_prenatal(pregnancy, declared_end(pathway, PhaseKind::prenatal, window), left_on(enrolments),
                 last_resort, as_of, trail);
    set_natal_and_postnatal(pregnancy, declared_end(pathway, PhaseKind::postnatal, window), trail);
    const bool goes_on = !pregnancy.end && pregnancy.phase(PhaseKind::prenatal).end == EndEvidence::none;
    if (goes_on) {
        const Date last_same = last_resort.plus_days(-1);
        pathway.holds_until = pathway.holds_until ? std::min(*pathway.holds_until, last_same) : last_same;
    }
    return Done{};
}

}  // namespace

Period care_window(const Pathway& pathway, std::size_t index, const Rulebook& rulebook) {
    const Pregnancy& pregnancy = pathway.pregnancies[index];
    const Regime* regime = pregnancy.regime;
    const int after = regime != nullptr ? regime->postnatal_days.value : 0;
    Period window{pregnancy.onset, latest_end(pregnancy, rulebook.windows()).plus_days(after)};
    if (index + 1 < pathway.pregnancies.size()) {
        const Date next = pathway.pregnancies[index + 1].onset;
        const Date floor = pregnancy.end.value_or(pregnancy.onset);
        window.last = std::max(floor, std::min(window.last, next.plus_days(-1)));
    }
    return window;
}

bool is_for(const Pathway& pathway, std::size_t index, const facts::Enrolment& enrolment,
            const Rulebook& rulebook) {
    if (!enrolment.due) return care_window(pathway, index, rulebook).contains(enrolment.begin);
    const auto& evidence = pathway.pregnancies[index].evidence;
    return std::any_of(evidence.begin(), evidence.end(),
                       [&](const DueEvidence& e) { return e.due == *enrolment.due; });
}

Date reference_day(ReferenceDay rule, const Pregnancy& pregnancy, PhaseKind kind) {
    const Phase& phase = pregnancy.phase(kind);
    switch (rule) {
        case ReferenceDay::phase_start: return phase.period.first;
        case ReferenceDay::phase_end: return phase.period.last;
        case ReferenceDay::birth:
            if (pregnancy.end) return *pregnancy.end;
            return pregnancy.due ? pregnancy.due->on : phase.period.last;
        case ReferenceDay::first_activity: return pregnancy.first_activity;
        case ReferenceDay::pregnancy_start: return pregnancy.onset;
    }
    BUNDEL_ASSERT(false);
    return pregnancy.onset;
}

Result<Done> find_pregnancies(Pathway& pathway, const Rulebook& rulebook, Date as_of) {
    const auto groups = due_groups(pathway.known, rulebook);
    pathway.pregnancies = match(groups, ends(pathway.known, pathway.standings, rulebook), rulebook.windows());
    push_assumed_onsets(pathway.pregnancies, rulebook.windows());
    std::sort(pathway.pregnancies.begin(), pathway.pregnancies.end(),
              [](const Pregnancy& a, const Pregnancy& b) {
                  return std::tuple(a.onset, a.end) < std::tuple(b.onset, b.end);
              });
    mark_contradictions(pathway.pregnancies, rulebook.windows());
    pathway.trails.resize(pathway.pregnancies.size());
    for (std::size_t i = 0; i < pathway.pregnancies.size(); ++i)
        BUNDEL_TRY_DONE(set_phases(pathway, i, rulebook, as_of));
    return Done{};
}

}  // namespace bundel::pathway
