#include "engine/comparison.h"

#include <algorithm>
#include <set>

#include "base/int128.h"

namespace bundel::engine {
using claim::Sent;
using distribution::Carry;
using distribution::Division;
using distribution::Pot;
using insight::CareRoute;
using insight::Discipline;
using insight::ValuedRow;

namespace {

// What is not care of its own: what a key, a subscription or a score gives to who had no care in the pot.
constexpr const char* without_care = "zonder eigen zorg";

insight::Exact exact(distribution::Exact value) {
    constexpr std::int64_t part = 1'000'000'000;
    const base::Int128 units = value.units();
    const auto fraction = [](base::Int128 number) {
        return insight::Exact::of(static_cast<std::int64_t>(number));
    };
    const insight::Exact billion = fraction(part);
    // In two halves, so that each fits: units = high * 10^18 + low.
    const base::Int128 cent = static_cast<base::Int128>(part) * part;
    return fraction(units / cent) + fraction(units % cent) / (billion * billion);
}

// One side while it is put together.
class Valuing {
public:
    Valuing(const Side& side, std::vector<insight::UnitShares>& rows, bool is_b)
        : side_(side), rows_(rows), is_b_(is_b) {}

    Result<Done> take(World& world, const Standing& standing, const Sent& claim, std::uint32_t unit,
                      std::map<AgbCode, std::uint32_t>& parties) {
        if (!side_.care.contains(claim.care.first)) return Done{};
        BUNDEL_TRY(of, pot_in(world.rulebook, side_, claim));
        const Pot brought = brought_by(standing, claim, world.settings.igo, world.rulebook);
        if (brought.amount.is_zero()) return Done{};
        ++totals.claims;
        units_.insert(unit);
        Cared& cared = cared_[claim.performance.str()];
        ++cared.claims;
        for (const auto& did : brought.activity) {
            if (did.gross > Cents()) ++cared.by[did.payee];
        }
        totals.status = values::weakest(totals.status, values::weakest(claim.status, of.model->status));
        Shared& pot = shared_[of.name];
        pot.of = of;
        pot.performance = claim.performance.str();
        add(pot.pot, brought);
        pot.brought.push_back({unit, brought});
        if (of.shared) return Done{};
        BUNDEL_TRY_DONE(divide(pot, parties));
        shared_.erase(of.name);
        return Done{};
    }

    // Care that is not in a bundle is worth what was declared.
    void take_mono(const Standing& standing, std::uint32_t first_unit,
                   std::map<AgbCode, std::uint32_t>& parties) {
        const auto& selection = standing.wanted.selection;
        for (const auto& part : standing.wanted.pathway.parts) {
            const auto& line = standing.wanted.pathway.known.lines[part.line].fact;
            const auto phase = std::ranges::find_if(selection.phases, [&](const auto& decision) {
                return decision.pregnancy == part.pregnancy && decision.phase == part.phase;
            });
            const bool mono =
                phase != selection.phases.end() && phase->route.kind == selection::RouteKind::mono;
            if (!mono || !selection.lines[part.line].ours || part.amount <= Cents()) continue;
            if (!side_.care.contains(line.care.first)) continue;
            const std::uint32_t unit = first_unit + static_cast<std::uint32_t>(part.pregnancy);
            units_.insert(unit);
            give(unit, line.declarant, part.amount, parties);
            totals.mono += part.amount;
            add_row(phase_word(part.phase), CareRoute::mono, line.declarant, part.amount.count(), part.amount,
                    insight::Exact::of(part.amount.count()));
        }
    }

    Result<Done> finish(std::map<AgbCode, std::uint32_t>& parties) {
        for (auto& [name, pot] : shared_) BUNDEL_TRY_DONE(divide(pot, parties));
        totals.pregnancies = units_.size();
        return Done{};
    }

    // A claim that somebody had no care in is a unit too, whether this model gives anything for it or not:
    // else a key that pays for being there would look like more of something.
    insight::ValuedBook take_book(const std::map<AgbCode, std::uint32_t>& parties) {
        for (const auto& [item, cared] : cared_) {
            for (const auto& [participant, party] : parties) {
                const auto with = cared.by.find(participant);
                const std::int64_t without = cared.claims - (with == cared.by.end() ? 0 : with->second);
                if (without > 0)
                    add_row(item + ", " + without_care, CareRoute::integrated, participant, without, {}, {});
            }
        }
        insight::ValuedBook book;
        for (auto& [leaf, row] : leaves_) book.rows.push_back(std::move(row));
        book.cases = static_cast<std::int64_t>(units_.size());
        return book;
    }

