#include "engine/ceilings.h"

#include <algorithm>
#include <set>

#include "engine/outlook.h"
#include "engine/women.h"

namespace bundel::engine {
using claim::Kind;
using claim::Sent;
using facts::Contract;
using values::Period;

namespace {

constexpr int months_in_year = 12;

// Months are counted from the year 0, so that they add and compare as numbers.
int month_number(Date day) {
    return day.year() * months_in_year + day.month() - 1;
}
int year_of(int month) {
    return month / months_in_year;
}

// Of one contract, by month of the first day of care.
struct Months {
    std::map<int, Volume> claimed;
    std::map<int, Volume> coming;
    std::map<int, std::int64_t> unpriced;
};
using ByContract = std::map<std::string, Months>;

Result<Done> add(Volume& to, const Volume& more) {
    BUNDEL_TRY(amount, values::add(to.amount, more.amount));
    to = {to.count + more.count, amount};
    return Done{};
}

// "contract/2024-05" or "contract/2024": a contract may have slashes of its own.
std::pair<std::string, std::string> parts_of(const std::string& name) {
    const auto slash = name.rfind('/');
    BUNDEL_ASSERT(slash != std::string::npos);
    return {name.substr(0, slash), name.substr(slash + 1)};
}

Result<Done> add_claims(World& world, ByContract& contracts) {
    BUNDEL_TRY(claims, world.store.all_claims());
    std::map<PersonId, std::vector<Sent>> by_person;
    for (Sent& claim : claims) by_person[claim.person].push_back(std::move(claim));
    for (const auto& [person, sent] : by_person) {
        for (const Sent& claim : sent) {
            const bool counts = claim.kind == Kind::integrated && !claim.credit &&
                                claim::standing(claim, sent, world.rulebook) != claim::Standing::dead;
            if (!counts) continue;
            const Cents amount = claim::is_final(claim.state) ? claim.granted : claim.amount;
            BUNDEL_TRY_DONE(
                add(contracts[claim.contract.str()].claimed[month_number(claim.care.first)], {1, amount}));
        }
    }
    return Done{};
}

Result<Done> add_coming(World& world, ByContract& contracts) {
    BUNDEL_TRY(totals, world.store.totals());
    for (const CountRow& row : totals) {
        const bool priced = row.group == group::coming;
        if (!priced && row.group != group::coming_unpriced) continue;
        const auto [contract, month] = parts_of(row.name);
        const auto first = Date::parse(month + "-01");
        if (!first.ok()) return first.error();
        Months& months = contracts[contract];
        BUNDEL_TRY_DONE(add(months.coming[month_number(*first)], {row.count, row.amount}));
        if (!priced) months.unpriced[month_number(*first)] += row.count;
    }
    return Done{};
}

// From the first month up to and including the last.
Result<Volume> sum(const std::map<int, Volume>& months, int first, int last) {
    Volume total;
    for (const auto& [month, volume] : months) {
        if (month >= first && month <= last) BUNDEL_TRY_DONE(add(total, volume));
    }
    return total;
}

Result<Volume> begun(const Months& months, int first, int last) {
    BUNDEL_TRY(total, sum(months.claimed, first, last));
    BUNDEL_TRY(coming, sum(months.coming, first, last));
    BUNDEL_TRY_DONE(add(total, coming));
    return total;
}

// inflow over `behind` months, as it would be over `ahead` months.
Result<Cents> in_proportion(Cents inflow, int ahead, int behind) {
    return values::scale(inflow, values::Ratio::of(ahead, behind), values::Rounding::half_even);
}

Result<std::optional<Volume>> beyond(const Months& months, const Period& contract, int year, int now) {
    const int in_force = month_number(contract.first);
    const int first_behind = std::max(now - months_in_year, in_force);
    if (first_behind >= now) return std::optional<Volume>();
    const int first = std::max({year * months_in_year, now, in_force});
    const int last = std::min(year * months_in_year + months_in_year - 1, month_number(contract.last));
    const int ahead = std::max(0, last - first + 1);
    BUNDEL_TRY(inflow, begun(months, first_behind, now - 1));
    BUNDEL_TRY(known, begun(months, first, last));
    BUNDEL_TRY(count, in_proportion(Cents::of(inflow.count), ahead, now - first_behind));
    BUNDEL_TRY(amount, in_proportion(inflow.amount, ahead, now - first_behind));
    return std::optional(Volume{std::max<std::int64_t>(0, count.count() - known.count),
                                std::max(Cents(), amount - known.amount)});
}

std::set<int> years_of(const Months& months, const Contract* contract, Date as_of) {
    std::set<int> years;
    for (const auto* volumes : {&months.claimed, &months.coming}) {
        for (const auto& [month, volume] : *volumes) years.insert(year_of(month));
    }
    if (contract != nullptr && contract->period.contains(as_of)) years.insert(as_of.year());
    return years;
}

Result<Ceiling> ceiling(const std::string& name, const Months& months, const Contract* contract, int year,
                        Date as_of) {
    Ceiling result;
    result.contract = name;
    result.year = year;
    const int first = year * months_in_year;
    const int last = first + months_in_year - 1;
    BUNDEL_TRY(claimed, sum(months.claimed, first, last));
    result.claimed = claimed;
    BUNDEL_TRY(coming, sum(months.coming, first, last));
    result.coming = coming;
    for (const auto& [month, count] : months.unpriced) {
        if (year_of(month) == year) result.unpriced += count;
    }
    if (contract == nullptr) return result;
    result.most_count = contract->ceiling_count;
    result.most_amount = contract->ceiling_amount;
    BUNDEL_TRY(more, beyond(months, contract->period, year, month_number(as_of)));
    result.beyond = more;
    return result;
}

const Contract* find(const facts::Agreements& known, const std::string& name) {
    const auto found = std::find_if(known.contracts.begin(), known.contracts.end(),
                                    [&](const auto& one) { return one.fact.key.key.view() == name; });
    return found == known.contracts.end() ? nullptr : &found->fact;
}

// What is above a number of claims, at the price that they have on average, rounded half to even.
Cents value_of(std::int64_t above, const Volume& volume) {
    if (volume.count == 0) return Cents();
    const auto value =
        values::scale(volume.amount, values::Ratio::of(above, volume.count), values::Rounding::half_even);
    return value.ok() ? *value : Cents();
}

QuestionRow question(const Ceiling& ceiling, const char* what, const char* code, const std::string& most,
                     const std::string& found, Cents above) {
    QuestionRow row;
    row.key = "plafond/" + ceiling.contract + "/" + std::to_string(ceiling.year) + "/" + what;
    row.code = code;
    row.params = {{"contract", ceiling.contract},
                  {"year", std::to_string(ceiling.year)},
                  {"most", most},
                  {"found", found}};
    row.amount = above;
    return row;
}

void ask_about_count(const Ceiling& ceiling, std::vector<QuestionRow>& questions) {
    if (!ceiling.most_count) return;
    const bool reached = ceiling.claimed.count > *ceiling.most_count;
    const Volume volume = reached ? ceiling.claimed : ceiling.expected();
    if (volume.count <= *ceiling.most_count) return;
    questions.push_back(question(ceiling, "aantal",
                                 reached ? "ceiling_count_reached" : "ceiling_count_forecast",
                                 std::to_string(*ceiling.most_count), std::to_string(volume.count),
                                 value_of(volume.count - *ceiling.most_count, volume)));
}

void ask_about_amount(const Ceiling& ceiling, std::vector<QuestionRow>& questions) {
    if (!ceiling.most_amount) return;
    const bool reached = ceiling.claimed.amount > *ceiling.most_amount;
    const Volume volume = reached ? ceiling.claimed : ceiling.expected();
    if (volume.amount <= *ceiling.most_amount) return;
    questions.push_back(
        question(ceiling, "bedrag", reached ? "ceiling_amount_reached" : "ceiling_amount_forecast",
                 ceiling.most_amount->euros(), volume.amount.euros(), volume.amount - *ceiling.most_amount));
}

}  // namespace

Volume Ceiling::expected() const {
    const Volume more = beyond.value_or(Volume{});
    return {claimed.count + coming.count + more.count, claimed.amount + coming.amount + more.amount};
}

Result<std::vector<Ceiling>> ceilings(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    ByContract contracts;
    for (const auto& contract : known.contracts) contracts[contract.fact.key.key.str()];
    BUNDEL_TRY_DONE(add_claims(world, contracts));
    BUNDEL_TRY_DONE(add_coming(world, contracts));
    std::vector<Ceiling> result;
    for (const auto& [name, months] : contracts) {
        const Contract* contract = find(known, name);
        for (const int year : years_of(months, contract, as_of)) {
            BUNDEL_TRY(one, ceiling(name, months, contract, year, as_of));
            result.push_back(std::move(one));
        }
    }
    return result;
}

std::vector<QuestionRow> ceiling_questions(const std::vector<Ceiling>& ceilings) {
    std::vector<QuestionRow> questions;
    for (const Ceiling& ceiling : ceilings) {
        ask_about_count(ceiling, questions);
        ask_about_amount(ceiling, questions);
    }
    return questions;
}

Result<Done> ask_about_ceilings(World& world, Date as_of) {
    BUNDEL_TRY(found, ceilings(world, as_of));
    return world.store.put_topic("plafond", ceiling_questions(found));
}

Result<std::vector<Outside>> outside_by_year(World& world, Date as_of) {
    BUNDEL_TRY(agreements, load_agreements(world));
    const facts::Agreements known = facts::known_on(agreements, as_of);
    BUNDEL_TRY(totals, world.store.totals());
    std::map<std::string, Outside> found;
    for (const CountRow& row : totals) {
        if (row.group == group::outside) {
            found[row.name].count = row.count;
            found[row.name].amount = row.amount;
        } else if (row.group == group::outside_unknown) {
            found[row.name].unknown = row.count;
        } else if (row.group == group::outside_phases) {
            found[row.name].phases = row.count;
        }
    }
    std::vector<Outside> result;
    for (auto& [name, outside] : found) {
        const auto [contract, year] = parts_of(name);
        outside.contract = contract;
        outside.year = static_cast<int>(*base::parse_digits(year));
        if (const Contract* agreed = find(known, contract)) outside.policy = agreed->overlap;
        result.push_back(std::move(outside));
    }
    return result;
}

}  // namespace bundel::engine
