// Laws over made-up women (tests/support/case_any.h).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "support/case_any.h"
#include "support/case_insurer.h"
#include "support/property.h"

namespace bundel::claim {
namespace {

using namespace bundel::testing;
using testing::Woman;
using values::PhaseKind;

const Date heard_first = day("2023-01-01");
const Date heard_last = day("2024-12-31");

Woman any_woman() {
    return AnyWoman(heard_first, heard_last).make();
}
Date any_day() {
    return heard_first.plus_days(any_number(0, 900));
}

// One of the rulebooks that differ in how phases go together; each read once.
const rulebook::Rulebook& any_rulebook() {
    static const rulebook::Rulebook coupling =
        changed_rulebook("regimes/2023.toml", "spanning_line = { value = \"ask_part_codes\"",
                         "spanning_line = { value = \"couple_to_mono\"");
    return one_in(2) ? coupling : real_rulebook();
}

template <class Fact>
void shuffle(std::vector<Fact>& facts, std::mt19937& chance) {
    std::shuffle(facts.begin(), facts.end(), chance);
}

Woman shuffled(Woman woman, unsigned seed) {
    std::mt19937 chance(seed);
    facts::Woman& all = woman.facts;
    shuffle(all.lines, chance);
    shuffle(all.enrolments, chance);
    shuffle(all.outcomes, chance);
    shuffle(all.phase_ends, chance);
    shuffle(all.insurances, chance);
    shuffle(all.outside, chance);
    return woman;
}

TEST(Laws, TheOrderOfFactsDoesNotMatter) {
    expect_law("order of facts", [] {
        const Woman woman = any_woman();
        const Region region = any_region();
        const auto& book = any_rulebook();
        const Date as_of = any_day();
        const auto other = shuffled(woman, static_cast<unsigned>(any_number(0, 1 << 20)));
        const Case made = assessed(woman, as_of, region, book);
        const Case again = assessed(other, as_of, region, book);
        RC_ASSERT(made.digest() == again.digest());
        RC_ASSERT(made.valid_until == again.valid_until);
    });
}

TEST(Laws, EurosAreConserved) {
    expect_law("placed and unplaced are read", [] {
        const Case made = assessed(any_woman(), any_day(), any_region(), any_rulebook());
        std::map<std::uint32_t, std::int64_t> kept;
        std::map<std::uint32_t, int> ways;  // placed in parts is one way, unplaced another
        for (const auto& part : made.pathway.parts) {
            kept[part.line] += part.amount.count();
            ways[part.line] |= 1;
            RC_ASSERT(made.pathway.pregnancies.at(part.pregnancy).phase(part.phase).exists);
        }
        for (const auto& unplaced : made.pathway.unplaced) {
            kept[unplaced.line] += unplaced.amount.count();
            RC_ASSERT(ways[unplaced.line] == 0);
            ways[unplaced.line] |= 2;
        }
        const auto& lines = made.pathway.known.lines;
        RC_ASSERT(kept.size() == lines.size());
        for (std::uint32_t i = 0; i < lines.size(); ++i) RC_ASSERT(kept[i] == lines[i].fact.amount.count());
    });
}

TEST(Laws, OneDispositionPerLineAndOneRoutePerPhase) {
    expect_law("one disposition, one route", [] {
        const Case made = assessed(any_woman(), any_day(), any_region(), any_rulebook());
        RC_ASSERT(made.selection.lines.size() == made.pathway.known.lines.size());
        for (const auto& line : made.selection.lines) RC_ASSERT(std::string_view(line.reason) != "");
        std::set<std::pair<std::uint32_t, PhaseKind>> decided;
        for (const auto& phase : made.selection.phases) {
            RC_ASSERT(decided.insert({phase.pregnancy, phase.phase}).second);
            RC_ASSERT(std::string_view(phase.route.reason) != "");
            const bool integrated = phase.route.kind == selection::RouteKind::integrated;
            const bool hold = phase.route.kind == selection::RouteKind::hold;
            RC_ASSERT((phase.route.performance != nullptr) == integrated);
            RC_ASSERT(phase.route.until.has_value() == hold);
        }
        for (const auto& part : made.pathway.parts) {
            const bool ours = made.selection.lines[part.line].ours;
            RC_ASSERT(!ours || decided.contains({part.pregnancy, part.phase}));
        }
        // No care in a bundle and passed on as well.
        for (const Ought& ought : made.oughts) {
            for (const auto& part : made.pathway.parts) {
                const bool is_part = ought.kind == Kind::forwarded &&
                                     made.pathway.known.lines[part.line].fact.id == ought.line &&
                                     made.selection.lines[part.line].ours;
                for (const Ought& bundle : made.oughts)
                    RC_ASSERT(!is_part || bundle.kind != Kind::integrated ||
                              bundle.pregnancy != part.pregnancy || !bundle.phases.contains(part.phase));
            }
        }
    });
}

TEST(Laws, NothingChangesUntilValidUntil) {
    expect_law("valid_until", [] {
        const Woman woman = any_woman();
        const Region region = any_region();
        const auto& book = any_rulebook();
        const Date as_of = heard_last.plus_days(any_number(0, 500));  // no news after this
        const Case made = assessed(woman, as_of, region, book);
        RC_ASSERT(made.valid_until >= as_of);
        const int days = std::min(values::days_between(as_of, made.valid_until), 1500);
        const Date later = as_of.plus_days(one_in(3) ? days : any_number(0, days));
        RC_ASSERT(assessed(woman, later, region, book).digest() == made.digest());
    });
}

// ---- Reconcile ----

// Says yes or no by what is claimed, whenever that is: a third refused, a third granted for one euro less.
std::optional<Cents> by_content(const Sent& claim) {
    if (claim.credit) return claim.amount;
    switch (claim.amount.count() % 3) {
        case 0: return std::nullopt;
        case 1: return std::max(Cents::of(0), claim.amount - Cents::of(1'00));
        default: return claim.amount;
    }
}

// Terms so long that no deadline decides: what is lost by waiting does depend on when things happen.
const rulebook::Rulebook& patient_rulebook() {
    static const rulebook::Rulebook book =
        changed_rulebook("rulebook.toml", "submit_months = { value = 12", "submit_months = { value = 60");
    return book;
}
Region patient_region() {
    Region region = any_region();
    region.contract_2023().submit_months = 120;
    region.agreements.contracts.front().fact.submit_months = 120;
    return region;
}

struct Office {
    const Woman& woman;
    const Region& region;
    Desk desk;

    Plan plan(const Case& wanted, Date as_of) const {
        return reconcile(wanted, desk.sent, facts::known_on(region.agreements, as_of), patient_rulebook(),
                         as_of);
    }
    // Gives how many actions there were.
    std::size_t act(Date as_of) {
        const Case wanted = assessed(woman, as_of, region, patient_rulebook());
        const Plan todo = plan(wanted, as_of);
        desk.carry_out(todo, wanted, as_of);
        for (const Breach& breach : breaches(desk.sent, patient_rulebook()))
            RC_FAIL(std::string(breach.code) + " " + breach.reference.str());
        return todo.actions.size();
    }
    void answer_some(const Desk::Verdict& verdict, Date on) {
        for (Sent& claim : desk.sent) {
            if (!is_final(claim.state) && one_in(2)) desk.answer(claim, verdict, on);
        }
    }
    void rest(const Desk::Verdict& verdict, Date as_of) {
        int rounds = 0;
        do {
            desk.answer_all(verdict, as_of);
            RC_ASSERT(++rounds < 20);
        } while (act(as_of) > 0);
    }
};

TEST(Laws, WithNoNewsReconcileRestsInOneStep) {
    expect_law("rests in one step", [] {
        const Woman woman = any_woman();
        const Region region = patient_region();
        const Date as_of = any_day();
        Office office{woman, region, {}};
        office.act(as_of);
        RC_ASSERT(office.act(as_of) == 0u);  // planned is enough
        office.desk.answer_all(approve, as_of);
        const Case wanted = assessed(woman, as_of, region, patient_rulebook());
        RC_ASSERT(office.plan(wanted, as_of).actions.empty());
        RC_ASSERT(!office.plan(wanted, as_of).awaiting);
        // All that ought to be stands, and nothing else.
        std::map<std::pair<AgbCode, PerformanceCode>, std::int64_t> due;
        for (const Ought& ought : wanted.oughts)
            due[{ought.declarant, ought.performance}] += ought.amount.count();
        for (const Position& position : net_position(office.desk.sent, patient_rulebook()))
            due[{position.declarant, position.performance}] -= position.amount.count();
        for (const auto& [what, cents] : due) RC_ASSERT(cents == 0);
    });
}

TEST(Laws, TheNetPositionDoesNotDependOnWhenThingsHappen) {
    expect_law("net position", [] {
        const Woman woman = any_woman();
        const Region region = patient_region();
        const Desk::Verdict verdict = one_in(2) ? Desk::Verdict(approve) : Desk::Verdict(by_content);
        const Date last = heard_last.plus_days(any_number(0, 400));
        Office at_once{woman, region, {}};
        at_once.rest(verdict, last);
        Office bit_by_bit{woman, region, {}};
        for (Date as_of = heard_first; as_of < last; as_of = as_of.plus_days(any_number(1, 120))) {
            if (one_in(2)) bit_by_bit.act(as_of);
            if (one_in(2)) bit_by_bit.answer_some(verdict, as_of);
        }
        bit_by_bit.rest(verdict, last);
        RC_ASSERT(net_position(bit_by_bit.desk.sent, patient_rulebook()) ==
                  net_position(at_once.desk.sent, patient_rulebook()));
    });
}

}  // namespace
}  // namespace bundel::claim