    SideTotals totals;

private:
    struct Cared {
        std::int64_t claims = 0;
        std::map<AgbCode, std::int64_t> by;  // in how many of them
    };
    struct Brought {
        std::uint32_t unit;
        Pot pot;
    };
    struct Shared {
        PotOfClaim of;
        std::string performance;
        Pot pot;
        std::vector<Brought> brought;
    };

    static const char* phase_word(values::PhaseKind phase) {
        static constexpr const char* words[] = {"prenataal", "nataal", "postnataal"};
        return words[static_cast<std::size_t>(phase)];
    }

    Result<Done> divide(Shared& pot, std::map<AgbCode, std::uint32_t>& parties) {
        drop_negative(pot.pot);
        pot.pot.day = pot.of.period.first;
        BUNDEL_TRY(division, distribution::divide(pot.pot, pot.of.model->model, carry_));
        distribution::add(carry_, division);
        totals.pot += division.pot;
        totals.reserve += division.reserve;
        totals.undivided += division.undivided;
        for (const auto& [kind, amount] : division.covered) totals.covered += amount;
        value(pot, division);
        return share_over_units(pot, division, parties);
    }

    // A pot of several claims: each brings its part of every share, by what was granted on it.
    Result<Done> share_over_units(const Shared& pot, const Division& division,
                                  std::map<AgbCode, std::uint32_t>& parties) {
        std::vector<std::int64_t> granted;
        for (const Brought& one : pot.brought)
            granted.push_back(std::max<std::int64_t>(one.pot.amount.count(), 0));
        for (const auto& share : division.shares) {
            if (share.amount.is_zero()) continue;
            BUNDEL_TRY(parts, values::split(share.amount, granted));
            for (std::size_t i = 0; i < parts.size(); ++i)
                give(pot.brought[i].unit, share.payee, parts[i], parties);
        }
        return Done{};
    }

    void give(std::uint32_t unit, AgbCode participant, Cents amount,
              std::map<AgbCode, std::uint32_t>& parties) {
        const auto party =
            parties.try_emplace(participant, static_cast<std::uint32_t>(parties.size())).first->second;
        insight::UnitShares row{unit, party, {}, {}};
        (is_b_ ? row.b : row.a) = amount;
        if (!amount.is_zero()) rows_.push_back(row);
    }

    void value(const Shared& pot, const Division& division) {
        for (const auto& share : division.shares) {
            const auto did = std::ranges::find(pot.pot.activity, share.payee, &distribution::Activity::payee);
            const bool cared = did != pot.pot.activity.end() && did->gross > Cents();
            if (!cared && share.amount.is_zero() && share.entitled == distribution::Exact()) continue;
            add_row(cared ? pot.performance : pot.performance + ", " + without_care, CareRoute::integrated,
                    share.payee, cared ? did->gross.count() : 0, share.amount, exact(share.entitled));
        }
    }

    void add_row(const std::string& item, CareRoute route, AgbCode participant, std::int64_t units,
                 Cents cents, const insight::Exact& entitled) {
        ValuedRow& row = leaves_[{item, route, participant}];
        row.kind = "zwangerschap";
        row.item = item;
        row.route = route;
        row.participant = participant.digits();
        row.units += units;
        row.cents += cents;
        row.entitlement += entitled;
    }

