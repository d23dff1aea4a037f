#include "engine/accrual.h"

#include <algorithm>
#include <set>

#include "engine/closing.h"
#include "engine/women.h"
#include "pathway/pregnancies.h"

namespace bundel::engine {
using insight::CaseKind;
using insight::Discipline;
using pathway::Part;
using pathway::Phase;
using rulebook::AccrualTerms;
using values::PhaseKind;

namespace {

// Estimates of one day must be the same each time they are made.
constexpr std::uint64_t seed = 1;

const rulebook::Value<int>& complete_after(const AccrualTerms& terms, Discipline discipline) {
    switch (discipline) {
        case Discipline::midwife: return terms.complete_after_days.midwife;
        case Discipline::hospital: return terms.complete_after_days.hospital;
        case Discipline::kraamzorg: return terms.complete_after_days.kraamzorg;
        case Discipline::other: break;
    }
    return terms.complete_after_days.other;
}

values::Status weakest_of(const AccrualTerms& terms) {
    values::Status status = values::weakest(terms.least_history.status, terms.history_days.status);
    for (const Discipline discipline : insight::all_disciplines)
        status = values::weakest(status, complete_after(terms, discipline).status);
    return status;
}

// The disciplines of the IGO: of no other care is anything expected.
std::set<Discipline> disciplines_of(const facts::Agreements& known) {
    std::set<Discipline> found;
    for (const auto& membership : known.memberships)
        found.insert(insight::discipline_of(membership.fact.organisation));
    return found;
}

bool has_member(const claim::Case& wanted, const facts::Agreements& known, const rulebook::Rulebook& rulebook,
                std::uint32_t index) {
    const auto& enrolments = wanted.pathway.known.enrolments;
    return std::any_of(wanted.pathway.parts.begin(), wanted.pathway.parts.end(),
                       [&](const Part& part) {
                           return part.pregnancy == index && wanted.selection.lines[part.line].ours;
                       }) ||
           std::any_of(enrolments.begin(), enrolments.end(), [&](const auto& enrolment) {
               const auto& fact = enrolment.fact;
               return pathway::is_for(wanted.pathway, index, fact, rulebook) &&
                      facts::membership_on(known, fact.practice, fact.begin) != nullptr;
           });
}

bool goes_mono(const claim::Case& wanted, std::uint32_t pregnancy, PhaseKind phase) {
    const auto* decision = wanted.selection.decision_on(pregnancy, phase);
    return decision != nullptr && decision->route.kind == selection::RouteKind::mono;
}

// The cases of one woman: those that are open on the day, and those that finished not too long ago.
class Cases {
public:
    Cases(const World& world, const facts::Agreements& known, Date as_of)
        : rulebook_(world.rulebook),
          terms_(world.rulebook.accrual_terms()),
          known_(known),
          disciplines_(disciplines_of(known)),
          as_of_(as_of) {}

    void add(const claim::Case& wanted) {
        for (std::uint32_t i = 0; i < wanted.pathway.pregnancies.size(); ++i) {
            if (!has_member(wanted, known_, rulebook_, i)) continue;
            for (const PhaseKind kind : values::all_phases) {
                const pathway::Pregnancy& pregnancy = wanted.pathway.pregnancies[i];
                const Phase& phase = pregnancy.phase(kind);
                const bool begun = phase.exists && phase.period.first <= as_of_;
                if (!begun || goes_mono(wanted, i, kind)) continue;
                for (const Discipline discipline : disciplines_)
                    add(phase, discipline, is_known_to_the_end(pregnancy, phase),
                        declared(wanted, i, {kind, discipline}));
            }
        }
    }

    std::vector<insight::FinishedCase> finished;
    std::vector<insight::OpenCase> open;

private:
    static Cents declared(const claim::Case& wanted, std::uint32_t pregnancy, const CaseKind& kind) {
        Cents total;
        for (const Part& part : wanted.pathway.parts) {
            const auto& line = wanted.pathway.known.lines[part.line].fact;
            if (part.pregnancy == pregnancy && part.phase == kind.phase &&
                wanted.selection.lines[part.line].ours &&
                insight::discipline_of(line.declarant) == kind.discipline)
                total += part.amount;
        }
        return total;
    }

    // A pregnancy of which nothing was heard any more tells nothing of how others end.
    static bool is_known_to_the_end(const pathway::Pregnancy& pregnancy, const Phase& phase) {
        return pregnancy.end || phase.end != pathway::EndEvidence::window;
    }

    void add(const Phase& phase, Discipline discipline, bool known_to_the_end, Cents amount) {
        const CaseKind kind{phase.kind, discipline};
        const bool ended = phase.ended_by(as_of_);
        const int days = values::days_between(phase.period.last, as_of_);
        if (ended && days > complete_after(terms_, discipline).value) {
            if (known_to_the_end && days <= terms_.history_days.value) finished.push_back({kind, amount});
            return;
        }
        const int in_all = phase.period.days();
        const int so_far = values::days_between(phase.period.first, as_of_) + 1;
        open.push_back({kind, std::min(so_far, in_all), in_all, amount});
    }

