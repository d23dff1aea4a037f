#include "engine/rules_diff.h"

#include <set>

#include "rulebook/selection_model.h"
#include "wire/csv.h"

namespace bundel::engine {
using selection::PhaseDecision;
using selection::RouteKind;
using values::PhaseKind;

namespace {

using PhaseKey = std::pair<std::uint32_t, PhaseKind>;
using Outcomes = std::map<PhaseKey, PhaseOutcome>;

struct Valued {
    Portfolio portfolio;
    std::vector<PersonId> order;
    std::map<PersonId, Outcomes> women;
    std::map<AgbCode, ParticipantValue> participants;
};

PhaseOutcome outcome_of(const PhaseDecision& decision) {
    PhaseOutcome outcome;
    outcome.kind = decision.route.kind;
    outcome.reason = decision.route.reason;
    if (!decision.insurer.is_none()) outcome.insurer = decision.insurer.digits();
    if (decision.route.kind != RouteKind::integrated) return outcome;
    outcome.performance = decision.route.performance->id.str();
    outcome.price = decision.route.price;
    return outcome;
}

Cents& by_route(ParticipantValue& value, RouteKind kind) {
    if (kind == RouteKind::integrated) return value.bundled;
    return kind == RouteKind::mono ? value.mono : value.open;
}

void add_parts(const claim::Case& wanted, std::map<AgbCode, ParticipantValue>& participants) {
    for (const auto& part : wanted.pathway.parts) {
        if (!wanted.selection.lines[part.line].ours) continue;
        const auto* decision = wanted.selection.decision_on(part.pregnancy, part.phase);
        if (decision == nullptr) continue;
        const AgbCode declarant = wanted.pathway.known.lines[part.line].fact.declarant;
        by_route(participants[declarant], decision->route.kind) += part.amount;
    }
}

Result<Valued> value(World& world, Date as_of) {
    Valued valued;
    Portfolio& portfolio = valued.portfolio;
    const auto add = [&](const Loaded& loaded, const claim::Case& wanted) -> Result<Done> {
        const PersonId person = loaded.gathered.woman.person;
        valued.order.push_back(person);
        Outcomes& outcomes = valued.women[person];
        for (const PhaseDecision& decision : wanted.selection.phases) {
            const PhaseOutcome outcome = outcome_of(decision);
            const bool claimed = outcome.kind == RouteKind::integrated && !decision.paid_with;
            portfolio.claims += claimed ? 1U : 0U;
            portfolio.claimed += outcome.price;
            outcomes.emplace(PhaseKey{decision.pregnancy, decision.phase}, outcome);
        }
        portfolio.phases += wanted.selection.phases.size();
        add_parts(wanted, valued.participants);
        return Done{};
    };
    BUNDEL_TRY(agreements, load_agreements(world));
    BUNDEL_TRY(undecided, for_each_woman(world, facts::known_on(agreements, as_of), as_of, add));
    portfolio.undecided = undecided;
    portfolio.women = valued.order.size();
    return valued;
}

const PhaseOutcome* find(const Valued& valued, PersonId person, const PhaseKey& key) {
    const auto woman = valued.women.find(person);
    if (woman == valued.women.end()) return nullptr;
    const auto found = woman->second.find(key);
    return found == woman->second.end() ? nullptr : &found->second;
}

void compare(PersonId person, const Valued& before, const Valued& after, std::vector<PhaseChange>& changes) {
    std::set<PhaseKey> keys;
    for (const Valued* one : {&before, &after}) {
        const auto woman = one->women.find(person);
        if (woman == one->women.end()) continue;
        for (const auto& [key, outcome] : woman->second) keys.insert(key);
    }
    for (const PhaseKey& key : keys) {
        const PhaseOutcome* was = find(before, person, key);
        const PhaseOutcome* is = find(after, person, key);
        if (was != nullptr && is != nullptr && *was == *is) continue;
        PhaseChange change{person, key.first, key.second, {}, {}};
        if (was != nullptr) change.before = *was;
        if (is != nullptr) change.after = *is;
        changes.push_back(std::move(change));
    }
}

std::vector<ParticipantChange> changed(const Valued& before, const Valued& after) {
    std::map<AgbCode, ParticipantChange> all;
    for (const auto& [code, value] : before.participants) all[code].before = value;
    for (const auto& [code, value] : after.participants) all[code].after = value;
    std::vector<ParticipantChange> changes;
    for (auto& [code, change] : all) {
        change.participant = code;
        if (change.before != change.after) changes.push_back(change);
    }
    return changes;
}

}  // namespace

Result<RulesDiff> rules_diff(World& before, World& after, Date as_of) {
    BUNDEL_TRY(was, value(before, as_of));
    BUNDEL_TRY(is, value(after, as_of));
    RulesDiff diff{was.portfolio, is.portfolio, {}, changed(was, is)};
    for (const PersonId person : was.order) compare(person, was, is, diff.changes);
    for (const PersonId person : is.order) {
        if (!was.women.contains(person)) compare(person, was, is, diff.changes);
    }
    return diff;
}

std::string to_csv(const RulesDiff& diff) {
    const auto phases = rulebook::words_of(rulebook::Variable::phase);
    const auto routes = rulebook::words_of(rulebook::Variable::own_route);
    std::vector<std::string> header{"client", "zwangerschap", "fase"};
    for (const char* when : {"oud", "nieuw"}) {
        for (const char* what : {"route", "reden", "prestatie", "uzovi", "bedrag"})
            header.push_back(std::string(what) + "_" + when);
    }
    header.emplace_back("verschil");
    std::string csv = wire::csv_line(header);
    for (const PhaseChange& change : diff.changes) {
        std::vector<std::string> row{change.person.hex().substr(0, 8), std::to_string(change.pregnancy + 1),
                                     std::string(phases[static_cast<std::size_t>(change.phase)])};
        Cents difference;
        for (const auto* outcome : {&change.before, &change.after}) {
            if (!*outcome) {
                row.insert(row.end(), {"geen", "", "", "", ""});
                continue;
            }
            row.insert(row.end(),
                       {std::string(routes[static_cast<std::size_t>((*outcome)->kind)]), (*outcome)->reason,
                        (*outcome)->performance, (*outcome)->insurer, (*outcome)->price.plain_euros()});
            difference =
                outcome == &change.after ? difference + (*outcome)->price : difference - (*outcome)->price;
        }
        row.push_back(difference.plain_euros());
        csv += wire::csv_line(row);
    }
    return csv;
}

}  // namespace bundel::engine