    const Side& side_;
    std::vector<insight::UnitShares>& rows_;
    bool is_b_;
    Carry carry_;
    std::map<std::string, Shared> shared_;
    std::set<std::uint32_t> units_;
    std::map<std::string, Cared> cared_;
    std::map<std::tuple<std::string, CareRoute, AgbCode>, ValuedRow> leaves_;
};

// The pregnancy that a claim is about; the first when its care is in none any more.
std::uint32_t pregnancy_of(const Standing& standing, const Sent& claim) {
    const auto& pathway = standing.wanted.pathway;
    for (std::uint32_t i = 0; i < pathway.pregnancies.size(); ++i) {
        for (const auto phase : values::all_phases) {
            if (is_for(claim, pathway, i, phase)) return i;
        }
    }
    return 0;
}

void put_together(Comparison& comparison, const insight::ModelComparison& compared,
                  const insight::Decomposition& decomposition,
                  const std::map<AgbCode, std::uint32_t>& parties, const std::vector<Discipline>& groups) {
    std::set<AgbCode> all;
    for (const auto& [participant, party] : parties) all.insert(participant);
    for (const auto& [participant, terms] : decomposition.participants) {
        const auto code = AgbCode::parse(participant);
        if (code.ok()) all.insert(*code);
    }
    for (const AgbCode participant : all) {
        Comparison::Row row;
        row.participant = participant;
        row.discipline = insight::discipline_of(participant);
        if (const auto party = parties.find(participant); party != parties.end())
            row.difference = compared.parties[party->second];
        const auto terms = decomposition.participants.find(participant.digits());
        if (terms != decomposition.participants.end()) row.terms = terms->second;
        comparison.participants.push_back(row);
    }
    for (std::size_t i = 0; i < groups.size(); ++i)
        comparison.disciplines.emplace_back(groups[i], compared.groups[i]);
    comparison.together = compared.together;
    comparison.terms = decomposition.together;
    comparison.replicates = compared.replicates;
}

}  // namespace

Result<PotOfClaim> pot_in(const rulebook::Rulebook& rulebook, const Side& side, const Sent& claim) {
    return side.model != nullptr ? pot_of(*side.model, claim) : pot_of(rulebook, claim);
}

Result<std::size_t> for_each_standing(World& world, Date as_of,
                                      const std::function<Result<Done>(const Standing&)>& see) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(persons, world.store.persons());
    std::set<PersonId> seen;
    std::size_t passed_over = 0;
    for (const PersonId person : persons) {
        const auto standing = stand(world, person, known, as_of);
        if (!standing.ok()) {
            if (!is_about_rules(standing.error())) return standing.error();
            ++passed_over;
        } else if (seen.insert(standing->loaded.gathered.woman.person).second) {
            BUNDEL_TRY_DONE(see(*standing));
        }
    }
    return passed_over;
}

Result<Comparison> compare(World& world, const Side& a, const Side& b, const insight::Resampling& resampling,
                           Date as_of) {
    Comparison comparison;
    comparison.a = a;
    comparison.b = b;
    comparison.same_care = a.care == b.care;
    std::vector<insight::UnitShares> rows;
    std::map<AgbCode, std::uint32_t> parties;
    Valuing left(comparison.a, rows, false), right(comparison.b, rows, true);
    std::uint32_t units = 0;
    BUNDEL_TRY(passed_over, for_each_standing(world, as_of, [&](const Standing& standing) -> Result<Done> {
                   for (Valuing* side : {&left, &right}) {
                       for (const Sent& claim : standing.loaded.sent) {
                           if (!is_divided(claim)) continue;
                           BUNDEL_TRY_DONE(side->take(world, standing, claim,
                                                      units + pregnancy_of(standing, claim), parties));
                       }
                       side->take_mono(standing, units, parties);
                   }
                   units += static_cast<std::uint32_t>(
                       std::max<std::size_t>(1, standing.wanted.pathway.pregnancies.size()));
                   return Done{};
               }));
    comparison.passed_over = passed_over;
    BUNDEL_TRY_DONE(left.finish(parties));
    BUNDEL_TRY_DONE(right.finish(parties));
    comparison.a_totals = left.totals;
    comparison.b_totals = right.totals;
    if (left.totals.claims + right.totals.claims == 0) return Error{"comparison_nothing"};

    std::vector<Discipline> groups;
    std::vector<std::uint32_t> group_of(parties.size());
    for (const auto& [participant, party] : parties) {
        const Discipline discipline = insight::discipline_of(participant);
        const auto found = std::ranges::find(groups, discipline);
        group_of[party] = static_cast<std::uint32_t>(found - groups.begin());
        if (found == groups.end()) groups.push_back(discipline);
    }
    BUNDEL_TRY(compared, insight::compare_models(rows, units, group_of, resampling));
    BUNDEL_TRY(decomposition, insight::decompose(left.take_book(parties), right.take_book(parties)));
    put_together(comparison, compared, decomposition, parties, groups);
    BUNDEL_ASSERT(comparison.together.b - comparison.together.a == comparison.terms.total());
    return comparison;
}

}  // namespace bundel::engine
