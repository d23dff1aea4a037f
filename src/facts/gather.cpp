#include "facts/gather.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace bundel::facts {
namespace {

// A receipt of the same content again is the same fact, known from its earliest receipt. Other content under
// the same identity is set apart.
template <class Fact, class IdentityOf, class SetApart>
void merge(std::vector<Known<Fact>>& facts, IdentityOf identity_of, SetApart set_apart) {
    const auto earlier = [&](const Known<Fact>& a, const Known<Fact>& b) {
        return std::tuple(identity_of(a.fact), a.received, a.origin) <
               std::tuple(identity_of(b.fact), b.received, b.origin);
    };
    std::sort(facts.begin(), facts.end(), earlier);
    std::vector<Known<Fact>> kept;
    for (Known<Fact>& fact : facts) {
        const bool again = !kept.empty() && identity_of(kept.back().fact) == identity_of(fact.fact);
        if (!again)
            kept.push_back(std::move(fact));
        else if (!(kept.back().fact == fact.fact))
            set_apart(kept.back(), fact);
    }
    facts = std::move(kept);
}

template <class Fact>
void merge_keyed(std::vector<Known<Fact>>& facts, std::vector<Conflict>& conflicts) {
    const auto identity = [](const Fact& fact) { return std::pair(fact.key.key, fact.key.version); };
    merge(facts, identity, [&](const Known<Fact>& stands, const Known<Fact>& other) {
        conflicts.push_back({{}, stands.fact.key, stands.origin, other.origin});
    });
}

template <class Fact>
void append(std::vector<Known<Fact>>& to, const std::vector<Known<Fact>>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

// What is said of who is who, by anybody.
struct Links {
    std::vector<Judgement> judgements;
    std::vector<Child> children;
};

Links links_on(const std::vector<PersonReadings>& all, Date as_of) {
    Woman everyone;
    for (const auto& person : all) {
        for (const Reading& reading : person.readings) {
            append(everyone.judgements, reading.judgements);
            append(everyone.children, reading.children);
        }
    }
    std::vector<Conflict> ignored;
    merge_keyed(everyone.judgements, ignored);
    merge_keyed(everyone.children, ignored);
    const Woman known = known_on(everyone, as_of);
    Links links;
    for (const auto& judgement : known.judgements) links.judgements.push_back(judgement.fact);
    for (const auto& child : known.children) links.children.push_back(child.fact);
    return links;
}

std::vector<PersonId> cluster_of(PersonId person, const std::vector<Judgement>& judgements) {
    std::set<PersonId> members{person};
    bool grew = true;
    while (grew) {
        grew = false;
        for (const Judgement& judgement : judgements) {
            if (judgement.kind != JudgementKind::same_person) continue;
            const bool a = members.contains(judgement.person);
            const bool b = members.contains(judgement.other);
            if (a == b) continue;
            members.insert(a ? judgement.other : judgement.person);
            grew = true;
        }
    }
    return {members.begin(), members.end()};
}

}  // namespace

Gathered gather(PersonId person, const std::vector<PersonReadings>& all, Date as_of) {
    const Links links = links_on(all, as_of);
    Gathered gathered;
    gathered.cluster = cluster_of(person, links.judgements);
    std::map<PersonId, PersonId> mother_of;
    for (const Child& child : links.children) mother_of.emplace(child.child, child.person);
    std::map<LineId, PersonId> given;
    for (const Judgement& judgement : links.judgements) {
        if (judgement.kind == JudgementKind::line_is_hers) given[judgement.line] = judgement.person;
    }
    const auto hers = [&](PersonId who) {
        return std::binary_search(gathered.cluster.begin(), gathered.cluster.end(), who);
    };
    for (const auto& [child, mother] : mother_of) {
        if (hers(mother)) gathered.children.push_back(child);
    }
    Woman& woman = gathered.woman;
    woman.person = gathered.cluster.front();
    for (const PersonReadings& readings : all) {
        for (const Reading& reading : readings.readings) {
            const auto mother = mother_of.find(readings.person);
            const bool of_child = mother != mother_of.end();
            for (const auto& line : reading.lines) {
                const auto owner = given.find(line.fact.id);
                const PersonId whose = owner != given.end() ? owner->second
                                       : of_child           ? mother->second
                                                            : readings.person;
                if (!hers(whose)) continue;
                woman.lines.push_back(line);
                CareLine& taken = woman.lines.back().fact;
                taken.person = woman.person;
                taken.of_child = of_child && owner == given.end() && !hers(readings.person);
                if (owner != given.end()) taken.person_known = true;  // a person said whose it is
                if (owner != given.end()) gathered.given.push_back(line.fact.id);
            }
            if (!hers(readings.person)) continue;
            append(woman.enrolments, reading.enrolments);
            append(woman.outcomes, reading.outcomes);
            append(woman.phase_ends, reading.phase_ends);
            append(woman.insurances, reading.insurances);
            append(woman.outside, reading.outside);
            append(woman.judgements, reading.judgements);
            append(woman.activities, reading.activities);
            append(woman.bought, reading.bought);
            append(woman.children, reading.children);
        }
    }
    merge(
        woman.lines, [](const CareLine& line) { return line.id; },
        [&](const Known<CareLine>& stands, const Known<CareLine>& other) {
            gathered.conflicts.push_back({stands.fact.id, {}, stands.origin, other.origin});
        });
    merge_keyed(woman.enrolments, gathered.conflicts);
    merge_keyed(woman.outcomes, gathered.conflicts);
    merge_keyed(woman.phase_ends, gathered.conflicts);
    merge_keyed(woman.insurances, gathered.conflicts);
    merge_keyed(woman.outside, gathered.conflicts);
    merge_keyed(woman.judgements, gathered.conflicts);
    merge_keyed(woman.activities, gathered.conflicts);
    merge_keyed(woman.bought, gathered.conflicts);
    merge_keyed(woman.children, gathered.conflicts);
    // Merged with a person whose BSN is known, a provisional person's lines have one too.
    const bool known = std::any_of(woman.lines.begin(), woman.lines.end(),
                                   [](const auto& line) { return line.fact.person_known; });
    if (known && gathered.cluster.size() > 1) {
        for (auto& line : woman.lines) line.fact.person_known = true;
    }
    return gathered;
}

}  // namespace bundel::facts
