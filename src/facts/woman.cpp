#include "facts/woman.h"

#include <algorithm>
#include <tuple>

namespace bundel::facts {
namespace {

template <class Fact>
std::vector<Known<Fact>> received_by(const std::vector<Known<Fact>>& all, Date as_of) {
    std::vector<Known<Fact>> known;
    known.reserve(all.size());
    for (const Known<Fact>& fact : all) {
        if (fact.received <= as_of) known.push_back(fact);
    }
    return known;
}

// Sorted, and of what has equal `identity` only the first.
template <class Fact, class Order, class Identity>
void keep_first(std::vector<Known<Fact>>& known, Order order, Identity identity) {
    const auto before = [&](const auto& a, const auto& b) { return order(a) < order(b); };
    if (!std::is_sorted(known.begin(), known.end(), before)) std::sort(known.begin(), known.end(), before);
    const auto same = [&](const auto& a, const auto& b) { return identity(a) == identity(b); };
    known.erase(std::unique(known.begin(), known.end(), same), known.end());
}

// One line under two readings is a second receipt, or a conflict that intake has reported; the first one
// received stands, and nothing later overwrites it.
std::vector<Known<CareLine>> lines_on(const std::vector<Known<CareLine>>& all, Date as_of) {
    auto known = received_by(all, as_of);
    keep_first(
        known, [](const Known<CareLine>& line) { return std::tie(line.fact.id, line.received, line.origin); },
        [](const Known<CareLine>& line) { return line.fact.id; });
    std::sort(known.begin(), known.end(), [](const Known<CareLine>& a, const Known<CareLine>& b) {
        return std::tie(a.fact.care, a.fact.id) < std::tie(b.fact.care, b.fact.id);
    });
    return known;
}

std::vector<Known<Successor>> successors_on(const std::vector<Known<Successor>>& all, Date as_of) {
    auto known = received_by(all, as_of);
    const auto identity = [](const Known<Successor>& successor) {
        return std::tie(successor.fact.predecessor, successor.fact.line);
    };
    const auto order = [&](const Known<Successor>& successor) {
        return std::tuple_cat(identity(successor), std::tie(successor.received, successor.origin));
    };
    keep_first(known, order, identity);
    return known;
}

template <class Fact>
std::vector<Known<Fact>> keyed_on(const std::vector<Known<Fact>>& all, Date as_of) {
    auto known = received_by(all, as_of);
    keep_first(
        known,
        [](const Known<Fact>& fact) {
            const FactKey& key = fact.fact.key;
            return std::make_tuple(std::cref(key.key), -int{key.version}, fact.received,
                                   std::cref(fact.origin));
        },
        [](const Known<Fact>& fact) { return fact.fact.key.key; });
    std::erase_if(known, [](const Known<Fact>& fact) { return fact.fact.key.withdrawn; });
    return known;
}

}  // namespace

Woman known_on(const Woman& woman, Date as_of) {
    return {woman.person,
            lines_on(woman.lines, as_of),
            keyed_on(woman.enrolments, as_of),
            keyed_on(woman.outcomes, as_of),
            keyed_on(woman.phase_ends, as_of),
            keyed_on(woman.insurances, as_of),
            keyed_on(woman.outside, as_of),
            keyed_on(woman.judgements, as_of),
            successors_on(woman.successors, as_of),
            keyed_on(woman.activities, as_of),
            keyed_on(woman.bought, as_of),
            keyed_on(woman.children, as_of)};
}

Agreements known_on(const Agreements& agreements, Date as_of) {
    return {agreements.igo, keyed_on(agreements.memberships, as_of), keyed_on(agreements.contracts, as_of),
            keyed_on(agreements.accounts, as_of)};
}

const Known<Membership>* membership_on(const Agreements& known, AgbCode organisation, Date day) {
    for (const Known<Membership>& membership : known.memberships) {
        const Membership& fact = membership.fact;
        if (fact.organisation == organisation && fact.igo == known.igo && fact.period.contains(day))
            return &membership;
    }
    return nullptr;
}

AccountFound account_on(const Agreements& known, AgbCode owner, Date day) {
    AccountFound found;
    for (const Known<BankAccount>& account : known.accounts) {
        if (account.fact.owner != owner || !account.fact.period.contains(day)) continue;
        if (found.account != nullptr) return {found.account, true};
        found.account = &account;
    }
    return found;
}

std::vector<UzoviCode> insurers_at(const Agreements& known, std::string_view iban, Date day) {
    std::vector<UzoviCode> found;
    for (const Known<BankAccount>& account : known.accounts) {
        const BankAccount& fact = account.fact;
        if (!fact.insurer.is_none() && fact.iban.view() == iban && fact.period.contains(day))
            found.push_back(fact.insurer);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

namespace {

template <class Applies>
ContractFound only_contract(const Agreements& known, Date day, Applies applies) {
    ContractFound found;
    for (const Known<Contract>& contract : known.contracts) {
        const Contract& fact = contract.fact;
        if (fact.igo != known.igo || !fact.period.contains(day) || !applies(fact)) continue;
        if (found.contract != nullptr) return {found.contract, true};
        found.contract = &contract;
    }
    return found;
}

}  // namespace

ContractFound contract_on(const Agreements& known, UzoviCode insurer, Date day) {
    return only_contract(known, day, [&](const Contract& contract) {
        return std::binary_search(contract.labels.begin(), contract.labels.end(), insurer);
    });
}

ContractFound uncontracted_on(const Agreements& known, Date day) {
    return only_contract(known, day, [](const Contract& contract) { return contract.uncontracted; });
}

bool is_for(const Contract& contract, const FixedText<32>& performance) {
    return contract.performances.empty() ||
           std::binary_search(contract.performances.begin(), contract.performances.end(), performance);
}

const Price* price_on(const Contract& contract, const FixedText<32>& performance, Date day) {
    for (const Price& price : contract.prices) {
        if (price.performance == performance && price.period.contains(day)) return &price;
    }
    return nullptr;
}

}  // namespace bundel::facts