    const rulebook::Rulebook& rulebook_;
    const AccrualTerms& terms_;
    const facts::Agreements& known_;
    std::set<Discipline> disciplines_;
    Date as_of_;
};

// Of a line that was received after `until`: what is for care up to and including it.
Result<Cents> part_until(Cents amount, const values::Period& care, Date until) {
    const auto before = values::intersection(care, {care.first, until});
    return values::scale(amount, values::Ratio::of(before->days(), care.days()), values::Rounding::half_even);
}

Result<Done> add_arrived(const claim::Case& wanted, Date until, std::map<CaseKind, Cents>& arrived) {
    for (const Part& part : wanted.pathway.parts) {
        const auto& line = wanted.pathway.known.lines[part.line];
        const bool since = line.received > until && line.fact.care.first <= until;
        if (!since || !wanted.selection.lines[part.line].ours ||
            goes_mono(wanted, part.pregnancy, part.phase))
            continue;
        BUNDEL_TRY(amount, part_until(part.amount, line.fact.care, until));
        arrived[{part.phase, insight::discipline_of(line.fact.declarant)}] += amount;
    }
    return Done{};
}

// Sent by then, or before and taken over; a claim that died since stood then.
bool was_sent(const claim::Ought& ought, const std::vector<claim::Sent>& sent,
              const rulebook::Rulebook& rulebook, Date as_of) {
    return std::any_of(sent.begin(), sent.end(), [&](const claim::Sent& claim) {
        return claim.kind == claim::Kind::integrated && !claim.credit && claim.sent_day &&
               *claim.sent_day <= as_of && claim.contract == ought.contract &&
               claim.performance == ought.performance && claim.care.overlaps(ought.care) &&
               claim::standing(claim, sent, rulebook) != claim::Standing::dead;
    });
}

void add_planned(const Loaded& loaded, const claim::Case& wanted, const rulebook::Rulebook& rulebook,
                 Date as_of, Work& work) {
    for (const claim::Ought& ought : wanted.oughts) {
        if (ought.kind != claim::Kind::integrated || ought.insurer.is_none() || ought.amount <= Cents() ||
            was_sent(ought, loaded.sent, rulebook, as_of))
            continue;
        work.planned[{ought.insurer, ought.performance}] += ought.amount;
    }
}

Result<Work> estimate(const World& world, const Cases& cases, Date as_of, std::size_t passed_over) {
    const AccrualTerms& terms = world.rulebook.accrual_terms();
    BUNDEL_TRY(accruals, insight::accrue(cases.finished, cases.open,
                                         static_cast<std::size_t>(terms.least_history.value), seed));
    return Work{as_of, std::move(accruals), weakest_of(terms), {}, passed_over};
}

Result<std::map<CaseKind, Cents>> accrued_at(World& world, Date month_end, bool& booked) {
    BUNDEL_TRY(at_close, booked_accruals(world, month_end));
    booked = at_close.has_value();
    if (at_close) return std::move(*at_close);
    std::map<CaseKind, Cents> accrued;
    BUNDEL_TRY(work, work_in_progress(world, month_end));
    for (const auto& one : work.accruals.by_kind) {
        if (one.estimate) accrued[one.kind] = one.estimate->to_come;
    }
    return accrued;
}

}  // namespace

Result<Work> work_in_progress(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    Cases cases(world, known, as_of);
    Work sums;
    BUNDEL_TRY(passed_over,
               for_each_woman(world, known, as_of, [&](const Loaded& loaded, const auto& wanted) {
                   cases.add(wanted);
                   add_planned(loaded, wanted, world.rulebook, as_of, sums);
                   return Result<Done>(Done{});
               }));
    BUNDEL_TRY(work, estimate(world, cases, as_of, passed_over));
    work.planned = std::move(sums.planned);
    return work;
}

Result<WorkReport> work_report(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    WorkReport report;
    report.month_end = as_of.plus_days(-as_of.day());
    Cases cases(world, known, as_of);
    std::map<CaseKind, Cents> arrived;
    BUNDEL_TRY(passed_over, for_each_woman(world, known, as_of, [&](const Loaded&, const auto& wanted) {
                   cases.add(wanted);
                   return add_arrived(wanted, report.month_end, arrived);
               }));
    BUNDEL_TRY(now, estimate(world, cases, as_of, passed_over));
    report.now = std::move(now);
    BUNDEL_TRY(accrued, accrued_at(world, report.month_end, report.booked));
    for (const auto& [kind, amount] : arrived) accrued.try_emplace(kind);
    for (const auto& [kind, amount] : accrued) {
        const auto came = arrived.find(kind);
        report.true_up.push_back({kind, amount, came == arrived.end() ? Cents() : came->second});
    }
    return report;
}

std::string subject_of(const CaseKind& kind) {
    static constexpr const char* phases[] = {"prenataal", "nataal", "postnataal"};
    static constexpr const char* disciplines[] = {"verloskunde", "ziekenhuis", "kraamzorg", "overig"};
    return std::string(phases[static_cast<std::size_t>(kind.phase)]) + ":" +
           disciplines[static_cast<std::size_t>(kind.discipline)];
}

}  // namespace bundel::engine
